"""A sheet that sums up the others is told by its figures, and read only where somebody says so."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

MAY = Month(2026, 5)
CALLS = ("Agent", "Date", "Calls", "Chats")
WEEK_1 = [("Ann Lee", "2026-05-04", 120, 31), ("Bo Chan", "2026-05-04", 95, 7)]
WEEK_2 = [("Ann Lee", "2026-05-11", 80, 44), ("Bo Chan", "2026-05-11", 61, 12)]
BOTH = [("Ann Lee", "2026-05-31", 200, 75), ("Bo Chan", "2026-05-31", 156, 19)]
"""Added by hand from the two weeks; all figures of both are 450."""


def _sheet(name: str, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(name, [tuple(header), *map(tuple, rows)])


def _read(table: str, *sheets: Sheet, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book(sheets), source, "data/2026-05/x.xlsx", MAY)


def _warned(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def _weeks(name: str, *, first: bool = False, both: Sequence[Sequence[Cell]] = BOTH) -> list[Sheet]:
    weeks = [_sheet("W19", CALLS, WEEK_1), _sheet("W20", CALLS, WEEK_2)]
    total = _sheet(name, CALLS, both)
    return [total, *weeks] if first else [*weeks, total]


@pytest.mark.parametrize("name", ["汇总", "5月合计", "Monthly summary", "Sheet3"])
@pytest.mark.parametrize("first", [True, False])
def test_a_sheet_of_the_others_sums_is_left_out_whatever_it_is_called(name: str, first: bool) -> None:
    """It is named once, with one line that settles it and one that lets it count."""
    sheets = _weeks(name, first=first)
    imported = _read("kpis", *sheets)
    assert [fates.sheet for fates in imported.fates] == ["W19", "W20"]
    assert sum(int(str(value).partition(".")[0]) for value in imported.columns["value"]) == 450
    (said,) = _warned(imported)
    assert (said.code, said.found, said.parameters["others"]) == ("sheet-sums-up-others", name, ("W19", "W20"))
    for key, rows in (("line", 4), ("all", 6)):
        settled = _read("kpis", *sheets, **tomllib.loads(str(said.parameters[key])))
        assert (settled.accepted, _warned(settled)) == (rows, [])


def test_a_sheet_of_sums_beside_a_single_sheet_of_days() -> None:
    """Several rows of a person on one sheet are as good as several sheets; a mean is no sum but is one of its kind."""
    header = ("工号", "日期", "接待人数", "满意率")
    days = [("K1", f"2026-05-{day:02d}", 10 * day, "90%") for day in range(4, 8)]
    imported = _read("kpis", _sheet("明细", header, days), _sheet("汇总", header, [("K1", "2026-05-31", 220, "90%")]))
    assert [fates.sheet for fates in imported.fates] == ["明细"]
    assert [one.code for one in _warned(imported)] == ["sheet-sums-up-others"]


def test_one_wrong_sum_does_not_make_it_a_sheet_of_facts() -> None:
    """Somebody added up wrongly: one of six."""
    header = (*CALLS, "Mails")
    weeks = [_sheet(name, header, [(*row, 10) for row in rows]) for name, rows in (("1", WEEK_1), ("2", WEEK_2))]
    total = _sheet("Sheet3", header, [(*BOTH[0], 20), (*BOTH[1], 21)])
    assert [fates.sheet for fates in _read("kpis", *weeks, total).fates] == ["1", "2"]


def test_a_sheet_named_for_sums_with_other_figures_counts_and_is_said() -> None:
    """Nobody can tell whether it is a third week under a strange name."""
    other = [("Ann Lee", "2026-05-31", 17, 3), ("Bo Chan", "2026-05-31", 45, 21)]
    imported = _read("kpis", *_weeks("Total", both=other))
    assert (imported.accepted, [one.code for one in _warned(imported)]) == (6, ["sheet-named-for-sums"])
    (said,) = _warned(imported)
    assert _warned(_read("kpis", *_weeks("Total", both=other), **tomllib.loads(str(said.parameters["all"])))) == []


def test_weeks_of_small_or_equal_figures_are_no_sums() -> None:
    """3 = 1 + 2 happens, and where everybody gives 5 every mean is 5."""
    header = ("客服", "日期", "满意度")
    fives = [
        _sheet(name, header, [(who, f"2026-05-{day:02d}", 5) for who in ("何晴", "李想", "周敏") for day in days])
        for name, days in (("上旬", (4, 5)), ("中旬", (11, 12)), ("下旬", (25,)))
    ]
    assert (_read("surveys", *fives).accepted, _warned(_read("surveys", *fives))) == (15, [])
    few = [
        _sheet(name, ("客服", "日期", "表扬"), [("何晴", f"2026-05-{day:02d}", count)])
        for name, day, count in (("一", 4, 1), ("二", 11, 2), ("三", 18, 3))
    ]
    assert (_read("kpis", *few).accepted, _warned(_read("kpis", *few))) == (3, [])


def test_orders_that_happen_to_add_up_are_orders() -> None:
    """Each has a number of its own."""
    header = ("订单号", "客服", "付款时间", "实付金额")
    first = [("1", "何晴", "2026-05-04 10:00", 1250), ("2", "何晴", "2026-05-05 10:00", 3750)]
    third = [("3", "何晴", "2026-05-06 10:00", 5000)]
    imported = _read("orders", _sheet("一", header, first), _sheet("二", header, third))
    assert (imported.accepted, _warned(imported)) == (3, [])
