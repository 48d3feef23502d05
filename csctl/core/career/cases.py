"""Cases of the ladder: who was recommended, approved, rejected or withdrawn, by whom and why.

The ledger keeps events and never changes one; a case is what its events come to. Nothing happens by itself: without
an approval no level moves, and an approval holds from the month it names (PR-074, PR-075).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from csctl.messages import problem
from csctl.month import Month
from csctl.problems import NOWHERE, Problem

ENTRY_KIND = "promotion"
"""The kind of the ledger's entries whose documents are events of cases."""

EventKind = Literal["recommended", "applied", "reviewed", "defended", "scored", "approved", "rejected", "withdrawn"]
CaseState = Literal[
    "recommended", "applied", "reviewed", "defended", "scored", "approved", "effective", "rejected", "withdrawn"
]
VerdictState = Literal["candidate", "needs_judgement", "not_yet", "not_applicable"]

STAGES: tuple[EventKind, ...] = ("applied", "reviewed", "defended", "scored")
"""What may come between a recommendation and its decision, in this order; a step asks for some of them or none."""
WAITING: tuple[EventKind, ...] = ("recommended", *STAGES)
"""The kinds after which a case waits for a decision."""

_FOLLOWS: Mapping[EventKind, frozenset[EventKind]] = {
    **{stage: frozenset(WAITING[: place + 1]) for place, stage in enumerate(STAGES)},
    "scored": frozenset(WAITING),
    "approved": frozenset(WAITING),
    "rejected": frozenset(WAITING),
    "withdrawn": frozenset({*WAITING, "approved"}),
}
"""What may come after what; a recommendation opens a new case wherever none is waiting for a decision."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """Points out of the most possible for one part (a requirement's id) of a defence, with the part's words."""

    part: str
    label: str
    points: Decimal
    full: Decimal

    @property
    def of(self) -> tuple[Decimal, Decimal]:
        """Points, and the most possible."""
        return self.points, self.full


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One thing that people did about one agent and one step.

    ``on`` is the day it was done, which is the day it was booked unless another was said; ``month`` the closed month
    it was judged by; ``effective`` the first month an approval holds for (None with the other kinds), ``day`` the day
    of it from which it holds (None: the first); ``score`` what a part of a defence was given. ``despite``: decided
    although conditions were known to be unmet.
    Levels are ids; ``to_level`` may be words where a step leads off the ladder, or empty for a dismissal.
    """

    kind: EventKind
    agent_id: str
    step: str
    from_level: str
    to_level: str
    on: date
    by: str
    reason: str
    month: Month
    effective: Month | None = None
    despite: bool = False
    score: PartScore | None = None
    day: date | None = None

    @property
    def since(self) -> str:
        """The month or the day from which an approval holds; "" with the other kinds."""
        return str(self.day or self.effective or "")


@dataclass(frozen=True, slots=True)
class StepCase:
    """The events of one agent's case, oldest first; there is at least one."""

    events: tuple[CaseEvent, ...]

    @property
    def first(self) -> CaseEvent:
        """The recommendation."""
        return self.events[0]

    @property
    def last(self) -> CaseEvent:
        """What was booked last."""
        return self.events[-1]

    @property
    def key(self) -> tuple[str, str]:
        """Agent and step."""
        return self.first.agent_id, self.first.step

    @property
    def effective(self) -> Month | None:
        """The month from which it holds; None unless it is approved."""
        return self.last.effective if self.last.kind == "approved" else None

    @property
    def since(self) -> str:
        """The month or the day from which it holds; "" unless it is approved."""
        return self.last.since

    def state_in(self, month: Month) -> CaseState:
        """How it stands, looked at in a month: an approval is effective once its month has come."""
        return "effective" if self.effective is not None and self.effective <= month else self.last.kind


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where an agent stands when an event is to be booked.

    ``level`` counts approved changes, those still to come as well; ``verdict`` is that of the latest closed month on
    the event's step; ``open_from`` is the first month that is not closed.
    """

    level: str
    verdict: VerdictState
    open_from: Month


def cases(events: Iterable[CaseEvent]) -> tuple[list[StepCase], list[Problem]]:
    """All cases in the order in which they were opened. An event that cannot follow is left out and reported."""
    known: list[StepCase] = []
    problems: list[Problem] = []
    for event in events:
        place = _place(known, event)
        fault = _out_of_order(known, event)
        if fault is not None:
            problems.append(fault)
        elif event.kind == "recommended" or place is None:
            known.append(StepCase((event,)))
        else:
            known[place] = StepCase((*known[place].events, event))
    return known, problems


def current(known: Sequence[StepCase], agent_id: str, step: str) -> StepCase | None:
    """The agent's latest case on a step."""
    return next((case for case in reversed(known) if case.key == (agent_id, step)), None)


def booked_kinds(case: StepCase | None) -> frozenset[EventKind]:
    """What was booked in a case."""
    return frozenset(event.kind for event in case.events) if case else frozenset()


def faults(event: CaseEvent, known: Sequence[StepCase], standing: CaseStanding) -> list[Problem]:
    """Why an event may not be booked; nothing if it may."""
    out_of_order = _out_of_order(known, event)
    if out_of_order is not None:
        return [out_of_order]
    if event.kind == "rejected":
        return []
    if event.kind in STAGES:
        return _moved_on(event, standing)
    if event.kind == "withdrawn":
        return _too_late(event, current(known, event.agent_id, event.step), standing)
    found = _not_possible(event, standing)
    if event.kind == "approved" and (event.effective is None or event.effective < standing.open_from):
        found.append(_problem("promotion-month-closed", event, month=event.effective or "–", first=standing.open_from))
    return found


def _place(known: Sequence[StepCase], event: CaseEvent) -> int | None:
    """Where the case of an event stands in the list."""
    wanted = (event.agent_id, event.step)
    return next((index for index in reversed(range(len(known))) if known[index].key == wanted), None)


def _out_of_order(known: Sequence[StepCase], event: CaseEvent) -> Problem | None:
    """Whether the event cannot follow what was booked before: no recommendation, or already decided."""
    case = current(known, event.agent_id, event.step)
    if event.kind == "recommended":
        waiting = case is not None and case.last.kind in WAITING
        return _problem("promotion-already-recommended", event, on=case.first.on) if case and waiting else None
    if case is None:
        return _problem("promotion-not-recommended", event)
    if case.last.kind not in _FOLLOWS[event.kind]:
        code = "stage-passed" if case.last.kind in STAGES else f"already-{case.last.kind}"
        return _problem(f"promotion-{code}", event, on=case.last.on)
    moved = case.last.kind in WAITING and event.from_level != case.first.from_level
    return _level_changed(event, case.first.from_level, event.from_level) if moved else None


def _not_possible(event: CaseEvent, standing: CaseStanding) -> list[Problem]:
    """A level that changed meanwhile, a step that does not start there, conditions that are not met."""
    moved = _moved_on(event, standing)
    if moved:
        return moved
    if standing.verdict == "not_applicable":
        return [_problem("promotion-step-not-applicable", event, level=standing.level or "–")]
    if standing.verdict == "not_yet" and not event.despite:
        return [_problem("promotion-conditions-unmet", event, month=event.month)]
    return []


def _moved_on(event: CaseEvent, standing: CaseStanding) -> list[Problem]:
    """A level that changed since the recommendation."""
    return [] if standing.level == event.from_level else [_level_changed(event, event.from_level, standing.level)]


def _too_late(event: CaseEvent, case: StepCase | None, standing: CaseStanding) -> list[Problem]:
    """What holds in a closed month cannot be taken back; it needs a step of its own."""
    if case is None or case.effective is None or case.effective >= standing.open_from:
        return []
    return [_problem("promotion-already-effective", event, month=case.effective)]


def _level_changed(event: CaseEvent, before: str, now: str) -> Problem:
    return _problem("promotion-level-changed", event, before=before or "–", now=now or "–")


def _problem(code: str, event: CaseEvent, **details: object) -> Problem:
    return problem(code, NOWHERE, event.agent_id, step=event.step, **details)


def case_document(event: CaseEvent) -> dict[str, Any]:
    """An event as a document of the ledger: texts, a flag and nothing that depends on a language."""
    score = event.score
    scored = (
        {"part": score.part, "label": score.label, "points": f"{score.points:f}", "full": f"{score.full:f}"}
        if score
        else {}
    )
    return {
        "event": event.kind,
        "agent_id": event.agent_id,
        "step": event.step,
        "from_level": event.from_level,
        "to_level": event.to_level,
        "on": event.on.isoformat(),
        "by": event.by,
        "reason": event.reason,
        "month": str(event.month),
        "effective": str(event.effective) if event.effective else None,
        "despite": event.despite,
        **({"day": event.day.isoformat()} if event.day else {}),
        **scored,
    }


def case_event(document: Mapping[str, Any]) -> CaseEvent:
    """A document as the event it was. Raises ValueError for one that ``case_document`` cannot have made."""
    try:
        kind, month = document["event"], Month.parse(document["month"])
        effective = Month.parse(document["effective"]) if document["effective"] else None
        names = ("agent_id", "step", "from_level", "to_level", "by", "reason")
        texts = {name: str(document[name]) for name in names}
        score = _score(document) if "part" in document else None
        on, despite = date.fromisoformat(document["on"]), bool(document["despite"])
        day = date.fromisoformat(document["day"]) if "day" in document else None
    except (ArithmeticError, KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"not an event of a case: {document!r}") from fault
    if kind not in get_args(EventKind) or month is None or (document["effective"] and effective is None):
        raise ValueError(f"not an event of a case: {document!r}")
    return CaseEvent(kind=kind, on=on, month=month, effective=effective, despite=despite, score=score, day=day, **texts)


def _score(document: Mapping[str, Any]) -> PartScore:
    points, full = Decimal(document["points"]), Decimal(document["full"])
    if not points.is_finite() or not full.is_finite():
        raise ValueError(f"no points: {document!r}")
    return PartScore(str(document["part"]), str(document["label"]), points, full)
