"""Generated exports through the whole program: a workspace, a policy, ``csctl check``, and sums from the facts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.tables import TABLES
from tests.end_to_end.running import csctl
from tests.readers.generated.cells import Fact
from tests.readers.generated.export import Column, Export
from tests.readers.generated.files import write
from tests.readers.generated.not_yet import NOT_YET
from tests.readers.generated.plan import MONTH, generate

_FIGURES = ("seconds", "money", "number", "count", "days", "leave")

POLICY = """\
id = "door"
label = "Door"
version = "1"
language = "en"
state = "reviewed"
effective = {{ from = "2026-01", to = "2026-12" }}

[score]
decimals = 2
pass_mark = 60
raters = {{ superior = 100 }}

[[dimension]]
id = "all"
label = "All"
weight = 100

[[dimension.indicator]]
id = "rows"
label = "Rows"
measure = "rows"
missing = "reweight"
linear = {{ zero = 0, full = 100 }}

[[dimension.indicator]]
id = "total"
label = "Total"
measure = "total"
missing = "reweight"
linear = {{ zero = 0, full = 100 }}

[measure.rows]
label = "Rows"
unit = "count"
table = "{table}"
rows = true

[measure.total]
label = "Total"
decimals = 4
table = "{table}"
sum = "{figure}"
"""

CONFIG = """\
name = "Door"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "{table}"
files = "data/{{month}}/export.*"
columns = {{ {columns} }}
"""


@dataclass(frozen=True)
class Expected:
    """What an agent's rows come to."""

    rows: int
    total: Decimal | None


def _figure(export: Export) -> Column | None:
    return next((column for column in export.columns if column.kind in _FIGURES), None)


def _suitable(first: int, count: int) -> Iterator[Export]:
    """Exports with staff numbers and a figure to add up."""
    seed = first
    while count:
        export = generate(seed, NOT_YET)
        seed += 1
        if any(column.name == "agent_id" for column in export.columns) and _figure(export) and export.table != "kpis":
            yield export
            count -= 1


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _workspace(export: Export, folder: Path) -> Path:
    figure = _figure(export)
    assert figure is not None
    rules = {name: ", ".join(f"{key} = {_quoted(text)}" for key, text in rule.items())
             for name, rule in export.mapping.items()}  # fmt: skip
    columns = ", ".join(f"{name} = {{ {rule} }}" for name, rule in rules.items())
    data = folder / "data" / str(MONTH)
    data.mkdir(parents=True)
    (folder / "csctl.toml").write_text(CONFIG.format(table=export.table, columns=columns), "utf-8")
    (folder / "policy.toml").write_text(POLICY.format(table=export.table, figure=figure.name), "utf-8")
    write(data / f"export{export.kind.suffix}", export.kind, export.lines, export.other_sheet, export.second_sheet)
    with (folder / "data" / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        people = csv.writer(file)
        people.writerow(["staff id", "name", "hire date"])
        for index, agent in enumerate(dict.fromkeys(str(fact["agent_id"]) for fact in export.facts)):
            people.writerow([agent, f"Agent {index}", "2024-01-01"])
    return folder


def _in_month(export: Export, fact: dict[str, Fact]) -> bool:
    return str(fact[TABLES[export.table].dated or ""]).startswith(str(MONTH))


def _expected(export: Export) -> dict[str, Expected]:
    figure = _figure(export)
    assert figure is not None
    found: dict[str, Expected] = {}
    for fact in export.facts:
        if not _in_month(export, fact):
            continue
        agent, own = str(fact["agent_id"]), fact[figure.name]
        before = found.get(agent, Expected(0, None))
        total = before.total if own is None else (before.total or Decimal(0)) + Decimal(str(own))
        found[agent] = Expected(before.rows + 1, total)
    return found


def _read(answer: Any) -> dict[str, dict[str, Decimal | None]]:
    found: dict[str, dict[str, Decimal | None]] = {}
    for line in answer["measures"]:
        value = None if line["value"] is None else Decimal(line["value"])
        found.setdefault(line["agent_id"], {})[line["measure"]] = value
    return found


def _wrong(export: Export, answer: Any) -> list[str]:
    read = _read(answer)
    wrong = []
    for agent, own in _expected(export).items():
        measures = read.get(agent, {})
        if measures.get("rows") != own.rows:
            wrong.append(f"{agent}: {measures.get('rows')} rows, not {own.rows}")
        if own.total is not None and measures.get("total") != own.total:
            wrong.append(f"{agent}: total {measures.get('total')}, not {own.total}")
    return wrong


def _said(answer: Any) -> list[Any]:
    """What was said of the export; what is said of the month as a whole stands at no file."""
    return [one for one in answer["problems"]["list"]
            if one["severity"] != "note" and "export" in one["file"]]  # fmt: skip


def _hold(export: Export, folder: Path) -> None:
    done = csctl("check", "-w", _workspace(export, folder), "--month", str(MONTH), "--json")
    assert done.code in {0, 1, 2}, done.err
    answer = done.data
    said = _said(answer)
    stopped = any(one["severity"] == "error" for one in said)
    wrong = [] if stopped else _wrong(export, answer)
    story = f"seed {export.seed}: {export.table} in {export.kind.name}\n{wrong}\n{said}\n{sorted(export.features)}"
    if export.clean:
        assert (wrong, said) == ([], []), story
    assert not wrong or said, story


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 600, 100))
def test_a_check_adds_up_the_facts_of_an_export_or_says_what_it_could_not_read(first: int, tmp_path: Path) -> None:
    """From the file to the measures of each agent; of clean exports nothing is said."""
    for number, export in enumerate(_suitable(first, 2)):
        _hold(export, tmp_path / str(number))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(50_000, 50_400, 100))
def test_checks_of_many_exports_add_up(first: int, tmp_path: Path) -> None:
    """The same, twenty exports at a time."""
    for number, export in enumerate(_suitable(first, 20)):
        _hold(export, tmp_path / str(number))
