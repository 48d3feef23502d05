"""Percentages count 0 to 100: steps written as parts of one, and steps that no share can reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS
from csctl.policy.refs import named_figures
from csctl.policy.steps import Edge, Steps, thresholds_of
from csctl.policy.tree import Locate
from csctl.problems import Problem

ONE = Decimal(1)


def lint_percent(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Every rule that compares a percentage with parts of one, or a share with more than all."""
    known = named_figures(policy)
    for steps in thresholds_of(policy):
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


def _as_parts(edges: Iterable[Edge]) -> bool:
    """Whether no number goes beyond one, and one of them is a part of it."""
    listed = list(edges)
    within = all(0 <= edge.value < ONE or (edge.whole and edge.value == ONE) for edge in listed)
    return within and any(0 < edge.value < ONE for edge in listed)


def _says(words: str, value: Decimal) -> bool:
    """Whether the rule says in words that so small a percentage is meant: 0.5%."""
    plain = words.replace(" ", "").replace("％", "%")
    texts = {f"{value:f}%", f"{value.normalize():f}%"}
    return any(text in plain and not plain.partition(text)[0][-1:].isdigit() for text in texts)


def _beyond(steps: Steps, top: Decimal, where: Locate) -> Iterator[Problem]:
    edge = next((edge for edge in steps.edges if edge.value > top), None)
    if edge is not None:
        yield problem("policy-edge-beyond-share", where(edge.path), f"{edge.value:f}", measure=steps.measure, top=top)
