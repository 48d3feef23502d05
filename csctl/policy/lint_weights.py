"""Weights add up on every scorecard that somebody can have, and everything is on some card."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.cards import Card, every_card, has_cards, is_of_others
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension
from csctl.policy.tree import Locate
from csctl.problems import Problem

FULL = Decimal(100)


def lint_weights(policy: Policy, where: Locate) -> Iterator[Problem]:
    """The dimensions of each card make 100, the indicators of each dimension its weight; a wrong sum is said once."""
    cards = every_card(policy)
    seen: set[tuple[str, ...]] = set()
    for card in cards:
        yield from _whole(card, where)
        for row, dimension in _rows(policy, card):
            key = (dimension.id, *(one.id for one in dimension.indicator))
            if key not in seen:
                seen.add(key)
                yield from _inside(policy, card, row, dimension, where)
    yield from _on_no_card(policy, cards, where)
    yield from _rank(policy, where)


def _rows(policy: Policy, card: Card) -> list[tuple[int, Dimension]]:
    """The dimensions of a card with their places in the policy."""
    rows = {dimension.id: row for row, dimension in enumerate(policy.dimension)}
    return [(rows[dimension.id], dimension) for dimension in card.policy.dimension]


def _whole(card: Card, where: Locate) -> Iterator[Problem]:
    total = sum((dimension.weight for dimension in card.policy.dimension), Decimal(0))
    if not card.policy.dimension or total == FULL:
        return
    at = where(("dimension", 0, "weight"))
    if is_of_others(card):
        yield problem("policy-card-of-others", at, total, wanted=FULL)
    else:
        yield problem("policy-weights-sum", at, total, wanted=FULL, card=card.label)


def _inside(policy: Policy, card: Card, row: int, dimension: Dimension, where: Locate) -> Iterator[Problem]:
    path: Path = ("dimension", row)
    given = [one.weight for one in dimension.indicator if one.weight is not None]
    if given and len(given) < len(dimension.indicator):
        bare = next(one.id for one in dimension.indicator if one.weight is None)
        index = next(index for index, one in enumerate(policy.dimension[row].indicator) if one.id == bare)
        at = where((*path, "indicator", index))
        yield problem("policy-weight-missing", at, bare, dimension=dimension.id, card=card.label)
    elif given and sum(given) != dimension.weight:
        at = where((*path, "weight"))
        name, wanted = dimension.id, dimension.weight
        yield problem("policy-dimension-sum", at, sum(given), wanted=wanted, dimension=name, card=card.label)


def _on_no_card(policy: Policy, cards: list[Card], where: Locate) -> Iterator[Problem]:
    """What nobody can be judged by: for one post, within a dimension for another."""
    there = {item for card in cards for item in card.items}
    for row, dimension in enumerate(policy.dimension):
        for index, indicator in enumerate(dimension.indicator):
            if indicator.id not in there:
                yield problem("policy-never-on-a-card", where(("dimension", row, "indicator", index)), indicator.id)


def _rank(policy: Policy, where: Locate) -> Iterator[Problem]:
    """With whom scores are compared is declared where it makes a difference, and only there."""
    rank = policy.score.rank if policy.score else None
    if has_cards(policy) and rank is None and policy.score is not None:
        yield problem("policy-rank-not-declared", where(("score",)))
    if not has_cards(policy) and rank is not None:
        yield problem("policy-rank-without-cards", where(("score", "rank")))
