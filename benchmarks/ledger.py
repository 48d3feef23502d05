"""A ledger of five years: its size, what a close adds, and how long a check takes: ``python benchmarks/ledger.py``.

60 months of 500 agents. Each close books a document of about 4 KB and two contents: the month's lines (70 per agent,
compressed) and 3 MB of sealed rows. Reading the file for its SHA-256 plus SQLite's own check is the least any check
could do, and storing the same bytes in a plain database with one durable commit per month the least any close could;
both are run in turn with ours, and what is printed are medians and ratios, since single times on a shared machine
say little.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MONTHS, AGENTS, LINES, ROWS_BYTES = 60, 500, 70, 3_000_000
ROUNDS = 5


def made_month(index: int) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    """A month's name, its document and contents; the same for the same index."""
    from csctl.store.ledger.ledger import content_digest

    dice = random.Random(index)
    month = f"{2022 + index // 12}-{index % 12 + 1:02d}"
    lines = [
        {
            "agent_id": f"{agent:04d}",
            "line": f"line.{line:02d}",
            "label": f"首次响应时长 {line}",
            "quantity": str(dice.randrange(10_000) / 100),
            "amount_cents": dice.randrange(500_000),
            "rule": f"EC-{line:03d}",
            "note": f"{dice.randrange(300)} rows of 会话记录.csv",
        }
        for agent in range(AGENTS)
        for line in range(LINES)
    ]
    sealed = zlib.compress(json.dumps(lines, ensure_ascii=False).encode(), 6)
    rows = dice.randbytes(ROWS_BYTES)
    contents = {content_digest(one): one for one in (sealed, rows)}
    inputs = [{"file": f"data/{month}/export-{n}.csv", "sha256": dice.randbytes(32).hex()} for n in range(32)]
    document = {
        "month": month,
        "lines_digest": content_digest(sealed),
        "rows_digests": [content_digest(rows)],
        "inputs": inputs,
    }
    return month, document, contents


def timed(work: Callable[[], object]) -> float:
    """Seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_close(file: Path, document: dict[str, Any], contents: dict[str, bytes]) -> None:
    """The same bytes in a plain database, one durable commit."""
    with closing(sqlite3.connect(file, isolation_level=None)) as plain:
        plain.execute("PRAGMA synchronous=EXTRA")
        plain.execute("CREATE TABLE IF NOT EXISTS kept (bytes BLOB)")
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO kept VALUES (?)", (json.dumps(document).encode(),))
        plain.executemany("INSERT INTO kept VALUES (?)", [(content,) for content in contents.values()])
        plain.execute("COMMIT")


def least_check(file: Path) -> None:
    """The file's SHA-256 and SQLite's own check."""
    with file.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def main() -> None:
    """Build, close by close, then check in turn."""
    from csctl.store.ledger.entries import EntryDraft
    from csctl.store.ledger.ledger import open_ledger
    from csctl.store.ledger.verify import verify_ledger

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours: list[float] = []
        plain: list[float] = []
        for index in range(MONTHS):
            month, document, contents = made_month(index)

            def close(month: str = month, document: Any = document, contents: Any = contents) -> None:
                ledger, problems = open_ledger(folder, create=True)
                assert ledger is not None, problems
                with ledger:
                    draft = EntryDraft("close", month, "2026-11-01T09:00:00+08:00", document)
                    booked = ledger.append([draft], contents)
                    assert isinstance(booked, tuple), booked

            ours.append(timed(close))
            plain.append(timed(lambda d=document, c=contents: plain_close(folder / "plain.db", d, c)))  # type: ignore[misc]
        file = folder / "ledger.db"
        assert verify_ledger(file) == []
        checks = [(timed(lambda: verify_ledger(file)), timed(lambda: least_check(file))) for _ in range(ROUNDS)]
        opening = statistics.median(timed(lambda: open_ledger(folder)) for _ in range(ROUNDS))
        close_ratio = statistics.median(one / other for one, other in zip(ours, plain, strict=True))
        check_ratio = statistics.median(one / other for one, other in checks)
        print(f"{MONTHS} months of {AGENTS} agents: {file.stat().st_size / 2**20:.0f} MiB")
        print(f"open and append a month {statistics.median(ours):.3f} s, {close_ratio:.2f} × a plain durable commit")
        print(f"open and check the chain {opening:.3f} s")
        print(
            f"verify {statistics.median(one for one, _ in checks):.2f} s, {check_ratio:.2f} × SHA-256 + SQLite's check"
        )


if __name__ == "__main__":
    main()
