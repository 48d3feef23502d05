"""Every way of changing a ledger is seen, and the entry concerned is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csctl.store.ledger.entries import EntryDraft, chained_entry, row_of
from csctl.store.ledger.ledger import LEDGER_NAME, open_ledger
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import appended, codes, draft, files_of, opened, rewritten, six_months, sound, tamper


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger of six months."""
    six_months(tmp_path)
    return tmp_path / LEDGER_NAME


def first_content_of(file: Path, number: int) -> str:
    """The digest an entry names first."""
    return str(opened(file.parent).entries[number - 1].document["lines_digest"])


TAMPERED = {
    "UPDATE entry SET document = replace(document, '\"agents\":3', '\"agents\":4') WHERE number = 3": (
        "ledger-entry-changed",
        {"found": "3", "kind": "close", "month": "2026-03"},
    ),
    "UPDATE entry SET document = document || ' ' WHERE number = 3": ("ledger-entry-changed", {"found": "3"}),
    "UPDATE entry SET document = '[]' WHERE number = 3": ("ledger-entry-changed", {"found": "3"}),
    "UPDATE entry SET document = '{' WHERE number = 3": ("ledger-entry-changed", {"found": "3"}),
    "UPDATE entry SET document = '{\"a\":1.5}' WHERE number = 3": ("ledger-entry-changed", {"found": "3"}),
    "UPDATE entry SET month = '2027-01' WHERE number = 2": ("ledger-entry-changed", {"month": "2027-01"}),
    "UPDATE entry SET kind = 'draft' WHERE number = 2": ("ledger-entry-changed", {"kind": "draft"}),
    "UPDATE entry SET at = '' WHERE number = 2": ("ledger-entry-changed", {"found": "2"}),
    "UPDATE entry SET chain = upper(chain) WHERE number = 6": ("ledger-entry-changed", {"found": "6"}),
    "DELETE FROM entry WHERE number = 4": ("ledger-entry-missing", {"found": "4", "number": "5"}),
    "UPDATE entry SET number = number + 1 WHERE number = 6": ("ledger-entry-missing", {"found": "6"}),
    "DELETE FROM entry WHERE number = 6": ("ledger-older-than-head", {"found": "5", "noted": "6"}),
    "DELETE FROM entry": ("ledger-older-than-head", {"found": "0"}),
    "CREATE TABLE more (x)": ("ledger-schema-changed", {}),
    "CREATE INDEX i ON entry (month)": ("ledger-schema-changed", {}),
    "PRAGMA user_version=2": ("ledger-newer", {"found": "2", "known": "1"}),
    "PRAGMA user_version=0": ("ledger-damaged", {}),
    "PRAGMA application_id=7": ("ledger-not-a-ledger", {}),
    "PRAGMA journal_mode=WAL": ("ledger-damaged", {}),
}


def test_a_whole_ledger_has_no_problem(file: Path) -> None:
    """And looking at it changes nothing."""
    before = files_of(file.parent)
    assert verify_ledger(file) == []
    assert files_of(file.parent) == before


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_change_behind_the_triggers_is_seen(file: Path, statement: str) -> None:
    """By verify, and by opening; the first problem names what it is about, and nothing is touched."""
    tamper(file, statement)
    code, details = TAMPERED[statement]
    before = files_of(file.parent)
    first = verify_ledger(file)[0]
    assert first.code == code
    assert first.parameters | details == first.parameters
    ledger, problems = open_ledger(file.parent)
    assert ledger is None
    assert codes(problems)[0] == code
    assert files_of(file.parent) == before


def test_a_trigger_that_was_dropped_is_missed(file: Path) -> None:
    """The ledger is not written to without its safeguards."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER content_stays")
    assert codes(verify_ledger(file)) == ["ledger-schema-changed"]
    assert open_ledger(file.parent)[0] is None


def test_a_changed_content_is_seen_and_not_handed_out(file: Path) -> None:
    """The entry that sealed it is named."""
    name = first_content_of(file, 2)
    tamper(file, ("UPDATE content SET bytes = x'00' WHERE digest = ?", (name,)))
    (problem,) = verify_ledger(file)
    assert problem.code == "ledger-content-changed"
    assert problem.parameters == {"found": name, "number": "2", "kind": "close", "month": "2026-02"}
    with opened(file.parent) as ledger, pytest.raises(KeyError):
        ledger.content(name)


def test_a_content_that_went_is_seen(file: Path) -> None:
    """So is one under a name that is not its own."""
    name = first_content_of(file, 5)
    tamper(file, ("UPDATE content SET digest = 'f' WHERE digest = ?", (name,)))
    missing, stray = verify_ledger(file)
    assert missing.parameters == {"found": name, "number": "5", "kind": "close", "month": "2026-05"}
    assert codes([missing, stray]) == ["ledger-content-missing", "ledger-content-stray"]


def test_all_faults_are_told_at_once(file: Path) -> None:
    """Not one per run."""
    tamper(file, "UPDATE entry SET at = '' WHERE number IN (2, 5)", "DELETE FROM entry WHERE number = 4")
    assert codes(verify_ledger(file)) == ["ledger-entry-changed", "ledger-entry-missing", "ledger-entry-changed"]


def test_an_entry_replaced_by_a_fitting_one_breaks_the_next(file: Path) -> None:
    """The next entry names the chain of the one that was there."""
    ledger = opened(file.parent)
    third, fourth = ledger.entries[2:4]
    forged = chained_entry(EntryDraft(third.kind, third.month, third.at, {"agents": 999}), 3, third.previous)
    tamper(file, "DELETE FROM entry WHERE number = 3", ("INSERT INTO entry VALUES (?,?,?,?,?,?,?)", row_of(forged)))
    (problem,) = verify_ledger(file)
    assert problem.code == "ledger-chain-broken"
    assert problem.parameters == {"found": "4", "kind": fourth.kind, "month": fourth.month}


def test_a_ledger_rewritten_as_a_whole_is_known_by_its_head(file: Path) -> None:
    """The note beside it tells, and so does a head noted elsewhere, when the note was forged as well."""
    head = opened(file.parent).head
    assert (file.parent / "ledger.head").read_text() == f"6 {head}\n"
    rewritten(file, 3)
    assert codes(verify_ledger(file)) == ["ledger-not-of-head"]
    (file.parent / "ledger.head").unlink()
    assert verify_ledger(file) == []
    assert codes(verify_ledger(file, head)) == ["ledger-head-unknown"]


def test_a_head_noted_earlier_stands_in_the_chain(file: Path) -> None:
    """Each entry's chain has been the head once; so have 64 zeros."""
    entries = opened(file.parent).entries
    assert all(verify_ledger(file, head) == [] for head in ("0" * 64, *(entry.chain for entry in entries)))


