"""Several measures as one figure: where an agent stands among the others in each of them, weighted.

Nothing is assumed of scales: a position is the share of the others who are worse, those with the same value counting
half (T1-074, A-16).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.lines import Measured
from csctl.money import exact, round_half_up
from csctl.policy.model import Policy
from csctl.policy.parts import Composite, CompositePart
from csctl.policy.refs import COMPOSITE_PLACES, COMPOSITE_PREFIX

Values = Mapping[str, Mapping[str, Decimal | None]]
"""Values by agent and measure."""
ALONE = Fraction(100)
"""The position of somebody with whom nobody can be compared."""


def positions(part: CompositePart, values: Values, ranked: Collection[str]) -> dict[str, Fraction]:
    """Position, 0 to 100, of every ranked agent who has a value in this measure, among all who have one."""
    known = {agent: value for agent in ranked if (value := values.get(agent, {}).get(part.measure)) is not None}
    others = len(known) - 1
    if others < 1:
        return dict.fromkeys(known, ALONE)
    return {agent: ALONE * _worse(value, part, known.values()) / others for agent, value in known.items()}


def _worse(own: Decimal, part: CompositePart, known: Collection[Decimal]) -> Fraction:
    """How many are worse, and half of those who are equal; a value is equal to itself, which is taken off."""
    worse = sum((value > own) if part.lowest_is_best else (value < own) for value in known)
    return worse + Fraction(sum(value == own for value in known) - 1, 2)


def composite_values(composite: Composite, values: Values, ranked: Collection[str]) -> dict[str, Decimal]:
    """The composite of every ranked agent who has a value in each of its measures, rounded once, HALF_UP."""
    by_part = [(exact(part.weight), positions(part, values, ranked)) for part in composite.of]
    whole = sum((weight for weight, _ in by_part), Fraction(0))
    complete = [agent for agent in ranked if all(agent in found for _, found in by_part)]
    return {
        agent: round_half_up(sum(weight * found[agent] for weight, found in by_part) / whole, COMPOSITE_PLACES)
        for agent in sorted(complete)
    }


def composites(policy: Policy, values: Values, ranked: Collection[str]) -> list[Measured]:
    """One record per agent and composite; ``n`` counts the agents who were compared."""
    found: list[Measured] = []
    for name, composite in policy.composite.items():
        known = composite_values(composite, values, ranked)
        source = "+".join(part.measure for part in composite.of)
        for agent in values:
            value = known.get(agent)
            n = len(known) if value is not None else 0
            found.append(Measured(agent, COMPOSITE_PREFIX + name, value, n, None, None, source))
    return found
