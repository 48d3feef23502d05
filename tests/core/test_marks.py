"""Items of a tally that data mark, that are questions, or that are for some posts only; sheets not finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.explaining.explain import Explained, explanation_tree, find_node
from csctl.core.preparing.looking_back import looked_back_months
from csctl.core.preparing.month import prepare_month
from csctl.core.records.result import MonthResult
from csctl.core.scoring.marks import mark_by_data, mark_of, said_beside, tally_points
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.month import Month
from csctl.policy.parts import Condition
from csctl.policy.scoring import Tally, TallyMark
from tests.policy.small import changed, load_texts
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    agent,
    canonical_rows,
    codes,
    frame,
    month_of,
    policy,
    rating,
    score_lines,
    scores,
)

HEAD = """
[score]
pass_mark = 0
[[dimension]]
id = "d"
label = "d"
weight = 100
[[dimension.indicator]]
id = "i"
label = "态度"
missing = "zero"
[dimension.indicator.tally]
base = 60
span = 40
"""
ATTENDANCE = (
    HEAD
    + """
[[dimension.indicator.tally.mark]]
item = "出勤"
plus_if = [{ all = [{ measure = "absences", equals = 0 }, { measure = "records", at_least = 1 }] }]
minus_if = [{ measure = "absences", at_least = 3 }, { measure = "unexcused", at_least = 1 }]
[[dimension.indicator.tally.mark]]
item = "仪表"
[measure]
absences = { label = "x", table = "attendance", sum = "absent_days" }
unexcused = { label = "x", table = "attendance", sum = "absent_days" }
records = { label = "x", table = "attendance", rows = true }
"""
)
OTHER = """
[[dimension.indicator]]
id = "o"
label = "其他"
measure = "o"
out_of = 100
missing = "block"
"""
"""An indicator with a value of its own: of an agent without any there would be no lines."""


def with_other(text: str) -> str:
    """The policy with that indicator before its own."""
    return text.replace("[[dimension.indicator]]", f"{OTHER}[[dimension.indicator]]", 1)


QUESTIONS = (
    HEAD
    + """
items = ["踏实", "礼貌"]
[[dimension.indicator.tally.mark]]
item = "推卸"
question = "是否推卸责任?"
reverse = true
if_marked = true
[[dimension.indicator.tally.mark]]
item = "了解下属"
posts = ["组长", "主管"]
"""
)
PROMPTS = QUESTIONS.replace("if_marked = true", "counts = false")
A = agent("a")
FORM = [rating("a", "另一项", "良好")]
"""A form on which nothing of the tally is marked."""


def _line(result: MonthResult) -> tuple[object, str, str]:
    (line,) = score_lines(result, "a")
    return line.points, line.text, line.note


@pytest.mark.parametrize(
    ("values", "points", "text", "note"),
    [
        ({"absences": 0, "unexcused": 0, "records": 1}, "80.00", "+1 −0", "按数据：出勤 +"),
        ({"absences": 3, "unexcused": 0, "records": 1}, "40.00", "+0 −1", "按数据：出勤 −"),
        ({"absences": 1, "unexcused": 1, "records": 1}, "40.00", "+0 −1", "按数据：出勤 −"),
        ({"absences": 2, "unexcused": 0, "records": 1}, "60.00", "+0 −0", ""),
        ({"absences": 0, "unexcused": 0, "records": 0}, "60.00", "+0 −0", ""),
        ({"absences": 0, "unexcused": 0, "records": None}, "60.00", "+0 −0", ""),
        ({"absences": None, "unexcused": 1, "records": None}, "40.00", "+0 −1", "按数据：出勤 −"),
    ],
)
def test_data_mark_an_item(values: Mapping[str, object], points: str, text: str, note: str) -> None:
    """A minus before a plus; neither is none; without data nothing is said."""
    assert _line(month_of(policy(ATTENDANCE), [A], {"a": values}, FORM)) == (D(points), text, note)


def test_a_rater_overrides_data_only_with_a_reason() -> None:
    """Without one the data stand and it is said; where data say nothing the rater's mark counts as it is."""
    rules, full = policy(ATTENDANCE), {"a": {"absences": 0, "unexcused": 0, "records": 1}}
    bare, reasoned = rating("a", "出勤", "-"), rating("a", "出勤", "-", reason="代打卡")
    result = month_of(rules, [A], full, [bare])
    assert (_line(result), codes(result)) == ((D("80.00"), "+1 −0", "按数据：出勤 +"), ["override-without-reason"])
    result = month_of(rules, [A], full, [reasoned])
    assert (_line(result), codes(result)) == ((D("40.00"), "+0 −1", ""), [])
    result = month_of(rules, [A], {"a": {"absences": None, "unexcused": None, "records": None}}, [bare])
    assert (_line(result), codes(result)) == ((D("40.00"), "+0 −1", ""), [])


