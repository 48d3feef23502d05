"""Many at once: one works, the others say so, and nothing is booked twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from csctl.store.ledger.verify import verify_ledger
from tests.cli.small import MONTH, MONTHS, change
from tests.crashes.cases import state
from tests.crashes.injecting import Ended
from tests.crashes.rig import Rig, fresh, known
from tests.end_to_end.running import csctl

BUSY = "csctl: another csctl is at work in this workspace → try again when it has ended"


def _booked(here: Path) -> list[tuple[str, str]]:
    """Kind and month of every entry of a ledger that is whole."""
    assert verify_ledger(here / ".csctl" / "ledger.db") == []
    history = csctl("history", "-w", here, "--json")
    return [(entry["kind"], entry["month"]) for entry in history.data["entries"]]


def _spoke_well(ended: list[Ended]) -> None:
    """Done or busy, each in its own words."""
    assert {one.code for one in ended} <= {0, 3}
    assert [one.err_lines for one in ended] == [[BUSY] if one.code == 3 else [] for one in ended]


@pytest.mark.slow
def test_of_ten_closes_at_once_one_closes(rig: Rig) -> None:
    """The others found the workspace busy, or the month closed by then."""
    here = fresh(rig, "close")
    ended = rig.started.together([("close", "-w", here, "--month", MONTH, "--yes")] * 10)
    _spoke_well(ended)
    said = Counter(next((line for line in one.out.splitlines() if "closed" in line), "") for one in ended)
    assert sum(said.values()) == 10
    assert said[f"{MONTH} is closed. Whatever changes from now on becomes a correction in an open month."] == 1
    assert said[f"{MONTH} was closed before, and the exports still give the same numbers."] == 9 - said[""]
    assert said[""] == sum(one.code == 3 for one in ended)
    assert _booked(here) == [("close", month) for month in MONTHS]
    assert state(here) == known(rig, "close").new


@pytest.mark.slow
def test_ten_different_commands_at_once_do_not_disturb_each_other(rig: Rig) -> None:
    """Whoever comes too late says so and booked nothing; run one after another, all of them do their work."""
    here = fresh(rig, "close")
    change(here / "data" / MONTHS[0] / "orders.csv", "600.50", "700.50")
    (here / "usb").mkdir()
    commands: list[list[str | Path]] = [
        ["close", "-w", here, "--month", MONTH, "--yes"],
        ["correct", "-w", here, "--reason", "late order", "--yes"],
        ["appeal", "file", "01", "speed", "-w", here, "--month", MONTHS[0], "--reason", "wrong call"],
        ["backup", here / "usb" / "copy.db", "-w", here],
        ["run", "-w", here, "--month", MONTH],
        ["run", "-w", here, "--month", MONTHS[0]],
        ["score", "-w", here, "--month", MONTH],
        ["pay", "-w", here, "--month", MONTH],
        ["sheets", "-w", here, "--month", MONTH],
        ["close", "-w", here, "--month", MONTH, "--yes"],
    ]
    ended = rig.started.together(commands)
    _spoke_well(ended)
    done = [command for command, one in zip(commands, ended, strict=True) if one.code == 0]
    booked = Counter(kind for kind, _ in _booked(here))
    assert booked["close"] == 1 + any(command[0] == "close" for command in done)
    assert booked["correction"] == sum(command[0] == "correct" for command in done)
    assert booked["appeal"] == sum(command[0] == "appeal" for command in done)
    for command in commands:
        if command not in done:
            assert rig.started.csctl(*command).code == 0
    assert Counter(kind for kind, _ in _booked(here)) == {"close": 2, "correction": 1, "appeal": 1}
