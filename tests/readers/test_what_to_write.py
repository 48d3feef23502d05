"""What is said of a file that was not understood names what stands there, and one line that settles it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

MAY = Month(2026, 5)
Merged = tuple[tuple[int, int, int, int], ...]


def _read(table: str, *rows: Sequence[Cell], merged: Merged = (), **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("表", [tuple(row) for row in rows], merged=merged),)), source, "x.xlsx", MAY)


def _warned(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def _line(one: Problem) -> dict[str, Any]:
    line = str(one.parameters["line"])
    assert all(part in problem_fix(one, language) for part in line.split("⏎") for language in ("zh", "en"))
    return tomllib.loads(line.replace("⏎", "\n"))


@pytest.mark.parametrize("days", [[str(day) for day in range(1, 32)], [f"5月{day}日" for day in range(1, 32)]])
def test_a_grid_of_days_is_called_one(days: list[str]) -> None:
    """Its headers are many, and none of them has to be mapped."""
    rows = [("工号", "姓名", *days), ("K1", "何晴", *["√"] * 31), ("K2", "李想", *["√"] * 31)]
    (said,) = _warned(_read("attendance", *rows))
    assert (said.code, said.found) == ("days-side-by-side", f"{days[0]} … {days[-1]}")
    settled = _read("attendance", *rows, **_line(said), codes={"√": {"worked_days": "1"}})
    assert settled.columns["worked_days"] == [1] * 62


def test_a_day_with_a_time_is_proposed_for_a_punch_and_not_for_the_day() -> None:
    """Two punches of one day; a row each."""
    rows = [("Agent", "Punched", "Device"), ("K1", "2026-05-04 08:55", "A"), ("K1", "2026-05-04 18:05", "A")]
    said = next(one for one in _warned(_read("attendance", *rows)) if one.code == "only-names-understood")
    settled = _read("attendance", *rows, **_line(said))
    assert settled.columns["in_at"] == [datetime(2026, 5, 4, 8, 55), datetime(2026, 5, 4, 18, 5)]  # noqa: DTZ001
    assert _warned(settled) == []


def test_punches_below_a_common_header_are_known() -> None:
    """打卡时间 stands above both, or is said below each."""
    merged = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4))
    above = _read(
        "attendance",
        ("工号", "日期", "打卡时间", None),
        (None, None, "上班", "下班"),
        ("K1", "2026-05-04", "08:55", "18:05"),
        merged=merged,
    )
    assert (above.columns["in_at"], above.columns["out_at"]) == (
        [datetime(2026, 5, 4, 8, 55)],  # noqa: DTZ001
        [datetime(2026, 5, 4, 18, 5)],  # noqa: DTZ001
    )


@pytest.mark.parametrize(
    ("table", "header", "answer"),
    [
        ("leave", ("工号", "请假类型", "开始时间", "结束时间", "审批状态"), "已撤销"),
        ("leave", ("agent", "kind", "date", "ends on", "Approval state"), "withdrawn"),
        ("punch_fixes", ("工号", "日期", "当前状态"), "已撤销"),
    ],
)
def test_a_column_of_answers_that_is_not_read_is_named_with_its_words(
    table: str, header: Sequence[str], answer: str
) -> None:
    """Which of them mean granted is left to whoever knows."""
    middle = ("事假", "2026-05-04", "2026-05-04")[: len(header) - 2] if table == "leave" else ("2026-05-04",)
    rows = [(f"K{at}", *middle, word) for at, word in enumerate(("passed", answer, "passed"))]
    (said,) = [one for one in _warned(_read(table, header, *rows)) if one.code == "answers-unused"]
    assert said.found == ("passed × 2", f"{answer} × 1")
    assert _line(said)["columns"]["approved"] == {"from": header[-1], "texts": {"passed": "", answer: ""}}


def test_shares_in_a_column_of_points_are_called_so() -> None:
    """95 % of five or of a hundred points: the rule knows, the file does not."""
    rows = [("客服", "日期", "评分"), *[("何晴", "2026-05-04", score) for score in ("95%", "4.8", "5")]]
    (said,) = _warned(_read("surveys", *rows))
    assert (said.code, said.found) == ("value-is-a-share", "95%")
    assert _line(said) == {"columns": {"score": {"texts": {"95%": ""}}}}


def test_marks_in_words_are_asked_for_before_figures() -> None:
    """What to write comes first; that figures would do as well comes last."""
    rows = [("客服", "日期", "满意度"), *[("何晴", "2026-05-04", score) for score in ("非常满意", "4", "5")]]
    (said,) = _warned(_read("surveys", *rows))
    for language in ("zh", "en"):
        before, _, after = problem_fix(said, language).partition('columns.score.texts = { "非常满意" = "" }')
        assert ("1234.5" in before, "1234.5" in after) == (False, True)


def test_a_length_that_nobody_has_is_one_warning_and_no_default_to_accept() -> None:
    """Three seconds a call: the minutes are proposed at once."""
    calls = [("Ann", f"c{at}", "2026-05-04 09:00", "3") for at in range(3)]
    imported = _read("interactions", ("Agent", "Call ID", "Start time", "Talk time"), *calls)
    (said,) = [one for one in _warned(imported) if one.code.startswith("length")]
    assert (said.code, said.parameters["likelier"]) == ("length-in-unlikely-unit", "minutes")
    (reading,) = [one for one in imported.reading.columns if one.column == "talk_seconds"]
    assert (reading.doubtful, reading.unlikely) == (True, True)