def test_an_override_holds_for_its_rater_alone() -> None:
    """One of two gives a reason for a minus, for the other the data's plus stands: (40 + 80) ÷ 2."""
    ratings = [rating("a", "出勤", "-", rater="r1", reason="x"), rating("a", "仪表", "", rater="r2")]
    result = month_of(policy(ATTENDANCE), [A], {"a": {"absences": 0, "unexcused": 0, "records": 1}}, ratings)
    assert _line(result)[:2] == (D("60.00"), "+1 −1")


def test_data_alone_are_no_form() -> None:
    """Without any form of the superior the tally is missing, whatever the data say."""
    values = {"a": {"absences": 0, "unexcused": 0, "records": 1, "o": 90}}
    result = month_of(policy(with_other(ATTENDANCE)), [A], values)
    assert [line.missing for line in score_lines(result)] == ["", "zero"]


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("否", "73.33"),
        ("是", "46.67"),
        ("没有", "73.33"),
        ("无", "73.33"),
        ("Yes", "46.67"),
        ("+", "73.33"),
        ("", "60.00"),
    ],
)
def test_a_question_counts_where_it_is_answered(value: str, points: str) -> None:
    """Yes speaks against the agent; one of three items then, of two if it was left open. Marks are never turned."""
    result = month_of(policy(QUESTIONS), [A], ratings=[rating("a", "推卸", value)])
    assert _line(result)[0] == D(points)


def test_an_item_for_some_posts_counts_for_them_only() -> None:
    """Others have one item less, and a mark on it changes nothing."""
    ratings = [rating("a", "了解下属", "+"), rating("a", "踏实", "+")]
    lead = month_of(policy(QUESTIONS), [replace(A, post="组长")], ratings=ratings)
    other = month_of(policy(QUESTIONS), [replace(A, post="客服")], ratings=ratings)
    assert (_line(lead)[0], _line(other)[0]) == (D("86.67"), D("80.00"))


def test_without_any_item_for_the_post_the_tally_is_missing() -> None:
    """Nothing to judge is not the base."""
    text = with_other(HEAD + '[[dimension.indicator.tally.mark]]\nitem = "了解下属"\nposts = ["组长"]\n')
    result = month_of(policy(text), [A], {"a": {"o": 90}}, [rating("a", "了解下属", "+")])
    assert [line.missing for line in score_lines(result)] == ["", "zero"]


@given(st.sampled_from(["+", "-", "是", "否", "有", "没有", "加", "减", "yes", "no", ""]))
def test_turning_an_item_about_turns_answers_and_not_marks(text: str) -> None:
    """A law of reverse items: answers change sign, pluses and minuses do not."""
    plain, turned = mark_of(text), mark_of(text, TallyMark(item="x", question="?", reverse=True))
    answers = {"是", "否", "有", "没有", "yes", "no"}
    assert plain is not None
    assert turned == (-plain if text in answers else plain)


@pytest.mark.parametrize(("text", "pair", "plain", "turned"), [("无", 0, -1, 1), ("是", 1, 1, -1), ("否", -1, -1, 1)])
def test_nothing_is_an_answer_to_a_question_and_neither_side_of_a_pair(
    text: str, pair: int, plain: int, turned: int
) -> None:
    """Yes is a plus and no a minus, unless the question is turned about; 无 answers no, and ticks nothing of a pair."""
    assert mark_of(text, TallyMark(item="x")) == pair
    assert mark_of(text, TallyMark(item="x", question="?")) == plain
    assert mark_of(text, TallyMark(item="x", question="?", reverse=True)) == turned


