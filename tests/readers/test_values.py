"""Cells as text, ids, flags and exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.readers.columns.amounts import foreign_sign, parse_money
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.identifiers import parse_id, parse_name
from csctl.readers.columns.values import (
    CellFault,
    exact_number,
    parse_count,
    parse_flag,
    parse_number,
    parse_ratio,
    parse_text,
)
from csctl.readers.grid import Cell

PARSERS: list[Callable[[Cell], object]] = [
    parse_number, parse_count, parse_ratio, parse_money, parse_flag, parse_id, parse_text, parse_name,
]  # fmt: skip
NUMBERS: list[tuple[Cell, str]] = [
    ("1234.5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1,234,567", "1234567"),
    ("９５．５", "95.5"),
    (" 12 ", "12"),
    ("\t12", "12"),
    ("+3", "3"),
    ("-0.25", "-0.25"),
    ("−2", "-2"),
    ("1.2万", "12000"),
    ("0.5亿", "50000000"),
    (7, "7"),
    (0.1, "0.1"),
    (1.1 + 2.2, "3.3"),
    (Decimal("2.50"), "2.5"),
    ("12次", "12"),
    ("95分", "95"),
]


@pytest.mark.parametrize(("cell", "meant"), NUMBERS)
def test_a_number_is_read_exactly_in_every_usual_form(cell: Cell, meant: str) -> None:
    """Text, full-width digits, thousands commas, 万 and 亿, workbook numbers."""
    assert parse_number(cell) == Decimal(meant)


@pytest.mark.parametrize(
    "cell",
    [
        "inf",
        "-Infinity",
        "1_000",
        "1e5",
        "٣",
        "5²",
        "1,23",
        "1,2345",
        "(-100)",
        "-(100)",
        "--100-",
        "1.234,56",
        "无",
        "12 34",
        "95%",
        ".5",
        "5.",
        "--5",
        "0x10",
        "1" * 70,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        True,
        date(2026, 1, 1),
    ],
)
def test_what_only_looks_like_a_number_is_refused(cell: Cell) -> None:
    """The number classes of the language would take several of these."""
    assert parse_number(cell) == CellFault("value-not-a-number")


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "--", "—", "——", "N/A", "n/a", "\u200b"])
def test_marks_for_nothing_are_missing_in_every_kind(cell: Cell) -> None:
    """Missing is None, not zero and not a fault."""
    assert [parse(cell) for parse in PARSERS] == [None] * 8


@pytest.mark.parametrize("text", ["NULL", "null", "None"])
def test_null_is_missing_as_a_figure_and_a_name_as_an_id(text: str) -> None:
    """An account can be called NULL; a figure cannot."""
    assert parse_number(text) is None
    assert parse_flag(text) is None
    assert parse_id(text) == text


def test_an_error_mark_of_the_spreadsheet_is_a_fault_of_its_own() -> None:
    """#N/A is neither a text nor an empty cell."""
    kinds: list[Callable[[Cell], object]] = [parse_number, parse_money, parse_id, parse_text, parse_name]
    assert [parse("#N/A") for parse in kinds] == [CellFault("value-error-cell")] * 5


def test_an_absurd_size_is_refused_before_it_reaches_storage() -> None:
    """Beyond ten million million nothing a service team counts is real."""
    assert parse_number("9" * 14) == CellFault("value-too-large")
    assert parse_money("9999999999", Forms(unit="万元")) == CellFault("value-too-large")
    assert parse_money(1e15) == CellFault("value-too-large")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False))
def test_a_number_written_with_commas_reads_back_as_itself(number: Decimal) -> None:
    """Formatting by the language is the independent writer."""
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:f}") == number


@given(st.text())
def test_no_text_breaks_a_parser(text: str) -> None:
    """Whatever a cell holds, the result is a value or a fault."""
    for parse in PARSERS:
        parse(text)


@given(st.text(alphabet="0123456789,.+-eE_ xX٣²NnaAiIfF", max_size=12))
def test_no_accepted_text_has_a_sign_that_a_number_does_not_have(text: str) -> None:
    """What is accepted consists of digits, commas, one point and one sign."""
    if isinstance(exact_number(text), Decimal):
        assert set(text) <= set("0123456789,.+- ")


def test_a_fifth_place_is_rounded_half_up_once() -> None:
    """Storage keeps four places of a number."""
    assert parse_number("0.00005") == Decimal("0.0001")
    assert parse_number("1.00004999") == Decimal("1.0000")


@pytest.mark.parametrize(("cell", "meant"), [("3", 3), ("3.0", 3), (3.0, 3), ("12次", 12), ("1,000", 1000), (0, 0)])
def test_a_count_is_a_whole_number(cell: Cell, meant: int) -> None:
    """Workbooks store counts as floats."""
    assert parse_count(cell) == meant


