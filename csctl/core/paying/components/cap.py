"""What lies above limits: of a component for one person, for all together, and of somebody's variable pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.limits import above_each, above_together
from csctl.core.paying.payroll import Paid, Payroll, by_agent
from csctl.core.people.called import id_and_name
from csctl.core.records.lines import PayLine
from csctl.messages import problem, say
from csctl.messages.grammar import labelled
from csctl.money import amount_text, from_cents, to_cents
from csctl.policy.lines import Path
from csctl.policy.pay.kinds import VARIABLE_KINDS, PayKind
from csctl.policy.pay.limited import Limited, PayCap
from csctl.policy.walk import uses
from csctl.problems import shortened

OF_ALL = "pay_cap"
"""What the ids of lines begin with that are cut of all variable pay."""


def cap(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """A line for everything that is cut: of each component by person and then by budget, then of all variable pay."""
    paid = Paid()
    for path, rule in uses(payroll.pay, Limited):
        _of_component(payroll, rule, _line_of(path, rule), made, paid)
    if payroll.pay.cap is not None:
        _of_all(payroll, payroll.pay.cap, [*made, *paid.lines], paid)
    return paid


def _line_of(path: Path, rule: Limited) -> str:
    """What the ids of a component's lines begin with: its own id, a pool's number."""
    return f"pool{int(path[1]) + 1}" if path[0] == "pool" else str(getattr(rule, "id", ""))


def _of_component(payroll: Payroll, rule: Limited, name: str, made: Sequence[PayLine], paid: Paid) -> None:
    lines = by_agent(one for one in made if one.line.partition(".")[0] == name and one.kind in VARIABLE_KINDS)
    cents = {who: _sum(own) for who, own in lines.items()}
    for by, most, cuts_of in (("cap", rule.cap, above_each), ("budget", rule.budget, above_together)):
        if most is None:
            continue
        cuts, total = cuts_of(cents, to_cents(most)), amount_text(sum(cents.values()))
        note = say(f"pay-note-cut-{by}", payroll.language, most=f"{most:,f}", total=total)
        for who, cut in cuts.items():
            first = lines[who][0]
            paid.lines.append(_cut_line(who, f"{name}.{by}", first.label, first.kind, cut, first.rule, note))
        label, whom = str(getattr(rule, "label", "")), _whom(payroll, cuts)
        if whom:
            cut_by = problem(f"pay-cut-{by}", found=whom, component=label, most=f"{most:,f}", total=total)
            paid.problems.append(cut_by)
        cents = {who: own - cuts.get(who, 0) for who, own in cents.items()}


def _of_all(payroll: Payroll, rule: PayCap, lines: Sequence[PayLine], paid: Paid) -> None:
    """Of each kind of somebody's variable pay, in proportion."""
    whole: dict[str, int] = {}
    for who, own in by_agent(one for one in lines if one.counts_as in rule.counts).items():
        kinds: dict[str, int] = {kind: _sum([one for one in own if one.counts_as == kind]) for kind in rule.counts}
        cuts = above_together(kinds, to_cents(rule.amount))
        total = amount_text(_sum(own))
        note = say("pay-note-cut-all", payroll.language, most=f"{rule.amount:,f}", total=total)
        for kind in rule.counts:
            if kind in cuts:
                words = [say(code, payroll.language) for code in ("pay-cap", f"sheet.pay-{kind}")]
                label = labelled(words, payroll.language)
                paid.lines.append(_cut_line(who, f"{OF_ALL}.{kind}", label, kind, cuts[kind], rule.rule, note))
        if cuts:
            whole[who] = sum(cuts.values())
    whom = _whom(payroll, whole)
    if whom:
        paid.problems.append(problem("pay-cut-all", found=whom, most=f"{rule.amount:,f}"))


def _cut_line(who: str, line: str, label: str, kind: PayKind, cents: int, rule: str, note: str) -> PayLine:
    made = product_line(who, line, label, "cut", Amount(-ONE, "month", from_cents(cents)), rule=rule, note=note)
    return replace(made, source=kind)


def _whom(payroll: Payroll, cuts: Mapping[str, int]) -> tuple[str, ...]:
    """Of whom how much was cut, the first of many."""
    names = {one.agent_id: id_and_name(one) for one in payroll.agents}
    return shortened([f"{names[who]}: {amount_text(-cents)}" for who, cents in cuts.items()])


def _sum(lines: Sequence[PayLine]) -> int:
    return sum(one.amount_cents for one in lines)
