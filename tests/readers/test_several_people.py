"""Several people in one cell: each is credited with the row where the source says so, and it is said where not."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.coverage.shared import shared_in_pools
from csctl.core.records.fates import Fates
from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from tests.end_to_end.running import Done, csctl
from tests.workbench import policy


def _import(rows: Sequence[Sequence[Any]], said: str, table: str = "orders", sheet: str = "") -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **tomllib.loads(said)}))
    assert source is not None, problems
    return import_book(Book((Sheet(sheet, [tuple(row) for row in rows]),)), source, "o.csv", Month(2026, 10))


def _people(found: Imported) -> list[tuple[object, object, object]]:
    columns = found.columns
    return list(zip(columns["source_row"], columns["agent_id"], columns["agent_name"], strict=True))


ORDERS = [
    ("客服", "付款日期", "销售额"),
    ("张三、李四", "2026-10-08", 100),
    ("王芳", "2026-10-08", 50),
    ("张三、 王芳、张三", "2026-10-09", 30),
    ("", "2026-10-09", 10),
]


@pytest.mark.parametrize("sheet", ["", "订单"])
def test_each_person_of_a_cell_has_the_row_once(sheet: str) -> None:
    """In the order in which they stand; who is named twice has it once. The file still has four rows."""
    found = _import(ORDERS, 'columns.agent.several = "、"', sheet=sheet)
    assert [(row, name) for row, _, name in _people(found)] == [
        (2, "张三"), (2, "李四"), (3, "王芳"), (4, "张三"), (4, "王芳"), (5, None),
    ]  # fmt: skip
    assert found.columns["amount"][:2] == [100, 100]
    (fates,) = found.fates
    assert (fates.counted, fates.shared, found.accepted) == (4, 2, 4)


@pytest.mark.parametrize(
    ("cell", "several", "people"),
    [
        ("Ann; Bob", '";"', ["Ann", "Bob"]),
        ("Ann；Bob", '";"', ["Ann", "Bob"]),
        ("Ann/Bob/", '"/"', ["Ann", "Bob"]),
        ("Ann / Bob, Cai", '["/", ","]', ["Ann", "Bob", "Cai"]),
        ("Ann and Bob", '" and "', ["Ann", "Bob"]),
        ("张三（离职）、李四", '"、"', ["张三", "李四"]),
        ("Ann-Marie", '"、"', ["Ann-Marie"]),
    ],
)
def test_the_signs_are_those_the_source_says(cell: str, several: str, people: list[str]) -> None:
    """In full or half width; a name that holds another sign is one name."""
    rows = [("Agent", "付款日期", "销售额"), (cell, "2026-10-08", 100)]
    found = _import(rows, f'columns.agent = {{ from = "Agent", several = {several} }}')
    assert [name for _, _, name in _people(found)] == people


def test_numbers_and_names_of_a_row_go_together() -> None:
    """The first number is that of the first name; where only the names are several, they say who it is."""
    rows = [
        ("工号", "姓名", "付款日期", "销售额"),
        ("0101、0102", "张三、李四", "2026-10-08", 100),
        ("0101", "张三、李四", "2026-10-08", 100),
        ("0103", "王芳", "2026-10-08", 100),
    ]
    found = _import(rows, 'columns.agent_id.several = "、"\ncolumns.agent_name.several = "、"')
    assert _people(found) == [
        (2, "0101", "张三"), (2, "0102", "李四"), (3, None, "张三"), (3, None, "李四"), (4, "0103", "王芳"),
    ]  # fmt: skip


def test_each_figure_of_a_wide_table_is_everybodys() -> None:
    """Two figures of two people are four values of one row."""
    rows = [("客服", "日期", "接待量", "好评数"), ("张三、李四", "2026-10-08", 12, 3)]
    found = _import(rows, 'columns.agent.several = "、"', table="kpis")
    values = list(zip(found.columns["agent_name"], found.columns["metric"], found.columns["value"], strict=True))
    assert values == [("张三", "接待量", 12), ("李四", "接待量", 12), ("张三", "好评数", 3), ("李四", "好评数", 3)]
    assert found.fates[0].shared == 1


@pytest.mark.parametrize(
    ("table", "said"),
    [("roster", 'columns.agent.several = "、"'), ("orders", 'columns.order_id.several = "、"')],
)
def test_only_who_a_row_is_credited_to_may_be_several(table: str, said: str) -> None:
    """A person of the roster is one; a number of anything else too."""
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **tomllib.loads(said)}))
    assert (source, [one.code for one in problems]) == (None, ["rule-key-not-for-column"])


NAMES = st.lists(st.sampled_from(["Ann", "Bob", "张三", "李四", "O'Neil"]), max_size=4, unique=True)


@given(st.lists(NAMES, min_size=1, max_size=8), st.sampled_from(["、", ";", "/", " + "]))
def test_who_is_written_into_a_cell_is_who_has_the_row(facts: list[list[str]], sign: str) -> None:
    """Facts to a file and back, whatever sign parts the names."""
    rows = [("Agent", "付款日期", "销售额"), *[(sign.join(one), "2026-10-08", 5) for one in facts]]
    found = _import(rows, f'columns.agent = {{ from = "Agent", several = "{sign}" }}')
    assert [(row, name) for row, _, name in _people(found)] == [
        (number, name or None) for number, one in enumerate(facts, 2) for name in one or [""]
    ]


# ---- where nothing says so -------------------------------------------------------------------------------------

CONFIG = """
name = "Shop"
policy = "policy.toml"
language = "{language}"

