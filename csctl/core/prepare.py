"""From canonical tables to what a month is computed from: people, measures, ratings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import narwhals as nw

from csctl.core.career.changes import LevelChange, with_levels
from csctl.core.checking.checks import compute_checks
from csctl.core.checking.expected import Expecting, lacking
from csctl.core.checking.findings import CheckFinding
from csctl.core.compute import MonthInput
from csctl.core.coverage.fates import Fates, columns_filled
from csctl.core.coverage.holes import holes_said, untold
from csctl.core.coverage.of_month import fates_of_month, with_left_out
from csctl.core.coverage.shared import shared_in_pools
from csctl.core.coverage.sums import checked_by_sums, days_before_sums
from csctl.core.coverage.two_files import facts_in_two_files
from csctl.core.forms.once import RETURNED, typed_or_returned
from csctl.core.lines import Measured
from csctl.core.measuring.columns import Frame, at_hand, records
from csctl.core.measuring.derived import provisional, with_derived
from csctl.core.measuring.doubts import Filled, scales_said, unfilled_said
from csctl.core.measuring.listings import compute_listings
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.sameness import with_words
from csctl.core.measuring.terms import credited, window_months
from csctl.core.measuring.whole_windows import MonthsRead, known_windows
from csctl.core.measuring.word_problems import word_problems
from csctl.core.measuring.word_use import word_use
from csctl.core.people.credit import of_others, uncredited, uncredited_problems
from csctl.core.people.identity import Identity, build_identity
from csctl.core.people.own_names import with_own_names
from csctl.core.people.roster import Row, agents_of_month, not_employed, people, place_of
from csctl.core.people.workdays import WorkCalendar
from csctl.core.result import Agent, MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.core.working_time.month import away_all_month, working_time_of_month
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.policy.pay import Streak
from csctl.policy.refs import columns_compared, measures_named
from csctl.policy.walk import uses
from csctl.policy.working_time import ATTENDANCE_PREFIX
from csctl.problems import Problem
from csctl.tables import TABLES
from csctl.words import RATERS, rater_of


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
    identity, problems = build_identity(people(roster), aliases)
    agents, found = _agents(policy, month, roster, changes)
    problems += found
    frames = {name: at_hand(frame) for name, frame in frames.items()}
    by_agent = {name: frame for name, frame in frames.items() if name != "roster" and TABLES[name].has_agents}
    undated = undated_files(files)
    left_out, compared = _checked_by_sums(by_agent, identity, undated, month)
    tables = credited_tables(policy, by_agent, identity, undated)
    problems += facts_in_two_files(tables, files, month) + shared_in_pools(policy, files)
    ids = [agent.agent_id for agent in agents]
    others = not_employed(roster, ids)
    names = {one.agent_id: one.name for one in others}
    for name in sorted(by_agent):
        problems += uncredited_problems(uncredited(by_agent[name], identity, month))
    filled = columns_filled(files)
    away = away_all_month(tables.get("leave"), agents, month)
    problems += compared + holes_said(policy, tables, agents, month, away) + _doubts(policy, tables, month, filled)
    problems += word_problems(word_use(policy, {**frames, **tables}, month, identity.knows))
    if names:
        problems += [fault for name in sorted(by_agent) for fault in of_others(tables[name], name, month, names)]
    rows_due, not_read = _rows_due(policy, {**frames, **tables}, Expecting(agents, calendar, read), month)
    checked, findings = compute_checks(policy, {**frames, **tables}, ids, month, month.last, rows_due)
    asked = {met.text.removeprefix(ATTENDANCE_PREFIX) for met in measures_named(policy)}
    worked = working_time_of_month(policy.working_time, tables, agents, month, calendar, asked)
    measured, of_leavers = _measured(policy, tables, ids, list(names), month, filled)
    ratings, found = ratings_of(frames.get("ratings"), identity, month)
    measured, short = known_windows(policy, measured, tables, agents, month, read)
    given = MonthInput(
        policy,
        month,
        agents,
        [*measured, *checked, *worked.measured],
        ratings,
        calendar,
        past,
        tuple(findings),
        tuple(compute_listings(policy, frames, month)),
        worked.evidence,
        worked_marks=worked.marks,
        others=tuple(others),
        measured_others=of_leavers,
        untold=untold(policy, tables, agents, month),
        coverage=with_left_out(fates_of_month(files, frames, identity, month, set(ids)), "attendance", left_out),
    )
    return given, [*problems, *short, *not_read, *worked.problems, *found]


def _agents(
    policy: Policy, month: Month, roster: Sequence[Row], changes: Sequence[LevelChange]
) -> tuple[list[Agent], list[Problem]]:
    """Who works here in the month, at the levels that hold in it."""
    agents, problems = agents_of_month(roster, month, policy)
    by_roster = policy.pay is not None and policy.pay.base.by == "roster"
    agents, found = with_levels(agents, changes, month, pay_by_roster=by_roster)
    return agents, problems + found


def _rows_due(
    policy: Policy, frames: Mapping[str, Frame], given: Expecting, month: Month
) -> tuple[dict[str, list[CheckFinding]], list[Problem]]:
    """The rows that must be there and are not, by check; and where that cannot be known."""
    found = {check.id: lacking(check, frames, given, policy.language, month, month.last) for check in policy.check}
    return {name: rows for name, (rows, _) in found.items()}, [one for _, said in found.values() for one in said]


def _measured(
    policy: Policy,
    tables: Mapping[str, Frame],
    employed: Sequence[str],
    others: Sequence[str],
    month: Month,
    filled: Filled,
) -> tuple[list[Measured], tuple[Measured, ...]]:
    """The measures of who works here; and what a pool takes from who does not, nothing where there is no pool."""
    pooled = others if policy.pay and policy.pay.pool else ()
    found = compute_measures(policy, tables, [*employed, *pooled], month, filled)
    own = [one for one in found if one.agent_id not in pooled]
    return own, tuple(one for one in found if one.agent_id in pooled)


def _checked_by_sums(
    frames: Mapping[str, Frame], identity: Identity, undated: Sequence[str], month: Month
) -> tuple[dict[tuple[str, str], int], list[Problem]]:
    """Of each file of attendance sums, the rows that do not count because there are days; where the two differ."""
    if "attendance" not in frames:
        return {}, []
    return checked_by_sums(credited(frames["attendance"], identity), undated, month)


def _doubts(policy: Policy, tables: Mapping[str, Frame], month: Month, filled: Filled) -> list[Problem]:
    """What measures rest on that the month's rows do not tell."""
    found = [*provisional(policy, tables, month), *unfilled_said(policy, tables, month, filled)]
    return found + scales_said(policy, tables, month)


