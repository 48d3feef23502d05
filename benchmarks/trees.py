"""CPU seconds of a first ``csctl check`` of half a million contacts, one source tree against another.

``python benchmarks/trees.py --reference TREE --candidate TREE [--rows 500000] [--repeats 5]``

Each repeat runs both trees in turn, each in a process of its own and on a workspace without a cache. What counts is
processor time, user and system, of the process and of all it started: wall time on a shared machine says little.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

MONTH = "2026-10"
FILES = 5
AGENTS = 200
FEW = 500
USABLE = (0, 1)
"""Exit codes of a check that read everything: without problems, and with some."""

CONFIG = """\
name = "Bench"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "interactions"
files = "data/{month}/contacts*.csv"
"""

POLICY = """\
id = "bench"
label = "Bench"
version = "1"
language = "en"
state = "reviewed"
effective = { from = "2026-01", to = "2026-12" }

[score]
decimals = 2
pass_mark = 60
raters = { superior = 100 }

[[dimension]]
id = "service"
label = "Service"
weight = 100

[[dimension.indicator]]
id = "solved"
label = "Solved in the first contact"
measure = "solved"
missing = "reweight"
linear = { zero = 0, full = 100 }

[[dimension.indicator]]
id = "speed"
label = "First response"
measure = "speed"
missing = "reweight"
linear = { zero = 900, full = 0 }

[measure.solved]
label = "Solved in the first contact"
unit = "%"
table = "interactions"
rows = true
where = { answered = true }
share = { resolved = true }

[measure.speed]
label = "First response"
unit = "s"
table = "interactions"
median = "first_response_seconds"
"""

HEADERS = ("会话ID", "客服工号", "客户ID", "渠道", "咨询分类", "开始时间", "结束时间", "是否接听", "是否解决",
           "排队时长(秒)", "首次响应时长(秒)", "会话时长", "对话回合数", "客服消息数", "满意度评分",
           "备注")  # fmt: skip
CHANNELS = ("电话", "在线", "微信", "邮件")
TOPICS = ("物流", "退款", "发票", "质量", "活动", "账号", "其他")
NOTES = ("", "", "", "已回电", "客户要求周五前答复", "转二线跟进, 待反馈", "补发一件")


def clock(seconds: int) -> str:
    """``0:02:05``, as telephone systems write lengths."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def contact(dice: random.Random, number: int) -> list[str]:
    """One contact as a chat or telephone system exports it."""
    began = datetime(2026, 10, 1) + timedelta(seconds=dice.randrange(31 * 86_400))  # noqa: DTZ001  local time
    talk = dice.randrange(20, 1_800)
    ended = min(began + timedelta(seconds=talk), datetime(2026, 10, 31, 23, 59, 59))  # noqa: DTZ001
    rated = str(dice.randrange(1, 6)) if dice.random() < 0.3 else "--"
    return [
        f"S{number:09d}", f"{dice.randrange(AGENTS):04d}", f"C{dice.randrange(120_000):07d}", dice.choice(CHANNELS),
        dice.choice(TOPICS), f"{began:%Y-%m-%d %H:%M:%S}", f"{ended:%Y-%m-%d %H:%M:%S}",
        "是" if dice.random() < 0.95 else "否", "是" if dice.random() < 0.8 else "否", str(dice.randrange(120)),
        str(dice.randrange(1, 900)), clock(talk), str(dice.randrange(1, 30)), str(dice.randrange(1, 40)), rated,
        dice.choice(NOTES),
    ]  # fmt: skip


def write_table(path: Path, rows: list[list[str]]) -> None:
    """A CSV as spreadsheet programs save it in China."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def make_workspace(folder: Path, rows: int) -> Path:
    """A workspace of one month; the same for the same number of rows."""
    dice = random.Random(rows)
    folder.mkdir()
    (folder / "csctl.toml").write_text(CONFIG, "utf-8")
    (folder / "policy.toml").write_text(POLICY, "utf-8")
    people = [[f"{number:04d}", f"客服{number:04d}", f"{number % 8 + 1}组", "2024-01-01"] for number in range(AGENTS)]
    write_table(folder / "data" / "roster.csv", [["工号", "姓名", "组别", "入职日期"], *people])
    share = -(-rows // FILES)
    for part in range(FILES):
        numbers = range(part * share, min(rows, (part + 1) * share))
        made = [contact(dice, number) for number in numbers]
        write_table(folder / "data" / MONTH / f"contacts-{part + 1}.csv", [list(HEADERS), *made])
    return folder


def cpu_seconds() -> float:
    """User and system time of all ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_check(tree: Path, workspace: Path, python: str) -> float:
    """CPU seconds of one check by the csctl in ``tree``. Raises SystemExit where the check could not read."""
    shutil.rmtree(workspace / ".csctl", ignore_errors=True)
    environment = os.environ | {"PYTHONPATH": str(tree)}
    command = [python, "-m", "csctl", "check", "-w", str(workspace), "--month", MONTH, "--quiet"]
    before = cpu_seconds()
    done = subprocess.run(command, env=environment, cwd=tree, capture_output=True, text=True, check=False)
    taken = cpu_seconds() - before
    if done.returncode not in USABLE:
        raise SystemExit(f"{tree}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return taken


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="source tree to compare with")
    parser.add_argument("--candidate", type=Path, required=True, help="source tree to judge")
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="interpreter with the dependencies")
    return parser.parse_args()


def main() -> None:
    """Print both medians and the ratio, pair by pair."""
    said = parsed()
    trees = {"reference": said.reference.resolve(), "candidate": said.candidate.resolve()}
    times: dict[str, list[float]] = {name: [] for name in trees}
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder) / "workspace", said.rows)
        few = make_workspace(Path(folder) / "few", FEW)
        for tree in trees.values():  # both have their bytecode before anything counts
            first_check(tree, few, said.python)
        for round_ in range(said.repeats):
            order = list(trees.items())
            for name, tree in order if round_ % 2 == 0 else reversed(order):
                times[name].append(first_check(tree, workspace, said.python))
            print(f"round {round_ + 1}: " + "   ".join(f"{name} {times[name][-1]:.2f} s" for name in trees), flush=True)
    print(f"{said.rows} rows in {FILES} files, {said.repeats} rounds in turn; CPU seconds, user and system")
    for name, taken in times.items():
        print(f"{name:10} median {statistics.median(taken):6.2f} s   {trees[name]}")
    ratios = [own / base for own, base in zip(times["candidate"], times["reference"], strict=True)]
    print(f"ratio      median {statistics.median(ratios):6.3f}   from {min(ratios):.3f} to {max(ratios):.3f}")


if __name__ == "__main__":
    main()
