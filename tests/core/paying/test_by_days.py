"""Figures and pools of a month that changes inside: each row counts as things stood on its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.compute import compute_month
from csctl.core.coverage.repeats import repeated_counts
from csctl.core.frames.frame import records
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.people.roster import agents_of_month
from csctl.core.people.span_rows import rows_by_stretch, stretches_of, with_span_keys
from csctl.core.preparing.month import prepare_month
from csctl.core.records.result import MonthResult
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    canonical_rows,
    cents_by_line,
    counted_as_one,
    frame,
    pay_lines,
    policy,
)

RULES = """
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "sold"
label = "sold"
measure = "sold"
bands = [{ level = "all", points = 100 }]
missing = "zero"
[[level]]
id = "C1"
[[level]]
id = "C2"
[measure.sold]
label = "sold"
unit = "yuan"
table = "orders"
sum = "amount"
[measure.over]
label = "overtime"
unit = "hours"
table = "kpis"
where = { metric = "over" }
sum = "value"
[measure.away]
label = "away"
unit = "days"
table = "kpis"
where = { metric = "away" }
sum = "value"
[measure.orders]
label = "orders"
unit = "count"
table = "orders"
rows = true
[pay.base]
by = "level"
amounts = { C1 = 2175, C2 = 4350 }
[[pay.overtime]]
id = "over"
label = "overtime"
quantity = "over"
times = 1.5
[[pay.deduction]]
id = "away"
label = "away"
quantity = "away"
divisor = 21.75
[[pay.commission]]
id = "low"
label = "C1's commission"
of = "sold"
levels = ["C1"]
tiers = [{ from = 0, rate = 0.01 }]
[[pay.commission]]
id = "high"
label = "C2's commission"
of = "sold"
levels = ["C2"]
tiers = [{ from = 0, rate = 0.03 }, { from = 100, rate = 0.05 }]
[[pay.piece]]
id = "orders"
label = "orders of the hot line"
of = "orders"
groups = ["hot"]
tiers = [{ from = 0, rate = 2 }]
[[pay.allowance]]
id = "each"
label = "an order at the desk"
quantity = "orders"
amount = 3
groups = ["desk"]
[[pay.pool]]
label = "group pool"
of = "sold"
per = "group"
split_by = "equal"
mode = "marginal"
share = 1
tiers = [{ from = 0, rate = 0.1 }]
[[pay.pool]]
label = "by orders"
amount = 100
per = "group"
split_by = "measure"
measure = "orders"
[[pay.pool]]
label = "weighted"
amount = 100
split_by = "equal"
weights = { C2 = 2 }
"""
DAY = timedelta(days=1)
DAYS = [date(2026, 10, day) for day in (2, 4, 7, 8, 17, 29)]
"""Before and after workdays, weekends and days with rows."""


def october(day: int) -> date:
    return date(2026, 10, day)


def order(who: str, day: int | None, amount: str = "100.00") -> Row:
    return {"agent_id": who, "date": day and october(day), "amount": D(amount)}


def metric(who: str, name: str, day: int, value: int) -> Row:
    return {"agent_id": who, "date": october(day), "metric": name, "value": D(value)}


ORDERS = [order("a", 1), order("a", 7, "0.10"), order("a", 8, "250.00"), order("a", 31, "-20.00"), order("b", 5, "40")]
FIGURES = [metric("a", "over", 2, 3), metric("a", "over", 8, 2), metric("a", "away", 9, 1), metric("a", "away", 1, 1)]
FIRST: dict[str, Any] = {"level": "C1", "group": "hot"}
THEN: dict[str, Any] = {"level": "C2", "group": "desk"}


def moves(until: date) -> list[dict[str, Any]]:
    """Ann is a C1 on the hot line until that day, a C2 at the desk after it; Bob is at the desk."""
    return [{"agent_id": "a", "valid_to": until, **FIRST}, {"agent_id": "a", "valid_from": until + DAY, **THEN}]


def month(
    folder: Path, roster: Sequence[Row], orders: Sequence[Row] = ORDERS, figures: Sequence[Row] = FIGURES
) -> MonthResult:
    rows = [*roster, {"agent_id": "b", "level": "C2", "group": "desk"}]
    named = canonical_rows("roster", [{"agent_name": str(row["agent_id"]).upper(), **row} for row in rows])
    tables = {"orders": orders, "kpis": figures}
    frames = {name: frame(folder, name, canonical_rows(name, own)) for name, own in tables.items()}
    given, _ = prepare_month(policy(RULES), OCTOBER, named, frames, {}, WEEKENDS_OFF, [])
    return compute_month(given)


def said(result: MonthResult) -> list[str]:
    assert {code for _, code in counted_as_one(result)} <= {"spans-without-days"}
    return [name for name, _ in counted_as_one(result)]


def test_each_row_counts_as_things_stood_on_its_day(tmp_path: Path) -> None:
    """Until the 7th, 5 of 22 workdays: 100.10 sold in 2 orders, 3 hours, a day away, at 2,175 a month. From the 8th, 17
    workdays: 230 in 2 orders, 2 hours, a day away, at 4,350.

    Overtime 3 × 2,175 × 1.5 ÷ 174 = 56.25 and 2 × 4,350 × 1.5 ÷ 174 = 75; away 2,175 ÷ 21.75 and 4,350 ÷ 21.75.
    Commission 1 % of 100.10; 3 % of 100 and 5 % of 130. The hot line sold 100.10, all of the pool Ann's; the desk sold
    230 + 40: 27 by days 17 : 22. By orders: 100 on the hot line, at the desk 2 of 3 orders. Weighted: 5 × 1 and 17 × 2
    of those and Bob's 22 × 2, which is 83: 6.024 and 40.963, and the cent that is left goes to the greatest rest.
    """
    result = month(tmp_path, moves(october(7)))
    assert cents_by_line(result, "a") == {
        "base": 494_32, "base.2": 3361_36, "away": -100_00, "away.2": -200_00, "over": 56_25, "over.2": 75_00,
        "low.1": 1_00, "high.1": 3_00, "high.2": 6_50, "orders.1": 4_00, "each": 6_00,
        "pool1.hot": 10_01, "pool1.desk": 11_77, "pool2.hot": 100_00, "pool2.desk": 66_67,
        "pool3": 6_03, "pool3.2": 40_96,
    }  # fmt: skip
    assert said(result) == []
    notes = {line.line: line.note for line in pay_lines(result, "a")}
    first, then = "C1 2026-10-01 – 2026-10-07", "C2 2026-10-08 – 2026-10-31"
    assert {notes[one] for one in ("over", "away", "low.1", "orders.1", "pool1.hot", "pool2.hot", "pool3")} == {first}
    assert {notes[one] for one in ("over.2", "away.2", "high.2", "each", "pool1.desk", "pool3.2")} == {then}
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


@pytest.mark.law
def test_who_moves_is_paid_as_one_who_leaves_and_one_who_comes(tmp_path: Path) -> None:
    """Wherever the first part ends: the same months as two people, each here for one part of it."""
    for until in DAYS:
        one = month(tmp_path / f"{until}-1", moves(until))
        leaves = {"agent_id": "a", "left_on": until, **FIRST}
        comes = {"agent_id": "a2", "hired_on": until + DAY, **THEN}
        split = [{**row, "agent_id": "a2"} if row["agent_id"] == "a" and row["date"] > until else row for row in ORDERS]
        hours = [{**row, "agent_id": "a2"} if row["date"] > until else row for row in FIGURES]
        two = month(tmp_path / f"{until}-2", [leaves, comes], split, hours)
        assert said(one) == []
        assert len(_by_component(one, "a")) > 8
        assert _by_component(one, "a") == _by_component(two, "a", "a2"), until
        assert cents_by_line(one, "b") == cents_by_line(two, "b")
        assert all(sum(share.amount_cents for share in pool.shares) == pool.pool_cents for pool in one.pools)


def _by_component(result: MonthResult, *who: str) -> dict[tuple[str, str], int]:
    """Cents by label and kind; what is nothing is left out."""
    found: dict[tuple[str, str], int] = {}
    for line in (line for one in who for line in pay_lines(result, one)):
        found[line.kind, line.label] = found.get((line.kind, line.label), 0) + line.amount_cents
    return {key: cents for key, cents in found.items() if cents}


@pytest.mark.law
def test_a_month_in_which_nothing_changes_that_is_paid_is_the_month(tmp_path: Path) -> None:
    """Another post, wherever it begins: every line is that of the month without a change."""
    whole = month(tmp_path / "whole", [{"agent_id": "a", **FIRST}])
    for until in DAYS:
        rows = [{"agent_id": "a", "post": "1", "valid_to": until, **FIRST}]
        rows.append({"agent_id": "a", "post": "2", "valid_from": until + DAY, **FIRST})
        result = month(tmp_path / str(until), rows)
        paid = [cents_by_line(one, who) for who in "ab" for one in (result, whole)]
        assert (paid[::2], result.pools, said(result)) == (paid[1::2], whole.pools, [])


def test_a_row_of_a_day_of_rest_is_lost_to_nobody(tmp_path: Path) -> None:
    """Ann comes to the desk on Saturday the 31st: no workday there, and what she sells on it is a C2's, at 3 %."""
    result = month(tmp_path, moves(october(30)), [order("a", 31, "50"), order("b", 5)], [])
    paid = cents_by_line(result, "a")
    assert [paid.get(one, 0) for one in ("low.1", "high.1", "orders.1", "each")] == [0, 1_50, 0, 3_00]
    assert [paid.get(one, 0) for one in ("pool2.hot", "pool2.desk")] == [0, 50_00]


