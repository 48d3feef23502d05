"""``csctl check`` and ``explain`` with many open months behind the one asked for, beside few.

``python -m benchmarks.history [--months 2 24] [--rows 4000] [--rounds 5]``

Every month has as many contacts of 100 agents. Each workspace is read once before anything counts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from benchmarks.costs import compared, cost_of
from benchmarks.trees import CONFIG, HEADERS, POLICY, contact, write_table

AGENTS = 100
PAY = """
[pay]
currency = "CNY"
calendar = "cn"

[pay.base]
by = "level"
amounts = { agent = 5000 }

[[level]]
id = "agent"

[[pay.award]]
id = "champion"
label = "First three times in a row"
amount = 100
streak = { first = "score", every = 3 }
"""
"""A streak looks two years back: every open month before the one asked for is needed."""


def make_months(folder: Path, months: int, rows: int) -> Path:
    """A workspace with so many months until October 2026."""
    dice = random.Random(months)
    folder.mkdir()
    (folder / "csctl.toml").write_text(CONFIG, "utf-8")
    (folder / "policy.toml").write_text(POLICY.replace("2026-01", "2020-01") + PAY, "utf-8")
    people = [
        [f"{number:04d}", f"客服{number:04d}", f"{number % 8 + 1}组", "agent", "2020-01-01"] for number in range(AGENTS)
    ]
    write_table(folder / "data" / "roster.csv", [["工号", "姓名", "组别", "级别", "入职日期"], *people])
    for back in range(months):
        year, month = divmod(2026 * 12 + 9 - back, 12)
        named = f"{year}-{month + 1:02d}"
        made = [contact(dice, number) for number in range(rows)]
        for number, row in enumerate(made):
            row[1] = f"{number % AGENTS:04d}"
            # No month is shorter than 28 days.
            row[5], row[6] = (f"{named}-{min(int(day[8:10]), 28):02d}{day[10:]}" for day in row[5:7])
        write_table(folder / "data" / named / "contacts.csv", [list(HEADERS), *made])
    return folder


def main() -> None:
    """A line for each command and number of months."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--months", type=int, nargs="+", default=[2, 24])
    parser.add_argument("--rows", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        works = {}
        for months in said.months:
            workspace = str(make_months(Path(folder) / str(months), months, said.rows))
            for words in (["check"], ["explain", "0007"]):
                command = ["-m", "csctl", *words, "-w", workspace]
                cost_of(command)
                works[f"{words[0]}, {months} open months"] = lambda command=command: cost_of(command)
        compared(works, next(iter(works)), said.rounds)


if __name__ == "__main__":
    main()
