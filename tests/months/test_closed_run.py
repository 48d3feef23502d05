"""A closed month asked for again: its sealed figures, and what happened since is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.cli.showing.show import Screen
from csctl.cli.showing.show_ledger import show_verified
from csctl.core.closing.differences import Difference
from csctl.month import Month
from csctl.workflow.ledger.verifying import MonthVerified, Verified
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.months.team import MONTHS

SEPTEMBER = "2026-09"


def _late(folder: Path) -> None:
    change(folder / "data/2026-09/orders.csv", "oBob,Bob,2026-09-04,3000", "oBob,Bob,2026-09-04,3600")


def test_a_closed_month_says_that_it_is_closed(closed: Path) -> None:
    """Above the figures, on each command that shows or writes them; an open month says nothing."""
    for command in ("run", "check", "pay"):
        done = csctl(command, "-w", closed, "--month", SEPTEMBER)
        assert any(line.startswith("2026-09 was closed on ") for line in done.out.splitlines()), command
    assert "closed on" not in csctl("run", "-w", closed, "--month", MONTHS[-1]).out


def test_a_file_that_changed_after_closing_is_a_problem_of_the_run(closed: Path) -> None:
    """The figures stay as they were sealed, and the run does not claim that all is well."""
    before = csctl("run", "-w", closed, "--month", SEPTEMBER, "--json").data["scoreboard"]
    _late(closed)
    done = csctl("run", "-w", closed, "--month", SEPTEMBER, "--json").data
    assert done["scoreboard"] == before
    assert [one["code"] for one in done["problems"]["list"]] == ["late-file-changed"]
    assert csctl("run", "-w", closed, "--month", SEPTEMBER, "--strict").code == 1


@pytest.mark.slow
def test_a_corrected_month_says_into_which_month_the_difference_went(closed: Path) -> None:
    """With the sum; the changed file is settled by it and is no problem any more."""
    _late(closed)
    assert csctl("correct", "-w", closed, "--reason", "late order", "--by", "Zoe", "--yes").code == 0
    done = csctl("run", "-w", closed, "--month", SEPTEMBER)
    (line,) = [line for line in done.out.splitlines() if line.startswith("2026-09 was corrected after closing: ")]
    assert "no problems" in done.out
    total = next(line for line in csctl("history", "-w", closed).out.splitlines() if "correct" in line)
    amount = line.removeprefix("2026-09 was corrected after closing: ").split()[0]
    assert amount in total


def test_the_screen_names_people_and_lines(closed: Path) -> None:
    """A number alone tells nobody whose money it is; the id stays, for ``explain``."""
    _late(closed)
    done = csctl("verify", "-w", closed)
    (line,) = [line for line in done.out.splitlines() if line.startswith("02 ") and "[pool1]" in line]
    assert line.startswith("02 Bob")


def test_a_month_of_which_only_words_differ_is_not_called_different(capsys: pytest.CaptureFixture[str]) -> None:
    """Its figures stand, and the heading says so."""
    said = Difference("02", "pay_lines", "guarantee", "note", "before", "after")
    month = Month.parse(SEPTEMBER)
    assert month is not None
    show_verified(Screen("en"), Verified((MonthVerified(month, "2026-10-05T10:00:00+08:00", (), (said,)),), ()))
    out = capsys.readouterr().out
    assert "Every figure of 2026-09 is the same" in out
    assert "recomputed, same figures" in out
    assert "2026-09 differs from the ledger" not in out