@pytest.mark.parametrize(
    ("absences", "records", "said"),
    [(0, 1, 1), (0, 0, 0), (1, 1, 0), (0, None, None), (None, 1, None), (1, None, None)],
)
def test_a_condition_of_several_measures_says_nothing_where_one_is_unknown(
    absences: int | None, records: int | None, said: int | None
) -> None:
    """A plus for no absence in a month with records; neither is 0, and without one of the two nothing can be said."""
    both = Condition(all=[Condition(measure="absences", equals=D(0)), Condition(measure="records", at_least=D(1))])
    values = {"absences": absences, "records": records}
    known = {name: None if value is None else D(value) for name, value in values.items()}
    assert mark_by_data(TallyMark(item="x", plus_if=[both]), known) == said


NUMBERS = st.none() | st.integers(0, 4).map(D)


@given(NUMBERS, NUMBERS)
def test_marks_by_data_are_what_the_conditions_say(low: object, high: object) -> None:
    """Against the rule written out: minus if low is below 1, else plus if high is above 2, else none if both known."""
    mark = TallyMark(
        item="x",
        minus_if=[Condition(measure="low", below=D(1))],
        plus_if=[Condition(measure="high", above=D(2))],
    )
    expected = None if low is None or high is None else 0
    if low is not None and low < 1:  # type: ignore[operator]
        expected = -1
    elif high is not None and high > 2:  # type: ignore[operator]
        expected = 1
    assert mark_by_data(mark, {"low": low, "high": high}) == expected  # type: ignore[dict-item]


@pytest.mark.parametrize(("answer", "sign"), [("是", "−"), ("否", "+")])
def test_a_prompt_is_shown_and_worth_nothing(answer: str, sign: str) -> None:
    """One plus of two items is 60 + 40 ÷ 2, however the prompt is answered; the answer stands in the note."""
    given = [rating("a", "踏实", "+"), rating("a", "推卸", answer)]
    line = _line(month_of(policy(PROMPTS), [A], {}, given))
    assert line == (D("80.00"), "+1 −0", f"提示问题（不计分）：推卸 {sign}")


def test_a_prompt_that_nobody_answers_says_nothing_and_one_that_cannot_be_read_is_a_problem() -> None:
    """Neither changes the points."""
    plus = rating("a", "踏实", "+")
    assert _line(month_of(policy(PROMPTS), [A], {}, [plus])) == (D("80.00"), "+1 −0", "")
    result = month_of(policy(PROMPTS), [A], {}, [plus, rating("a", "推卸", "紫色")])
    assert (_line(result)[0], codes(result)) == (D("80.00"), ["mark-unknown"])


def _tally(*marks: TallyMark) -> Tally:
    return Tally(items=["踏实"], mark=list(marks), base=D(60), span=D(40))


def _said(tally: Tally, given: list[Rating], values: Mapping[str, Decimal | None] | None = None) -> list[str]:
    """The codes of what is said of a superior's form about an agent without a post."""
    return [problem.code for problem in tally_points(tally, Sheets(given), "a", "superior", values)[2]]


def test_an_answer_that_cannot_be_read_is_said_once_for_whom_it_is_asked() -> None:
    """Of an item, of a prompt, and not of a prompt for other posts."""
    tally = _tally(TallyMark(item="p", question="?", counts=False), TallyMark(item="q", counts=False, posts=["组长"]))
    bad = {item: rating("a", item, "紫色") for item in ("踏实", "p", "q")}
    assert _said(tally, [bad["踏实"]]) == ["mark-unknown"]
    assert _said(tally, [bad["p"]]) == ["mark-unknown"]
    assert _said(tally, [bad["q"]]) == []
    assert _said(tally, list(bad.values())) == ["mark-unknown", "mark-unknown"]


