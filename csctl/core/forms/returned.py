"""What came back on forms: each answer once, and never one of two that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.words import fold


@dataclass(frozen=True, slots=True)
class Said:
    """One field of an interview record."""

    agent_id: str
    rater: str
    field: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Objection:
    """One row of an appeal form. ``claim`` is what the agent thinks is right."""

    agent_id: str
    filed_on: date
    published_on: date | None
    item: str
    claim: str
    reason: str
    evidence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Happened:
    """One row of an inspection form: what was found on a day, and how often. ``rater`` is who found it."""

    agent_id: str
    rater: str
    day: date
    event: str
    count: int
    evidence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One row of a form for quality reviews. ``number`` is that of its row; what nobody wrote is None or ""."""

    agent_id: str
    reviewer: str
    day: date
    item: str
    contact: str
    number: str
    passed: bool | None
    critical: bool | None
    spot_check: bool | None
    points: Decimal | None
    full: Decimal | None
    remark: str
    place: Place


Answer = TypeVar("Answer", Rating, Said, Objection, Happened, Reviewed)


def rating_key(one: Rating) -> tuple[str, ...]:
    """What makes two ratings answers to one question. Whoever rates oneself is known without a name."""
    rater = "" if one.role == "self" else fold(one.rater)
    return (one.agent_id, one.role, rater, one.item)


def ratings_once(ratings: Sequence[Rating]) -> tuple[list[Rating], list[Problem]]:
    """Each rating once: a copy counts once, two that differ are an error."""

    def content(one: Rating) -> tuple[object, ...]:
        return (fold(one.value), one.reason.strip(), one.day)

    return _once(ratings, rating_key, content, lambda one: one.item)


def said_once(said: Sequence[Said]) -> tuple[list[Said], list[Problem]]:
    """Each field of an interview once."""

    def key(one: Said) -> tuple[str, ...]:
        return (one.agent_id, fold(one.rater), one.field)

    return _once(said, key, lambda one: one.text, lambda one: one.field)


def objections_once(rows: Sequence[Objection]) -> tuple[list[Objection], list[Problem]]:
    """Each objection once: of one agent, one day and one item there is one."""

    def content(one: Objection) -> tuple[object, ...]:
        return (one.published_on, one.claim, one.reason, one.evidence)

    return _once(rows, lambda one: (one.agent_id, one.filed_on, one.item), content, lambda one: one.item)


def happenings_once(rows: Sequence[Happened]) -> tuple[list[Happened], list[Problem]]:
    """Each happening once: of one agent, day and event there is one for each evidence that is given."""

    def key(one: Happened) -> tuple[object, ...]:
        return (one.agent_id, one.day, one.event, fold(one.evidence))

    return _once(rows, key, lambda one: one.count, lambda one: one.event)


def reviews_once(rows: Sequence[Reviewed]) -> tuple[list[Reviewed], list[Problem]]:
    """Each review once: of one contact, one item and one reviewer there is one a day. Where no contact is named, two
    rows of one form are two.
    """

    def key(one: Reviewed) -> tuple[object, ...]:
        contact = fold(one.contact) or f"row {one.number}"
        return (one.agent_id, fold(one.reviewer), one.day, fold(one.item), contact)

    def content(one: Reviewed) -> tuple[object, ...]:
        return (one.passed, one.critical, one.spot_check, one.points, one.full, one.remark)

    return _once(rows, key, content, lambda one: one.item)


def _once(
    answers: Iterable[Answer],
    key: Callable[[Answer], Hashable],
    content: Callable[[Answer], Hashable],
    named: Callable[[Answer], str],
) -> tuple[list[Answer], list[Problem]]:
    first: dict[Hashable, Answer] = {}
    copies: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for one in answers:
        earlier = first.setdefault(key(one), one)
        if earlier is one:
            continue
        if content(earlier) == content(one):
            pair = (earlier.place.file, one.place.file)
            copies[pair] = copies.get(pair, 0) + 1
        else:
            found, first_said = said_text(one), said_text(earlier)
            other = spot(earlier.place)
            problems.append(
                problem("forms-answers-differ", one.place, found, item=named(one), first=first_said, other=other)
            )
    problems += [
        problem("forms-answers-twice", Place(again), count=count, first=once) for (once, again), count in copies.items()
    ]
    return list(first.values()), problems


def spot(place: Place) -> str:
    """A cell, or a row where the column is not known, in the way of spreadsheets: ``forms.xlsx · 0002!E8``."""
    cell = f"{place.column}{place.row or ''}" if place.column.isupper() else f"{place.row or ''}"
    return " · ".join(text for text in (place.file, "!".join(part for part in (place.sheet, cell) if part)) if text)


def said_text(one: Rating | Said | Objection | Happened | Reviewed) -> str:
    """An answer as a problem quotes it."""
    if isinstance(one, Rating):
        return " · ".join(text for text in (one.value, one.reason) if text)
    if isinstance(one, Happened):
        return " · ".join(text for text in (str(one.count), one.evidence) if text)
    if isinstance(one, Reviewed):
        found = "" if one.passed is None else "√" if one.passed else "×"
        points = "" if one.points is None else f"{one.points:f}"
        return " · ".join(text for text in (found, points, one.remark) if text)
    return one.text if isinstance(one, Said) else one.claim or one.reason
