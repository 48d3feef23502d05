"""The database itself refuses to forget: triggers stand between the ledger and any other program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from csctl.store.ledger.database import STEPS
from csctl.store.ledger.ledger import LEDGER_NAME
from tests.store.ledger.books import AT, files_of, opened, six_months

ZEROS = "0" * 64


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A ledger of six months, opened by a program that knows nothing of ledgers."""
    six_months(tmp_path)
    with closing(sqlite3.connect(tmp_path / LEDGER_NAME, isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET document = '{}' WHERE number = 3",
        "UPDATE OR REPLACE entry SET number = 2 WHERE number = 6",
        "UPDATE entry SET number = 7 WHERE number = 6",
        "DELETE FROM entry WHERE number = 6",
        "DELETE FROM entry",
        "UPDATE content SET bytes = x'00'",
        "UPDATE OR REPLACE content SET digest = 'x'",
        "DELETE FROM content",
        "INSERT OR REPLACE INTO content SELECT digest, x'00' FROM content",
        "REPLACE INTO content SELECT digest, bytes FROM content LIMIT 1",
        "INSERT INTO content VALUES ('a', x'00') ON CONFLICT (digest) DO UPDATE SET bytes = x'01'; ",
        "INSERT INTO content VALUES (NULL, x'00')",
        "INSERT INTO content VALUES ('a', 'text')",
        "INSERT INTO content VALUES (x'61', x'00')",
    ],
)
def test_nothing_is_changed_or_removed(plain: sqlite3.Connection, tmp_path: Path, statement: str) -> None:
    """Whatever the statement, with and without recursive triggers: refused, and every byte as before."""
    before = files_of(tmp_path)
    if "ON CONFLICT" in statement:
        plain.execute("INSERT INTO content VALUES ('a', x'00')")
        before = files_of(tmp_path)
    for setting in ("ON", "OFF"):
        plain.execute(f"PRAGMA recursive_triggers={setting}")
        with pytest.raises(sqlite3.IntegrityError):
            plain.execute(statement)
        assert files_of(tmp_path) == before


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize(
    ("number", "previous"),
    [(8, "head"), (6, "head"), (1, ZEROS), (None, "head"), (7, ZEROS), (7, "x"), (7, None), (7.5, "head"), (0, ZEROS)],
)
def test_an_entry_continues_the_chain(
    plain: sqlite3.Connection, tmp_path: Path, verb: str, number: object, previous: object
) -> None:
    """The next number after the last chain, and nothing else."""
    head = opened(tmp_path).head
    before = files_of(tmp_path)
    row = (number, "close", "2026-07", AT, "{}", head if previous == "head" else previous, "c")
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute(f"{verb} INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert files_of(tmp_path) == before


def test_the_right_entry_is_let_in(plain: sqlite3.Connection, tmp_path: Path) -> None:
    """So the refusals above are not the only answer."""
    row = (7, "close", "2026-07", AT, "{}", opened(tmp_path).head, "c")
    plain.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert plain.execute("SELECT MAX(number) FROM entry").fetchone() == (7,)


def test_the_first_entry_follows_64_zeros() -> None:
    """Even an empty ledger takes no other."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        STEPS[0](empty)
        insert = "INSERT INTO entry VALUES (?, 'close', '2026-01', '', '{}', ?, 'c')"
        for number, previous in ((1, "x"), (2, ZEROS), (0, ZEROS)):
            with pytest.raises(sqlite3.IntegrityError, match="continues"):
                empty.execute(insert, (number, previous))
        assert empty.execute(insert, (1, ZEROS)).rowcount == 1
