"""CPU milliseconds until csctl answers: help, a wrong option, a check, an explanation, beside its libraries alone.

``python benchmarks/start.py [--tree TREE] [--repeats 10]``

Each line is a process of its own, all of them in turn, after one round that does not count. What counts is processor
time, user and system: wall time on a shared machine says little. The least of the repeats is what the program needs.
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
    "csctl run --no-such-option": ["run", "--no-such-option"],
    "csctl --version": ["--version"],
    "csctl policy list": ["policy", "list"],
}


def cpu_milliseconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of one process and of all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def lines_of(workspace: Path) -> dict[str, list[str]]:
    """What is measured: name → arguments of Python."""
    asked = {name: ["-m", "csctl", *words] for name, words in ASKED.items()}
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
    """Print the least and the median of each."""
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
        print(f"{name:36} least {min(own):6.0f} ms   median {statistics.median(own):6.0f} ms")


if __name__ == "__main__":
    main()
