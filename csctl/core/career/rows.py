"""From canonical rows to records of what was won, taken and warned. Rows that belong to nobody are left out here:
they are counted where rows are credited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from csctl.core.career.given import Disciplined, ExamTaken, Honour
from csctl.core.people.identity import Identity
from csctl.core.people.roster import Row
from csctl.month import Month


def honours_of(rows: Iterable[Row], identity: Identity) -> list[Honour]:
    """Rows of ``titles``."""
    return [Honour(agent, on, row["title"] or "") for agent, on, row in _credited(rows, identity)]


def exams_of(rows: Iterable[Row], identity: Identity) -> list[ExamTaken]:
    """Rows of ``exams``."""
    return [
        ExamTaken(agent, on, row["kind"] or "", row["score"], row["full_score"], row["passed"])
        for agent, on, row in _credited(rows, identity)
    ]


def discipline_of(rows: Iterable[Row], identity: Identity) -> list[Disciplined]:
    """Rows of ``discipline``."""
    return [Disciplined(agent, on, row["measure"] or "") for agent, on, row in _credited(rows, identity)]


def _credited(rows: Iterable[Row], identity: Identity) -> Iterator[tuple[str, date, Row]]:
    """Each row with its agent and day; a row without a day counts on the last one of the month it was filed under."""
    for row in rows:
        agent = identity.resolve(row["agent_id"] or "", row["agent_name"] or "")
        month = Month.parse(row["month"] or "")
        on = row["date"] or (month.last if month else None)
        if agent is not None and on is not None:
            yield agent, on, row
