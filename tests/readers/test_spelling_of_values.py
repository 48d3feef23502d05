"""Figures and words as people and programs of other places write them: the same figure, the same word."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.values import CellFault, parse_number
from csctl.words import fold, same_word
from tests.readers.spelled import KINDS, read, written

GROUPED = [f"1{sign}234{sign}567.50" for sign in ("'", "’", "‘", "´", "`", " ", "\u00a0", "\u2009", "\u202f", "\u2007")]
HEADS = [("工号", "日期", "销售额"), ("Agent ID", "Date", "Amount")]


@pytest.mark.parametrize("cell", GROUPED)
def test_every_sign_between_thousands_is_one(cell: str) -> None:
    """Swiss apostrophes, the ones that programs make of them, spaces that are wide, thin or do not break."""
    assert parse_number(cell) == parse_money(f"CHF {cell}".removeprefix("CHF ")) == Decimal("1234567.5")
    for minus in ("-", "−", "–", "‑"):
        assert parse_number(f"{minus}{cell}") == parse_money(f"{minus}{cell}元") == Decimal("-1234567.5")
    assert parse_money(f"€ {cell}") == parse_money(f"{cell} 元") == Decimal("1234567.5")


@pytest.mark.parametrize("cell", ["1'23.4", "1'2345", "12 34", "010 123 456", "1'234 567", "1 234,567.5", "1''234"])
def test_what_only_looks_like_groups_of_thousands_is_no_figure(cell: str) -> None:
    """Groups are of three, with one sign between them, and the first does not begin with 0."""
    assert isinstance(parse_number(cell), CellFault)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", HEADS)
def test_amounts_with_apostrophes_and_spaces_count(tmp_path: Path, kind: str, head: tuple[str, ...]) -> None:
    """In a column of either kind of file, beside amounts without such a sign."""
    cells = [*GROUPED, "234.50"]
    rows = [head, *(("1001", f"2026-10-{day:02}", cell) for day, cell in enumerate(cells, start=1))]
    imported = read(written(tmp_path, kind, rows), "orders")
    assert imported.columns["amount"] == [*[Decimal("1234567.50")] * len(GROUPED), Decimal("234.50")]
    assert imported.rejected == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", HEADS)
def test_a_space_between_thousands_does_not_hide_a_decimal_comma(
    tmp_path: Path, kind: str, head: tuple[str, ...]
) -> None:
    """1 234,50 proves the comma, as 1.234,50 does; so 12,5 is twelve and a half."""
    rows = [head, ("1001", "2026-10-01", "1\u202f234,50"), ("1001", "2026-10-02", "12,5")]
    assert read(written(tmp_path, kind, rows), "orders").columns["amount"] == [Decimal("1234.50"), Decimal("12.5")]


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "‒", "–", "—", "―", "−", "－", "﹣", "﹘"])
def test_every_dash_in_a_word_is_a_hyphen(dash: str) -> None:
    """A word processor makes another of it, a keyboard has several."""
    assert same_word(f"In{dash}App") == fold(f"ＩＮ{dash}ＡＰＰ") == "in-app"
    assert same_word(f"售前{dash}咨询") == "售前-咨询"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("head", "good"), [(HEADS[0], "满意-优"), (HEADS[1], "Very-good")])
def test_words_of_a_mapping_are_found_whatever_dash_and_space_the_file_has(
    tmp_path: Path, kind: str, head: tuple[str, ...], good: str
) -> None:
    """What a word stands for counts for all of its spellings."""
    spelled = [good, good.replace("-", "–"), good.replace("-", "\u2011"), f"\u00a0{good.upper()} "]
    rows = [(*head[:2], "Rating"), *(("1001", "2026-10-01", one) for one in spelled)]
    columns = {"amount": {"from": "Rating", "texts": {good: 5}}}
    imported = read(written(tmp_path, kind, rows), "orders", columns=columns)
    assert imported.columns["amount"] == [Decimal(5)] * len(spelled)
