"""What a process costs: processor time of it and of all it started, and the most memory of any of them at once."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
USABLE = (0, 1)
"""Exit codes of a command that did its work: without problems, and with some."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds, user and system, and peak memory in MiB: of the largest process, not of all together."""

    seconds: float
    mib: float


def cost_of(command: Sequence[str], usable: Sequence[int] = USABLE) -> Cost:
    """One process, by the interpreter that runs this. Raises SystemExit where it ends with none of these codes."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *command], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in usable:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compared(works: Mapping[str, Callable[[], Cost]], reference: str, rounds: int) -> None:
    """Runs all works in turn, and prints for each the median, its ratio to the reference in the same round, memory."""
    found: dict[str, list[Cost]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    base = found[reference]
    for name, costs in found.items():
        ratios = [cost.seconds / other.seconds for cost, other in zip(costs, base, strict=True)]
        print(
            f"{name:34} {statistics.median(cost.seconds for cost in costs):8.2f} s"
            f" {statistics.median(ratios):8.2f} × ({min(ratios):.2f} – {max(ratios):.2f})"
            f" {max(cost.mib for cost in costs):8.0f} MiB"
        )
