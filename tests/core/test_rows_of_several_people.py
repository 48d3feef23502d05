"""Rows of several people in the figures of a team: each of them has the row in full, the team has it once."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.coverage.repeats import repeated_counts
from csctl.core.records.lines import Measured
from csctl.reports.trends import team_trends
from csctl.store.engines import Engine
from csctl.store.seals import lines_content, result_of
from tests.end_to_end.running import csctl
from tests.workbench import OCTOBER, SCORED, WEEKENDS_OFF, agent, canonical_rows, frame, measured, month_of, policy

CONFIG = """
name = "Shop"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "roster.csv"

[[source]]
table = "orders"
files = "{month}/orders.csv"
columns.agent_name.several = "、"

[[source]]
table = "aftersales"
files = "{month}/refunds.csv"
columns.agent_name.several = "、"
optional = true
"""
POLICY = """
id = "shop"
label = "Shop"
version = "1"
state = "reviewed"
language = "en"

[score]
pass_mark = 60

[scale]
good = 100

[[dimension]]
id = "work"
label = "Work"
weight = 100

[[dimension.indicator]]
id = "base"
label = "Sales"
weight = 100
measure = "sales"
missing = "zero"
bands = [{ level = "good" }]

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
minus = [{ table = "orders", sum = "refund_amount" }]

[pay]
currency = "CNY"
calendar = "cn"

[pay.base]
by = "roster"
"""
POOL = """
[[pay.pool]]
label = "Pool"
of = "sales"
mode = "marginal"
share = 1
per = "{per}"
counts = "{counts}"
tiers = [{{ from = 0, rate = 0.1 }}]
"""
# Ann and Bob are of group A, Cai of B; Dan of A left in September.
ROSTER = """工号,姓名,组别,入职日期,离职日期,基本工资
0101,Ann,A,2025-01-06,,5000
0102,Bob,A,2025-01-06,,5000
0103,Cai,B,2025-01-06,,5000
0104,Dan,A,2025-01-06,2026-09-20,5000
"""
ORDERS = """客服,付款日期,销售额,退款金额
Ann、Bob,2026-10-08,100.10,0
Ann、Bob、Cai,2026-10-09,1000,40
Cai,2026-10-09,7,0
Dan、Ann,2026-10-12,20000,0
Dan,2026-10-12,300000,0
"""


def _run(folder: Path, pools: str, orders: str = ORDERS) -> Any:
    (folder / "2026-10").mkdir(exist_ok=True)
    (folder / "csctl.toml").write_text(CONFIG, "utf-8")
    (folder / "policy.toml").write_text(POLICY + pools, "utf-8")
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    (folder / "2026-10" / "orders.csv").write_text(orders, "utf-8")
    with contextlib.chdir(folder):
        return csctl("run", "--json").data


# Rows once each, of whoever the pool counts: 1 + 2 + 3 + 4 + 5 for the team, without the last for those employed.
SHARED, MIXED, OWN, WITH_DAN, OF_DAN = (Decimal(text) for text in ("100.10", "960", "7", "20000", "300000"))


@pytest.mark.parametrize(
    ("per", "counts", "bases"),
    [
        ("team", "everybody", {"pool1": SHARED + MIXED + OWN + WITH_DAN + OF_DAN}),
        ("team", "employed", {"pool1": SHARED + MIXED + OWN + WITH_DAN}),
        ("group", "everybody", {"pool1.A": SHARED + MIXED + WITH_DAN + OF_DAN, "pool1.B": MIXED + OWN}),
        ("group", "employed", {"pool1.A": SHARED + MIXED + WITH_DAN, "pool1.B": MIXED + OWN}),
    ],
)
def test_a_pool_has_a_row_of_several_people_once(
    tmp_path: Path, per: str, counts: str, bases: dict[str, Decimal]
) -> None:
    """Each of them has it in full in his own figure; a pool for each group has once what people of it share."""
    found = _run(tmp_path, POOL.format(per=per, counts=counts))
    assert {one["pool"]: Decimal(one["base"]) for one in found["pools"]} == bases
    own = {one["agent_id"]: Decimal(one["value"]) for one in found["measures"] if one["measure"] == "sales"}
    assert own == {"0101": SHARED + MIXED + WITH_DAN, "0102": SHARED + MIXED, "0103": MIXED + OWN}
    assert "pool-adds-up-shared" not in {one["code"] for one in found["problems"]["list"]}


def test_without_rows_of_several_people_a_pool_is_the_sum_of_its_people(tmp_path: Path) -> None:
    """Nothing is taken off."""
    orders = "客服,付款日期,销售额,退款金额\nAnn,2026-10-08,100,0\nBob,2026-10-08,100,0\n"
    found = _run(tmp_path, POOL.format(per="team", counts="everybody"), orders)
    assert [Decimal(one["base"]) for one in found["pools"]] == [200]


SALES = """
[measure.orders]
label = "Orders"
unit = "count"
table = "orders"
rows = true

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"

