"""Who has several cards in a month: each scored on its own days and rows, and the sheets of all put together by days.

What is put together is a sheet again. An indicator weighs what it weighs on each card × the part of the days, and its
points are the mean of those of the cards on which it is, by what they weigh: so it adds exactly the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from csctl.core.scoring.basis import Roles, covered_part, is_thin
from csctl.core.scoring.points import Points
from csctl.core.scoring.raters import AgentView, CardView, Judged, shares_of
from csctl.core.scoring.standing import RoleSheet, judge_all, role_sheets, without_data
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.money import round_half_up
from csctl.policy.model import Policy
from csctl.problems import Problem

SHOWN_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class OnCard:
    """One card's days: its part of those that are scored, the sheets by role, and how much rests on data."""

    one: CardView
    rules: Policy
    roles: Roles
    covered: Fraction

    @property
    def known(self) -> bool:
        """Whether enough is known of its days for a score."""
        return not (
            without_data(self.rules, self.one.view, self.roles) or is_thin(self.rules, self.one.view, self.roles)
        )


def on_cards(policy: Policy, view: AgentView, roles: Roles) -> tuple[list[OnCard], list[Problem]]:
    """Every card of somebody as its own days have it, and what cannot be judged; ``roles`` is how the month stands,
    which is all there is to judge where one card scores it.
    """
    if not view.by_card:
        rules = view.rules(policy)
        return [OnCard(CardView(view, Fraction(1), ""), rules, roles, covered_part(rules, view, roles))], []
    found: list[OnCard] = []
    problems: list[Problem] = []
    for one in view.by_card:
        judged, said = judge_all(policy, [one.view], frozenset())
        rules, own = one.view.rules(policy), judged[view.agent_id]
        found.append(OnCard(one, rules, own, covered_part(rules, one.view, own)))
        problems += said
    return found, problems


def lead_of(cards: Sequence[OnCard]) -> OnCard:
    """The card that says whether there is a score: one of whose days enough is known, else the last."""
    return next((card for card in cards[:-1] if card.known), cards[-1])


def covered_by_days(cards: Sequence[OnCard]) -> Fraction:
    """The part of the weight that rests on data, each card by its days."""
    return sum((card.one.share * card.covered for card in cards), Fraction(0))


def sheets_by_days(
    policy: Policy, view: AgentView, cards: Sequence[OnCard], means: Mapping[str, Fraction]
) -> tuple[dict[str, RoleSheet], list[Problem]]:
    """The sheets of the cards by their days as one sheet for each role; a card of whose days too little is known leaves
    its part to the others.
    """
    if len(cards) == 1:
        return role_sheets(cards[0].rules, cards[0].one.view, cards[0].roles, means)
    known = [card for card in cards if card.known] or list(cards)
    whole = sum((card.one.share for card in known), Fraction(0))
    made: list[tuple[OnCard, Fraction, dict[str, RoleSheet]]] = []
    problems: list[Problem] = []
    for card in cards:
        sheets, blocked = role_sheets(card.rules, card.one.view, card.roles, means)
        made.append((card, card.one.share / whole if card in known else Fraction(0), sheets))
        problems += blocked if card in known else []
    roles = shares_of(policy, view)
    return {role: _together(policy, role, made) for role in roles}, list(dict.fromkeys(problems))


def _together(policy: Policy, role: str, made: Sequence[tuple[OnCard, Fraction, dict[str, RoleSheet]]]) -> RoleSheet:
    judged: dict[str, Judged] = {}
    points: dict[str, Fraction] = {}
    weights: dict[str, Fraction] = {}
    applied: dict[str, str] = {}
    for item in dict.fromkeys(item for _, _, sheets in made for item in sheets[role].judged):
        own = [(card, share, sheets[role]) for card, share, sheets in made if item in sheets[role].judged]
        weighed = [(share * sheet.weights[item], sheet) for _, share, sheet in own if item in sheet.weights]
        whole = sum((weight for weight, _ in weighed), Fraction(0))
        scored = [(weight, sheet.points[item]) for weight, sheet in weighed if item in sheet.points]
        if scored:
            counted = sum((weight * own_points for weight, own_points in scored), Fraction(0))
            points[item] = counted / whole if whole else scored[0][1]
            weights[item] = whole
        judged[item] = _judged(policy, item, own, points.get(item))
        rules = dict.fromkeys(sheet.applied[item] for _, _, sheet in own if item in sheet.applied)
        if rules:
            applied[item] = next(iter(rules))
    return RoleSheet(judged, points, weights, applied)


def _judged(
    policy: Policy, item: str, own: Sequence[tuple[OnCard, Fraction, RoleSheet]], points: Fraction | None
) -> Judged:
    """What the cards say of an item: one of them as it is, several with the mean of their points; with their dates."""
    known = [sheet.judged[item] for _, _, sheet in own]
    levels = {one.points.level for one in known if one.points is not None}
    shown = None if points is None else Points(points, levels.pop() if len(levels) == 1 else "")
    first = known[0]
    note = clauses((*dict.fromkeys(one.note for one in known), *_dates(policy, item, own)), policy.language)
    return replace(first, points=shown, note=note)


def _dates(policy: Policy, item: str, own: Sequence[tuple[OnCard, Fraction, RoleSheet]]) -> Iterator[str]:
    for card, share, sheet in own:
        points = sheet.points.get(item)
        shown = "–" if points is None else f"{round_half_up(points, SHOWN_DECIMALS):f}"
        percent = f"{round_half_up(share * 100, 1).normalize():f}"
        yield say("score-note-card-days", policy.language, dates=card.one.said, points=shown, share=percent)
