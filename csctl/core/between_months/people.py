"""Who came, who left, and of whom the roster says something else."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.core.between_months.records import FieldChange, PersonChange
from csctl.core.closing.comparing import staff_of_month
from csctl.core.closing.differences import field_text
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy

FIELDS = ("name", "level", "post", "group", "supervisor", "contract", "region", "base_pay", "fte")
"""What the roster says of somebody beside the days: what changes first when people are moved stands first."""


def people_between(old: MonthResult, new: MonthResult) -> list[PersonChange]:
    """By kind, then by id. Who is in a month for a late correction alone neither comes nor leaves."""
    before, after = staff_of_month(old), staff_of_month(new)
    came = [_came(after[key]) for key in sorted(after.keys() - before.keys())]
    went = [_went(before[key]) for key in sorted(before.keys() - after.keys())]
    both = sorted(before.keys() & after.keys())
    changed = [_changed(before[key], after[key], (old.policy, new.policy)) for key in both]
    return [*came, *went, *(one for one in changed if one.fields)]


def _came(agent: Agent) -> PersonChange:
    return PersonChange(agent.agent_id, agent.name, "joined", agent.hired_on)


def _went(agent: Agent) -> PersonChange:
    """The last day, where the roster of the month that somebody was last in says it already."""
    return PersonChange(agent.agent_id, agent.name, "left", agent.left_on)


def _changed(old: Agent, new: Agent, policies: tuple[Policy, Policy]) -> PersonChange:
    sides = [_said(agent, policy) for agent, policy in zip((old, new), policies, strict=True)]
    found = [FieldChange(name, sides[0][name], sides[1][name]) for name in FIELDS if sides[0][name] != sides[1][name]]
    return PersonChange(new.agent_id, new.name, "changed", None, tuple(found))


def _said(agent: Agent, policy: Policy) -> Mapping[str, str]:
    """Field by field as people read it: a level by its label."""
    said = {name: "" if getattr(agent, name) is None else field_text(getattr(agent, name)) for name in FIELDS}
    rung = policy.job_level(agent.level)
    return said | {"level": (rung.label or rung.id) if rung else agent.level}
