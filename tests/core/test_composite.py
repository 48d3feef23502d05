"""Composites: where an agent stands among the others in several measures at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.explaining.explain import Explained, explanation_tree, find_node
from csctl.core.measuring.composites import composite_values, positions
from csctl.core.records.lines import Measured, as_records
from csctl.core.records.result import MonthResult
from csctl.policy.parts import Composite, CompositePart
from tests.policy.small import changed, load_good, load_texts
from tests.workbench import D, agent, cents_by_line, month_of, policy, score_lines

BEST = Composite.model_validate(
    {
        "label": "综合",
        "of": [
            {"measure": "conversion", "weight": D(2)},
            {"measure": "response", "lowest_is_best": True},
        ],
    }
)
Values = dict[str, dict[str, Decimal | None]]


def _values(**rows: tuple[str | None, str | None]) -> Values:
    return {
        who: {
            name: None if cell is None else D(cell) for name, cell in zip(("conversion", "response"), row, strict=True)
        }
        for who, row in rows.items()
    }


FOUR = _values(a=("50", "30"), b=("40", "20"), c=("40", "20"), d=("10", "90"))


def _composites(values: Values, ranked: str = "abcd") -> dict[str, str]:
    return {who: str(value) for who, value in composite_values(BEST, values, frozenset(ranked)).items()}


def test_four_agents_worked_out_by_hand() -> None:
    """Conversion: a 100, b and c (1 worse + half of 1 equal) ÷ 3 = 50, d 0. Response: b, c (2 + ½) ÷ 3, a 1 ÷ 3, d 0.

    Twice the first and once the second, by three: a (200 + 33.33…) ÷ 3, b and c (100 + 83.33…) ÷ 3.
    """
    assert _composites(FOUR) == {"a": "77.78", "b": "61.11", "c": "61.11", "d": "0.00"}


def test_somebody_alone_is_at_the_top() -> None:
    """There is nobody to be behind of."""
    assert _composites(_values(a=("0", "999"))) == {"a": "100.00"}
    assert _composites(FOUR, "d") == {"d": "100.00"}


def test_all_alike_stand_in_the_middle() -> None:
    """Half of the equal ones count as worse."""
    assert _composites(_values(a=("1", "1"), b=("1", "1"), c=("1", "1"))) == {"a": "50.00", "b": "50.00", "c": "50.00"}


def test_who_lacks_a_part_has_no_composite_and_still_counts_where_there_is_a_value() -> None:
    """Missing is not zero: b has no response time, but c is better than b in conversion."""
    values = _values(a=("50", "30"), b=("10", None), c=("40", "20"))
    assert _composites(values, "abc") == {"a": "66.67", "c": "66.67"}
    assert positions(BEST.of[0], values, frozenset("abc")) == {"a": 100, "b": 0, "c": 50}


def test_who_does_not_compete_is_not_compared() -> None:
    """A level that is not scored changes nobody's position and has none."""
    assert _composites(FOUR, "abc") == {"a": "66.67", "b": "41.67", "c": "41.67"}


numbers = st.integers(0, 5).map(D)
teams = st.dictionaries(
    st.sampled_from("abcdef"),
    st.fixed_dictionaries({"conversion": st.none() | numbers, "response": st.none() | numbers}),
    min_size=1,
)


@given(teams)
def test_positions_of_a_measure_average_to_the_middle(values: Values) -> None:
    """What one gains another loses: the mean position of two or more is 50, whichever end is best."""
    ranked = frozenset(values)
    for part in BEST.of:
        found = positions(part, values, ranked)
        assert sum(found.values()) == Fraction(50) * len(found) if len(found) > 1 else set(found.values()) <= {100}
        assert all(0 <= position <= 100 for position in found.values())


@given(teams, st.sampled_from("abcdef"), numbers)
def test_a_better_value_never_lowers_the_own_composite(values: Values, who: str, gain: Decimal) -> None:
    """And never raises anybody else's."""
    if who not in values or values[who]["conversion"] is None:
        return
    better = {**values, who: {**values[who], "conversion": (values[who]["conversion"] or D(0)) + gain}}
    before, after = (composite_values(BEST, one, frozenset(one)) for one in (values, better))
    assert before.keys() == after.keys()
    assert all(after[one] >= before[one] if one == who else after[one] <= before[one] for one in before)


@given(teams)
def test_the_order_of_people_does_not_matter(values: Values) -> None:
    """Nor do the sizes of the weights, only their proportions."""
    turned = dict(reversed(values.items()))
    larger = BEST.model_copy(
        update={"of": [CompositePart.model_validate({**dict(part), "weight": part.weight * 7}) for part in BEST.of]}
    )
    assert composite_values(BEST, turned, list(turned)) == composite_values(BEST, values, list(values))
    assert composite_values(larger, values, list(values)) == composite_values(BEST, values, list(values))


# ---- in a month ------------------------------------------------------------

