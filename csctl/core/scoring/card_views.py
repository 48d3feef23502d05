"""The views of somebody who has several cards in a month: one for each, with the figures of its own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from csctl.core.people.cards import CardDays, cards_by_days
from csctl.core.people.spans import dates_said, parts_of_month
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.core.scoring.raters import AgentView, CardView
from csctl.month import Month
from csctl.policy.model import Policy

ByCard = Mapping[tuple[str, int], Sequence[Measured]]
"""By agent and number of the card the figures of its days; figures whose rows tell no days are not among them."""


def with_cards(policy: Policy, agent: Agent, month: Month, view: AgentView, by_card: ByCard) -> AgentView:
    """The same view where one card scores somebody; else with one of each card, and shown with the figures of the days
    of the only card that looks at them.

    A figure whose rows tell no days counts on every card as it is, and so does one that is not known.
    """
    cards = cards_by_days(policy, agent)
    if not cards:
        return view
    whole = sum(one.days for one in cards)
    own = [_figures(view, by_card.get((agent.agent_id, number), ())) for number in range(len(cards))]
    parts = parts_of_month(agent, month)
    views = tuple(
        CardView(
            replace(
                view,
                measured={**view.measured, **figures},
                values={**view.values, **{name: one.value for name, one in figures.items()}},
                card=one.card,
                post=parts[one.spans[-1]][0].post,
            ),
            Fraction(one.days, whole),
            dates_said(parts[at] for at in one.spans),
        )
        for one, figures in zip(cards, own, strict=True)
    )
    return replace(_of_one_card(view, cards, own), by_card=views)


def _figures(view: AgentView, figures: Sequence[Measured]) -> dict[str, Measured]:
    return {one.measure: one for one in figures if view.values.get(one.measure) is not None}


def _of_one_card(view: AgentView, cards: Sequence[CardDays], own: Sequence[Mapping[str, Measured]]) -> AgentView:
    looked_at = [
        {one.measure for dimension in card.card.policy.dimension for one in dimension.indicator if one.measure}
        for card in cards
    ]
    shown = {
        name: figures[name]
        for names, figures in zip(looked_at, own, strict=True)
        for name in sorted(names & figures.keys())
        if sum(name in others for others in looked_at) == 1
    }
    values = {**view.values, **{name: one.value for name, one in shown.items()}}
    return replace(view, measured={**view.measured, **shown}, values=values)
