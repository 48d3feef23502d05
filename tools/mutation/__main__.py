"""Put one fault at a time into the money core and run the tests of its room: how many are noticed, and which not.

    python -m tools.mutation                       # every module
    python -m tools.mutation csctl/money.py --sample 20
    python -m tools.mutation csctl/core/scoring --again --write    # after tests were written for what was left

Nothing but the two tables is ever written, and those only with --write: it may be interrupted at any moment.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Sequence
from pathlib import Path

from tools.mutation.mutants import Mutant, mutants
from tools.mutation.rooms import modules, tests_of
from tools.mutation.trying import try_apart

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SURVIVORS, SCORES, EQUIVALENT = HERE / "survivors.csv", HERE / "scores.csv", HERE / "equivalent.csv"
HEADS = ("module", "code", "was", "now")


def main() -> None:
    """Try the modules named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", help="such as csctl/money.py or csctl/core/paying; all by default")
    parser.add_argument("--sample", type=int, help="so many mutants of each module, the same ones every time")
    parser.add_argument("--again", action="store_true", help="only those that survivors.csv says were not noticed")
    parser.add_argument("--write", action="store_true", help="keep scores.csv and survivors.csv")
    asked = parser.parse_args()
    chosen = [one for one in modules(ROOT) if not asked.modules or one.startswith(tuple(asked.modules))]
    total = killed = 0
    for module in chosen:
        every = chosen_mutants(module, asked.sample)
        tried = _unnoticed(module, every) if asked.again else every
        left = try_apart(ROOT, module, tried, tests_of(ROOT, module)) if tried else []
        if left is None:
            raise SystemExit(f"{module}: its tests fail without any fault")
        total, killed = total + len(every), killed + len(every) - len(left)
        print(f"{module:42} {len(every) - len(left):4} of {len(every):4}", flush=True)
        if asked.write:
            _keep(SCORES, ("module", "mutants", "noticed"), [(module, len(every), len(every) - len(left))], module)
            _keep(SURVIVORS, HEADS, [(module, one.code, one.was, one.now) for one in left], module)
    print(f"{killed} of {total} noticed ({100 * killed / max(total, 1):.1f} %)")


def chosen_mutants(module: str, sample: int | None) -> list[Mutant]:
    """The mutants of a module that change something, or a sample of them that is the same every time."""
    known = _listed(EQUIVALENT, module)
    every = [one for one in mutants((ROOT / module).read_text("utf-8")) if (one.code, one.was, one.now) not in known]
    if sample is None or sample >= len(every):
        return every
    return sorted(random.Random(module).sample(every, sample), key=lambda one: one.line)


def _unnoticed(module: str, every: Sequence[Mutant]) -> list[Mutant]:
    """Those of a module that no test noticed when it was last kept."""
    left = _listed(SURVIVORS, module)
    return [one for one in every if (one.code, one.was, one.now) in left]


def _listed(file: Path, module: str) -> set[tuple[str, str, str]]:
    """The faults of a module that a table names."""
    if not file.is_file():
        return set()
    with file.open(encoding="utf-8", newline="") as rows:
        return {(row["code"], row["was"], row["now"]) for row in csv.DictReader(rows) if row["module"] == module}


def _keep(file: Path, heads: Sequence[str], rows: Sequence[Sequence[object]], module: str) -> None:
    """Write a table; rows of other modules stay as they were."""
    kept: list[Sequence[object]] = []
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as old:
            kept = [row for row in list(csv.reader(old))[1:] if row[0] != module]
    with file.open("w", encoding="utf-8", newline="") as new:
        writer = csv.writer(new, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(sorted([*kept, *rows], key=lambda row: [str(cell) for cell in row]))


if __name__ == "__main__":
    main()
