"""What a person looks at before a month is closed: ten topics, each a few lines.

Lines are problems, so that they have words in both languages: a warning is a finding that closing asks about, a note
is information, an error is a sum that does not agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csctl.core.closing import comparing, standing
from csctl.core.closing.limits import Limits
from csctl.core.records.fates import Fates
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.messages import say
from csctl.month import Month
from csctl.problems import Problem, errors_and_warnings


@dataclass(frozen=True, slots=True)
class SignOffInput:
    """The month, the one before (None: not known), the ratings handed in for it, and the limits.

    ``language`` is that of the words within words: articles of law, roles, the first of several problems.
    """

    result: MonthResult
    previous: MonthResult | None
    ratings: Sequence[Rating]
    limits: Limits
    language: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading of the sign-off and what stands under it: at least one line."""

    name: str
    lines: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Everything to look at, in the order in which a person does. ``previous`` is the month compared with.

    ``coverage`` is what became of every row of the month's files, sheet by sheet.
    """

    month: Month
    previous: Month | None
    topics: tuple[Topic, ...]
    coverage: tuple[Fates, ...] = ()


def sign_off(given: SignOffInput) -> SignOff:
    """The topics of a month: people, moves, grades, money, then what is left open, then the sums."""
    result, previous, language = given.result, given.previous, given.language
    lines = {
        "people": comparing.people_topic(result, previous),
        "moved": comparing.moves_topic(result, previous, given.limits),
        "grades": comparing.grades_topic(result, previous),
        "pool": comparing.pools_topic(result, previous, given.limits),
        "uncredited": standing.uncredited_topic(result),
        "sheets": standing.sheets_topic(result, given.ratings, language),
        "law": standing.law_topic(result, language),
        "data": standing.data_topic(result, language),
        "assumptions": standing.assumptions_topic(result.policy),
        "arithmetic": standing.arithmetic_topic(result),
    }
    topics = tuple(Topic(name, tuple(found)) for name, found in lines.items())
    return SignOff(result.month, previous.month if previous else None, topics, tuple(result.coverage))


def has_findings(made: SignOff) -> bool:
    """Whether there is anything to ask about before closing."""
    return any(errors_and_warnings(topic.lines) for topic in made.topics)


def topic_title(topic: Topic, language: str) -> str:
    """The heading of a topic."""
    return say(f"closing-topic-{topic.name}", language)
