"""From canonical tables to what a month is computed from: people, measures, ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from csctl.core.columns import Frame, records
from csctl.core.compute import MonthInput
from csctl.core.credit import uncredited, uncredited_problems
from csctl.core.identity import Identity, build_identity
from csctl.core.measures import compute_measures
from csctl.core.ratings import Rating
from csctl.core.result import MonthResult
from csctl.core.roster import Row, agents_of_month, people, place_of
from csctl.core.terms import credited
from csctl.core.workdays import WorkCalendar
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.refs import terms
from csctl.problems import Problem, warning

ROLES = {
    "self": "self", "自评": "self", "本人": "self", "员工": "self",
    "superior": "superior", "上级": "superior", "主管": "superior", "上级评分": "superior",
    "panel": "panel", "评审": "panel", "评审团": "panel",
}  # fmt: skip
"""What raters' roles are called in files."""


def prepare_month(
    policy: Policy,
    month: Month,
    roster: Sequence[Row],
    frames: Mapping[str, Frame],
    aliases: Mapping[str, str],
    calendar: WorkCalendar,
    past: Sequence[MonthResult],
) -> tuple[MonthInput, list[Problem]]:
    """People, measures and ratings of a month. ``frames`` are canonical tables that the workspace has, by name."""
    identity, problems = build_identity(people(roster), aliases)
    agents, found = agents_of_month(roster, month, policy)
    problems += found
    by_agent = {name: frame for name, frame in frames.items() if name != "roster"}
    for name in sorted(by_agent):
        problems += uncredited_problems(uncredited(by_agent[name], identity, month))
    if "events" in frames:
        problems += unknown_events(frames["events"], policy, month)
    tables = {name: credited(frame, identity) for name, frame in by_agent.items()}
    measured = compute_measures(policy, tables, [agent.agent_id for agent in agents], month)
    ratings, found = ratings_of(frames.get("ratings"), identity, month)
    return MonthInput(policy, month, agents, measured, ratings, calendar, past), problems + found


def unknown_events(frame: Frame, policy: Policy, month: Month) -> list[Problem]:
    """Rows of the events table whose event the policy does not declare, by id or by label."""
    known = {name for event_id, event in policy.event.items() for name in (event_id, event.label)}
    return [
        warning("event-unknown", place_of(row).at(row=row["source_row"], column="event"), row["event"])
        for row in _month_rows(frame, month)
        if row["event"] not in known
    ]


def ratings_of(frame: Frame | None, identity: Identity, month: Month) -> tuple[list[Rating], list[Problem]]:
    """The month's ratings, each credited; a role that is not known is a problem."""
    ratings: list[Rating] = []
    problems: list[Problem] = []
    for row in _month_rows(frame, month) if frame is not None else ():
        agent = identity.resolve(row["agent_id"] or "", row["agent_name"] or "")
        role = ROLES.get((row["role"] or "").strip().casefold())
        if role is None:
            problems.append(warning("role-unknown", place_of(row), row["role"] or "", known="、".join(ROLES)))
        elif agent is not None:
            ratings.append(_rating(row, agent, role))
    return ratings, problems


def _rating(row: Mapping[str, Any], agent: str, role: str) -> Rating:
    return Rating(
        agent_id=agent,
        role=role,
        rater=row["rater"] or "",
        item=row["item"],
        value=row["value"],
        reason=row["reason"] or "",
        place=place_of(row),
    )


def _month_rows(frame: Frame, month: Month) -> Iterable[Mapping[str, Any]]:
    return records(frame.filter(nw.col("month") == str(month)).sort("source_file", "source_sheet", "source_row"))


def history_months(policy: Policy, month: Month, with_data: Iterable[Month]) -> list[Month]:
    """Earlier months that the policy needs computed first: for an annual guarantee and for streaks.

    Backwards from the month before, without a gap, two years at the most.
    """
    pay = policy.pay
    needs = pay and (
        (pay.guarantee and pay.guarantee.mode == "annual") or any(award.streak is not None for award in pay.award)
    )
    known = set(with_data)
    months: list[Month] = []
    at = month.shift(-1)
    while needs and at in known and len(months) < 24:
        months.append(at)
        at = at.shift(-1)
    return months[::-1]


def looked_back_months(policy: Policy, month: Month) -> list[Month]:
    """Months of the same year whose rows a year-to-date measure of the policy sums, this one excluded."""
    if all(term.window == "month" for _, term in terms(policy)):
        return []
    return [Month(month.year, number) for number in range(1, month.number)]
