"""The rows that a check looks at, as plain values: whose they are, where they stand, what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, collected
from csctl.month import Month
from csctl.policy.checks import Check
from csctl.tables import TABLES

_month = cache(Month.parse)


@dataclass(frozen=True, slots=True)
class Seen:
    """One row as a check sees it. ``month`` is the one it counts for (None in undated tables); ``unmet`` the tests it
    fails.

    ``agent`` is "" in tables about nobody. A row may stand for several texts searched as one.
    """

    agent: str
    file: str
    sheet: str
    number: int
    month: Month | None
    cells: Mapping[str, Any]
    unmet: tuple[str, ...] = ()


def columns_of(check: Check) -> list[str]:
    """The columns whose cells decide, each once."""
    timed = [check.deadline.start, check.deadline.to] if check.deadline else []
    text = [column for column in (check.text, check.together) if column]
    return list(dict.fromkeys([*check.filled, *check.must, *timed, *check.order, *text]))


def seen_rows(check: Check, frame: Frame, month: Month) -> Iterator[Seen]:
    """The rows that count for a month, in any order; texts with one value of ``together`` as one row.

    Rows that are looked at ahead count for the month before their own.
    """
    kept = comparable(_in_window(check, frame, month), check.table, [check.where, check.must])
    where = where_expression(check.table, check.where)
    kept = kept if where is None else kept.filter(where)
    rows = _rows(check, kept if check.text is None else kept.filter(~nw.col(check.text).is_null()))
    return _joined(rows, check.text or "", check.together) if check.together else rows


def _in_window(check: Check, frame: Frame, month: Month) -> Frame:
    """Rows of the month, for deadlines also of the months before; of undated tables those of the year, or all."""
    table = TABLES[check.table]
    if table.dated is not None:
        last = check.month_of_rows(month)
        return frame.filter(nw.col("month").is_in([str(last.shift(-back)) for back in range(check.months_back + 1)]))
    return frame.filter(nw.col("year") == month.year) if table.column("year") else frame


def _rows(check: Check, frame: Frame) -> Iterator[Seen]:
    """Plain values, column by column: tables of messages are long."""
    tests = {name: where_expression(check.table, {name: test}) for name, test in check.must.items()}
    met = [test.alias(f"met_{index}") for index, test in enumerate(tests.values()) if test is not None]
    agent = nw.col("agent") if TABLES[check.table].has_agents else nw.lit("")
    wanted = columns_of(check)
    heads = ["agent", "source_file", "source_sheet", "source_row", "month"]
    names = [*heads, *(f"met_{index}" for index in range(len(met))), *wanted]
    table = frame.with_columns(*met, agent.alias("agent")).select(names)
    import pandas as pd

    found = collected(table)
    columns = [[None if cell is pd.NA else cell for cell in found[name].to_list()] for name in names]
    for whose, file, sheet, number, month, *rest in zip(*columns, strict=True):
        unmet = tuple(name for name, held in zip(tests, rest, strict=False) if not held)
        cells = dict(zip(wanted, rest[len(met) :], strict=True))
        yield Seen(whose, file or "", sheet or "", number or 0, _counts_for(check, month), cells, unmet)


def _counts_for(check: Check, written: str | None) -> Month | None:
    month = _month(written or "")
    return month.shift(-1) if month and check.ahead else month


def _joined(rows: Iterable[Seen], text: str, together: str) -> Iterator[Seen]:
    """Texts of one agent with one value of ``together`` as one row, which stands where the first of them stands."""
    groups: dict[tuple[str, object], list[Seen]] = {}
    for row in rows:
        if row.cells[together] is None:
            yield row
        else:
            groups.setdefault((row.agent, row.cells[together]), []).append(row)
    for members in groups.values():
        members.sort(key=lambda row: (row.file, row.sheet, row.number))
        said = "\n".join(row.cells[text] for row in members)
        yield replace(members[0], cells={**members[0].cells, text: said})
