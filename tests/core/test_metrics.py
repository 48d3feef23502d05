"""The library of metrics: every one of them has a worked example, and a policy pays only for what it uses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.core.measuring.derived import with_derived
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.records.lines import Measured
from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Problem
from csctl.store.canonical import open_frame
from csctl.store.engines import Engine
from csctl.store.shipped import policy_names, policy_text
from csctl.tables import DECIMALS, TABLES
from tests.workbench import OCTOBER, canonical_rows, stored

FOLDER = Path(__file__).parent / "metrics"
ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person("a1", "Ann", (), NOWHERE)], {})
Case = Mapping[str, Any]


def _cases() -> list[Case]:
    texts = [file.read_text("utf-8") for file in sorted(FOLDER.glob("*.toml"))]
    return [case for text in texts for case in tomllib.loads(text, parse_float=Decimal)["case"]]


CASES = _cases()


def _load(text: str) -> tuple[Loaded | None, list[Problem]]:
    def fetch(name: str) -> SourceText | None:
        found = text if name == "own" else policy_text(name)
        return None if found is None else SourceText(f"{name}.toml", found)

    return load_policy("own", fetch, policy_names())


def _library() -> Policy:
    loaded, problems = load_policy("metrics", lambda name: SourceText(name, policy_text(name) or ""), policy_names())
    assert problems == []
    assert loaded is not None
    assert loaded.findings == ()
    return loaded.policy


LIBRARY = _library()


def _typed(table: str, name: str, value: object) -> object:
    column = TABLES[table].column(name)
    assert column is not None, (table, name)
    decimal = column.kind in DECIMALS and DECIMALS[column.kind] > 0
    return Decimal(value) if decimal and isinstance(value, int) else value


def _rows(table: str, rows: list[dict[str, Any]]) -> list[dict[str, object]]:
    made = []
    for row in rows:
        cells = {name: _typed(table, name, value) for name, value in row.items() if name != "times"}
        made += [{"agent_id": "a1", **cells}] * row.get("times", 1)
    return canonical_rows(table, made)


def _measured(case: Case, folder: Path, engine: Engine) -> dict[str, Measured]:
    tables = {name: rows for name, rows in case.items() if name in TABLES}
    frames = {
        name: open_frame(name, [stored(folder / engine, name, _rows(name, rows))], engine)
        for name, rows in tables.items()
    }
    wanted = LIBRARY.model_copy(update={"measure": {name: LIBRARY.measure[name] for name in case["expect"]}})
    complete = {name: credited(one, IDENTITY) for name, one in with_derived(wanted, frames).items()}
    return {one.measure: one for one in compute_measures(wanted, complete, ["a1"], OCTOBER)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_examples_of_metrics(tmp_path: Path, case: Case, engine: Engine) -> None:
    """Each figure worked out by hand: its value to the last digit, and the rows it rests on."""
    found = _measured(case, tmp_path, engine)
    wanted = {name: (one.get("value"), one["n"]) for name, one in case["expect"].items()}
    assert {name: (None if one.value is None else f"{one.value:f}", one.n) for name, one in found.items()} == wanted


def test_every_metric_has_a_worked_example_with_a_value() -> None:
    """A metric nobody has worked out by hand is not in the library."""
    shown = {name for case in CASES for name, one in case["expect"].items() if "value" in one}
    assert shown == set(LIBRARY.measure)


def test_every_metric_says_its_formula() -> None:
    """The label is what people call it, the note how it is counted."""
    assert [name for name, one in LIBRARY.measure.items() if not one.note] == []
    labels = [one.label for one in LIBRARY.measure.values()]
    assert len(labels) == len(set(labels))


OWN = """
id = "own"
label = "Own"
version = "1"
state = "reviewed"
extends = ["metrics"]
[score]
pass_mark = 60
[[dimension]]
id = "service"
label = "Service"
weight = 100
[[dimension.indicator]]
id = "answering"
label = "Answering"
measure = "service_level"
missing = "block"
linear = { zero = 0, full = 100 }
"""


def test_a_policy_takes_from_the_library_what_it_names() -> None:
    """No warning about the rest, and the rest is not there to be computed."""
    loaded, problems = _load(OWN)
    assert problems == []
    assert loaded is not None
    assert loaded.findings == ()
    assert list(loaded.policy.measure) == ["service_level"]


def test_a_policy_may_change_a_metric() -> None:
    """Another threshold is one key; the metric then is the policy's own, used or not."""
    loaded, problems = _load(OWN + "[measure.reply_3min_rate]\nshare = { first_response_seconds = { at_most = 60 } }\n")
    assert problems == []
    assert loaded is not None
    assert set(loaded.policy.measure) == {"service_level", "reply_3min_rate"}
    assert [(one.code, one.found) for one in loaded.findings] == [("policy-unused-measure", "reply_3min_rate")]


CONDITION = """
[[adjustment]]
id = "x"
label = "x"
points = 1
when = { all = [{ measure = "nps", at_least = 50 }] }
"""
COMPOSITE = """
[[adjustment]]
id = "x"
label = "x"
points = 1
when = { first = "composite.best" }
[composite.best]
label = "x"
of = [{ measure = "nps" }, { measure = "service_level" }]
"""
BAND = """
[[dimension.indicator]]
id = "y"
label = "y"
measure = "aht"
missing = "zero"
bands = [{ level = "a", measure = "nps", at_least = 50, points = 1 }, { level = "b", points = 0 }]
"""


@pytest.mark.parametrize("use", [CONDITION, COMPOSITE, BAND])
def test_whatever_names_a_metric_keeps_it(use: str) -> None:
    """In conditions, composites and bands on another measure."""
    loaded, problems = _load(OWN + use)
    assert problems == []
    assert loaded is not None
    assert "nps" in loaded.policy.measure
