"""The ledger of a workspace: an append-only chain of entries and the contents they name, in one SQLite file.

Everything that is closed, corrected or decided is an entry; what a document means is for others to know. Entries are
never changed and never removed: triggers refuse it, and the chain shows it to ``verify_ledger``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TypeGuard

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.database import (
    STEPS,
    connect,
    content_of,
    header_fault,
    reading,
    reading_fault,
    rows_after,
    transaction,
    writing_fault,
)
from csctl.store.ledger.entries import (
    BEGINNING,
    Entry,
    EntryDraft,
    chained_entry,
    content_digest,
    contents_named,
    row_of,
)
from csctl.store.ledger.files import make_folder, make_private, not_writable_here, os_error_text
from csctl.store.ledger.head import Noted, head_faults, read_head, write_head
from csctl.store.ledger.migrate import migrate
from csctl.store.ledger.verify import checked_entries, missing
from csctl.store.syncing import sync_folder

__all__ = ["LEDGER_NAME", "Ledger", "content_digest", "open_ledger"]

LEDGER_NAME = "ledger.db"
_NO_CONTENTS: Mapping[str, bytes] = MappingProxyType({})


class Ledger:
    """An open ledger: the entries as they were when it was opened, plus those appended through it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, entries: tuple[Entry, ...]) -> None:
        """Takes over the connection; ``open_ledger`` makes ledgers."""
        self._path = path
        self._connection = connection
        self.entries = entries

    def __enter__(self) -> Ledger:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Closes the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def head(self) -> str:
        """The chain of the last entry; 64 zeros if there is none."""
        return self.entries[-1].chain if self.entries else BEGINNING

    def content(self, digest: str) -> bytes:
        """The bytes of this digest. Raises KeyError if the ledger lacks them, or holds damaged ones instead."""
        try:
            content = content_of(self._connection, digest)
        except sqlite3.Error as fault:
            raise KeyError(digest) from fault
        if _goes_by(content, digest):
            return content
        raise KeyError(digest)

    def append(
        self, drafts: Sequence[EntryDraft], contents: Mapping[str, bytes] = _NO_CONTENTS
    ) -> tuple[Entry, ...] | Problem:
        """Book drafts and store contents (by digest), all or nothing; a content that is there already stays.

        Refused if another process appended since the ledger was opened. What is returned has been read back from
        the file. Raises TypeError for a document that is not plain JSON, ValueError for a content under another's
        digest or a document that names a content nobody has (bugs).
        """
        entries = self._continued(drafts)
        for name, content in contents.items():
            if not _goes_by(content, name):
                raise ValueError(f"not the digest of this content: {name}")
        if not entries and not contents:
            return ()
        refused = not_writable_here(self._path)
        if refused:
            return refused[0]
        try:
            moved = self._write(entries, contents)
            if moved:
                return moved
            sound = self._reads_back(entries, contents)
        except sqlite3.Error as fault:
            return writing_fault(fault, self._path.name)
        if not sound:
            return problem("ledger-not-written", Place(file=self._path.name), "≠")
        self.entries += entries
        write_head(self._path, self.entries)
        return entries

    def _continued(self, drafts: Sequence[EntryDraft]) -> tuple[Entry, ...]:
        """The entries the drafts become after those that are there."""
        entries: list[Entry] = []
        previous = self.head
        for number, draft in enumerate(drafts, len(self.entries) + 1):
            entries.append(chained_entry(draft, number, previous))
            previous = entries[-1].chain
        return tuple(entries)

    def _write(self, entries: Sequence[Entry], contents: Mapping[str, bytes]) -> Problem | None:
        """Everything in one transaction; says so if the chain has grown meanwhile. Raises sqlite3.Error."""
        connection = self._connection
        with transaction(connection):
            last = connection.execute("SELECT number, chain FROM entry ORDER BY number DESC LIMIT 1").fetchone()
            if last != ((len(self.entries), self.head) if self.entries else None):
                return problem("ledger-moved", Place(file=self._path.name))
            for name, content in contents.items():
                if not _has(connection, name):
                    connection.execute("INSERT INTO content VALUES (?, ?)", (name, content))
            for entry in entries:
                nobody_has = [name for name in contents_named(entry.document) if not _has(connection, name)]
                if nobody_has:
                    raise ValueError(f"contents that the ledger lacks: {nobody_has}")
                connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row_of(entry))
        return None

    def _reads_back(self, entries: Sequence[Entry], contents: Mapping[str, bytes]) -> bool:
        """Whether a fresh connection finds all that was written. Raises sqlite3.Error."""
        with closing(connect(self._path)) as fresh, reading(fresh):
            rows = rows_after(fresh, len(self.entries))[: len(entries)]
            same = all(content_of(fresh, name) == content for name, content in contents.items())
            return same and rows == [row_of(entry) for entry in entries]


def open_ledger(state_folder: Path, *, create: bool = False) -> tuple[Ledger | None, list[Problem]]:
    """The ledger of a workspace's private folder, read and checked; (None, []) if there is none.

    ``create`` makes one where there is none. A file that is not a ledger, is damaged, or was written by a newer csctl
    gives (None, problems) and is not touched. An older ledger is brought up to date.
    """
    path = state_folder / LEDGER_NAME
    noted, problems = read_head(path)
    if problems:
        return None, problems
    try:
        if _absent(path):
            if noted:
                return None, [missing(path, noted=True)]
            problems = _made(path) if create else []
            if problems or not create:
                return None, problems
    except OSError as fault:
        return None, [problem("ledger-unreadable", Place(file=path.name), os_error_text(fault))]
    strange = header_fault(path, len(STEPS))
    return (None, [strange]) if strange else _opened(path, noted)


def _absent(path: Path) -> bool:
    """No file, or an empty one: a ledger that was never finished. Raises OSError."""
    if path.is_symlink():
        return False
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def _made(path: Path) -> list[Problem]:
    """An empty private file, from which opening makes a ledger. Raises OSError."""
    problems = not_writable_here(path)
    if not problems:
        make_folder(path.parent)
        make_private(path)
        sync_folder(path.parent)
    return problems


def _opened(path: Path, noted: Noted | None) -> tuple[Ledger | None, list[Problem]]:
    """Open a file whose header is a ledger's, and read the entries at one moment."""
    try:
        with ExitStack() as held:
            connection = held.enter_context(closing(connect(path)))
            problems = migrate(connection, path)
            if problems:
                return None, problems
            with reading(connection):
                entries, problems = checked_entries(connection, path.name, STEPS)
            problems = problems or head_faults(path, entries, noted)
            if problems:
                return None, problems
            held.pop_all()
    except sqlite3.Error as fault:
        return None, [reading_fault(fault, path.name)]
    if entries and noted != (len(entries), entries[-1].chain):
        write_head(path, entries)
    return Ledger(path, connection, entries), []


def _has(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM content WHERE digest = ?", (name,)).fetchone() is not None


def _goes_by(content: object, name: str) -> TypeGuard[bytes]:
    return type(content) is bytes and content_digest(content) == name
