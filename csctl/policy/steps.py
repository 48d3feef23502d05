"""The numbers that a policy's rules compare its measures with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Bounds, Condition
from csctl.policy.scoring import Indicator
from csctl.policy.walk import uses

LOWER = ("at_least", "above", "equals")
UPPER = ("at_most", "below")


@dataclass(frozen=True, slots=True)
class Edge:
    """One number that a measure is compared with. ``whole``: 1 may stand for all there is, as in "at least all"."""

    path: Path
    value: Decimal
    whole: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The numbers that one rule compares one measure with; ``words`` is what the rule says in words."""

    measure: str
    edges: tuple[Edge, ...]
    words: str


def thresholds_of(policy: Policy) -> Iterator[Steps]:
    """What each band, line and condition of a policy compares a measure with."""
    for path, indicator in uses(policy, Indicator):
        words = " ".join((indicator.label, indicator.target, indicator.standard, indicator.note))
        names = dict.fromkeys(band.measure or indicator.measure for band in indicator.bands)
        for name in (one for one in names if one is not None):
            bands = enumerate(indicator.bands)
            own = [(index, band) for index, band in bands if (band.measure or indicator.measure) == name]
            edges = [edge for index, band in own for edge in _edges(band, (*path, "bands", index))]
            yield Steps(name, tuple(edges), words)
        if indicator.linear and indicator.measure:
            rising = indicator.linear.full > indicator.linear.zero
            ends = [Edge((*path, "linear", key), getattr(indicator.linear, key), rising) for key in ("zero", "full")]
            yield Steps(indicator.measure, tuple(ends), words)
    for path, condition in uses(policy, Condition):
        if condition.measure:
            yield Steps(condition.measure, tuple(_edges(condition, path)), "")


def _edges(bounds: Bounds, path: Path) -> Iterator[Edge]:
    """The numbers of one range. A range from 0.9 to 1 ends at all there is; one that only ends at 1 ends at 1 %."""
    lower = any(getattr(bounds, key) is not None for key in LOWER)
    for key in (*LOWER, *UPPER):
        value = getattr(bounds, key)
        if value is not None:
            yield Edge((*path, key), value, lower)
