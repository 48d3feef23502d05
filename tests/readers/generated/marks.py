"""Ids, names, texts, answers and marks of nothing in every dress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from tests.readers.generated.cells import BOOKS, TEXT, Cell, Fact, Form, Num, Row

TEXTS = frozenset({TEXT})
AGENTS = 12
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", ("芳", "小鹿", "雨桐", "可", "一鸣", "晓")
LATIN_NAMES = {
    "any": ("José Álvarez", "Zoë Müller", "Ann Smith", "Renée Dupont", "Bob O'Neil", "Søren Kjær", "Chloë Roux"),
    "inside": ("Hans Müller", "Ann Smith", "Bob O'Neil", "Søren Kjær", "Jan Förster"),
}
LATIN_WORDS = {
    "any": ("Würth", "late parcel", "café", "Billing", "A-17", "déjà vu", "50 £", "naïve – really"),
    "inside": ("Würth", "late parcel", "Billing", "A-17", "señor", "für Herrn Förster"),
}
WORDS = ("物流", "退款", "无", "其他", "质量问题", "Billing", "late parcel", "Würth", "A-17", "等待回复")
SUMMING = ("全部", "平均", "汇总", "Total", "Average", "退款")
"""Words that head rows of totals elsewhere; here they are kinds of things."""
SENTENCES = ("客户说：“明天再来”", "回电, 未接", "line one\nline two", "=SUM 不是公式", "已补发", "100%")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _number(dice: Random, row: Row) -> int:
    """Unique in a file."""
    return row.index * 7 + 1


def _padded(width: int) -> Callable[[Random, Row], Fact]:
    return lambda dice, row: str(_number(dice, row)).zfill(width)


def _lettered(dice: Random, row: Row) -> Fact:
    return f"K{_number(dice, row):04d}"


def _unpadded(dice: Random, row: Row) -> Fact:
    return str(1000 + _number(dice, row))


def _long(dice: Random, row: Row) -> Fact:
    return f"4400123456{_number(dice, row):08d}"


IDS = (
    Form("id: 0042", _padded(4), str),
    Form("id: K0042", _lettered, str),
    Form("id: 1042", _unpadded, str),
    Form("id: 18 digits", _long, str),
    Form("id: between spaces", _padded(4), lambda i: f" {i} "),
    Form("id: wide", _lettered, lambda i: i.translate(_WIDE)),
    Form('id: ="0042"', _padded(4), lambda i: f'="{i}"', media=TEXTS),
    Form("id: after a tab", _padded(4), lambda i: f"\t{i}", media=TEXTS),
    Form("id: 1042.0", _unpadded, lambda i: f"{i}.0"),
    Form("id: 1,042", _unpadded, lambda i: f"{int(i):,}", False, TEXTS),
    Form("id: '0042", _padded(4), lambda i: f"'{i}", False, TEXTS),
    Form("id: number cell", _unpadded, lambda i: Num(Decimal(i)), media=BOOKS),
    Form("id: number cell shown 0042", _padded(4), lambda i: Num(Decimal(i), "0000"), False, BOOKS),
    Form("id: number cell of 18 digits", _long, lambda i: Num(Decimal(i), "0"), False, BOOKS),
    Form("id: 4.40012E+17", _long, lambda i: f"{Decimal(i):.5E}", False, TEXTS),
)


def _word(dice: Random, row: Row) -> Fact:
    return dice.choice(LATIN_WORDS[row.latin] if row.latin else WORDS)


def _summing(dice: Random, row: Row) -> Fact:
    return dice.choice(SUMMING)


def _sentence(dice: Random, row: Row) -> Fact:
    return dice.choice(LATIN_WORDS[row.latin] if row.latin else SENTENCES)


def _name(dice: Random, row: Row) -> Fact:
    return dice.choice(LATIN_NAMES[row.latin]) if row.latin else dice.choice(SURNAMES) + dice.choice(GIVEN)


TEXT_FORMS = (
    Form("text: words", _word, str),
    Form("text: words of totals", _summing, str),
    Form("text: sentences", _sentence, str),
    Form("text: words between spaces", _word, lambda text: f"  {text} "),
)
NAMES = (
    Form("name: plain", _name, str),
    Form("name: between spaces", _name, lambda text: f" {text} " if " " in text else f" {text}　"),
)

_ANSWERS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("是", "否", True, ()), ("Y", "N", True, ()), ("yes", "no", True, ()), ("TRUE", "FALSE", True, ()),
    ("true", "false", True, ()), ("1", "0", True, ()), ("√", "×", True, ()), ("✓", "✗", True, ()),
    ("有", "无", True, ()), ("Ｙ", "Ｎ", True, ()), ("☑", "☐", False, ()), ("T", "F", False, ()),
    ("是的", "不是", False, ()), ("1.0", "0.0", False, ()), ("Yes.", "No.", False, ()),
    ("接通", "未接通", True, ("answered",)), ("已解决", "未解决", True, ("resolved",)),
    ("有效", "无效", True, ("valid",)), ("属实", "不属实", False, ("valid",)),
    ("合格", "不合格", True, ("passed",)), ("通过", "未通过", True, ("passed",)),
    ("满意", "不满意", True, ("satisfied",)), ("非常满意", "不满意", False, ("satisfied",)),
)  # fmt: skip


def _either(dice: Random, row: Row) -> Fact:
    return dice.random() < 0.6


def _said(yes: str, no: str) -> Callable[[bool], str]:
    return lambda answer: yes if answer else no


def _flag_forms() -> Iterator[Form]:
    for yes, no, clean, columns in _ANSWERS:
        yield Form(f"flag: {yes}/{no}", _either, _said(yes, no), clean, columns=frozenset(columns))
    yield Form("flag: number cell 1/0", _either, lambda answer: Num(Decimal(int(answer))), media=BOOKS)
    yield Form("flag: truth cell", _either, bool, media=BOOKS)


FLAGS = tuple(_flag_forms())

EMPTY_ANYWHERE = ("", "-", "--", "—", "N/A")
EMPTY_DOUBTFUL = ("#N/A", "\\N", "NA", "暂无", "(blank)")
EMPTY_FIGURES = ("nan", "NULL", "None", "/")


def empty_cell(mark: str) -> Cell:
    """A mark of nothing as a cell."""
    return mark or None
