"""Points that panels gave for parts of a defence, as the ledger has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csctl.core.career.cases import StepCase


@dataclass(frozen=True, slots=True)
class BookedScore:
    """Points that the ledger has for one part of a defence; the last booked of each part holds."""

    agent_id: str
    step: str
    requirement: str
    on: date
    points: Decimal
    full: Decimal


def booked_scores(known: Iterable[StepCase]) -> list[BookedScore]:
    """The scores of every agent's latest case on a step: those of an earlier case say nothing of a new one."""
    latest = {case.key: case for case in known}
    found = {
        (*case.key, event.score.part): BookedScore(*case.key, event.score.part, event.on, *event.score.of)
        for case in latest.values()
        for event in case.events
        if event.score is not None
    }
    return list(found.values())
