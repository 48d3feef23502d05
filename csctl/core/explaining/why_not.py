"""Why is there no such line? Awards not won, fines and deductions not taken, adjustments and shares not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csctl.core.explaining.conditions import condition_facts, condition_nodes, first_node, met, missing_note
from csctl.core.explaining.days_of_line import spans_meant
from csctl.core.explaining.explain_measures import measure_node
from csctl.core.explaining.nodes import Explained, Node
from csctl.core.people.cards import card_of
from csctl.core.people.roster import competing, is_meant
from csctl.core.people.spans import dates_said, parts_of_month
from csctl.core.records.marks import marks_text, months_mark
from csctl.core.scoring.conditions import SCORE, Facts
from csctl.messages.grammar import UNKNOWN, clauses, joined_parts
from csctl.money import amount_text
from csctl.policy.model import Policy
from csctl.policy.parts import Condition, Happening
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.manual import Manual
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.plan import Entry as PayEntry
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.receivers import Receivers
from csctl.policy.refs import EVENT_PREFIX, figures_named, named_figures
from csctl.policy.scoring import Adjustment, Indicator

Entry = PayEntry | Adjustment | Pool | Indicator


def askable(policy: Policy) -> dict[str, Entry]:
    """Everything that a policy may give somebody a line for, by id; pools by the id of their lines.

    A pay line whose id a score line has too goes by its kind as well: ``fine.late``.
    """
    found: dict[str, Entry] = {}
    for dimension in policy.dimension:
        found |= {one.id: one for one in dimension.indicator}
    found |= {one.id: one for one in policy.adjustment}
    pay = policy.pay
    if pay is None:
        return found
    found |= {f"{_kind(one)}.{one.id}" if one.id in found else one.id: one for one in pay.entries}
    return found | {f"pool{number}": pool for number, pool in enumerate(pay.pool, 1)}


def why_not(given: Explained, name: str) -> Node | None:
    """Why the agent has no line of that id or label: every condition with what was found. None for an unknown name."""
    known = askable(given.result.policy)
    named = [key for key, one in known.items() if name in (key, one.label) or name in _with_kind(key, one)]
    if not named:
        return None
    entry, facts = known[named[0]], condition_facts(given)
    nodes = tuple(_nodes(given, entry, facts))
    note = _in_words(given, entry)
    code = "why-not-earned" if isinstance(entry, Award | Pool | Receivers) else "why-not-there"
    return Node(entry.label, given.words(code), named[0], entry.rule, note, None, nodes)


def _with_kind(key: str, entry: Entry) -> tuple[str, ...]:
    """A pay line goes by its kind and id in any case."""
    return () if isinstance(entry, Adjustment | Pool | Indicator) else (f"{_kind(entry)}.{key}",)


def _kind(entry: PayEntry) -> str:
    return type(entry).__name__.lower()


def _in_words(given: Explained, entry: Entry) -> str:
    amount = None if isinstance(entry, Adjustment | Pool | Indicator) else getattr(entry, "amount", None)
    if amount is None:
        return ""
    monthly = isinstance(entry, Performance | Draw) or (isinstance(entry, Allowance) and entry.quantity is None)
    code = "why-amount-month" if monthly else "why-amount"
    return given.words(code, amount=f"{amount:,f}", unit=given.words("unit-yuan"))


def _nodes(given: Explained, entry: Entry, facts: Facts) -> Iterator[Node]:
    match entry:
        case Award():
            yield from _outside(given, facts)
            yield from _award(given, entry, facts)
        case Pool():
            yield from _pool(given, entry, facts)
        case Fine():
            yield from _happening(given, entry.each, entry.when, facts)
            if entry.from_count > 1:
                yield Node(given.words("why-from-count", count=entry.from_count), "")
        case Manual():
            yield Node(
                given.words("why-not-entered", items=joined_parts(entry.items, given.language) or entry.label), ""
            )
        case Adjustment():
            yield from _unscored(given, facts)
            yield from _happening(given, entry.each, entry.when, facts)
        case Receivers():
            yield from _not_meant(given, entry)
            yield from _component(given, entry, facts)
        case Deduction():
            yield _counted(given, entry.quantity)
        case Indicator():
            yield from _off_the_card(given, entry)
            yield from _unscored(given, facts)


def _pool(given: Explained, entry: Pool, facts: Facts) -> Iterator[Node]:
    """Who takes no part, and what is not known that it is shared by."""
    yield from _outside(given, facts)
    if entry.split_by == "score":
        yield from _unscored(given, facts)
    elif entry.measure is not None:
        yield _counted(given, entry.measure)


def _not_meant(given: Explained, entry: Receivers) -> Iterator[Node]:
    """Why a component is not for somebody at all, or not on all days of a month that changes inside."""
    agent, spans = given.agent, spans_meant(given, entry)
    if spans is not None:
        parts = parts_of_month(agent, given.result.month)
        yield Node(given.words("why-only-days"), dates_said(parts[at] for at in spans))
    elif not is_meant(given.result.policy, entry, agent):
        about = joined_parts((agent.level, agent.post, agent.group), given.language)
        yield Node(given.words("why-not-meant"), about)
    elif not entry.on_probation:
        yield Node(given.words("why-not-on-probation"), "")


def _off_the_card(given: Explained, indicator: Indicator) -> Iterator[Node]:
    """That an indicator is not for somebody, and which card is."""
    own = card_of(given.result.policy, given.agent)
    if not own.has(indicator.id):
        yield Node(given.words("why-not-on-card"), own.label or UNKNOWN)


def _component(given: Explained, entry: Receivers, facts: Facts) -> Iterator[Node]:
    """What it would be paid for, with what was found; the condition that must hold; the score that multiplies."""
    if isinstance(entry, Performance) and entry.by != "attainment":
        yield from _unscored(given, facts)
    if isinstance(entry, Allowance) and entry.when is not None:
        yield from condition_nodes(given, entry.when, facts)
    if isinstance(entry, Commission | Piece) and (facts.value(given.agent.agent_id, entry.of) or 0) < 0:
        yield Node(given.words("why-below-zero"), "")
    if isinstance(entry, Draw):
        yield _earned(given, entry)
    own = entry.model_copy(update={"when": None}) if isinstance(entry, Allowance) else entry
    spans = spans_meant(given, entry)
    yield from (_counted(given, name, spans) for name in figures_named(own))


def _earned(given: Explained, entry: Draw) -> Node:
    """What the month earned of what is advanced: where it is enough, and nothing is owed, no line is needed."""
    lines = given.result.own(given.agent.agent_id).pay_lines
    cents = sum(line.amount_cents for line in lines if line.counts_as in entry.counts)
    kinds = joined_parts([given.words(f"sheet.pay-{kind}") for kind in entry.counts], given.language)
    note = given.words("why-nothing-owed")
    return Node(kinds, amount_text(cents), note=note)


def _outside(given: Explained, facts: Facts) -> Iterator[Node]:
    """Why somebody takes no part at all: a level that is not scored, or no regular day in the month."""
    agent, policy = given.agent, given.result.policy
    if agent.agent_id in facts.ranked:
        return
    scored = agent.agent_id in competing(policy, given.result.agents)
    yield Node(given.words("why-not-regular" if scored else "why-not-scored-level", level=agent.level), "")


def _unscored(given: Explained, facts: Facts) -> Iterator[Node]:
    if given.result.policy.score is None or facts.scores.get(given.agent.agent_id) is not None:
        return
    score = given.result.own(given.agent.agent_id).score
    status = given.words(f"status-{score.status}" if score is not None else "no-value")
    yield Node(given.words("explain-score"), status, SCORE, note=given.words("why-no-score"))


def _award(given: Explained, award: Award, facts: Facts) -> Iterator[Node]:
    if award.when is not None:
        yield from condition_nodes(given, award.when, facts)
    elif award.each is not None:
        yield from _happening(given, award.each, None, facts)
    elif award.first is not None:
        yield first_node(given, award.first, facts, max(1, len(award.top)))
        if award.ties == "none":
            yield Node(given.words("why-ties-none"), "")
    elif award.streak is not None:
        if award.streak.first is not None:
            yield first_node(given, SCORE, facts)
        if award.streak.measure is not None:
            yield from condition_nodes(given, _at_least_once(award.streak.measure), facts)
        length = given.streaks.get(award.id, 0)
        left = award.streak.every - length % award.streak.every
        notes = [given.words("why-streak", every=award.streak.every, left=left)]
        notes.append(marks_text(months_mark(given.gaps.get(award.id, ())), given.language))
        if award.id in given.ended:
            notes.append(given.words("why-streak-ended", month=given.ended[award.id]))
        note = clauses(filter(None, notes), given.language)
        yield Node(given.words("why-in-a-row"), given.words("why-months", count=length), note=note)


def _at_least_once(measure: str) -> Condition:
    return Condition.model_validate({"measure": measure, "at_least": 1})


def _happening(given: Explained, each: Happening | None, when: Condition | None, facts: Facts) -> Iterator[Node]:
    if each is not None:
        yield _counted(given, EVENT_PREFIX + each.event if each.event else each.measure or "")
    elif when is not None:
        yield from condition_nodes(given, when, facts)
        if met(given, when, facts):
            yield Node(given.words("why-decided"), "")


def _counted(given: Explained, name: str, spans: Sequence[int] | None = None) -> Node:
    """What would have to happen, and how often it did, in all of the month or in these parts of it."""
    figure = named_figures(given.result.policy).get(name)
    value = condition_facts(given).values.get(given.agent.agent_id, {}).get(name)
    node = measure_node(given, name, spans)
    on_days = given.on_days(name, spans) if spans is not None and value is not None else None
    value = on_days[0] if on_days else value
    label = figure.label if figure else name
    if value is None:
        shown, said = given.words("no-value"), missing_note(given, name)
    else:
        unit = figure.unit if figure else ""
        shown, said = given.in_unit(value, unit), "" if value > 0 else given.words("why-none-happened")
    children = node.children if node else ()
    rule = node.rule if node else ""
    return Node(
        label, shown, name, rule, joined_parts((said, node.note if node else ""), given.language), None, children
    )
