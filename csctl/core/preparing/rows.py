"""The rows of a month as they are before anything is computed of them: whose they are, in which files they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csctl.core.coverage.sums import checked_by_sums
from csctl.core.frames.frame import Frame, at_hand
from csctl.core.measuring.doubts import Filled
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Identity
from csctl.core.people.own_days import Split, split_by_own_days
from csctl.core.people.roster import Row, not_employed
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.tables import about_agents, credited_tables, undated_files
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates, columns_filled
from csctl.core.working_time.month import away_all_month
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem


@dataclass(frozen=True, slots=True)
class MonthRows:
    """Tables by name, and the people they are about.

    ``frames`` are the canonical tables as they were read, ``by_agent`` those of them whose rows are each about
    somebody, ``tables`` the same with every row credited, ``split`` parts them by the days on which each worked here.
    ``attendance`` is credited as it was read, sums and days alike; ``sums_said`` is where the two differ, and
    ``sums_left_out`` how many rows of each file and sheet do not count because there are days. ``others`` are people
    of the roster who do not work here in the month, ``partly`` agents with rows outside their own days, ``away`` staff
    numbers of whoever is on leave all month.
    """

    policy: Policy
    month: Month
    files: Sequence[Fates]
    identity: Identity
    agents: Sequence[Agent]
    others: Sequence[Agent]
    frames: Mapping[str, Frame]
    by_agent: Mapping[str, Frame]
    tables: Mapping[str, Frame]
    attendance: Frame | None
    split: Split
    sums_left_out: Mapping[tuple[str, str], int]
    sums_said: Sequence[Problem]
    away: frozenset[str]

    @property
    def filled(self) -> Filled:
        """The canonical columns that the files of each table fill."""
        return columns_filled(self.files)

    @property
    def sums(self) -> list[str]:
        """Files of attendance that hold sums of the month, not days."""
        return undated_files(self.files, "attendance")

    @property
    def ids(self) -> list[str]:
        """Staff numbers of who works here."""
        return [agent.agent_id for agent in self.agents]

    @property
    def partly(self) -> list[Agent]:
        """Agents of whose rows some are outside the days on which they worked here."""
        return [agent for agent in self.agents if agent.agent_id in self.split.people]


def rows_of_month(
    policy: Policy,
    month: Month,
    roster: Sequence[Row],
    frames: Mapping[str, Frame],
    files: Sequence[Fates],
    identity: Identity,
    agents: Sequence[Agent],
    calendar: WorkCalendar,
) -> MonthRows:
    """The canonical tables with every row credited; sums of attendance checked against days and left out for them."""
    frames = {name: at_hand(frame) for name, frame in frames.items()}
    by_agent = about_agents(frames)
    sums = undated_files(files, "attendance")
    attendance = credited(by_agent["attendance"], identity) if "attendance" in by_agent else None
    left_out, said = checked_by_sums(attendance, sums, month) if attendance is not None else ({}, [])
    tables = credited_tables(policy, by_agent, identity, sums, calendar)
    return MonthRows(
        policy,
        month,
        files,
        identity,
        agents,
        not_employed(roster, [agent.agent_id for agent in agents], month),
        frames,
        by_agent,
        tables,
        attendance,
        split_by_own_days(tables, agents, month, undated_files(files)),
        left_out,
        said,
        away_all_month(tables.get("leave"), agents, month),
    )
