"""The commands that change what lasts, each with the state it starts from and a way to tell states apart."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.ledger import LEDGER_NAME, open_ledger
from csctl.store.ledger.verify import verify_ledger
from csctl.store.publish import ROOM_PREFIX, publish
from tests.cli.small import MONTH, MONTHS, change, small_workspace
from tests.crashes.acts import TWO_STEPS
from tests.crashes.injecting import MAIN, Warm

State = dict[str, bytes]
"""Everything that lasts below a folder, by its path; of a ledger all that it holds, whatever its pages look like."""
_NOT_LASTING = (".csctl/canonical/", ".csctl/sealed/", ".csctl/made/", ".csctl/lock", "lock", ".csctl/log/")


@dataclass(frozen=True, slots=True)
class Case:
    """A command, started in a folder that ``prepare`` has filled. ``words`` are made from that folder."""

    prepare: Callable[[Path, Warm], None]
    call: str
    words: Callable[[Path], list[str | Path]]


def _workspace(here: Path) -> None:
    """The small workspace with a performance sheet of one cell: most of a run's time goes into a real one."""
    small_workspace(here)
    book = Workbook()
    book.worksheets[0]["A1"] = "{{score.total}}"
    (here / "templates").mkdir()
    book.save(here / "templates" / "generic.xlsx")


def _closed_once(here: Path, started: Warm) -> None:
    """A workspace whose first month is closed, with the outputs of a run for the second."""
    _workspace(here)
    assert started.csctl("close", "-w", here, "--month", MONTHS[0], "--yes", "-q").code == 0
    assert started.csctl("run", "-w", here, "--month", MONTH, "-q").code == 0


def _never_closed(here: Path, started: Warm) -> None:
    _workspace(here)
    assert started.csctl("run", "-w", here, "--month", MONTHS[0], "-q").code == 0


def _run_before(here: Path, started: Warm) -> None:
    """Outputs of a run, and an export that changed since: every number will be another."""
    _closed_once(here, started)
    change(here / "data" / MONTH / "orders.csv", "600.50", "99600.50")


def _changed_after_closing(here: Path, started: Warm) -> None:
    _closed_once(here, started)
    change(here / "data" / MONTHS[0] / "orders.csv", "600.50", "99600.50")


def _backed_up(here: Path, started: Warm) -> None:
    """A closed month and a backup from before it."""
    _closed_once(here, started)
    (here / "usb").mkdir()
    assert started.csctl("backup", here / "usb" / "copy.db", "-w", here).code == 0
    assert started.csctl("close", "-w", here, "--month", MONTH, "--yes", "-q").code == 0


def _fallen_back(here: Path, started: Warm) -> None:
    """A ledger with one month, and a backup with two."""
    _closed_once(here, started)
    shutil.copytree(here, here.parent / "later")
    later = here.parent / "later"
    assert started.csctl("close", "-w", later, "--month", MONTH, "--yes", "-q").code == 0
    (here / "usb").mkdir()
    assert started.csctl("backup", here / "usb" / "copy.db", "-w", later).code == 0
    shutil.rmtree(later)


def _small_ledger(here: Path, started: Warm) -> None:
    ledger, _ = open_ledger(here, create=True)
    assert ledger is not None
    with ledger:
        assert isinstance(ledger.append([EntryDraft("close", "2026-09", "", {"agents": 3})]), tuple)


def _nothing(here: Path, started: Warm) -> None:
    here.mkdir()


def _older_files(here: Path, started: Warm) -> None:
    names = ("pay.xlsx.txt", "run.json", "sheets/01.txt", "stale.txt")
    assert publish(here / "out", {name: f"old {name} ".encode() * 700 for name in names}) == []


CASES: Mapping[str, Case] = {
    "close": Case(_closed_once, MAIN, lambda at: ["close", "-w", at, "--month", MONTH, "--yes"]),
    "first close": Case(_never_closed, MAIN, lambda at: ["close", "-w", at, "--month", MONTHS[0], "--yes"]),
    "run": Case(_run_before, MAIN, lambda at: ["run", "-w", at, "--month", MONTH]),
    "correct": Case(_changed_after_closing, MAIN, lambda at: ["correct", "-w", at, "--reason", "late order", "--yes"]),
    "backup": Case(_backed_up, MAIN, lambda at: ["backup", at / "usb" / "copy.db", "-w", at]),
    "restore": Case(_fallen_back, MAIN, lambda at: ["restore", at / "usb" / "copy.db", "-w", at]),
    "migrate": Case(_small_ledger, "tests.crashes.acts:migrate_ledger", lambda at: [at]),
    "append": Case(_small_ledger, "tests.crashes.acts:append", lambda at: [at]),
    "first append": Case(_nothing, "tests.crashes.acts:append", lambda at: [at]),
    "publish": Case(_older_files, "tests.crashes.acts:publish_files", lambda at: [at / "out"]),
}


def state(here: Path) -> State:
    """What lasts, as the files lie there; rooms and parts of a killed command are not looked at."""
    found: State = {}
    for path in sorted(here.rglob("*")):
        name = path.relative_to(here).as_posix()
        if path.is_file() and not name.startswith(_NOT_LASTING) and not is_leftover(path):
            found[name] = ledger_text(path) if path.suffix == ".db" else path.read_bytes()
    return {name: content for name, content in found.items() if content}


def ledger_text(path: Path) -> bytes:
    """All that a ledger holds, after its own check found nothing wrong; b"" for one without a single entry."""
    if not path.stat().st_size:
        return b""
    assert verify_ledger(path, steps=TWO_STEPS) == []
    with closing(sqlite3.connect(path)) as connection:
        if not path.stat().st_size or not connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0]:
            return b""
        return "\n".join(connection.iterdump()).encode()


def is_leftover(path: Path) -> bool:
    """Whether a file is of no use to anybody once its command has ended."""
    in_room = any(part.startswith(ROOM_PREFIX) for part in path.parts)
    return in_room or path.name.endswith((".part", "-journal"))


def leftovers(here: Path) -> list[str]:
    """What commands left lying about, temporary files of the system included."""
    found = [path for path in here.rglob("*") if is_leftover(path)]
    return sorted(str(path) for path in [*found, *(here.parent / "tmp").iterdir()])


def taken_back(here: Path) -> None:
    """What the next command does first: half-published files return to what they were."""
    for room in sorted(here.rglob(f"{ROOM_PREFIX}*")):
        if room.exists():
            assert publish(room.parent, {}) == []


def ledger_of(here: Path) -> Path:
    """Where the ledger of a case is."""
    return here / LEDGER_NAME if (here / LEDGER_NAME).exists() else here / ".csctl" / LEDGER_NAME
