"""Whose the rows of a computed month are."""

from __future__ import annotations

from csctl.core.frames.frame import Frame
from csctl.core.people.identity import Identity, build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.preparing.tables import own_tables
from csctl.workflow.month.compute import Computed


def identity_of(computed: Computed) -> Identity:
    """Who is called what in the month's exports."""
    roster = computed.material.roster(computed.month)
    return build_identity(people_on_roster(roster), computed.material.config.aliases)[0]


def own_rows(computed: Computed) -> dict[str, Frame]:
    """By table, the rows that figures rest on: credited, of the days on which each worked here."""
    result = computed.result
    identity, agents = identity_of(computed), computed.given.agents
    calendar = computed.material.calendar
    return own_tables(result.policy, computed.frames, identity, result.coverage, agents, computed.month, calendar)
