"""Rows of people who work here for a part of the month, on days before their first or after their last one.

What such a row stands for is the team's, as are the rows of people who are not here at all, and no person's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import as_whole_numbers
from csctl.core.frames.frame import Frame, records
from csctl.core.people.spans import absences, consecutive_days, days_here
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.money import amount_text
from csctl.month import Month
from csctl.problems import Place, Problem, shortened
from csctl.tables import DECIMALS, TABLES, Kind

OF_A_DAY = frozenset(
    {"attendance", "interactions", "kpis", "orders", "surveys", "complaints", "reviews", "quality", "messages",
     "aftersales", "agent_states"}
)  # fmt: skip
"""Tables whose rows are work or its results on their day; days of plans, titles and decisions say nothing of it."""
_LISTS_EVERYBODY = frozenset({"attendance", "kpis", "agent_states"})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Split:
    """Credited tables by name: the rows of people's own days, and the others where there are any."""

    own: dict[str, Frame]
    outside: dict[str, Frame]

    @property
    def people(self) -> frozenset[str]:
        """Staff numbers of whose rows some are outside their own days."""
        frames = self.outside.values()
        return frozenset(row["agent"] for frame in frames for row in records(frame.select("agent").unique()))


def split_by_own_days(
    tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month, undated: Collection[str]
) -> Split:
    """Parts the month's rows of everybody who comes or leaves in it; ``tables`` are credited, ``undated`` are files
    whose rows have no day. Rows of other months are nobody's to part.
    """
    partly = [one for one in agents if days_here(one, month) and absences(one, month)]
    own, outside = dict(tables), {}
    for name in sorted(OF_A_DAY & tables.keys() if partly else ()):
        there = nw.col("agent").is_in([one.agent_id for one in partly]) & (nw.col("month") == str(month))
        beyond = there & reduce(or_, [_beyond(name, one, month) for one in partly]) & ~_of_the_month(undated)
        found = tables[name].filter(beyond.fill_null(False))
        for file, sheet in sums_of_the_month(name, tables[name], month):
            at = (nw.col("source_file") == file) & (nw.col("source_sheet").fill_null("") == sheet)
            found, beyond = found.filter(~at), beyond & ~at
        if records(found.select(nw.len().alias("rows")))[0]["rows"]:
            own[name], outside[name] = tables[name].filter(~beyond.fill_null(False)), found
    return Split(own, outside)


def _beyond(table: str, agent: Agent, month: Month) -> nw.Expr:
    """Whether a row is this agent's and of a day on which he was not here."""
    column = TABLES[table].column(TABLES[table].dated or "date")
    day = nw.col(column.name if column else "date")
    edge = midnight if column is not None and column.kind is Kind.MOMENT else _same
    tests = []
    for first, last in absences(agent, month):
        from_then = day >= edge(first) if first > month.first else None
        until_then = day < edge(last + timedelta(days=1)) if last < month.last else None
        tests.append(reduce(and_, [test for test in (from_then, until_then) if test is not None]))
    return (nw.col("agent") == agent.agent_id) & reduce(or_, tests)


def _same(day: date) -> date:
    return day


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time())


def _of_the_month(undated: Collection[str]) -> nw.Expr:
    return nw.col("source_file").is_in(sorted(undated))


def sums_of_the_month(table: str, frame: Frame, month: Month) -> list[tuple[str, str]]:
    """Files and sheets in which every row bears the month's first or last day: a name of the month, not a day."""
    column = TABLES[table].dated or "date"
    if table == "messages" or TABLES[table].column(column) is None:
        return []
    kept = frame.filter(nw.col("month") == str(month))
    spans = kept.group_by("source_file", "source_sheet").agg(
        nw.col(column).min().alias("from"), nw.col(column).max().alias("to")
    )
    edges = (month.first, month.last)
    return [
        (row["source_file"] or "", row["source_sheet"] or "")
        for row in records(spans)
        if _as_day(row["from"]) == _as_day(row["to"]) and _as_day(row["from"]) in edges
    ]


def _as_day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def outside_said(split: Split, agents: Sequence[Agent], month: Month) -> list[Problem]:
    """One warning for each file and sheet with rows outside people's own days: whose, how many, how much money."""
    people = {one.agent_id: one for one in agents}
    found: list[Problem] = []
    for table, outside in sorted(split.outside.items()):
        frame = _telling(outside, table)
        money = [column.name for column in TABLES[table].columns if column.kind is Kind.MONEY]
        sums = [nw.col(one).sum().alias(one) for one in money]
        groups = (
            as_whole_numbers(frame, table, money)
            .group_by("source_file", "source_sheet", "agent")
            .agg(nw.col("source_row").n_unique().alias("rows"), nw.col("source_row").min().alias("first"), *sums)
        )
        sheets: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in sorted(records(groups), key=lambda row: (row["first"], row["agent"])):
            sheets.setdefault((row["source_file"] or "", row["source_sheet"] or ""), []).append(row)
        found += [_said(Place(*sheet), sheets[sheet], money, people, month) for sheet in sorted(sheets)]
    return found


def _said(
    place: Place, rows: Sequence[Mapping[str, Any]], money: Sequence[str], people: Mapping[str, Agent], month: Month
) -> Problem:
    cents = [sum(int(row[one] or 0) for row in rows) for one in money]
    amounts = tuple(amount_text(one) for one in cents if one)
    who = [_person(people[row["agent"]], month) for row in rows]
    code = "money-outside-own-days" if amounts else "rows-outside-own-days"
    said = {"rows": sum(int(row["rows"]) for row in rows), **({"amounts": amounts} if amounts else {})}
    return problem(code, place.at(row=int(rows[0]["first"])), shortened(who, _SHOWN), **said)


def _telling(frame: Frame, table: str) -> Frame:
    """The rows that say that something was done: systems list whoever has left with empty days and zeros."""
    if table not in _LISTS_EVERYBODY:
        return frame
    columns = [one for one in TABLES[table].columns if one.name != TABLES[table].dated]
    filled = [~nw.col(one.name).is_null() for one in columns if one.kind is Kind.MOMENT]
    figures = [(nw.col(one.name) != 0).fill_null(False) for one in columns if one.kind in DECIMALS]
    return frame.filter(reduce(or_, [*filled, *figures]))


def _person(agent: Agent, month: Month) -> str:
    """Who it is, and the days of the month that are their own."""
    runs = consecutive_days(days_here(agent, month))
    return f"{agent.name} {agent.agent_id} ({', '.join(_between(*run, month) for run in runs)})".strip()


def _between(first: date, last: date, month: Month) -> str:
    since = f"{first}" if first > month.first else ""
    until = f"{last}" if last < month.last else ""
    return f"{since} … {until}".strip()


def outside_rows(split: Split) -> dict[tuple[str, str, str], int]:
    """By table, file and sheet, how many rows are of no person for that."""
    found: dict[tuple[str, str, str], int] = {}
    for table, frame in split.outside.items():
        groups = frame.group_by("source_file", "source_sheet").agg(nw.col("source_row").n_unique().alias("rows"))
        for row in records(groups):
            found[table, row["source_file"] or "", row["source_sheet"] or ""] = int(row["rows"])
    return found
