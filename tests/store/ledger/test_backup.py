"""Backups and the way back: neither loses an entry, neither leaves half a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from csctl.store.ledger.backup import KEPT_NAME, back_up, restore_backup
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import appended, codes, draft, files_of, opened, six_months, sound, tamper


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A private folder with a ledger of six months."""
    folder = tmp_path / "state"
    six_months(folder)
    return folder


@pytest.fixture
def backup(tmp_path: Path, state: Path) -> Path:
    """A backup of those six months."""
    (tmp_path / "usb").mkdir()
    target = tmp_path / "usb" / "团队[1]*.db"
    assert back_up(state / LEDGER_NAME, target) == []
    return target


@pytest.fixture
def longer(state: Path, backup: Path) -> Path:
    """A backup of a seventh month too, which the ledger has lost since."""
    six = files_of(state)
    appended(state, draft(7))
    target = backup.with_name("seven.db")
    assert back_up(state / LEDGER_NAME, target) == []
    for name, content in six.items():
        (state / name).write_bytes(content)
    return target


def test_a_backup_is_the_whole_ledger(state: Path, backup: Path) -> None:
    """Sound, for the owner only, alone in its folder; the original is not touched."""
    before = files_of(state)
    head = opened(state).head
    assert verify_ledger(backup, head) == []
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert list(backup.parent.iterdir()) == [backup]
    assert files_of(state) == before


def test_an_older_backup_is_replaced_and_nothing_else_is(state: Path, backup: Path, tmp_path: Path) -> None:
    """Not a later one, not another ledger's, not another file, not the ledger itself, nothing behind a link."""
    ledger = state / LEDGER_NAME
    appended(state, draft(7))
    old = backup.read_bytes()
    assert back_up(ledger, backup) == []
    assert backup.read_bytes() != old
    appended(tmp_path / "other", draft(1))
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "link.db").symlink_to(backup)
    os.link(ledger, tmp_path / "same.db")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for target in ("other/ledger.db", "notes.txt", "link.db", "same.db", "state"):
        assert codes(back_up(ledger, tmp_path / target)) == ["backup-in-the-way"], target
    later, sooner = backup, tmp_path / "sooner.db"
    sooner.write_bytes(old)
    assert codes(back_up(sooner, later)) == ["backup-in-the-way"]
    sooner.unlink()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_damaged_ledger_is_not_backed_up(state: Path, backup: Path) -> None:
    """The backup that is there stays."""
    before = backup.read_bytes()
    tamper(state / LEDGER_NAME, "UPDATE content SET bytes = x'00' WHERE digest = (SELECT MIN(digest) FROM content)")
    (problem,) = back_up(state / LEDGER_NAME, backup)
    assert problem.code == "ledger-content-changed"
    assert problem.place.file == LEDGER_NAME
    assert files_of(backup.parent) == {backup.name: before}


def test_an_old_copy_is_not_backed_up_as_if_it_were_the_latest(state: Path, tmp_path: Path) -> None:
    """The note of the head tells."""
    old = (state / LEDGER_NAME).read_bytes()
    appended(state, draft(7))
    (state / LEDGER_NAME).write_bytes(old)
    assert codes(back_up(state / LEDGER_NAME, tmp_path / "new.db")) == ["ledger-older-than-head"]
    assert not (tmp_path / "new.db").exists()


def test_a_backup_that_cannot_be_written_is_said(state: Path, tmp_path: Path) -> None:
    """No folder to write to; no ledger to copy."""
    assert codes(back_up(state / LEDGER_NAME, tmp_path / "no" / "x.db")) == ["ledger-copy-not-written"]
    assert codes(back_up(tmp_path / "no.db", tmp_path / "x.db")) == ["ledger-missing"]


def test_what_a_killed_backup_left_is_cleared(state: Path, backup: Path) -> None:
    """And nothing else beside it."""
    left, other = backup.with_name(f".{backup.name}.abc.part"), backup.with_name(".x.part")
    left.touch()
    other.touch()
    assert back_up(state / LEDGER_NAME, backup) == []
    assert not left.exists()
    assert other.exists()


def test_a_lost_ledger_comes_back(state: Path, backup: Path) -> None:
    """With its entries, its contents and its head."""
    before = opened(state).entries
    (state / LEDGER_NAME).unlink()
    assert restore_backup(backup, state) == []
    assert opened(state).entries == before
    assert sound(state)
    assert stat.S_IMODE((state / LEDGER_NAME).stat().st_mode) == 0o600


def test_a_backup_makes_a_new_workspaces_ledger(backup: Path, tmp_path: Path) -> None:
    """On another machine there is not even a folder."""
    assert restore_backup(backup, tmp_path / "new" / ".csctl") == []
    assert sound(tmp_path / "new" / ".csctl")
    assert (tmp_path / "new" / ".csctl" / "ledger.head").exists()


