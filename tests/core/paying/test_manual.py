"""One-off amounts: paid or taken as they are written, each with its reason, its approver and the row it stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.records.pay_item import PayItem, row_of_source
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.problems import Place
from tests.core.paying.plan import plan
from tests.workbench import D, agent, cents_by_line, codes, month_of, pay_lines

HEAT = "[[pay.manual]]\nid = 'heat'\nlabel = 'Heat'\nitems = ['高温补贴', 'heat subsidy']\n"
GEAR = "[[pay.manual]]\nid = 'gear'\nlabel = 'Equipment'\nitems = ['设备赔偿']\ntakes = true\n"
REST = "[[pay.manual]]\nid = 'other'\nlabel = 'Other'\n"


def item(name: str, amount: object, who: str = "a", row: int = 2) -> PayItem:
    """Entered in the file of the month, approved by Li."""
    return PayItem(who, name, D(str(amount)), "a reason", "Li", Place("items.xlsx", "October", row))


def paid(text: str, *items: PayItem) -> MonthResult:
    """October of a and b, junior agents."""
    people = [agent(who, level="junior") for who in ("a", "b")]
    return month_of(plan(text), people, {"a": {"x": 80}, "b": {"x": 70}}, items=items)


def test_each_row_is_a_line_with_reason_approver_and_row() -> None:
    """Two rows of one item are two lines; 2,175 of base pay stand beside them."""
    result = paid(HEAT, item("高温补贴", 200), item("Heat Subsidy", "80.50", row=7))
    lines = [line for line in pay_lines(result, "a") if line.kind == "manual"]
    assert [(line.line, line.amount_cents, line.note) for line in lines] == [
        ("heat.1", 200_00, "高温补贴：a reason（Li批准）"),
        ("heat.2", 80_50, "Heat Subsidy：a reason（Li批准）"),
    ]
    assert [row_of_source(line.source) for line in lines] == [
        Place("items.xlsx", "October", 2), Place("items.xlsx", "October", 7)
    ]  # fmt: skip
    assert cents_by_line(result, "b") == {"base": 2175_00}
    assert codes(result) == []


def test_what_is_taken_is_written_without_a_sign() -> None:
    """150 for a headset."""
    assert cents_by_line(paid(GEAR, item("设备赔偿", 150)), "a")["gear.1"] == -150_00


@pytest.mark.parametrize("amount", [-1, 0, "-0.01"])
@pytest.mark.parametrize("text", [HEAT + GEAR])
def test_an_amount_with_a_sign_or_of_nothing_is_said_and_neither_paid_nor_taken(amount: object, text: str) -> None:
    """Nobody can say whether −50 of a compensation is paid back or taken."""
    for name in ("高温补贴", "设备赔偿"):
        result = paid(text, item(name, amount))
        assert [line.line for line in pay_lines(result, "a")] == ["base"]
        (said,) = [one for one in result.problems if one.code == "pay-item-signed"]
        assert said.place == Place("items.xlsx", "October", 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_that_no_component_is_for_is_said_with_what_to_write(language: str) -> None:
    """How many rows, how much in all."""
    result = paid(HEAT, item("年终奖", 1000), item("年终奖", 500, "b", 3))
    assert [line.line for who in "ab" for line in pay_lines(result, who)] == ["base", "base"]
    (said,) = [one for one in result.problems if one.code == "pay-item-unknown"]
    assert "1,500.00" in problem_text(said, language)
    assert 'items = ["年终奖"]' in problem_fix(said, language)


def test_without_any_component_everything_is_said() -> None:
    """The file is not passed over."""
    assert codes(paid("", item("高温补贴", 200))) == ["pay-item-unknown"]


def test_a_component_that_names_nothing_has_what_no_other_names() -> None:
    """In whatever order they stand."""
    for text in (HEAT + REST, REST + HEAT):
        lines = cents_by_line(paid(text, item("高温补贴", 200), item("年终奖", 1000)), "a")
        assert (lines["heat.1"], lines["other.1"]) == (200_00, 1000_00)


@pytest.mark.parametrize(("second", "limit"), [(100, None), ("100.01", -1), (300, -200_00)])
def test_what_lies_above_the_limit_of_a_month_is_a_line_of_its_own(second: object, limit: int | None) -> None:
    """At most 300 for each person: 200 and 100 are paid, of 200 and 300 the last 200 are not."""
    text = HEAT + "at_most = 300\n"
    lines = cents_by_line(paid(text, item("高温补贴", 200), item("高温补贴", second), item("高温补贴", 300, "b")), "a")
    assert lines.get("heat.limit") == limit


def test_the_limit_of_what_is_taken_gives_back() -> None:
    """150 of which 100 may be taken."""
    lines = cents_by_line(paid(GEAR + "at_most = 100\n", item("设备赔偿", 150)), "a")
    assert (lines["gear.1"], lines["gear.limit"]) == (-150_00, 50_00)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 100_000)), max_size=6))
def test_what_is_paid_is_what_was_entered(rows: list[tuple[str, int]]) -> None:
    """To the cent, of everybody."""
    items = [item("高温补贴", D(cents) / 100, who, row) for row, (who, cents) in enumerate(rows, 2)]
    result = paid(HEAT, *items)
    for who in "ab":
        own = sum(line.amount_cents for line in pay_lines(result, who) if line.kind == "manual")
        assert own == sum(cents for owner, cents in rows if owner == who)


def test_a_few_cents_are_an_amount() -> None:
    """Nothing is too small but nothing itself."""
    result = paid(HEAT, item("高温补贴", "0.01"))
    assert (cents_by_line(result, "a")["heat.1"], codes(result)) == (1, [])


def test_what_no_component_is_for_is_said_once_whatever_its_sign() -> None:
    """That it has a sign is no second fault."""
    assert codes(paid(HEAT, item("年终奖", -1000))) == ["pay-item-unknown"]
