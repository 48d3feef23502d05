"""A row of which a needed cell could not be read, and of which it is known whose it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """``agent_id`` and ``agent_name`` as the row says them, "" for what it does not say; ``month`` is "" where its day
    is what could not be read; ``columns`` are those that could not be read, ``about`` what it says it is about, by
    column.
    """

    agent_id: str
    agent_name: str
    month: str
    columns: tuple[str, ...]
    row: int
    about: tuple[tuple[str, str], ...] = ()
