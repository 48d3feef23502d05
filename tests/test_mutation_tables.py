"""What is kept of putting faults into the money core: of code that is there, of all of it, and adding up."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tools.mutation.rooms import modules

ROOT = Path(__file__).parents[1]
TABLES = ("scores", "survivors", "equivalent")
LEAST = 0.95
"""The part of the faults of each of these that its tests are to notice."""
MONEY_CORE = ("csctl/money.py", "csctl/core/paying", "csctl/core/scoring", "csctl/core/deciding")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tools" / "mutation" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row for row in found if None in row] == [], "a code with commas is quoted"
    return found


def test_the_tables_speak_of_code_that_is_there() -> None:
    """A score, a survivor or an equivalent of a module or line that is gone says nothing."""
    gone = [
        f"{name}: {row['module']} {row.get('code', '')}"
        for name in TABLES
        for row in rows(name)
        if not (ROOT / row["module"]).is_file() or row.get("code", "") not in (ROOT / row["module"]).read_text("utf-8")
    ]
    assert gone == []


def test_every_module_of_the_money_core_was_tried() -> None:
    """One that came later has a row of its own: ``python -m tools.mutation MODULE --write``."""
    assert {row["module"] for row in rows("scores")} == set(modules(ROOT))


def test_what_was_not_noticed_is_listed() -> None:
    """One line for each fault that the score lacks."""
    listed = Counter(row["module"] for row in rows("survivors"))
    lacking = {row["module"]: int(row["mutants"]) - int(row["noticed"]) for row in rows("scores")}
    assert listed == Counter({module: count for module, count in lacking.items() if count})


def test_the_tests_of_each_room_notice_nearly_every_fault() -> None:
    poor: dict[str, float] = {}
    for room in MONEY_CORE:
        own = [row for row in rows("scores") if row["module"].startswith(room)]
        part = sum(int(row["noticed"]) for row in own) / max(1, sum(int(row["mutants"]) for row in own))
        poor |= {room: part} if part < LEAST else {}
    assert poor == {}
