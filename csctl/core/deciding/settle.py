"""Decisions as scoring and pay look them up: by agent and item, each settled once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from csctl.core.deciding.items import check_decision, find_item
from csctl.core.people.cards import Cards
from csctl.core.records.decision import Decision
from csctl.messages import problem
from csctl.messages.grammar import UNKNOWN
from csctl.policy.model import Policy
from csctl.problems import Problem, as_warning


@dataclass(frozen=True, slots=True)
class SettledDecisions:
    """``values``: agent → indicator id → decision. ``counts``: (agent, kind, id) of the others → decision.

    ``problems`` are the decisions that were left out, as warnings.
    """

    values: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)
    counts: Mapping[tuple[str, str, str], Decision] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def settle_decisions(
    policy: Policy, decisions: Sequence[Decision], agents: Collection[str], cards: Cards = MappingProxyType({})
) -> SettledDecisions:
    """The decisions that hold in a month of these agents; of several on one item the last one given holds.

    One that this policy cannot read (another policy, a what-if), about somebody who is not there or about an indicator
    that is not on the agent's card is left out and said.
    """
    values: dict[str, dict[str, Decision]] = {}
    counts: dict[tuple[str, str, str], Decision] = {}
    problems: list[Problem] = []
    for decision in decisions:
        item, _ = find_item(policy, decision.item)
        faults = check_decision(policy, decision)
        if decision.agent_id not in agents:
            faults.append(problem("deciding-agent-unknown", found=decision.agent_id, item=decision.item))
        card = cards.get(decision.agent_id)
        if item and item.kind == "indicator" and card and not card.has(item.id):
            faults.append(
                problem(
                    "deciding-not-on-card", found=decision.item, agent=decision.agent_id, card=card.label or UNKNOWN
                )
            )
        if item is None or faults:
            problems += map(as_warning, faults)
        elif item.kind == "indicator":
            values.setdefault(decision.agent_id, {})[item.id] = decision
        else:
            counts[decision.agent_id, item.kind, item.id] = decision
    return SettledDecisions(values, counts, tuple(problems))
