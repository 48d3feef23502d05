"""The moment between the ledger's commit and the files that follow from it."""

from __future__ import annotations

import pytest

from tests.cli.small import MONTH
from tests.crashes.cases import state
from tests.crashes.injecting import Fault, Point, injecting
from tests.crashes.rig import Rig, command, fresh, known, seen

SEALED = ".csctl/ledger.db"


def _first_of_publishing(rig: Rig) -> Point:
    return next(point for point in known(rig, "close").points if "/here/out" in point.about)


@pytest.mark.parametrize("rerun", ["close", "run"])
def test_a_kill_after_the_commit_leaves_a_closed_month_that_any_run_publishes(traced: Rig, rerun: str) -> None:
    """The ledger has the month, its old files stand; ``close`` and ``run`` alike write those of the seal."""
    case = known(traced, "close")
    here = fresh(traced, "close")
    assert command(traced, "close", injecting(_first_of_publishing(traced), "killed")).code == -9
    left = seen(here)
    assert left[SEALED] == case.new[SEALED] != case.old[SEALED]
    assert {name: left[name] for name in left if name.startswith("out/")} == {
        name: case.old[name] for name in case.old if name.startswith("out/")
    }
    more = ["--yes"] if rerun == "close" else []
    again = traced.started.csctl(rerun, "-w", here, "--month", MONTH, *more)
    assert (again.code, again.err_lines) == (0, [])
    assert state(here) == case.new


@pytest.mark.parametrize(("fault", "words"), [("full", "disk is full"), ("broken", "Input/output error")])
def test_a_closed_month_without_its_files_is_said_and_is_no_success(traced: Rig, fault: Fault, words: str) -> None:
    """Exit 2: one line says why, the other that the month is closed all the same and what to do."""
    fresh(traced, "close")
    ended = command(traced, "close", injecting(_first_of_publishing(traced), fault))
    assert ended.code == 2
    what, why = ended.err_lines
    assert words in why
    assert what == (
        f"csctl: {MONTH} is closed, but its files could not be written → mend what the other line says and run "
        f"csctl close --month {MONTH} again: it writes the files, nothing is booked twice"
    )