[measure.per_order]
label = "Per order"
unit = "yuan"
table = "orders"
sum = "amount"
per = { table = "orders", rows = true }

[measure.largest]
label = "Largest"
unit = "yuan"
table = "orders"
maximum = "amount"
"""


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_what_a_team_counts_again_is_every_row_beyond_the_first_of_its_people(tmp_path: Path, engine: Engine) -> None:
    """On either engine; equal rows of the file that are not one row stay what they are."""
    whose = [("a1", 2, 100), ("a2", 2, 100), ("a3", 2, 100), ("a1", 3, 7), ("a2", 4, 7), ("a2", 5, 30), ("a3", 5, 30)]
    rows = canonical_rows(
        "orders",
        [
            {"agent_id": who, "source_row": row, "date": date(2026, 10, 6), "amount": Decimal(amount)}
            for who, row, amount in whose
        ],
    )
    tables = {"orders": frame(tmp_path, "orders", rows, engine).with_columns(nw.col("agent_id").alias("agent"))}
    team = dict.fromkeys(("a1", "a2", "a3"), "")
    found = {one.measure: one for one in repeated_counts(policy(SALES), tables, team, OCTOBER, {"orders"})}
    assert (found["orders"].value, found["sales"].value) == (Decimal(3), Decimal(230))
    assert (found["per_order"].numerator, found["per_order"].denominator) == (Decimal(230), Decimal(3))
    groups = {"a1": "A", "a2": "B", "a3": "B"}
    by_group = {
        one.agent_id: one.value
        for one in repeated_counts(policy(SALES), tables, groups, OCTOBER, {"orders"})
        if one.measure == "sales"
    }
    assert by_group == {"A": 0, "B": 130}
    assert repeated_counts(policy(SALES), tables, {"a1": "", "a4": ""}, OCTOBER, {"orders"}) == ()
    assert repeated_counts(policy(SALES), tables, team, OCTOBER, set()) == ()


def test_the_team_of_a_trend_has_them_once_and_so_after_closing() -> None:
    """The figures of two people, less what a row they share counts again; the seal keeps it."""
    people = [agent("a1"), agent("a2")]
    month = month_of(policy(SALES), people, {"a1": {"sales": 100}, "a2": {"sales": 50}})
    result = replace(month, repeated=tuple(measured({"": {"sales": 30}})))
    for one in (result, result_of(lines_content(result), result.month, result.policy)):
        (sales,) = [trend.values for trend in team_trends([one], "en") if trend.label == "Sales"]
        assert sales == (Decimal(120),)


def test_a_team_whose_shared_rows_have_no_figure_counts_nothing_twice() -> None:
    """1,000 and 500 of which 200 are the same row: the pool is of 1,300; where nobody knows the figure, of 1,500."""
    rules = policy(
        SCORED + '[measure.sales]\nlabel = "sales"\ntable = "orders"\nsum = "amount"\nunit = "yuan"\n'
        '[pay.base]\nby = "roster"\n'
        '[[pay.pool]]\nlabel = "pool"\nof = "sales"\nper = "team"\nshare = 1\nmode = "marginal"\n'
        "tiers = [{ from = 0, rate = 0.1 }]\n"
    )
    staff = [agent(who, base_pay=Decimal(3000)) for who in "ab"]
    values = measured({"a": {"x": 80, "sales": 1000}, "b": {"x": 80, "sales": 500}})
    scope = ("team", rules.pay.pool[0].counts if rules.pay else "")
    for twice, base in ((Decimal(200), 1300_00), (None, 1500_00), (Decimal(0), 1500_00)):
        shared = Measured("", "sales", twice, 1, None, None, "orders")
        given = MonthInput(rules, OCTOBER, staff, values, (), WEEKENDS_OFF, (), repeated={scope: (shared,)})
        (pool,) = compute_month(given).pools
        assert pool.base_cents == base
