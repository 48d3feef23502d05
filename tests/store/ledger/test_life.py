"""A ledger's life in any order: opened twice, appended to, backed up, restored, lost; a plain list knows better."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from csctl.problems import Problem
from csctl.store.ledger.backup import back_up, restore_backup
from csctl.store.ledger.ledger import LEDGER_NAME, Ledger, content_digest, open_ledger
from tests.drawn import drawn
from tests.store.ledger.books import codes, draft

HANDS = st.sampled_from(["left", "right"])
SHELVES = st.sampled_from(["a.db", "b.db"])


class Life(RuleBasedStateMachine):
    """``booked`` is what stands in the ledger: one number per entry. Handles and backups know a beginning of it."""

    def __init__(self) -> None:
        """A new folder."""
        super().__init__()
        self.room = tempfile.TemporaryDirectory()
        self.folder = Path(self.room.name)
        self.booked: list[int] = []
        self.next = 0
        self.handles: dict[str, tuple[Ledger, int]] = {}
        self.shelf: dict[str, int] = {}
        self.gone = False

    def teardown(self) -> None:
        """Nothing stays open."""
        for ledger, _ in self.handles.values():
            ledger.close()
        self.room.cleanup()

    @rule(hand=HANDS)
    def open(self, hand: str) -> None:
        """A fresh look."""
        if hand in self.handles:
            self.handles.pop(hand)[0].close()
        ledger, problems = open_ledger(self.folder, create=True)
        assert codes(problems) == (["ledger-lost"] if self.gone and self.booked else [])
        if ledger is not None:
            assert [entry.document["agents"] for entry in ledger.entries] == self.booked
            self.handles[hand] = (ledger, len(self.booked))
            self.gone = False

    @rule(hand=HANDS, count=st.integers(1, 3))
    def append(self, hand: str, count: int) -> None:
        """It works exactly where nothing was booked since."""
        if hand not in self.handles or self.gone:
            return
        ledger, known = self.handles[hand]
        numbers = list(range(self.next, self.next + count))
        self.next += count
        contents = {content_digest(bytes([number % 5])): bytes([number % 5]) for number in numbers}
        names = sorted(contents)
        answer = ledger.append([draft(number, all_digests=names) for number in numbers], contents)
        if known == len(self.booked):
            assert not isinstance(answer, Problem)
            self.booked += numbers
            self.handles[hand] = (ledger, len(self.booked))
        else:
            assert isinstance(answer, Problem)
            assert answer.code == "ledger-moved"

    @rule(name=SHELVES)
    def back_up(self, name: str) -> None:
        """Backups of one ledger only grow."""
        problems = back_up(self.folder / LEDGER_NAME, self.folder / name)
        there = (self.folder / LEDGER_NAME).exists()
        assert codes(problems) == ([] if there else ["ledger-missing"])
        if there:
            self.shelf[name] = len(self.booked)

    @rule(name=SHELVES)
    def restore(self, name: str) -> None:
        """Only what has everything."""
        if name not in self.shelf:
            return
        for ledger, _ in self.handles.values():
            ledger.close()
        self.handles.clear()
        problems = restore_backup(self.folder / name, self.folder)
        whole = self.shelf[name] == len(self.booked)
        assert codes(problems) == ([] if whole else ["restore-would-lose"])
        self.gone = self.gone and not whole

    @rule()
    def lose(self) -> None:
        """The file goes, the note of its head stays."""
        for ledger, _ in self.handles.values():
            ledger.close()
        self.handles.clear()
        if (self.folder / LEDGER_NAME).exists():
            (self.folder / LEDGER_NAME).unlink()
            self.gone = True

    @invariant()
    def everything_booked_is_there(self) -> None:
        """In order, once."""
        ledger, problems = open_ledger(self.folder)
        if ledger is None:
            assert codes(problems) == (["ledger-lost"] if self.booked else [])
        else:
            with ledger:
                assert [entry.document["agents"] for entry in ledger.entries] == self.booked


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=drawn(40), stateful_step_count=20, deadline=None)
