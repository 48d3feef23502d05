"""Explain one agent's month from a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from csctl.core.explaining.evidence import evidence
from csctl.core.explaining.explain import Explained, Node, explanation_tree, find_node, line_ids, own_line
from csctl.core.explaining.explain_measures import measure_called, measured_by_name
from csctl.core.explaining.why_not import askable, why_not
from csctl.core.paying.streaks import AwardStreaks, streaks_of
from csctl.core.people.called import agent_called
from csctl.core.people.employment import attendances, counting_of
from csctl.core.people.roster import competing
from csctl.core.people.span_rows import rows_by_stretch, span_key, stretches_of
from csctl.core.records.agent import Agent
from csctl.core.records.evidence import Evidence, first_rows
from csctl.core.records.lines import Measured, Score, as_records
from csctl.core.scoring.scores import values_by_agent
from csctl.messages import problem
from csctl.problems import Problem
from csctl.reports.html.explanation import explanation_html
from csctl.store.publish import publish
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.month.credited import own_rows

NEAR_LINES = 5
"""So many line ids like the one asked for are suggested."""


def explain_agent(
    asked: Asked, who: str, line: str | None, rows: int
) -> tuple[Node | None, Computed | None, list[Problem]]:
    """The tree of an agent (staff number or name), or one line of it by id or label; at most ``rows`` rows a figure.

    A line that the agent does not have, and the policy knows, is answered with why not.
    """
    computed, problems = compute(asked)
    if computed is None:
        return None, None, problems
    part, found = explained_part(computed, who, line, rows)
    return part, computed, found or problems


def explained_part(computed: Computed, who: str, line: str | None, rows: int) -> tuple[Node | None, list[Problem]]:
    """The same of a month that is computed already; problems only where there is nothing to show."""
    agent, found = agent_called(computed.result.agents, who, computed.month)
    if agent is None:
        return None, found
    given = _explained(computed, agent, rows)
    tree = explanation_tree(given)
    if line is None:
        return tree, []
    # What somebody was not paid comes before a measure of the same name further down.
    part = own_line(tree, line) or why_not(given, line) or find_node(tree, line) or measure_called(given, line)
    if part is not None:
        return part, []
    measured = measured_by_name(computed.result, agent.agent_id)
    known = list(dict.fromkeys([*line_ids(tree), *askable(computed.result.policy), *measured]))
    near = get_close_matches(line, known, n=NEAR_LINES, cutoff=0.6)
    return None, [problem("line-not-found", found=line, known=", ".join(near or known))]


def save_explanation(node: Node, computed: Computed, workbook: Path | None, page: Path | None) -> list[Problem]:
    """Write the tree as a workbook, as a page, or both; what stood in the way, if anything."""
    config, problems = computed.workspace.config, []
    if workbook is not None:
        # Only who asks for a workbook waits for what writes one.
        from csctl.sheets.explain_book import explain_book

        content = explain_book(node, computed.month, config.language)
        problems += publish(workbook.parent, {workbook.name: content})
    if page is not None:
        content = explanation_html(node, f"{config.name} · {computed.month}", config.language)
        problems += publish(page.parent, {page.name: content})
    return problems


def explanation(computed: Computed, agent: Agent, rows: int) -> Node:
    """The whole tree of one agent of a computed month."""
    return explanation_tree(_explained(computed, agent, rows))


def own_explanation(computed: Computed, agent: Agent, rows: int) -> Node:
    """The same, to be handed out: who rated stays out of what is given to the one who was rated."""
    ratings = [replace(one, rater="") for one in computed.given.ratings]
    return explanation(replace(computed, given=replace(computed.given, ratings=ratings)), agent, rows)


def _explained(computed: Computed, agent: Agent, rows: int) -> Explained:
    tables = own_rows(computed)

    def rows_behind(measure: str) -> list[Evidence]:
        known = computed.given.evidence.get((agent.agent_id, measure))
        if known is not None:
            return [first_rows(one, rows) for one in known]
        return evidence(computed.result.policy, measure, tables, agent.agent_id, computed.month, rows)

    def on_days(measure: str, spans: Sequence[int]) -> tuple[Decimal, list[Evidence]] | None:
        values = computed.given.by_span.get((agent.agent_id, measure))
        if values is None:
            return None
        keys = {span_key(agent.agent_id, number) for number in spans}
        kept = [one for one in stretches_of([agent], computed.month) if one.key in keys]
        own = rows_by_stretch(tables, [replace(one, key=agent.agent_id) for one in kept], computed.month, ()).tables
        told = [one for key in sorted(keys) for one in computed.given.evidence.get((key, measure), ())]
        found = [first_rows(one, rows) for one in told]
        found = found or evidence(computed.result.policy, measure, own, agent.agent_id, computed.month, rows)
        return sum((values[number] or Decimal(0) for number in spans), Decimal(0)), found

    streaks = _streaks(computed)
    return Explained(
        computed.result,
        agent,
        computed.given.ratings,
        rows_behind,
        computed.workspace.config.language,
        _regulars(computed),
        {award: own.get(agent.agent_id, 0) for award, own in streaks.lengths.items()},
        {award: own.get(agent.agent_id, ()) for award, own in streaks.missing.items()},
        {award: own[agent.agent_id] for award, own in streaks.ended.items() if agent.agent_id in own},
        _headers(computed),
        on_days,
    )


def _headers(computed: Computed) -> dict[tuple[str, str, str], str]:
    """What the files call their columns; a column that is made of several is called by all of them."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for part in computed.own:
        for one in part.reading.columns:
            found.setdefault((part.file, one.sheet, one.column), []).append(one.header)
    return {key: " + ".join(dict.fromkeys(filter(None, headers))) for key, headers in found.items()}


def _regulars(computed: Computed) -> frozenset[str] | None:
    """Who could win an award: who competes and has a regular day; None where no calendar tells."""
    given = computed.given
    if given.policy.pay is None or not given.calendar.knows(given.month):
        return None
    counting = counting_of(given.policy, given.month, given.calendar)
    days = attendances(given.agents, given.month, given.policy.pay.probation, counting)
    return frozenset(agent for agent in competing(given.policy, given.agents) if days[agent].regular)


def _streaks(computed: Computed) -> AwardStreaks:
    """Months in a row, by award and agent."""
    given, result = computed.given, computed.result
    if given.policy.pay is None:
        return AwardStreaks()
    values = values_by_agent(as_records(result.measures, Measured))
    scores = as_records(result.scores, Score)
    return streaks_of(given.policy.pay, given.past, given.month, scores, values, given.agents)
