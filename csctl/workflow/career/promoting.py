"""Recommendations and decisions about steps of the ladder, booked in the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from csctl.core.career.cases import (
    ENTRY_KIND,
    CaseEvent,
    CaseStanding,
    EventKind,
    PartScore,
    StepCase,
    VerdictState,
    case_document,
    cases,
    current,
    faults,
)
from csctl.core.career.changes import level_changes, level_to_come
from csctl.core.career.reviewed import StepReview
from csctl.core.career.stages import approval_faults, stage_faults
from csctl.core.people.called import agent_called
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.career import CareerStep
from csctl.problems import Problem, errors
from csctl.store.ledger.entries import EntryDraft
from csctl.words import fold
from csctl.workflow.career.reviewing import Review, ReviewAsked, review
from csctl.workflow.ledger.closed import append_to_ledger
from csctl.workflow.month.compute import Asked
from csctl.workflow.session import session


@dataclass(frozen=True, slots=True)
class EventAsked:
    """A decision to book. ``at`` is the moment of booking (ISO, with its offset).

    ``effective`` is a month or a day; None: the first open month. ``despite``: although conditions are not met. ``on``
    None: it was done on the day of booking. ``score``: which part of a defence, the points given for it, and the most
    possible.
    """

    asked: Asked
    kind: EventKind
    agent: str
    step: str
    by: str
    reason: str
    at: str
    effective: str | None = None
    despite: bool = False
    on: str | None = None
    score: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What a decision came to. ``case`` is None if it was not booked."""

    case: StepCase | None
    name: str
    problems: tuple[Problem, ...]


def book_promotion(asked: EventAsked) -> Booking:
    """Book a recommendation or a decision, if it may be booked."""
    with session(asked.asked.folder) as hindered:
        return Booking(None, "", hindered) if hindered else _decide(asked)


def _decide(asked: EventAsked) -> Booking:
    found, problems = review(ReviewAsked(asked.asked))
    if found is None:
        return Booking(None, "", tuple(problems))
    event, problems = _event(asked, found)
    if event is None or errors(problems):
        return Booking(None, "", tuple(problems))
    problems += append_to_ledger(
        found.books, [EntryDraft(ENTRY_KIND, str(event.month), asked.at, case_document(event))]
    )
    known, _ = cases([*found.books.case_events, event])
    case = None if errors(problems) else current(known, event.agent_id, event.step)
    return Booking(case, found.view.names.get(event.agent_id, ""), tuple(problems))


def _event(asked: EventAsked, found: Review) -> tuple[CaseEvent | None, list[Problem]]:
    """The event asked for, and why it may not be booked."""
    problems = _unsaid(asked)
    agent_id, said = _agent_id(asked, found)
    (effective, day), more = _effective(asked, found)
    on, unread = _day(asked)
    problems += [*said, *more, *unread]
    if agent_id is None or problems:
        return None, problems
    known = found.view.cases
    case = current(known, agent_id, asked.step)
    wanted = (agent_id, asked.step)
    row = next((one for one in found.view.rows if (one.agent.agent_id, one.verdict.step) == wanted), None)
    steps = {step.id: step for step in found.policy.career.step} if found.policy.career else {}
    step = steps.get(asked.step)
    if case is None and step is None:
        return None, [problem("promotion-step-unknown", found=asked.step, known=tuple(steps))]
    score, problems = _score(asked, step)
    if problems:
        return None, problems
    from_level, to_level = _levels(asked.kind, case, row)
    event = CaseEvent(
        kind=asked.kind,
        agent_id=agent_id,
        step=asked.step,
        from_level=from_level,
        to_level=to_level,
        on=on,
        by=asked.by.strip(),
        reason=asked.reason.strip(),
        month=found.view.month,
        effective=effective,
        score=score,
        day=day,
    )
    return _judged(event, asked, found, case, step, row)


