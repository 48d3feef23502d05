"""The month as data for other programs: one JSON object with a stable schema.

Amounts are strings with two places, scores strings as shown, so that no reader turns them into binary floats.
Nothing in it depends on when or where it was made: the same inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from csctl.core.records.advice import Advice, advice_remedy, advice_text, article_text
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import place_text, problem_fix, problem_found, problem_text
from csctl.messages.grammar import listed_text
from csctl.money import from_cents
from csctl.problems import Problem, Severity, errors_and_warnings, in_order
from csctl.reports.checks_view import findings_object, listings_object
from csctl.reports.fates_view import fate_object

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys may come any time."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One export of the month: name, content hash, canonical table, rows taken and left out."""

    file: str
    sha256: str
    table: str
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ScoreboardRow:
    """One agent on the scoreboard. ``pay_cents`` is None where the policy has no pay; ``pay_marked``: a line of it
    rests on something inferred or incomplete.
    """

    agent: Agent
    score: Score
    pay_cents: int | None
    pay_marked: bool = False

    @property
    def marked(self) -> bool:
        """Whether a figure of the row has a mark."""
        return bool(self.score.marks) or self.pay_marked


def scoreboard(result: MonthResult) -> list[ScoreboardRow]:
    """All agents, best first; those without a score last, by id."""
    scores = {one.agent_id: one for one in as_records(result.scores, Score)}
    paid: Counter[str] = Counter()
    for line in as_records(result.pay_lines, PayLine):
        paid[line.agent_id] += line.amount_cents
    has_pay = result.policy.pay is not None
    marked = {line.agent_id for line in as_records(result.pay_lines, PayLine) if line.marks}
    rows = [
        ScoreboardRow(
            agent, scores[agent.agent_id], paid[agent.agent_id] if has_pay else None, agent.agent_id in marked
        )
        for agent in result.agents
        if agent.agent_id in scores
    ]
    return sorted(rows, key=lambda row: (row.score.rank is None, row.score.rank or 0, row.agent.agent_id))


def run_object(
    result: MonthResult,
    inputs: Sequence[InputFile],
    problems: Iterable[Problem],
    files: Sequence[str],
    about: Mapping[str, str],
    closed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole object. ``about`` names program version, workspace, policy fingerprint and language.

    ``closed`` says of a closed month when (``at``), ``by`` whom and by which link of the ledger's ``chain``.
    """
    language = about["language"]
    return {
        "schema": SCHEMA,
        "csctl": about["version"],
        "workspace": about["workspace"],
        "month": str(result.month),
        "currency": result.policy.pay.currency if result.policy.pay else None,
        "closed": dict(closed) if closed else None,
        "policy": _policy(result, about["fingerprint"]),
        "inputs": [record_object(one) for one in inputs],
        "coverage": [fate_object(one) for one in result.coverage],
        "scoreboard": [_scoreboard_row(row) for row in scoreboard(result)],
        "measures": [record_object(one) for one in as_records(result.measures, Measured)],
        "score_lines": [record_object(line) for line in as_records(result.score_lines, ScoreLine)],
        "pay_lines": [record_object(line) for line in as_records(result.pay_lines, PayLine)],
        "pools": [record_object(pool) for pool in result.pools],
        "assumptions": [one.model_dump() for one in result.policy.assumption],
        "law": [law_object(one, language) for one in result.advice],
        "findings": findings_object(result),
        "listings": listings_object(result),
        "problems": problems_object(problems, language),
        "files": sorted(files),
    }


def json_bytes(value: object) -> bytes:
    """UTF-8 JSON, readable, keys in the order given, with a final newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def problems_object(problems: Iterable[Problem], language: str) -> dict[str, Any]:
    """Counts by severity, and every error and warning with place, words and remedy."""
    ordered = in_order(problems)
    counts = Counter(problem.severity for problem in ordered)
    return {
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
        "list": [problem_object(problem, language) for problem in errors_and_warnings(ordered)],
    }


def problem_object(problem: Problem, language: str) -> dict[str, Any]:
    """One problem as data."""
    place = problem.place
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "found": problem_found(problem, language),
        "where": place_text(problem, language),
        "text": problem_text(problem, language),
        "fix": problem_fix(problem, language),
    }


def law_object(advice: Advice, language: str) -> dict[str, Any]:
    """One hint of the law checks as data."""
    return {
        "check": advice.check,
        "code": advice.code,
        "agent_id": advice.agent_id,
        "article": article_text(advice, language),
        "amount": _yuan(advice.amount_cents),
        "found": listed_text(advice.found, language),
        "limit": advice.limit,
        "rule": listed_text(advice.rule, language),
        "text": advice_text(advice, language),
        "fix": advice_remedy(advice, language),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _yuan(cents: int | None) -> str | None:
    return None if cents is None else str(from_cents(cents))


def _policy(result: MonthResult, fingerprint: str) -> dict[str, str]:
    policy = result.policy
    return {
        "id": policy.id,
        "label": policy.label,
        "version": policy.version,
        "state": policy.state,
        "fingerprint": fingerprint,
    }


def _scoreboard_row(row: ScoreboardRow) -> dict[str, Any]:
    agent, score = row.agent, row.score
    return {
        "rank": score.rank,
        "agent_id": agent.agent_id,
        "name": agent.name,
        "group": agent.group,
        "level": agent.level,
        "status": score.status,
        "self_total": _text(score.self_total),
        "superior_total": _text(score.superior_total),
        "adjustments": _text(score.adjustment_total),
        "score": _text(score.score),
        "grade": score.grade,
        "grade_by_score": score.grade_by_score,
        "card": score.card,
        "coefficient": _text(score.coefficient),
        "passed": score.passed,
        "marks": list(score.marks),
        "pay": _yuan(row.pay_cents),
    }


def record_object(record: Any) -> dict[str, Any]:
    """A record of the long tables, field by field: exact numbers as texts, ``amount_cents`` as ``amount`` in yuan."""
    return {
        _KEYS.get(field.name, field.name): _plain(field.name, getattr(record, field.name)) for field in fields(record)
    }


_KEYS = {
    "band": "level", "amount_cents": "amount", "from_cents": "from", "to_cents": "to", "base_cents": "base",
    "commission_cents": "commission", "pool_cents": "amount", "brought_cents": "brought", "carried_cents": "carried",
}  # fmt: skip


def _plain(name: str, value: Any) -> Any:
    if name.endswith("_cents"):
        return _yuan(value)
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else record_object(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
