"""What was noted of people in a month, shown to whoever rates them: nothing to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from csctl.core.forms.model import Block, Line
from csctl.core.forms.rated import Subject
from csctl.core.frames.frame import Frame, records
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.words import same_word


@dataclass(frozen=True, slots=True)
class Noted:
    """One row of the events: on which day, what, how often, whether there was a good reason, and where it is seen."""

    day: str
    label: str
    count: str
    excused: bool
    evidence: str


Notes = Mapping[str, Sequence[Noted]]
"""By agent, oldest first."""


def notes_of(policy: Policy, events: Frame, month: Month) -> Notes:
    """The month's events of everybody; ``events`` are credited rows."""
    own = events.filter(nw.col("month") == str(month)).sort("date", "source_file", "source_row")
    found: dict[str, list[Noted]] = {}
    for row in records(own):
        found.setdefault(str(row["agent"]), []).append(_noted(policy, row))
    return found


def _noted(policy: Policy, row: Mapping[str, Any]) -> Noted:
    event = str(row["event"] or "")
    label = next((one.label for key, one in policy.event.items() if _means(event, key, one.label)), event)
    count = "" if row["count"] in (None, 1) else f"{row['count']}"
    day = f"{row['date']:%m-%d}" if row["date"] else ""
    return Noted(day, label, count, row["excused"] is True, row["evidence"] or "")


def _means(event: str, key: str, label: str) -> bool:
    return same_word(event) in (same_word(key), same_word(label))


def log_block(subject: Subject, notes: Notes) -> Block:
    """The agent's events; one line that says so if there are none."""
    lines = [
        Line(f"log.{number}", one.day, None, standard=_what(subject, one), evidence=one.evidence)
        for number, one in enumerate(notes.get(subject.agent.agent_id, ()), start=1)
    ]
    nothing = Line("log.0", "–", None, standard=subject.words("forms-log-none"))
    return Block("log", subject.words("forms-log"), tuple(lines or [nothing]))


def _what(subject: Subject, one: Noted) -> str:
    text = f"{one.label} × {one.count}" if one.count else one.label
    return subject.words("forms-log-excused", what=text) if one.excused else text
