"""A month of two scorecards: calls on the hot line, chats in the chat, and a manner that all of them have."""

from __future__ import annotations

from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.policy.model import Policy
from tests.workbench import agent, month_of, policy, rating

TEXT = """
language = "en"
[score]
pass_mark = 60
rank = "{rank}"
[[dimension]]
id = "line"
label = "Hot line"
weight = 60
for = {{ post = ["hot line"] }}
[[dimension.indicator]]
id = "calls"
label = "Calls"
measure = "calls"
out_of = 100
missing = "block"
[[dimension]]
id = "chat"
label = "Chat"
weight = 60
for = {{ post = ["chat"] }}
[[dimension.indicator]]
id = "chats"
label = "Chats"
measure = "chats"
out_of = 100
missing = "block"
[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "Tone"
missing = "zero"
[[dimension]]
id = "manner"
label = "Manner"
weight = 40
for = {{ post = ["hot line", "chat"] }}
[[dimension.indicator]]
id = "manner"
label = "Manner"
rating = "Manner"
missing = "block"
"""
PEOPLE = [agent("a", post="hot line"), agent("b", post="chat"), agent("c", post="chat")]


def rules(rank: str = "card") -> Policy:
    """Everybody who is named has 60 points of the own work and 40 of the manner."""
    return policy(TEXT.format(rank=rank))


def ratings() -> list[Rating]:
    """A full manner for all, and no tone for the two in the chat."""
    return [rating(who, item, points) for who in "abc" for item, points in (("Manner", "100"), ("Tone", "0"))
            if who != "a" or item == "Manner"]  # fmt: skip


def month_of_cards(rank: str = "card") -> MonthResult:
    """``a`` has 94, ``b`` 67 and ``c`` 64: first and second of two cards, or of all."""
    values = {"a": {"calls": 90}, "b": {"chats": 90}, "c": {"chats": 80}}
    return month_of(rules(rank), PEOPLE, values, ratings())
