"""Months in which nobody, or hardly anybody, has a score or pay: everything is written, and nothing crashes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.end_to_end.running import csctl, record
from tests.months.team import (
    CALLS_HEAD,
    EVENTS_HEAD,
    MONTHS,
    ORDERS_HEAD,
    POLICY,
    calls,
    close_one,
    seal,
    small_team,
    write,
)

THIN, NEXT = MONTHS[2], MONTHS[3]
ONE_CALL = calls(THIN, {"Ann": (1, 2)})


def _team(folder: Path, answered: str, *, paid: bool = True, closed: bool = True) -> Path:
    """Four months, of which the third has these calls and nothing else; the two before it are closed."""
    small_team(folder, MONTHS[:4])
    if not paid:
        write(folder / "policy.toml", re.sub(r"\n\[+pay\..*?(?=\n\[(?!\[?pay))", "\n", POLICY, flags=re.DOTALL))
    if closed:
        seal(folder, MONTHS[:2])
    write(folder / f"data/{THIN}/calls.csv", answered)
    write(folder / f"data/{THIN}/orders.csv", ORDERS_HEAD)
    write(folder / f"data/{THIN}/events.csv", EVENTS_HEAD)
    (folder / f"data/{THIN}/ratings.xlsx").unlink()
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    "closed", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["after closed months", "with nothing closed"]
)
@pytest.mark.parametrize("paid", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with pay", "without pay"])
@pytest.mark.parametrize(("answered", "scored"), [(CALLS_HEAD, 0), (ONE_CALL, 1)], ids=["nobody", "one"])
def test_everything_is_written_for_a_month_in_which_hardly_anybody_has_a_score(
    tmp_path: Path, answered: str, scored: int, paid: bool, closed: bool
) -> None:
    """Workbook, page, summary and record; the scores are those there are, and no workbook has an empty chart."""
    folder = _team(tmp_path / "ws", answered, paid=paid, closed=closed)
    commands = [["run"], ["check"], ["score"], ["sheets"], ["report"], ["explain", "Ann"], ["explain", "Bob"]]
    for words in [*commands, *([["pay"], ["payslips"]] if paid else [])]:
        done = csctl(*words, "-w", folder, "-m", THIN)
        assert done.code in ((0, 1) if words == ["check"] else (0,)), (words, done)
    assert sum(row["score"] is not None for row in record(folder, THIN)["scoreboard"]) == scored
    for name in ("report.xlsx", "scores.xlsx"):
        book: Any = openpyxl.load_workbook(folder / "out" / THIN / name)
        assert all(chart.series for sheet in book for chart in sheet._charts)
    page = (folder / "out" / THIN / "report.html").read_text("utf-8")
    assert '<div class="charts"></div>' not in page


@pytest.mark.slow
def test_a_month_without_scores_is_closed_and_looked_back_at(tmp_path: Path) -> None:
    """The month after it has nothing to compare with, and says so in no crash."""
    folder = _team(tmp_path / "ws", CALLS_HEAD)
    assert close_one(folder, THIN).state == "closed"
    for words in (["run"], ["report"], ["explain", "Ann"]):
        done = csctl(*words, "-w", folder, "-m", NEXT)
        assert done.code == 0, (words, done)
    assert csctl("verify", "-w", folder, "--recompute").code == 0
    assert csctl("simulate", "-w", folder, "--policy", "policy.toml").code == 0


def test_nobody_at_all_is_said_in_a_line(tmp_path: Path) -> None:
    """A roster of people who have all left: exit 2, no crash."""
    folder = _team(tmp_path / "ws", CALLS_HEAD)
    write(folder / "data/roster.csv", "staff id,name,level,hire date,leave date\n01,Ann,junior,2026-01-01,2026-08-01\n")
    done = csctl("run", "-w", folder, "-m", THIN)
    assert (done.code, [line for line in done.faults if "csctl: a bug" in line]) == (2, [])
