"""What the ledger's commands print with ``--json``: one object each, with the schema number of ``run.json``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from csctl.core.closing.sign_off import SignOff, topic_title
from csctl.core.deciding.appeals import Appeal
from csctl.core.deciding.items import Item, may_write
from csctl.core.records.agent import Agent
from csctl.core.simulating.next_level import NextStep
from csctl.money import from_cents
from csctl.problems import Problem
from csctl.reports.fates_view import fate_object
from csctl.reports.run_json import SCHEMA, problem_object, problems_object, record_object
from csctl.workflow.appeals.appealing import Appealing, AppealMoved
from csctl.workflow.closing.correcting import Correcting
from csctl.workflow.closing.one_month import Closing
from csctl.workflow.closing.several_months import ClosingThrough, SignedPage
from csctl.workflow.ledger.closed import Books
from csctl.workflow.ledger.verifying import Verified
from csctl.workflow.simulating.what_if import Simulated


def closing_object(closing: Closing, page: SignOff | None, language: str) -> dict[str, Any]:
    """What closing came to, with the sign-off page if there was one to look at."""
    computed = closing.computed
    return {
        "schema": SCHEMA,
        "state": closing.state,
        "month": str(computed.month) if computed else None,
        "head": computed.books.head if computed else None,
        "sign_off": sign_off_object(page, language) if page else None,
        "differences": [asdict(one) for one in closing.differences],
        "problems": problems_object(closing.problems, language),
        "files": sorted(closing.written),
    }


def closing_through_object(made: ClosingThrough, pages: Sequence[SignedPage], language: str) -> dict[str, Any]:
    """What closing several months came to: each with its page, and where it stopped."""
    signed = {one.month: one.page for one in pages}
    months = [one.computed.month if one.computed else None for one in made.closings]
    return {
        "schema": SCHEMA,
        "months": [
            closing_object(one, signed.get(month) if month else None, language)
            for month, one in zip(months, made.closings, strict=True)
        ],
        "stopped_at": str(made.stopped_at) if made.stopped_at else None,
        "problems": problems_object(made.problems, language),
    }


def sign_off_object(page: SignOff, language: str) -> dict[str, Any]:
    """The page as data: topic by topic."""
    return {
        "month": str(page.month),
        "previous": str(page.previous) if page.previous else None,
        "topics": [
            {
                "topic": topic.name,
                "title": topic_title(topic, language),
                "lines": [problem_object(line, language) for line in topic.lines],
            }
            for topic in page.topics
        ],
        "coverage": [fate_object(one) for one in page.coverage],
    }


def history_object(books: Books | None, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """Every entry of the ledger, oldest first."""
    entries = books.ledger.entries if books and books.ledger else ()
    return {
        "schema": SCHEMA,
        "head": books.head if books else None,
        "months": [
            {
                "month": str(month),
                "closed_at": books.closed_at[month],
                "by": seal.by,
                "program": seal.basis.program,
                "policy_fingerprint": seal.basis.fingerprint,
                "agents": seal.agents,
                "scored": seal.scored,
                "pay": str(from_cents(seal.pay_cents)),
                "inputs": len(seal.basis.inputs),
            }
            for month, seal in sorted(books.seals.items())
        ]
        if books
        else [],
        "entries": [
            {"number": one.number, "kind": one.kind, "month": one.month, "at": one.at, "chain": one.chain}
            for one in entries
        ],
        "problems": problems_object(problems, language),
    }


def verified_object(found: Verified, language: str) -> dict[str, Any]:
    """Every closed month with what differs."""
    return {
        "schema": SCHEMA,
        "sound": found.sound,
        "head": found.head,
        "months": [
            {
                "month": str(one.month),
                "closed_at": one.closed_at,
                "program": one.program,
                "files": [problem_object(problem, language) for problem in one.files],
                "recomputed": one.differences is not None or one.otherwise is not None,
                "differences": [asdict(difference) for difference in one.differences or ()],
                "otherwise": [asdict(difference) for difference in one.otherwise or ()],
            }
            for one in found.months
        ],
        "problems": problems_object(found.problems, language),
    }


def correcting_object(found: Correcting, language: str) -> dict[str, Any]:
    """What changes in closed months, and what was booked."""
    return {
        "schema": SCHEMA,
        "state": found.state,
        "into": str(found.into) if found.into else None,
        "months": [
            {"month": str(one.new.month), "differences": [asdict(difference) for difference in one.differences]}
            for one in found.months
        ],
        "deltas": [_delta_object(one) for one in found.deltas],
        "pool_moves": [{"month": str(month), **_record(move)} for month, move in found.moves],
        "problems": problems_object(found.problems, language),
    }


def appeals_object(
    appeals: Iterable[Appeal], today: date, problems: Sequence[Problem], language: str
) -> dict[str, Any]:
    """Every appeal with its state today."""
    return {
        "schema": SCHEMA,
        "appeals": [{**appeal_object(one), "state": one.state(today)} for one in appeals],
        "problems": problems_object(problems, language),
    }


def appeal_object(appeal: Appeal) -> dict[str, Any]:
    """One appeal as data."""
    decided = appeal.decided
    return {"filed": _dated(asdict(appeal.filed)), "decided": _dated(asdict(decided)) if decided else None}


def appealing_object(found: Appealing, language: str) -> dict[str, Any]:
    """What filing or deciding came to, and whose money moves."""
    return {
        "schema": SCHEMA,
        "state": found.state,
        "appeal": appeal_object(found.appeal) if found.appeal else None,
        "collected": [appeal_object(one) for one in found.collected],
        "into": str(found.into) if found.into else None,
        "moved": [_moved_object(one) for one in found.moved],
        "hanging": list(found.hanging),
        "problems": problems_object(found.problems, language),
    }


def items_object(items: Iterable[Item], problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """What can be appealed, and what may be written for each."""
    return {
        "schema": SCHEMA,
        "items": [
            {"item": one.name, "label": one.label, "kind": one.kind, "may": may_write(one, language)} for one in items
        ],
        "problems": problems_object(problems, language),
    }


def steps_object(
    steps: Iterable[NextStep], agent: Agent | None, problems: Sequence[Problem], language: str
) -> dict[str, Any]:
    """An agent's next levels."""
    return {
        "schema": SCHEMA,
        "agent_id": agent.agent_id if agent else None,
        "steps": [_record(one) for one in steps],
        "problems": problems_object(problems, language),
    }


