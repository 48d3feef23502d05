"""Somebody of whom nothing is known in a month: no score, no place, no share, and every view says why."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import get_args, get_type_hints

import openpyxl
import pytest

from csctl.core.records.lines import Score
from csctl.messages import LANGUAGES, say
from tests.cli.small import MONTH, add
from tests.end_to_end.running import Done, csctl

WORDS = "no score: no data"


@pytest.fixture
def away(small: Path) -> tuple[Path, Done]:
    """The small workspace with a fourth agent who was on leave all month, after a run."""
    add(small / "data/roster.csv", "04,Dee,A,junior,2025-01-01\n")
    return small, csctl("run", "-w", small, "--month", MONTH)


def test_the_run_goes_on_and_the_screen_says_why_there_is_no_score(away: tuple[Path, Done]) -> None:
    """A warning that names the agent; the others keep their places and their pool."""
    folder, done = away
    assert (done.code, done.faults) == (0, [])
    (line,) = [line for line in done.out.splitlines() if line.lstrip("– ").startswith("04")]
    assert WORDS in line
    assert "3,000.00" in line
    assert "no scored item of 04 has any data this month" in done.out
    record = json.loads((folder / "out" / MONTH / "run.json").read_text("utf-8"))
    (row,) = [row for row in record["scoreboard"] if row["agent_id"] == "04"]
    assert (row["status"], row["score"], row["rank"]) == ("unscored", None, None)
    assert [one["agent_id"] for pool in record["pools"] for one in pool["shares"]] == ["01", "02", "03"]


def test_workbooks_pages_and_explanations_say_the_same(away: tuple[Path, Done]) -> None:
    """scores.xlsx, the payslip, the report and explain; there is no performance sheet to fill."""
    folder, _ = away
    out = folder / "out" / MONTH
    book = openpyxl.load_workbook(io.BytesIO((out / "scores.xlsx").read_bytes()))
    assert WORDS in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    (slip,) = (out / "payslips").glob("04_*.xlsx")
    cells = {cell.value for sheet in openpyxl.load_workbook(slip) for row in sheet.iter_rows() for cell in row}
    assert WORDS in cells
    assert WORDS in (out / "report.html").read_text("utf-8")
    assert not list((out / "sheets").glob("04_*"))
    assert WORDS in csctl("explain", "04", "-w", folder, "--month", MONTH).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_no_score_has_words_in_every_view(language: str) -> None:
    """On the screen and in reports; the workbooks have a test of their own."""
    for status in set(get_args(get_type_hints(Score)["status"])) - {"scored"}:
        assert say(f"status-{status}", language)
        assert say(f"report-{status}", language)
