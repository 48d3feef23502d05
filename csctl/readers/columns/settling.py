"""What to write in a source so that cells which could not be read are read: the line that settles their column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import Parsed, parser_for
from csctl.readers.columns.days import pair_of
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.orders import DAY_FIRST, MONTH_FIRST, WITHOUT_YEAR, YEAR_FIRST, order_meant
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell

_TRIED = 2000
"""An order is tried on so many different cells."""
_WORDS = 12
"""A column of figures with more different words than that is none of marks in words."""


def own_rule(source: Source, binding: Binding) -> dict[str, object]:
    """What the source itself says of a column, by the keys of its file; what a profile says is left out."""
    inherited = source.inherited.get(binding.column.name, ()) if isinstance(source, Resolved) else ()
    own = binding.rule.model_dump(exclude_unset=True)
    kept = {name.rstrip("_"): value for name, value in own.items() if name not in inherited and value is not None}
    # Hours alone are written as a plain text or list.
    hours = kept.get("within")
    return {**kept, "within": hours["hours"]} if isinstance(hours, dict) and list(hours) == ["hours"] else kept


def marks_in_words(words: Sequence[str], *, figures: bool = False) -> list[str]:
    """Those of the texts that may be marks: 好, A级, 4/5; none where they are too many to be that.

    ``figures``: of such a kind of column what holds a digit is a figure gone wrong, as 120% or 约3分钟.
    """
    found = [text for text in words if text and not (figures and any(map(str.isdigit, text)))]
    return found if len(found) <= _WORDS else []


@dataclass(frozen=True, slots=True)
class Order:
    """An order of day, month and year that reads every cell of a column, and one of its cells as it reads it."""

    order: str
    cell: str
    day: date

    @property
    def example(self) -> str:
        """``08.10.2026 = 2026-10-08``."""
        return f"{self.cell} = {self.day.isoformat()}"


def orders_that_read(wanted: Sequence[str], cells: Iterable[Cell], binding: Binding, forms: Forms) -> list[Order]:
    """The orders in which these texts are days, first the one with most days in the month of the file.

    Of a strptime format that does not fit, the order is what was meant; it must read all cells that the format does.
    """
    told = parser_for(binding, forms) if forms.pattern else None
    read_now = [cell for cell in islice(cells, _TRIED) if told and isinstance(cell, str) and _day_of(told(cell))]
    texts = [*wanted[:_TRIED], *map(str, read_now)]
    yearless = all(pair_of(narrow(text)) for text in texts)
    candidates = WITHOUT_YEAR if yearless else (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
    read = {order: days for order in candidates if (days := _days(texts, order, binding, forms))}
    at = _telling(list(read.values()))
    said = order_meant(forms.pattern)
    ranked = [said] if said in read else sorted(read, key=lambda order: -_in_month(read[order], forms))
    return [Order(order, texts[at], read[order][at]) for order in ranked]


def _days(texts: Sequence[str], order: str, binding: Binding, forms: Forms) -> list[date]:
    """Each text's day in that order; none if one of them has none."""
    rule = binding.rule.model_copy(update={"format": order})
    parse = parser_for(replace(binding, rule=rule), replace(forms, pattern="", order=order))
    found = [_day_of(parse(text)) for text in texts]
    days = [day for day in found if day is not None]
    return days if len(days) == len(found) else []


def _day_of(value: Parsed) -> date | None:
    return date(value.year, value.month, value.day) if isinstance(value, date) else None


def _telling(read: Sequence[Sequence[date]]) -> int:
    """The place of the first text that the orders read as different days."""
    together = list(zip(*read, strict=True))
    return next((at for at, days in enumerate(together) if len(set(days)) == len(days)), 0)


def _in_month(days: Sequence[date], forms: Forms) -> int:
    near = forms.near
    return sum(near.first <= day <= near.last for day in days) if near else 0
