"""The measure layer against a plain pandas script on the same rows: ``python benchmarks/measures.py [rows]``.

Both read the same canonical Parquet and give per agent: contacts, share resolved, mean, median and p90 of the first
response. Run in turn, several times, each in a process of its own; what is printed are medians and the ratio pair by
pair, since single times on a shared machine say little.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 5


def make_rows(folder: Path, rows: int) -> Path:
    """Contacts of 200 agents in October 2026, the same for the same number of rows."""
    from csctl.store.canonical import CanonicalStore, Found

    dice = random.Random(rows)
    start = datetime(2026, 10, 1)  # noqa: DTZ001  exports carry local time
    columns: dict[str, list[object]] = {
        "agent_id": [f"{dice.randrange(200):04d}" for _ in range(rows)],
        "started_at": [start + timedelta(seconds=dice.randrange(30 * 86400)) for _ in range(rows)],
        "answered": [dice.random() < 0.95 for _ in range(rows)],
        "resolved": [dice.random() < 0.8 for _ in range(rows)],
        "first_response_seconds": [Decimal(dice.randrange(1, 900)) for _ in range(rows)],
        "month": ["2026-10"] * rows,
        "source_file": ["bench"] * rows,
        "source_sheet": [""] * rows,
        "source_row": list(range(1, rows + 1)),
    }
    store = CanonicalStore(folder)
    return store.save("interactions", "bench", columns, Found(rows, 0, ())).path


LAYER = """
from pathlib import Path
from csctl.core.measuring.terms import compute_terms, credited
from csctl.core.people.identity import Person, build_identity
from csctl.month import Month
from csctl.policy.parts import Term
from csctl.problems import Place
from csctl.store.canonical import open_frame
from decimal import Decimal
people = [Person(f"{n:04d}", f"n{n}", (), Place()) for n in range(200)]
identity, _ = build_identity(people, {})
term = lambda **keys: Term.model_validate({"table": "interactions", **keys})
terms = [term(rows=True), term(rows=True, where={"resolved": True}), term(mean="first_response_seconds"),
         term(median="first_response_seconds"), term(quantile="first_response_seconds", q=Decimal("0.9"))]
frame = credited(open_frame("interactions", [Path(r"{path}")], "{engine}"), identity)
found = compute_terms(frame, "interactions", terms, Month(2026, 10))
assert len(found[0]) == 200
"""

PLAIN = """
import pandas as pd
frame = pd.read_parquet(r"{path}")
frame = frame[frame["month"] == "2026-10"]
frame["first_response_seconds"] = frame["first_response_seconds"].astype(float)
by_agent = frame.groupby("agent_id")
response = by_agent["first_response_seconds"]
found = pd.concat([by_agent.size(), by_agent["resolved"].mean(), response.mean(), response.median(),
                   response.quantile(0.9)], axis=1)
assert len(found) == 200
"""


def seconds(script: str) -> float:
    """Wall time of a script in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    """Print medians and ratios against the plain script."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        path = make_rows(Path(folder), rows)
        scripts = {
            "csctl on Polars": LAYER.replace("{path}", str(path)).replace("{engine}", "polars"),
            "csctl on pandas": LAYER.replace("{path}", str(path)).replace("{engine}", "pandas"),
            "plain pandas": PLAIN.replace("{path}", str(path)),
        }
        times: dict[str, list[float]] = {name: [] for name in scripts}
        for _ in range(ROUNDS):
            for name, script in scripts.items():
                times[name].append(seconds(script))
    print(f"{rows} rows, {ROUNDS} rounds in turn; whole processes, imports included")
    for name, taken in times.items():
        ratios = [own / plain for own, plain in zip(taken, times["plain pandas"], strict=True)]
        print(f"{name:16} median {statistics.median(taken):6.2f} s   ratio {statistics.median(ratios):5.2f}")


if __name__ == "__main__":
    main()
