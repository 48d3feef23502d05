"""Small builders shared by tests: policies from TOML text, people, measured values, ratings, canonical tables."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from csctl.core.compute import MonthInput, compute_month
from csctl.core.frames.frame import Frame
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_records
from csctl.core.records.pay_item import PayItem
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.store.canonical import CanonicalStore, Found, canonical_schema, open_frame
from csctl.store.engines import Engine
from csctl.store.spark import Spark

Row = Mapping[str, Any]
_SPARING = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
_MASTER = os.environ.get("CSCTL_TEST_SPARK", "local[2]")
_SPARK_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": _SPARING,
    "spark.executor.extraJavaOptions": _SPARING,
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
}
SPARK = Spark(
    master=_MASTER,
    settings={"spark.sql.shuffle.partitions": "2", **({} if _MASTER.startswith("sc://") else _SPARK_SETTINGS)},
)
"""A cluster that tools/spark_cluster.py started, or two threads of this machine."""

D = Decimal
OCTOBER = Month(2026, 10)
"""The month of most tests. With weekends as the only days off it has 22 workdays."""
YEARS = frozenset(range(2018, 2031))
WEEKENDS_OFF = WorkCalendar(YEARS, frozenset(), frozenset())
SCORED = """
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "x"
label = "x"
measure = "x"
out_of = 100
missing = "block"
"""
"""A score that is the measure ``x``, from 0 to 100."""
HEADER = 'id = "test"\nlabel = "Test"\nversion = "1"\n'


def policy(text: str) -> Policy:
    """A policy of this TOML text, numbers exact; id, label and version are supplied."""
    return Policy.model_validate(tomllib.loads(HEADER + text, parse_float=Decimal))


def agent(agent_id: str, **changes: object) -> Agent:
    """Somebody on the roster for a long time, of no group and no level."""
    made = Agent(agent_id, f"name of {agent_id}", "", "", "", "", date(2020, 1, 1), None, None, None)
    return replace(made, **changes)  # type: ignore[arg-type]


def measured(values: Mapping[str, Mapping[str, object]]) -> list[Measured]:
    """Agent → measure → value (a number or its text, or None for a missing one) as records of the measures table.

    One row is behind each value, none behind a missing one.
    """
    return [
        Measured(who, name, None, 0, None, None, "interactions")
        if value is None
        else Measured(who, name, Decimal(str(value)), 1, None, None, "interactions")
        for who, own in values.items()
        for name, value in own.items()
    ]


def rating(agent_id: str, item: str, value: str, role: str = "superior", **changes: object) -> Rating:
    """What one rater wrote about one item."""
    made = Rating(agent_id, role, "", item, value, "", Place("ratings.csv", "", 2))
    return replace(made, **changes)  # type: ignore[arg-type]


def month_of(
    rules: Policy,
    agents: Sequence[Agent],
    values: Mapping[str, Mapping[str, object]] | None = None,
    ratings: Sequence[Rating] = (),
    *,
    month: Month = OCTOBER,
    past: Sequence[MonthResult] = (),
    calendar: WorkCalendar = WEEKENDS_OFF,
    items: Sequence[PayItem] = (),
) -> MonthResult:
    """A month computed from people, values, ratings and one-off amounts."""
    given = MonthInput(rules, month, agents, measured(values or {}), ratings, calendar, past, items=tuple(items))
    return compute_month(given)


def score_lines(result: MonthResult, agent_id: str | None = None) -> list[ScoreLine]:
    """The score lines of a month, of one agent or of all."""
    lines = as_records(result.score_lines, ScoreLine)
    return [line for line in lines if agent_id in (None, line.agent_id)]


def scores(result: MonthResult) -> dict[str, Score]:
    """The scores of a month by agent."""
    return {one.agent_id: one for one in as_records(result.scores, Score)}


def pay_lines(result: MonthResult, agent_id: str | None = None) -> list[PayLine]:
    """The pay lines of a month, of one agent or of all."""
    lines = as_records(result.pay_lines, PayLine)
    return [line for line in lines if agent_id in (None, line.agent_id)]


def cents_by_line(result: MonthResult, agent_id: str) -> dict[str, int]:
    """One agent's pay: line id → cents."""
    return {line.line: line.amount_cents for line in pay_lines(result, agent_id)}


def codes(result: MonthResult) -> list[str]:
    """The codes of a month's problems, in order."""
    return [problem.code for problem in result.problems]


def counted_as_one(result: MonthResult) -> list[tuple[str, str]]:
    """Each component and indicator that is said to take a month that changes inside as one, with what says so."""
    said = [one for one in result.problems if one.code.startswith("spans-")]
    return [(name, one.code) for one in said for name in re.findall("“(.*?)”", str(one.parameters["component"]))]


def canonical_rows(table: str, rows: Sequence[Row], month: Month = OCTOBER) -> list[dict[str, Any]]:
    """Rows with every column of the table, numbered from 2 and in the month unless a row says otherwise."""
    blank = dict.fromkeys(canonical_schema(table))
    origin = {"source_file": f"{table}.csv", "source_sheet": "", "month": str(month)}
    return [blank | origin | {"source_row": number} | dict(row) for number, row in enumerate(rows, start=2)]


def stored(folder: Path, table: str, rows: Sequence[Row], key: str = "key") -> Path:
    """A canonical table in the store: the path of its Parquet file. ``rows`` are complete (see ``canonical_rows``)."""
    columns = {name: [row[name] for row in rows] for name in canonical_schema(table)}
    store = CanonicalStore(folder)
    return store.save(table, key, columns, Found(len(rows), 0, ())).path


def frame(folder: Path, table: str, rows: Sequence[Row], engine: Engine = "polars") -> Frame:
    """A canonical table written to the store and opened on an engine."""
    return open_frame(table, [stored(folder, table, rows)], engine, SPARK)


def records_of(result: MonthResult) -> list[Measured]:
    """The measures of a month."""
    return as_records(result.measures, Measured)