def simulation_object(simulated: Simulated | None, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """The comparison: totals, months, agents, grades."""
    made: dict[str, Any] = {"schema": SCHEMA, "problems": problems_object(problems, language)}
    if simulated is None:
        return made
    one = simulated.simulation
    return made | {
        "policy": simulated.policy.id,
        "provisional": simulated.provisional,
        "pay": _change(one.pay.actual, one.pay.simulated),
        "months": [{"month": str(m.month), **_change(m.pay.actual, m.pay.simulated)} for m in one.months],
        "agents": [
            {"agent_id": a.agent_id, "name": a.name, **_change(a.pay.actual, a.pay.simulated)} for a in one.agents
        ],
        "grades": [{"grade": name, "actual": c.actual, "simulated": c.simulated} for name, c in one.grades],
        "levels": [{"level": name, "actual": c.actual, "simulated": c.simulated} for name, c in one.levels],
    }


def _change(actual: int, simulated: int) -> dict[str, str]:
    return {
        "actual": str(from_cents(actual)),
        "simulated": str(from_cents(simulated)),
        "difference": str(from_cents(simulated - actual)),
    }


def _moved_object(moved: AppealMoved) -> dict[str, Any]:
    return {
        "month": str(moved.month),
        "closed": moved.closed,
        "old_score": moved.old_score,
        "new_score": moved.new_score,
        "old_item": asdict(moved.old_item) if moved.old_item else None,
        "new_item": asdict(moved.new_item) if moved.new_item else None,
        "deltas": [_record(one) for one in moved.deltas],
        "pool_moves": [_record(one) for one in moved.moves],
    }


def _delta_object(delta: object) -> dict[str, Any]:
    found = _record(delta)
    return {**found, "of": str(found["of"])}


def _record(record: object) -> dict[str, Any]:
    """Field by field; cents as yuan under the name without ``_cents``."""
    return {name.removesuffix("_cents"): value for name, value in record_object(record).items()}


def _dated(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in document.items()}
