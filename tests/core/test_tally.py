"""Several rated items as one indicator: their mean, plus and minus marks, yes and no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.explaining.explain import Explained, Node, explanation_tree, find_node
from csctl.core.records.lines import Measured, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.marks import mark_of, points_of_marks, tally_points
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.policy.scoring import Tally
from csctl.problems import Place
from csctl.workflow.month.compute import Asked, compute
from tests.policy.small import changed, load_texts
from tests.workbench import D, agent, codes, month_of, policy, rating, score_lines, scores

ITEMS = [f"item{number}" for number in range(1, 20)]
ATTITUDE = Tally(items=ITEMS, base=D(60), span=D(40))


@pytest.mark.parametrize(
    ("text", "mark"),
    [("+", 1), ("＋", 1), ("加", 1), ("1", 1), ("+1", 1), (" + ", 1), ("-", -1), ("－", -1), ("减", -1), ("-1", -1),
     ("—", -1), ("−", -1), ("", 0), ("0", 0), ("无", 0), ("优秀", None), ("++", None), ("2", None),
     ("是", 1), ("否", -1)],
)  # fmt: skip
def test_marks_as_people_write_them(text: str, mark: int | None) -> None:
    """Plus, minus, nothing, in any width, or yes and no; anything else is no mark."""
    assert mark_of(text) == mark


def about_items(result: MonthResult) -> list[str]:
    """What is said of the items; nobody here rates himself, which is said of every month below."""
    return [code for code in codes(result) if code != "no-sheet-of-self"]


def _sheets(*marks: tuple[str, str], rater: str = "主管") -> list[Rating]:
    return [rating("a", item, value, rater=rater) for item, value in marks]


def _points(ratings: Sequence[Rating]) -> Fraction | None:
    points, _, problems = tally_points(ATTITUDE, Sheets(ratings), "a", "superior")
    assert problems == []
    return points.points if points else None


def test_attitude_is_sixty_and_forty_for_all_nineteen() -> None:
    """Five pluses and two minuses of nineteen: 60 + 40 × 3 ÷ 19."""
    marks = [(item, "+") for item in ITEMS[:5]] + [(item, "-") for item in ITEMS[5:7]] + [(ITEMS[7], "")]
    assert _points(_sheets(*marks)) == 60 + Fraction(120, 19)
    assert _points(_sheets(*((item, "＋") for item in ITEMS))) == 100
    assert _points(_sheets(*((item, "减") for item in ITEMS))) == 20


def test_a_form_without_a_mark_is_worth_the_base_and_no_form_is_missing() -> None:
    """Nothing ticked is an answer; nothing handed in is none."""
    assert _points(_sheets((ITEMS[0], ""), (ITEMS[1], ""))) == 60
    assert _points(_sheets(("another item", "优秀"))) == 60
    assert _points([]) is None
    assert _points([rating("b", ITEMS[0], "+"), rating("a", ITEMS[0], "+", role="self")]) is None


def test_of_several_raters_the_mean_counts() -> None:
    """One gives a plus on all, one a minus on all, one hands in an empty form: (100 + 20 + 60) ÷ 3."""
    first = _sheets(*((item, "+") for item in ITEMS), rater="r1")
    second = _sheets(*((item, "-") for item in ITEMS), rater="r2")
    third = _sheets((ITEMS[3], ""), rater="r3")
    assert _points([*first, *second, *third]) == 60
    assert _points([*first, *third]) == 80
    assert _points([*third, *second]) == 40


def test_points_stay_within_zero_and_full() -> None:
    """However generous the span, nobody has more than 100 or less than 0."""
    raw = Tally(items=["x", "y"], base=D(60), span=D(400))
    assert [points_of_marks(raw, Fraction(total), 2) for total in (2, 1, 0, -1, -2)] == [100, 100, 60, 0, 0]


@given(st.lists(st.sampled_from(["+", "-", ""]), min_size=19, max_size=19), st.randoms())
def test_a_tally_is_the_formula_in_any_order(marks: list[str], random: object) -> None:
    """base + span × (pluses − minuses) ÷ items, cut at both ends."""
    ratings = _sheets(*zip(ITEMS, marks, strict=True))
    random.shuffle(ratings)  # type: ignore[attr-defined]
    sum_of_marks = marks.count("+") - marks.count("-")
    assert _points(ratings) == max(Fraction(0), min(Fraction(100), 60 + Fraction(40 * sum_of_marks, 19)))


def test_a_mark_that_cannot_be_read_is_reported_and_counts_as_none() -> None:
    """With the place where it stands."""
    ratings = [rating("a", ITEMS[0], "很好", place=Place("态度.xlsx", "", 7)), rating("a", ITEMS[1], "+")]
    points, text, (problem,) = tally_points(ATTITUDE, Sheets(ratings), "a", "superior")
    assert points is not None
    assert (points.points, text) == (60 + Fraction(40, 19), "+1 −0")
    assert (problem.code, problem.found, problem.place) == ("mark-unknown", "很好", Place("态度.xlsx", "", 7, ITEMS[0]))


# ---- in a month ------------------------------------------------------------

HEAD = """
[score]
pass_mark = 0
raters = { self = 30, superior = 70 }
[scale]
"优秀" = 100
"良好" = 85
"合格" = 70
[[dimension]]
id = "d"
label = "d"
weight = 100
[[dimension.indicator]]
id = "i"
label = "指标"
missing = "zero"
"""
OTHER = HEAD[HEAD.index("[[dimension.indicator]]") :].replace('"i"', '"o"').replace("指标", "其他")
OTHER += 'measure = "o"\nout_of = 100\n'
KNOWN: dict[str, dict[str, object]] = {"a": {"o": 90}}
"""A second indicator, and its value: of an agent of whom nothing is known there are no lines."""
TALLY = policy(HEAD + 'tally = { items = ["服从", "协作", "积极", "责任"], base = 60, span = 40 }\n')
SEVERAL = policy(HEAD + 'ratings = ["理解", "表达", "判断"]\n')
SINGLE = policy(HEAD + 'rating = "指标"\n')
A = agent("a")


def _line(result: MonthResult) -> Mapping[str, object]:
    (line,) = score_lines(result, "a")
    return {name: getattr(line, name) for name in ("points", "band", "text", "note", "missing", "source")}


def test_a_tally_is_scored_with_both_sheets() -> None:
    """Superior + + −: 60 + 40 × 1 ÷ 4 = 70; self + +: 80; together 70 × 0.7 + 80 × 0.3 = 73. Without self: 70."""
    marks = [rating("a", "服从", "+"), rating("a", "协作", "+"), rating("a", "积极", "-")]
    result = month_of(TALLY, [A], ratings=[*marks, *(rating("a", item, "+", role="self") for item in ("服从", "责任"))])
    assert scores(result)["a"].score == D("73.00")
    assert _line(result) == {
        "points": D("73.00"), "band": "", "text": "+2 −1", "note": "", "missing": "",
        "source": "rating:服从+协作+积极+责任",
    }  # fmt: skip
    alone = month_of(TALLY, [A], ratings=marks)
    assert (scores(alone)["a"].score, scores(alone)["a"].self_total) == (D("70.00"), None)


def test_without_any_form_a_tally_is_missing() -> None:
    """The indicator's own rule on missing values decides then."""
    both = policy(HEAD + 'tally = { items = ["服从", "协作"], base = 60, span = 40 }\n' + OTHER)
    assert [line.missing for line in score_lines(month_of(both, [A], KNOWN))] == ["zero", ""]
    blank = month_of(TALLY, [A], ratings=[rating("a", "服从", "")])
    assert (_line(blank)["missing"], _line(blank)["points"]) == ("", D("60.00"))


