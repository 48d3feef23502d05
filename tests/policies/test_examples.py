"""The worked examples beside the policies come out exactly as they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import csctl
from csctl.core.explaining.trace import rule_ids
from csctl.core.lines import Measured, PayLine, Score, ScoreLine, as_records
from csctl.core.result import MonthResult
from csctl.money import from_cents
from tests.policies.runner import Ran, read_example, run_example

EXAMPLES = Path(csctl.__file__).parent / "policies" / "examples"
FILES = sorted(EXAMPLES.rglob("*.toml"))


@cache
def _ran(path: Path, folder: Path) -> Ran:
    return run_example(read_example(path), folder / path.parent.name / path.stem)


def _cases() -> Iterable[Any]:
    for path in FILES:
        for number, expected in enumerate(read_example(path).get("expect", []), 1):
            yield pytest.param(path, expected, id=f"{path.parent.name}-{path.stem}-{number}")


@pytest.mark.parametrize(("path", "expected"), list(_cases()))
def test_a_worked_example_comes_out_as_it_says(
    path: Path, expected: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every figure named in the expectation is the one computed, exactly."""
    ran = _ran(path, tmp_path_factory.getbasetemp())
    month = next((one for one in ran.months if str(one.month) == expected.get("month")), ran.months[-1])
    assert expected["text"]
    assert all(rule_ids(rule) == [rule] for rule in expected["rules"])
    checked = sum(CHECKS[key](month, wanted) for key in CHECKS for wanted in expected.get(key, []))
    checked += sum(_career(ran, month, wanted) for wanted in expected.get("career", []))
    assert checked, "the expectation expects nothing"


def _fields(record: Any, wanted: Mapping[str, Any], skip: tuple[str, ...]) -> None:
    have = asdict(record)
    for name, value in wanted.items():
        if name not in skip:
            found = have["band" if name == "level" else name]
            assert _same(found, value), f"{wanted}: {name} is {found}"


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, Decimal):
        return wanted != "none" and found == Decimal(str(wanted))
    return found == (None if wanted == "none" else wanted)


def _lines(month: MonthResult, agent: str, line: str) -> tuple[list[PayLine], list[ScoreLine]]:
    paid = [one for one in as_records(month.pay_lines, PayLine) if (one.agent_id, one.line) == (agent, line)]
    scored = [one for one in as_records(month.score_lines, ScoreLine) if (one.agent_id, one.line) == (agent, line)]
    return paid, scored


def _pay(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    if "line" not in wanted:
        own = [one for one in as_records(month.pay_lines, PayLine) if one.agent_id == wanted["agent"]]
        assert from_cents(sum(one.amount_cents for one in own)) == Decimal(str(wanted["total"]))
        return 1
    (line,) = _lines(month, wanted["agent"], wanted["line"])[0]
    if "amount" in wanted:
        assert from_cents(line.amount_cents) == Decimal(str(wanted["amount"]))
    _fields(line, wanted, ("agent", "line", "amount"))
    return 1


def _score(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    if "line" in wanted:
        (line,) = _lines(month, wanted["agent"], wanted["line"])[1]
        _fields(line, wanted, ("agent", "line"))
    else:
        (score,) = [one for one in as_records(month.scores, Score) if one.agent_id == wanted["agent"]]
        _fields(score, wanted, ("agent",))
    return 1


def _measure(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    key = (wanted["agent"], wanted["measure"])
    (one,) = [one for one in as_records(month.measures, Measured) if (one.agent_id, one.measure) == key]
    _fields(one, wanted, ("agent", "measure"))
    return 1


def _absent(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    assert _lines(month, wanted["agent"], wanted["line"]) == ([], [])
    return 1


def _finding(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    keys = ("check", "agent") if "agent" in wanted else ("check",)
    failed = [{"check": one.check, "agent": one.agent_id, "text": one.text} for one in month.findings]
    own = [one for one in failed if all(one[key] == wanted[key] for key in keys)]
    assert len(own) == wanted["count"], failed
    assert wanted.get("text", "") in " ".join(one["text"] for one in own), own
    return 1


def _advice(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    given = [(one.check, one.agent_id) for one in month.advice]
    assert (wanted["code"], wanted.get("agent", "")) in given, given
    return 1


def _listing(month: MonthResult, wanted: Mapping[str, Any]) -> int:
    own = [(one.value, one.rows, one.total) for one in month.listings if one.listing == wanted["listing"]]
    assert own[wanted["place"] - 1] == (wanted["value"], wanted["rows"], wanted["total"]), own
    return 1


def _career(ran: Ran, month: MonthResult, wanted: Mapping[str, Any]) -> int:
    """The verdict on a step with its procedure, or one requirement of it."""
    assessed = ran.career(month.month)
    if "requirement" in wanted:
        findings = {(one.agent_id, one.step, one.requirement): one for one in assessed.findings}
        finding = findings[wanted["agent"], wanted["step"], wanted["requirement"]]
        _fields(finding, wanted, ("agent",))
    else:
        verdict = {(one.agent_id, one.step): one for one in assessed.verdicts}[wanted["agent"], wanted["step"]]
        assert list(verdict.checklist[: len(wanted.get("procedure", []))]) == wanted.get("procedure", [])
        _fields(verdict, wanted, ("agent", "procedure"))
    return 1


def _shown(month: MonthResult, wanted: str) -> int:
    """``check[afterlog]``: the policy has this key; ``state = published``: and this is its value."""
    key, _, value = wanted.partition(" = ")
    found: object = month.policy
    for part in key.replace("[", ".").replace("]", "").split("."):
        found = _below(found, part)
    assert not value or str(found) == value, found
    return 1


def _below(value: object, part: str) -> object:
    if isinstance(value, dict):
        return value[part]
    if not isinstance(value, list):
        return getattr(value, part)
    names = [(getattr(one, "id", None), getattr(one, "label", None), getattr(one, "rule", None)) for one in value]
    return next(one for one, known in zip(value, names, strict=True) if part in known)


CHECKS: dict[str, Callable[[MonthResult, Any], int]] = {
    "pay": _pay,
    "score": _score,
    "measures": _measure,
    "absent": _absent,
    "findings": _finding,
    "listings": _listing,
    "advice": _advice,
    "shown": _shown,
}


def test_an_example_that_expects_something_else_fails(tmp_path: Path) -> None:
    """The comparison can fail: a figure off by a cent, a level of another name, a line that is not there."""
    assert not _same(Decimal("1.00"), "1.01")
    assert _same(Decimal("1.00"), "1")
    assert not _same(None, "0")
    assert _same(None, "none")
