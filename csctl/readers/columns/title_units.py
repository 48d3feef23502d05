"""What a title above a table, or a note below it, says of the units of its figures: ``单位：万元``, ``Unit: min``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from csctl.core.coverage.readings import ColumnReading
from csctl.headers import Header, key_of, normalise
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem
from csctl.readers.columns.durations import SECONDS_OF
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.values import PARTS, cell_as_text, is_empty
from csctl.unit_words import MONEY_UNITS, SHARE_WORDS
from csctl.words import UNIT_OF, fold

AS_IT_STANDS = frozenset({"元", "seconds"})
"""Units in which a bare number is what it says: nothing goes wrong where no column takes them."""
_SAID = re.compile(
    r"单位\s*(?:均?为|是)?\s*[:=]?\s*([^()\[\]【】:]+)|(?<![a-z])units?\s*(?:is|are)?\s*[:=]?\s*([^()\[\]:]+)"
)
_COUNTED_IN = re.compile(r"(?<![a-z])in ([a-z]+|(?:百万|[千万亿])?元)(?![a-z])|以\s*(\S+?)\s*(?:计|为单位)")
_BETWEEN = re.compile(r"[、,;|\s]+|和|及|与|\band\b")
_NOTES = 5
_OF_MONEY = (
    "额", "金", "款", "费", "收入", "营收", "业绩", "产值", "工资", "提成", "价",
    "amount", "revenue", "sales", "gmv", "turnover", "refund", "payment", "income", "fee", "price",
)  # fmt: skip
_NO_MONEY = ("数", "量", "笔", "率", "比", "单", "次", "人", "count", "rate", "ratio", "orders", "number")


@dataclass(frozen=True, slots=True)
class TitleUnits:
    """The unit of bare figures by what they measure; "" where the title names none, or several.

    ``time`` is a key of SECONDS_OF, ``money`` one of MONEY_UNITS, ``share`` one of PARTS. ``text`` is the title's first
    that names any.
    """

    time: str = ""
    money: str = ""
    share: str = ""
    text: str = ""

    def named(self) -> tuple[str, ...]:
        """The units that are named."""
        return tuple(unit for unit in (self.time, self.money, self.share) if unit)


NO_TITLE = TitleUnits()
"""No title, or one that says nothing of units."""


def title_units(layout: Layout) -> TitleUnits:
    """The units that stand above a table, or in a note below it."""
    said: dict[str, set[str]] = {"time": set(), "money": set(), "share": set()}
    first = ""
    for text in _texts(layout):
        units = list(_units_in(text))
        first = first or (text if units else "")
        for unit in units:
            said[_measure(unit)].add(unit)
    one = {measure: next(iter(units)) if len(units) == 1 else "" for measure, units in said.items()}
    return TitleUnits(**one, text=first) if first else NO_TITLE


def _texts(layout: Layout) -> Iterator[str]:
    rows = layout.sheet.rows
    above = rows[: max(layout.header_row - layout.header_rows, 0)]
    below = [row for row in rows[layout.header_row :][-_NOTES:] if sum(not is_empty(cell) for cell in row) == 1]
    for row in (*above, *below):
        yield from (cell_as_text(cell) for cell in row if isinstance(cell, str) and not is_empty(cell))


def _units_in(text: str) -> Iterator[str]:
    folded = fold(text)
    words: list[str] = []
    for form in (_SAID, _COUNTED_IN):
        for match in form.finditer(folded):
            words += _BETWEEN.split(next(filter(None, match.groups())).strip())
    yield from _known(UNIT_OF.get(word.strip(" .。"), "") for word in words)
    yield from _known([normalise(text)[1]])


def _known(units: Iterable[str]) -> Iterable[str]:
    # 分 above a table may be points, minutes, or hundredths of a yuan.
    return (unit for unit in units if unit in SECONDS_OF or unit in MONEY_UNITS or unit in PARTS)


def _measure(unit: str) -> str:
    return "share" if unit in PARTS else "money" if unit in MONEY_UNITS else "time"


def names_money(header: Header) -> bool:
    """Whether a header speaks of an amount of money: 销售额 and 退款, but not 退款笔数 or 退款率."""
    return any(word in header.key for word in _OF_MONEY) and not header.key.endswith(_NO_MONEY)


def names_share(header: Header) -> bool:
    """Whether a header speaks of a share: 满意率, ``Resolution rate``."""
    return header.key.endswith(SHARE_WORDS)


def unused_units(titled: TitleUnits, readings: Sequence[ColumnReading], place: Place) -> list[Problem]:
    """A warning for each unit of a title in which no column was read although there are figures of no known unit."""
    taken = {one.unit for one in readings}
    open_ = [
        one for one in readings
        if one.metric and not one.unit and one.smallest and not key_of(one.header).endswith(_NO_MONEY)
    ]  # fmt: skip
    if not open_:
        return []
    return [
        problem(
            "title-unit-unused",
            place,
            titled.text,
            unit=unit,
            headers=tuple(one.header for one in open_),
            line=", ".join(f'{toml_string(one.header)} = "{unit}"' for one in open_),
        )
        for unit in titled.named()
        if unit not in AS_IT_STANDS | taken
    ]
