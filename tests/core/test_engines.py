"""The same rows come to the same figures on every engine that is installed: Polars, pandas, DuckDB and Spark.

Figures on Polars are compared with a second computation row by row in tests/core/test_measures.py, and with examples
worked out by hand in tests/core/test_metrics.py.
"""

from __future__ import annotations

import socket
import tomllib
from collections import Counter
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

import csctl
from csctl.core.frames.cluster import asking_cluster
from csctl.core.frames.frame import collected
from csctl.core.measuring.derived import with_derived
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.moments import day_number, microseconds
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.messages import problem_fix, problem_text
from csctl.policy.model import Policy
from csctl.problems import Place, RefusalError
from csctl.store import engines, spark
from csctl.store.engines import Engine
from csctl.store.spark import Spark
from csctl.workspace import open_workspace
from tests.engines import OTHERS, rows_of_tables
from tests.workbench import OCTOBER, canonical_rows, frame, policy

AGENTS = ("0001", "0002", "0003", "张三", "nobody's")
"""The last one has no row at all."""
ROWS = 600
"""In each table; with fewer of them not every metric has a value."""
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
last_months = 3

[measure.shortest]
label = "shortest"
unit = "s"
table = "interactions"
minimum = "first_response_seconds"
window = "year_to_date"

[measure.net]
label = "net"
unit = "yuan"
table = "orders"
sum = "amount"
minus = [{ table = "orders", sum = "refund_amount" }]
"""


def measures() -> Policy:
    """The shipped library, every metric of it, and one of each aggregate and window."""
    library = tomllib.loads(Path(str(csctl.__file__)).with_name("policies").joinpath("metrics.toml").read_text("utf-8"))
    return policy(tomli_w.dumps({"measure": library["measure"] | tomllib.loads(OWN)["measure"]}))


def figures(folder: Path, engine: Engine, count: int) -> list[tuple[str, str, str, int]]:
    """Every figure of everybody: which, who, its exact value as text, and its rows."""
    identity, _ = build_identity([Person(one, one, (), Place()) for one in AGENTS], {})
    rules = measures()
    tables = rows_of_tables(rules, [*AGENTS[:-1], "unknown"], count)
    frames = {name: frame(folder / name, name, rows, engine) for name, rows in tables.items()}
    ready = {name: credited(one, identity) for name, one in with_derived(rules, frames).items()}
    found = compute_measures(rules, ready, AGENTS, OCTOBER)
    return sorted((one.measure, one.agent_id, str(one.value), one.n) for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("engine", OTHERS)
def test_every_metric_of_the_library_is_the_same_on_every_engine(engine: Engine, tmp_path: Path) -> None:
    """Counts, shares, mean, median, quantile, distinct, longest, who came back, money, windows; nothing for who has
    none.
    """
    expected = figures(tmp_path / "polars", "polars", ROWS)
    valued = {measure for measure, _, value, n in expected if value != "None" and n}
    assert valued == {measure for measure, *_ in expected}
    assert valued >= {"fcr_7d", "fcr_7d_topic", "fcr_24h", "repeat_rate_7d"}
    found = figures(tmp_path / engine, engine, ROWS)
    different = Counter(measure for measure, *_ in set(expected) ^ set(found))
    print(f"{engine}: {len({one[0] for one in found}) - len(different)} measures equal, {len(different)} not")
    assert different == {}


@pytest.mark.slow
@pytest.mark.parametrize("engine", OTHERS)
def test_tables_without_a_row_come_to_the_same(engine: Engine, tmp_path: Path) -> None:
    """Nobody has a row: counts are nothing and ratios missing, as on Polars."""
    assert figures(tmp_path / engine, engine, 0) == figures(tmp_path / "polars", "polars", 0)


@pytest.mark.law
@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))  # noqa: DTZ001
def test_moments_are_as_far_apart_as_the_calendar_says(first: datetime, second: datetime) -> None:
    """To the microsecond, and to the day, over every leap year that there is."""
    both = nw.from_native(pl.LazyFrame({"moment": [first, second, None]}))
    told = both.select(exact=microseconds(nw.col("moment")), day=day_number(nw.col("moment"))).collect()
    one, other, none = told["exact"].to_list()
    assert (other - one) * timedelta(microseconds=1) == second - first
    assert told["day"].to_list() == [first.date().toordinal(), second.date().toordinal(), None]
    assert none is None


def refusal_of(asked: Spark) -> tuple[str, str]:
    """The code and the value of the problem that opening a table comes to."""
    with pytest.raises(RefusalError) as refused:
        spark.on_spark(pl.DataFrame(), [], asked)
    return refused.value.problem.code, str(refused.value.problem.found)


@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_a_master_that_does_not_answer_is_said(scheme: str) -> None:
    """At once, before anything is started: nobody listens on a port that was free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        master = f"{scheme}://127.0.0.1:{probe.getsockname()[1]}"
    assert refusal_of(Spark(master=master)) == ("spark-no-answer", master)


