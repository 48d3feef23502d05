"""Which forms a month needs: one for each rater, with a page for each agent that the rater is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from csctl.core.forms.asked import (
    appeal_blocks,
    career_blocks,
    inspection_blocks,
    interview_block,
    review_blocks,
    vote_blocks,
)
from csctl.core.forms.log import Notes, log_block
from csctl.core.forms.model import Block, Form, FormPage, Line, Role, blocks_with_lines
from csctl.core.forms.rated import Subject, rated_blocks
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.messages import say
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.words import fold

Figures = Mapping[str, Mapping[str, Decimal | None]]
"""Measured values by agent and measure."""


@dataclass(frozen=True, slots=True)
class FormInput:
    """What forms are made from. ``interview``: the performance sheet has a place for it.

    ``notes`` are the events of the month, for superiors; None if no file has any. ``panel`` and ``superiors`` are names
    of people besides the supervisors of the roster; each is asked about everybody. Where there is a panel, the steps of
    the ladder are its affair. ``voters``: only these vote, by default everybody; ``checkers``: these inspect and
    review, by default the superiors.
    """

    policy: Policy
    month: Month
    agents: Sequence[Agent]
    language: str
    values: Figures = field(default_factory=dict)
    notes: Notes | None = None
    interview: bool = False
    panel: Sequence[str] = ()
    superiors: Sequence[str] = ()
    voters: Sequence[str] = ()
    checkers: Sequence[str] = ()


def roles_of(given: FormInput) -> tuple[Role, ...]:
    """The roles that have a say in a score, and the panel if one is named. Votes, appeals, inspections and reviews
    have their forms when asked for."""
    shares = given.policy.score.raters if given.policy.score else {}
    asked: tuple[Role, ...] = ("self", "superior", "panel")
    wanted = {*shares, "superior", *(("panel",) if given.panel else ())}
    return tuple(role for role in asked if role in wanted and (role != "panel" or given.panel))


def forms_for(given: FormInput, roles: Sequence[Role]) -> list[Form]:
    """The forms of these roles, by role, then by rater. A page without a question is left out, and so is its form."""
    return [form for role in roles for form in _of_role(given, role) if form.pages]


def _of_role(given: FormInput, role: Role) -> list[Form]:
    if role in ("self", "appeal"):
        return [
            Form(role, agent.name, agent.agent_id, _pages(given, role, [agent], agent.name)) for agent in given.agents
        ]
    if role == "panel":
        return [Form(role, name, "", _pages(given, role, given.agents, name)) for name in dict.fromkeys(given.panel)]
    if role == "vote":
        return [_ballot(given, name) for name in dict.fromkeys(given.voters or [one.agent_id for one in given.agents])]
    if role in ("inspection", "quality") and given.checkers:
        return [Form(role, name, "", _pages(given, role, given.agents, name)) for name in dict.fromkeys(given.checkers)]
    forms = []
    for name in dict.fromkeys([*(supervisor_of(agent, given) for agent in given.agents), *given.superiors]):
        own = [one for one in given.agents if supervisor_of(one, given) == name or name in given.superiors]
        rater = _on_roster(name, given.agents)
        shown = rater.name if rater else name
        forms.append(Form(role, shown, rater.agent_id if rater else "", _pages(given, role, own, shown)))
    return forms


def _ballot(given: FormInput, name: str) -> Form:
    """Somebody's vote about everybody else."""
    voter = _on_roster(name, given.agents)
    shown, number = (voter.name, voter.agent_id) if voter else (name, "")
    others = [agent for agent in given.agents if agent.agent_id != number]
    return Form("vote", shown, number, _pages(given, "vote", others, shown))


def supervisor_of(agent: Agent, given: FormInput) -> str:
    """Whose form an agent stands on; where the roster names nobody, the team lead's."""
    return agent.supervisor or say("forms-team-lead", given.language)


def _on_roster(name: str, agents: Sequence[Agent]) -> Agent | None:
    """The one agent meant by a staff number or a name."""
    meant = [one for one in agents if fold(name) in (fold(one.agent_id), fold(one.name))]
    return meant[0] if len(meant) == 1 else None


def _pages(given: FormInput, role: Role, agents: Sequence[Agent], rater: str) -> tuple[FormPage, ...]:
    career = role == "panel" or not given.panel
    pages = [page_for(given, agent, role, rater, career=career) for agent in agents]
    return tuple(page for page in pages if any(line.allowed for block in page.blocks for line in block.lines))


def page_for(given: FormInput, agent: Agent, role: Role, rater: str = "", *, career: bool = True) -> FormPage:
    """All that a role is asked about an agent. Nothing is asked twice on one page."""
    policy = given.policy
    subject = Subject(agent, role, given.language, given.values.get(agent.agent_id, {}))
    blocks: list[Block] = []
    if role == "appeal":
        return FormPage(agent, role, tuple(appeal_blocks(policy, subject)))
    if role == "inspection":
        return FormPage(agent, role, blocks_with_lines(inspection_blocks(policy, subject)))
    if role == "quality":
        return FormPage(agent, role, blocks_with_lines(review_blocks(policy, subject)))
    if role == "vote":
        return FormPage(agent, role, blocks_with_lines(vote_blocks(policy, subject, given.month)))
    rated = role != "panel" or "panel" in (policy.score.raters if policy.score else {})
    if rated and policy.score and agent.agent_id in competing(policy, given.agents):
        blocks += rated_blocks(policy, subject)
    if role != "self" and career:
        blocks += career_blocks(policy, subject, given.month)
    if role == "superior" and given.notes is not None and blocks_with_lines(blocks):
        blocks.append(log_block(subject, given.notes))
    if role == "superior" and given.interview and blocks_with_lines(blocks):
        blocks.append(interview_block(subject, rater))
    return FormPage(agent, role, _once(blocks))


def _once(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Every item where it is asked first."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        lines: list[Line] = []
        for line in block.lines:
            if line.item not in seen:
                seen.add(line.item)
                lines.append(line)
        kept.append(replace(block, lines=tuple(lines)))
    return blocks_with_lines(kept)
