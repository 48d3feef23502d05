"""How the readings of one column differ between two months: unit and form, middle value, empty cells.

All functions take the readings of each column, a list of one reading for each sheet, of the month before and of now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from csctl.core.coverage.readings import ColumnReading

_MEASURED = {"number", "ratio", "seconds", "money"}
_DAYS = {"date", "moment"}
_ENOUGH_FIGURES = 5
_TIMES_OTHER = 20
"""A middle value so many times as large counts something else: no unit of time, share or money is nearer to another
but hours and days of work."""
_SIZES = {"seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600), "milliseconds": Decimal("0.001")}
_TIMES_NEAR = 3
_TIMES_EMPTIER = 2
_LEAST_EMPTIER = Fraction(1, 10)

Columns = Mapping[str, Sequence[ColumnReading]]


def changed_units(was: Columns, now: Columns) -> dict[str, str]:
    """``seconds → minutes`` by column: what figures count, as the source or their own cells say it, and how days and
    figures are written. Sorted by column; one that any file read before like this is as it was.
    """
    found: dict[str, str] = {}
    for name in sorted(was.keys() & now.keys()):
        changes = [_other(was[name], now[name], unit_shown), _other(was[name], now[name], _form_shown)]
        if any(changes):
            found[name] = ", ".join(change for change in changes if change)
    return found


def unit_shown(one: ColumnReading) -> str:
    """The unit of a column's figures: what most cells write themselves, else what bare ones were taken for.

    "" where that is no question or cells differ.
    """
    if one.kind not in _MEASURED or one.sign is None:
        return one.unit
    return one.sign or one.unit or "—"


def _form_shown(one: ColumnReading) -> str:
    return one.form or ("y-m-d" if one.kind in _DAYS else "")


def _other(was: Sequence[ColumnReading], now: Sequence[ColumnReading], shown: Callable[[ColumnReading], str]) -> str:
    before = [text for one in was if (text := shown(one))]
    come = [text for one in now if (text := shown(one)) and text not in before]
    return f"{before[0]} → {come[0]}" if before and come else ""


def changed_middles(was: Columns, now: Columns) -> list[str]:
    """Columns whose middle value is far from that of every file before, though nothing says why."""
    found = []
    for name in sorted(was.keys() & now.keys()):
        before = [one for one in was[name] if _middle(one)]
        far = [one for one in now[name] if _middle(one) and all(_far(_middle(one), _middle(other)) for other in before)]
        if before and far:
            found.append(f"{far[0].header}: {_as_understood(before[0])} → {_as_understood(far[0])}")
    return found


def likelier_units(was: Columns, now: Columns) -> list[tuple[ColumnReading, str]]:
    """Columns of lengths whose middle value is far from before as it was read, and near to it in another unit."""
    found = []
    for name in sorted(was.keys() & now.keys()):
        before = next((one for one in was[name] if _middle(one)), None)
        for one in now[name]:
            if before is not None and one.unit in _SIZES and _middle(one) and _far(_middle(one), _middle(before)):
                bare = _middle(one) / _SIZES[one.unit]
                near = [unit for unit, size in _SIZES.items() if _near(bare * size, _middle(before))]
                found += [(one, near[0])] if near else []
                break
    return found


def _near(one: Decimal, other: Decimal) -> bool:
    return max(one, other) <= _TIMES_NEAR * min(one, other)


def _middle(one: ColumnReading) -> Decimal:
    """The middle value of a column that has enough figures to have one; 0 of any other."""
    filled = one.rows - one.empty - one.unreadable
    return abs(one.middle or Decimal(0)) if one.kind in _MEASURED and filled >= _ENOUGH_FIGURES else Decimal(0)


def _far(one: Decimal, other: Decimal) -> bool:
    return max(one, other) >= _TIMES_OTHER * min(one, other)


def _as_understood(one: ColumnReading) -> str:
    return one.median.split(" → ")[-1]


def emptier_columns(was: Columns, now: Columns, enough: int) -> list[str]:
    """Columns with twice as many empty cells as before, at least a tenth more of all, where there are enough rows."""
    old, new = _empty(was, enough), _empty(now, enough)
    return [
        f"{now[name][0].header}: {_percent(old[name])} → {_percent(share)}"
        for name, share in new.items()
        if name in old and share >= old[name] * _TIMES_EMPTIER and share - old[name] >= _LEAST_EMPTIER
    ]


def _empty(columns: Columns, enough: int) -> dict[str, Fraction]:
    """The share of empty cells of each column."""
    return {
        name: Fraction(sum(one.empty for one in alike), rows)
        for name, alike in columns.items()
        if (rows := sum(one.rows for one in alike)) >= enough
    }


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)}%"