@pytest.mark.parametrize("cell", ["3.5", "-1", 0.5])
def test_a_count_is_neither_broken_nor_negative(cell: Cell) -> None:
    """Half a late arrival does not exist."""
    assert parse_count(cell) == CellFault("value-not-a-count")


@pytest.mark.parametrize(
    ("cell", "unit", "meant"),
    [("99.71%", "", "0.9971"), ("0.9971", "", "0.9971"), (0.9971, "", "0.9971"), ("99.71", "%", "0.9971"),
     ("９９．７１％", "", "0.9971"), ("100%", "", "1"), ("0%", "", "0"), ("33.333 %", "", "0.33333")],
)  # fmt: skip
def test_a_ratio_is_the_same_share_in_every_form(cell: Cell, unit: str, meant: str) -> None:
    """99.71% and 0.9971 are one value."""
    assert parse_ratio(cell, Forms(unit=unit)) == Decimal(meant)


@pytest.mark.parametrize("cell", ["99.71", "101%", "-1%", "%", 1.2])
def test_a_share_outside_0_to_1_is_refused(cell: Cell) -> None:
    """99.71 without a percent sign is not guessed to be a percentage."""
    assert parse_ratio(cell) == CellFault("value-not-a-ratio")


@pytest.mark.parametrize(
    ("cell", "unit", "meant"),
    [("1,234.5元", "", "1234.50"), ("¥1,234.50", "", "1234.50"), ("￥1,234.50", "", "1234.50"), ("-¥5", "", "-5"),
     ("¥-5", "", "-5"), ("1.2万", "", "12000"), ("1.2万元", "", "12000"), ("1.2", "万元", "12000"), (128, "", "128"),
     ("RMB 88", "", "88"), ("0.005", "", "0.01"), (19.99, "", "19.99")],
)  # fmt: skip
def test_money_is_yuan_with_two_places(cell: Cell, unit: str, meant: str) -> None:
    """Signs and words of the currency may stand before or after."""
    assert parse_money(cell, Forms(unit=unit)) == Decimal(meant)


@pytest.mark.parametrize("cell", ["1.234,56", "五元", "¥", "+-5", "-¥-5", "$", "5 EUR 元", "₿5"])
def test_money_in_another_form_is_refused(cell: Cell) -> None:
    """A comma as the decimal mark is the column's to say; two signs, or one nobody declared, are no amount."""
    assert parse_money(cell) == CellFault("value-not-money")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("(250.00)", "-250"),
        ("（30.00）", "-30"),
        ("250-", "-250"),
        ("1,250.50-", "-1250.50"),
        ("(¥1,250.50)", "-1250.50"),
        ("¥(5)", "-5"),
        ("( 5.00 )", "-5"),
        ("¥5.00-", "-5"),
        ("(3万)", "-30000"),
    ],
)
def test_a_refund_in_the_hand_of_a_bookkeeper_is_negative(cell: str, meant: str) -> None:
    """Brackets, or a minus behind the figure."""
    assert parse_money(cell) == Decimal(meant)


def test_brackets_and_a_minus_behind_make_any_figure_negative() -> None:
    """A change of -3.5 and a count that cannot be negative."""
    assert [parse_number(text) for text in ("(3.5)", "3.5-", "（3.5）")] == [Decimal("-3.5")] * 3
    assert parse_count("(3)") == CellFault("value-not-a-count")
    assert isinstance(parse_ratio("(3%)"), CellFault)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("1.234,56", "1234.56"),
        ("1.500,00", "1500"),
        ("0,50", "0.5"),
        ("1 234,50", "1234.5"),
        ("1\u00a0234,50", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12", "12"),
        ("-0,25", "-0.25"),
        ("(1.250,50)", "-1250.5"),
        ("1,2万", "12000"),
        (0.5, "0.5"),
        (7, "7"),
    ],
)
def test_where_the_comma_is_the_decimal_mark_the_point_parts_thousands(cell: Cell, meant: str) -> None:
    """Cells of a workbook are numbers already."""
    assert parse_number(cell, Forms(decimal_comma=True)) == Decimal(meant)
    assert parse_money(cell, Forms(decimal_comma=True)) == Decimal(meant)


@pytest.mark.parametrize("cell", ["1,234.56", "1234.5", "1.23", "1,", "1.2345", "1 23,5"])
def test_where_the_comma_is_the_decimal_mark_other_figures_are_refused(cell: str) -> None:
    """Half a figure in each form is nobody's figure."""
    assert parse_number(cell, Forms(decimal_comma=True)) == CellFault("value-not-a-number")