[[source]]
table = "roster"
files = "roster.csv"

[[source]]
table = "orders"
files = "{{month}}/orders.csv"
"""
POLICY = """
id = "shop"
label = "Shop"
version = "1"
state = "reviewed"
language = "{language}"

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
"""


def _check(folder: Path, language: str, more: str = "") -> Done:
    (folder / "2026-10").mkdir(exist_ok=True)
    (folder / "csctl.toml").write_text(CONFIG.format(language=language) + more, "utf-8")
    (folder / "policy.toml").write_text(POLICY.format(language=language), "utf-8")
    (folder / "roster.csv").write_text("工号,姓名,入职日期\n0101,张三,2025-01-06\n0102,李四,2025-01-06\n", "utf-8")
    (folder / "2026-10" / "orders.csv").write_text(
        "客服,付款日期,销售额\n张三、李四,2026-10-08,100\n李四,2026-10-09,50\n张三、某人,2026-10-09,7\n", "utf-8"
    )
    with contextlib.chdir(folder):
        return csctl("check", "--json")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_cell_with_several_people_of_the_roster_is_said_with_the_line_that_credits_them(
    tmp_path: Path, language: str
) -> None:
    """Pasted under the source it is enough; who is not on the roster is said as ever, and the row stays counted."""
    before = _check(tmp_path, language)
    (said,) = [one for one in before.data["problems"]["list"] if one["code"] == "agents-several"]
    assert said["found"] == "张三、李四"
    line = 'columns.agent_name.several = "、"'
    assert line in said["fix"]
    after = _check(tmp_path, language, line + "\n")
    assert [(one["code"], one["found"]) for one in after.data["problems"]["list"]] == [("agent-unknown", "某人")]
    (fates,) = [one for one in after.data["coverage"] if one["table"] == "orders"]
    assert (fates["counted"], fates["nobody"]) == (3, 0)
    sales = {one["agent_id"]: one["value"] for one in after.data["measures"]}
    assert sales == {"0101": "107.00", "0102": "150.00"}


MEASURE = """
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
"""
POOL = """
[pay]
currency = "CNY"
calendar = "cn"

[pay.base]
by = "roster"

[[pay.pool]]
label = "Pool"
of = "sales"
mode = "marginal"
share = 1
tiers = [{ from = 0, rate = 0.1 }]
"""


@pytest.mark.parametrize(("figure", "said"), [("sum", False), ("mean", True)])
@pytest.mark.parametrize("pool", [False, True])
def test_a_pool_of_figures_that_are_no_sums_says_which_rows_are_of_several_people(
    pool: bool, figure: str, said: bool
) -> None:
    """What such rows count again can be taken off sums alone; without a pool nobody adds anything up."""
    rules = policy(MEASURE.replace("sum", figure) + POOL * pool)
    files = [
        Fates("orders.csv", "", "orders", 4, header=1, counted=3, shared=2),
        Fates("more.csv", "", "orders", 4, header=1, counted=3),
        Fates("calls.csv", "", "interactions", 4, header=1, counted=3, shared=2),
    ]
    found = [(one.code, one.place.file, one.found) for one in shared_in_pools(rules, files)]
    assert found == ([("pool-adds-up-shared", "orders.csv", "2")] if pool and said else [])
