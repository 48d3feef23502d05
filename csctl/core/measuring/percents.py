"""Shares that a system writes as percentages without saying so: 95.5 where a rule reckons with 0.955."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import comparable, declared_column, on_stored, scale_of, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.terms import window_months
from csctl.headers import key_of
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, Term, compared_texts
from csctl.policy.steps import thresholds_of
from csctl.policy.to_write import metric_line, several_lines
from csctl.problems import Place, Problem, shortened
from csctl.tables import Texts
from csctl.unit_words import SHARE_WORDS

TABLE, VALUE, METRIC = "kpis", "value", "metric"
_ALL, _TWICE, _HUNDRED = Decimal(1), Decimal(2), Decimal(100)
_MANY = Decimal(5)
_GAP = 10
_BEYOND_ALL = ("增长", "增幅", "同比", "环比", "完成", "达成", "growth", "increase", "complet", "achiev", "attain")
"""Parts of names of shares that may well be more than all."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Metric:
    """One figure of one file as a measure takes it: its name, its least, middle and greatest value, its first row."""

    name: str
    least: Decimal
    middle: Decimal
    most: Decimal
    place: Place


def percents_said(
    policy: Policy, frames: Mapping[str, Frame], month: Month, settled: Collection[str] = ()
) -> list[Problem]:
    """One warning for each file with figures up to 100 that rules take for shares; which they are, and what to write.

    A rule takes a figure for a share if its unit is %, if it compares it with parts of one alone, or if the figure is
    called a share and no rule speaks of percentages. ``settled`` are names of figures of which a source says the unit.
    """
    if TABLE not in frames:
        return []
    edges = _edges(policy)
    known = {Texts.HEADERS.same(name) for name in settled}
    files: dict[str, dict[str, tuple[_Metric, str]]] = {}
    for name, measure in policy.measure.items():
        if not _one_figure(measure):
            continue
        for one in _metrics(measure, frames[TABLE], month):
            taken = Texts.HEADERS.same(one.name) not in known and _taken_for_share(measure, one, edges.get(name, []))
            if taken and _is_percentage(one):
                files.setdefault(one.place.file, {}).setdefault(one.name, (one, f"{measure.label} ({name})"))
    return [_said(list(found.values())) for _, found in sorted(files.items())]


def _edges(policy: Policy) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for steps in thresholds_of(policy):
        found.setdefault(steps.measure, []).extend(edge.value for edge in steps.edges)
    return found


def _one_figure(measure: Measure) -> bool:
    """Whether the measure is a figure of the system itself, not made of several."""
    alone = measure.per is None and measure.share is None and not measure.plus and not measure.minus
    return (
        alone and measure.table == TABLE and measure.column == VALUE and bool(compared_texts(measure.where.get(METRIC)))
    )


def _metrics(term: Term, frame: Frame, month: Month) -> list[_Metric]:
    """The figures of the month that a term takes, file by file; zeros tell nothing."""
    where = on_stored(TABLE, term.where)
    rows = comparable(frame, TABLE, [where], {VALUE})
    rows = rows.filter(nw.col("month").is_in(window_months(term, month)) & (nw.col(VALUE) > 0))
    test = where_expression(TABLE, where)
    rows = rows if test is None else rows.filter(test)
    groups = rows.group_by("source_file", "source_sheet", METRIC).agg(
        nw.col(VALUE).min().alias("least"),
        nw.col(VALUE).median().alias("middle"),
        nw.col(VALUE).max().alias("most"),
        nw.col("source_row").min().alias("first"),
    )
    return sorted(map(_metric, records(groups)), key=lambda one: (one.place.file, one.place.sheet, one.name))


def _metric(row: Mapping[str, Any]) -> _Metric:
    scale = scale_of(declared_column(TABLE, VALUE))
    least, middle, most = (Decimal(str(row[name])) / scale for name in ("least", "middle", "most"))
    place = Place(row["source_file"] or "", row["source_sheet"] or "", int(row["first"]), row[METRIC])
    return _Metric(row[METRIC], least, middle, most, place)


def _taken_for_share(measure: Measure, one: _Metric, edges: Iterable[Decimal]) -> bool:
    if measure.unit == "%":
        return True
    compared = [edge for edge in edges if edge]
    if measure.unit or any(edge > _ALL for edge in compared):
        return False
    return any(edge < _ALL for edge in compared) or (not compared and key_of(one.name).endswith(SHARE_WORDS))


def _is_percentage(one: _Metric) -> bool:
    """Whether figures up to 100 are hardly shares: of no whole is there more than all of it twice over.

    A few figures far above many small ones are another matter: then the column is written in two ways.
    """
    if one.most > _HUNDRED:
        return False
    if any(word in key_of(one.name) for word in _BEYOND_ALL):
        return one.least > _MANY
    alike = one.middle > _ALL or one.most < _GAP * one.middle
    return (one.most > _TWICE and alike) or one.least > _ALL * Decimal("1.2")


def _said(found: list[tuple[_Metric, str]]) -> Problem:
    first = found[0][0]
    shown = [f"{one.name} {_plain(one.least)}…{_plain(one.most)}" for one, _ in found]
    lines = [metric_line(one.name, {"unit": "%"}) for one, _ in found]
    return problem(
        "figures-as-percentages",
        first.place,
        shortened(shown, _SHOWN),
        measures=shortened(list(dict.fromkeys(label for _, label in found)), _SHOWN),
        figure=_plain(first.most),
        example=f"{_plain(first.most)} → {_plain(first.most * 100)}%",
        line=several_lines(lines),
        kept=metric_line(first.name, {"unit": "share"}),
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