def test_an_older_copy_put_back_is_noticed(file: Path, tmp_path: Path) -> None:
    """It is whole in itself; only the note knows that there was more. Nothing is booked on it."""
    old = file.read_bytes()
    appended(tmp_path, draft(7))
    file.write_bytes(old)
    assert codes(verify_ledger(file)) == ["ledger-older-than-head"]
    assert codes(open_ledger(tmp_path, create=True)[1]) == ["ledger-older-than-head"]


def test_a_note_one_entry_behind_is_made_good(file: Path, tmp_path: Path) -> None:
    """As a kill between booking and noting leaves it; a note that went is written anew too."""
    note = tmp_path / "ledger.head"
    behind = note.read_bytes()
    appended(tmp_path, draft(7))
    right = note.read_bytes()
    note.write_bytes(behind)
    assert verify_ledger(file) == []
    opened(tmp_path).close()
    assert note.read_bytes() == right
    note.unlink()
    opened(tmp_path).close()
    assert note.read_bytes() == right


@pytest.mark.parametrize("text", [b"", b"6\n", b"6 " + b"g" * 64 + b"\n", b"\xff\xfe"])
def test_a_note_nobody_can_read_is_said(file: Path, tmp_path: Path, text: bytes) -> None:
    """Neither trusted nor overwritten."""
    (tmp_path / "ledger.head").write_bytes(text)
    assert codes(verify_ledger(file)) == ["ledger-head-unreadable"]
    assert codes(open_ledger(tmp_path)[1]) == ["ledger-head-unreadable"]
    assert (tmp_path / "ledger.head").read_bytes() == text


def test_a_ledger_that_went_is_missed(file: Path, tmp_path: Path) -> None:
    """An empty file is no ledger either. No new one is begun over it."""
    file.unlink()
    for _ in range(2):
        assert codes(open_ledger(tmp_path, create=True)[1]) == ["ledger-lost"]
        assert not sound(tmp_path)
        file.touch()
    assert file.read_bytes() == b""


def test_no_ledger_at_all_is_said(tmp_path: Path) -> None:
    """To who asks for a check."""
    assert codes(verify_ledger(tmp_path / LEDGER_NAME)) == ["ledger-missing"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x", "ledger-not-a-ledger"),
        (b"\0" * 8192, "ledger-not-a-ledger"),
        (b"PK\3\4" + b"\0" * 8192, "ledger-not-a-ledger"),
        ("六月的工资".encode() * 100, "ledger-not-a-ledger"),
    ],
)
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, content: bytes, code: str) -> None:
    """Said in one problem, not overwritten."""
    (tmp_path / LEDGER_NAME).write_bytes(content)
    assert codes(verify_ledger(tmp_path / LEDGER_NAME)) == [code]
    assert codes(open_ledger(tmp_path, create=True)[1]) == [code]
    assert files_of(tmp_path) == {LEDGER_NAME: content}


def test_a_folder_or_a_link_is_no_ledger(tmp_path: Path) -> None:
    """Links are not followed."""
    six_months(tmp_path / "other")
    for name in ("folder", "link"):
        (tmp_path / name).mkdir()
    (tmp_path / "folder" / LEDGER_NAME).mkdir()
    (tmp_path / "link" / LEDGER_NAME).symlink_to(tmp_path / "other" / LEDGER_NAME)
    for name in ("folder", "link"):
        assert codes(verify_ledger(tmp_path / name / LEDGER_NAME)) == ["ledger-not-a-ledger"]
        assert codes(open_ledger(tmp_path / name, create=True)[1]) == ["ledger-not-a-ledger"]
