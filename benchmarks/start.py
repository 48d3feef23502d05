"""CPU milliseconds until csctl answers: help, wrong command lines, completion, a folder that is no workspace, a check,
an explanation, beside its libraries alone.

``python benchmarks/start.py [--tree TREE] [--repeats 10]``

Each line is a process of its own, all of them in turn, after one round that does not count. What counts is processor
time, user and system: wall time on a shared machine says little. Each ratio is to ``import typer`` of the same round.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALONE = {
    "python alone": ["-c", "pass"],
    "import typer": ["-c", "import typer"],
    "import rich.console, rich.table": ["-c", "import rich.console, rich.table"],
    "import pandas, polars": ["-c", "import pandas, polars"],
}
"""What no csctl can do without."""
ASKED = {
    "csctl --help": ["--help"],
    "csctl run --help": ["run", "--help"],
    "csctl policy show --help": ["policy", "show", "--help"],
    "csctl run --no-such-option": ["run", "--no-such-option"],
    "csctl explain, nobody named": ["explain"],
    "csctl check, no workspace there": ["check", "-w", "nowhere"],
    "csctl --version": ["--version"],
    "csctl policy list": ["policy", "list"],
}
COMPLETING = """
import os, sys
line = sys.argv.pop()
os.environ.update(_CSCTL_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(line.count(" ")))
sys.argv[:1] = ["csctl"]
from csctl.__main__ import main
main()
"""
"""What the shell does when somebody presses TAB."""


def cpu_milliseconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of one process and of all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def lines_of(workspace: Path) -> dict[str, list[str]]:
    """What is measured: name → arguments of Python."""
    asked = {name: ["-m", "csctl", *words] for name, words in ASKED.items()}
    asked |= {f"TAB after {line}": ["-c", COMPLETING, line] for line in ("csctl ", "csctl run --")}
    check = {"csctl check of an empty workspace": ["-m", "csctl", "check", "-w", str(workspace)]}
    sample = ["-w", str(workspace.with_name("sample"))]
    warm = {f"csctl {words}, sample, warm": ["-m", "csctl", *words.split(), *sample]
            for words in ("explain 0007", "check")}  # fmt: skip
    return ALONE | asked | check | warm


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tree", type=Path, default=ROOT, help="source tree whose csctl is started")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--python", default=sys.executable, help="interpreter with the dependencies")
    return parser.parse_args()


def main() -> None:
    """Print the median of each, and of its ratio the median, the smallest and the largest."""
    said = parsed()
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(said.tree.resolve())
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "team"
        made = [said.python, "-m", "csctl", "init", str(workspace), "--empty"]
        subprocess.run(made, env=environment, stdout=subprocess.DEVNULL, check=True)
        shutil.copytree(ROOT / "sample_data", workspace.with_name("sample"))
        lines = lines_of(workspace)
        taken: dict[str, list[float]] = {name: [] for name in lines}
        for round_ in range(said.repeats + 1):
            for name, arguments in lines.items():
                one = cpu_milliseconds([said.python, *arguments], environment)
                taken[name] += [one] if round_ else []
    for name, own in taken.items():
        ratios = sorted(one / typer for one, typer in zip(own, taken["import typer"], strict=True))
        spread = f"{statistics.median(ratios):6.2f}  ({ratios[0]:.2f} – {ratios[-1]:.2f})"
        print(f"{name:36} median {statistics.median(own):6.0f} ms   {spread} times import typer")


if __name__ == "__main__":
    main()
