"""What came out of a column: empty and unreadable cells; the smallest, middle and largest value as understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from csctl.core.coverage.readings import ColumnReading
from csctl.headers import Header
from csctl.long_columns import in_rows, outermost, where
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.decided import DecidedForms
from csctl.readers.columns.decimal_marks import FIGURES
from csctl.readers.columns.values import Value, cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.tables import Kind

_LONGEST = 24
_CLOCK = "0:00"
_BEHIND = re.compile(r"[0-9][.,]?\s*([^0-9\s.,]*)$")
_MOST = 2, 3
"""A sign is that of the column if so many cells of so many bear it."""


def reading_of(one: Cells, decision: DecidedForms, values: Sequence[Value], faults: int, sheet: str) -> ColumnReading:
    """The record of one column: ``values`` are those of all rows, ``faults`` of its cells could not be read."""
    binding = one.binding
    kind, counted = binding.column.kind, binding.column.kind in FIGURES or binding.column.kind is Kind.DATE
    shown, middle = ("", "", ""), None
    if counted and one.days is None:
        shown, middle = _of_distinct(one, values, kind)
    elif kind is Kind.MOMENT:
        faults, shown = _of_moments(one, values)
    return ColumnReading(
        sheet=sheet,
        column=binding.column.name,
        header=" + ".join(header.text for header in _shown(binding)),
        kind=str(kind),
        unit=decision.unit,
        form=decision.form,
        decided=decision.decided,
        doubtful=decision.doubtful,
        rows=len(one.cells),
        empty=values.count(None) - faults,
        unreadable=faults,
        smallest=shown[0],
        median=shown[1],
        largest=shown[2],
        middle=middle,
        sign=sign_of(one.counts) if kind in FIGURES else None,
    )


def _shown(binding: Binding) -> tuple[Header, ...]:
    """The headers under which a column stands, in the order in which they are read."""
    if binding.rule.join or binding.each:
        return binding.headers
    return binding.headers[:1] if binding.base is None else (binding.base, binding.headers[0])


def sign_of(counts: Mapping[Cell, int]) -> str | None:
    """The unit that most cells of a column of figures write themselves, as ``ColumnReading`` tells it.

    ``counts``: how often each distinct cell stands there.
    """
    found: Counter[str] = Counter()
    for cell, count in counts.items():
        sign = _sign(cell)
        if sign is not None:
            found[sign] += count
    if not found:
        return None
    (sign, count), (most, of) = found.most_common(1)[0], _MOST
    return sign if count * of >= found.total() * most else None


def _sign(cell: Cell) -> str | None:
    """What stands behind the figure of one cell; None of a cell that holds none."""
    if isinstance(cell, (time, timedelta, datetime)):
        return _CLOCK
    if isinstance(cell, bool) or is_empty(cell):
        return None
    if not isinstance(cell, str):
        return ""
    text = narrow(cell).strip()
    if ":" in text:
        return _CLOCK
    behind = _BEHIND.search(text)
    return behind[1] if behind else None


def _of_distinct(one: Cells, values: Sequence[Value], kind: Kind) -> tuple[tuple[str, str, str], Decimal | None]:
    """The three values, and the median of figures, from each distinct cell and how often it stands there."""
    read = {cell: value for cell, value in zip(one.cells, values, strict=True) if value is not None}
    if not read:
        return ("", "", ""), None
    found: list[tuple[Any, int, Cell]] = [(value, one.counts[cell], cell) for cell, value in read.items()]
    found.sort(key=lambda item: item[0])
    middle = _middle(found)
    smallest, median, largest = (_as_understood(cell, value, kind) for value, _, cell in (found[0], middle, found[-1]))
    return (smallest, median, largest), middle[0] if isinstance(middle[0], Decimal) else None


def _middle(found: Sequence[tuple[Any, int, Cell]]) -> tuple[Any, int, Cell]:
    """The lower median of values that stand several times each."""
    half = (sum(count for _, count, _ in found) + 1) // 2
    for item in found:
        half -= item[1]
        if half <= 0:
            return item
    return found[-1]


def _of_moments(one: Cells, values: Sequence[Value]) -> tuple[int, tuple[str, str, str]]:
    """First and last moment. There are about as many as rows, so that the middle one is left out."""
    read = [value for value in outermost(values) if isinstance(value, datetime)]
    unread = where(values, lambda value: not isinstance(value, datetime), known=False)
    empty = zip(in_rows(values, unread), in_rows(one.cells, unread), strict=True)
    faults = len(unread) - sum(value is None and is_empty(cell) for value, cell in empty)
    return (faults, (f"{min(read)}", "", f"{max(read)}")) if read else (faults, ("", "", ""))


def _as_understood(cell: Cell, value: Any, kind: Kind) -> str:
    """``3.5 → 3 min 30 s``; the value alone where the cell shows just that."""
    # A day in a workbook is a moment at midnight: nobody sees the zeros.
    written, understood = cell_as_text(cell).removesuffix(" 00:00:00"), _understood(value, kind)
    if len(written) > _LONGEST:
        written = f"{written[: _LONGEST - 1]}…"
    return understood if written == understood else f"{written} → {understood}"


def _understood(value: Any, kind: Kind) -> str:
    if kind is Kind.SECONDS:
        return length_text(value)
    if kind is Kind.RATIO:
        return f"{_plain(value * 100)}%"
    if isinstance(value, Decimal):
        return _plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def length_text(seconds: Decimal) -> str:
    """A length of time in its units: ``1 h 2 min 3 s``, ``0.15 s``."""
    whole, part = divmod(seconds, 1)
    hours, rest = divmod(int(whole), 3600)
    minutes, last = divmod(rest, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    if part or last or not parts:
        parts.append(f"{_plain(last + part)} s")
    return " ".join(parts)


def _plain(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