def test_a_later_backup_replaces_an_older_ledger(state: Path, backup: Path) -> None:
    """The old file is kept; what was booked goes on from the backup's end."""
    appended(state, draft(7))
    late = backup.with_name("late.db")
    assert back_up(state / LEDGER_NAME, late) == []
    early = backup.read_bytes()
    (state / LEDGER_NAME).write_bytes(early)
    assert restore_backup(late, state) == []
    assert (state / KEPT_NAME).read_bytes() == early
    assert [entry.number for entry in appended(state, draft(8))] == [8]
    assert sound(state)


def test_what_would_be_lost_is_named_and_kept(state: Path, backup: Path) -> None:
    """A backup that lacks entries does not replace the ledger."""
    appended(state, *(draft(number) for number in range(7, 13)))
    before = files_of(state)
    (problem,) = restore_backup(backup, state)
    assert problem.code == "restore-would-lose"
    assert (
        problem.found
        == "#7 close 2026-07, #8 close 2026-08, #9 close 2026-09, #10 close 2026-10, #11 close 2026-11, +1"
    )
    assert files_of(state) == before


def test_a_ledger_that_went_another_way_is_kept(state: Path, backup: Path) -> None:
    """Two ledgers with one beginning: neither is an older copy of the other."""
    appended(state, draft(7, way="left"))
    other = backup.parent / "other"
    assert restore_backup(backup, other) == []
    appended(other, draft(7, way="right"), draft(8))
    assert codes(restore_backup(other / LEDGER_NAME, state)) == ["restore-would-lose"]
    assert codes(back_up(state / LEDGER_NAME, other / LEDGER_NAME)) == ["backup-in-the-way"]


def test_the_note_of_the_head_guards_a_ledger_that_is_gone(state: Path, backup: Path) -> None:
    """An early backup would lose what the note knows of; without the note nobody knows better."""
    appended(state, draft(7))
    (state / LEDGER_NAME).unlink()
    (problem,) = restore_backup(backup, state)
    assert (problem.code, problem.found) == ("restore-would-lose", "#7")
    (state / "ledger.head").unlink()
    assert restore_backup(backup, state) == []


def test_a_damaged_ledger_is_replaced_if_the_note_says_nothing_is_lost(state: Path, backup: Path) -> None:
    """Without the note it is not known; the damaged file is kept, with the journal that belonged to it."""
    (state / LEDGER_NAME).write_bytes(b"rotten")
    (state / f"{LEDGER_NAME}-journal").write_bytes(b"rotten too")
    note = (state / "ledger.head").read_bytes()
    (state / "ledger.head").unlink()
    assert codes(restore_backup(backup, state)) == ["restore-unknown"]
    (state / "ledger.head").write_bytes(note)
    assert restore_backup(backup, state) == []
    assert (state / KEPT_NAME).read_bytes() == b"rotten"
    assert (state / f"{KEPT_NAME}-journal").read_bytes() == b"rotten too"
    assert sound(state)


def test_a_damaged_backup_is_refused(state: Path, backup: Path) -> None:
    """Nothing is replaced."""
    before = files_of(state)
    tamper(backup, "UPDATE entry SET at = '' WHERE number = 6")
    assert codes(restore_backup(backup, state)) == ["ledger-entry-changed"]
    backup.write_bytes(b"")
    assert codes(restore_backup(backup, state)) == ["restore-would-lose"]
    backup.unlink()
    assert codes(restore_backup(backup, state)) == ["ledger-missing"]
    assert files_of(state) == before


def test_a_failure_before_the_last_step_leaves_everything(
    state: Path, longer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger and its note are as they were, and no part is left."""
    before = files_of(state)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    (problem,) = restore_backup(longer, state)
    assert (problem.code, problem.found) == ("ledger-copy-not-written", "No space left on device")
    assert {name: content for name, content in files_of(state).items() if name != KEPT_NAME} == before


def test_the_same_backup_once_more_changes_nothing(state: Path, longer: Path) -> None:
    """The file from before the first time stays, so that a rerun after a kill does not cover it."""
    before = (state / LEDGER_NAME).read_bytes()
    assert restore_backup(longer, state) == []
    after = files_of(state)
    assert after[KEPT_NAME] == before
    assert restore_backup(longer, state) == []
    assert files_of(state) == after


def test_a_disk_without_second_names_keeps_a_copy(state: Path, longer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file is kept all the same."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    before = (state / LEDGER_NAME).read_bytes()
    monkeypatch.setattr(os, "link", refuse)
    assert restore_backup(longer, state) == []
    assert (state / KEPT_NAME).read_bytes() == before
