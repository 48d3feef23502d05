"""Small ledgers to try things on, and the ways in which somebody may tamper with them."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from csctl.problems import Problem
from csctl.store.ledger.entries import BEGINNING, Entry, EntryDraft, chained_entry, content_digest, row_of
from csctl.store.ledger.ledger import LEDGER_NAME, Ledger, open_ledger
from csctl.store.ledger.verify import verify_ledger

AT = "2026-11-01T09:00:00+08:00"


def draft(number: int, **more: Any) -> EntryDraft:
    """A document of nothing in particular."""
    return EntryDraft("close", f"2026-{number:02d}", AT, {"agents": number, "队": "客服一组", "open": None, **more})


def opened(folder: Path) -> Ledger:
    """The ledger of a folder, made if there is none; it must be sound."""
    ledger, problems = open_ledger(folder, create=True)
    assert problems == []
    assert ledger is not None
    return ledger


def appended(folder: Path, *drafts: EntryDraft, contents: Mapping[str, bytes] | None = None) -> tuple[Entry, ...]:
    """Open, append, close; it must succeed."""
    with opened(folder) as ledger:
        booked = ledger.append(drafts, contents or {})
        assert not isinstance(booked, Problem), booked
        return booked


def build_six_months(folder: Path) -> dict[str, bytes]:
    """A ledger of six months with two contents each, of several pages; gives the contents."""
    everything: dict[str, bytes] = {}
    drafts: list[EntryDraft] = []
    dice = random.Random(6)  # noqa: S311  bytes of nothing in particular
    for number in range(1, 7):
        lines, rows = dice.randbytes(2_500), dice.randbytes(6_000)
        everything |= {content_digest(one): one for one in (lines, rows)}
        drafts.append(
            draft(number, lines_digest=content_digest(lines), rows_digests=[content_digest(rows)], note="行" * 40)
        )
    appended(folder, *drafts, contents=everything)
    return everything


@cache
def _built() -> tuple[dict[str, bytes], dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as name:
        return build_six_months(Path(name)), files_of(Path(name))


def six_months(folder: Path) -> dict[str, bytes]:
    """The same as ``build_six_months`` gives, built once per test run: syncing takes its time."""
    contents, files = _built()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    return contents


def codes(problems: list[Problem]) -> list[str]:
    """What is wrong, in short."""
    return [problem.code for problem in problems]


def tamper(file: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Change a ledger behind its triggers' back, and put them up again."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            text, values = (statement, ()) if isinstance(statement, str) else statement
            connection.execute(text, values)
        for _, text in triggers:
            connection.execute(text)


def rewritten(file: Path, from_number: int) -> None:
    """Change one entry, and rebuild the chain behind it so that it fits again."""
    ledger = opened(file.parent)
    entries = ledger.entries
    ledger.close()
    previous = entries[from_number - 2].chain if from_number > 1 else BEGINNING
    statements: list[tuple[str, tuple[object, ...]]] = [("DELETE FROM entry WHERE number >= ?", (from_number,))]
    for old in entries[from_number - 1 :]:
        said = dict(old.document) | ({"agents": 999} if old.number == from_number else {})
        new = chained_entry(EntryDraft(old.kind, old.month, old.at, said), old.number, previous)
        statements.append(("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row_of(new)))
        previous = new.chain
    tamper(file, *statements)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def sound(folder: Path) -> bool:
    """Whether the folder's ledger verifies."""
    return verify_ledger(folder / LEDGER_NAME) == []