def test_the_decimal_comma_is_that_of_shares_counts_and_currencies_too() -> None:
    """95,3% is 0.953; €1.234,50 is 1234.50."""
    comma = Forms(decimal_comma=True)
    assert parse_ratio("95,3%", comma) == Decimal("0.953")
    assert parse_ratio("0,953", comma) == Decimal("0.953")
    assert [parse_count(text, comma) for text in ("1.234", "12,0次")] == [1234, 12]
    assert parse_count("1,5", comma) == CellFault("value-not-a-count")
    assert [parse_money(text, comma) for text in ("€1.234,50", "1.234,50 EUR", "¥1 234,50")] == [Decimal("1234.50")] * 3


@pytest.mark.parametrize(
    ("cell", "meant", "sign"),
    [
        ("$811.40", "811.40", "$"),
        ("$1,188.60", "1188.60", "$"),
        ("＄5", "5", "$"),
        ("US$ 5", "5", "US$"),
        ("5 USD", "5", "USD"),
        ("EUR 5.50", "5.50", "EUR"),
        ("5.50€", "5.50", "€"),
        ("￡3", "3", "£"),
        ("GBP3", "3", "GBP"),
        ("HK$20", "20", "HK$"),
        ("20港元", "20", "港元"),
        ("-$5", "-5", "$"),
        ("($5.00)", "-5", "$"),
        ("¥5", "5", ""),
        ("5元", "5", ""),
        ("5", "5", ""),
    ],
)
def test_an_amount_in_another_currency_is_its_figure_and_its_sign(cell: str, meant: str, sign: str) -> None:
    """Nothing is converted; the sign is known, so that it can be said."""
    assert parse_money(cell) == Decimal(meant)
    assert foreign_sign(cell) == sign


FLAGS = [
    "是 否",
    "Y N",
    "Yes No",
    "TRUE FALSE",
    "1 0",
    "✓ ×",
    "√ ✗",
    "有效 无效",
    "已解决 未解决",
    "合格 不合格",
    "通过 不通过",
    "已完成 未完成",
    "满意 不满意",
    "同意 拒绝",
    "接通 未接通",
]


@pytest.mark.parametrize("pair", FLAGS)
def test_a_flag_is_read_in_the_words_of_exports(pair: str) -> None:
    """Each yes has its no."""
    yes, no = pair.split()
    assert (parse_flag(yes), parse_flag(no)) == (True, False)


@pytest.mark.parametrize("cell", ["一般", "2", "maybe", "非常满意"])
def test_a_word_between_yes_and_no_is_refused(cell: Cell) -> None:
    """A guess would decide somebody's score."""
    assert parse_flag(cell) == CellFault("value-not-a-flag")


def test_numbers_and_truth_values_of_workbooks_are_flags() -> None:
    """1.0 is how a workbook stores 1."""
    assert [parse_flag(cell) for cell in (True, False, 1, 0, 1.0, 0.0)] == [True, False] * 3


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("007", "007"), (" A01 ", "A01"), ("Ａ０１", "A01"), ("123456789012345678", "123456789012345678"),
     (10023.0, "10023"), (10023, "10023"), (123456789012345, "123456789012345"), ("nan", "nan"),
     ("1042.0", "1042"), ("0042.0", "0042"), ("'0042", "0042"), ("1,042", "1,042"), ("1.10", "1.10"), ("v2.0", "v2.0")],
)  # fmt: skip
def test_an_id_stays_the_text_it_is(cell: Cell, meant: str) -> None:
    """Leading zeros and eighteen digits survive; width does not matter."""
    assert parse_id(cell) == meant


@pytest.mark.parametrize("cell", [1234567890123456, 1.2345678901234568e17, "1.23457E+17", "1234567890123456.0"])
def test_an_id_whose_last_digits_the_file_has_lost_is_named(cell: Cell) -> None:
    """Spreadsheets keep fifteen digits."""
    assert isinstance(parse_id(cell), CellFault)


@pytest.mark.parametrize("cell", [date(2026, 1, 2), True, 1.5])
def test_a_date_or_fraction_is_no_id(cell: Cell) -> None:
    """A staff number 1-2 that a spreadsheet turned into a date."""
    assert parse_id(cell) == CellFault("value-not-an-id")


def test_a_name_loses_the_mark_of_those_who_left() -> None:
    """The attendance system appends it; the roster does not."""
    assert parse_name("王芳（离职）") == "王芳"
    assert parse_name("王芳(已离职)") == "王芳"
    assert parse_name("王芳（大）") == "王芳(大)"


def test_free_text_stays_as_written() -> None:
    """Full-width punctuation in a comment is meant."""
    assert parse_text(" 很好，谢谢！ ") == "很好，谢谢！"
    assert parse_text(3.0) == "3"
