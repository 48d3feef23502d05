"""CPU seconds of a month's sheets, pay and whole run for teams of several sizes: what an agent costs in each.

``python -m benchmarks.team [--sizes 500 1000 2000] [--contacts 40] [--commands score pay]``

Every team has as many contacts a head. Reading is done before anything counts (``csctl check``). What is printed is
processor time, user and system, of the process and of all it started, and how much more an agent costs in each team
than in the first: 1.0 is a cost that grows as the team does.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.trees import CONFIG, HEADERS, MONTH, POLICY, contact, cpu_seconds, write_table

ROOT = Path(__file__).resolve().parents[1]
ORDERS_EACH = 10
COMMANDS = ("check", "score", "pay", "sheets", "payslips", "run")
ORDERS = """
[[source]]
table = "orders"
files = "data/{month}/orders.csv"
"""
PAY = """
[measure.net_sales]
label = "Net sales"
unit = "yuan"
table = "orders"
sum = "amount"

[pay]
currency = "CNY"
calendar = "cn"

[[level]]
id = "agent"

[pay.base]
by = "level"
amounts = { agent = 5000 }

[[pay.allowance]]
id = "phone"
label = "Phone"
amount = 200

[[pay.performance]]
id = "performance"
label = "Performance pay"
amounts = { agent = 800 }
by = "score"

[[pay.pool]]
label = "Team bonus"
of = "net_sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }, { from = 500000, rate = 0.02 }]
share = 1
split_by = "score"
"""


def make_team(folder: Path, agents: int, contacts: int) -> Path:
    """A workspace of one month with so many agents, each with so many contacts."""
    dice = random.Random(agents)
    folder.mkdir()
    (folder / "csctl.toml").write_text(CONFIG + ORDERS, "utf-8")
    (folder / "policy.toml").write_text(POLICY + PAY, "utf-8")
    people = [
        [f"{number:04d}", f"客服{number:04d}", f"{number % 8 + 1}组", "agent", "2024-01-01"] for number in range(agents)
    ]
    write_table(folder / "data" / "roster.csv", [["工号", "姓名", "组别", "级别", "入职日期"], *people])
    orders = [
        [
            f"P{number:08d}",
            f"{number % agents:04d}",
            f"2026-10-{number % 31 + 1:02d}",
            f"{dice.randrange(5_000) + 1}.50",
        ]
        for number in range(agents * ORDERS_EACH)
    ]
    write_table(folder / "data" / MONTH / "orders.csv", [["订单号", "客服工号", "付款日期", "付款金额"], *orders])
    rows = [contact(dice, number) for number in range(agents * contacts)]
    for number, row in enumerate(rows):
        row[1] = f"{number % agents:04d}"
    write_table(folder / "data" / MONTH / "contacts.csv", [list(HEADERS), *rows])
    return folder


def taken(command: str, workspace: Path) -> float:
    """CPU seconds of one command. Raises SystemExit where it did not end as it should."""
    before = cpu_seconds()
    line = [sys.executable, "-m", "csctl", command, "-w", str(workspace), "--month", MONTH]
    done = subprocess.run(line, env=os.environ, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or (done.returncode and command != "check"):
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return cpu_seconds() - before


def main() -> None:
    """A line a command: seconds of each team, and the cost of an agent against the first team."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1_000, 2_000])
    parser.add_argument("--contacts", type=int, default=40, help="contacts of each agent")
    parser.add_argument("--commands", nargs="+", default=COMMANDS, choices=COMMANDS, help="what to run, in turn")
    said = parser.parse_args()
    found: dict[str, list[float]] = {command: [] for command in said.commands}
    with tempfile.TemporaryDirectory() as folder:
        for size in said.sizes:
            workspace = make_team(Path(folder) / str(size), size, said.contacts)
            for command in said.commands:
                found[command].append(taken(command, workspace))
    print(f"{'agents':10}" + "".join(f"{size:>10,}" for size in said.sizes))
    for command, times in found.items():
        each = [time / size for time, size in zip(times, said.sizes, strict=True)]
        print(f"{command:10}" + "".join(f"{time:9.1f}s" for time in times)
              + "   an agent: " + "  ".join(f"{one / each[0]:.2f}" for one in each))  # fmt: skip


if __name__ == "__main__":
    main()
