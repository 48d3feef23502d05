"""What a worked example may expect of the months computed, and the comparison with what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from csctl.core.career.stages import stages_of
from csctl.core.certificates import earned_certificates
from csctl.core.closing.publishing import withheld
from csctl.core.deciding.appeals import decision_due, last_filing_day
from csctl.core.law.hours import shift_minutes
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.money import from_cents
from csctl.month import Month
from csctl.problems import Problem
from csctl.store.canonical import open_frame, read_rows
from csctl.workflow.inputs.months import check_effective
from tests.policies.runner import Ran


def wanted_of(expected: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every single thing that an expectation wants, with its kind: ``pay``, ``score``, ``career`` …."""
    for kind in (*CHECKS, *OF_THE_RUN):
        for wanted in expected.get(kind, []):
            yield kind, wanted


def check(ran: Ran, expected: Mapping[str, Any], kind: str, wanted: Any) -> None:
    """Compare one thing wanted with what came out. Raises AssertionError, or what a missing record raises."""
    month = next((one for one in ran.months if str(one.month) == expected.get("month")), ran.months[-1])
    if kind in OF_THE_RUN:
        OF_THE_RUN[kind](ran, month, wanted)
    else:
        CHECKS[kind](month, wanted)


def _fields(record: Any, wanted: Mapping[str, Any], skip: tuple[str, ...]) -> None:
    have = asdict(record)
    for name, value in wanted.items():
        if name not in skip:
            found = have["band" if name == "level" else name]
            assert same(found, value), f"{wanted}: {name} is {found}"


def same(found: object, wanted: object) -> bool:
    """Whether a figure is the one written: exactly, however it is written; ``none`` is no figure. Lists in order."""
    if isinstance(found, tuple):
        return list(found) == wanted
    if isinstance(found, Decimal):
        return wanted != "none" and found == Decimal(str(wanted))
    return found == (None if wanted == "none" else wanted)


def _lines(month: MonthResult, agent: str, line: str) -> tuple[list[PayLine], list[ScoreLine]]:
    paid = [one for one in as_records(month.pay_lines, PayLine) if (one.agent_id, one.line) == (agent, line)]
    scored = [one for one in as_records(month.score_lines, ScoreLine) if (one.agent_id, one.line) == (agent, line)]
    return paid, scored


