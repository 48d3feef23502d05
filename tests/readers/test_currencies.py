"""Amounts whose header, or a column beside them, says that they are of another currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

CODES = {"money-foreign-sign", "money-of-several-currencies"}


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _said(imported: Imported) -> list[tuple[str, str]]:
    return [(one.code, problem_text(one, "en")) for one in imported.problems if one.code in CODES]


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        ("Amount (USD)", "USD"),
        ("Amount ($)", "$"),
        ("paid_eur", "eur"),
        ("销售额（美元）", "美元"),
        ("销售额 HKD", "HKD"),
        ("实付金额/英镑", "英镑"),
    ],
)
def test_a_header_that_names_another_currency_is_said(header: str, sign: str) -> None:
    rows = (("order id", "agent", "order date", header), ("o1", "Ann", "2026-10-08", "100.50"))
    imported = _import("orders", *rows, columns={"amount": header})
    assert [(code, f" {sign}:" in text) for code, text in _said(imported)] == [("money-foreign-sign", True)]


@pytest.mark.parametrize("header", ["Amount (CNY)", "Amount", "European sales", "销售额（元）", "Refunds used"])
def test_other_headers_name_none(header: str) -> None:
    rows = (("order id", "agent", "order date", header), ("o1", "Ann", "2026-10-08", "100.50"))
    assert not _said(_import("orders", *rows, columns={"amount": header}))


def test_a_figure_of_a_wide_table_is_said_as_well() -> None:
    imported = _import("kpis", ("Agent", "Revenue (USD)", "Chats"), ("Ann", "5", "2"), ("Bob", "7", "3"))
    assert [code for code, _ in _said(imported)] == ["money-foreign-sign"]


ORDERS = ("order id", "agent", "order date", "amount")


def _of(header: str, *words: str | None, **said: Any) -> Imported:
    rows = [(f"o{at}", "Ann", "2026-10-08", "100.50", word) for at, word in enumerate(words)]
    return _import("orders", (*ORDERS, header), *rows, **said)


@pytest.mark.parametrize(
    ("header", "words", "kept"),
    [
        ("Currency", ("CNY", "USD", "CNY"), "CNY"),
        ("币种", ("人民币", "港币"), "人民币"),
        ("货币", ("EUR", "USD", "EUR"), "EUR"),
    ],
)
def test_amounts_of_several_currencies_are_said_with_the_line_that_keeps_one(
    header: str, words: Sequence[str], kept: str
) -> None:
    imported = _of(header, *words)
    assert [code for code, _ in _said(imported)] == ["money-of-several-currencies"]
    (one,) = (one for one in imported.problems if one.code in CODES)
    assert f'keep = {{ "{header}" = ["{kept}"] }}' in (problem_fix(one, "en") or "")
    assert not _said(_of(header, *words, keep={header: [kept]}))


def test_one_other_currency_in_all_rows_is_said_like_its_sign() -> None:
    assert [code for code, _ in _said(_of("Currency", "USD", "USD"))] == ["money-foreign-sign"]


def test_figures_of_a_wide_table_have_a_currency_in_each_row_as_well() -> None:
    rows = (("姓名", "销售额", "币种"), ("林悦", "5", "USD"), ("周帆", "7", "CNY"))
    assert [code for code, _ in _said(_import("kpis", *rows))] == ["money-of-several-currencies"]
    rows = (("姓名", "接待量", "币种"), ("林悦", "5", "USD"), ("周帆", "7", "CNY"))
    assert not _said(_import("kpis", *rows))


def test_rows_without_an_amount_are_of_no_currency() -> None:
    rows = [("o1", "Ann", "2026-10-08", "0", "USD"), ("o2", "Ann", "2026-10-08", "5", "CNY")]
    assert not _said(_import("orders", (*ORDERS, "Currency"), *rows))


def test_the_workspace_s_own_currency_is_not_said() -> None:
    assert not _said(_of("币种", "人民币", "CNY", None))