def test_items_are_averaged_over_those_that_were_rated() -> None:
    """(100 + 85) ÷ 2 with the third left out, which is said."""
    result = month_of(SEVERAL, [A], ratings=[rating("a", "理解", "优秀"), rating("a", "判断", "良好", reason="进步")])
    assert _line(result) == {
        "points": D("92.50"), "band": "", "text": "理解 优秀、判断 良好", "note": "进步；未评：表达", "missing": "",
        "source": "rating:理解+表达+判断",
    }  # fmt: skip


def test_an_item_with_several_raters_counts_once() -> None:
    """理解 (100 + 70) ÷ 2 = 85 and 表达 85: the mean is 85, not that of three."""
    ratings = [
        rating("a", "理解", "优秀", rater="r1"),
        rating("a", "理解", "合格", rater="r2"),
        rating("a", "表达", "良好"),
        rating("a", "判断", "85"),
    ]
    assert _line(month_of(SEVERAL, [A], ratings=ratings))["points"] == D("85.00")


def test_items_of_one_level_have_that_level() -> None:
    """All good is good; mixed is none."""
    ratings = [rating("a", item, "良好") for item in ("理解", "表达", "判断")]
    result = month_of(SEVERAL, [A], ratings=ratings)
    assert (_line(result)["band"], about_items(result)) == ("良好", [])


def test_no_item_rated_is_missing_and_an_unreadable_one_is_left_out() -> None:
    """Missing is not zero, and a fault is not a rating."""
    both = policy(HEAD + 'ratings = ["理解", "表达", "判断"]\n' + OTHER)
    assert [line.missing for line in score_lines(month_of(both, [A], KNOWN))] == ["zero", ""]
    result = month_of(SEVERAL, [A], ratings=[rating("a", "理解", "优"), rating("a", "表达", "优秀")])
    assert (about_items(result), _line(result)["points"], _line(result)["note"]) == (
        ["rating-not-on-scale"], D("100.00"), "未评：理解、判断",
    )  # fmt: skip


def test_the_indicator_may_be_rated_as_a_whole() -> None:
    """A judgement under the indicator's own name stands instead of its items'."""
    ratings = [rating("a", "指标", "合格"), rating("a", "理解", "优秀")]
    assert _line(month_of(SEVERAL, [A], ratings=ratings))["points"] == D("70.00")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("是", "100.00"),
        ("yes", "100.00"),
        ("Y", "100.00"),
        ("✓", "100.00"),
        ("否", "0.00"),
        ("No", "0.00"),
        ("×", "0.00"),
    ],
)
def test_yes_is_full_and_no_is_nothing(text: str, points: str) -> None:
    """Where the policy does not say what they are worth."""
    result = month_of(SINGLE, [A], ratings=[rating("a", "指标", text)])
    assert (_line(result)["points"], about_items(result)) == (D(points), [])


