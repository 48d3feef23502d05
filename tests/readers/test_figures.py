"""Wide tables of figures: the forms of their cells, and what is said of columns that are left out."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from csctl.core.coverage.doubts import doubtful_columns
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import CellFault
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

OCTOBER = Month(2026, 10)


def _import(table: str, *rows: tuple[Cell, ...], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", list(rows)),)), source, "data/x.csv", OCTOBER)


def _column(header: str, *cells: Cell, **said: Any) -> Imported:
    """A table of people with one column of figures, and one that is never in question."""
    return _import("kpis", ("姓名", header, "接待数"), *((f"客服{n}", cell, 7) for n, cell in enumerate(cells)), **said)


def _figures(imported: Imported, metric: str) -> list[Decimal]:
    pairs = zip(imported.columns["metric"], imported.columns["value"], strict=True)
    return [value for name, value in pairs if name == metric and isinstance(value, Decimal)]


def _warnings(imported: Imported) -> list[Problem]:
    return [problem for problem in imported.problems if problem.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("header", "cells", "meant"),
    [
        ("通话", ("1小时2分30秒", "37分", "45秒"), ("3750", "2220", "45")),
        ("通话", ("0:02:30", "37分", "90"), ("150", "2220", "90")),
        ("得分", ("37分", "95分", "88"), ("37", "95", "88")),
        ("通话", ("0 days 00:02:30", "PT1M", "2'30\""), ("150", "60", "150")),
        ("差额", ("(250.00)", "30-", "12"), ("-250", "-30", "12")),
        ("均价", ("1.234,56", "0,50", "12"), ("1234.56", "0.5", "12")),
        ("满意率", ("95,3%", "90,25%", "8%"), ("0.953", "0.9025", "0.08")),
        ("通话(mm:ss)", ("02:23", "10:05", "00:59"), ("143", "605", "59")),
        ("工时(hh:mm)", ("02:30", "10:00", "08:15"), ("9000", "36000", "29700")),
        ("销量(万元)", ("1.5", "2", "0.25"), ("15000", "20000", "2500")),
        ("响应时长_分钟", ("1.5", "2", "10"), ("90", "120", "600")),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_its_whole_column_wants_it(
    header: str, cells: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    """37分 is minutes among lengths of time and points among points."""
    imported = _column(header, *cells)
    (metric,) = {str(name) for name in imported.columns["metric"]} - {"接待数"}
    assert _figures(imported, metric) == [Decimal(one) for one in meant]
    assert not _warnings(imported)


def test_the_decimal_mark_of_a_source_is_that_of_its_figures() -> None:
    """1.500 alone could be either."""
    assert _figures(_column("均价", "1.500", "2", decimal=","), "均价") == [Decimal(1500), Decimal(2)]
    assert _figures(_column("均价", "1.500", "2"), "均价") == [Decimal("1.5"), Decimal(2)]


def test_a_slash_is_nothing_and_a_column_of_slashes_is_still_one_of_figures() -> None:
    """Nobody answered."""
    imported = _column("满意度", "/", "96", "/", "/")
    assert _figures(imported, "满意度") == [Decimal(96)]
    assert not _warnings(imported)


def test_a_column_with_figures_that_is_mostly_unreadable_is_said() -> None:
    """Clock times of two parts, of which the header says nothing; figures between remarks."""
    for cells in (("02:23", "10:05", "00:59"), ("12", "休假中", "15", "调岗中", "借调中")):
        imported = _column("均时", *cells)
        (said,) = _warnings(imported)
        assert (said.code, said.place.column, set(imported.columns["metric"])) == (
            "figures-mostly-unreadable", "均时", {"接待数"},
        )  # fmt: skip


@pytest.mark.parametrize(
    "cells", [("调班", "2", "新人", "病假", "借调"), ("1组", "2组", "1组"), ("2026-10-08", "2026-10-09")]
)
def test_a_column_of_words_or_days_is_no_column_of_figures_and_nothing_is_said(cells: tuple[str, ...]) -> None:
    """Remarks, teams and days stand beside figures everywhere."""
    imported = _column("备注", *cells)
    assert set(imported.columns["metric"]) == {"接待数"}
    assert {one.code for one in _warnings(imported)} <= {"days-unused"}


def test_money_of_another_country_counts_as_figures_and_is_said_once_a_column() -> None:
    """811.40 and 1,188.60 dollars are no yuan; the sign is named."""
    orders = _import(
        "orders",
        ("order id", "staff id", "order date", "amount"),
        ("o1", "01", "2026-10-08", "$811.40"),
        ("o2", "01", "2026-10-09", "$1,188.60"),
    )
    assert orders.columns["amount"] == [Decimal("811.40"), Decimal("1188.60")]
    (said,) = _warnings(orders)
    assert (said.code, said.place.column) == ("money-foreign-sign", "amount")
    assert "$" in str(said.found)

    wide = _column("sales", "€5.50", "US$ 7")
    assert _figures(wide, "sales") == [Decimal("5.50"), Decimal(7)]
    assert [one.code for one in _warnings(wide)] == ["money-foreign-sign"]


def test_money_in_yuan_is_no_news() -> None:
    """Signs, words, thousands."""
    rows = [("o1", "01", "2026-10-08", "¥811.40"), ("o2", "01", "2026-10-09", "1,188.60元")]
    assert not _warnings(_import("orders", ("order id", "staff id", "order date", "amount"), *rows))


def _attendance(*punches: tuple[Cell, Cell]) -> Imported:
    rows = [("01", f"2026-10-{8 + n:02d}", "day", first, last) for n, (first, last) in enumerate(punches)]
    return _import("attendance", ("staff id", "date", "shift", "clock in", "clock out"), *rows)


def test_a_punch_that_cannot_be_read_is_kept_apart_from_one_that_is_not_there() -> None:
    """Both have no value; the first is said and its column noted in the row."""
    imported = _attendance(("08:55", "18:01"), ("9;o2", "18:03"), (None, "18:00"), ("9;o2", "#N/A"))
    assert imported.columns["unreadable"] == [None, "in_at", None, "in_at out_at"]
    assert [value is None for value in imported.columns["in_at"]] == [False, True, True, True]
    assert {one.code for one in _warnings(imported)} == {"value-not-a-date", "value-error-cell"}


def test_words_for_no_punch_are_no_punch() -> None:
    """缺卡 in the place of a time has been understood: nothing is unreadable."""
    imported = _attendance(("缺卡", "18:01"), ("08:55", "未打卡"))
    assert imported.columns["unreadable"] == [None, None]
    assert not _warnings(imported)


def test_a_day_without_a_year_is_read_only_where_the_rows_lie_in_the_month() -> None:
    """10月5日 in October's orders; a roster that says 3月1日 does not say since which year."""
    orders = _import("orders", ("订单编号", "工号", "付款日期", "付款金额"), ("o1", "01", "10月5日", "100"))
    assert orders.accepted == 1
    roster = _import("roster", ("工号", "姓名", "入职日期"), ("01", "王芳", "3月1日"))
    assert roster.columns["hired_on"] == [None]


