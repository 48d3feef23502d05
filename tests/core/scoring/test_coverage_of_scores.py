"""A score needs data for enough of its weight: below the least part there is none, and base pay stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.lines import ScoreLine
from csctl.core.records.result import MonthResult
from csctl.core.scoring.basis import covered_part, is_thin
from csctl.core.scoring.raters import AgentView
from csctl.core.scoring.ratings import Sheets
from csctl.messages import problem_text
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    agent,
    cents_by_line,
    codes,
    measured,
    month_of,
    policy,
    rating,
    score_lines,
    scores,
)

Values = Mapping[str, Mapping[str, object]]

PAY = """
[[grade]]
label = "top"
at_least = 80
coefficient = 1.2
[[grade]]
label = "rest"
coefficient = 1
[measure.sales]
label = "sales"
table = "orders"
sum = "amount"
unit = "yuan"
[pay]
[pay.base]
by = "roster"
[[pay.pool]]
label = "pool"
of = "sales"
per = "team"
share = 1
mode = "marginal"
tiers = [{ from = 0, rate = 0.1 }]
[[pay.award]]
id = "good"
label = "good"
amount = 100
when = { score = { at_least = 0 } }
"""


def rules(weights: str, score: str = "", more: str = "") -> Policy:
    """Items ``name:weight[:missing]`` of one dimension, each the measure of its name out of 100."""
    text = f"[score]\npass_mark = 60\n{score}\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
    for word in weights.split():
        name, weight, *missing = word.split(":")
        text += f"[[dimension.indicator]]\nid = '{name}'\nlabel = '{name.upper()}'\nweight = {weight}\n"
        text += f"measure = '{name}'\nout_of = 100\nmissing = '{(missing or ['reweight'])[0]}'\n"
    return policy(text + more)


def thin(result: MonthResult) -> list[Problem]:
    """The warnings of the month about scores that rest on too little."""
    return [one for one in result.problems if one.code == "score-too-thin"]


@pytest.mark.parametrize(
    ("known", "status"), [("50", "scored"), ("50.01", "scored"), ("49.99", "thin"), ("1", "thin"), ("100", "scored")]
)
def test_exactly_half_of_the_weight_is_enough(known: str, status: str) -> None:
    """One item is known and weighs so much; the rest of the weight lies on one without data."""
    rest = D(100) - D(known)
    words = f"x:{known} y:{rest}" if rest else f"x:{known}"
    one = scores(month_of(rules(words), [agent("a")], {"a": {"x": 90, "y": None}}))["a"]
    assert (one.status, one.score is None) == (status, status == "thin")


@pytest.mark.parametrize(("least", "status"), [("0.3", "scored"), ("0.31", "thin"), ("0", "scored"), ("1", "thin")])
def test_the_policy_says_how_much_is_enough(least: str, status: str) -> None:
    """30 of 100 points rest on data."""
    text = rules("x:30 y:70", f"min_coverage = {least}")
    assert scores(month_of(text, [agent("a")], {"a": {"x": 90, "y": None}}))["a"].status == status


@pytest.mark.parametrize("missing", ["reweight", "zero", "full", "team_mean"])
def test_what_stands_in_for_data_is_none(missing: str) -> None:
    """Whatever a missing item counts as, it rests on nothing."""
    values: Values = {"a": {"x": 90, "y": None}, "b": {"x": 80, "y": 70}}
    found = scores(month_of(rules(f"x:40 y:60:{missing}"), [agent("a"), agent("b")], values))
    assert {who: one.status for who, one in found.items()} == {"a": "thin", "b": "scored"}


def test_a_value_that_is_zero_is_data() -> None:
    """0 was measured; nobody lacks anything."""
    found = scores(month_of(rules("x:40 y:60"), [agent("a")], {"a": {"x": 90, "y": 0}}))["a"]
    assert (found.status, str(found.score)) == ("scored", "36.00")


def test_without_enough_data_no_rank_no_grade_no_coefficient_no_share_and_base_pay_stands() -> None:
    """a has the best figure there is and 40 of 100 points; b and c share the pool of 100.00 as if a were not there."""
    values: Values = {
        "a": {"x": 100, "y": None, "sales": 700}, "b": {"x": 60, "y": 60, "sales": 300},
        "c": {"x": 60, "y": 60, "sales": 0},
    }  # fmt: skip
    staff = [agent(who, base_pay=D(3000)) for who in "abc"]
    result = month_of(rules("x:40 y:60", more=PAY), staff, values)
    found = scores(result)
    assert (found["a"].score, found["a"].rank, found["a"].grade, found["a"].coefficient) == (None, None, "", None)
    assert (found["b"].rank, found["c"].rank) == (1, 1)
    assert cents_by_line(result, "a") == {"base": 300000}
    assert cents_by_line(result, "b") == {"base": 300000, "good": 10000, "pool1": 5000}


def test_the_warning_names_the_person_the_share_and_what_lacks_data() -> None:
    """A share just below the least one is never shown as enough."""
    result = month_of(rules("x:49.99 y:30 z:20.01"), [agent("a")], {"a": {"x": 90, "y": None, "z": None}})
    (said,) = thin(result)
    assert (said.severity, said.found, said.parameters["share"], said.parameters["least"]) == (
        Severity.WARNING, "a", "49", "50",
    )  # fmt: skip
    for language in ("zh", "en"):
        text = problem_text(said, language)
        assert "Y" in text
        assert "Z" in text
        assert "X" not in text


def test_the_lines_of_somebody_without_a_score_show_what_is_known_and_add_nothing() -> None:
    """The value and points stand; what lacks data has none; nothing is at stake."""
    lines = score_lines(month_of(rules("x:40 y:60:zero"), [agent("a")], {"a": {"x": 90, "y": None}}), "a")

    def shown(line: ScoreLine) -> tuple[str, object, object, str, str]:
        return line.line, line.value, line.points, str(line.contribution), line.missing

    assert [shown(line) for line in lines] == [("x", D(90), D(90), "0.00", ""), ("y", None, None, "0.00", "")]
    assert {line.weight for line in lines} == {D(0)}


def test_the_sums_of_a_month_agree_where_somebody_has_no_score() -> None:
    """Lines that add nothing are no disagreement with a score that is not there."""
    result = month_of(rules("x:40 y:60"), [agent("a")], {"a": {"x": 90, "y": None}})
    assert {one.code for one in arithmetic_topic(result)} == {"closing-sums-right"}


def test_a_missing_value_that_stops_the_month_comes_first() -> None:
    """The policy forbids a score without the item: the month waits for it, however little else there is."""
    result = month_of(rules("x:30 y:40:block z:30"), [agent("a")], {"a": {"x": 90, "y": None, "z": None}})
    assert codes(result) == ["score-blocked"]


@pytest.mark.parametrize(("own", "status"), [(50, "scored"), (49, "thin")])
def test_a_raters_sheet_counts_by_its_share(own: int, status: str) -> None:
    """Only the own sheet judges the item: its share of the weight is covered, that of the superior is not."""
    text = (
        f"[score]\npass_mark = 60\nraters = {{ self = {own}, superior = {100 - own} }}\n"
        "[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'i'\nlabel = 'I'\nrating = 'i'\nmissing = 'zero'\n"
    )
    result = month_of(policy(text), [agent("a")], {"a": {}}, [rating("a", "i", "80", role="self")])
    assert scores(result)["a"].status == status


def test_an_item_that_one_sheet_lacks_is_named_and_covers_the_share_of_the_other() -> None:
    """30 % own, 70 % superior: y is 90 of 100 and judged by the own sheet alone, x of 10 is measured: 10 + 27 = 37."""
    text = (
        "language = 'en'\n[score]\npass_mark = 60\nraters = { self = 30, superior = 70 }\n"
        "[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'x'\nlabel = 'X'\nweight = 10\nmeasure = 'x'\nout_of = 100\nmissing = 'zero'\n"
        "[[dimension.indicator]]\nid = 'y'\nlabel = 'Y'\nweight = 90\nrating = 'y'\nmissing = 'zero'\n"
    )
    (said,) = thin(month_of(policy(text), [agent("a")], {"a": {"x": 90}}, [rating("a", "y", "80", role="self")]))
    assert (said.parameters["share"], said.parameters["indicators"]) == ("37", "Y")


def test_where_nothing_is_at_stake_nothing_is_thin() -> None:
    """A policy without items, or without a score, asks for no data."""
    view = AgentView("a", {}, {}, Sheets([]))
    assert covered_part(policy("[score]\npass_mark = 60\n"), view, {}) == 1
    assert not is_thin(policy("[pay.base]\nby = 'roster'\n"), view, {})


def test_a_composite_of_somebody_who_lacks_a_part_is_missing_and_so_is_its_weight() -> None:
    """A composite needs all of its parts; what rests on it has no data."""
    more = (
        "[measure.p]\nlabel = 'p'\ntable = 'surveys'\nmean = 'score'\nunit = 'points'\n"
        "[measure.q]\nlabel = 'q'\ntable = 'exams'\nmean = 'score'\nunit = 'points'\n"
        "[composite.both]\nlabel = 'both'\nof = [{ measure = 'p' }, { measure = 'q' }]\n"
    )
    text = rules("x:40 both:60", more=more).model_dump(by_alias=True, exclude_unset=True)
    text["dimension"][0]["indicator"][1]["measure"] = "composite.both"
    values: Values = {"a": {"x": 90, "p": 5, "q": None}, "b": {"x": 90, "p": 4, "q": 3}, "c": {"x": 90, "p": 3, "q": 3}}
    found = scores(month_of(Policy.model_validate(text), [agent(who) for who in "abc"], values))
    assert {who: one.status for who, one in found.items()} == {"a": "thin", "b": "scored", "c": "scored"}


def test_scores_of_the_others_are_as_without_the_person() -> None:
    """Nobody's score, rank or share moves because somebody else lacks data."""
    values: Values = {"a": {"x": 100, "y": None}, "b": {"x": 60, "y": 70}, "c": {"x": 50, "y": 90}}
    text = rules("x:40 y:60")
    every = scores(month_of(text, [agent(who) for who in "abc"], values))
    alone = scores(month_of(text, [agent(who) for who in "bc"], {who: values[who] for who in "bc"}))
    assert {who: every[who] for who in "bc"} == alone