RULES = policy("""
[composite.best]
label = "综合表现"
rule = "T1-074"
of = [{ measure = "conversion", weight = 2 }, { measure = "response", lowest_is_best = true }]
[measure.conversion]
label = "转化率"
unit = "%"
table = "kpis"
sum = "value"
[measure.response]
label = "响应"
unit = "s"
table = "interactions"
mean = "first_response_seconds"
[score]
pass_mark = 0
[[level]]
id = "normal"
[[level]]
id = "reserve"
scored = false
[[dimension]]
id = "all"
label = "all"
weight = 100
[[dimension.indicator]]
id = "best"
label = "best"
measure = "composite.best"
missing = "zero"
out_of = 100
[[adjustment]]
id = "leader"
label = "leader"
points = 5
when = { first = "composite.best" }
[pay.base]
by = "level"
amounts = { normal = 1000, reserve = 1000 }
[[pay.award]]
id = "prize"
label = "prize"
amount = 100
first = "composite.best"
ties = "split"
""")
TEAM = [agent(who, level="reserve" if who == "e" else "normal") for who in "abcde"]


def _month(values: Mapping[str, Mapping[str, object]]) -> MonthResult:
    return month_of(RULES, TEAM, values)


def test_a_composite_is_scored_ranked_and_paid_like_any_measure() -> None:
    """b and c share the first place: points, the adjustment for being first, and half the prize each."""
    result = _month(
        {**_values(b=("50", "20"), c=("50", "20"), a=("40", "30"), e=("99", "1")), "d": {"conversion": None}}
    )
    found = {one.agent_id: one for one in as_records(result.measures, Measured) if one.measure == "composite.best"}
    assert {who: (one.value, one.n) for who, one in found.items()} == {
        "a": (D("0.00"), 3), "b": (D("75.00"), 3), "c": (D("75.00"), 3), "d": (None, 0), "e": (None, 0),
    }  # fmt: skip
    assert found["a"].source == "conversion+response"
    lines = {line.line: line for line in score_lines(result, "b")}
    assert (lines["best"].contribution, lines["best"].unit, lines["leader"].contribution) == (
        D("75.00"),
        "points",
        D("5.00"),
    )
    assert {who: cents_by_line(result, who).get("prize") for who in "abcde"} == {
        "a": None, "b": 5000, "c": 5000, "d": None, "e": None,
    }  # fmt: skip


def test_an_award_needs_no_score() -> None:
    """A policy that only pays compares everybody on a level that competes."""
    parts: dict[str, object] = {"score": None, "dimension": [], "adjustment": []}
    result = month_of(RULES.model_copy(update=parts), TEAM, _values(a=("1", "1"), b=("2", "1"), e=("9", "0")))
    assert {who: cents_by_line(result, who).get("prize") for who in "abe"} == {"a": None, "b": 10000, "e": None}


def test_an_explanation_shows_the_parts_of_a_composite() -> None:
    """Each part with its weight and position, and below it the part's own rows."""
    result = _month(_values(a=("40", "30"), b=("50", "20"), c=("50", "25")))
    tree = explanation_tree(Explained(result, TEAM[1], [], lambda _: [], "zh"))
    node = find_node(tree, "composite.best")
    assert node is not None
    assert (node.label, node.value, node.rule) == ("综合表现", "83.33 分", "T1-074")
    assert [(child.label, child.value, child.note) for child in node.children] == [
        ("转化率", "50 %", "权重 2，优于 75% 的同事"),
        ("响应", "20 秒", "权重 1，优于 100% 的同事"),
    ]


# ---- what the linter says --------------------------------------------------

OF = '[composite.both]\nlabel = "both"\nof = [{ measure = "csat" }, { measure = "%s" }]\n'


def test_a_composite_is_a_measure_to_name() -> None:
    """It may be first in something, and its parts count as used."""
    text = changed(('first = "contacts"', 'first = "composite.both"')) + OF % "contacts"
    assert load_good({"own": text}).findings == ()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("contcts", "policy-unknown-measure"),
        ("composite.other", "policy-unknown-measure"),
        ("composite.both", "policy-composite-of-composite"),
    ],
)
def test_a_composite_is_made_of_measures_that_exist(part: str, code: str) -> None:
    """A part that nobody declares, or another composite, is refused with its line."""
    text = changed() + OF % part
    _, problems = load_texts({"own": text})
    assert (code, part) in [(one.code, one.found) for one in problems]
    assert {one.place.row for one in problems} == {len(text.rstrip().splitlines())}


def test_a_child_may_change_one_key_of_a_composite() -> None:
    """Composites go by name, as measures do."""
    child = 'id = "child"\nlabel = "c"\nversion = "1"\nextends = ["own"]\n[composite.both]\nlabel = "neu"\n'
    parent = changed(('first = "contacts"', 'first = "composite.both"')) + OF % "contacts"
    loaded = load_good({"child": child, "own": parent}, "child")
    assert (loaded.policy.composite["both"].label, len(loaded.policy.composite["both"].of)) == ("neu", 2)
