"""Pay for an agent's own figure by a scale of rates, also where a month of it is below nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.carrying import below_zero, brought_to, carried_id, carried_line, carried_note, settled
from csctl.core.paying.parts import days_meant
from csctl.core.paying.payroll import Payroll
from csctl.core.paying.scale import scale_parts
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.kinds import PayKind
from csctl.policy.pay.piece import Piece
from csctl.policy.refs import named_figures
from csctl.problems import Problem

NOTHING = Decimal(0)
Edges = Callable[[Agent], Sequence[Decimal] | None]
"""Lower ends of the tiers for somebody; None where they are parts of a target that is not there."""
Rounded = Callable[[Decimal], Decimal]


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One agent's figure of the month (None: not known, or not meant), what earlier months brought, what of both
    counts, and what later months set off.
    """

    agent: Agent
    net: Decimal | None
    brought: Decimal
    counts: Decimal
    carried: Decimal
    edges: Sequence[Decimal] | None

    @property
    def unpaid(self) -> bool:
        """Whether something counts for which there are no tiers."""
        return self.edges is None and self.counts != 0


def own_figures(payroll: Payroll, rule: Commission | Piece, edges: Edges, rounded: Rounded) -> list[OwnFigure]:
    """The figures of everybody whom a component is for, and of those who have something open from earlier months."""
    meant = {one.agent_id for one in payroll.earners(rule)}
    open_before = brought_to(payroll, carried_id(rule.id)) if rule.negative == "carry" else {}
    people = [one for one in payroll.agents if one.agent_id in meant or open_before.get(one.agent_id)]
    return [
        _own(rule, one, _net(payroll, rule, one, meant, rounded), open_before.get(one.agent_id, NOTHING), edges(one))
        for one in people
    ]


def _net(payroll: Payroll, rule: Commission | Piece, agent: Agent, meant: set[str], rounded: Rounded) -> Decimal | None:
    value = payroll.value_for(rule, agent, rule.of) if agent.agent_id in meant else None
    return None if value is None else rounded(value)


def _own(
    rule: Commission | Piece, agent: Agent, net: Decimal | None, brought: Decimal, edges: Sequence[Decimal] | None
) -> OwnFigure:
    """Figures that are not paid for want of a target settle nothing of what is open."""
    counts, carried = settled(rule, net or NOTHING, brought)
    if edges is None and counts > 0:
        carried = brought
    return OwnFigure(agent, net, brought, counts, carried, edges)


def own_lines(
    payroll: Payroll,
    rule: Commission | Piece,
    kind: PayKind,
    unit: str,
    own: Sequence[OwnFigure],
    of_edges: Callable[[Agent], str] = lambda _: "",
) -> Iterator[PayLine]:
    """A line for each tier that somebody's figure reaches, and one for what is set off and carried on; ``of_edges`` is
    what there is to say of somebody's tiers.
    """
    for one in own:
        back = say("pay-note-taken-back", payroll.language) if one.counts < 0 else ""
        days = days_meant(payroll, rule, one.agent, rule.of)
        note = clauses((back, days, of_edges(one.agent)), payroll.language)
        for index, part in scale_parts(one.counts, one.edges, rule.mode) if one.edges is not None else ():
            if part:
                amount, name = Amount(part, unit, rule.tiers[index].rate), f"{rule.id}.{index + 1}"
                yield product_line(one.agent.agent_id, name, rule.label, kind, amount, rule=rule.rule, note=note)
        if one.brought or one.carried:
            note = carried_note(one.net or NOTHING, one.brought, one.carried, language=payroll.language)
            yield carried_line(one.agent.agent_id, rule, kind, unit, one.carried, note)


def own_said(payroll: Payroll, rule: Commission | Piece, own: Sequence[OwnFigure]) -> Iterator[Problem]:
    """Whose figure is below nothing, and what became of it."""
    nets = [(id_and_name(one.agent), one.net or NOTHING) for one in own]
    brought = [(id_and_name(one.agent), one.brought) for one in own]
    return below_zero(rule, rule.label, named_figures(payroll.policy)[rule.of].label, nets, brought)