def test_rows_without_a_value_are_no_data() -> None:
    """Too few rows for a figure leave it missing, with the count."""
    few = replace(measured({"a": {"y": None}})[0], n=2)
    given = MonthInput(rules("x:40 y:60"), OCTOBER, [agent("a")], [*measured({"a": {"x": 90}}), few], [],
                       WEEKENDS_OFF, [])  # fmt: skip
    result = compute_month(given)
    assert scores(result)["a"].status == "thin"
    assert [line.n for line in score_lines(result, "a")] == [1, 2]


@pytest.mark.parametrize(("least", "rows", "value"), [(3, 3, "90"), (3, 2, None), (2, 2, "90"), (2, 1, None)])
def test_an_item_with_fewer_rows_than_it_asks_for_is_missing_and_the_count_is_said(
    least: int, rows: int, value: str | None
) -> None:
    """Three answers are enough where three are asked for; of two the figure is missing, and two are shown."""
    text = rules("x:50 y:50")
    dimension = text.dimension[0]
    asking = dimension.indicator[1].model_copy(update={"min_n": least})
    text = text.model_copy(
        update={"dimension": [dimension.model_copy(update={"indicator": [dimension.indicator[0], asking]})]}
    )
    few = replace(measured({"a": {"y": 90}})[0], n=rows)
    given = MonthInput(text, OCTOBER, [agent("a")], [*measured({"a": {"x": 80}}), few], [], WEEKENDS_OFF, [])
    line = score_lines(compute_month(given), "a")[1]
    assert (line.n, line.value) == (rows, None if value is None else D(value))
    assert line.marks == (() if value else ("missing", f"few:{rows}"))


def test_a_count_of_nothing_needs_no_rows() -> None:
    """Nobody complained: a value, unless the item asks for more than one row."""
    none = replace(measured({"a": {"x": 0}})[0], n=0)
    given = MonthInput(rules("x:100"), OCTOBER, [agent("a")], [none], [], WEEKENDS_OFF, [])
    assert score_lines(compute_month(given), "a")[0].value == 0
