"""Lengths of time that a measure takes for something else: they are stored in seconds, whatever the file counts in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw

from csctl.core.frames.columns import comparable, on_stored, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.percents import METRIC, TABLE, VALUE
from csctl.core.measuring.terms import window_months
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, Term
from csctl.policy.walk import uses
from csctl.problems import Place, Problem, shortened
from csctl.tables import Texts

OF_TIME = frozenset({"milliseconds", "seconds", "minutes", "hours", "days"})
"""Units of a column whose cells are kept as seconds."""
TAKEN_FOR = frozenset({"hours", "days", "count", "yuan", "points"})
"""Units of measures that seconds are none of: ``s`` is them, ``min`` and ``h`` divide them."""

Lengths = Mapping[str, frozenset[str]]
"""By file, which of its figures were read as lengths of time, folded; VALUE where all were."""


def lengths_said(policy: Policy, frames: Mapping[str, Frame], month: Month, lengths: Lengths) -> list[Problem]:
    """An error for each measure in hours, days, yuan or times that adds up seconds, with the unit to write."""
    if TABLE not in frames or not lengths:
        return []
    asked = [(name, one) for name, one in policy.measure.items() if one.unit in TAKEN_FOR]
    return [said for name, one in asked for said in _said(name, one, frames[TABLE], month, lengths)]


def _said(name: str, measure: Measure, frame: Frame, month: Month, lengths: Lengths) -> Iterator[Problem]:
    terms = [term for _, term in uses(measure, Term) if term.table == TABLE and term.column == VALUE]
    if measure.per is not None or measure.share is not None:
        return
    found = {met for term in terms for met in _met(term, frame, month, lengths)}
    if found:
        files = sorted({file for file, _ in found})
        metrics = shortened(sorted({metric for _, metric in found}), 4)
        write = f'measure.{name}.unit = "h"'
        yield problem(
            "length-taken-for-a-figure",
            Place(files[0]),
            metrics,
            measure=f"{measure.label} ({name})",
            unit=measure.unit,
            line=write,
        )


def _met(term: Term, frame: Frame, month: Month, lengths: Lengths) -> Iterator[tuple[str, str]]:
    """File and name of the lengths of time that a term adds up in the month."""
    where = on_stored(TABLE, term.where)
    rows = comparable(frame, TABLE, [where], {VALUE})
    rows = rows.filter(nw.col("month").is_in(window_months(term, month)) & ~nw.col(VALUE).is_null())
    test = where_expression(TABLE, where)
    rows = rows if test is None else rows.filter(test)
    for row in records(rows.select("source_file", METRIC).unique()):
        read = lengths.get(row["source_file"], frozenset())
        if VALUE in read or Texts.HEADERS.same(row[METRIC]) in read:
            yield row["source_file"], row[METRIC]
