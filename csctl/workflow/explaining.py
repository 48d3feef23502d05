"""Explain one agent's month from a workspace."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from csctl.core.explaining.explain import Explained, Node, explain, find, line_ids
from csctl.core.measuring.evidence import Evidence, evidence, first_rows
from csctl.core.people.called import agent_called
from csctl.core.people.identity import Identity, build_identity
from csctl.core.people.roster import people
from csctl.core.prepare import credited_tables, undated_files
from csctl.core.result import Agent
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
    """The tree of an agent (staff number or name), or the part of it with a line id; at most ``rows`` rows a figure."""
    computed, problems = compute(asked)
    if computed is None:
        return None, None, problems
    agent, found = agent_called(computed.result.agents, who, computed.month)
    if agent is None:
        return None, computed, found
    tree = explanation(computed, agent, rows)
    if line is None:
        return tree, computed, problems
    part = find(tree, line)
    if part is None:
        known = list(dict.fromkeys(line_ids(tree)))
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
    identity = identity_of(computed)
    tables = credited_tables(computed.result.policy, computed.frames, identity, undated_files(computed.result.coverage))

    def rows_behind(measure: str) -> list[Evidence]:
        known = computed.given.evidence.get((agent.agent_id, measure))
        if known is not None:
            return [first_rows(one, rows) for one in known]
        return evidence(computed.result.policy, measure, tables, agent.agent_id, computed.month, rows)

    given = Explained(computed.result, agent, computed.given.ratings, rows_behind, computed.workspace.config.language)
    return explain(given)


def identity_of(computed: Computed) -> Identity:
    """Who is called what in the month's exports."""
    roster = computed.material.roster(computed.month)
    return build_identity(people(roster), computed.material.config.aliases)[0]
