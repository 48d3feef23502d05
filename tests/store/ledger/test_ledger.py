"""Booking and reading: what went in comes out, once, in order, or nothing was written."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.problems import Problem
from csctl.store.ledger import database, files
from csctl.store.ledger.entries import (
    BEGINNING,
    EntryDraft,
    canonical_text,
    chained_entry,
    contents_named,
    entry_of,
    row_of,
)
from csctl.store.ledger.ledger import LEDGER_NAME, content_digest, open_ledger
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import AT, appended, build_six_months, codes, draft, files_of, opened, six_months, sound

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=8,
)


def test_what_was_booked_is_read_again(tmp_path: Path) -> None:
    """Entries in order, contents byte by byte, the head of the last entry."""
    contents = six_months(tmp_path)
    with opened(tmp_path) as ledger:
        assert [entry.number for entry in ledger.entries] == [1, 2, 3, 4, 5, 6]
        assert [entry.month for entry in ledger.entries] == [f"2026-{number:02d}" for number in range(1, 7)]
        assert {name: ledger.content(name) for name in contents} == contents
        assert ledger.head == ledger.entries[-1].chain
    assert sound(tmp_path)


def test_the_chain_is_what_anyone_can_recompute(tmp_path: Path) -> None:
    """SHA-256 of plain sorted JSON, each with the one before, from 64 zeros on."""
    appended(tmp_path, draft(1), draft(2))
    previous = "0" * 64
    for entry in opened(tmp_path).entries:
        said = {name: getattr(entry, name) for name in ("number", "kind", "month", "at", "document", "previous")}
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry.previous == previous
        assert entry.chain == hashlib.sha256(text.encode()).hexdigest()
        previous = entry.chain


def test_equal_bookings_make_equal_files(tmp_path: Path) -> None:
    """Nothing in the file depends on when or where it was written."""
    for name in ("here", "there"):
        build_six_months(tmp_path / name)
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


@given(document=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON))
def test_any_json_document_survives_its_row(document: dict[str, Any]) -> None:
    """A row gives the entry it was made from; the canonical text does not depend on the order of keys."""
    entry = chained_entry(EntryDraft("k", "2026-01", AT, document), 1, BEGINNING)
    assert entry.document == document
    assert entry_of(row_of(entry)) == entry
    assert canonical_text(dict(reversed(document.items()))) == canonical_text(document)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), np.int64(3), np.float64(3), np.bool_(True), Decimal("1.10"), (1, 2), {1: "x"}, b"x", {1, 2}],
    ids=lambda value: type(value).__name__,
)
def test_what_would_not_come_back_the_same_is_refused(value: object) -> None:
    """No fraction, no number of numpy's, no tuple, at any depth."""
    for document in (value, [value], {"deep": [1, {"x": value}]}):
        with pytest.raises(TypeError, match="the ledger keeps"):
            canonical_text(document)


