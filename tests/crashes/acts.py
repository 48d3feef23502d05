"""Commands that do one thing to a ledger: what takes a second as a whole command takes a moment here."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from csctl.messages import one_line
from csctl.problems import Problem
from csctl.store.ledger.database import STEPS, connect
from csctl.store.ledger.entries import EntryDraft, content_digest
from csctl.store.ledger.ledger import LEDGER_NAME, open_ledger
from csctl.store.ledger.migrate import migrate
from csctl.store.lock import workspace_lock
from csctl.store.publish import publish

MONTH = "2026-10"
ROWS = b"rows of a month " * 2_000
"""More than a page of the database holds."""


def second_step(connection: sqlite3.Connection) -> None:
    """A version of the ledger's tables that does not exist yet."""
    connection.execute("CREATE TABLE note (number INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT")
    connection.execute("INSERT INTO note SELECT number, kind FROM entry")


TWO_STEPS = (*STEPS, second_step)


def append() -> None:
    """Book a month in the ledger of a folder, unless it is booked already."""
    folder = Path(sys.argv[1])
    with _refusals_told(), workspace_lock(folder):
        ledger, problems = open_ledger(folder, create=True)
        _end(problems)
        assert ledger is not None
        if MONTH not in [entry.month for entry in ledger.entries]:
            booked = ledger.append(
                [EntryDraft("close", MONTH, "", {"rows_digest": content_digest(ROWS)})], {content_digest(ROWS): ROWS}
            )
            _end([booked] if isinstance(booked, Problem) else [])


def migrate_ledger() -> None:
    """Bring the ledger of a folder to the second version."""
    path = Path(sys.argv[1]) / LEDGER_NAME
    with _refusals_told(), closing(connect(path)) as connection:
        _end(migrate(connection, path, TWO_STEPS))


def publish_files() -> None:
    """Publish four files in a folder, one of them new, over older ones, and remove a fifth."""
    names = ("pay.xlsx.txt", "run.json", "sheets/01.txt", "sheets/new.txt")
    _end(publish(Path(sys.argv[1]), {name: f"new {name} ".encode() * 900 for name in names}, ["stale.txt"]))


@contextmanager
def _refusals_told() -> Iterator[None]:
    """What the system refuses ends a command in one line, as it does for csctl's own."""
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(2)


def _end(problems: list[Problem]) -> None:
    if problems:
        sys.stderr.write("".join(f"{one_line(problem, 'en')}\n" for problem in problems))
        sys.exit(2)