def undated_files(files: Iterable[Fates]) -> list[str]:
    """Files of attendance whose rows have no day of their own: sums of the month."""
    return sorted({one.file for one in files if one.undated and one.table == "attendance"})


def credited_tables(
    policy: Policy, frames: Mapping[str, Frame], identity: Identity, undated: Collection[str] = ()
) -> dict[str, Frame]:
    """What measures and explanations look rows up in: derived columns and the words that the policy asks for added,
    every row credited to an agent.

    Tables about nobody are left out, and so are ratings that stand in a typed table and on a form for a second time,
    and sums of attendance of whoever has days; the files ``undated`` hold nothing but sums.
    """
    kept = {name: frame for name, frame in frames.items() if TABLES[name].has_agents}
    if "ratings" in kept:
        kept["ratings"] = _without_doubles(kept["ratings"], identity)
    complete = with_derived(policy, kept)
    asked = columns_compared(policy)
    found = {}
    for name, frame in complete.items():
        own = with_own_names(credited(frame, identity), name, identity)
        own = days_before_sums(own, undated) if name == "attendance" else own
        found[name] = at_hand(with_words(own, name, asked.get(name, ())))
    return found


def _without_doubles(frame: Frame, identity: Identity) -> Frame:
    """The ratings without the rows that ``ratings_of`` leaves out, of all months."""
    returned = frame.filter(nw.col("source_file").str.starts_with(RETURNED))
    texts = {row["month"] for row in records(returned)}
    months = sorted(month for text in texts if text and (month := Month.parse(text)))
    doubles: dict[tuple[str, str], list[int | None]] = {}
    for month in months:
        everything, _ = _credited_ratings(frame, identity, month)
        kept = {one.place for one in typed_or_returned(everything)[0]}
        for place in (one.place for one in everything if one.place not in kept):
            doubles.setdefault((place.file, place.sheet), []).append(place.row)
    for (file, sheet), rows in doubles.items():
        table = (nw.col("source_file") == file) & (nw.col("source_sheet").fill_null("") == sheet)
        frame = frame.filter(~(table & nw.col("source_row").is_in(rows)))
    return frame


def ratings_of(frame: Frame | None, identity: Identity, month: Month) -> tuple[list[Rating], list[Problem]]:
    """The month's ratings, each credited, and once where it was typed and came back on a form as well.

    A role that is not known is a problem.
    """
    ratings, problems = _credited_ratings(frame, identity, month)
    kept, found = typed_or_returned(ratings)
    return kept, problems + found


def _credited_ratings(frame: Frame | None, identity: Identity, month: Month) -> tuple[list[Rating], list[Problem]]:
    ratings: list[Rating] = []
    problems: list[Problem] = []
    for row in _month_rows(frame, month) if frame is not None else ():
        agent = identity.resolve(row["agent_id"] or "", row["agent_name"] or "")
        role = rater_of(row["role"] or "")
        if role is None:
            known = [word for words in RATERS.values() for word in words]
            problems.append(problem("role-unknown", place_of(row), row["role"] or "", known=known))
        elif agent is not None:
            ratings.append(_rating(row, agent, role))
    return ratings, problems


def _rating(row: Mapping[str, Any], agent: str, role: str) -> Rating:
    return Rating(
        agent_id=agent,
        role=role,
        rater=row["rater"] or "",
        item=row["item"],
        value=row["value"] or "",
        reason=row["reason"] or "",
        place=place_of(row),
    )


def _month_rows(frame: Frame, month: Month) -> Iterable[Mapping[str, Any]]:
    return records(frame.filter(nw.col("month") == str(month)).sort("source_file", "source_sheet", "source_row"))


def history_months(policy: Policy, month: Month, with_data: Iterable[Month]) -> list[Month]:
    """Earlier months that the policy needs computed first: for an annual guarantee and for streaks.

    Backwards from the month before, without a gap, two years at the most.
    """
    guarantee = policy.pay.guarantee if policy.pay else None
    needs = (guarantee and guarantee.mode == "annual") or any(uses(policy, Streak))
    known = set(with_data)
    months: list[Month] = []
    at = month.shift(-1)
    while needs and at in known and len(months) < 24:
        months.append(at)
        at = at.shift(-1)
    return months[::-1]


def looked_back_months(policy: Policy, month: Month) -> list[Month]:
    """Earlier months whose rows the month needs: those of the year for a year-to-date measure, those in which a
    deadline may have begun to run that ends in this one, and the one before for leave that reaches into this one.
    """
    back = max((check.months_back for check in policy.check), default=0)
    back = max(back, 1 if policy.working_time else 0)
    earlier = {month.shift(-step) for step in range(1, back + 1)}
    for _, term in uses(policy, Term):
        earlier |= {one for text in window_months(term, month) if (one := Month.parse(text)) and one != month}
    return sorted(earlier)
