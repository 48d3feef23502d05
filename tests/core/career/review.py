"""A review of a small world: a candidate, somebody to be judged, and some who are not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csctl.core.career.cases import CaseEvent, cases
from csctl.core.career.reviewed import ReviewedMonth, reviewed
from csctl.core.records.agent import Agent
from csctl.month import Month
from tests.core.career.world import World, policy_with
from tests.workbench import rating

JUNE = Month(2026, 6)
ANSWERS = ("talk", "other_posts", "proposals", "helps", "plans")
RECOMMENDED = CaseEvent("recommended", "ann", "to_middle", "初级", "中级", date(2026, 7, 2), "周敏", "稳定", JUNE)
APPROVED = CaseEvent(
    "approved", "ann", "to_middle", "初级", "中级", date(2026, 7, 9), "总经办", "", JUNE, JUNE.shift(1), despite=True
)


def people(world: World) -> list[Agent]:
    """Everybody of the reviewed month."""
    return list(world.closed(world.month).agents)


def team() -> World:
    """Ann has every answer, Bob none, Cat failed three months in a row, Eve leads; all but Eve at the lowest level."""
    scores = {"ann": [95, 95, 95], "bob": [94, 94, 94], "cat": [50, 55, 59], "eve": [60, 60, 60]}
    return World(
        policy_with("pr"),
        JUNE,
        scores,
        "初级",
        levels={"eve": ["储备主管", "储备主管", "储备主管"]},
        hired=dict.fromkeys(scores, "2025-01-06"),
        ratings=[rating("ann", item, "是", rater="周敏", reason="有实例") for item in ANSWERS],
    )


def view_of(world: World, events: Sequence[CaseEvent] = ()) -> ReviewedMonth:
    """The review of a world's last month."""
    agents = people(world)
    return ReviewedMonth(
        team="安心客服部",
        month=world.month,
        months=tuple(world.months()),
        rows=tuple(reviewed(world.assess(), agents, world.policy)),
        cases=tuple(cases(events)[0]),
        names={agent.agent_id: agent.name for agent in agents},
    )