def test_a_draft_that_is_refused_keeps_the_others_out(tmp_path: Path) -> None:
    """Nothing is written."""
    ledger = opened(tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(TypeError, match="not int64"):
        ledger.append([draft(1), draft(2, value=np.int64(3))])
    assert files_of(tmp_path) == before
    assert ledger.entries == ()


@pytest.mark.parametrize("field", ["kind", "month", "at"])
def test_kind_month_and_time_are_texts(field: str) -> None:
    """Anything else is a bug of the caller."""
    values: dict[str, Any] = {"kind": "close", "month": "2026-01", "at": AT, field: 202601}
    with pytest.raises(TypeError, match="as texts"):
        chained_entry(EntryDraft(**values, document={}), 1, BEGINNING)


def test_a_booked_document_is_the_ledgers_own(tmp_path: Path) -> None:
    """Changing what was handed in changes nothing that was booked; any mapping may be handed in."""
    inner = {"list": [1]}
    ledger = opened(tmp_path)
    ledger.append([EntryDraft("close", "2026-01", AT, MappingProxyType(inner))])
    inner["list"].append(2)
    assert ledger.entries[0].document == {"list": [1]}


def test_a_content_is_stored_once(tmp_path: Path) -> None:
    """Sealing the same bytes again costs nothing."""
    big = os.urandom(200_000)
    contents = {content_digest(big): big}
    appended(tmp_path, draft(1, rows_digest=content_digest(big)), contents=contents)
    size = (tmp_path / LEDGER_NAME).stat().st_size
    appended(tmp_path, draft(2, rows_digest=content_digest(big)), contents=contents)
    assert (tmp_path / LEDGER_NAME).stat().st_size - size < 10_000
    assert opened(tmp_path).content(content_digest(big)) == big


def test_a_content_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    """As with any mapping."""
    with pytest.raises(KeyError):
        opened(tmp_path).content(content_digest(b"never stored"))


def test_an_entry_cannot_name_what_nobody_has(tmp_path: Path) -> None:
    """Nor can bytes go by another's digest; neither leaves a trace."""
    ledger = opened(tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(ValueError, match="lacks"):
        ledger.append([draft(1, rows_digest=content_digest(b"x"))], {content_digest(b"y"): b"y"})
    with pytest.raises(ValueError, match="digest"):
        ledger.append([draft(1)], {content_digest(b"x"): b"y"})
    assert files_of(tmp_path) == before
    assert ledger.entries == ()


def test_contents_are_named_at_any_depth() -> None:
    """By keys that end so; an empty text names none."""
    document = {
        "lines_digest": "a",
        "basis": {"inputs": [{"rows_digest": "b", "sha256": "no"}, {"rows_digest": ""}]},
        "texts_digests": ["c", "d", ""],
        "digest": "no",
        "x_digest": {"y_digest": "e"},
    }
    assert sorted(contents_named(document)) == ["a", "b", "c", "d", "e"]


def test_nothing_to_book_writes_nothing(tmp_path: Path) -> None:
    """Not even a head."""
    ledger = opened(tmp_path)
    before = files_of(tmp_path)
    assert ledger.append([]) == ()
    assert files_of(tmp_path) == before


def test_a_ledger_goes_on_after_it_was_appended_to(tmp_path: Path) -> None:
    """Entries and head follow; a second append continues the first."""
    with opened(tmp_path) as ledger:
        assert ledger.head == BEGINNING
        first = ledger.append([draft(1)])
        second = ledger.append([draft(2), draft(3)])
        assert isinstance(first, tuple)
        assert isinstance(second, tuple)
        assert ledger.entries == first + second
        assert second[0].previous == first[0].chain
    assert opened(tmp_path).entries == first + second


def test_no_ledger_is_no_problem(tmp_path: Path) -> None:
    """It is made when asked for only, and reading makes nothing."""
    assert open_ledger(tmp_path) == (None, [])
    assert files_of(tmp_path) == {}
    (tmp_path / LEDGER_NAME).touch()
    assert open_ledger(tmp_path) == (None, [])


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    """Folder 0700, files 0600, whatever the umask."""
    old = os.umask(0)
    try:
        appended(tmp_path / "state", draft(1))
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").iterdir()} == {0o600}


def test_an_append_after_anothers_is_refused(tmp_path: Path) -> None:
    """What was decided on an old head is not booked on a new one."""
    first, second = opened(tmp_path), opened(tmp_path)
    first.append([draft(1)])
    refused = second.append([draft(2)])
    assert isinstance(refused, Problem)
    assert refused.code == "ledger-moved"
    assert second.entries == ()
    assert opened(tmp_path).entries == first.entries


def test_a_ledger_in_use_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said after a while, with nothing written; afterwards it works."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    ledger, other = opened(tmp_path), database.connect(tmp_path / LEDGER_NAME)
    with database.transaction(other):
        refused = ledger.append([draft(1)])
    other.close()
    assert isinstance(refused, Problem)
    assert refused.code == "ledger-busy"
    assert isinstance(ledger.append([draft(1)]), tuple)


def test_a_ledger_locked_by_another_program_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither opened nor taken for damaged."""
    six_months(tmp_path)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(tmp_path / LEDGER_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert codes(open_ledger(tmp_path)[1]) == ["ledger-busy"]
        assert codes(verify_ledger(tmp_path / LEDGER_NAME)) == ["ledger-busy"]
    assert codes(open_ledger(tmp_path)[1]) == []


def test_what_is_not_in_the_file_is_not_booked(tmp_path: Path) -> None:
    """A file replaced under an open ledger takes what is written away with it: no success is reported."""
    six_months(tmp_path)
    before = files_of(tmp_path)
    with opened(tmp_path) as ledger:
        (tmp_path / "other.db").write_bytes(before[LEDGER_NAME])
        os.replace(tmp_path / "other.db", tmp_path / LEDGER_NAME)
        answer = ledger.append([draft(7)])
        assert isinstance(answer, Problem)
        assert answer.code == "ledger-not-written"
        assert len(ledger.entries) == 6
    assert files_of(tmp_path) == before


@pytest.mark.parametrize(
    ("kind", "refused"),
    [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("fuseblk", True), ("ext4", False), ("tmpfs", False)],
)
def test_shares_are_read_but_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, refused: bool
) -> None:
    """Neither made there nor appended to, unless told to; the innermost mount counts."""
    state = tmp_path / "my team" / ".csctl"
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(files, "MOUNTS", mounts)
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path}/my\\040team {kind} rw 0 0\n")
    assert codes(open_ledger(state, create=True)[1]) == (["ledger-on-a-share"] if refused else [])
    assert state.exists() is not refused
    monkeypatch.setenv(files.ANYWHERE, "1")
    appended(state, draft(1))
    monkeypatch.delenv(files.ANYWHERE)
    with opened(state) as ledger:
        answer = ledger.append([draft(2)])
        assert [entry.number for entry in ledger.entries] == ([1] if refused else [1, 2])
    assert isinstance(answer, Problem) is refused
