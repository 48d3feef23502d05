"""What is in doubt, and what is otherwise than last month: said once for a source, with both sides."""

from __future__ import annotations

from dataclasses import replace

from csctl.core.coverage.doubts import doubts
from csctl.core.coverage.drift import SourceMonth, drift
from csctl.core.coverage.readings import ColumnReading, FileReading

_TALK = ColumnReading("", "talk_seconds", "Talk time", "seconds", unit="seconds", rows=100)
_DAY = ColumnReading("", "started_at", "Begin", "moment", rows=100)
_READING = FileReading((_TALK, _DAY), ("Talk time", "Begin", "Note"), "utf-8")


def _month(reading: FileReading, rows: int = 100, file: str = "2026-10/c.csv") -> SourceMonth:
    return SourceMonth(file, [reading], rows)


def _said(now: FileReading, rows: int = 100, *, whole: bool = True) -> dict[str, object]:
    found = drift(_month(_READING, file="2026-09/c.csv"), _month(now, rows), whole=whole)
    return {one.code: one.found for one in found}


def test_a_month_like_the_last_is_quiet() -> None:
    """Nor is a month without one before it anything to speak of."""
    assert _said(_READING) == {}
    assert drift(SourceMonth("", [], 0), _month(_READING), whole=True) == []


def test_headers_that_went_came_or_changed_are_one_warning() -> None:
    """A column that stands under another header is named with both."""
    talk = replace(_TALK, header="Duration")
    now = replace(_READING, columns=(talk, _DAY), headers=("Duration", "Begin", "Queue"))
    assert _said(now) == {"source-changed": ("Talk time → Duration", "Note → —", "— → Queue")}


def test_figures_in_headers_are_those_of_the_month() -> None:
    """9月1日 and 10月1日 are the same column of two months."""
    before = replace(_READING, headers=("9月1日",))
    assert drift(_month(before), _month(replace(before, headers=("10月1日",))), whole=True) == []


def test_another_unit_order_or_encoding_is_said() -> None:
    """Each with both sides; UTF-8 with a mark is UTF-8."""
    columns = (replace(_TALK, unit="minutes"), replace(_DAY, form="d/m/y"))
    assert _said(replace(_READING, columns=columns, encoding="gb18030")) == {
        "source-changed": ("Begin: y-m-d → d/m/y", "Talk time: seconds → minutes", "utf-8 → gb18030")
    }
    assert _said(replace(_READING, encoding="utf-8-sig")) == {}


def test_far_fewer_rows_are_said_once_the_month_is_over() -> None:
    """Sixty of a hundred are enough; a running month has not got all of its rows yet."""
    assert _said(_READING, 60) == {}
    assert _said(_READING, 59) == {"source-rows-fewer": "59"}
    assert _said(_READING, 59, whole=False) == {}


def test_many_more_empty_cells_are_said() -> None:
    """Twice as many, and a tenth of all rows more."""
    now = replace(_READING, columns=(replace(_TALK, empty=40), replace(_DAY, empty=5)))
    assert _said(now) == {"source-cells-emptier": "Talk time: 0% → 40%"}


def test_doubts_of_a_source_are_one_warning_with_the_lines_to_write() -> None:
    """Two files of one source, two columns."""
    wait = ColumnReading("", "wait_seconds", "Wait", "seconds", unit="seconds", doubtful=True, rows=3)
    talk = replace(_TALK, doubtful=True)
    (said,) = doubts("a.csv", [FileReading((talk,)), FileReading((talk, wait, _DAY))])
    assert said.found == ("Talk time (talk_seconds: seconds)", "Wait (wait_seconds: seconds)")
    assert dict(said.details)["lines"] == (
        'columns.talk_seconds = { from = "Talk time", unit = "seconds" }',
        'columns.wait_seconds = { from = "Wait", unit = "seconds" }',
    )
    assert doubts("a.csv", [_READING]) == []
