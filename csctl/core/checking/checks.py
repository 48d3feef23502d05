"""The checks of a policy on the rows of a month: measures per agent, and the rows that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from csctl.core.checking.check_rows import seen_rows
from csctl.core.checking.judging import Wording, judge_of
from csctl.core.frames.frame import Frame
from csctl.core.records.findings import CheckFinding
from csctl.core.records.lines import Measured
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.checks import CHECK_PREFIX, CHECK_RESULTS, Check
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.tables import TABLES

PARTS_DECIMALS = 4
RATE_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check came to: rows passed and failed per agent, and the failed rows in order of place."""

    check: Check
    passed: Mapping[str, int]
    failed: Mapping[str, int]
    findings: tuple[CheckFinding, ...]


def compute_checks(
    policy: Policy,
    frames: Mapping[str, Frame],
    agents: Sequence[str],
    month: Month,
    as_of: date,
    lacking: Mapping[str, Sequence[CheckFinding]] = MappingProxyType({}),
    unknown: Collection[str] = (),
) -> tuple[list[Measured], list[CheckFinding]]:
    """All checks of the policy: records for the measures table, and every failed row.

    ``frames`` are canonical tables by name, with a column ``agent`` where the table is about agents. Records come for
    each of ``agents`` and each check on such a table; without the table the values are missing. ``as_of``: steps not
    taken are judged as seen at the end of that day. ``lacking`` are rows that must be there and are not, by check: each
    is one that failed. ``unknown`` are checks about which nothing can be said yet. Findings are those of everybody,
    overdue ones first.
    """
    found = [run_check(check, frames[check.table], policy.language, month, as_of)
             for check in policy.check if check.table in frames and check.id not in unknown]  # fmt: skip
    found = [_with_lacking(one, lacking.get(one.check.id, ())) for one in found]
    by_id = {one.check.id: one for one in found}
    measured = [
        record
        for agent in agents
        for check in policy.check
        if TABLES[check.table].has_agents
        for record in _measured(agent, check, by_id.get(check.id))
    ]
    return measured, worst_first(policy, [finding for one in found for finding in one.findings])


def _with_lacking(found: Checked, lacking: Sequence[CheckFinding]) -> Checked:
    failed = Counter(found.failed) + Counter(one.agent_id for one in lacking)
    return replace(found, failed=failed, findings=(*found.findings, *lacking))


def worst_first(policy: Policy, findings: Iterable[CheckFinding]) -> list[CheckFinding]:
    """What is overdue by its deadline, longest first; then the rest in the policy's order, by place."""
    position = {check.id: index for index, check in enumerate(policy.check)}

    def key(finding: CheckFinding) -> tuple[object, ...]:
        due = finding.due.isoformat() if finding.overdue and finding.due else ""
        return (not finding.overdue, due, position[finding.check], finding.agent_id, _place_key(finding.place))

    return sorted(findings, key=key)


def run_check(check: Check, frame: Frame, language: str, month: Month, as_of: date) -> Checked:
    """One check on one table. The order of rows does not matter."""
    judge = judge_of(check, Wording(check.table, language), month, as_of)
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    findings = []
    for row in seen_rows(check, frame, month):
        looked_at, fault = judge(row)
        if not looked_at:
            continue
        if fault is None:
            passed[row.agent] += 1
        else:
            failed[row.agent] += 1
            place = Place(row.file, row.sheet, row.number)
            findings.append(CheckFinding(check.id, row.agent, place, fault.text, fault.due, fault.overdue))
    findings.sort(key=lambda one: (_place_key(one.place), one.agent_id))
    return Checked(check, passed, failed, tuple(findings))


def _place_key(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row or 0


def _measured(agent: str, check: Check, found: Checked | None) -> list[Measured]:
    names = {result: f"{CHECK_PREFIX}{check.id}.{result}" for result in CHECK_RESULTS}
    if found is None:
        return [Measured(agent, name, None, 0, None, None, check.table) for name in names.values()]
    passed, failed = found.passed.get(agent, 0), found.failed.get(agent, 0)
    whole = passed + failed
    rate = round_half_up(Fraction(100 * passed, whole), RATE_DECIMALS) if whole else None
    parts = (round_half_up(passed, PARTS_DECIMALS), round_half_up(whole, PARTS_DECIMALS))
    return [
        Measured(agent, names["passed"], round_half_up(passed, 0), passed, None, None, check.table),
        Measured(agent, names["failed"], round_half_up(failed, 0), failed, None, None, check.table),
        Measured(agent, names["rate"], rate, whole, *parts, check.table),
    ]
