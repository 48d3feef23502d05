"""The head noted beside the ledger: its last entry, so that an older copy put in its place is noticed.

The note is written after each commit. A kill in between leaves it one entry behind, which is no fault: the entry it
names still stands in the chain, and the next program that opens the ledger writes the note anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.entries import Entry
from csctl.store.ledger.files import os_error_text
from csctl.store.publish import publish

Noted = tuple[int, str]
"""Number and chain of the last entry when the note was written."""
_NOTE = re.compile(rb"([1-9]\d{0,17}) ([0-9a-f]{64})\n")


def head_file(ledger: Path) -> Path:
    """Where the head of a ledger is noted."""
    return ledger.with_suffix(".head")


def read_head(ledger: Path) -> tuple[Noted | None, list[Problem]]:
    """The head noted beside a ledger; None without a note."""
    file = head_file(ledger)
    try:
        hit = _NOTE.fullmatch(file.read_bytes())
    except FileNotFoundError:
        return None, []
    except OSError as fault:
        return None, [problem("ledger-head-unreadable", Place(file=file.name), os_error_text(fault))]
    if hit is None:
        return None, [problem("ledger-head-unreadable", Place(file=file.name), "?")]
    return (int(hit[1]), hit[2].decode()), []


def head_faults(ledger: Path, entries: Sequence[Entry], noted: Noted | None) -> list[Problem]:
    """What is wrong if the entry noted is not among those of the ledger."""
    if noted is None or stands(noted, entries):
        return []
    number, _ = noted
    if number > len(entries):
        return [problem("ledger-older-than-head", Place(file=ledger.name), len(entries), noted=number)]
    return [problem("ledger-not-of-head", Place(file=ledger.name), number)]


def stands(noted: Noted, entries: Sequence[Entry]) -> bool:
    """Whether the chain has the entry noted."""
    number, chain = noted
    return number <= len(entries) and entries[number - 1].chain == chain


def write_head(ledger: Path, entries: Sequence[Entry]) -> None:
    """Note the last entry. If that fails the note stays behind, as after a kill; what is booked holds regardless."""
    if entries:
        text = f"{entries[-1].number} {entries[-1].chain}\n"
        publish(ledger.parent, {head_file(ledger).name: text.encode()})
