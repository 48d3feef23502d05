"""How far a long work is: told of each workbook that is made, on a terminal and in a log, and never with --quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from csctl.cli.showing.show import LOG_EVERY, Screen
from csctl.workflow.month.compute import Asked
from csctl.workflow.writing import run
from tests.cli.small import MONTH
from tests.end_to_end.running import csctl

Step = Callable[[Asked], run.RunOutcome]


@pytest.mark.parametrize("step", [run.write_sheets, run.run_month], ids=["sheets", "run"])
def test_every_workbook_that_is_made_for_somebody_is_told(small: Path, step: Step) -> None:
    """In order, each with how many there are; as many as are written."""
    told: list[tuple[int, int, str]] = []
    asked = Asked(small, MONTH, date(2026, 11, 29), making=lambda *one: told.append(one))
    outcome = step(asked)
    made = [name for name in outcome.written if name.startswith(("sheets/", "payslips/"))]
    assert len(told) == len(made) > 0
    first = told[: sum(name.startswith("sheets/") for name in made)]
    assert [done for done, _, _ in first] == list(range(1, len(first) + 1))
    assert {total for _, total, _ in first} == {len(first)}


def test_a_log_has_a_line_for_every_so_many(capfd: pytest.CaptureFixture[str]) -> None:
    """Not one for each, and none with --quiet."""
    for quiet in (False, True):
        screen = Screen("en", quiet=quiet)
        for done in range(1, 2 * LOG_EVERY + 4):
            screen.making(done, 2 * LOG_EVERY + 3, f"a{done}")
    told = capfd.readouterr().err.splitlines()
    total = 2 * LOG_EVERY + 3
    assert told == [f"made {at} of {total} workbooks: a{at}" for at in (LOG_EVERY, 2 * LOG_EVERY)]


@pytest.mark.parametrize("name", ["run", "sheets", "payslips"])
def test_quiet_is_quiet_on_both_streams_though_files_have_to_be_read(small: Path, name: str) -> None:
    """The first run reads everything and says nothing."""
    done = csctl(name, "-w", small, "--month", MONTH, "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
