"""A time clock whose file has no column of last punches (or of first ones): what it cannot tell is missing, not 0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.records.fates import Fates
from csctl.core.working_time.month import WorkedMonth, working_time_of_month
from csctl.core.working_time.one_sided import one_sided_files
from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.policy.working_time import WorkingTime
from csctl.problems import Place
from tests.workbench import OCTOBER, Row, agent, canonical_rows, frame

IDENTITY, _ = build_identity([Person("a1", "", (), Place())], {})
FILE = "2026-10/clock.csv"
RULES = WorkingTime.model_validate(
    {"shift": [{"id": "day", "start": "09:00", "end": "18:00"}], "missed_punch_spoils": True}
)


def _sheet(*columns: str) -> Fates:
    return Fates(FILE, "", "attendance", 3, header=1, counted=2, columns=("agent_id", "date", "shift", *columns))


def _worked(folder: Path, sheet: Fates, rows: list[Row], asked: tuple[str, ...]) -> WorkedMonth:
    own = [{"agent_id": "a1", "shift": "day", "source_file": FILE, **row} for row in rows]
    table = credited(frame(folder, "attendance", canonical_rows("attendance", own), "polars"), IDENTITY)
    return working_time_of_month(
        RULES, {"attendance": table}, [agent("a1")], OCTOBER, None, asked, one_sided_files([sheet])
    )


def _values(found: WorkedMonth) -> Mapping[str, Decimal | None]:
    return {one.measure.removeprefix("attendance."): one.value for one in found.measured}


def _in(day: int, clock: str) -> dict[str, Any]:
    return {"date": date(2026, 10, day), "in_at": datetime.fromisoformat(f"2026-10-{day} {clock}")}


IN_ONLY: list[Row] = [_in(12, "09:00"), _in(13, "09:00")]


def test_without_last_punches_missed_punches_are_missing_and_it_is_said(tmp_path: Path) -> None:
    """Nobody left early and nobody missed a punch as far as is known, which is not at all; lateness is known."""
    found = _worked(tmp_path, _sheet("in_at"), IN_ONLY, ("unfixed_punches",))
    values = _values(found)
    assert [values[name] for name in ("missed_punches", "unfixed_punches", "early_count", "blemishes")] == [None] * 4
    assert values["late_count"] == 0
    (said,) = found.problems
    assert (said.code, said.place.file, said.parameters["column"]) == ("attendance-punches-one-sided", FILE, "out_at")
    assert all("columns.missed_count" in problem_fix(said, language) for language in LANGUAGES)
    assert all(problem_text(said, language) for language in LANGUAGES)


def test_with_both_columns_an_empty_cell_is_a_missed_punch(tmp_path: Path) -> None:
    """As before."""
    found = _worked(tmp_path, _sheet("in_at", "out_at"), IN_ONLY, ("unfixed_punches",))
    assert _values(found)["unfixed_punches"] == 2
    assert not found.problems


@pytest.mark.parametrize("asked", ["late_count", "absent_days"])
def test_what_nobody_asks_for_is_not_said(tmp_path: Path, asked: str) -> None:
    """Lateness and absence follow from the first punches."""
    assert _worked(tmp_path, _sheet("in_at"), IN_ONLY, (asked,)).problems == ()


def test_a_file_that_counts_missed_punches_itself_is_believed(tmp_path: Path) -> None:
    """And one in which a constant says that nobody punches in the evening."""
    rows: list[Row] = [
        {**row, "missed_count": count, "early_count": 0} for row, count in zip(IN_ONLY, (1, 0), strict=True)
    ]
    found = _worked(tmp_path, _sheet("in_at", "missed_count", "early_count"), rows, ("unfixed_punches", "blemishes"))
    assert [_values(found)[name] for name in ("unfixed_punches", "early_count")] == [1, 0]
    assert not found.problems


def test_a_list_of_single_punches_has_both_ends(tmp_path: Path) -> None:
    """Its rows are punch by punch: the last of a day is the last punch."""
    rows: list[Row] = [*IN_ONLY, _in(12, "18:05")]
    found = _worked(tmp_path, _sheet("in_at"), rows, ("unfixed_punches",))
    assert _values(found)["unfixed_punches"] == 1
    assert not found.problems


BOTH = ("in_at", "out_at")
WEEKS: list[Row] = [_in(day, "09:00") for day in (12, 13, 14, 15, 16, 19, 20, 21, 22, 23)]


def test_who_never_has_a_last_punch_is_not_fined_for_every_day(tmp_path: Path) -> None:
    """The file has the column and others fill it; two weeks of one person without it are no ten faults."""
    found = _worked(tmp_path, _sheet(*BOTH), WEEKS, ("unfixed_punches",))
    values = _values(found)
    assert [values[name] for name in ("missed_punches", "unfixed_punches", "early_count", "blemishes")] == [None] * 4
    assert values["late_count"] == 0
    (said,) = found.problems
    assert (said.code, said.place.column) == ("attendance-side-blank", "out_at")
    assert all("a1" in problem_text(said, language) and problem_fix(said, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("row", "missed"),
    [
        ({"out_at": datetime.fromisoformat("2026-10-12 18:00")}, 9),
        ({"result": "下班缺卡"}, 10),
        ({"missed_count": 1}, 10),
    ],
)
def test_one_last_punch_or_one_word_makes_the_others_faults(tmp_path: Path, row: dict[str, Any], missed: int) -> None:
    rows: list[Row] = [{**WEEKS[0], **row}, *WEEKS[1:]]
    found = _worked(tmp_path, _sheet(*BOTH), rows, ("unfixed_punches",))
    assert _values(found)["unfixed_punches"] == missed
    assert not found.problems


def test_a_week_without_last_punches_is_a_week_of_faults(tmp_path: Path) -> None:
    found = _worked(tmp_path, _sheet(*BOTH), WEEKS[:5], ("unfixed_punches",))
    assert _values(found)["unfixed_punches"] == 5
