"""What the ladder is judged from: closed months, and what was won, passed, warned and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csctl.core.career.changes import LevelChange
from csctl.core.career.scores import BookedScore
from csctl.core.closing.corrections import paid_late
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.core.scoring.scores import values_by_agent
from csctl.month import Month
from csctl.policy.model import Policy


@dataclass(frozen=True, slots=True)
class CareerMonth:
    """One closed month: the people with their level then, their scores, and values by agent and measure.

    ``tables`` are those that had a file in it; None where nobody knows.
    """

    month: Month
    agents: Sequence[Agent]
    scores: Sequence[Score]
    values: Mapping[str, Mapping[str, Decimal | None]]
    tables: frozenset[str] | None = None


def career_month(closed: MonthResult) -> CareerMonth:
    """A closed month as what the ladder needs of it; without those who are there for corrections alone."""
    gone = paid_late(closed)
    return CareerMonth(
        month=closed.month,
        agents=tuple(agent for agent in closed.agents if agent.agent_id not in gone),
        scores=[score for score in as_records(closed.scores, Score) if score.agent_id not in gone],
        values=values_by_agent(as_records(closed.measures, Measured)),
        tables=frozenset(one.table for one in closed.coverage) or None,
    )


@dataclass(frozen=True, slots=True)
class Honour:
    """A title that somebody was given."""

    agent_id: str
    on: date
    title: str


@dataclass(frozen=True, slots=True)
class ExamTaken:
    """One try at an exam. ``passed`` None: the table does not say."""

    agent_id: str
    on: date
    kind: str
    score: Decimal | None
    full_score: Decimal | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Disciplined:
    """A disciplinary measure: criticism, warning …"""

    agent_id: str
    on: date
    measure: str


@dataclass(frozen=True, slots=True)
class CareerInput:
    """Everything for one assessment, as of the end of ``month``. Order of rows and months does not matter.

    ``months`` are the closed months, each once; later ones are ignored. ``ratings`` are the yes/no answers that hold
    now. A table that the workspace does not have is None: nothing is known, which is not the same as nothing happened.
    ``changes`` are the approved level changes of the ledger, ``scores`` the points it has for parts of a defence.
    """

    policy: Policy
    month: Month
    months: Sequence[CareerMonth]
    ratings: Sequence[Rating]
    honours: Sequence[Honour] | None
    exams: Sequence[ExamTaken] | None
    discipline: Sequence[Disciplined] | None
    changes: Sequence[LevelChange] = ()
    scores: Sequence[BookedScore] = ()
