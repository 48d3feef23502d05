"""What checks and listings of a month came to: rows that failed, and values with their frequency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A row that failed a check (the check's id). ``agent_id`` is "" in tables that are about nobody.

    ``due`` is the last allowed moment of a deadline, None for other checks. ``overdue``: the step has still not been
    taken, so somebody has to act. ``text`` says what is wrong, in the policy's language.
    """

    check: str
    agent_id: str
    place: Place
    text: str
    due: datetime | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class ListedValue:
    """How many of a listing's ``total`` rows have this value. Rows without any value are in neither."""

    listing: str
    value: str
    rows: int
    total: int
