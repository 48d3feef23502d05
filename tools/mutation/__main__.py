"""Put one fault at a time into the money core and run the tests of its room: how many are noticed, and which not.

    python -m tools.mutation                       # every module; a table, and survivors.csv beside this file
    python -m tools.mutation csctl/money.py --sample 20

Works on a copy, so it may be interrupted at any moment. Each try is a fork of a process that has loaded the libraries.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.mutation.mutants import Mutant, mutants
from tools.mutation.rooms import modules, tests_of

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SURVIVORS, SCORES, EQUIVALENT = HERE / "survivors.csv", HERE / "scores.csv", HERE / "equivalent.csv"
COPIED = ("csctl", "tests", "templates", "sample_data", "pyproject.toml")
LIMIT = 120
"""Seconds after which a try counts as noticed: the fault made something endless."""
HEADS = ("module", "line", "was", "now")


def main() -> None:
    """Try the modules named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", help="such as csctl/money.py or csctl/core/paying; all by default")
    parser.add_argument("--sample", type=int, help="so many mutants of each module, the same ones every time")
    parser.add_argument("--write", action="store_true", help="keep scores.csv and survivors.csv")
    asked = parser.parse_args()
    chosen = [one for one in modules(ROOT) if not asked.modules or one.startswith(tuple(asked.modules))]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder)
        for name in COPIED:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        _load_libraries()
        scores, survivors = [], []
        for module in chosen:
            tried, left = _try_all(copy, module, asked.sample)
            scores.append((module, tried, tried - len(left)))
            survivors += [(module, one.line, one.was, one.now) for one in left]
            print(f"{module:42} {tried - len(left):4} of {tried:4}", flush=True)
    total, killed = sum(row[1] for row in scores), sum(row[2] for row in scores)
    print(f"{killed} of {total} noticed ({100 * killed / max(total, 1):.1f} %)")
    if asked.write:
        _keep(SCORES, ("module", "mutants", "noticed"), scores, chosen)
        _keep(SURVIVORS, HEADS, survivors, chosen)


def _try_all(copy: Path, module: str, sample: int | None) -> tuple[int, list[Mutant]]:
    """How many mutants of a module were tried, and those that its tests did not notice."""
    source = (ROOT / module).read_text("utf-8")
    known = _equivalent(module)
    every = [one for one in mutants(source) if (one.was, one.now) not in known]
    if sample is not None and sample < len(every):
        every = sorted(random.Random(module).sample(every, sample), key=lambda one: one.line)
    tests = tests_of(ROOT, module)
    file = copy / module
    if not _passes(copy, tests):
        raise SystemExit(f"{module}: its tests fail without any fault")
    left = []
    for one in every:
        file.write_text(one.source, "utf-8")
        if _passes(copy, tests):
            left.append(one)
            print(f"  {module}:{one.line}  {one.was}  →  {one.now}", flush=True)
    file.write_text(source, "utf-8")
    return len(every), left


def _equivalent(module: str) -> set[tuple[str, str]]:
    """Faults that change nothing anybody can see, with reasons in the file."""
    if not EQUIVALENT.is_file():
        return set()
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["was"], row["now"]) for row in csv.DictReader(file) if row["module"] == module}


def _load_libraries() -> None:
    """What every try needs and no mutant changes."""
    import hypothesis.strategies
    import narwhals
    import openpyxl
    import pandas
    import polars
    import pydantic
    import pytest

    assert all((hypothesis, narwhals, openpyxl, pandas, polars, pydantic, pytest))
    assert not any(name.partition(".")[0] == "csctl" for name in sys.modules)


def _passes(copy: Path, tests: Sequence[str]) -> bool:
    """Whether the tests pass in the copy as it is now."""
    child = os.fork()
    if not child:
        os._exit(_run(copy, tests))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run(copy: Path, tests: Sequence[str]) -> int:
    """In the fork: the exit code of the tests; it ends by itself when they take too long."""
    import hypothesis
    import pytest

    signal.alarm(LIMIT)
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    hypothesis.settings.register_profile("mutation", max_examples=30, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")
    return int(pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *tests]))


def _keep(file: Path, heads: Sequence[str], rows: Sequence[Sequence[object]], chosen: Sequence[str]) -> None:
    """Write a table; rows of modules that were not tried this time stay as they were."""
    kept: list[Sequence[object]] = []
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as old:
            kept = [row for row in list(csv.reader(old))[1:] if row[0] not in chosen]
    with file.open("w", encoding="utf-8", newline="") as new:
        writer = csv.writer(new, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(sorted([*kept, *rows], key=lambda row: (str(row[0]), int(str(row[1])))))


if __name__ == "__main__":
    main()
