"""Every hostile file read, its verdict and its cost compared: ``python -m tests.hostile.judge`` prints the table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.running import environment
from tests.hostile.files import all_files
from tests.hostile.kinds import HARMLESS, KEPT, SAME, Hostile
from tests.hostile.making import TABLE

MOST_SECONDS, MOST_MEMORY = 5.0, 300
"""Of CPU, and MiB, that refusing a file may cost."""
PATIENCE = 120


@dataclass(frozen=True)
class Judged:
    """What became of one file; ``fault`` is empty where it is as it must be."""

    name: str
    became: str
    fault: str
    seconds: float
    memory: int


def judged(one: Hostile, folder: Path) -> Judged:
    """Makes the file in an empty folder and has it read."""
    path = folder / "file"
    one.make(path)
    command = [sys.executable, "-m", "tests.hostile.read_one", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, env=environment(), check=False)
    except subprocess.TimeoutExpired:
        return Judged(one.name, "hangs", "no answer", PATIENCE, 0)
    if done.returncode:
        return Judged(one.name, "crashes", done.stderr.decode()[-300:], 0, 0)
    answer = json.loads(done.stdout)
    refused = answer["count"] is None
    became = f"refused {answer['problems'][0][0]}" if refused else f"read, {len(answer['problems'])} said"
    fault = _fault(one.verdict, answer)
    if refused and (answer["seconds"] > MOST_SECONDS or answer["memory"] > MOST_MEMORY):
        fault = fault or "refused too late"
    return Judged(one.name, became, fault, answer["seconds"], answer["memory"])


def _fault(verdict: str, answer: dict[str, Any]) -> str:
    codes = [code for code, _ in answer["problems"]]
    failed = [code for code, severity in answer["problems"] if severity == "ERROR"]
    if answer["count"] is None:
        wanted = verdict in (HARMLESS, KEPT) or verdict in codes
        return "" if wanted and failed else f"refused by {codes}, not {verdict}"
    if verdict == HARMLESS:
        return ""
    if verdict == SAME:
        same = answer["rows"] == [list(row) for row in TABLE]
        return "" if same and not failed else f"other rows, or {codes}"
    if verdict == KEPT:
        return "" if codes or answer["count"] >= len(TABLE) else f"{answer['count']} rows without a word"
    code = verdict.removeprefix("said:")
    return "" if verdict.startswith("said:") and code in codes else f"read with {codes}, not {verdict}"


def main() -> None:
    """Prints each file that is not as it must be, the dearest ones, and how many became what."""
    results = []
    for one in all_files():
        with tempfile.TemporaryDirectory() as folder:
            results.append(judged(one, Path(folder)))
    for bad in (one for one in results if one.fault):
        print(f"{bad.name}: {bad.became} · {bad.fault} · {bad.seconds:.1f} s, {bad.memory} MiB")
    print(f"{len(results)} files, {sum(not one.fault for one in results)} as they must be")
    print(dict(Counter(one.became.split(",")[0].split(" ")[0] for one in results)))
    for dear in sorted(results, key=lambda one: -one.seconds)[:5]:
        print(f"{dear.seconds:.1f} s, {dear.memory} MiB: {dear.name} ({dear.became})")


if __name__ == "__main__":
    main()