def test_yes_is_worth_what_the_scale_says() -> None:
    """A scale or band of that name comes first, and full points are those of the indicator."""
    own = policy(HEAD.replace("[scale]\n", '[scale]\n"是" = 90\n') + 'rating = "指标"\n')
    assert _line(month_of(own, [A], ratings=[rating("a", "指标", "是")]))["points"] == D("90.00")
    of_thirty = policy(HEAD + 'rating = "指标"\nout_of = 30\n')
    assert _line(month_of(of_thirty, [A], ratings=[rating("a", "指标", "是")]))["points"] == D("30.00")


def _leaves(node: Node) -> list[Node]:
    return [node, *(leaf for child in node.children for leaf in _leaves(child))]


def test_an_explanation_shows_each_item() -> None:
    """Who said what about which item, and where."""
    ratings = [rating("a", "服从", "+", rater="王"), rating("a", "协作", "-", role="self")]
    result = month_of(TALLY, [A], ratings=ratings)
    node = find_node(explanation_tree(Explained(result, A, ratings, lambda _: [], "zh")), "i")
    assert node is not None
    shown = [(leaf.label, leaf.value, leaf.place) for leaf in _leaves(node) if leaf.place]
    assert shown == [("服从 · 上级评分 王", "+", ratings[0].place), ("协作 · 自评", "-", ratings[1].place)]


# ---- the policy and the files around it ------------------------------------

MANNER = 'rating = "主动性"\nmissing = "block"'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            'tally = { items = ["a"], base = 60, span = 40 }\nout_of = 50\nmissing = "block"',
            "policy-tally-gives-points",
        ),
        ('tally = { items = [], base = 60, span = 40 }\nmissing = "block"', "policy-tally-without-items"),
        ('tally = { items = ["a"], base = 60, span = 0 }\nmissing = "block"', "policy-not-above"),
        ('rating = "a"\nratings = ["b", "c"]\nmissing = "block"', "policy-measure-or-rating"),
    ],
)
def test_tallies_that_make_no_sense_are_refused(text: str, code: str) -> None:
    """Before anything is computed."""
    loaded, problems = load_texts({"own": changed((MANNER, text))})
    assert loaded is None
    assert [one.code for one in problems] == [code]


CONFIG = 'name = "t"\npolicy = "policy.toml"\n' + "".join(
    f'[[source]]\ntable = "{name}"\nfiles = "data/{file}.csv"\n'
    for name, file in (("roster", "roster"), ("ratings", "{month}/ratings"))
)


def test_marks_come_through_from_a_file(tmp_path: Path) -> None:
    """A lone minus, which elsewhere stands for nothing, is a mark here; an empty cell is no fault."""
    text = 'id = "own"\nlabel = "x"\nversion = "1"\nstate = "reviewed"\n' + HEAD
    rows = "工号,评分人,评分角色,评分项,评分\n1,王,上级,服从,+\n1,王,上级,协作,-\n1,王,上级,积极,-\n1,王,上级,责任,\n"
    files = {
        "csctl.toml": CONFIG,
        "policy.toml": text + 'tally = { items = ["服从", "协作", "积极", "责任"], base = 60, span = 40 }\n',
        "data/roster.csv": "工号,姓名\n1,安\n",
        "data/2026-10/ratings.csv": rows,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    computed, problems = compute(Asked(tmp_path, "2026-10", date(2026, 12, 1)))
    assert computed is not None
    assert [one.code for one in problems if one.severity != "note"] == ["no-sheet-of-self"]
    assert [(line.text, line.points) for line in score_lines(computed.result)] == [("+1 −2", Decimal("50.00"))]
    assert as_records(computed.result.measures, Measured) == []


CAREER = """
[[level]]
id = "初级"
[[level]]
id = "中级"
[[career.step]]
id = "up"
kind = "promotion"
from_level = "初级"
to_level = "中级"
all_of = [{ id = "etiquette", label = "懂礼仪", judge = true }]
"""


def test_an_answer_about_a_promotion_hands_in_no_rating_form() -> None:
    """Whoever says yes to a condition of the ladder has not said by it that there is nothing to mark."""
    rules = policy(HEAD + 'tally = { items = ["服从", "协作"], base = 60, span = 40 }\n' + CAREER)
    person = agent("a", level="初级")
    asked = month_of(rules, [person], ratings=[rating("a", "懂礼仪", "是"), rating("a", "etiquette", "否")])
    assert about_items(asked) == codes(month_of(rules, [person]))
    marked = month_of(rules, [person], ratings=[rating("a", "懂礼仪", "是"), rating("a", "服从", "+")])
    assert [line.points for line in score_lines(marked)] == [D("80.00")]