@pytest.mark.parametrize("counts", [True, False])
def test_where_data_speak_a_bare_answer_is_said_for_items_and_prompts(counts: bool) -> None:
    """Late 3 times is a minus; without that figure, or without any, the rater's answer stands as it is."""
    tally = _tally(TallyMark(item="p", counts=counts, minus_if=[Condition(measure="late", at_least=D(3))]))
    given = [rating("a", "p", "+")]
    assert _said(tally, given, {"late": D(3)}) == ["override-without-reason"]
    assert _said(tally, given, {"late": D(2)}) == ["override-without-reason"]
    assert _said(tally, given, {"late": None}) == []
    assert _said(tally, given) == []


@pytest.mark.parametrize(
    ("answers", "said"), [("是", "+"), ("否", "−"), ("是是否", "+"), ("是否否", "−"), ("是否", ""), ("", "")]
)
def test_a_prompt_is_answered_as_most_of_the_raters_answer(answers: str, said: str) -> None:
    """As many yes as no is neither; data come before all of them."""
    prompt = TallyMark(item="p", question="?", counts=False, minus_if=[Condition(measure="late", at_least=D(3))])
    given = [rating("a", "p", answer, rater=f"r{number}") for number, answer in enumerate(answers)]
    form = (_tally(prompt), Sheets(given), "a", "superior")
    assert said_beside(*form, {"late": None}, "", "zh") == (f"提示问题（不计分）：p {said}" if said else "")
    assert said_beside(*form, {"late": D(3)}, "", "zh") == "提示问题（不计分）：p −"


def test_a_form_on_which_no_item_counts_is_worth_the_base() -> None:
    """The only item counts where it is marked, and was left open: 60, and not a point more or less."""
    tally = Tally(mark=[TallyMark(item="p", if_marked=True)], base=D(60), span=D(40))
    points, text, problems = tally_points(tally, Sheets([rating("a", "p", "")]), "a", "superior")
    assert points is not None
    assert (points.points, text, problems) == (Fraction(60), "+0 −0", [])


def test_who_leaves_a_prompt_open_answers_neither_way() -> None:
    """One no and one open cell is a no; with a reason the rater's answer comes before what data say."""
    prompt = TallyMark(item="p", question="?", counts=False, plus_if=[Condition(measure="late", at_most=D(0))])
    open_beside = [rating("a", "p", "否", rater="r1"), rating("a", "p", "无法判断", rater="r2")]
    reasoned = [rating("a", "p", "否", reason="看过录音")]
    for form, late in ((open_beside, None), (reasoned, D(0))):
        beside = said_beside(_tally(prompt), Sheets(form), "a", "superior", {"late": late}, "", "zh")
        assert beside == "提示问题（不计分）：p −"


def test_neither_with_a_reason_stands_instead_of_what_data_say() -> None:
    """Data give a plus; 0 and why is no mark at all, and 0 without a reason leaves the plus."""
    rules, full = policy(ATTENDANCE), {"a": {"absences": 0, "unexcused": 0, "records": 1}}
    reasoned = _line(month_of(rules, [A], full, [rating("a", "出勤", "0", reason="代打卡")]))
    assert reasoned == (D("60.00"), "+0 −0", "")
    assert _line(month_of(rules, [A], full, [rating("a", "出勤", "0")]))[0] == D("80.00")


def test_an_item_without_conditions_is_not_marked_by_data() -> None:
    """It is the rater's alone."""
    assert mark_by_data(TallyMark(item="x"), {}) is None


def test_an_explanation_shows_the_data_behind_marks() -> None:
    """Every measure that a condition looks at, once."""
    rules = policy(ATTENDANCE)
    result = month_of(rules, [A], {"a": {"absences": 0, "unexcused": 0, "records": 1}}, FORM)
    node = find_node(explanation_tree(Explained(result, A, FORM, lambda _: [], "zh")), "i")
    assert node is not None
    assert [child.line for child in node.children] == ["absences", "unexcused", "records"]


# ---- sheets that are not finished, measures shown beside --------------------