def test_figures_without_a_day_are_taken_as_one_and_said(tmp_path: Path) -> None:
    """One order of Ann tells no day: what rests on orders is not parted for her; hours are."""
    result = month(tmp_path, moves(october(7)), [*ORDERS, order("a", None)])
    parted = ["an order at the desk", "C1's commission", "C2's commission", "orders of the hot line"]
    assert sorted(said(result)) == sorted([*parted, "group pool", "by orders"])
    assert cents_by_line(result, "a")["over.2"] == 75_00
    assert {one.note for one in pay_lines(result, "a") if one.line in ("low.1", "high.1", "orders.1", "each")} == {""}
    # All of Ann's 430.10 are the desk's, where she is last, with Bob's 40; nothing is the hot line's.
    bases = {one.pool: one.base_cents for one in result.pools}
    assert (bases["pool1.hot"], bases["pool1.desk"]) == (0, 470_10)


@pytest.mark.parametrize("engine", ["polars", "pandas", "duckdb"])
def test_rows_go_by_the_part_of_the_month_of_their_day(tmp_path: Path, engine: Engine) -> None:
    """On any engine; a row of another month, of somebody else or without a day goes by none."""
    if engine == "duckdb":
        pytest.importorskip("duckdb")
    rows = [*moves(october(7)), {"agent_id": "b"}]
    people, _ = agents_of_month(canonical_rows("roster", rows), OCTOBER, policy(RULES))
    identity, _ = build_identity([Person(one, one, (), NOWHERE) for one in "ab"], {})
    orders = canonical_rows("orders", [*ORDERS, order("a", None)])
    tables = {"orders": credited(frame(tmp_path, "orders", orders, engine), identity)}
    found = rows_by_stretch(tables, stretches_of(people, OCTOBER), OCTOBER, [])
    kept = sorted((row["agent"], row["source_row"]) for row in records(found.tables["orders"]))
    assert kept == [("a\x1f00", 2), ("a\x1f00", 3), ("a\x1f01", 4), ("a\x1f01", 5)]
    assert found.undated == {("a", "orders")}


def test_a_row_of_two_people_is_once_in_the_group_of_both_on_its_day(tmp_path: Path) -> None:
    """Ann and Bob share an order of the 5th, when she is on the hot line, and one of the 20th, when both are at the
    desk: there it counts once too often.
    """
    roster = canonical_rows("roster", [*moves(october(7)), {"agent_id": "b"}])
    people, _ = agents_of_month(roster, OCTOBER, policy(RULES))
    identity, _ = build_identity([Person(one, one, (), NOWHERE) for one in "ab"], {})
    rows = [{**order(who, day, str(day)), "source_row": day} for day in (5, 20) for who in "ab"]
    tables = {"orders": credited(frame(tmp_path, "orders", canonical_rows("orders", rows)), identity)}
    stretches = stretches_of(people, OCTOBER)
    keyed = with_span_keys(tables, stretches, OCTOBER, [])
    groups = {"a": "desk", "b": "desk", **{one.key: one.group for one in stretches}}
    again = repeated_counts(policy(RULES), keyed, groups, OCTOBER, ["orders"])
    assert {one.agent_id: one.value for one in again if one.measure == "sold"} == {"hot": 0, "desk": 20}
