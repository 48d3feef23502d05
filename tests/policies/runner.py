"""Run a worked example: rows of canonical tables and a shipped policy in, the month's lines out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from csctl.core.career.assess import Assessed, assess
from csctl.core.career.given import CareerInput, career_month
from csctl.core.career.rows import discipline_of, exams_of, honours_of
from csctl.core.compute import compute_month
from csctl.core.frames.frame import Frame
from csctl.core.measuring.windows import Short, short_windows, windows_said
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import Row, people_on_roster
from csctl.core.preparing.month import prepare_month
from csctl.core.preparing.ratings import ratings_of
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.load import SourceText, load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.store import shipped
from csctl.store.canonical import CacheEntry, CanonicalStore, Found, open_frame, read_rows
from csctl.tables import TABLES, Column, Kind
from tests.policies.examples import policy_text
from tests.policies.rows import people_of, rows_of

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
    entries: Mapping[str, CacheEntry]
    problems: list[Problem]
    assessed: dict[Month, Assessed] = field(default_factory=dict, repr=False)

    def career(self, month: Month) -> Assessed:
        """Everybody's career steps at the end of a month, the example's earlier months being closed."""
        if month not in self.assessed:
            self.assessed[month] = self._assess(month)
        return self.assessed[month]

    def _assess(self, month: Month) -> Assessed:
        identity, _ = build_identity(people_on_roster(read_rows("roster", [self.entries["roster"].path])), {})
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


def example_policy(
    document: Mapping[str, Any], text_of: Callable[[str], str | None] = policy_text
) -> Policy | list[Problem]:
    """The policy an example runs: the one it names, or a child of it with the example's changes; else its faults.

    ``text_of`` gives the text of a policy by its name. The rules on gaps are set aside unless the example says
    ``coverage = true``.
    """
    return _policy(document["policy"], document.get("policy_changes"), text_of, bool(document.get("coverage")))


@lru_cache(maxsize=8)
def _policy(
    named: str, changes: str | None, text_of: Callable[[str], str | None], coverage: bool
) -> Policy | list[Problem]:
    """Examples that change nothing share the policy that they name."""
    child = CHILD.format(parent=named) + (changes or "")

    def fetch(name: str) -> SourceText | None:
        text = child if name == "example" else text_of(name)
        return None if text is None else SourceText(f"{name}.toml", text)

    loaded, problems = load_policy(named if changes is None else "example", fetch)
    if loaded is None:
        return problems
    return loaded.policy if coverage else _without_gaps(loaded.policy)


def _without_gaps(policy: Policy) -> Policy:
    """The example has the rows of its rule alone: what else a month would have is no gap, unless a policy says so."""
    if policy.score is None or "min_coverage" in policy.score.model_fields_set:
        return policy
    return policy.model_copy(update={"score": policy.score.model_copy(update={"min_coverage": Decimal(0)})})


@dataclass(frozen=True)
class Stored:
    """An example's rows as canonical tables, ready to be computed with one policy or another."""

    document: Mapping[str, Any]
    entries: Mapping[str, CacheEntry]
    frames: Mapping[str, Frame]
    roster: Sequence[Row]

    def compute(self, policy: Policy) -> Ran:
        """Every month of the example by that policy; earlier months are the history of later ones."""
        calendar = shipped.calendar(policy.pay.calendar if policy.pay else "cn")
        assert calendar is not None
        past: list[MonthResult] = []
        found: list[Problem] = []
        for text in self.document["months"]:
            month = Month.parse(text)
            assert month is not None, text
            roster = _roster_of(text, people_of(self.document), self.roster)
            given, problems = prepare_month(policy, month, roster, self.frames, {}, calendar, tuple(past))
            short = self._short(policy, month, given.agents)
            result = compute_month(replace(given, short=short))
            past.append(result)
            found += [*problems, *windows_said(policy, short, given.agents), *result.problems]
        return Ran(policy, past, self.entries, found)

    def _short(self, policy: Policy, month: Month, agents: Sequence[Agent]) -> Short:
        """Earlier months of a window that a table has no row of; an empty table was read for every month."""
        if not self.document.get("coverage"):
            return {}
        rows = {table: read_rows(table, [entry.path]) for table, entry in self.entries.items() if table != "roster"}
        read = {(table, row["month"]) for table, own in rows.items() for row in own}
        return short_windows(
            policy, month, agents, read | {(table, "") for table in rows if not rows[table]}, set(rows)
        )


def store_example(document: Mapping[str, Any], folder: Path) -> Stored:
    """Write the rows of an example as canonical tables below a folder."""
    store = CanonicalStore(folder)
    rows = rows_of(document)
    rows |= {table: [] for table in document.get("tables", {}).get("empty", []) if table not in rows}
    entries = {table: _entry(store, table, given) for table, given in rows.items()}
    frames = {table: open_frame(table, [entry.path], "polars") for table, entry in entries.items() if table != "roster"}
    return Stored(document, entries, frames, read_rows("roster", [entries["roster"].path]))


def run_example(document: Mapping[str, Any], folder: Path) -> Ran:
    """Compute every month of the example by the policy that it names."""
    policy = example_policy(document)
    assert isinstance(policy, Policy), policy
    return store_example(document, folder).compute(policy)


def _roster_of(month: str, given: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> list[Row]:
    """Of several rows about one agent the last that holds by then: ``since`` is a row's first month, YYYY-MM. Rows with
    days of their own stand beside each other.
    """
    held: dict[tuple[str, object], Row] = {}
    for one, row in zip(given, rows, strict=True):
        if one.get("since", "") <= month:
            held[one["agent_id"], one.get("valid_from")] = row
    return list(held.values())


def _entry(store: CanonicalStore, table: str, rows: Sequence[Mapping[str, Any]]) -> CacheEntry:
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