SHEET = """
[score]
pass_mark = 0
complete_sheets = true
[scale]
"好" = 100
[[dimension]]
id = "d"
label = "d"
weight = 100
indicator = [
    { id = "r", label = "能力", rating = "能力", missing = "reweight" },
    { id = "m", label = "产量", measure = "output", out_of = 10, missing = "reweight", beside = ["share", "calls"] },
]
[[grade]]
label = "A"
coefficient = 1.5
[measure]
output = { label = "x", unit = "count", table = "interactions", rows = true }
share = { label = "达标占比", unit = "%", table = "interactions", rows = true, share = { answered = true } }
calls = { label = "通话", unit = "s", table = "interactions", mean = "talk_seconds" }
"""


def test_whoever_was_not_rated_has_no_score() -> None:
    """Neither grade, coefficient nor rank; the figures alone are not a sheet, and it is said what lacks."""
    values = {"a": {"output": 10}, "b": {"output": 5}}
    result = month_of(policy(SHEET), [A, agent("b")], values, [rating("b", "能力", "好")])
    found = scores(result)
    assert (found["a"].score, found["a"].coefficient, found["a"].rank) == (None, None, None)
    assert (found["b"].score, found["b"].coefficient, found["b"].rank) == (D("75.00"), D("1.5"), 1)
    assert [(one.code, one.found, dict(one.details)["indicators"]) for one in result.problems] == [
        ("sheet-incomplete", "a", "能力")
    ]


def test_without_that_rule_the_rest_is_scored() -> None:
    """The missing rule of the indicator decides then."""
    rules = policy(SHEET.replace("complete_sheets = true\n", ""))
    assert scores(month_of(rules, [A], {"a": {"output": 10}}))["a"].score == D("100.00")


def test_measures_beside_are_shown_and_not_scored() -> None:
    """With label, value and unit on the line's note; one without value is said to have none."""
    values = {"a": {"output": 10, "share": "87.50", "calls": None}}
    (_, line) = score_lines(month_of(policy(SHEET), [A], values, [rating("a", "能力", "好")]))
    assert (line.note, line.contribution) == ("达标占比 87.5%，通话 缺", D("50.00"))


# ---- windows of several months ---------------------------------------------

WINDOW = """
[measure.x]
label = "x"
unit = "days"
table = "attendance"
sum = "absent_days"
last_months = 3
"""


