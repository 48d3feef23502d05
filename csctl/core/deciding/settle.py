"""Decisions as scoring and pay look them up: by agent and item, each settled once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from csctl.core.deciding.items import check_decision, find_item
from csctl.core.records.decision import Decision
from csctl.messages import problem
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


def settle(policy: Policy, decisions: Sequence[Decision], agents: Collection[str]) -> SettledDecisions:
    """The decisions that hold in a month of these agents; of several on one item the last one given holds.

    One that this policy cannot read (another policy, a what-if) or about somebody who is not there is left out and
    said.
    """
    values: dict[str, dict[str, Decision]] = {}
    counts: dict[tuple[str, str, str], Decision] = {}
    problems: list[Problem] = []
    for decision in decisions:
        item, _ = find_item(policy, decision.item)
        faults = check_decision(policy, decision)
        if decision.agent_id not in agents:
            faults.append(problem("deciding-agent-unknown", found=decision.agent_id, item=decision.item))
        if item is None or faults:
            problems += map(as_warning, faults)
        elif item.kind == "indicator":
            values.setdefault(decision.agent_id, {})[item.id] = decision
        else:
            counts[decision.agent_id, item.kind, item.id] = decision
    return SettledDecisions(values, counts, tuple(problems))
