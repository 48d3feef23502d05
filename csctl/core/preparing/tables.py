"""The rows of the tables, each credited to the agent it counts for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from csctl.core.coverage.sums import days_before_sums
from csctl.core.frames.frame import Frame, at_hand
from csctl.core.frames.sameness import with_words
from csctl.core.measuring.derived import with_derived
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Identity
from csctl.core.people.own_days import split_by_own_days
from csctl.core.people.own_names import with_own_names
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.day_kinds import with_day_kinds
from csctl.core.preparing.ratings import distinct_ratings
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.refs import columns_compared
from csctl.tables import TABLES


def about_agents(frames: Mapping[str, Frame]) -> dict[str, Frame]:
    """The tables whose rows are each about somebody; the roster says who there is and is none of them."""
    return {name: frame for name, frame in frames.items() if name != "roster" and TABLES[name].has_agents}


def credited_tables(
    policy: Policy,
    frames: Mapping[str, Frame],
    identity: Identity,
    undated: Collection[str] = (),
    calendar: WorkCalendar | None = None,
) -> dict[str, Frame]:
    """What measures and explanations look rows up in: derived columns and the words that the policy asks for added,
    every row credited to an agent.

    Tables about nobody are left out, and so are ratings that stand in a typed table and on a form for a second time,
    and sums of attendance of whoever has days; the files ``undated`` hold nothing but sums. Without a ``calendar``
    nothing is known of what kind of day a row lies on.
    """
    kept = {name: frame for name, frame in frames.items() if TABLES[name].has_agents}
    if "ratings" in kept:
        kept["ratings"] = distinct_ratings(kept["ratings"], identity)
    complete = with_derived(policy, kept)
    asked = columns_compared(policy)
    owned = {name: with_own_names(credited(frame, identity), name, identity) for name, frame in complete.items()}
    owned = owned if calendar is None else with_day_kinds(policy, owned, calendar)
    found = {}
    for name, own in owned.items():
        kept_rows = days_before_sums(own, undated) if name == "attendance" else own
        found[name] = at_hand(with_words(kept_rows, name, asked.get(name, ())))
    return found


def own_tables(
    policy: Policy,
    frames: Mapping[str, Frame],
    identity: Identity,
    coverage: Sequence[Fates],
    agents: Sequence[Agent],
    month: Month,
    calendar: WorkCalendar,
) -> dict[str, Frame]:
    """The rows that the figures of a computed month rest on: credited, of the days on which each worked here."""
    everybodys = credited_tables(policy, frames, identity, undated_files(coverage, "attendance"), calendar)
    return split_by_own_days(everybodys, agents, month, undated_files(coverage)).own


def undated_files(files: Iterable[Fates], table: str | None = None) -> list[str]:
    """Files, of one table or of any, whose rows have no day of their own: sums of the month."""
    return sorted({one.file for one in files if one.undated and table in (None, one.table)})