def _readings(imported: Imported) -> dict[str, tuple[str, str, str, bool]]:
    return {
        one.column: (one.unit, one.form, one.decided, one.doubtful) for one in imported.reading.columns if one.metric
    }


def test_a_figure_has_a_reading_as_every_column_has() -> None:
    """Minutes by the header, shares by their sign, and the words beside them none."""
    imported = _import(
        "kpis",
        ("工号", "平均响应时长(分钟)", "应答率", "备注"),
        ("01", "1.5", "95.3%", "调班"),
        ("02", "2.5", "96.1%", "新人"),
    )
    assert _readings(imported) == {
        "平均响应时长(分钟)": ("minutes", "1,234.56", "header", False),
        "应答率": ("", "1,234.56", "column", False),
    }


@pytest.mark.parametrize(
    ("header", "cells", "unit", "form"),
    [
        ("平均响应时长", ("3", "5"), "seconds", ""),
        ("Avg response time", ("1:02:03", "5"), "seconds", ""),
        ("接待人数", ("1.500", "2.750"), "", "1,234.56"),
    ],
)
def test_a_figure_that_could_be_another_is_in_doubt(header: str, cells: tuple[str, ...], unit: str, form: str) -> None:
    """Bare numbers under a word of time; three decimals that may be groups of thousands."""
    (found,) = [one for name, one in _readings(_column(header, *cells)).items() if name == header]
    assert found == (unit, form, "default", True)


@pytest.mark.parametrize(("said", "seconds"), [("minutes", 180), ("seconds", 3), ("hours", 10800)])
def test_the_mapping_says_what_a_figure_counts(said: str, seconds: int) -> None:
    """By its header or by a part of it, and then nothing is in doubt."""
    for name in ("平均响应时长", "*时长"):
        imported = _column("平均响应时长", "3", metrics={name: said})
        assert _figures(imported, "平均响应时长") == [Decimal(seconds)]
        assert _readings(imported)["平均响应时长"] == (said, "", "mapping", False)


