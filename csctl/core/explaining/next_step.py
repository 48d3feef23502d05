"""What would be needed for the next band of an indicator and for the next grade."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.explaining.nodes import Explained, trimmed_number
from csctl.core.records.lines import Score, ScoreLine
from csctl.core.scoring.points import out_of
from csctl.policy.parts import Bounds
from csctl.policy.scoring import Band, Indicator


def next_band(given: Explained, indicator: object, line: ScoreLine) -> str:
    """The nearest better band of a measured indicator, and how far it is; "" at the top, or if nothing was measured."""
    if not isinstance(indicator, Indicator) or line.value is None or line.points is None or line.text:
        return ""
    if indicator.linear is not None:
        if line.points >= out_of(indicator):
            return ""
        gap = given.in_unit(abs(indicator.linear.full - line.value), line.unit)
        return given.words("explain-next-full", edge=trimmed_number(indicator.linear.full), gap=gap)
    better = [
        (points, band)
        for band in indicator.bands
        if band.measure is None and not band.holds(line.value) and (points := _points(given, band)) > line.points
    ]
    if not better:
        return ""
    points, band = min(better, key=lambda one: one[0])
    gap = f"{_over(band, line.value)}{given.in_unit(_gap(band, line.value), line.unit)}"
    return given.words(
        "explain-next-band", band=band.level, edge=bounds_text(band), gap=gap, points=trimmed_number(points)
    )


def next_grade(given: Explained, score: Score) -> str:
    """The next grade that points alone can reach, and how many are left; "" at the top."""
    if score.score is None or score.grade_by_score:
        return ""
    edges = {one.at_least: one.label for one in given.result.policy.grade if one.at_least is not None and not one.quota}
    above = [edge for edge in edges if edge > score.score]
    if not above:
        return ""
    edge = min(above)
    return given.words(
        "explain-next-grade", grade=edges[edge], edge=trimmed_number(edge), gap=trimmed_number(edge - score.score)
    )


def _points(given: Explained, band: Band) -> Decimal:
    return band.points if band.points is not None else given.result.policy.scale[band.level]


def _gap(band: Bounds, value: Decimal) -> Decimal:
    """How far a value is from a band that does not hold it."""
    return min((abs(edge - value) for edge in band.edges), default=Decimal(0))


def _over(band: Bounds, value: Decimal) -> str:
    """The sign that the edge itself is not enough."""
    gap = _gap(band, value)
    open_edges = [edge for edge in (band.above, band.below) if edge is not None]
    return "> " if any(abs(edge - value) == gap for edge in open_edges) else ""


def bounds_text(bounds: Bounds) -> str:
    """Bounds as people write them: ``≥ 80, < 90``; empty if there are none."""
    marks = (
        ("≥", bounds.at_least),
        (">", bounds.above),
        ("≤", bounds.at_most),
        ("<", bounds.below),
        ("=", bounds.equals),
    )
    return ", ".join(f"{mark} {edge}" for mark, edge in marks if edge is not None)
