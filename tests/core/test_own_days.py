"""Rows outside people's own days in a month are the team's and no person's; rows that name two people are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from csctl.core.compute import compute_month
from csctl.core.coverage.of_month import with_not_employed
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.terms import credited
from csctl.core.people.at_odds import at_odds
from csctl.core.people.identity import Person, build_identity
from csctl.core.people.own_days import Split, outside_rows, outside_said, split_by_own_days
from csctl.core.preparing.month import prepare_month
from csctl.core.records.fates import Fates
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, Row, agent, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
STAYS = agent("a1")
LEAVES = agent("a2", left_on=date(2026, 10, 9))
COMES = agent("a3", hired_on=date(2026, 10, 20))
TEAM = [STAYS, LEAVES, COMES]
IDENTITY, _ = build_identity([Person(one.agent_id, one.name, (), NOWHERE) for one in TEAM], {})


def _table(folder: Path, table: str, rows: Sequence[Row], engine: Engine = "polars") -> dict[str, Frame]:
    return {table: credited(frame(folder, table, canonical_rows(table, rows), engine), IDENTITY)}


def _split(tables: Mapping[str, Frame], undated: Sequence[str] = ()) -> Split:
    return split_by_own_days(tables, TEAM, OCTOBER, undated)


def _rows(found: Mapping[str, Frame], table: str) -> list[int]:
    return sorted(row["source_row"] for row in records(found[table])) if table in found else []


def _order(who: str, day: int, amount: str = "5.00") -> Row:
    return {"agent_id": who, "date": date(2026, 10, day), "amount": D(amount)}


@pytest.mark.parametrize("engine", ENGINES)
def test_orders_after_the_last_day_and_before_the_first_are_no_persons(tmp_path: Path, engine: Engine) -> None:
    """The last day and the first day themselves are theirs; who is here all month keeps everything."""
    orders = [_order("a1", 30), _order("a2", 9), _order("a2", 10), _order("a3", 19, "7.50"), _order("a3", 20)]
    split = _split(_table(tmp_path, "orders", orders, engine))
    assert (_rows(split.own, "orders"), _rows(split.outside, "orders")) == ([2, 3, 6], [4, 5])
    assert split.people == {"a2", "a3"}
    (said,) = outside_said(split, TEAM, OCTOBER)
    assert (said.code, said.place.row) == ("money-outside-own-days", 4)
    assert said.parameters["rows"] == "2"
    assert said.parameters["amounts"] == "12.50"
    assert said.found == ("name of a2 a2 (… 2026-10-09)", "name of a3 a3 (2026-10-20 …)")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_contact_of_the_last_evening_is_still_the_leavers(tmp_path: Path, engine: Engine) -> None:
    """23:59 of the last day counts, midnight after it does not."""
    moments = [datetime.fromisoformat("2026-10-09T23:59"), datetime.fromisoformat("2026-10-10T00:00")]
    contacts = [{"agent_id": "a2", "started_at": one} for one in moments]
    split = _split(_table(tmp_path, "interactions", contacts, engine))
    assert (_rows(split.own, "interactions"), _rows(split.outside, "interactions")) == ([2], [3])
    assert [one.code for one in outside_said(split, TEAM, OCTOBER)] == ["rows-outside-own-days"]


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_without_a_day_stay_with_the_person(tmp_path: Path, engine: Engine) -> None:
    """An empty day, a file without days, and sums that bear the month's first day."""
    figure = {"metric": "chats", "value": D(40)}
    rows = [{"agent_id": who, "date": date(2026, 10, 1), **figure} for who in ("a1", "a3")]
    assert _split(_table(tmp_path / "first", "kpis", rows, engine)).outside == {}
    rows = [{"agent_id": "a3", "date": None, **figure}, {"agent_id": "a3", "date": date(2026, 10, 21), **figure}]
    assert _split(_table(tmp_path / "empty", "kpis", rows, engine)).outside == {}
    rows = [{"agent_id": "a3", "date": date(2026, 10, day), **figure} for day in (1, 2)]
    assert _split(_table(tmp_path / "undated", "kpis", rows, engine), ["kpis.csv"]).outside == {}


def test_empty_days_and_zeros_after_the_last_day_are_not_worth_a_word(tmp_path: Path) -> None:
    """A system that lists everybody every day: the zeros are nobody's, and nothing is said of them."""
    rows = [{"agent_id": "a2", "date": date(2026, 10, day), "metric": "chats", "value": D(value)}
            for day, value in ((8, 31), (9, 28), (10, 0), (11, 0))]  # fmt: skip
    split = _split(_table(tmp_path, "kpis", rows))
    assert _rows(split.own, "kpis") == [2, 3]
    assert outside_said(split, TEAM, OCTOBER) == []
    days = [{"agent_id": "a2", "date": date(2026, 10, 12)}, {"agent_id": "a1", "date": date(2026, 10, 12)}]
    assert outside_said(_split(_table(tmp_path / "days", "attendance", days)), TEAM, OCTOBER) == []


