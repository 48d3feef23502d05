"""Tickets, sessions and calls, as help desks and telephone systems list them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from csctl.readers.grid import Cell
from tests.readers.systems.shape import Made, Person, Rows, Shape, length, people


@dataclass(frozen=True)
class Contact:
    """One contact; lengths in seconds. An open one has neither an answer nor an end."""

    number: str
    who: Person
    customer: str
    began: datetime
    first: int
    took: int
    solved: bool
    messages: int
    rating: int | None

    @property
    def answered_at(self) -> datetime:
        """When somebody first answered."""
        return self.began + timedelta(seconds=self.first)

    @property
    def ended(self) -> datetime:
        """When it ended."""
        return self.began + timedelta(seconds=self.took)


def contacts_of(random: Random, *, english: bool) -> list[Contact]:
    """Contacts of some people, each of whole minutes; the first is solved, the second open."""
    found = []
    staff = people(random, english=english)
    for at in range(random.randint(3, 8)):
        began = datetime(2026, 7, random.randint(1, 28), random.randint(0, 23), random.randint(0, 59))  # noqa: DTZ001
        first = random.randint(1, 90) * 60
        took = first + random.randint(1, 2000) * 60
        solved = at == 0 or (at > 1 and random.random() < 0.6)
        rating = random.choice((None, 0, 1))
        customer = f"c{random.randint(1, 4)}"
        found.append(
            Contact(f"{7000 + at}", random.choice(staff), customer, began, first, took, solved, at % 5, rating)
        )
    return found


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _seconds(value: int) -> Decimal:
    return Decimal(value)


def _common(contacts: list[Contact]) -> dict[str, list[object]]:
    return {
        "interaction_id": [one.number for one in contacts],
        "agent_name": [one.who.name for one in contacts],
        "customer_id": [one.customer for one in contacts],
        "started_at": [one.began for one in contacts],
    }


def freshdesk(*, written: str) -> Callable[[Random], Made]:
    """Hours ``all`` written, ``none`` of them, or only those of the ``first`` ticket; the moments are always there."""

    def make(random: Random) -> Made:
        contacts = contacts_of(random, english=True)
        header = ("Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time",
                  "Resolved time", "Initial response time", "First response time (in hrs)",
                  "Resolution time (in hrs)", "Agent interactions", "Customer interactions", "Requester ID",
                  "Survey results")  # fmt: skip
        rows: Rows = [header]
        for at, one in enumerate(contacts):
            shown = one.solved and (written == "all" or (written == "first" and at == 0))
            rows.append((one.number, "?", "Resolved" if one.solved else "Open", "Low", "Email", "Question",
                         one.who.name, "Desk", _moment(one.began), _moment(one.ended) if one.solved else None,
                         _moment(one.answered_at) if one.solved else None, length(one.first) if shown else None,
                         length(one.took) if shown else None, one.messages, 1, one.customer, None))  # fmt: skip
        expected = _common(contacts) | {
            "channel": ["Email" for _ in contacts],
            "topic": ["Question" for _ in contacts],
            "status": ["Resolved" if one.solved else "Open" for one in contacts],
            "resolved": [one.solved for one in contacts],
            "resolved_at": [one.ended if one.solved else None for one in contacts],
            "first_response_seconds": [_seconds(one.first) if one.solved else None for one in contacts],
            "resolution_seconds": [_seconds(one.took) if one.solved else None for one in contacts],
            "agent_messages": [one.messages for one in contacts],
            "customer_messages": [1 for _ in contacts],
        }
        return Made([("", rows)], expected)

    return make


def zendesk(*, written: bool, lines: bool = False) -> Callable[[Random], Made]:
    """Minutes by the calendar beside those of business hours; the time to the solution may be left out."""

    def make(random: Random) -> Made:
        contacts = contacts_of(random, english=True)
        header: list[Cell] = ["Id", "Assignee", "Group", "Status", "Via", "Ticket type", "Requester id", "Created at",
                              "Solved at", "Satisfaction Score", "Reopens", "Replies", "On hold time in minutes",
                              "First reply time in minutes",
                              "First reply time in minutes within business hours"]  # fmt: skip
        header += ["Full resolution time in minutes"] if written else []
        ratings = {None: "Not Offered", 0: "Bad", 1: "Good"}
        rows: Rows = [header]
        for one in contacts:
            minutes = one.first // 60
            row: list[Cell] = [one.number, one.who.name, "Desk", "Solved" if one.solved else "Open", "Web", "Question",
                               one.customer, _moment(one.began), _moment(one.ended) if one.solved else None,
                               ratings[one.rating], 0, one.messages, 3, minutes, minutes / 2]  # fmt: skip
            rows.append([*row, one.took // 60 if one.solved else None] if written else row)
        expected = _common(contacts) | {
            "channel": ["Web" for _ in contacts],
            "topic": ["Question" for _ in contacts],
            "status": ["Solved" if one.solved else "Open" for one in contacts],
            "resolved": [one.solved for one in contacts],
            "resolved_at": [one.ended if one.solved else None for one in contacts],
            "satisfaction": [one.rating for one in contacts],
            "first_response_seconds": [_seconds(one.first) / (2 if lines else 1) for one in contacts],
            "resolution_seconds": [_seconds(one.took) if one.solved else None for one in contacts],
            "reopened": [0 for _ in contacts],
            "agent_messages": [one.messages for one in contacts],
            "hold_seconds": [180 for _ in contacts],
        }
        return Made([("", rows)], expected)

    return make


def sessions(random: Random) -> Made:
    """Chats with flags in words; each length has its unit in the header."""
    contacts = contacts_of(random, english=False)
    header = ("会话ID", "客服ID", "客服", "客户", "会话开始时间", "会话结束时间", "接入方式", "咨询分类",
                 "排队时长(秒)",
              "首次响应时长(秒)", "客服平均响应时长(秒)", "会话时长(秒)", "对话回合数", "满意度评分", "是否已解决",
              "会话有效性")  # fmt: skip
    rows: Rows = [header]
    rows += [(one.number, one.who.id, one.who.name, one.customer, _moment(one.began), _moment(one.ended), "网页",
              "退款", one.messages, one.first, one.first + 1, one.took, one.messages, one.rating and 5,
              "已解决" if one.solved else "未解决", "有效会话") for one in contacts]  # fmt: skip
    expected = _common(contacts) | {
        "agent_id": [one.who.id for one in contacts],
        "channel": ["网页" for _ in contacts],
        "topic": ["退款" for _ in contacts],
        "resolved_at": [one.ended for one in contacts],
        "answered": [True for _ in contacts],
        "resolved": [one.solved for one in contacts],
        "wait_seconds": [one.messages for one in contacts],
        "first_response_seconds": [one.first for one in contacts],
        "response_seconds": [one.first + 1 for one in contacts],
        "talk_seconds": [one.took for one in contacts],
        "rounds": [one.messages for one in contacts],
        "satisfaction": [one.rating and 5 for one in contacts],
    }
    return Made([("会话", rows)], expected)


def _milliseconds(seconds: int) -> int:
    return seconds * 1000


def calls(written: Callable[[int], Cell], unit: str = "") -> Callable[[Random], Made]:
    """Calls with lengths as they are ``written``, and the ``unit`` behind their headers."""
    return partial(_calls, written=written, unit=unit)


def _calls(random: Random, *, written: Callable[[int], Cell], unit: str) -> Made:
    """Those nobody answered have nothing but a time in the queue."""
    contacts = contacts_of(random, english=True)
    lengths = [f"Total {name}{unit}" for name in ("Queue", "Talk", "Hold", "ACW")]
    header = ("Conversation ID", "Media Type", "Queue", "Agent Id", "Agent Name", "ANI", "Date", "End Date", "Answered",
              "Abandoned", "Transferred", *lengths)  # fmt: skip
    rows: Rows = [header]
    for one in contacts:
        talk = [written(one.messages * 61 + 30), written(10), written(20)] if one.solved else [None] * 3
        rows.append((one.number, "voice", "Sales", one.who.id, one.who.name, one.customer, _moment(one.began),
                     _moment(one.ended), "YES" if one.solved else "NO", "NO" if one.solved else "YES", "NO",
                     written(one.first), *talk))  # fmt: skip
    expected = _common(contacts) | {
        "agent_id": [one.who.id for one in contacts],
        "channel": ["voice" for _ in contacts],
        "topic": ["Sales" for _ in contacts],
        "resolved_at": [one.ended for one in contacts],
        "answered": [one.solved for one in contacts],
        "abandoned": [not one.solved for one in contacts],
        "transferred": [False for _ in contacts],
        "wait_seconds": [one.first for one in contacts],
        "talk_seconds": [one.messages * 61 + 30 if one.solved else None for one in contacts],
        "hold_seconds": [10 if one.solved else None for one in contacts],
        "after_seconds": [20 if one.solved else None for one in contacts],
    }
    return Made([("", rows)], expected)


SHAPES = (
    Shape("freshdesk-tickets", "all lengths written", freshdesk(written="all")),
    Shape("freshdesk-tickets", "no length written", freshdesk(written="none")),
    Shape("freshdesk-tickets", "one length written", freshdesk(written="first")),
    Shape("zendesk-tickets", "time to the solution written", zendesk(written=True)),
    Shape("zendesk-tickets", "time to the solution left out", zendesk(written=False)),
    Shape("zendesk-tickets", "business hours wanted", zendesk(written=True, lines=True), lines=True),
    Shape("session-list", "flags in words", sessions),
    Shape("genesys-interactions", "lengths as clocks", calls(length)),
    Shape("genesys-interactions", "lengths in milliseconds", calls(_milliseconds), lines=True),
    Shape("genesys-interactions", "lengths in milliseconds, as their headers say", calls(_milliseconds, " (ms)")),
)
