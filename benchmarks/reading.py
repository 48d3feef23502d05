"""A month of contacts read for the first time and again, beside what people write by hand.

``python -m benchmarks.reading [--rows 1000000] [--encoding utf-8-sig] [--rounds 5]``

Every line is a process of its own, all of them in turn. What counts is processor time, user and system: wall time on a
shared machine says little.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks.costs import Cost, compared, cost_of
from benchmarks.trees import MONTH, make_workspace


def check(workspace: Path, *, first: bool) -> Cost:
    """``csctl check`` of the month; ``first``: with nothing kept of an earlier one."""
    if first:
        shutil.rmtree(workspace / ".csctl", ignore_errors=True)
    return cost_of(["-m", "csctl", "check", "-w", str(workspace), "--month", MONTH, "--quiet"])


def in_encoding(workspace: Path, encoding: str) -> None:
    """Writes the contacts again in another encoding."""
    for path in (workspace / "data" / MONTH).glob("contacts*.csv"):
        path.write_bytes(path.read_text("utf-8-sig").encode(encoding))


def main() -> None:
    """A line each: by hand in Polars and pandas, the first check, the second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--encoding", default="", help="of the contacts, such as gb18030; else UTF-8 with its mark")
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    references = Path("benchmarks", "references")
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder) / "workspace", said.rows)
        few = make_workspace(Path(folder) / "few", 500)
        if said.encoding:
            in_encoding(workspace, said.encoding)
        check(few, first=True)  # all have their bytecode before anything counts
        by_hand = [str(workspace / "data" / MONTH), *([said.encoding] if said.encoding else [])]
        works = {
            "Polars by hand": lambda: cost_of([str(references / "contacts_polars.py"), *by_hand]),
            "pandas by hand": lambda: cost_of([str(references / "contacts_pandas.py"), *by_hand]),
            "csctl check of 500 rows": lambda: check(few, first=True),
            "csctl check, first": lambda: check(workspace, first=True),
            "csctl check, nothing changed": lambda: check(workspace, first=False),
        }
        print(f"{said.rows:,} rows in 5 files, {said.rounds} rounds")
        compared(works, "Polars by hand", said.rounds)


if __name__ == "__main__":
    main()