def test_a_punch_after_the_last_day_is_said(tmp_path: Path) -> None:
    """Somebody punched who is said to have left."""
    punch = {"agent_id": "a2", "date": date(2026, 10, 12), "in_at": datetime.fromisoformat("2026-10-12T09:00")}
    days = [punch, {"agent_id": "a1", "date": date(2026, 10, 13)}]
    (said,) = outside_said(_split(_table(tmp_path, "attendance", days)), TEAM, OCTOBER)
    assert (said.code, said.parameters["rows"]) == ("rows-outside-own-days", "1")


def test_plans_and_titles_say_nothing_of_their_day(tmp_path: Path) -> None:
    """The target of somebody who comes on the 20th bears the 1st; other months are left alone."""
    rows = [{"agent_id": "a3", "date": date(2026, 10, 1)}, {"agent_id": "a1", "date": date(2026, 10, 2)}]
    assert _split(_table(tmp_path, "targets", rows)).outside == {}
    earlier = [{**_order("a3", 1), "date": date(2026, 9, 14), "month": "2026-09"}]
    assert _split(_table(tmp_path / "september", "orders", earlier)).outside == {}


def test_rows_outside_own_days_have_the_fate_of_people_who_are_not_employed(tmp_path: Path) -> None:
    """Of five rows that counted, two do no more."""
    orders = [_order("a1", 30), _order("a2", 9), _order("a2", 10), _order("a3", 19), _order("a3", 20)]
    split = _split(_table(tmp_path, "orders", orders))
    read = [Fates("orders.csv", "", "orders", 6, header=1, counted=5)]
    (found,) = with_not_employed(read, outside_rows(split))
    assert (found.counted, found.not_employed) == (3, 2)
    (shared,) = with_not_employed([Fates("orders.csv", "", "orders", 6, header=1, counted=5, shared=5)],
                                  outside_rows(split))  # fmt: skip
    assert (shared.counted, shared.not_employed) == (5, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_beside_the_name_of_somebody_else_is_said_once_for_the_file(tmp_path: Path, engine: Engine) -> None:
    """Three rows of two pairs; the right name, an unknown nickname and a missing one say nothing against a number."""
    names = {"a1": "name of a2", "a2": "name of a1", "a3": "name of a3"}
    rows = [{"agent_id": who, "agent_name": names[who]} for who in ("a1", "a2", "a1", "a3")]
    rows += [{"agent_id": "a1", "agent_name": "Nick"}, {"agent_id": "a1"}, {"agent_name": "name of a2"}]
    (said,) = at_odds(frame(tmp_path, "orders", canonical_rows("orders", rows), engine), IDENTITY, OCTOBER)
    assert (said.code, said.place.row, said.parameters["rows"]) == ("id-and-name-differ", 2, "3")
    assert said.found == ("a1 ≠ name of a2 × 2", "a2 ≠ name of a1 × 1")


def test_a_name_that_two_people_bear_agrees_with_either_number(tmp_path: Path) -> None:
    """The number says which of the two it is."""
    twins, _ = build_identity([Person("b1", "Kim", (), NOWHERE), Person("b2", "Kim", (), NOWHERE)], {})
    rows = canonical_rows("orders", [{"agent_id": "b1", "agent_name": "Kim"}, {"agent_id": "b2", "agent_name": "KIM"}])
    assert at_odds(frame(tmp_path, "orders", rows), twins, OCTOBER) == []


POOL = """
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.pool]]
label = "pool"
of = "sales"
mode = "marginal"
share = 1
tiers = [ { from = 0, rate = 0.1 } ]
counts = "COUNTS"
"""


@pytest.mark.parametrize(("counts", "cents"), [("everybody", 160_00), ("employed", 150_00)])
def test_what_came_in_outside_own_days_is_in_the_pool_of_everybody(tmp_path: Path, counts: str, cents: int) -> None:
    """The leaver's own sales are 30; ten more came in on the day after, which only the team has sold."""
    people = [
        {"agent_id": "a1", "agent_name": "Ann", "hired_on": date(2020, 1, 1), "base_pay": D(3000)},
        {"agent_id": "a2", "agent_name": "Bob", "hired_on": date(2020, 1, 1), "left_on": date(2026, 10, 9),
         "base_pay": D(3000)},
    ]  # fmt: skip
    orders = [_order("a1", 12, "120.00"), _order("a2", 9, "30.00"), _order("a2", 10, "10.00")]
    opened = {"orders": frame(tmp_path, "orders", canonical_rows("orders", orders))}
    rules = policy(POOL.replace("COUNTS", counts))
    given, problems = prepare_month(rules, OCTOBER, canonical_rows("roster", people), opened, {}, WEEKENDS_OFF, ())
    sales = {one.agent_id: one.value for one in given.measured if one.measure == "sales"}
    assert sales == {"a1": D("120.00"), "a2": D("30.00")}
    assert [one.code for one in problems] == ["money-outside-own-days"]
    (pool,) = compute_month(given).pools
    assert pool.base_cents == cents
