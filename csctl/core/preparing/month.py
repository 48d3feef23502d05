"""From canonical tables to what a month is computed from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from csctl.core.career.changes import LevelChange, with_levels
from csctl.core.checking.checks import compute_checks
from csctl.core.checking.expected import Expecting, missing_row_findings, not_yet_known
from csctl.core.compute import MonthInput
from csctl.core.coverage.holes import idle_people, untold
from csctl.core.coverage.of_month import fates_of_month, with_left_out, with_not_employed
from csctl.core.coverage.repeats import AgentGroups, Scope, repeated_in_scopes, tables_shared
from csctl.core.frames.columns import on_stored
from csctl.core.frames.frame import Frame
from csctl.core.measuring.listings import compute_listings
from csctl.core.measuring.whole_windows import MonthsRead
from csctl.core.people.identity import build_identity
from csctl.core.people.own_days import outside_rows
from csctl.core.people.roster import Row, agents_of_month, people_on_roster
from csctl.core.people.span_rows import Stretch, stretches_of, with_span_keys
from csctl.core.people.spans import groups_of
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.figures import figures_of_month
from csctl.core.preparing.pay_items import pay_items_of
from csctl.core.preparing.ratings import ratings_of
from csctl.core.preparing.rows import MonthRows, rows_of_month
from csctl.core.preparing.said import rows_said, sums_said
from csctl.core.preparing.span_figures import figures_by_card, figures_by_span
from csctl.core.preparing.tables import undated_files
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates
from csctl.core.records.findings import CheckFinding
from csctl.core.records.lines import Measured
from csctl.core.records.result import MonthResult
from csctl.core.working_time.month import WorkedMonth, working_time_of_month
from csctl.core.working_time.one_sided import one_sided_files
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.refs import measures_named
from csctl.policy.working_time import ATTENDANCE_PREFIX
from csctl.problems import Problem


def prepare_month(
    policy: Policy,
    month: Month,
    roster: Sequence[Row],
    frames: Mapping[str, Frame],
    aliases: Mapping[str, str],
    calendar: WorkCalendar,
    past: Sequence[MonthResult],
    changes: Sequence[LevelChange] = (),
    files: Sequence[Fates] = (),
    read: MonthsRead = MappingProxyType({}),
) -> tuple[MonthInput, list[Problem]]:
    """People, measures and ratings of a month.

    ``frames`` are canonical tables that the workspace has, by name; ``changes`` are levels that somebody approved;
    ``files`` the fates of the rows of the month's files when they were read; ``read`` which months each table was read
    for, where its files name theirs.
    """
    identity, problems = build_identity(people_on_roster(roster), aliases)
    agents, found = _agents(policy, month, roster, changes)
    rows = rows_of_month(policy, month, roster, frames, files, identity, agents, calendar)
    given, said = _given(rows, calendar, past, read)
    return given, [*problems, *found, *rows_said(rows), *said]


def _given(
    rows: MonthRows, calendar: WorkCalendar, past: Sequence[MonthResult], read: MonthsRead
) -> tuple[MonthInput, list[Problem]]:
    """What rows that are credited to people come to, before anything is scored or paid; and what is said of it."""
    policy, month, agents = rows.policy, rows.month, rows.agents
    checked, findings, not_read = _checked(rows, calendar, read)
    worked = _worked(rows, calendar)
    figures = figures_of_month(rows, rows.files, read)
    ratings, of_ratings = ratings_of(rows.frames.get("ratings"), rows.identity, month)
    given = MonthInput(
        policy,
        month,
        agents,
        [*figures.measured, *checked, *worked.measured],
        ratings,
        calendar,
        past,
        tuple(findings),
        tuple(compute_listings(policy, _listed(rows), month)),
        worked.evidence,
        worked_marks={**figures.marks, **worked.marks},
        others=(*rows.others, *rows.partly),
        measured_others=figures.of_others,
        repeated=_repeated(rows),
        untold=untold(policy, rows.tables, agents, month),
        idle=idle_people(policy, rows.tables, agents, month, rows.away),
        away=rows.away,
        coverage=_coverage(rows),
        items=tuple(pay_items_of(rows.frames.get("pay_items"), rows.identity, month)),
        by_span={**figures_by_span(rows), **worked.by_span},
        by_card=figures_by_card(rows, worked),
    )
    return given, [*sums_said(rows, worked), *figures.problems, *not_read, *worked.problems, *of_ratings]


def _agents(
    policy: Policy, month: Month, roster: Sequence[Row], changes: Sequence[LevelChange]
) -> tuple[list[Agent], list[Problem]]:
    """Who works here in the month, at the levels that hold in it."""
    agents, problems = agents_of_month(roster, month, policy)
    by_roster = policy.pay is not None and policy.pay.base.by == "roster"
    agents, found = with_levels(agents, changes, month, pay_by_roster=by_roster)
    return agents, problems + found


def _listed(rows: MonthRows) -> dict[str, Frame]:
    """The tables as they were read, so that rows of nobody are listed too; but where a listing asks for what is worked
    out of the rows, those of known people.
    """
    asked = ((one.table, one.where) for one in rows.policy.listing)
    worked_out = {table for table, where in asked if len(on_stored(table, where)) < len(where)}
    return {**rows.frames, **{name: rows.tables[name] for name in sorted(worked_out & rows.tables.keys())}}


def _checked(
    rows: MonthRows, calendar: WorkCalendar, read: MonthsRead
) -> tuple[list[Measured], list[CheckFinding], list[Problem]]:
    """What the checks measure and find, rows included that must be there and are not; and where that is not known."""
    policy, month = rows.policy, rows.month
    frames, given = {**rows.frames, **rows.split.own}, Expecting(rows.agents, calendar, read)
    found = {
        check.id: missing_row_findings(check, frames, given, policy.language, month, month.last)
        for check in policy.check
    }
    rows_due = {name: due for name, (due, _) in found.items()}
    unknown = {check.id for check in policy.check if not_yet_known(check, frames, given, month)}
    checked, findings = compute_checks(policy, frames, rows.ids, month, month.last, rows_due, unknown)
    return checked, findings, [one for _, said in found.values() for one in said]


def _worked(rows: MonthRows, calendar: WorkCalendar) -> WorkedMonth:
    """Absence, lateness and what else the policy asks of attendance."""
    rules, asked = rows.policy.working_time, measures_named(rows.policy)
    names = {met.text.removeprefix(ATTENDANCE_PREFIX) for met in asked}
    one_sided = one_sided_files(rows.files)
    return working_time_of_month(rules, rows.split.own, rows.agents, rows.month, calendar, names, one_sided)


def _repeated(rows: MonthRows) -> dict[Scope, tuple[Measured, ...]]:
    """What rows of several people count more than once in the figures of a team."""
    here, others = ({one.agent_id: one.group for one in some} for some in (rows.agents, (*rows.others, *rows.partly)))
    shared = tables_shared(rows.policy, rows.files)
    stretches = stretches_of([one for one in rows.agents if len(groups_of(one)) > 1], rows.month) if shared else []
    tables, own = (_by_group(rows, frames, stretches, shared) for frames in (rows.tables, rows.split.own))
    here |= {one.key: one.group for one in stretches}
    return repeated_in_scopes(rows.policy, tables, own, AgentGroups(here, others), rows.month, shared, rows.filled)


def _by_group(
    rows: MonthRows, frames: Mapping[str, Frame], stretches: Sequence[Stretch], shared: Collection[str]
) -> Mapping[str, Frame]:
    """The tables with shared rows, those of people who change their group credited to the group of their day."""
    if not stretches:
        return frames
    of_several = {name: frame for name, frame in frames.items() if name in shared}
    return {**frames, **with_span_keys(of_several, stretches, rows.month, undated_files(rows.files))}


def _coverage(rows: MonthRows) -> tuple[Fates, ...]:
    """What became of every row of the month's files."""
    fates = fates_of_month(rows.files, rows.frames, rows.identity, rows.month, set(rows.ids))
    return with_not_employed(with_left_out(fates, "attendance", rows.sums_left_out), outside_rows(rows.split))
