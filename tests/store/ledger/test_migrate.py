"""From version to version: each step whole or not at all, with a copy from before."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from csctl.problems import Problem
from csctl.store.ledger import files
from csctl.store.ledger.database import STEPS, Step, connect, reading, rows_after, version_of
from csctl.store.ledger.entries import row_of
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.ledger.migrate import migrate
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import codes, files_of, opened, six_months


def second_step(connection: sqlite3.Connection) -> None:
    """A table more."""
    connection.execute("CREATE TABLE person (agent_id TEXT PRIMARY KEY NOT NULL) STRICT")


def third_step(connection: sqlite3.Connection) -> None:
    """An index more."""
    connection.execute("CREATE INDEX entry_by_month ON entry (month)")


def broken_step(connection: sqlite3.Connection) -> None:
    """Fails after it has changed much."""
    connection.execute("PRAGMA cache_size=2")
    connection.execute("CREATE TABLE big (bytes BLOB) STRICT")
    for _ in range(50):
        connection.execute("INSERT INTO big VALUES (?)", (bytes(20_000),))
    connection.execute("INSERT INTO nowhere VALUES (1)")


def buggy_step(connection: sqlite3.Connection) -> None:
    """Raises what is no fault of the database."""
    third_step(connection)
    raise RuntimeError("a bug")


def migrated(file: Path, *more: Step) -> list[Problem]:
    """Take these steps after the first."""
    with closing(connect(file)) as connection:
        return migrate(connection, file, (*STEPS, *more))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger of six months, of version 1."""
    six_months(tmp_path)
    return tmp_path / LEDGER_NAME


def test_each_step_is_taken_once_and_keeps_every_entry(file: Path) -> None:
    """The file has the new tables and the old entries; the copies from before are whole and private."""
    rows = [row_of(entry) for entry in opened(file.parent).entries]
    steps = (*STEPS, second_step, third_step)
    assert migrated(file, second_step, third_step) == []
    with closing(connect(file)) as connection, reading(connection):
        assert version_of(connection) == 3
        assert rows_after(connection, 0) == rows
    assert verify_ledger(file, steps=steps) == []
    for version in (2, 3):
        kept = file.with_name(f"ledger.before-v{version}.db")
        assert verify_ledger(kept, steps=steps[: version - 1]) == []
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    after = files_of(file.parent)
    assert migrated(file, second_step, third_step) == []
    assert files_of(file.parent) == after


def test_a_ledger_made_new_takes_all_steps(tmp_path: Path) -> None:
    """And needs no copies."""
    file = tmp_path / LEDGER_NAME
    file.touch()
    assert migrated(file, second_step, third_step) == []
    assert verify_ledger(file, steps=(*STEPS, second_step, third_step)) == []
    assert [path.name for path in tmp_path.iterdir()] == [LEDGER_NAME]


def test_a_step_that_fails_midway_leaves_the_old_file(file: Path) -> None:
    """Byte for byte, with the steps before it taken and the one after it not."""
    assert migrated(file, second_step) == []
    before = file.read_bytes()
    (problem,) = migrated(file, second_step, broken_step, third_step)
    assert problem.code == "ledger-not-written"
    assert "nowhere" in problem.found
    assert file.read_bytes() == before
    assert file.with_name("ledger.before-v3.db").exists()
    assert migrated(file, second_step, third_step) == []


def test_a_bug_in_a_step_is_raised_and_leaves_the_old_file(file: Path) -> None:
    """Nothing is half done."""
    before = file.read_bytes()
    with pytest.raises(RuntimeError, match="a bug"):
        migrated(file, buggy_step)
    assert file.read_bytes() == before


def test_a_step_needs_a_copy_first(file: Path) -> None:
    """Where the copy cannot be made, the step is not taken."""
    file.with_name("ledger.before-v2.db").mkdir()
    before = file.read_bytes()
    assert codes(migrated(file, second_step)) == ["ledger-copy-not-written"]
    assert file.read_bytes() == before


def test_a_share_is_not_migrated(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not written to at all."""
    mounts = tmp_path / "mounts"
    mounts.write_text("server:/x / nfs4 rw 0 0\n")
    monkeypatch.setattr(files, "MOUNTS", mounts)
    before = files_of(tmp_path)
    assert codes(migrated(file, second_step)) == ["ledger-on-a-share"]
    assert files_of(tmp_path) == before
