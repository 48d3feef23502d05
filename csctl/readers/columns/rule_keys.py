"""Keys of a column's rule that do not go with its column or with each other."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Place, Problem
from csctl.readers.columns.hours import overlap, window_of
from csctl.readers.columns.source import ColumnRule, Source
from csctl.tables import AGENT_NAMES, TABLES, Kind

_KINDS = {
    "since": {Kind.SECONDS},
    "join": {Kind.TEXT},
    "sum": {Kind.COUNT, Kind.NUMBER, Kind.SECONDS, Kind.MONEY},
}
"""Keys that only columns of some kinds may have."""
_WHERE_SEVERAL = ("agent", *AGENT_NAMES)
_ELSEWHERE = ("from", "value", "since")
"""What says by itself where a column comes from, beside ``join``."""


def rule_faults(source: Source, place: Place) -> list[Problem]:
    """Every key of a rule of the source that is out of place; unknown columns are said elsewhere."""
    table = TABLES[source.table]
    return [
        fault
        for name, rule in source.columns.items()
        if (column := table.column(name))
        for fault in _faults(name, column.kind, rule, source.table, place.at(row=place.row, column=f"columns.{name}"))
    ]


def _faults(name: str, kind: Kind, rule: ColumnRule, table: str, place: Place) -> Iterator[Problem]:
    for key, wanted in _KINDS.items():
        if getattr(rule, key) and kind not in wanted:
            known = tuple(column.name for column in TABLES[table].columns if column.kind in wanted)
            yield problem("rule-key-not-for-column", place, key, name=name, known=known)
    if rule.several and (name not in AGENT_NAMES or not TABLES[table].dated):
        yield problem("rule-key-not-for-column", place, "several", name=f"{table}.{name}", known=_WHERE_SEVERAL)
    for key, other in (("since", "from"), ("within", "since"), ("written", "since")):
        if getattr(rule, key) and not _said(rule, other):
            line = column_line(name, {"from": "…", "since": rule.since or "…", **_within(rule)})
            yield problem("rule-key-lacks-another", place, key, lacking=other, line=line)
    for other in _ELSEWHERE:
        if rule.join and _said(rule, other):
            yield problem("rule-keys-exclude", place, "join", other=other)
    hours = rule.within.hours if rule.within else ()
    windows = [window_of(text) for text in hours]
    wrong = [text for text, window in zip(hours, windows, strict=True) if window is None]
    if wrong or overlap([window for window in windows if window]):
        yield problem("within-not-hours", place, tuple(wrong or hours))


def _said(rule: ColumnRule, key: str) -> bool:
    return bool(getattr(rule, "from_" if key == "from" else key))


def _within(rule: ColumnRule) -> dict[str, object]:
    if rule.within is None:
        return {}
    return {"within": {"hours": rule.within.hours, "days": rule.within.days} if rule.within.days else rule.within.hours}
