"""Explain one agent's month from a workspace."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from csctl.core.explaining.explain import Explained, Node, explain, find, line_ids, own_line
from csctl.core.explaining.why_not import askable, why_not
from csctl.core.lines import Measured, Score, as_records
from csctl.core.measuring.evidence import Evidence, evidence, first_rows
from csctl.core.paying.streaks import streaks_of
from csctl.core.people.called import agent_called
from csctl.core.people.employment import attendances, counting_of
from csctl.core.people.identity import Identity, build_identity
from csctl.core.people.roster import competing, people
from csctl.core.prepare import credited_tables, undated_files
from csctl.core.result import Agent
from csctl.core.scoring.scores import values_by_agent
from csctl.messages import problem
from csctl.problems import Problem
from csctl.reports.html.explanation import explanation_html
from csctl.sheets.explain_book import explain_book
from csctl.store.publish import publish
from csctl.workflow.compute import Asked, Computed, compute

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
    agent, found = agent_called(computed.result.agents, who, computed.month)
    if agent is None:
        return None, computed, found
    given = _explained(computed, agent, rows)
    tree = explain(given)
    if line is None:
        return tree, computed, problems
    # What somebody was not paid comes before a measure of the same name further down.
    part = own_line(tree, line) or why_not(given, line) or find(tree, line)
    if part is None:
        known = list(dict.fromkeys([*line_ids(tree), *askable(computed.result.policy)]))
        near = get_close_matches(line, known, n=NEAR_LINES, cutoff=0.6)
        return None, computed, [problem("line-not-found", found=line, known=", ".join(near or known))]
    return part, computed, problems


def save_explanation(node: Node, computed: Computed, workbook: Path | None, page: Path | None) -> list[Problem]:
    """Write the tree as a workbook, as a page, or both; what stood in the way, if anything."""
    config, problems = computed.workspace.config, []
    if workbook is not None:
        content = explain_book(node, computed.month, config.language)
        problems += publish(workbook.parent, {workbook.name: content})
    if page is not None:
        content = explanation_html(node, f"{config.name} · {computed.month}", config.language)
        problems += publish(page.parent, {page.name: content})
    return problems


def explanation(computed: Computed, agent: Agent, rows: int) -> Node:
    """The whole tree of one agent of a computed month."""
    return explain(_explained(computed, agent, rows))


def _explained(computed: Computed, agent: Agent, rows: int) -> Explained:
    identity = identity_of(computed)
    tables = credited_tables(computed.result.policy, computed.frames, identity, undated_files(computed.result.coverage))

    def rows_behind(measure: str) -> list[Evidence]:
        known = computed.given.evidence.get((agent.agent_id, measure))
        if known is not None:
            return [first_rows(one, rows) for one in known]
        return evidence(computed.result.policy, measure, tables, agent.agent_id, computed.month, rows)

    language = computed.workspace.config.language
    ratings = computed.given.ratings
    return Explained(
        computed.result, agent, ratings, rows_behind, language, _regulars(computed), _streaks(computed, agent)
    )


def _regulars(computed: Computed) -> frozenset[str] | None:
    """Who could win an award: who competes and has a regular day; None where no calendar tells."""
    given = computed.given
    if given.policy.pay is None or not given.calendar.knows(given.month):
        return None
    counting = counting_of(given.policy, given.month, given.calendar)
    days = attendances(given.agents, given.month, given.policy.pay.probation, counting)
    return frozenset(agent for agent in competing(given.policy, given.agents) if days[agent].regular)


def _streaks(computed: Computed, agent: Agent) -> dict[str, int]:
    """The agent's months in a row, by award."""
    given, result = computed.given, computed.result
    if given.policy.pay is None:
        return {}
    values = values_by_agent(as_records(result.measures, Measured))
    lengths = streaks_of(given.policy.pay, given.past, given.month, as_records(result.scores, Score), values)
    return {award: own.get(agent.agent_id, 0) for award, own in lengths.items()}


def identity_of(computed: Computed) -> Identity:
    """Who is called what in the month's exports."""
    roster = computed.material.roster(computed.month)
    return build_identity(people(roster), computed.material.config.aliases)[0]
