"""The database a ledger is: its tables, the triggers that keep it append-only, and how it is opened.

One file with a rollback journal: a copy of the file is a copy of the ledger, and a kill at any moment leaves the
entries before it or those after it. ``synchronous=EXTRA`` also syncs the folder when the journal goes, which is the
moment an entry holds.

While a connection of this process is in a transaction, the file must not be opened and closed by other means: the
system would drop the locks.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.entries import BEGINNING, Row
from csctl.store.ledger.files import os_error_text

APPLICATION_ID = 0x6373636C
"""Stands in the file's header ("cscl"), so that no other database is taken for a ledger."""
BUSY_SECONDS = 5.0
"""How long to wait for another process before saying that the ledger is busy."""

_TABLES = (
    """
CREATE TABLE entry (
    number INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    month TEXT NOT NULL,
    at TEXT NOT NULL,
    document TEXT NOT NULL,
    previous TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE content (
    digest TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID""",
    f"""
CREATE TRIGGER entry_continues BEFORE INSERT ON entry
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM entry)
    OR NEW.previous IS NOT COALESCE((SELECT chain FROM entry ORDER BY number DESC LIMIT 1), '{BEGINNING}')
BEGIN SELECT RAISE(ABORT, 'an entry continues the chain'); END""",  # noqa: S608  a constant of our own
    """
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END""",
    """
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END""",
    """
CREATE TRIGGER content_once BEFORE INSERT ON content
WHEN EXISTS (SELECT 1 FROM content WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'a content is never replaced'); END""",
    """
CREATE TRIGGER content_stays BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'a content is never changed'); END""",
    """
CREATE TRIGGER content_remains BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'a content is never removed'); END""",
)

_SETTINGS = (
    "query_only=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)

Step = Callable[[sqlite3.Connection], None]
"""Brings a ledger from one version to the next; runs inside a transaction and must not end it."""


def first_step(connection: sqlite3.Connection) -> None:
    """Version 1, from an empty file."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for statement in _TABLES:
        connection.execute(statement.strip())


STEPS: tuple[Step, ...] = (first_step,)
"""One step per version; ``PRAGMA user_version`` says how many a file has behind it."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection that only reads until ``transaction``; what a killed process left half-written is rolled back.

    Raises sqlite3.Error. Nothing is created: the file must exist.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except UnicodeDecodeError as fault:  # how Python fails to tell of a table whose name is damaged
        connection.close()
        raise sqlite3.DatabaseError("malformed database schema") from fault
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is of one moment. Raises sqlite3.Error."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything written inside holds together at the end, or nothing does. Raises sqlite3.Error."""
    connection.execute("PRAGMA query_only=OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    finally:
        with suppress(sqlite3.Error):  # what cannot be rolled back now is rolled back by whoever opens the file next
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("PRAGMA query_only=ON")


def rows_after(connection: sqlite3.Connection, number: int) -> list[Row]:
    """The rows of all entries after one, in order. Raises sqlite3.Error."""
    return connection.execute(
        "SELECT number, kind, month, at, document, previous, chain FROM entry WHERE number > ? ORDER BY number",
        (number,),
    ).fetchall()


def content_of(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """The bytes of a content. Raises sqlite3.Error."""
    row = connection.execute("SELECT bytes FROM content WHERE digest = ?", (digest,)).fetchone()
    return row[0] if row else None


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the ledger has behind it. Raises sqlite3.Error."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    """Every table, index and trigger with its text. Raises sqlite3.Error."""
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


def expected_schema(steps: Sequence[Step]) -> list[tuple[str, str, str, str | None]]:
    """What ``schema_of`` gives for a ledger that took exactly these steps."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in steps:
            step(connection)
        return schema_of(connection)


def header_fault(path: Path, known: int) -> Problem | None:
    """Why a file cannot be a ledger this program knows, judged from its first bytes without opening it as one.

    ``known`` is the newest version. An empty file is a ledger that was never finished, and no fault.
    """
    place = Place(file=path.name)
    try:
        if path.is_symlink() or not path.is_file():
            return problem("ledger-not-a-ledger", place)
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as fault:
        return problem("ledger-unreadable", place, os_error_text(fault))
    if not header or (not any(header) and _journal_of(path).exists()):
        return None
    if not header.startswith(b"SQLite format 3\0") or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        return problem("ledger-not-a-ledger", place)
    version = int.from_bytes(header[60:64], "big")
    if version > known:
        return problem("ledger-newer", place, version, known=known)
    if version == 0 or header[18:20] != b"\1\1":
        return problem("ledger-damaged", place, "header")
    return None


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def reading_fault(fault: sqlite3.Error, name: str) -> Problem:
    """What it means for a user that the database could not be read."""
    kind = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return problem("ledger-busy", Place(file=name))
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY):
        return problem("ledger-unreadable", Place(file=name), fault)
    return problem("ledger-damaged", Place(file=name), fault)


def writing_fault(fault: sqlite3.Error, name: str) -> Problem:
    """What it means for a user that the database could not be written. A broken constraint is a bug, and raised."""
    if isinstance(fault, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
        raise fault
    kind = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return problem("ledger-busy", Place(file=name))
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return problem("ledger-damaged", Place(file=name), fault)
    words = os.strerror(errno.ENOSPC) if kind == sqlite3.SQLITE_FULL else str(fault)
    return problem("ledger-not-written", Place(file=name), words)
