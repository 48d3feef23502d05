"""The same rows come to the same figures on every engine that is installed: Polars, pandas, DuckDB and Spark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal as D
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from csctl.core.measuring.derived import with_derived
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.store.canonical import Engine
from tests.workbench import frame, policy

OCTOBER = Month(2026, 10)
AGENTS = ("0001", "0002", "0003", "张三")
NEEDS: dict[Engine, str] = {"pandas": "pyarrow", "duckdb": "duckdb", "spark": "pyspark"}
POLICY = """
[measure.rows]
label = "contacts"
unit = "count"
table = "interactions"
rows = true

[measure.calls]
label = "calls about 退款"
unit = "count"
table = "interactions"
rows = true
where = { topic = "退款" }

[measure.solved]
label = "solved"
unit = "%"
numerator = { table = "interactions", rows = true, where = { resolved = true } }
denominator = { table = "interactions", rows = true, where = { resolved = { known = true } } }

[measure.fast]
label = "answered within 30 s"
unit = "%"
numerator = { table = "interactions", rows = true, where = { first_response_seconds = { at_most = 30 } } }
denominator = { table = "interactions", rows = true, where = { first_response_seconds = { known = true } } }

[measure.mean]
label = "mean"
unit = "s"
table = "interactions"
mean = "first_response_seconds"

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

[measure.fcr]
label = "nobody came back within 7 days"
unit = "%"
numerator = { table = "interactions", rows = true, where = { next_contact_seconds = { above = 604800 } } }
denominator = { table = "interactions", rows = true, where = { next_contact_seconds = { known = true } } }

[measure.sales]
label = "net"
unit = "yuan"
table = "orders"
sum = "amount"
minus = [{ table = "orders", sum = "refund_amount" }]
"""


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
            "resolved": (True, False, None)[number % 3 - (number % 2)],
            "first_response_seconds": D(number * 37 % 97).scaleb(-1) if number % 6 else None,
        }


ORDERS = [
    {"agent_id": "0001", "amount": D("0.10"), "refund_amount": None},
    {"agent_id": "0001", "amount": D("0.20"), "refund_amount": D("0.35")},
    {"agent_id": "0002", "amount": D("9999999.99"), "refund_amount": D("0.01")},
]


def figures(folder: Path, engine: Engine) -> list[tuple[str, str, str, int]]:
    """Every figure of everybody: who, which, its exact value as text, and its rows."""
    people = [Person(one, one, (), Place()) for one in AGENTS]
    identity, _ = build_identity(people, {})
    rules: Policy = policy(POLICY)
    frames = {"interactions": frame(folder / "i", "interactions", list(contacts()), engine),
              "orders": frame(folder / "o", "orders", ORDERS, engine)}  # fmt: skip
    ready = {name: credited(one, identity) for name, one in with_derived(rules, frames).items()}
    found = compute_measures(rules, ready, AGENTS, OCTOBER)
    return sorted((one.agent_id, one.measure, str(one.value), one.n) for one in found)


@pytest.mark.parametrize("engine", ["pandas", "duckdb", pytest.param("spark", marks=pytest.mark.slow)])
def test_every_kind_of_measure_is_the_same_on_every_engine(engine: Engine, tmp_path: Path) -> None:
    """Counts, shares, mean, median, quantile, distinct, longest, who came back, money; and nothing for who has none."""
    if find_spec(NEEDS[engine]) is None:
        pytest.skip(f"{NEEDS[engine]} is not installed")
    expected = figures(tmp_path / "polars", "polars")
    assert len({measure for _, measure, _, _ in expected}) == 11
    assert figures(tmp_path / engine, engine) == expected


@pytest.mark.slow
@pytest.mark.skipif("CSCTL_SPARK" not in os.environ or find_spec("pyspark") is None, reason="no cluster is named")
def test_a_cluster_comes_to_the_same(tmp_path: Path) -> None:
    """On the one that CSCTL_SPARK names; its workers must see the folder of the files."""
    assert figures(tmp_path / "spark", "spark") == figures(tmp_path / "polars", "polars")
