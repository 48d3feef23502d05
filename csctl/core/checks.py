"""The checks of a policy on the rows of a month: measures per agent, and the rows that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import narwhals as nw

from csctl.core.columns import Frame, as_whole_numbers, meets, records
from csctl.core.findings import CheckFinding
from csctl.core.judging import Seen, Wording, columns_of, judge_of
from csctl.core.lines import Measured
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.checks import CHECK_PREFIX, CHECK_RESULTS, Check
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.tables import TABLES

PROVENANCE = ("source_file", "source_sheet", "source_row")
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
    policy: Policy, frames: Mapping[str, Frame], agents: Sequence[str], month: Month, as_of: date
) -> tuple[list[Measured], list[CheckFinding]]:
    """All checks of the policy: records for the measures table, and every failed row.

    ``frames`` are canonical tables by name, with a column ``agent`` where the table is about agents. Records come for
    each of ``agents`` and each check on such a table; without the table the values are missing. ``as_of``: steps not
    taken are judged as seen at the end of that day. Findings are those of everybody, overdue ones first.
    """
    found = [run_check(check, frames[check.table], policy.language, month, as_of)
             for check in policy.check if check.table in frames]  # fmt: skip
    by_id = {one.check.id: one for one in found}
    measured = [
        record
        for agent in agents
        for check in policy.check
        if TABLES[check.table].has_agents
        for record in _measured(agent, check, by_id.get(check.id))
    ]
    return measured, worst_first(policy, [finding for one in found for finding in one.findings])


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
    for agent, place, seen in _rows(check, frame, month):
        looked_at, fault = judge(seen)
        if not looked_at:
            continue
        if fault is None:
            passed[agent] += 1
        else:
            failed[agent] += 1
            findings.append(CheckFinding(check.id, agent, place, fault.text, fault.due, fault.overdue))
    return Checked(check, passed, failed, tuple(findings))


Row = tuple[str, Place, Seen]
"""Whose row it is, where it stands, what a judge sees of it."""


def _rows(check: Check, frame: Frame, month: Month) -> Iterator[Row]:
    """The rows that a check looks at, in order of place; those of one conversation as one row."""
    wanted = columns_of(check)
    tests = {f"met_{index}": meets(check.table, {name: test}) for index, (name, test) in enumerate(check.must.items())}
    kept = as_whole_numbers(_in_window(check, frame, month), check.table, sorted({*check.where, *check.must}))
    where = meets(check.table, check.where)
    kept = kept if where is None else kept.filter(where)
    met = [expression.alias(name) for name, expression in tests.items() if expression is not None]
    agent = nw.col("agent") if TABLES[check.table].has_agents else nw.lit("")
    found = records(
        kept.with_columns(*met, agent.alias("agent")).select("agent", "month", *PROVENANCE, *tests, *wanted)
    )
    rows = sorted((_row(check, row) for row in found), key=lambda row: (_place_key(row[1]), row[0]))
    return _joined(check, rows) if check.together else iter(rows)


def _in_window(check: Check, frame: Frame, month: Month) -> Frame:
    """Rows of the month, for deadlines also of the months before; of undated tables those of the year, or all."""
    table = TABLES[check.table]
    if table.dated is not None:
        return frame.filter(nw.col("month").is_in([str(month.shift(-back)) for back in range(check.months_back + 1)]))
    return frame.filter(nw.col("year") == month.year) if table.column("year") else frame


def _row(check: Check, row: Mapping[str, Any]) -> Row:
    place = Place(row["source_file"] or "", row["source_sheet"] or "", row["source_row"])
    unmet = tuple(name for index, name in enumerate(check.must) if not row[f"met_{index}"])
    return row["agent"], place, Seen(row, Month.parse(row["month"] or ""), unmet)


def _place_key(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row or 0


def _joined(check: Check, rows: Iterable[Row]) -> Iterator[Row]:
    """Texts of one agent with one value of ``together`` as one row, which stands where the first of them stands."""
    text, key = check.text or "", check.together or ""
    groups: dict[object, list[Row]] = {}
    for number, row in enumerate(rows):
        value = row[2].cells[key]
        groups.setdefault(number if value is None else (row[0], value), []).append(row)
    for members in groups.values():
        agent, place, first = members[0]
        texts = [said for _, _, seen in members if (said := seen.cells[text])]
        yield agent, place, replace(first, cells={**first.cells, text: "\n".join(texts) or None})


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
