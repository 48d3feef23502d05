"""From one version of the ledger's tables to the next, with a copy of the file from before each step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from csctl.problems import Problem
from csctl.store.ledger.copies import copy_ledger
from csctl.store.ledger.database import STEPS, Step, transaction, version_of, writing_fault
from csctl.store.ledger.files import not_writable_here


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> list[Problem]:
    """Take the steps a ledger has not taken; an empty file takes all. Nothing is written if there are none.

    Each step holds whole or not at all; before it a checked copy is kept as ``ledger.before-v2.db``. Raises
    sqlite3.Error if the version cannot be read.
    """
    found = version_of(connection)
    for number in range(found + 1, len(steps) + 1):
        problems = not_writable_here(path)
        if not problems and found > 0:
            kept = path.with_name(f"{path.stem}.before-v{number}{path.suffix}")
            problems = copy_ledger(path, kept, steps=steps[: number - 1])
        problems = problems or _step(connection, path.name, number, steps[number - 1])
        if problems:
            return problems
    return []


def _step(connection: sqlite3.Connection, name: str, number: int, step: Step) -> list[Problem]:
    """One step, unless another process took it meanwhile."""
    try:
        with transaction(connection):
            if version_of(connection) == number - 1:
                step(connection)
                connection.execute(f"PRAGMA user_version={number}")
    except sqlite3.Error as fault:
        return [writing_fault(fault, name)]
    return []
