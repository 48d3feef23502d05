"""Ratings of two scales in one column: 5 of 5 beside 95 of 100, and no full score that tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from csctl.core.frames.columns import as_whole_numbers, cell_text, declared_column, scale_of
from csctl.core.frames.frame import Frame, records
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import FULL_SCORE, Measure, Term
from csctl.policy.walk import uses
from csctl.problems import Place, Problem, shortened
from csctl.tables import TABLES

_LOW, _HIGH = Decimal(10), Decimal(40)
"""Scales that people tick end at 10 at the latest; of those that end at 100 hardly anything lies below 40."""
_LEAST = Fraction(15, 100)
_LEAST_ROWS = 2
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Rated:
    """One value of one file, how often it was given, and where first."""

    file: str
    sheet: str
    value: Decimal
    rows: int
    first: int


def mixed_scales_said(policy: Policy, tables: Mapping[str, Frame], month: Month) -> list[Problem]:
    """One warning for each table and rated column whose ratings of the month are of two scales, naming the measures.

    Only what a measure puts together as it stands is looked at: not counts of rows, nor scores with a full score.
    """
    asked: dict[tuple[str, str], list[str]] = {}
    for name, measure in policy.measure.items():
        for table, column in _worked_on(measure):
            if table in tables:
                asked.setdefault((table, column), []).append(f"{measure.label} ({name})")
    found = []
    for (table, column), measures in sorted(asked.items()):
        said = _said(table, column, _ratings(tables[table], table, column, month), measures)
        found += [said] if said else []
    return found


def _worked_on(measure: Measure) -> list[tuple[str, str]]:
    """Tables and rated columns of which the measure takes values."""
    terms = [term for _, term in uses(measure, Term)]
    if any(term.column == FULL_SCORE for term in terms):
        return []
    return list(dict.fromkeys((term.table, term.column) for term in terms if term.column and _is_rated(term)))


def _is_rated(term: Term) -> bool:
    column = TABLES[term.table].column(term.column or "")
    return column is not None and column.rated


def _ratings(frame: Frame, table: str, column: str, month: Month) -> list[_Rated]:
    """The ratings above 0 that have no full score of their own, value by value."""
    kept = as_whole_numbers(frame, table, [column]).filter((nw.col("month") == str(month)) & (nw.col(column) > 0))
    if TABLES[table].column(FULL_SCORE):
        kept = kept.filter(nw.col(FULL_SCORE).is_null())
    groups = kept.group_by("source_file", "source_sheet", column).agg(
        nw.len().alias("rows"), nw.col("source_row").min().alias("first")
    )
    scale = scale_of(declared_column(table, column))
    return [
        _Rated(row["source_file"] or "", row["source_sheet"] or "", Decimal(row[column]) / scale, row["rows"],
               int(row["first"]))
        for row in records(groups)
    ]  # fmt: skip


def _said(table: str, column: str, ratings: Sequence[_Rated], measures: Sequence[str]) -> Problem | None:
    low = [one for one in ratings if one.value <= _LOW]
    high = [one for one in ratings if one.value > _HIGH]
    if not low or not high or len(low) + len(high) < len(ratings):
        return None
    total = _rows(ratings)
    fewest = Fraction(min(_rows(low), _rows(high)))
    if (fewest < _LEAST_ROWS or fewest < _LEAST * total) and not _by_file(low, high):
        return None
    first = min(low, key=lambda one: (one.file, one.sheet, one.first))
    scale = scale_of(declared_column(table, column))
    examples = [
        shortened([f"{cell_text(table, column, int(value * scale))} × {rows}" for value, rows in _counts(heap)], _SHOWN)
        for heap in (low, high)
    ]
    return problem(
        "ratings-of-two-scales",
        Place(first.file, first.sheet, first.first, column),
        "; ".join(", ".join(one) for one in examples),
        low=_rows(low),
        high=_rows(high),
        measures=measures,
        line='columns.full_score = { value = "5" }' if TABLES[table].column(FULL_SCORE) else "",
    )


def _by_file(low: Sequence[_Rated], high: Sequence[_Rated]) -> bool:
    """Whether the two scales are of different files, each of more than a row."""
    files = {one.file for one in low}
    apart = not files & {one.file for one in high}
    return apart and min(_rows(low), _rows(high)) >= _LEAST_ROWS


def _counts(ratings: Iterable[_Rated]) -> list[tuple[Decimal, int]]:
    counts: dict[Decimal, int] = {}
    for one in ratings:
        counts[one.value] = counts.get(one.value, 0) + one.rows
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _rows(ratings: Iterable[_Rated]) -> int:
    return sum(one.rows for one in ratings)
