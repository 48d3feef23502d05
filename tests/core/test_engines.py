"""The same rows come to the same figures on every engine that is installed: Polars, pandas and DuckDB."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import tomli_w

import csctl
from csctl.core.measuring.derived import with_derived
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.store import engines
from csctl.store.engines import Engine
from csctl.workspace import open_workspace
from tests.workbench import canonical_rows, frame, policy

OCTOBER = Month(2026, 10)
AGENTS = ("0001", "0002", "0003", "张三")
NEEDS: dict[Engine, str] = {"pandas": "pyarrow", "duckdb": "duckdb"}
OWN = """
[measure.asked]
label = "contacts about 退款"
unit = "count"
table = "interactions"
rows = true
where = { topic = "退款" }

[measure.median]
label = "median"
unit = "s"
table = "interactions"
median = "first_response_seconds"

[measure.p90]
label = "p90"
unit = "s"
table = "interactions"
quantile = "first_response_seconds"
q = 0.9

[measure.customers]
label = "customers"
unit = "count"
table = "interactions"
distinct = "customer_id"

[measure.longest]
label = "longest"
unit = "s"
table = "interactions"
maximum = "first_response_seconds"

[measure.net]
label = "net"
unit = "yuan"
table = "orders"
sum = "amount"
minus = [{ table = "orders", sum = "refund_amount" }]
"""
TABLES = {"interactions", "orders"}


def tables_of(node: object) -> set[str]:
    """The tables that a part of a policy names."""
    if isinstance(node, dict):
        own = {str(node["table"])} if "table" in node else set[str]()
        return own.union(*map(tables_of, node.values()))
    return set[str]().union(*map(tables_of, node)) if isinstance(node, list) else set()


def measures() -> Policy:
    """The shipped library's measures of contacts and orders, and one of each aggregate."""
    library = tomllib.loads(Path(str(csctl.__file__)).with_name("policies").joinpath("metrics.toml").read_text("utf-8"))
    kept = {name: one for name, one in library["measure"].items() if tables_of(one) <= TABLES}
    return policy(tomli_w.dumps({"measure": kept | tomllib.loads(OWN)["measure"]}))


def contacts() -> Iterator[dict[str, Any]]:
    """Ties at the same moment, empty cells, Chinese and a line's end in texts, an agent by name alone, one without."""
    start = datetime(2026, 10, 1, 8)  # noqa: DTZ001  exports carry local time
    for number in range(60):
        yield {
            "interaction_id": f"c{number:03d}" if number % 7 else None,
            "agent_id": ("0001", "0002", None)[number % 3],
            "agent_name": "张三" if number % 3 == 2 else None,
            "customer_id": f"客{number % 11}" if number % 5 else None,
            "topic": ("退款", "退\n款", " 退款 ", None)[number % 4],
            "started_at": start + timedelta(hours=6 * (number // 2)),
            "answered": number % 9 != 0,
            "resolved": (True, False, None)[number % 3 - (number % 2)],
            "first_response_seconds": Decimal(number * 37 % 97).scaleb(-1) if number % 6 else None,
        }


ORDERS = [
    {"agent_id": "0001", "amount": Decimal("0.10"), "refund_amount": None},
    {"agent_id": "0001", "amount": Decimal("0.20"), "refund_amount": Decimal("0.35")},
    {"agent_id": "0002", "amount": Decimal("9999999.99"), "refund_amount": Decimal("0.01")},
]


def figures(folder: Path, engine: Engine) -> list[tuple[str, str, str, int]]:
    """Every figure of everybody: who, which, its exact value as text, and its rows."""
    people = [Person(one, one, (), Place()) for one in AGENTS]
    identity, _ = build_identity(people, {})
    rules = measures()
    rows = {"interactions": list(contacts()), "orders": ORDERS}
    frames = {name: frame(folder / name, name, canonical_rows(name, own), engine) for name, own in rows.items()}
    ready = {name: credited(one, identity) for name, one in with_derived(rules, frames).items()}
    found = compute_measures(rules, ready, AGENTS, OCTOBER)
    return sorted((one.agent_id, one.measure, str(one.value), one.n) for one in found)


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_every_kind_of_measure_is_the_same_on_every_engine(engine: Engine, tmp_path: Path) -> None:
    """Counts, shares, mean, median, quantile, distinct, longest, who came back, money; and nothing for who has none."""
    if find_spec(NEEDS[engine]) is None:
        pytest.skip(f"{NEEDS[engine]} is not installed")
    expected = figures(tmp_path / "polars", "polars")
    assert len({measure for _, measure, _, _ in expected}) >= 20
    assert figures(tmp_path / engine, engine) == expected


@pytest.mark.parametrize(("engine", "libraries"), [("duckdb", "duckdb"), ("pandas", "pyarrow")])
def test_an_engine_that_is_not_installed_is_said_with_what_to_install(
    engine: str, libraries: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is tried, and nothing is computed on another engine in silence."""
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    config = f'name = "t"\npolicy = "hotline"\nlanguage = "en"\nengine = "{engine}"\n'
    source = '[[source]]\ntable = "roster"\nfiles = "roster.csv"\n'
    (tmp_path / "csctl.toml").write_text(config + source, "utf-8")
    opened, found = open_workspace(tmp_path)
    assert opened is None
    assert [(one.code, one.found) for one in found] == [("engine-not-installed", engine)]
    assert libraries in problem_text(found[0], "en")
    assert f"csctl[{'arrow' if engine == 'pandas' else engine}]" in problem_fix(found[0], "en")
