"""Run a worked example: rows of canonical tables and a shipped policy in, the month's lines out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from csctl.core.career.assess import Assessed, assess
from csctl.core.career.given import CareerInput, career_month
from csctl.core.career.rows import discipline_of, exams_of, honours_of
from csctl.core.compute import compute_month
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import Row, people
from csctl.core.prepare import prepare_month, ratings_of
from csctl.core.result import MonthResult
from csctl.month import Month
from csctl.policy.load import SourceText, load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.store import shipped
from csctl.store.canonical import CanonicalStore, Entry, Found, open_frame, read_rows
from csctl.tables import TABLES, Column, Kind

CHILD = """id = "example"
label = "a worked example"
version = "1"
extends = ["{parent}"]
"""


@dataclass(frozen=True)
class Ran:
    """The months of an example in order, and the problems met on the way."""

    policy: Policy
    months: list[MonthResult]
    entries: Mapping[str, Entry]
    problems: list[Problem]

    def career(self, month: Month) -> Assessed:
        """Everybody's career steps at the end of a month, the example's earlier months being closed."""
        identity, _ = build_identity(people(read_rows("roster", [self.entries["roster"].path])), {})
        rows = {name: read_rows(name, [entry.path]) for name, entry in self.entries.items()}
        rated = self.entries.get("ratings")
        frame = None if rated is None else open_frame("ratings", [rated.path], "polars")
        given = CareerInput(
            policy=self.policy,
            month=month,
            months=[career_month(one) for one in self.months],
            ratings=ratings_of(frame, identity, month)[0],
            honours=honours_of(rows["titles"], identity) if "titles" in rows else None,
            exams=exams_of(rows["exams"], identity) if "exams" in rows else None,
            discipline=discipline_of(rows["discipline"], identity) if "discipline" in rows else None,
        )
        return assess(given)


def read_example(path: Path) -> dict[str, Any]:
    """The document of an example file, numbers exact."""
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def example_policy(document: Mapping[str, Any]) -> Policy:
    """The policy an example runs: the shipped one, or a child of it with the example's changes."""
    child = CHILD.format(parent=document["policy"]) + document.get("policy_changes", "")

    def fetch(name: str) -> SourceText | None:
        text = child if name == "example" else shipped.policy_text(name)
        return None if text is None else SourceText(f"{name}.toml", text)

    loaded, problems = load_policy("example" if "policy_changes" in document else document["policy"], fetch)
    assert loaded is not None, problems
    return loaded.policy


def run_example(document: Mapping[str, Any], folder: Path) -> Ran:
    """Compute every month of the example; earlier months are the history of later ones."""
    policy = example_policy(document)
    store = CanonicalStore(folder)
    people_given = document.get("agent", [])
    rows = {"roster": [_roster_row(one) for one in people_given], **document.get("rows", {})}
    if "otherwise" in document:
        rows["attendance"] = [*rows.get("attendance", []), *_other_days(document)]
    rows |= {table: [] for table in document.get("tables", {}).get("empty", []) if table not in rows}
    entries = {table: _entry(store, table, given) for table, given in rows.items()}
    frames = {table: open_frame(table, [entry.path], "polars") for table, entry in entries.items() if table != "roster"}
    calendar = shipped.calendar(policy.pay.calendar if policy.pay else "cn")
    assert calendar is not None
    past: list[MonthResult] = []
    found: list[Problem] = []
    for text in document["months"]:
        month = Month.parse(text)
        assert month is not None, text
        roster = _roster_of(text, people_given, read_rows("roster", [entries["roster"].path]))
        given, problems = prepare_month(policy, month, roster, frames, {}, calendar, tuple(past))
        result = compute_month(given)
        past.append(result)
        found += [*problems, *result.problems]
    return Ran(policy, past, entries, found)


def _other_days(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Attendance in order for every day of the months that an example says nothing else of.

    Each entry of ``otherwise`` names its agents, a shift, the clock of both punches, and the days of the month that
    are off.
    """
    months = [month for text in document["months"] if (month := Month.parse(text))]
    told = {(row["agent_id"], row["date"]) for row in document["rows"].get("attendance", [])}
    return [
        {"agent_id": agent, "date": day, "shift": "休息"}
        if day.day in one.get("off", [])
        else {
            "agent_id": agent,
            "date": day,
            "shift": one["shift"],
            "in_at": datetime.combine(day, time.fromisoformat(one["in"])),
            "out_at": datetime.combine(day, time.fromisoformat(one["out"])),
        }
        for one in document["otherwise"]
        for agent in one["agents"]
        for month in months
        for day in month.days()
        if (agent, day) not in told
    ]


def _roster_row(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "since"}


def _roster_of(month: str, given: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> list[Row]:
    """Of several rows about one agent the last that holds by then: ``since`` is a row's first month, YYYY-MM."""
    held: dict[str, Row] = {}
    for one, row in zip(given, rows, strict=True):
        if one.get("since", "") <= month:
            held[one["agent_id"]] = row
    return list(held.values())


def _entry(store: CanonicalStore, table: str, rows: list[Mapping[str, Any]]) -> Entry:
    declared = TABLES[table]
    for row in rows:
        unknown = [name for name in row if declared.column(name) is None]
        assert not unknown, f"{table} has no column {unknown}"
    columns: dict[str, list[object]] = {
        column.name: [_typed(column, row.get(column.name)) for row in rows] for column in declared.columns
    }
    days = columns.get(declared.dated or "", [])
    columns["month"] = [None if day is None else day.strftime("%Y-%m") for day in days] or [None] * len(rows)  # type: ignore[attr-defined]
    columns["source_file"] = ["example"] * len(rows)
    columns["source_sheet"] = [table] * len(rows)
    columns["source_row"] = list(range(1, len(rows) + 1))
    return store.save(table, table, columns, Found(len(rows), 0, ()))


def _typed(column: Column, value: Any) -> object:
    """A value as canonical storage has it."""
    if value is None:
        return None
    if column.kind in (Kind.NUMBER, Kind.RATIO, Kind.SECONDS, Kind.MONEY):
        return Decimal(value)
    if column.kind is Kind.MOMENT and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if column.kind is Kind.DATE and isinstance(value, datetime):
        return value.date()
    assert not isinstance(value, date) or column.kind in (Kind.DATE, Kind.MOMENT), (column.name, value)
    return value
