"""Whether a ledger still says what was booked: pages, tables, chain, contents and head.

SQLite's own check does not see a changed value, and the chain does not see a broken index: both are needed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.database import (
    STEPS,
    Step,
    connect,
    expected_schema,
    header_fault,
    reading,
    reading_fault,
    rows_after,
    schema_of,
    version_of,
)
from csctl.store.ledger.entries import BEGINNING, Entry, Row, content_digest, contents_named, entry_of
from csctl.store.ledger.head import head_faults, read_head


def verify_ledger(path: Path, expected_head: str | None = None, *, steps: Sequence[Step] = STEPS) -> list[Problem]:
    """Everything that is wrong with a ledger file; [] if it is whole. The file is only read.

    ``expected_head`` is a head noted elsewhere (64 hexadecimal digits): the chain must have it.
    """
    noted, problems = read_head(path)
    if not path.is_symlink() and not path.exists():
        return problems or [missing(path, noted is not None)]
    fault = header_fault(path, len(steps))
    if fault:
        return [fault]
    try:
        with closing(connect(path)) as connection, reading(connection):
            entries, faults = _examined(connection, path.name, steps)
    except sqlite3.Error as broken:
        return [reading_fault(broken, path.name)]
    if faults:
        return [*faults, *problems]
    problems += head_faults(path, entries, noted)
    if expected_head not in (None, BEGINNING, *(entry.chain for entry in entries)):
        problems.append(problem("ledger-head-unknown", Place(file=path.name), expected_head))
    return problems


def missing(path: Path, noted: bool) -> Problem:
    """There is no ledger, though there may be the note of its head."""
    return problem("ledger-lost" if noted else "ledger-missing", Place(file=path.name))


def read_chain(path: Path, *, steps: Sequence[Step] = STEPS) -> tuple[tuple[Entry, ...] | None, list[Problem]]:
    """The entries of a ledger file, each checked against its chain; None with problems if they cannot be trusted."""
    if not path.is_symlink() and not path.exists():
        return None, [missing(path, False)]
    fault = header_fault(path, len(steps))
    if fault:
        return None, [fault]
    try:
        with closing(connect(path)) as connection, reading(connection):
            entries, problems = checked_entries(connection, path.name, steps)
    except sqlite3.Error as broken:
        return None, [reading_fault(broken, path.name)]
    return (None, problems) if problems else (entries, [])


def checked_entries(
    connection: sqlite3.Connection, name: str, steps: Sequence[Step]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """All entries, if tables and triggers are as this program makes them and the chain holds. Raises sqlite3.Error."""
    version = version_of(connection)
    if schema_of(connection) != expected_schema(steps[:version]):
        return (), [problem("ledger-schema-changed", Place(file=name))]
    return _linked(rows_after(connection, 0), name) if version else ((), [])


def _linked(rows: Sequence[Row], name: str) -> tuple[tuple[Entry, ...], list[Problem]]:
    """The entries of rows in order, with a fault for each that was changed, is missing or does not continue."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    number, previous = 0, BEGINNING
    for row in rows:
        said = {"kind": row[1], "month": row[2]}
        if row[0] != number + 1:
            problems.append(problem("ledger-entry-missing", Place(file=name), number + 1, **said, number=row[0]))
        elif row[5] != previous:
            problems.append(problem("ledger-chain-broken", Place(file=name), row[0], **said))
        entry = entry_of(row)
        if entry is None:
            problems.append(problem("ledger-entry-changed", Place(file=name), row[0], **said))
        else:
            entries.append(entry)
        number, previous = row[0], row[6]
    return tuple(entries), problems


def _examined(
    connection: sqlite3.Connection, name: str, steps: Sequence[Step]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Pages, tables, entries and contents. Raises sqlite3.Error."""
    pages = connection.execute("PRAGMA integrity_check(1)").fetchall()
    problems = [] if pages == [("ok",)] else [problem("ledger-damaged", Place(file=name), pages[0][0])]
    entries, faults = checked_entries(connection, name, steps)
    if not faults and version_of(connection):
        faults = _content_faults(connection, name, entries)
    return entries, [*problems, *faults]


def _content_faults(connection: sqlite3.Connection, name: str, entries: Sequence[Entry]) -> list[Problem]:
    """Contents whose bytes do not give their digest, and such as an entry names and the ledger lacks."""
    sound = {
        named: type(content) is bytes and content_digest(content) == named
        for named, content in connection.execute("SELECT digest, bytes FROM content ORDER BY digest")
    }
    problems: list[Problem] = []
    used: set[str] = set()
    for entry in entries:
        said = {"number": entry.number, "kind": entry.kind, "month": entry.month}
        for named in dict.fromkeys(contents_named(entry.document)):
            used.add(named)
            if named not in sound:
                problems.append(problem("ledger-content-missing", Place(file=name), named, **said))
            elif not sound[named]:
                problems.append(problem("ledger-content-changed", Place(file=name), named, **said))
    strays = [named for named, whole in sound.items() if not whole and named not in used]
    return problems + [problem("ledger-content-stray", Place(file=name), named) for named in strays]
