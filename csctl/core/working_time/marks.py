"""Marks: every row that counts in a working-time measure, and how much. Values and evidence are views of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from csctl.core.people.roster import row_place
from csctl.core.records.evidence import Evidence, EvidenceRow

Row = Mapping[str, Any]
"""A credited canonical row: column name → typed value or None."""

PUNCHES, COUNTS = "attendance.punches", "attendance.counts"
"""Where a mark on an attendance row comes from: our reading of the punches, or the export's own counts."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """One row that counts ``amount`` (times or days) in a measure, named without its prefix.

    ``basis`` is what says so: PUNCHES, COUNTS, or the table of the row. ``columns`` are the cells to show.
    """

    measure: str
    amount: Fraction
    table: str
    row: Row
    basis: str
    columns: tuple[str, ...]


def whole_days_mark(mark: RowMark, measure: str) -> RowMark:
    """The same row counted in another measure, each begun day as one."""
    return RowMark(measure, Fraction(math.ceil(mark.amount)), mark.table, mark.row, mark.basis, mark.columns)


def evidence_of(marks: Sequence[RowMark]) -> list[Evidence]:
    """The rows of one measure's marks, by table, in the order of the marks."""
    tables = dict.fromkeys(mark.table for mark in marks)
    return [_of_table(table, [mark for mark in marks if mark.table == table]) for table in tables]


def _of_table(table: str, marks: Iterable[RowMark]) -> Evidence:
    rows = tuple(EvidenceRow(row_place(mark.row), _cells(mark)) for mark in marks)
    return Evidence("rows", table, len(rows), rows)


def place_key(row: Row) -> tuple[str, str, int]:
    """Order of rows that does not depend on the order they come in."""
    return row["source_file"] or "", row["source_sheet"] or "", row["source_row"] or 0


def _cells(mark: RowMark) -> tuple[str, ...]:
    return tuple(f"{name} = {_text(mark.row[name])}" for name in mark.columns if mark.row[name] is not None)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
