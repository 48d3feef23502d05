"""Rows of people whose month changes inside, each at the part of the month in which its day lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

import narwhals as nw

from csctl.core.frames.frame import Frame, records, small
from csctl.core.people.own_days import OF_A_DAY, midnight, sums_of_the_month
from csctl.core.people.spans import parts_of_month
from csctl.core.records.agent import Agent
from csctl.month import Month
from csctl.tables import TABLES, Kind

OF_DAYS = OF_A_DAY | {"events"}
"""Tables whose rows belong to what somebody was on their day; a target or a plan is the month's."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one month, both included, of which somebody's rows go by ``key``; one key may have several."""

    agent_id: str
    key: str
    since: date
    until: date
    group: str = ""


@dataclass(frozen=True, slots=True)
class ByStretch:
    """Tables whose rows are credited to the keys of stretches, and which agents have rows without a day in which."""

    tables: dict[str, Frame]
    undated: frozenset[tuple[str, str]]


def span_key(agent_id: str, number: int) -> str:
    """What the rows of somebody's span go by, numbered from 0; no staff number looks like it."""
    return f"{agent_id}\x1f{number:02}"


def stretches_of(agents: Iterable[Agent], month: Month) -> list[Stretch]:
    """One for each span with a day in the month, of whoever has several."""
    return [
        Stretch(agent.agent_id, span_key(agent.agent_id, number), days[0], days[-1], part.group)
        for agent in agents
        if len(agent.spans) > 1
        for number, (part, days) in enumerate(parts_of_month(agent, month))
        if days
    ]


def rows_by_stretch(
    tables: Mapping[str, Frame], stretches: Sequence[Stretch], month: Month, undated: Collection[str]
) -> ByStretch:
    """The month's rows of the people of these stretches; ``tables`` are credited, ``undated`` files without days."""
    people, found, without = sorted({one.agent_id for one in stretches}), {}, set()
    for name in sorted(OF_DAYS & tables.keys()):
        own = tables[name].filter(nw.col("agent").is_in(people) & (nw.col("month") == str(month)))
        days = _Days(name, own)
        no_day = own.filter(_without_day(name, tables[name], days.column, month, undated))
        without |= {(row["agent"], name) for row in records(no_day.select("agent").unique())}
        found[name] = days.keyed(stretches)
    return ByStretch(found, frozenset(without))


def with_span_keys(
    tables: Mapping[str, Frame], stretches: Sequence[Stretch], month: Month, undated: Collection[str]
) -> dict[str, Frame]:
    """All rows, those of the days of a stretch credited to its key; a table that tells somebody no days stays."""
    given, found = rows_by_stretch(tables, stretches, month, undated), dict(tables)
    for name in given.tables:
        days, agent = _Days(name, tables[name]), nw.col("agent")
        for one in stretches:
            if (one.agent_id, name) not in given.undated:
                own = (nw.col("agent") == one.agent_id) & (nw.col("month") == str(month)) & days.within(one)
                agent = nw.when(own).then(nw.lit(one.key)).otherwise(agent)
        found[name] = tables[name].with_columns(agent.alias("agent"))
    return found


class _Days:
    """The column of a table that says the day of a row, and the rows parted by it."""

    def __init__(self, table: str, frame: Frame) -> None:
        column = TABLES[table].column(TABLES[table].dated or "date")
        self._frame = frame
        self._moments = column is not None and column.kind is Kind.MOMENT
        self.column = column.name if column else "date"

    def keyed(self, stretches: Sequence[Stretch]) -> Frame:
        """Each row credited to the key of the stretch in which its day lies; the others left out."""
        kind = nw.Datetime() if self._moments else nw.Date()
        schema = {"agent": nw.String(), "of_stretch": nw.String(), "starts": kind, "ends": kind}
        table: dict[str, list[object]] = {
            "agent": [one.agent_id for one in stretches],
            "of_stretch": [one.key for one in stretches],
            "starts": [self._edge(one.since) for one in stretches],
            "ends": [self._edge(one.until + _DAY) for one in stretches],
        }
        day = nw.col(self.column)
        kept = self._frame.join(small(self._frame, table, schema), on="agent", how="inner")
        kept = kept.filter((day >= nw.col("starts")) & (day < nw.col("ends")))
        return kept.with_columns(nw.col("of_stretch").alias("agent")).drop("of_stretch", "starts", "ends")

    def within(self, stretch: Stretch) -> nw.Expr:
        """Whether the day of a row lies in a stretch; no row without a day does."""
        day = nw.col(self.column)
        inside = (day >= self._edge(stretch.since)) & (day < self._edge(stretch.until + _DAY))
        return inside.fill_null(False)

    def _edge(self, day: date) -> date | datetime:
        return midnight(day) if self._moments else day


def _without_day(table: str, frame: Frame, column: str, month: Month, undated: Collection[str]) -> nw.Expr:
    """Rows of which nothing says on which day of the month they lie."""
    sums = [
        (nw.col("source_file") == file) & (nw.col("source_sheet").fill_null("") == sheet)
        for file, sheet in sums_of_the_month(table, frame, month)
    ]
    of_files = nw.col("source_file").is_in(sorted(undated))
    return reduce(or_, [nw.col(column).is_null(), of_files.fill_null(False), *sums])
