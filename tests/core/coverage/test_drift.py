"""What is in doubt, and what is otherwise than last month: said once for a source, with both sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from csctl.core.coverage.doubts import doubtful_columns
from csctl.core.coverage.drift import SourceMonth, drift
from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.messages import problem_text
from csctl.problems import Severity

_TALK = ColumnReading("", "talk_seconds", "Talk time", "seconds", unit="seconds", rows=100)
_DAY = ColumnReading("", "started_at", "Begin", "moment", rows=100)
_READING = FileReading((_TALK, _DAY), ("Talk time", "Begin", "Note"), "utf-8")


def _month(reading: FileReading, rows: int = 100, file: str = "2026-10/c.csv") -> SourceMonth:
    return SourceMonth(file, [reading], rows)


def _said(now: FileReading, rows: int = 100, *, whole: bool = True) -> dict[str, object]:
    """What the one warning says, without what it says nothing of."""
    found = drift(_month(_READING, file="2026-09/c.csv"), _month(now, rows), whole=whole)
    if not found:
        return {}
    (said,) = found
    assert said.severity is Severity.WARNING
    assert said.parameters["before"] == "2026-09/c.csv"
    return {name: text for name, text in said.parameters.items() if text and name != "before"}


_ROWS = {"rows": "100 → 100"}


def test_a_month_like_the_last_is_quiet() -> None:
    """Nor is a month without one before it anything to speak of."""
    assert _said(_READING) == {}
    assert drift(SourceMonth("", [], 0), _month(_READING), whole=True) == []


def test_headers_that_went_came_or_changed_are_one_warning() -> None:
    """A column that stands under another header is named with both."""
    talk = replace(_TALK, header="Duration")
    now = replace(_READING, columns=(talk, _DAY), headers=("Duration", "Begin", "Queue"))
    assert _said(now) == {"found": ("Talk time → Duration", "Note → —", "— → Queue")} | _ROWS


def test_a_header_that_no_rule_knows_is_paired_with_the_one_most_like_it() -> None:
    """Of a file that cannot be used for lack of its columns, headers are all that is known."""
    now = FileReading((), ("Talk time (new)", "Begin of call", "Queue"))
    (said,) = drift(_month(_READING), SourceMonth("c.csv", [now], 0, usable=False), whole=True)
    assert said.found == ("Talk time → Talk time (new)", "Begin → Begin of call", "Note → —", "— → Queue")
    assert said.severity is Severity.ERROR


def test_a_renamed_column_in_another_unit_is_said_once() -> None:
    """With the unit beside both headers."""
    talk = replace(_TALK, header="Talk time (min)", unit="minutes")
    now = replace(_READING, columns=(talk, _DAY), headers=("Talk time (min)", "Begin", "Note"))
    assert _said(now) == {"found": "Talk time → Talk time (min) (seconds → minutes)"} | _ROWS


def test_figures_in_headers_are_those_of_the_month() -> None:
    """9月1日 and 10月1日 are the same column of two months."""
    before = replace(_READING, headers=("9月1日",))
    assert drift(_month(before), _month(replace(before, headers=("10月1日",))), whole=True) == []


def test_another_unit_order_or_encoding_is_said() -> None:
    """Each with both sides; UTF-8 with a mark is UTF-8."""
    columns = (replace(_TALK, unit="minutes"), replace(_DAY, form="d/m/y"))
    assert (
        _said(replace(_READING, columns=columns, encoding="gb18030"))
        == {"found": ("Begin: y-m-d → d/m/y", "Talk time: seconds → minutes", "utf-8 → gb18030")} | _ROWS
    )
    assert _said(replace(_READING, encoding="utf-8-sig")) == {}


def test_a_unit_that_the_cells_themselves_write_is_said() -> None:
    """A sign behind the figures that is gone, or another; cells that differ say nothing."""
    before = _month(FileReading((replace(_TALK, unit="", sign="秒"),), ("Talk time",)))

    def said(**changes: object) -> object:
        now = FileReading((replace(_TALK, **{"unit": "", **changes}),), ("Talk time",))  # type: ignore[arg-type]
        return [one.found for one in drift(before, _month(now), whole=True)]

    assert said(sign="秒") == said(sign=None) == []
    assert said(sign="分钟") == ["Talk time: 秒 → 分钟"]
    assert said(sign="", unit="seconds") == ["Talk time: 秒 → seconds"]


def test_a_middle_value_that_is_far_off_is_said_though_nothing_says_why() -> None:
    """Sixty times less is another unit; twice as much is another month; five figures are the least."""

    def months(middle: str, kind: str = "seconds", rows: int = 100) -> dict[str, object]:
        was, now = (
            FileReading(
                (replace(_TALK, kind=kind, rows=rows, middle=Decimal(one), median=f"{one} → {one} s"),), ("Talk",)
            )
            for one in ("120", middle)
        )
        return {
            key: text for one in drift(_month(was), _month(now), whole=True) for key, text in one.parameters.items()
        }

    assert months("2")["middles"] == "Talk time: 120 s → 2 s"
    assert months("2400")["middles"] == "Talk time: 120 s → 2400 s"
    assert months("60") == months("2", rows=4) == months("2", kind="count") == months("0") == {}


def test_every_file_of_a_month_is_compared_with_every_file_of_the_last() -> None:
    """A second file in another unit is said; a unit that any file had before is as it was."""
    minutes = replace(_READING, columns=(replace(_TALK, unit="minutes"), _DAY))
    both = SourceMonth("c.csv", [_READING, minutes], 100)
    (said,) = drift(_month(_READING), both, whole=True)
    assert said.found == "Talk time: seconds → minutes"
    assert drift(both, _month(minutes), whole=True) == []


def test_far_fewer_rows_are_said_once_the_month_is_over() -> None:
    """Sixty of a hundred are enough; a running month has not got all of its rows yet."""
    assert _said(_READING, 60) == {}
    assert _said(_READING, 59) == {"rows": "100 → 59"}
    assert _said(_READING, 59, whole=False) == {}


def test_many_more_empty_cells_are_said() -> None:
    """Twice as many, and a tenth of all rows more."""
    now = replace(_READING, columns=(replace(_TALK, empty=40), replace(_DAY, empty=5)))
    assert _said(now) == {"emptier": "Talk time: 0% → 40%"} | _ROWS


def test_all_that_is_otherwise_is_one_sentence() -> None:
    """In either language, clauses without anything to say left out."""
    talk = replace(_TALK, unit="minutes", empty=40)
    (said,) = drift(_month(_READING, file="9.csv"), _month(replace(_READING, columns=(talk, _DAY)), 50), whole=True)
    assert problem_text(said, "en") == (
        "not like last month's 9.csv (last month → this month): Talk time: seconds → minutes; "
        "empty cells Talk time: 0% → 40%; rows 100 → 50"
    )
    assert problem_text(said, "zh") == (
        "与上月的 9.csv 不同（上月 → 本月）：Talk time: seconds → minutes；空单元格 Talk time: 0% → 40%；行数 100 → 50"
    )


def test_doubts_of_a_source_are_one_warning_with_the_lines_to_write() -> None:
    """Two files of one source, two columns."""
    wait = ColumnReading("", "wait_seconds", "Wait", "seconds", unit="seconds", doubtful=True, rows=3)
    talk = replace(_TALK, doubtful=True)
    (said,) = doubtful_columns("a.csv", [FileReading((talk,)), FileReading((talk, wait, _DAY))])
    assert said.found == ("Talk time (talk_seconds: seconds)", "Wait (wait_seconds: seconds)")
    assert dict(said.details)["lines"] == (
        '⏎ columns.talk_seconds = { from = "Talk time", unit = "seconds" } ⏎ '
        'columns.wait_seconds = { from = "Wait", unit = "seconds" }'
    )
    assert doubtful_columns("a.csv", [_READING]) == []


@pytest.mark.parametrize(
    ("unit", "middle", "line"),
    [
        ("seconds", "2", 'columns.talk_seconds = { from = "Talk time", unit = "minutes" }'),
        ("seconds", "115000", 'columns.talk_seconds = { from = "Talk time", unit = "milliseconds" }'),
        ("minutes", "7000", 'columns.talk_seconds = { from = "Talk time", unit = "seconds" }'),
        ("seconds", "3000", ""),
        ("seconds", "100", ""),
    ],
)
def test_a_middle_value_that_would_be_near_in_another_unit_names_it(unit: str, middle: str, line: str) -> None:
    """Two minutes last month. Nothing is proposed that does not come near them either."""
    was = FileReading((replace(_TALK, middle=Decimal(120), median="120"),), ("Talk time",))
    now = FileReading((replace(_TALK, unit=unit, middle=Decimal(middle), median=middle),), ("Talk time",))
    found = [one.parameters["line"] for one in drift(_month(was), _month(now), whole=True)]
    assert [text for text in found if text] == [line] * bool(line)


def test_less_than_half_of_the_people_is_said_however_few_rows_there_are() -> None:
    """Eight people with a row each, and three of them a month later; of three people one may be ill."""

    def said(before: int, now: int) -> list[object]:
        was = SourceMonth("2026-09/c.csv", [_READING], before, people=before)
        found = drift(was, SourceMonth("2026-10/c.csv", [_READING], now, people=now), whole=True)
        return [one.parameters["people"] for one in found]

    assert said(8, 3) == ["8 → 3"]
    assert said(8, 4) == said(3, 1) == said(0, 0) == []