def test_days_of_which_a_spreadsheet_swapped_some_are_said() -> None:
    """The 18th stayed a text, the 8th became the 10th of August; days that are all dates are nothing to say."""
    orders = ("order id", "staff id", "order date", "amount")
    swapped = _import("orders", orders, ("o1", "01", "18/10/2026", "1"), ("o2", "01", date(2026, 8, 10), "1"))
    assert ("days-half-swapped", "order date") in {(one.code, one.place.column) for one in _warnings(swapped)}
    sound = _import("orders", orders, ("o1", "01", date(2026, 10, 18), "1"), ("o2", "01", date(2026, 10, 8), "1"))
    assert "days-half-swapped" not in {one.code for one in _warnings(sound)}


def test_a_part_of_a_header_does_not_mean_those_that_name_their_unit() -> None:
    """休息时长(秒) and 登录时长(h) say themselves what they count; by its whole header the mapping is obeyed."""
    for header, seconds in (("休息时长(秒)", 8), ("登录时长(h)", 28800), ("在线时长", 480)):
        imported = _column(header, "8", metrics={"*时长": "minutes"})
        (value,) = [one for name, one in zip(*_pairs(imported), strict=True) if name != "接待数"]
        assert value == Decimal(seconds)
    exact = _column("休息时长(秒)", "8", metrics={"休息时长(秒)": "minutes"})
    assert Decimal(480) in exact.columns["value"]


def _pairs(imported: Imported) -> tuple[list[object], list[object]]:
    return list(imported.columns["metric"]), list(imported.columns["value"])


@pytest.mark.parametrize("header", ["聊天分钟", "在线分钟数", "忙碌_min", "Talk minutes"])
def test_a_unit_at_the_end_of_a_header_counts_without_brackets(header: str) -> None:
    """As it does for the columns that every table has."""
    assert Decimal(1800) in _column(header, "30").columns["value"]


def test_points_are_no_minutes() -> None:
    """服务评分 ends in 分, and nothing speaks of time."""
    assert Decimal(95) in _column("服务评分", "95").columns["value"]


@pytest.mark.parametrize(("header", "amount"), [("销售额(分)", "100.00"), ("销售额（千元）", "10000000.00")])
def test_money_counts_in_the_unit_of_its_header(header: str, amount: str) -> None:
    """Cents and thousands of yuan."""
    orders = _import("orders", ("订单号", "客服", "付款日期", header), ("o1", "林悦", "2026-10-08", "10000"))
    assert orders.columns["amount"] == [Decimal(amount)]


def test_what_to_write_for_several_figures_is_one_table_that_can_be_pasted() -> None:
    """Both lines of the suggestion, as they stand, are a source's keys; then nothing is in doubt."""
    columns = ("姓名", "在线时长", "平均响应时长", "接待数")
    first = _import("kpis", columns, ("林悦", "7200", "5", "1.500"))
    (said,) = doubtful_columns("data/x.csv", [first.reading])
    written = tomllib.loads(str(said.parameters["lines"]).replace("⏎ ", "\n"))
    assert written["metrics"] == {"在线时长": "seconds", "平均响应时长": "seconds"}
    again = _import("kpis", columns, ("林悦", "7200", "5", "1.500"), **written)
    assert doubtful_columns("data/x.csv", [again.reading]) == []


@pytest.mark.parametrize("header", ["满意率%", "转化率％", "解决率百分比", "Talk %", "应答率(%)"])
def test_a_percent_sign_at_the_end_of_a_header_counts_without_brackets(header: str) -> None:
    """95.5 under it is a share; a cell with its own sign is not divided twice."""
    assert _column(header, "95.5", "90%").columns["value"][::2] == [Decimal("0.955"), Decimal("0.9")]


def test_parts_of_a_thousand_are_shares() -> None:
    """Beside parts of a hundred and bare shares."""
    values = _column("差评率", "3‰", "0.2%", "0.004", "1.5 ‰").columns["value"][::2]
    assert values == list(map(Decimal, ("0.003", "0.002", "0.004", "0.0015")))


@pytest.mark.parametrize("text", ["4,000.00元/月", "4000/月", "4千/月", "0.4万每月", "4k/month", "4000 元 / 个月"])
def test_pay_by_the_month_is_an_amount(text: str) -> None:
    """What stands behind it says what pay is anyway."""
    assert parse_money(text) == Decimal(4000)


@pytest.mark.parametrize("text", ["10元/件", "/月", "4000/年"])
def test_other_rates_are_no_amounts(text: str) -> None:
    """A price per piece, a unit alone, pay for a year."""
    assert isinstance(parse_money(text), CellFault)
