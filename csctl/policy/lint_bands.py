"""Bands: every value falls into one, every band can be reached, and two-sided bands keep apart.

Between two neighbouring edges all values are alike, so a few probes are a proof: each edge, a point between each two,
and a point beyond either end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, pairwise

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Bounds
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Band, Indicator
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem

BEYOND = Decimal(1)
"""How far outside the outermost edges the last probes lie."""
CENT = Decimal("0.01")


def lint_bands(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Gaps, unreachable bands, overlaps, and ratings by levels that no scale gives points."""
    for path, indicator in uses(policy, Indicator):
        if indicator.bands:
            yield from _gap(policy, indicator, path, where)
            yield from _unreachable(policy, indicator, path, where)
            yield from _overlaps(policy, indicator, path, where)
        yield from _scale(policy, indicator, path, where)


def counts_only(policy: Policy, measure: str | None) -> bool:
    """Whether a measure's values are 0, 1, 2 …: nothing can fall between them, or below."""
    known = named_figures(policy).get(measure or "")
    declared = policy.measure.get(measure or "")
    return known is not None and known.whole and not (declared and declared.minus)


def probes(bands: Iterable[Bounds], whole: bool) -> list[Decimal]:
    """Values that stand for all others. ``whole``: only 0, 1, 2 … occur."""
    edges = sorted({edge for band in bands for edge in band.edges}) or [Decimal(0)]
    if whole:
        near = {edge.to_integral_value(rounding) for edge in edges for rounding in (ROUND_FLOOR, ROUND_CEILING)}
        around = {value + move for value in near | {Decimal(0)} for move in (-BEYOND, Decimal(0), BEYOND)}
        return sorted(value for value in around if value >= 0)
    between = [_between(low, high) for low, high in pairwise(edges)]
    return sorted([edges[0] - BEYOND, *edges, *between, edges[-1] + BEYOND])


def _between(low: Decimal, high: Decimal) -> Decimal:
    """A value between two edges: a cent above the lower one where there is room, since that is what people know."""
    return low + CENT if low + CENT < high else low + (high - low) / 2


def unmatched(bands: Sequence[Bounds], whole: bool) -> list[Decimal]:
    """Probes that lie in none of the bands, lowest first."""
    return [value for value in probes(bands, whole) if not any(band.holds(value) for band in bands)]


def _measure_of(indicator: Indicator, band: Band) -> str | None:
    return band.measure if band.measure is not None else indicator.measure


def _on(indicator: Indicator, measure: str | None, bands: Iterable[Band]) -> list[Band]:
    return [band for band in bands if _measure_of(indicator, band) == measure]


def _gap(policy: Policy, indicator: Indicator, path: Path, where: Locate) -> Iterator[Problem]:
    """A band on another measure never closes a gap: where that measure is missing, the band does not hold."""
    own = _on(indicator, indicator.measure, indicator.bands)
    whole = counts_only(policy, indicator.measure)
    missed = unmatched(own, whole) if own else [Decimal(0)]
    if missed:
        shown = ", ".join(f"{value.normalize():f}" for value in missed[:5])
        yield problem("policy-band-gap", where((*path, "bands")), shown, indicator=indicator.id)


def _unreachable(policy: Policy, indicator: Indicator, path: Path, where: Locate) -> Iterator[Problem]:
    for index, band in enumerate(indicator.bands):
        if not _reachable(policy, indicator, index):
            at = where((*path, "bands", index))
            yield problem("policy-band-unreachable", at, band.level, number=index + 1, indicator=indicator.id)


def _reachable(policy: Policy, indicator: Indicator, index: int) -> bool:
    """Whether some value falls into the band and into none before it.

    Bands on another measure never stand in the way: they do not hold where that measure is missing. Those on the
    indicator's own measure always have a value to hold.
    """
    band, before = indicator.bands[index], indicator.bands[:index]
    measure = _measure_of(indicator, band)
    if measure != indicator.measure:
        own = _on(indicator, indicator.measure, before)
        if own and not unmatched(own, counts_only(policy, indicator.measure)):
            return False
    same = _on(indicator, measure, before)
    values = probes([*same, band], counts_only(policy, measure))
    return any(band.holds(value) and not any(other.holds(value) for other in same) for value in values)


def _overlaps(policy: Policy, indicator: Indicator, path: Path, where: Locate) -> Iterator[Problem]:
    numbered = [(index, band) for index, band in enumerate(indicator.bands) if _two_sided(band)]
    for (_, first), (index, second) in combinations(numbered, 2):
        measure = _measure_of(indicator, second)
        if _measure_of(indicator, first) != measure:
            continue
        values = probes([first, second], counts_only(policy, measure))
        both = next((value for value in values if first.holds(value) and second.holds(value)), None)
        if both is not None:
            at = where((*path, "bands", index))
            yield problem("policy-band-overlap", at, f"{both.normalize():f}", first=first.level, second=second.level)


def _two_sided(band: Band) -> bool:
    low = band.at_least is not None or band.above is not None
    return low and (band.at_most is not None or band.below is not None)


def _scale(policy: Policy, indicator: Indicator, path: Path, where: Locate) -> Iterator[Problem]:
    """A rating by levels has a scale to stand on."""
    own_way = indicator.bands or indicator.linear or indicator.out_of
    if (indicator.rating is not None or indicator.ratings) and not own_way and not policy.scale:
        yield problem("policy-rating-without-scale", where(path), indicator.id)