def test_a_cluster_without_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark itself would wait without an end."""
    monkeypatch.setattr(spark, "_WORKS_WITHIN", 0)
    monkeypatch.setattr(spark, "_start", lambda *_: None)
    assert refusal_of(Spark(master="local[1]")) == ("spark-no-work", "local[1]")


JAVA = "An error occurred while calling o1.\n: a.B: job aborted\n\tat x"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (f"{JAVA}\nCaused by: a.C: cannot read\n\tat y\nCaused by: a.D: no such file", "a.D: no such file"),
        (JAVA, "a.B: job aborted"),
        ("[TABLE_OR_VIEW_NOT_FOUND] no such table\nmore", "[TABLE_OR_VIEW_NOT_FOUND] no such table"),
        ("", "ValueError"),
    ],
)
def test_what_a_cluster_says_of_a_fault_is_told(fault: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that tells something, not the call in Java that led to it; whether at the start or later."""

    def start(asked: Spark, log: object, started: Future[Any]) -> None:
        started.set_exception(ValueError(fault))

    monkeypatch.setattr(spark, "_start", start)
    assert refusal_of(Spark(master="local[1]")) == ("spark-failed", told)
    with pytest.raises(RefusalError) as refused, asking_cluster():
        raise ValueError(fault)
    assert refused.value.problem.found == told


@pytest.mark.parametrize(
    ("master", "hosts"),
    [
        ("spark://one:7078,two", [("one", 7078), ("two", 7077)]),
        ("sc://10.0.0.5/;use_ssl=true", [("10.0.0.5", 15002)]),
        ("sc://[::1]:1/", [("::1", 1)]),
        ("local[2]", []),
        ("yarn", []),
    ],
)
def test_the_hosts_of_a_master_are_its_own(master: str, hosts: list[tuple[str, int]]) -> None:
    """Several masters stand by for each other; ports that are left out are Spark's own."""
    assert spark._hosts(master) == hosts


@pytest.mark.parametrize("engine", OTHERS[-1:])
def test_a_file_that_a_cluster_cannot_read_is_said(engine: Engine, tmp_path: Path) -> None:
    """As where the workspace lies on one machine alone; a folder's name may hold what is a wildcard elsewhere."""
    strange = frame(tmp_path / "a [b] {中}", "orders", canonical_rows("orders", [{"agent_id": "0001"}]), engine)
    (tmp_path / "a [b] {中}" / "orders" / "key.parquet").unlink()
    with pytest.raises(RefusalError) as refused:
        collected(strange)
    assert refused.value.problem.code == "spark-failed"
    assert "key.parquet" in problem_text(refused.value.problem, "en")


CONFIG = 'name = "t"\npolicy = "hotline"\nlanguage = "en"\nengine = "{engine}"\n'
SOURCE = '[[source]]\ntable = "roster"\nfiles = "roster.csv"\n'


@pytest.mark.parametrize(
    ("engine", "library", "extra"),
    [("duckdb", "duckdb", "duckdb"), ("pandas", "pyarrow", "arrow"), ("spark", "pyspark", "spark")],
)
def test_an_engine_that_is_not_installed_is_said_with_what_to_install(
    engine: str, library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is tried, and nothing is computed on another engine in silence."""
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    (tmp_path / "csctl.toml").write_text(CONFIG.format(engine=engine) + SOURCE, "utf-8")
    opened, found = open_workspace(tmp_path)
    assert opened is None
    assert [(one.code, one.found) for one in found] == [("engine-not-installed", engine)]
    assert library in problem_text(found[0], "en")
    assert f"csctl[{extra}]" in problem_fix(found[0], "en")


@pytest.mark.parametrize(("master", "codes"), [("local[2]", ["engine-without-java"]), ("sc://10.0.0.5", [])])
def test_spark_on_this_machine_asks_for_java_and_a_server_does_not(
    master: str, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever speaks to a server needs no Java here."""
    monkeypatch.setattr(engines, "find_spec", lambda _: object())
    monkeypatch.setattr(engines, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    text = CONFIG.format(engine="spark") + f'[spark]\nmaster = "{master}"\n' + SOURCE
    (tmp_path / "csctl.toml").write_text(text, "utf-8")
    opened, found = open_workspace(tmp_path)
    assert [one.code for one in found] == codes
    assert (opened is None) == bool(codes)
