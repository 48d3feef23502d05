"""People without a row in a table that rules look at: nobody is paid for what the files do not tell, and it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from csctl.core.frames.frame import Frame
from csctl.core.measuring.presence import people_by_table
from csctl.core.measuring.terms import window_months
from csctl.core.people.called import people_named
from csctl.core.people.cards import cards_of, judged_by
from csctl.core.people.peers import by_peers
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.core.records.marks import MISSING, Marks
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, Term
from csctl.policy.walk import uses
from csctl.policy.working_time import ATTENDANCE_MEASURES, ATTENDANCE_PREFIX
from csctl.problems import Problem
from csctl.tables import TABLES, Kind, NoRow, Stated


def holes_said(
    policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month, away: Collection[str] = ()
) -> list[Problem]:
    """A warning for each table that measures look at in which people lack rows who should have some.

    ``tables`` are credited; ``away`` are people on leave on every day of the month, of whom no row is due. Of a table
    of presence everybody should; of one of activity whoever is scored and of a group and post of which most others
    have some. Where some have and most have not, it is said how few. A table of either without any row of the month is
    named itself.
    """
    due = [one for one in agents if one.agent_id not in away]
    used = sorted(tables_measured(policy) & tables.keys())
    kinds = _kinds(policy, used)
    there = people_by_table({name: tables[name] for name in used if kinds[name] is not NoRow.HAPPENING}, month)
    found: list[Problem] = []
    idle: dict[tuple[tuple[Agent, ...], str], list[str]] = {}
    scored = competing(policy, agents)
    empty = [table for table, having in there.items() if due and not any(one.agent_id in having for one in due)]
    for code, kind in (("table-without-rows", NoRow.PRESENCE), ("table-without-work", NoRow.ACTIVITY)):
        if named := [table for table in empty if kinds[table] is kind]:
            found.append(problem(code, found=named, month=month))
    for table, having in there.items():
        if table in empty:
            continue
        if kinds[table] is NoRow.PRESENCE:
            found += _absent_from(table, having, due, month)
            continue
        own = [one for one in due if one.agent_id in scored]
        if lacking := _idle(having, own):
            idle.setdefault((lacking, _without("people", table)), []).append(table)
        idle_here = {one.agent_id for one in lacking}
        found += _few_have(table, having, [one for one in own if one.agent_id not in idle_here], month)
    return found + [
        problem(code, found=people_named(who), table=names, month=month) for (who, code), names in idle.items()
    ]


def figures_untold(
    policy: Policy, tables: Mapping[str, Frame], agents: Iterable[Agent], month: Month, away: Collection[str] = ()
) -> dict[tuple[str, str], Marks]:
    """The marks of the figures, by agent and full name, that are missing because a table of presence has no row of
    the agent, who is not ``away``.
    """
    named = {name: {term.table for _, term in uses(measure, Term)} for name, measure in policy.measure.items()}
    if policy.working_time:
        named |= {ATTENDANCE_PREFIX + name: {"attendance"} for name in ATTENDANCE_MEASURES}
    asked = {table for own in named.values() for table in own if TABLES[table].no_row is NoRow.PRESENCE}
    there = people_by_table({name: tables[name] for name in asked & tables.keys()}, month)
    return {
        (one.agent_id, name): (MISSING,)
        for one in agents
        if one.agent_id not in away
        for name, own in named.items()
        if any(table in there and one.agent_id not in there[table] for table in own)
    }


def figures_lacking(
    policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], measured: Iterable[Measured], month: Month
) -> list[Problem]:
    """A warning for the scored items whose figure somebody lacks for want of any row in a table that all of them come
    into together: an exam that nobody wrote down. ``tables`` are credited.

    Only whoever was here for all of the month could have taken part.
    """
    values: dict[str, set[str]] = {}
    for one in measured:
        values.setdefault(one.measure, set()).update([one.agent_id] if one.value is not None else [])
    scored = competing(policy, agents)
    own = [one for one in agents if one.agent_id in scored and _all_month(one, month)]
    idle: dict[tuple[tuple[Agent, ...], str], list[str]] = {}
    cards = cards_of(policy, own)
    for indicator in (one for dimension in policy.dimension for one in dimension.indicator):
        terms = _terms_together(policy.measure.get(indicator.measure or ""), tables)
        there = _in_windows(tables, terms, month)
        meant = judged_by(cards, own, indicator.id)
        lacking = _idle(values.get(indicator.measure or "", set()), meant) if terms else ()
        if who := tuple(one for one in lacking if one.agent_id not in there):
            idle.setdefault((who, terms[0].table), []).append(indicator.label)
    return [
        problem("people-without-figure", found=people_named(who), table=table, items=labels, month=month)
        for (who, table), labels in idle.items()
    ]


def _all_month(agent: Agent, month: Month) -> bool:
    came = agent.hired_on is None or agent.hired_on <= month.first
    return came and (agent.left_on is None or agent.left_on > month.last)


def _terms_together(measure: Measure | None, tables: Mapping[str, Frame]) -> list[Term]:
    """The terms of a measure that looks at nothing else than such tables."""
    terms = [term for _, term in uses(measure, Term)] if measure else []
    return terms if all(term.table in tables and TABLES[term.table].together for term in terms) else []


def _in_windows(tables: Mapping[str, Frame], terms: Iterable[Term], month: Month) -> set[str]:
    """Who has a row of any of the months that the terms look at."""
    found: set[str] = set()
    for term in terms:
        for text in window_months(term, month):
            of_month = Month.parse(text)
            found |= people_by_table({term.table: tables[term.table]}, of_month)[term.table] if of_month else set()
    return found


def untold(policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month) -> frozenset[str]:
    """The agents of whom no table tells anything but leave, where one of presence tells of others."""
    there = people_by_table({name: frame for name, frame in tables.items() if name != "leave"}, month)
    ids = {agent.agent_id for agent in agents}
    asked = [name for name in tables_measured(policy) & there.keys() if TABLES[name].no_row is NoRow.PRESENCE]
    return frozenset(ids.difference(*there.values())) if any(there[name] & ids for name in asked) else frozenset()


def _kinds(policy: Policy, tables: Iterable[str]) -> dict[str, NoRow]:
    """What no row means in each table. What people sold is work where an award goes to whoever sold most."""
    first = {award.first for award in policy.pay.award if award.first} if policy.pay else set()
    contests = [measure for name, measure in policy.measure.items() if name in first]
    sold = {
        term.table
        for measure in contests
        for _, term in uses(measure, Term)
        if term.sum and (column := TABLES[term.table].measurable(term.sum)) and column.kind is Kind.MONEY
    }
    kinds = {name: TABLES[name].no_row for name in tables}
    return {name: NoRow.ACTIVITY if kind is NoRow.HAPPENING and name in sold else kind for name, kind in kinds.items()}


def tables_measured(policy: Policy) -> set[str]:
    """The tables of the measures; attendance too where working time has rules."""
    tables = {term.table for _, term in uses(policy, Term)}
    return tables | ({"attendance"} if policy.working_time else set())


def idle_people(
    policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month, away: Collection[str] = ()
) -> dict[str, frozenset[str]]:
    """By table that measures look at, those of whom ``holes_said`` says that they have no row in it."""
    own = [one for one in agents if one.agent_id not in away]
    used = sorted(tables_measured(policy) & tables.keys())
    kinds = _kinds(policy, used)
    there = people_by_table({name: tables[name] for name in used if kinds[name] is not NoRow.HAPPENING}, month)
    scored = competing(policy, agents)
    found: dict[str, frozenset[str]] = {}
    for table, having in there.items():
        ranked = own if kinds[table] is NoRow.PRESENCE else [one for one in own if one.agent_id in scored]
        teams = [team for team in by_peers(ranked) if any(one.agent_id in having for one in team)]
        lacking = frozenset(one.agent_id for team in teams for one in team) - set(having)
        if lacking:
            found[table] = lacking
    return found


def empty_said(policy: Policy, sources: Collection[str]) -> set[str]:
    """Of the tables that have a source, those of which ``holes_said`` says itself that nobody has a row."""
    used = tables_measured(policy) & set(sources)
    return {table for table, kind in _kinds(policy, used).items() if kind is not NoRow.HAPPENING}


def _without(who: str, table: str) -> str:
    """What is said of people without rows: of work there is none then, of figures nobody knows."""
    each = TABLES[table].stated is Stated.EACH
    codes = {"people": ("people-without-work", "people-without-figures"), "few": ("few-with-work", "few-with-figures")}
    return codes[who][each]


def _absent_from(table: str, having: Collection[str], agents: Sequence[Agent], month: Month) -> list[Problem]:
    lacking = [one for one in agents if one.agent_id not in having]
    return [problem("people-without-rows", found=people_named(lacking), table=table, month=month)] if lacking else []


def _idle(having: Collection[str], agents: Sequence[Agent]) -> tuple[Agent, ...]:
    """Those of the scored agents who have no row where most others of their group and post have."""
    lacking: set[str] = set()
    for team in by_peers(agents):
        idle = [one.agent_id for one in team if one.agent_id not in having]
        if (len(team) - len(idle)) * 2 > len(team) - 1:
            lacking.update(idle)
    return tuple(one for one in agents if one.agent_id in lacking)


def _few_have(table: str, having: Collection[str], agents: Sequence[Agent], month: Month) -> list[Problem]:
    """Of groups and posts in which somebody has rows and at least half have none, who has none."""
    lacking = [
        one
        for cell in by_peers(agents)
        if any(other.agent_id in having for other in cell)
        for one in cell
        if one.agent_id not in having
    ]
    count = sum(one.agent_id in having for one in agents)
    return (
        [problem(_without("few", table), found=people_named(lacking), table=table, count=count, month=month)]
        if lacking
        else []
    )
