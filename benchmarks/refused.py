"""What a file costs of which no row can be read: ``python -m benchmarks.refused [--rows 500000] [--rounds 3]``.

Every row has a text of its own where a day must stand, so that nothing is said twice. Beside it a file of a few sound
rows, which is what starting costs, and the same file with days that can be read.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.costs import Cost, compared, cost_of
from benchmarks.trees import MONTH, make_workspace

HEADER = "会话编号,客服工号,开始时间"
USABLE = (0, 1, 2)
"""A file that is refused ends a check with 2."""


def bad(number: int) -> str:
    """A day that there is not, and no other row has."""
    return f"2026-13-45 #{number}"


def sound(number: int) -> str:
    """A moment of the month."""
    return f"2026-10-{number % 28 + 1:02d} 09:{number // 60 % 60:02d}:{number % 60:02d}"


def workspace(folder: Path, rows: int, day: Callable[[int], str]) -> Path:
    """A workspace with one file of short rows."""
    made = make_workspace(folder, 5)
    for path in (made / "data" / MONTH).iterdir():
        path.unlink()
    lines = (f"S{number:07d},{number % 200:04d},{day(number)}\n" for number in range(rows))
    (made / "data" / MONTH / "contacts-1.csv").write_text("".join([HEADER, "\n", *lines]), "utf-8")
    return made


def check(folder: Path) -> Cost:
    """A first ``csctl check`` of the month."""
    shutil.rmtree(folder / ".csctl", ignore_errors=True)
    return cost_of(["-m", "csctl", "check", "-w", str(folder), "--month", MONTH, "--quiet"], USABLE)


def main() -> None:
    """A line each: a few rows, all refused, all sound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        few = workspace(Path(name) / "few", 500, sound)
        refused = workspace(Path(name) / "refused", said.rows, bad)
        whole = workspace(Path(name) / "whole", said.rows, sound)
        check(few)  # all have their bytecode before anything counts
        works = {
            "check of 500 rows": lambda: check(few),
            "check, every row refused": lambda: check(refused),
            "check, every row sound": lambda: check(whole),
        }
        print(f"{said.rows:,} rows in one file, {said.rounds} rounds")
        compared(works, "check of 500 rows", said.rounds)


if __name__ == "__main__":
    main()
