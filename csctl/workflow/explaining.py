"""Explain one agent's month from a workspace."""

from __future__ import annotations

from pathlib import Path

from csctl.core.explaining.explain import Explained, Node, explain, find, line_ids
from csctl.core.measuring.evidence import Evidence, evidence, first_rows
from csctl.core.people.identity import Identity, build_identity, fold
from csctl.core.people.roster import people
from csctl.core.prepare import credited_tables
from csctl.core.result import Agent
from csctl.problems import Problem, error
from csctl.sheets.explain_book import explain_book
from csctl.store.canonical import read_rows
from csctl.store.publish import publish
from csctl.workflow.compute import Asked, Computed, compute


def explain_agent(
    asked: Asked, who: str, line: str | None, rows: int
) -> tuple[Node | None, Computed | None, list[Problem]]:
    """The tree of an agent (staff number or name), or the part of it with a line id; at most ``rows`` rows a figure."""
    computed, problems = compute(asked)
    if computed is None:
        return None, None, problems
    agent, found = _find_agent(computed, who)
    if agent is None:
        return None, computed, found
    tree = _tree(computed, agent, rows)
    if line is None:
        return tree, computed, problems
    part = find(tree, line)
    if part is None:
        known = ", ".join(dict.fromkeys(line_ids(tree)))
        return None, computed, [error("line-not-found", found=line, known=known)]
    return part, computed, problems


def save_explanation(node: Node, computed: Computed, file: Path) -> list[Problem]:
    """Write the tree as a workbook; what stood in the way, if anything."""
    content = explain_book(node, computed.month, computed.workspace.config.language)
    return publish(file.parent, {file.name: content})


def _find_agent(computed: Computed, who: str) -> tuple[Agent | None, list[Problem]]:
    agents = computed.result.agents
    by_id = [agent for agent in agents if fold(agent.agent_id) == fold(who)]
    found = by_id or [agent for agent in agents if fold(agent.name) == fold(who)]
    if len(found) == 1:
        return found[0], []
    if found:
        return None, [error("agent-not-unique", found=who, known="、".join(agent.agent_id for agent in found))]
    known = "、".join(f"{agent.agent_id} {agent.name}" for agent in agents)
    return None, [error("agent-not-found", found=who, month=computed.month, known=known)]


def _tree(computed: Computed, agent: Agent, rows: int) -> Node:
    identity = _identity(computed)
    tables = credited_tables(computed.result.policy, computed.frames, identity)

    def rows_behind(measure: str) -> list[Evidence]:
        known = computed.given.evidence.get((agent.agent_id, measure))
        if known is not None:
            return [first_rows(one, rows) for one in known]
        return evidence(computed.result.policy, measure, tables, agent.agent_id, computed.month, rows)

    given = Explained(computed.result, agent, computed.given.ratings, rows_behind, computed.workspace.config.language)
    return explain(given)


def _identity(computed: Computed) -> Identity:
    entries = [one.entry for one in computed.brought if one.entry and one.wanted.source.table == "roster"]
    return build_identity(people(read_rows(entries)), computed.workspace.config.aliases)[0]