def test_a_window_of_months_ends_with_the_month(tmp_path: Path) -> None:
    """August, September and October of three; across the turn of the year too. Earlier and later rows do not count."""
    months = ["2025-10", "2025-11", "2025-12", "2026-01", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    rows = [{"agent_id": "a", "month": text, "absent_days": D(2**power)} for power, text in enumerate(months)]
    roster = canonical_rows("roster", [{"agent_id": "a", "agent_name": "a"}])
    frames = {"attendance": frame(tmp_path, "attendance", canonical_rows("attendance", rows))}

    def value(month: Month) -> object:
        made, _ = prepare_month(policy(WINDOW), month, roster, frames, {}, WEEKENDS_OFF, ())
        return made.measured[0].value

    assert value(OCTOBER) == 32 + 64 + 128
    assert value(Month(2026, 1)) == 2 + 4 + 8


def test_the_months_of_a_window_are_brought_in() -> None:
    """Those before the month, the longest window deciding."""
    assert looked_back_months(policy(WINDOW), Month(2026, 1)) == [Month(2025, 11), Month(2025, 12)]
    assert looked_back_months(policy(WINDOW.replace("last_months = 3\n", "")), OCTOBER) == []


NOTHING_FOR_LONG = """
[measure.x]
label = "x"
unit = "count"
table = "events"
last_months = 3
whole_window = true
rows = true
where = { event = "提案" }
"""


def _window(
    tmp_path: Path, hired_on: date | None = None, read: tuple[Month, ...] | None = None, first: str = "2026-06"
) -> tuple[object, list[object]]:
    """The value in October and the months that are said to lack, where somebody else had rows from a month on."""
    hired: dict[str, object] = {"agent_id": "a", "agent_name": "a", "hired_on": hired_on}
    people: list[dict[str, object]] = [hired, {"agent_id": "b", "agent_name": "b"}]
    roster = canonical_rows("roster", people)
    rows = [{"agent_id": "b", "month": first, "event": "迟到"}]
    frames = {"events": frame(tmp_path, "events", canonical_rows("events", rows))}
    months = {} if read is None else {"events": read}
    rules = policy(NOTHING_FOR_LONG)
    made, problems = prepare_month(rules, OCTOBER, roster, frames, {}, WEEKENDS_OFF, (), read=months)
    return made.measured[0].value, [dict(one.details)["months"] for one in problems if one.code == "window-not-whole"]


def test_nothing_for_three_months_needs_three_months_that_were_read(tmp_path: Path) -> None:
    """Files of August to October, if only empty ones; with September's lacking there is no value, and it is said."""
    months = (Month(2026, 8), Month(2026, 9), Month(2026, 10))
    assert _window(tmp_path, read=months) == (0, [])
    assert _window(tmp_path, read=(months[0], months[2])) == (None, ["2026-09"])


def test_a_file_that_names_no_month_was_read_from_its_first_row_on(tmp_path: Path) -> None:
    """A log since August knows three months, one since September only two."""
    assert _window(tmp_path, first="2026-08") == (0, [])
    assert _window(tmp_path, first="2026-09") == (None, ["2026-08"])


def test_nothing_for_three_months_needs_somebody_who_was_here_for_them(tmp_path: Path) -> None:
    """Hired on the first of August: yes; a day later: nobody can say so, which is no fault of the data."""
    assert _window(tmp_path, hired_on=date(2026, 8, 1)) == (0, [])
    assert _window(tmp_path, hired_on=date(2026, 8, 2)) == (None, [])


# ---- what the linter refuses ------------------------------------------------

MANNER = 'rating = "主动性"\nmissing = "block"'
TALLY = 'missing = "block"\n[dimension.indicator.tally]\nbase = 60\nspan = 40\n'


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ('items = ["x"]\n[[dimension.indicator.tally.mark]]\nitem = "x"\n', "policy-double-name", "x"),
        (
            '[[dimension.indicator.tally.mark]]\nitem = "x"\nplus_if = [{ first = "csat" }]\n',
            "mark-needs-measure",
            "csat",
        ),
        (
            '[[dimension.indicator.tally.mark]]\nitem = "x"\nminus_if = [{ all = [{ score = { below = 60 } }] }]\n',
            "mark-needs-measure",
            "score",
        ),
        (
            '[[dimension.indicator.tally.mark]]\nitem = "x"\nplus_if = [{ measure = "cast", at_least = 1 }]\n',
            "policy-unknown-measure",
            "cast",
        ),
    ],
)
def test_marks_that_make_no_sense_are_refused(text: str, code: str, found: str) -> None:
    """Before anything is computed, with what was written."""
    loaded, problems = load_texts({"own": changed((MANNER, TALLY + text))})
    assert loaded is None
    assert (code, found) in [(one.code, one.found) for one in problems]


def test_two_windows_are_refused() -> None:
    """A year to date and a number of months cannot both hold."""
    both = 'sum = "amount"\nwindow = "year_to_date"\nlast_months = 3'
    loaded, problems = load_texts({"own": changed(('sum = "amount"', both))})
    assert loaded is None
    assert [one.code for one in problems] == ["policy-one-window"]


def test_a_child_policy_changes_one_item() -> None:
    """Entries of a tally merge by item: the posts of one change, the others stay."""
    parent = changed((MANNER, TALLY + '[[dimension.indicator.tally.mark]]\nitem = "x"\nposts = ["组长"]\n'
                      '[[dimension.indicator.tally.mark]]\nitem = "y"\n'))  # fmt: skip
    child = (
        'id = "child"\nlabel = "c"\nversion = "1"\nstate = "reviewed"\nextends = ["own"]\n'
        '[[dimension]]\nid = "attitude"\n[[dimension.indicator]]\nid = "manner"\n'
        '[[dimension.indicator.tally.mark]]\nitem = "x"\nposts = ["主管"]\n'
    )
    loaded, problems = load_texts({"own": parent, "child": child}, "child")
    assert loaded is not None, problems
    tally = next(one for part in loaded.policy.dimension for one in part.indicator if one.id == "manner").tally
    assert tally is not None
    assert [(mark.item, mark.posts) for mark in tally.marks] == [("x", ["主管"]), ("y", [])]
