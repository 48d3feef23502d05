"""CSV for people with spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.store.csv_text import CsvValue, csv_bytes


def test_excel_opens_it_as_utf_8_with_windows_lines() -> None:
    """A byte order mark, CRLF, quotes where needed, empty for nothing."""
    assert csv_bytes(["姓名", "a,b"], [["王", None], ['"', 1]]) == '\ufeff姓名,"a,b"\r\n王,\r\n"""",1\r\n'.encode()


def test_text_like_a_formula_gets_an_apostrophe_and_our_numbers_do_not() -> None:
    """A negative amount of ours stays a number; a name that begins with a sign does not become one."""
    row: list[CsvValue] = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "a=b",
        Decimal("-1.50"),
        -3,
        True,
        date(2026, 10, 1),
        datetime(2026, 10, 1, 9),  # noqa: DTZ001
    ]
    shown = next(csv.reader(io.StringIO(csv_bytes(["h"], [row]).decode("utf-8-sig").split("\r\n", 1)[1])))
    assert shown == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "a=b", "-1.50", "-3", "true", "2026-10-01", "2026-10-01T09:00:00",
    ]  # fmt: skip


def test_headers_are_guarded_too() -> None:
    """A header may come from an export."""
    assert csv_bytes(["=cmd"], []).decode("utf-8-sig") == "'=cmd\r\n"


def test_decimals_never_turn_scientific() -> None:
    """0.0000001 stays as it is read."""
    assert csv_bytes(["h"], [[Decimal("1E-7")], [Decimal("1E+3")]]).decode("utf-8-sig") == "h\r\n0.0000001\r\n1000\r\n"


def test_a_binary_float_is_refused() -> None:
    """Floats never decide, so none reaches a table."""
    with pytest.raises(TypeError, match=r"0\.1"):
        csv_bytes(["h"], [[0.1]])  # type: ignore[list-item]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_and_never_first_as_a_formula(rows: list[list[str]]) -> None:
    """Read back by the standard reader, each cell is its text, with at most the apostrophe in front."""
    read = list(csv.reader(io.StringIO(csv_bytes(["a", "b"], rows).decode("utf-8-sig"), newline="")))[1:]
    assert len(read) == len(rows)
    for cells, texts in zip(read, rows, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            assert cell.removeprefix("'") == text.removeprefix("'")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
