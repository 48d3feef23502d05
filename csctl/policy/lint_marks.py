"""Tallies: each item once, and conditions that data alone decide."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import mark_conditions
from csctl.policy.scoring import Tally
from csctl.policy.tree import Locate
from csctl.problems import Problem


def lint_marks(policy: Policy, where: Locate) -> Iterator[Problem]:
    """An item named twice would be marked twice; a mark is part of the score and cannot hang on it."""
    for row, dimension in enumerate(policy.dimension):
        for column, indicator in enumerate(dimension.indicator):
            if indicator.tally:
                yield from _doubles(indicator.tally, ("dimension", row, "indicator", column, "tally"), where)
    for path, condition in mark_conditions(policy):
        if condition.score is not None or condition.first is not None:
            yield problem("mark-needs-measure", where(path), condition.first or "score")


def _doubles(tally: Tally, path: Path, where: Locate) -> Iterator[Problem]:
    places: list[Path] = [(*path, "items", index) for index in range(len(tally.items))]
    places += [(*path, "mark", index, "item") for index in range(len(tally.mark))]
    seen: dict[str, Path] = {}
    for place, mark in zip(places, tally.marks, strict=True):
        if mark.item in seen:
            first = where(seen[mark.item])
            yield problem("policy-double-name", where(place), mark.item, first=f"{first.file}:{first.row}")
        seen.setdefault(mark.item, place)
