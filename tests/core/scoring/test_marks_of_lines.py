"""Lines that rest on something inferred or incomplete say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from csctl.core.closing.differences import differences
from csctl.core.compute import MonthInput, compute_month
from csctl.core.measuring.windows import short_windows, windows_said
from csctl.core.records.lines import ScoreLine, as_frame, as_records
from csctl.core.records.marks import marks_text
from csctl.core.records.result import MonthResult
from csctl.messages import problem_text
from csctl.month import Month
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, agent, measured, pay_lines, policy, rating, score_lines, scores

RULES = """
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "speed"
label = "Speed"
measure = "response"
missing = "reweight"
out_of = 100
[[dimension.indicator]]
id = "exam"
label = "Exam"
measure = "exam"
missing = "reweight"
out_of = 100
[measure.response]
label = "Response"
table = "interactions"
mean = "first_response_seconds"
unit = "s"
[measure.exam]
label = "Exam"
table = "exams"
mean = "score"
unit = "points"
[measure.sold]
label = "Sold this year"
table = "orders"
sum = "amount"
unit = "yuan"
window = "year_to_date"
[pay]
[pay.base]
by = "roster"
[[pay.award]]
id = "quick"
label = "quick"
amount = 10
when = { measure = "response", at_least = 0 }
[[pay.award]]
id = "sound"
label = "sound"
amount = 10
when = { score = { at_least = 60 } }
[[pay.award]]
id = "learned"
label = "learned"
amount = 10
when = { measure = "exam", at_least = 0 }
"""
DOUBTED = {"interactions": {"first_response_seconds": "wait", "handle_seconds": "talk"}}


def month(values: Mapping[str, Mapping[str, object]], doubted: Mapping[str, Mapping[str, str]]) -> MonthResult:
    """A month of the agents that have values."""
    staff = [agent(who, base_pay=D(3000)) for who in values]
    return compute_month(
        MonthInput(policy(RULES), OCTOBER, staff, measured(values), [], WEEKENDS_OFF, [], doubted=doubted)
    )


def marks(result: MonthResult) -> dict[str, tuple[str, ...]]:
    """What the lines of a say, score and pay."""
    found = {line.line: line.marks for line in score_lines(result, "a")}
    return found | {line.line: line.marks for line in pay_lines(result, "a")} | {"score": scores(result)["a"].marks}


def test_what_looks_at_a_column_in_doubt_is_marked_and_nothing_else() -> None:
    """The item, the score, and pay that rests on either; a doubt about a column that nobody looks at marks nothing."""
    found = marks(month({"a": {"response": 80, "exam": 90}}, DOUBTED))
    assert {name for name, own in found.items() if own} == {"speed", "score", "quick", "sound"}
    assert set(filter(None, found.values())) == {("column:wait",)}


def test_a_month_without_doubts_and_gaps_has_no_mark() -> None:
    """Nothing is said of what is certain."""
    assert not any(marks(month({"a": {"response": 80, "exam": 90}}, {})).values())


def test_a_figure_that_is_only_shown_marks_its_line_and_not_the_score() -> None:
    """Sales since January stand beside the speed and lack two months; neither score nor award rests on them."""
    rules = policy(RULES.replace('measure = "response"\nmissing', 'measure = "response"\nbeside = ["sold"]\nmissing'))
    values = measured({"a": {"response": 80, "exam": 90, "sold": 5}})
    short = {("a", "sold"): ("2026-01", "2026-02")}
    found = marks(compute_month(MonthInput(rules, OCTOBER, [agent("a")], values, [], WEEKENDS_OFF, [], short=short)))
    assert {name: own for name, own in found.items() if own} == {"speed": ("months:2026-01 2026-02",)}


def test_an_item_without_data_marks_the_score_and_what_rests_on_it() -> None:
    """Base pay rests on nothing of that. One row was there, which is said."""
    few = [replace(one, n=1) for one in measured({"a": {"response": 80, "exam": None}})]
    found = marks(
        compute_month(MonthInput(policy(RULES), OCTOBER, [agent("a", base_pay=D(3000))], few, [], WEEKENDS_OFF, []))
    )
    assert (found["exam"], found["score"], found["sound"]) == (("missing", "few:1"),) * 3
    assert (found["speed"], found["quick"], found["base"]) == ((), (), ())


def test_a_missing_sheet_marks_the_score() -> None:
    """Of the person it is missing for."""
    text = RULES.replace("pass_mark = 60", "pass_mark = 60\nraters = { self = 30, superior = 70 }")
    text = text.replace('measure = "exam"\nmissing', 'rating = "exam"\nmissing')
    values = {who: {"response": 80} for who in "ab"}
    given = [rating("a", "exam", "90"), rating("b", "exam", "90"), rating("b", "exam", "80", role="self")]
    staff = [agent(who, base_pay=D(3000)) for who in "ab"]
    found = scores(compute_month(MonthInput(policy(text), OCTOBER, staff, measured(values), given, WEEKENDS_OFF, [])))
    assert (found["a"].marks, found["b"].marks) == (("no-sheet-self",), ())


def test_marks_are_no_difference_between_two_computations() -> None:
    """A month sealed before there were marks is the same month."""
    values = {"a": {"response": 80, "exam": None}}
    assert differences(month(values, {}), month(values, DOUBTED)) == []


def test_lines_keep_their_marks_in_a_frame() -> None:
    """And a line without any says nothing."""
    lines = [replace(one, marks=("missing", "few:2")) for one in score_lines(month({"a": {"response": 80}}, {}))]
    assert as_records(as_frame(lines, ScoreLine), ScoreLine) == lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_mark_has_words(language: str) -> None:
    """What it is about stands in them."""
    text = marks_text(["missing", "few:2", "column:wait", "months:2026-01", "no-sheet-panel"], language)
    assert all(part in text for part in ("2", "wait", "2026-01"))


@pytest.mark.parametrize(
    ("posts", "other", "marked"),
    [([], "desk", True), (["shop"], "shop", False), (["shop", "desk"], "shop", True), (["shop"], "hall", True)],
)
def test_an_item_marks_only_those_whose_work_it_is(posts: list[str], other: str, marked: bool) -> None:
    """a is on the desk. Where nobody is on any of an item's posts their names may be others: then it is everybody's."""
    shown = ", ".join(f'"{post}"' for post in posts)
    rules = policy(RULES.replace('measure = "exam"\nmissing', f'measure = "exam"\nposts = [{shown}]\nmissing'))
    values = measured({"a": {"response": 80, "exam": None}, "b": {"response": 80, "exam": 90}})
    staff = [agent("a", post="desk", base_pay=D(3000)), agent("b", post=other, base_pay=D(3000))]
    found = marks(compute_month(MonthInput(rules, OCTOBER, staff, values, [], WEEKENDS_OFF, [])))
    assert (found["exam"], found["score"]) == ((("missing",), ("missing",)) if marked else ((), ()))


# ---- figures over several months -------------------------------------------


def months_of(first: int, last: int, table: str = "orders") -> set[tuple[str, str]]:
    """A file of the table for each of these months."""
    return {(table, str(Month(2026, number))) for number in range(first, last + 1)}


def test_a_figure_since_january_lacks_the_months_that_nothing_was_brought_of() -> None:
    """From March on there are files; who was hired in February worked in one of the months that lack."""
    staff = [agent("a"), agent("b", hired_on=date(2026, 2, 10)), agent("c", hired_on=date(2026, 3, 1))]
    short = short_windows(policy(RULES), OCTOBER, staff, months_of(3, 10), {"orders"})
    assert short == {("a", "sold"): ("2026-01", "2026-02"), ("b", "sold"): ("2026-02",)}
    said = windows_said(policy(RULES), short, staff)
    assert [(one.found, one.parameters["agents"]) for one in said] == [
        (("2026-01", "2026-02"), "a name of a"), ("2026-02", "b name of b"),
    ]  # fmt: skip
    assert all("Sold this year" in problem_text(one, language) for one in said for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("read", "expected"),
    [(months_of(1, 10), {"orders"}), ({("orders", "")}, {"orders"}), (months_of(3, 10), {"interactions"})],
)
def test_nothing_lacks_where_all_was_brought_or_none_had_to_be(read: set[tuple[str, str]], expected: set[str]) -> None:
    """A file for each month; one file of no month, which may hold any; a source that a month may be without."""
    assert short_windows(policy(RULES), OCTOBER, [agent("a")], read, expected) == {}


def test_a_month_in_between_of_which_nothing_at_all_came_lacks_even_where_a_file_is_optional() -> None:
    """No file says that nothing happened in June; before March nobody had begun, and May had a file of something."""
    read = (months_of(3, 10) - months_of(5, 6)) | months_of(5, 5, "surveys")
    short = short_windows(policy(RULES), OCTOBER, [agent("a")], read, {"interactions"})
    assert short == {("a", "sold"): ("2026-06",)}


def test_so_many_last_months_are_so_many_wherever_the_files_begin() -> None:
    """Three months are meant: in the first month of a team's files two of them are lacking."""
    rules = policy(RULES.replace('window = "year_to_date"', "last_months = 3"))
    short = short_windows(rules, OCTOBER, [agent("a")], months_of(10, 10), set())
    assert short == {("a", "sold"): ("2026-08", "2026-09")}
    assert short_windows(policy(RULES), OCTOBER, [agent("a")], months_of(10, 10), set()) == {}


def test_a_january_lacks_nothing_since_january() -> None:
    """There is no month before."""
    rules: Policy = policy(RULES)
    assert short_windows(rules, Month(2026, 1), [agent("a")], months_of(1, 1), {"orders"}) == {}


def test_a_figure_of_fewer_months_keeps_its_value_and_is_marked() -> None:
    """The value stands; what looks at it says which months lack."""
    text = RULES.replace('when = { measure = "exam", at_least = 0 }', 'when = { measure = "sold", at_least = 0 }')
    given = MonthInput(
        policy(text), OCTOBER, [agent("a", base_pay=D(3000))],
        measured({"a": {"response": 80, "exam": 90, "sold": 5}}), [], WEEKENDS_OFF, [],
        short={("a", "sold"): ("2026-01", "2026-02")},
    )  # fmt: skip
    found = {line.line: line.marks for line in pay_lines(compute_month(given), "a")}
    assert found["learned"] == ("months:2026-01 2026-02",)
