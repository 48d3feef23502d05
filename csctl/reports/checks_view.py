"""Rows that failed a check, and listings, as lines for people and as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csctl.core.records.findings import CheckFinding, ListedValue
from csctl.core.records.result import MonthResult
from csctl.messages import say, where_text


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of text; ``overdue`` lines are what somebody has to act on."""

    text: str
    overdue: bool = False


def finding_lines(result: MonthResult, language: str, most: int | None) -> list[FindingLine]:
    """A heading, then each failed row, overdue ones first; after ``most`` of them only how many more there are.

    Empty if nothing failed.
    """
    findings = result.findings
    if not findings:
        return []
    overdue = sum(one.overdue for one in findings)
    names = {agent.agent_id: agent.name for agent in result.agents}
    labels = {check.id: check.label for check in result.policy.check}
    shown = [_line(one, labels[one.check], names, language) for one in findings[:most]]
    left = len(findings) - len(shown)
    more = [FindingLine("  " + say("checks-more", language, count=left))] if left else []
    return [FindingLine(say("checks-failed", language, count=len(findings), overdue=overdue)), *shown, *more]


def _line(finding: CheckFinding, label: str, names: dict[str, str], language: str) -> FindingLine:
    mark = f"[{say('checks-overdue', language)}] " if finding.overdue else ""
    who = " ".join(part for part in (finding.agent_id, names.get(finding.agent_id, "")) if part)
    parts = " · ".join(part for part in (f"{mark}{label}", who, finding.text) if part)
    return FindingLine(f"  {parts}  [{where_text(finding.place, language)}]", finding.overdue)


def findings_object(result: MonthResult) -> list[dict[str, Any]]:
    """Failed rows as data, in the order of the result."""
    checks = {check.id: check for check in result.policy.check}
    return [
        {
            "check": one.check,
            "label": checks[one.check].label,
            "kind": checks[one.check].kind,
            "rule": checks[one.check].rule,
            "agent_id": one.agent_id,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "row": one.place.row,
            "text": one.text,
            "due": None if one.due is None else one.due.isoformat(" ", "minutes"),
            "overdue": one.overdue,
        }
        for one in result.findings
    ]


def listings_object(result: MonthResult) -> list[dict[str, Any]]:
    """Each listing with its values, most frequent first."""
    return [
        {
            "listing": listing.id,
            "label": listing.label,
            "rule": listing.rule,
            "total": next((one.total for one in _values(result, listing.id)), 0),
            "values": [{"value": one.value, "rows": one.rows} for one in _values(result, listing.id)],
        }
        for listing in result.policy.listing
    ]


def _values(result: MonthResult, listing: str) -> list[ListedValue]:
    return [one for one in result.listings if one.listing == listing]
