"""Percentages count 0 to 100: steps written as parts of one, and steps that no share can reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS, Bounds, Condition
from csctl.policy.refs import figures
from csctl.policy.scoring import Indicator
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem

ONE = Decimal(1)
LOWER = ("at_least", "above", "equals")
UPPER = ("at_most", "below")


@dataclass(frozen=True, slots=True)
class _Edge:
    """One number that a measure is compared with. ``whole``: 1 may stand for all there is, as in "at least all"."""

    path: Path
    value: Decimal
    whole: bool


@dataclass(frozen=True, slots=True)
class _Steps:
    """The numbers that one rule compares one measure with; ``words`` is what the rule says in words."""

    measure: str
    edges: tuple[_Edge, ...]
    words: str


def lint_percent(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Every rule that compares a percentage with parts of one, or a share with more than all."""
    known = figures(policy)
    for steps in _steps(policy):
        figure = known.get(steps.measure)
        if figure is None or not steps.edges:
            continue
        declared = policy.measure.get(steps.measure)
        words = f"{steps.words} {declared.note if declared else ''}"
        if figure.unit == "%" and _as_parts(steps.edges) and not any(_says(words, edge.value) for edge in steps.edges):
            edge = next(edge for edge in steps.edges if 0 < edge.value < ONE)
            percent = f"{(edge.value * 100).normalize():f}"
            about = {"measure": steps.measure, "label": figure.label, "percent": percent}
            yield problem("policy-percent-as-part", where(edge.path), f"{edge.value:f}", **about)
        if declared is not None and declared.share is not None:
            yield from _beyond(steps, Decimal(int(UNIT_FACTORS.get(declared.unit, 1))), where)


def _steps(policy: Policy) -> Iterator[_Steps]:
    for path, indicator in uses(policy, Indicator):
        words = " ".join((indicator.label, indicator.target, indicator.standard, indicator.note))
        names = dict.fromkeys(band.measure or indicator.measure for band in indicator.bands)
        for name in (one for one in names if one is not None):
            bands = enumerate(indicator.bands)
            own = [(index, band) for index, band in bands if (band.measure or indicator.measure) == name]
            edges = [edge for index, band in own for edge in _edges(band, (*path, "bands", index))]
            yield _Steps(name, tuple(edges), words)
        if indicator.linear and indicator.measure:
            rising = indicator.linear.full > indicator.linear.zero
            ends = [_Edge((*path, "linear", key), getattr(indicator.linear, key), rising) for key in ("zero", "full")]
            yield _Steps(indicator.measure, tuple(ends), words)
    for path, condition in uses(policy, Condition):
        if condition.measure:
            yield _Steps(condition.measure, tuple(_edges(condition, path)), "")


def _edges(bounds: Bounds, path: Path) -> Iterator[_Edge]:
    """The numbers of one range. A range from 0.9 to 1 ends at all there is; one that only ends at 1 ends at 1 %."""
    lower = any(getattr(bounds, key) is not None for key in LOWER)
    for key in (*LOWER, *UPPER):
        value = getattr(bounds, key)
        if value is not None:
            yield _Edge((*path, key), value, lower)


def _as_parts(edges: Iterable[_Edge]) -> bool:
    """Whether no number goes beyond one, and one of them is a part of it."""
    listed = list(edges)
    within = all(0 <= edge.value < ONE or (edge.whole and edge.value == ONE) for edge in listed)
    return within and any(0 < edge.value < ONE for edge in listed)


def _says(words: str, value: Decimal) -> bool:
    """Whether the rule says in words that so small a percentage is meant: 0.5%."""
    plain = words.replace(" ", "").replace("％", "%")
    texts = {f"{value:f}%", f"{value.normalize():f}%"}
    return any(text in plain and not plain.partition(text)[0][-1:].isdigit() for text in texts)


def _beyond(steps: _Steps, top: Decimal, where: Locate) -> Iterator[Problem]:
    edge = next((edge for edge in steps.edges if edge.value > top), None)
    if edge is not None:
        yield problem("policy-edge-beyond-share", where(edge.path), f"{edge.value:f}", measure=steps.measure, top=top)
