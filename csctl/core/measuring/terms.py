"""Figures per agent from one canonical table, in one pass over it.

Written once in narwhals. What makes it the same on every engine: conditions become a value-or-empty column before
the grouping; inside the grouping stand only count, sum, median, quantile, distinct, min and max of plain columns;
ratios and everything exact are finished afterwards, on one small row per agent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import comparable, declared_column, scale_of, where_expression
from csctl.core.frames.frame import Frame, collected, records, small
from csctl.core.measuring.scales import columns_meant, with_converted
from csctl.core.people.identity import Identity
from csctl.money import from_float
from csctl.month import Month
from csctl.policy.parts import FULL_SCORE, SCORE, Term


@dataclass(frozen=True, slots=True)
class Figure:
    """What a term came to for one agent: the exact value in the column's unit (None if there is none), and its rows."""

    value: Fraction | None
    n: int


def window_months(term: Term, month: Month) -> list[str]:
    """The months whose rows a term looks at."""
    back = month.number - 1 if term.window == "year_to_date" else (term.last_months or 1) - 1
    return [str(month.shift(-step)) for step in range(back, -1, -1)]


def columns_used(term: Term) -> set[str]:
    """Columns that the term tests or works on."""
    scaled = set() if term.out_of is None else {SCORE, FULL_SCORE}
    return set(term.where) | ({term.column} if term.column else set()) | scaled


def term_rows(frame: Frame, term: Term, month: Month) -> Frame:
    """The rows a term counts, its columns as whole numbers: what an explanation shows."""
    kept = frame.filter(nw.col("month").is_in(window_months(term, month)))
    kept = with_converted(comparable(kept, term.table, [term.where], columns_used(term)), [term])
    test = where_expression(term.table, term.where, columns_meant(term))
    kept = kept if test is None else kept.filter(test)
    return kept if term.column is None else kept.filter(~nw.col(term.column).is_null())


def credited(frame: Frame, identity: Identity) -> Frame:
    """The frame with a column ``agent``: the staff number each row is credited to. Rows of nobody are left out."""
    keyed = frame.with_columns(
        nw.col("agent_id").fill_null("").alias("key_id"), nw.col("agent_name").fill_null("").alias("key_name")
    )
    pairs = collected(keyed.select("key_id", "key_name").unique()).sort("key_id", "key_name")
    keys = list(zip(pairs["key_id"].to_list(), pairs["key_name"].to_list(), strict=True))
    known = [(key_id, name, agent) for key_id, name in keys if (agent := identity.resolve(key_id, name))]
    table = {
        "key_id": [row[0] for row in known],
        "key_name": [row[1] for row in known],
        "agent": [row[2] for row in known],
    }
    lookup = small(frame, table, dict.fromkeys(table, nw.String()))
    return keyed.join(lookup, on=["key_id", "key_name"], how="inner")


def compute_terms(
    frame: Frame, table: str, terms: Sequence[Term], month: Month, unions: Sequence[Sequence[int]] = ()
) -> list[dict[str, Figure]]:
    """Each term's figure per agent, for the agents that have any row in the table's window.

    ``frame`` is credited. One grouping serves all terms. After the terms come the ``unions``, each a list of positions
    of terms: how many rows at least one of them counts.
    """
    months = sorted({name for term in terms for name in window_months(term, month)})
    within = frame.filter(nw.col("month").is_in(months))
    used = set().union(*(columns_used(term) for term in terms))
    prepared = with_converted(comparable(within, table, [term.where for term in terms], used), terms)
    prepared = prepared.with_columns(
        *[_counted_value(term, month, months).alias(f"v{index}") for index, term in enumerate(terms)]
    )
    if unions:
        prepared = prepared.with_columns(*[_any_of(union).alias(f"u{index}") for index, union in enumerate(unions)])
    aggregates = [expression for index, term in enumerate(terms) for expression in _aggregates(term, index)]
    aggregates += [nw.col(f"u{index}").count() for index in range(len(unions))]
    grouped = prepared.group_by("agent").agg(nw.len().alias("rows"), *aggregates)
    found: list[dict[str, Figure]] = [{} for _ in (*terms, *unions)]
    for row in records(grouped):
        for index, term in enumerate(terms):
            found[index][row["agent"]] = _figure(term, index, row)
        for index in range(len(unions)):
            rows = int(row[f"u{index}"])
            found[len(terms) + index][row["agent"]] = Figure(Fraction(rows), rows)
    return found


def _any_of(union: Sequence[int]) -> nw.Expr:
    """1 where any of these terms counts the row, empty elsewhere."""
    counted = [~nw.col(f"v{index}").is_null() for index in union]
    return nw.when(reduce(or_, counted)).then(nw.lit(1))


def _counted_value(term: Term, month: Month, there: Sequence[str]) -> nw.Expr:
    """The value where the term counts the row, empty elsewhere; all rows are of the months that are ``there``."""
    meant, own = columns_meant(term), sorted(window_months(term, month))
    within = [] if own == there else [nw.col("month").is_in(own)]
    met = where_expression(term.table, term.where, meant)
    tests = within if met is None else [*within, met]
    value = nw.lit(1) if term.column is None else nw.col(meant.get(term.column, term.column))
    return nw.when(reduce(and_, tests)).then(value) if tests else value


def _aggregates(term: Term, index: int) -> list[nw.Expr]:
    value = nw.col(f"v{index}")
    count = value.count().alias(f"n{index}")
    result = {
        "sum": value.sum(),
        "mean": value.sum(),
        "median": value.median(),
        "distinct": value.n_unique(),
        "minimum": value.min(),
        "maximum": value.max(),
    }
    if term.aggregate == "rows":
        return [count]
    if term.aggregate == "quantile":
        return [count, value.quantile(float(term.q or 0), "linear").alias(f"r{index}")]
    return [count, result[term.aggregate].alias(f"r{index}")]


def _figure(term: Term, index: int, row: Mapping[str, Any]) -> Figure:
    n = int(row[f"n{index}"])
    if term.aggregate == "rows":
        return Figure(Fraction(n), n)
    result = row[f"r{index}"]
    if term.aggregate == "distinct":
        return Figure(Fraction(int(result) - (1 if row["rows"] > n else 0)), n)
    scale = scale_of(declared_column(term.table, term.column or ""))
    if term.aggregate == "sum":
        return Figure(Fraction(int(result), scale) if n else Fraction(0), n)
    if n == 0:
        return Figure(None, 0)
    if term.aggregate == "mean":
        return Figure(Fraction(int(result), scale * n), n)
    if term.aggregate in ("median", "quantile"):
        return Figure(Fraction(from_float(result)) / scale, n)
    return Figure(Fraction(int(result), scale), n)


def empty_figure(term: Term) -> Figure:
    """For an agent without any row: a count or sum is 0, everything else has no value."""
    return Figure(Fraction(0), 0) if term.aggregate in ("rows", "sum", "distinct") else Figure(None, 0)
