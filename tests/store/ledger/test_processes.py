"""Several processes, killed processes, a full disk: one writer wins, and half a booking is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from csctl.store.ledger.backup import back_up
from csctl.store.ledger.ledger import LEDGER_NAME, open_ledger
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import appended, draft, files_of, opened, six_months, sound

APPEND = """
import sys
from pathlib import Path
from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.backup import back_up
from csctl.store.ledger.ledger import open_ledger
ledger, problems = open_ledger(Path(sys.argv[1]), create=True)
print("open", flush=True)
sys.stdin.readline()
booked = ledger.append([EntryDraft("close", "2026-07", "", {"by": int(sys.argv[2])})])
print(getattr(booked, "code", "booked"))
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from csctl.store.ledger import database
path = Path(sys.argv[1])
path.touch(0o600)
connection = database.connect(path)
connection.execute("PRAGMA query_only=OFF")
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN IMMEDIATE")
if not database.version_of(connection):
    database.first_step(connection)
    connection.execute("PRAGMA user_version=1")
for name in range(50):
    connection.execute("INSERT INTO content VALUES (?, ?)", (str(name), bytes(20_000)))
os.kill(os.getpid(), signal.SIGKILL)
"""
FULL = """
import resource, sys
from pathlib import Path
from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.backup import back_up
from csctl.store.ledger.ledger import content_digest, open_ledger
from csctl.messages import one_line
ledger, problems = open_ledger(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
big = bytes(range(256)) * 4_000
draft = EntryDraft("close", "2026-07", "", {"rows_digest": content_digest(big)})
print(one_line(ledger.append([draft], {content_digest(big): big}), "en"))
print(len(ledger.entries))
"""

NO_ROOM_FOR_A_COPY = """
import resource, sys
from pathlib import Path
from csctl.store.ledger.backup import back_up
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
print([problem.code for problem in back_up(Path(sys.argv[1]), Path(sys.argv[2]))])
"""


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python of its own."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())


def test_of_ten_that_append_at_once_one_does(tmp_path: Path) -> None:
    """All opened the same ledger; the others are told, and nothing of theirs is booked."""
    appended(tmp_path, draft(1))
    ten = [started(APPEND, tmp_path, number) for number in range(10)]
    for one in ten:
        assert one.stdout is not None
        assert one.stdout.readline() == "open\n"
    for one in ten:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].strip() for one in ten]
    assert sorted(set(said) - {"ledger-busy"}) == ["booked", "ledger-moved"]
    assert said.count("booked") == 1
    assert [entry.document.get("by") for entry in opened(tmp_path).entries] == [None, said.index("booked")]
    assert sound(tmp_path)


def test_a_kill_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    """The half-written pages are rolled back by whoever opens the ledger next."""
    six_months(tmp_path)
    before = files_of(tmp_path)
    assert started(KILLED, tmp_path / LEDGER_NAME).wait(60) == -9
    assert (tmp_path / f"{LEDGER_NAME}-journal").stat().st_size > 0
    assert (tmp_path / LEDGER_NAME).read_bytes() != before[LEDGER_NAME]
    assert verify_ledger(tmp_path / LEDGER_NAME) == []
    assert files_of(tmp_path) == before


def test_a_kill_while_the_ledger_is_made_leaves_none(tmp_path: Path) -> None:
    """The next one makes it."""
    assert started(KILLED, tmp_path / LEDGER_NAME).wait(60) == -9
    assert (tmp_path / LEDGER_NAME).stat().st_size > 0
    with opened(tmp_path) as ledger:
        assert ledger.entries == ()
    assert sound(tmp_path)
    assert len(appended(tmp_path, draft(1))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    """One line with what the system said; the ledger is as it was and goes on once there is room."""
    six_months(tmp_path)
    before = files_of(tmp_path)
    said, _ = started(FULL, tmp_path).communicate(timeout=60)
    line, entries = said.splitlines()
    assert line.startswith("ledger.db: the ledger could not be written safely: ")
    assert entries == "6"
    ledger, problems = open_ledger(tmp_path)
    assert problems == []
    assert files_of(tmp_path) == before
    assert ledger is not None
    assert isinstance(ledger.append([draft(7)]), tuple)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_backup_without_room_leaves_the_last_one(tmp_path: Path) -> None:
    """And no part of the new one."""
    six_months(tmp_path / "state")
    (tmp_path / "usb").mkdir()
    target = tmp_path / "usb" / "backup.db"
    assert back_up(tmp_path / "state" / LEDGER_NAME, target) == []
    before = target.read_bytes()
    appended(tmp_path / "state", draft(7))
    said, _ = started(NO_ROOM_FOR_A_COPY, tmp_path / "state" / LEDGER_NAME, target).communicate(timeout=60)
    assert said == "['ledger-copy-not-written']\n"
    assert files_of(tmp_path / "usb") == {"backup.db": before}
