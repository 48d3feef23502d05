"""What ``csctl diff`` prints with ``--json``: one object with the schema number of ``run.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from csctl.cli.showing.show_policy import change_object
from csctl.core.between_months.records import AgentMoves, PersonChange
from csctl.money import from_cents
from csctl.problems import Problem
from csctl.reports.run_json import SCHEMA, problems_object
from csctl.workflow.comparing.months import Compared
from csctl.workflow.month.compute import Computed


def month_diff_object(compared: Compared | None, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """Both months and everything between them; figures are texts, amounts in currency units."""
    made: dict[str, Any] = {"schema": SCHEMA, "problems": problems_object(problems, language)}
    if compared is None:
        return made
    one = compared.between
    return {
        "schema": SCHEMA,
        "problems": problems_object([*problems, *compared.problems], language),
        "old": _month(compared.old, one.everybody[0], one.scored[0]),
        "new": _month(compared.new, one.everybody[1], one.scored[1]),
        "provisional": bool(compared.provisional),
        "same": one.same,
        "currency": one.currency or None,
        "pay": _cents(one.old_cents, one.new_cents),
        "people": [_person(person) for person in one.people],
        "agents": [_agent(agent) for agent in one.agents],
        "policy": [change_object(change) for change in one.policy],
    }


def _month(computed: Computed, people: int, scored: int) -> dict[str, Any]:
    policy = computed.result.policy
    return {
        "month": str(computed.month),
        "closed": computed.closed,
        "policy": {"id": policy.id, "version": policy.version},
        "people": people,
        "scored": scored,
    }


def _person(one: PersonChange) -> dict[str, Any]:
    return asdict(one) | {"day": one.day.isoformat() if one.day else None, "fields": [asdict(f) for f in one.fields]}


def _agent(one: AgentMoves) -> dict[str, Any]:
    return {
        "agent_id": one.agent_id,
        "name": one.name,
        "presence": one.presence,
        "score": {
            "old": None if one.old_score is None else str(one.old_score),
            "new": None if one.new_score is None else str(one.new_score),
            "difference": str(one.score_difference),
        },
        "grade": {"old": one.old_grade, "new": one.new_grade},
        "score_lines": [
            {
                "line": line.line, "label": line.label, "kind": line.kind, "old": str(line.old), "new": str(line.new),
                "difference": str(line.difference), "causes": [asdict(cause) for cause in line.causes],
            }
            for line in one.score_lines
        ],
        "pay": _cents(one.old_cents, one.new_cents),
        "pay_lines": [
            {
                "line": line.line, "label": line.label, "kind": line.kind, **_cents(line.old_cents, line.new_cents),
                "causes": [asdict(cause) for cause in line.causes],
            }
            for line in one.pay_lines
        ],
    }  # fmt: skip


def _cents(old: int, new: int) -> dict[str, str]:
    return {name: str(from_cents(cents)) for name, cents in (("old", old), ("new", new), ("difference", new - old))}