def _pay(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    if "line" not in wanted:
        own = [one for one in as_records(month.pay_lines, PayLine) if one.agent_id == wanted["agent"]]
        assert from_cents(sum(one.amount_cents for one in own)) == Decimal(str(wanted["total"]))
        return
    (line,) = _lines(month, wanted["agent"], wanted["line"])[0]
    if "amount" in wanted:
        assert from_cents(line.amount_cents) == Decimal(str(wanted["amount"]))
    _fields(line, wanted, ("agent", "line", "amount"))


def _score(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    if "line" in wanted:
        (line,) = _lines(month, wanted["agent"], wanted["line"])[1]
        _fields(line, wanted, ("agent", "line"))
    else:
        (score,) = [one for one in as_records(month.scores, Score) if one.agent_id == wanted["agent"]]
        _fields(score, wanted, ("agent",))


def _measure(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    key = (wanted["agent"], wanted["measure"])
    (one,) = [one for one in as_records(month.measures, Measured) if (one.agent_id, one.measure) == key]
    _fields(one, wanted, ("agent", "measure"))


def _absent(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    assert _lines(month, wanted["agent"], wanted["line"]) == ([], [])


def _finding(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    keys = ("check", "agent") if "agent" in wanted else ("check",)
    failed = [{"check": one.check, "agent": one.agent_id, "text": one.text} for one in month.findings]
    own = [one for one in failed if all(one[key] == wanted[key] for key in keys)]
    assert len(own) == wanted["count"], failed
    assert wanted.get("text", "") in " ".join(one["text"] for one in own), own


def _advice(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    given = [(one.check, one.agent_id, str(one.found), one.limit) for one in month.advice]
    for check_of, agent, found, limit in given:
        told = (check_of, agent, wanted.get("found", found), wanted.get("limit", limit))
        if told == (wanted["code"], wanted.get("agent", ""), found, limit):
            return
    raise AssertionError(given)


def _planned(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """Hours of work in a shift as it is planned, meals not counted."""
    assert month.policy.working_time is not None
    (shift,) = [one for one in month.policy.working_time.shift if one.id == wanted["shift"]]
    assert Decimal(shift_minutes(shift)) == Decimal(str(wanted["hours"])) * 60, shift_minutes(shift)


def _holds(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """Whether the policy may compute a month at all."""
    asked = Month.parse(wanted["month"])
    assert asked is not None
    assert (check_effective(month.policy, asked) == []) is wanted["holds"]


def _appeal(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """The last day on which a month closed on a day may be appealed, or on which an appeal must be decided."""
    if "closed_on" in wanted:
        assert last_filing_day(month.policy.appeal, wanted["closed_on"]) == wanted["last_day"]
    else:
        assert decision_due(month.policy.appeal, wanted["filed_on"]) == wanted["decided_by"]


def _listing(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    own = [(one.value, one.rows, one.total) for one in month.listings if one.listing == wanted["listing"]]
    assert own[wanted["place"] - 1] == (wanted["value"], wanted["rows"], wanted["total"]), own


def _career(ran: Ran, month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """The verdict on a step with its procedure, or one requirement of it."""
    assessed = ran.career(month.month)
    if "requirement" in wanted:
        findings = {(one.agent_id, one.step, one.requirement): one for one in assessed.findings}
        finding = findings[wanted["agent"], wanted["step"], wanted["requirement"]]
        assert wanted.get("says", "") in " ".join(finding.evidence), finding.evidence
        _fields(finding, wanted, ("agent", "says"))
    else:
        verdict = {(one.agent_id, one.step): one for one in assessed.verdicts}[wanted["agent"], wanted["step"]]
        assert list(verdict.checklist[: len(wanted.get("procedure", []))]) == wanted.get("procedure", [])
        _fields(verdict, wanted, ("agent", "procedure"))


def _made_known(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """Whether the results of a month, open or closed, may be made known."""
    assert (withheld(month.policy, month.month, closed=wanted["closed"]) == []) is wanted["holds"]


def _stages(month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """What must be booked between a recommendation and its decision, in order."""
    assert month.policy.career is not None
    (step,) = [one for one in month.policy.career.step if one.id == wanted["step"]]
    assert stages_of(step) == wanted["order"]


def _shown(month: MonthResult, wanted: str) -> None:
    """``check[afterlog]``: the policy has this key; ``state = published``: and this is its value."""
    key, _, value = wanted.partition(" = ")
    found: object = month.policy
    for part in key.replace("[", ".").replace("]", "").split("."):
        found = _below(found, part)
    assert not value or str(found) == value, found


def _below(value: object, part: str) -> object:
    if isinstance(value, dict):
        return value[part]
    if not isinstance(value, list):
        return getattr(value, part)
    names = [(getattr(one, "id", None), getattr(one, "label", None), getattr(one, "rule", None)) for one in value]
    return next(one for one, known in zip(value, names, strict=True) if part in known)


def _problem(ran: Ran, month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """A problem met on the way, with all its details that are named; ``severity`` too."""
    told = [dict(one.details) | _of_problem(one) for one in ran.problems]
    assert any(all(key in one and same(one[key], value) for key, value in wanted.items()) for one in told), told


def _of_problem(one: Problem) -> dict[str, Any]:
    return {"code": one.code, "found": one.found, "severity": one.severity}


def _no_problem(ran: Ran, month: MonthResult, wanted: str) -> None:
    """No problem of that code."""
    told = [(one.code, one.found) for one in ran.problems if one.code == wanted]
    assert told == []


def _certificate(ran: Ran, month: MonthResult, wanted: Mapping[str, Any]) -> None:
    """How many certificates somebody earned for one thing, and under which number."""
    tables = [name for name in ran.entries if name != "roster"]
    identity, _ = build_identity(people_on_roster(read_rows("roster", [ran.entries["roster"].path])), {})
    frames = {
        name: credited(open_frame(name, [ran.entries[name].path], "polars"), identity)
        for name in tables
        if any(rule.table == name for rule in month.policy.certificate)
    }
    known = {agent.agent_id for agent in month.agents}
    earned = [
        {"agent": one.agent_id, "certificate": one.rule.id, "of": one.of, "number": one.number}
        for one in earned_certificates(month.policy, frames, month.month, known)
    ]
    asked = {key: value for key, value in wanted.items() if key != "count"}
    assert sum(asked.items() <= one.items() for one in earned) == wanted["count"], earned


OF_THE_RUN: dict[str, Callable[[Ran, MonthResult, Any], None]] = {
    "career": _career,
    "certificates": _certificate,
    "problems": _problem,
    "no_problems": _no_problem,
}

CHECKS: dict[str, Callable[[MonthResult, Any], None]] = {
    "pay": _pay,
    "score": _score,
    "measures": _measure,
    "absent": _absent,
    "findings": _finding,
    "listings": _listing,
    "advice": _advice,
    "planned": _planned,
    "holds": _holds,
    "appeal": _appeal,
    "made_known": _made_known,
    "stages": _stages,
    "shown": _shown,
}