def _judged(
    event: CaseEvent,
    asked: EventAsked,
    found: Review,
    case: StepCase | None,
    step: CareerStep | None,
    row: StepReview | None,
) -> tuple[CaseEvent, list[Problem]]:
    """The event as it is booked, and why it may not be."""
    unready = approval_faults(event, case, step, row) if step else []
    event = replace(event, despite=asked.despite and (bool(unready) or _verdict(found, row) == "not_yet"))
    problems = faults(event, found.view.cases, _standing(found, row, event))
    problems = problems or stage_faults(event, case, step, asked.asked.today) or ([] if asked.despite else unready)
    if not problems and asked.kind == "approved" and row is not None and row.unanswered:
        count = len(row.unanswered)
        problems.append(problem("promotion-unanswered", found=event.agent_id, step=asked.step, count=count))
    return event, problems


def _unsaid(asked: EventAsked) -> list[Problem]:
    """Nobody named, or no reason where one must be given: an approval of what the policy supports needs none."""
    problems = [] if asked.by.strip() else [problem("promotion-nobody-says")]
    must_say_why = asked.kind in ("recommended", "rejected", "withdrawn") or asked.despite
    return problems + ([problem("promotion-no-reason")] if must_say_why and not asked.reason.strip() else [])


def _agent_id(asked: EventAsked, found: Review) -> tuple[str | None, list[Problem]]:
    """Who is meant; a case of somebody who has left can still be rejected or withdrawn."""
    agent, problems = agent_called(found.latest.agents, asked.agent, found.view.month)
    if agent is not None or asked.kind in ("recommended", "approved"):
        return (agent.agent_id if agent else None), problems
    gone = [case.first.agent_id for case in found.view.cases if fold(case.first.agent_id) == fold(asked.agent)]
    return (gone[-1], []) if gone else (None, problems)


def _effective(asked: EventAsked, found: Review) -> tuple[tuple[Month | None, date | None], list[Problem]]:
    """The first month it holds for, and the day of it from which it does where that is not the first."""
    if asked.kind != "approved":
        return (None, None), []
    if asked.effective is None:
        return (_first_open(found), None), []
    if month := Month.parse(asked.effective):
        return (month, None), []
    try:
        day = date.fromisoformat(asked.effective.strip())
    except ValueError:
        return (None, None), [problem("promotion-effective-malformed", found=asked.effective)]
    month = Month.of(day)
    return (month, day if day > month.first else None), []


def _day(asked: EventAsked) -> tuple[date, list[Problem]]:
    """When it was done."""
    if asked.on is None:
        return asked.asked.today, []
    try:
        return date.fromisoformat(asked.on.strip()), []
    except ValueError:
        return asked.asked.today, [problem("promotion-on-malformed", found=asked.on)]


def _score(asked: EventAsked, step: CareerStep | None) -> tuple[PartScore | None, list[Problem]]:
    """The points as numbers, with the words of their part."""
    if asked.score is None:
        return None, []
    part, *texts = asked.score
    labels = {one.id: one.label for one in step.defence} if step else {}
    numbers = [_number(text) for text in texts]
    wrong = [text for text, number in zip(texts, numbers, strict=True) if number is None]
    if wrong:
        return None, [problem("promotion-points-malformed", found=wrong[0])]
    points, full = (number for number in numbers if number is not None)
    return PartScore(part, labels.get(part, part), points, full), []


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _levels(kind: EventKind, case: StepCase | None, row: StepReview | None) -> tuple[str, str]:
    """From and to which level: what was recommended, or what the policy says now."""
    if case is not None and (kind != "recommended" or row is None):
        return case.first.from_level, case.first.to_level
    return (row.verdict.from_level, row.verdict.to_level) if row else ("", "")


def _standing(found: Review, row: StepReview | None, event: CaseEvent) -> CaseStanding:
    agent = row.agent if row else None
    changes = level_changes(found.view.cases, found.policy)
    return CaseStanding(
        level=level_to_come(agent, changes) if agent else event.from_level,
        verdict=_verdict(found, row),
        open_from=_first_open(found),
    )


def _verdict(found: Review, row: StepReview | None) -> VerdictState:
    """How the agent stands before the step; what ended and was not decided may still be decided."""
    if row is None:
        return "not_applicable"
    kept = {(one.row.agent.agent_id, one.row.verdict.step) for one in found.view.kept}
    return "candidate" if (row.agent.agent_id, row.verdict.step) in kept else row.verdict.state


def _first_open(found: Review) -> Month:
    return found.latest_closed.shift(1)
