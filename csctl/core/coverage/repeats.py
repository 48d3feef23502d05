"""Rows of several people in figures of a team: each of them has the row, the team has it once.

The figures of people are added up to those of a team. What such a row counts beyond the first of its people is worked
out here as a figure of its own, so that it can be taken off the sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import narwhals as nw

from csctl.core.frames.frame import Frame, collected, on_same_engine, small
from csctl.core.measuring.doubts import Filled
from csctl.core.measuring.measures import compute_measures, formulas
from csctl.core.records.fates import Fates
from csctl.core.records.lines import Measured
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.pool import Pool

Scope = tuple[str, str]
"""For whom figures are added up: ``team`` or ``group``, of ``everybody`` or of the ``employed`` alone."""
TEAM: Scope = ("team", "employed")


@dataclass(frozen=True, slots=True)
class AgentGroups:
    """Groups by staff number: of who is employed in the month, and of who is known and is not."""

    employed: Mapping[str, str]
    others: Mapping[str, str]


_ROW = ["source_file", "source_sheet", "source_row"]


def tables_shared(policy: Policy, files: Iterable[Fates]) -> frozenset[str]:
    """Tables of which rows may be of several people: those of the month's files, and any that a longer window asks."""
    now = {one.table for one in files if one.shared}
    terms = [term for one in formulas(policy) for term in one.terms]
    longer = {term.table for term in terms if term.window != "month" or term.last_months}
    return frozenset(now | (longer if files else set()))


def repeated_counts(
    policy: Policy,
    tables: Mapping[str, Frame],
    team_of: Mapping[str, str],
    month: Month,
    shared: Collection[str],
    filled: Filled = MappingProxyType({}),
) -> tuple[Measured, ...]:
    """What each measure counts more than once when the figures of these people are added up, by team as ``agent_id``.

    ``tables`` are credited; ``team_of`` are the people by staff number, ``shared`` the tables to look at.
    """
    found = {name: rows for name in sorted(shared & tables.keys()) if (rows := _repeats(tables[name], team_of))}
    if not found:
        return ()
    frames = {name: found.get(name, frame.filter(nw.col("agent") == "")) for name, frame in tables.items()}
    return tuple(compute_measures(policy, frames, sorted(set(team_of.values())), month, filled))


def _repeats(frame: Frame, team_of: Mapping[str, str]) -> Frame | None:
    """The rows of everybody of a team but the first who shares them, credited to the team; None if there are none."""
    own = _with_team(frame, team_of)
    groups = own.group_by(*_ROW, "team").agg(
        nw.col("agent").n_unique().alias("people"), nw.col("agent").min().alias("first")
    )
    several = collected(groups.filter(nw.col("people") > 1))
    if several.is_empty():
        return None
    repeats = own.join(on_same_engine(own, several), on=[*_ROW, "team"], how="inner").filter(
        nw.col("agent") != nw.col("first")
    )
    return repeats.with_columns(nw.col("team").alias("agent")).drop("team", "people", "first")


def _with_team(frame: Frame, team_of: Mapping[str, str]) -> Frame:
    keyed = frame.with_columns(nw.col("source_sheet").fill_null("").alias("source_sheet"))
    rows = {"agent": list(team_of), "team": list(team_of.values())}
    return keyed.join(small(frame, rows, dict.fromkeys(rows, nw.String())), on="agent", how="inner")


def repeated_in_scopes(
    policy: Policy,
    tables: Mapping[str, Frame],
    own: Mapping[str, Frame],
    people: AgentGroups,
    month: Month,
    shared: Collection[str],
    filled: Filled = MappingProxyType({}),
) -> dict[Scope, tuple[Measured, ...]]:
    """The same for the team and for every way in which a pool of the policy adds up.

    ``own`` are the tables with the rows of people's own days alone, which is all that those employed have.
    """
    if not shared:
        return {}
    pools = policy.pay.pool if policy.pay else []
    found = {}
    for scope in dict.fromkeys([TEAM, *map(scope_of, pools)]):
        per, whose = scope
        groups = people.employed if whose == "employed" else {**people.others, **people.employed}
        team_of = {agent: group if per == "group" else "" for agent, group in groups.items()}
        frames = own if whose == "employed" else tables
        found[scope] = repeated_counts(policy, frames, team_of, month, shared, filled)
    return found


def scope_of(pool: Pool) -> Scope:
    """Whose figures a pool adds up."""
    return pool.per, pool.counts
