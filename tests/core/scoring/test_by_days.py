"""Several cards in a month: each scored on its own days and rows, and put together by days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.core.compute import compute_month
from csctl.core.preparing.month import prepare_month
from csctl.core.records.result import MonthResult
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    canonical_rows,
    codes,
    frame,
    pay_lines,
    policy,
    score_lines,
    scores,
)

MEASURE = """[measure.{name}]
label = "{name}"
unit = "points"
table = "kpis"
where = {{ metric = "{name}" }}
mean = "value"
"""
RULES = """
[score]
pass_mark = 60
decimals = 4
moved = "by_days"
rank = "card"
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "calls"
label = "calls"
measure = "c"
out_of = 100
weight = 60
missing = "reweight"
for = { post = ["hot line"] }
[[dimension.indicator]]
id = "tickets"
label = "tickets"
measure = "t"
out_of = 100
weight = 60
missing = "reweight"
for = { post = ["desk"] }
[[dimension.indicator]]
id = "manners"
label = "manners"
measure = "m"
out_of = 100
weight = 40
missing = "reweight"
""" + "".join(MEASURE.format(name=one) for one in "ctm")
DAY = timedelta(days=1)


def october(day: int) -> date:
    return date(2026, 10, day)


def marks(who: str, day: int, **values: int) -> list[Row]:
    return [
        {"agent_id": who, "date": october(day), "metric": metric, "value": D(value)} for metric, value in values.items()
    ]


def month(
    folder: Path, roster: Sequence[Row], figures: Sequence[Row], rules: str = RULES, attendance: Sequence[Row] = ()
) -> MonthResult:
    named = canonical_rows("roster", [{"agent_name": str(row["agent_id"]).upper(), **row} for row in roster])
    frames = {"kpis": frame(folder, "kpis", canonical_rows("kpis", figures))}
    if attendance:
        frames["attendance"] = frame(folder, "attendance", canonical_rows("attendance", attendance))
    given, _ = prepare_month(policy(rules), OCTOBER, named, frames, {}, WEEKENDS_OFF, [])
    return compute_month(given)


def moves(until: date) -> list[dict[str, Any]]:
    return [
        {"agent_id": "a", "post": "hot line", "valid_to": until},
        {"agent_id": "a", "post": "desk", "valid_from": until + DAY},
    ]


FIGURES = [*marks("a", 2, c=80, m=40), *marks("a", 10, c=100, m=60, t=0), *marks("a", 20, c=0, t=70, m=100)]
"""On the hot line calls of 80 and 100, and a ticket that is none of its card's; at the desk tickets of 70."""


def contributions(result: MonthResult) -> dict[str, Decimal]:
    return {line.line: line.contribution for line in score_lines(result, "a")}


def test_each_card_is_scored_on_its_own_days_and_weighs_by_them(tmp_path: Path) -> None:
    """Hot line, 11 days: 60 % of 90 and 40 % of 50. Desk, 20 days: 60 % of 70 and 40 % of 100.

    54 × 11 ÷ 31 = 19.1613; 42 × 20 ÷ 31 = 27.0968; (20 × 11 + 40 × 20) ÷ 31 = 32.9032; of 31 days, 79.1613.
    """
    result = month(tmp_path, moves(october(11)), FIGURES)
    assert contributions(result) == {"calls": D("19.1613"), "tickets": D("27.0968"), "manners": D("32.9032")}
    own = scores(result)["a"]
    assert (own.score, own.status, codes(result)) == (D("79.1613"), "scored", [])
    lines = {line.line: line for line in score_lines(result, "a")}
    assert (lines["calls"].points, lines["tickets"].points, lines["calls"].value) == (D(90), D(70), D(90))
    assert lines["manners"].points == D("82.26")
    assert lines["manners"].note == (
        "2026-10-01 – 2026-10-11：50.00 分，占天数的 35.5%；2026-10-12 – 2026-10-31：100.00 分，占天数的 64.5%"
    )


def test_attendance_is_that_of_the_days_of_each_card(tmp_path: Path) -> None:
    """Away on the 8th, on the hot line, and on no day at the desk: 0 points for 11 days and 100 for 20 make 64.52, and
    with the other items (54 × 11 + 82 × 20) ÷ 31. A sum of the month counts on both cards as it is.
    """
    whole = 'id = "manners"\nlabel = "manners"\nmeasure = "m"\nout_of = 100\n'
    present = 'id = "present"\nlabel = "present"\nmeasure = "attendance.absent_days"\n'
    present += 'bands = [{ level = "always", at_most = 0, points = 100 }, { level = "away", points = 0 }]\n'
    text = RULES.replace(whole, present) + "[working_time]\n"
    workdays = [day for day in OCTOBER.days() if day.weekday() < 5]
    rows = [{"agent_id": "a", "date": day, "absent_days": D(day.day == 8)} for day in workdays]
    result = month(tmp_path / "days", moves(october(11)), FIGURES, text, rows)
    points = {line.line: line.points for line in score_lines(result, "a")}
    assert (points["present"], scores(result)["a"].score) == (D("64.52"), D("72.0645"))
    total = [{"agent_id": "a", "date": october(1), "due_days": D(22), "absent_days": D(1)}]
    assert contributions(month(tmp_path / "sum", moves(october(11)), FIGURES, text, total))["present"] == 0


@pytest.mark.parametrize("least", ["", "min_coverage = 0\n"])
def test_a_card_of_whose_days_nothing_is_known_leaves_its_part_to_the_others(tmp_path: Path, least: str) -> None:
    """No row of the hot line: the desk alone, 60 % of 70 and 40 % of 100, also where the least part of the weight that
    must rest on data is none. Without any row there is no score.
    """
    text = RULES.replace("pass_mark = 60\n", f"pass_mark = 60\n{least}")
    desk = month(tmp_path / "desk", moves(october(11)), FIGURES[-3:], text)
    assert scores(desk)["a"].score == 82
    assert contributions(desk) == {"calls": 0, "tickets": 42, "manners": 40}
    nothing = month(tmp_path / "nothing", moves(october(11)), marks("b", 3, c=1))
    assert (scores(nothing)["a"].status, codes(nothing)) == ("unscored", ["agent-without-data"])


def test_a_card_of_whose_days_too_little_is_known_leaves_its_part_to_the_others(tmp_path: Path) -> None:
    """On the hot line 40 % of the weight rests on data, at least half must: the desk alone counts, 82."""
    result = month(tmp_path, moves(october(11)), [*marks("a", 2, m=10), *FIGURES[-3:]])
    assert (scores(result)["a"].score, codes(result)) == (D(82), [])
    assert contributions(result) == {"calls": 0, "tickets": 42, "manners": 40}


def test_points_of_a_card_that_does_not_count_are_shown_and_add_nothing(tmp_path: Path) -> None:
    """The hot line has calls of 90, which are 60 % of its weight, where 70 % must rest on data."""
    rules = RULES.replace("decimals = 4", "decimals = 4\nmin_coverage = 0.7")
    result = month(tmp_path, moves(october(11)), [*marks("a", 2, c=90), *FIGURES[-3:]], rules)
    (calls,) = [line for line in score_lines(result, "a") if line.line == "calls"]
    assert (calls.points, calls.contribution, scores(result)["a"].score) == (D(90), D(0), D(82))


def test_an_item_that_lacks_on_one_card_weighs_on_the_other_alone(tmp_path: Path) -> None:
    """Manners are unknown on the hot line, where calls then are all: 90 × 11 ÷ 31, and 82 × 20 ÷ 31 of the desk."""
    result = month(tmp_path, moves(october(11)), [*marks("a", 2, c=90), *FIGURES[-3:]])
    assert scores(result)["a"].score == D("84.8387")
    own = contributions(result)
    assert sum(own.values()) == D("84.8387")
    (manners,) = [line for line in score_lines(result, "a") if line.line == "manners"]
    assert manners.points == D(100)
    worked = {"calls": D("31.93548"), "tickets": D("27.09677"), "manners": D("25.80645")}
    assert all(abs(own[name] - points) <= D("0.0001") for name, points in worked.items())


def test_a_level_is_told_where_all_cards_give_the_same(tmp_path: Path) -> None:
    """Manners of 50 and 100: both good from 40 on; from 60 on only one of them is."""
    whole = 'measure = "m"\nout_of = 100\n'
    for edge, told in ((40, "good"), (60, "")):
        bands = f'bands = [{{ level = "good", at_least = {edge}, points = 30 }}, {{ level = "poor", points = 10 }}]\n'
        result = month(
            tmp_path / str(edge), moves(october(11)), FIGURES, RULES.replace(whole, f'measure = "m"\n{bands}')
        )
        (manners,) = [line for line in score_lines(result, "a") if line.line == "manners"]
        assert manners.band == told


def test_one_card_of_three_of_which_enough_is_known_is_the_score(tmp_path: Path) -> None:
    """Whichever of the three it is."""
    days = ((1, 10), (11, 20), (21, 31))
    for known, (since, _) in enumerate(days):
        posts = ["hot line", "mail"]
        posts.insert(known, "desk")
        roster = [
            {"agent_id": "a", "post": post, "valid_from": october(first), "valid_to": october(last)}
            for post, (first, last) in zip(posts, days, strict=True)
        ]
        found = scores(month(tmp_path / str(known), roster, marks("a", since + 1, t=70, m=100)))["a"]
        assert (found.status, found.score) == ("scored", D(82))


def test_a_figure_that_one_card_of_three_looks_at_is_shown_as_its_days_have_it(tmp_path: Path) -> None:
    """Calls of 80 and 100 on the hot line, and none of the 0 at the desk; tickets of 70, and none of the 0 before."""
    posts = (("hot line", 1, 11), ("mail", 12, 19), ("desk", 20, 31))
    roster = [
        {"agent_id": "a", "post": post, "valid_from": october(first), "valid_to": october(last)}
        for post, first, last in posts
    ]
    values = {line.line: line.value for line in score_lines(month(tmp_path, roster, FIGURES), "a")}
    assert (values["calls"], values["tickets"]) == (D(90), D(70))


def test_a_missing_value_that_stops_the_month_stops_it_on_a_card_that_counts_alone(tmp_path: Path) -> None:
    """Manners block: without them on the hot line, whose calls are enough, there is no score; without any row of the
    hot line its part goes to the desk; without rows on either nothing is known of anybody.
    """
    rules = RULES[: RULES.rindex('"reweight"')] + '"block"\n' + RULES[RULES.rindex('"reweight"') + 11 :]
    stopped = month(tmp_path / "stopped", moves(october(11)), [*marks("a", 2, c=90), *FIGURES[-3:]], rules)
    assert (codes(stopped), pay_lines(stopped)) == (["score-blocked"], [])
    desk = month(tmp_path / "desk", moves(october(11)), FIGURES[-3:], rules)
    assert (scores(desk)["a"].score, codes(desk)) == (D(82), [])
    neither = [*marks("a", 2, c=90), *marks("a", 20, t=70)]
    both = month(tmp_path / "both", moves(october(11)), neither, rules.replace("decimals = 4", "min_coverage = 0.7"))
    assert codes(both) == ["score-blocked"]


def test_who_has_two_cards_is_compared_with_those_of_the_card_of_most_days(tmp_path: Path) -> None:
    """Behind the one at the desk, and beside nobody of the hot line."""
    others = [{"agent_id": "b", "post": "desk"}, {"agent_id": "c", "post": "hot line"}]
    figures = [*FIGURES, *marks("b", 5, t=90, m=90), *marks("c", 5, c=100, m=100)]
    found = scores(month(tmp_path, [*moves(october(11)), *others], figures))
    assert {who: (one.rank, one.card) for who, one in found.items()} == {
        "a": (2, "desk"), "b": (1, "desk"), "c": (1, "hot line"),
    }  # fmt: skip


@pytest.mark.law
def test_the_score_is_the_mean_by_days_of_the_scores_of_each_part(tmp_path: Path) -> None:
    """Each part as the month of somebody who was here for it alone."""
    for day in (2, 5, 11, 19):
        until = october(day)
        one = month(tmp_path / f"one{day}", moves(until), FIGURES)
        roster = [
            {"agent_id": "a", "post": "hot line", "left_on": until},
            {"agent_id": "z", "post": "desk", "hired_on": until + DAY},
        ]
        split = [{**row, "agent_id": "z"} if row["date"] > until else row for row in FIGURES]
        two = scores(month(tmp_path / f"two{day}", roster, split))
        first, then = two["a"].score, two["z"].score
        assert first is not None
        assert then is not None
        own = scores(one)["a"].score
        assert own is not None
        assert abs(own - (first * day + then * (31 - day)) / 31) <= D("0.0001")
        assert sum(contributions(one).values()) == own


@pytest.mark.law
def test_a_month_on_one_card_is_that_month_wherever_it_is_parted(tmp_path: Path) -> None:
    """Another group does not change the card; and without the key the last day's card scores all of the month."""
    whole = month(tmp_path / "whole", [{"agent_id": "a", "post": "desk"}], FIGURES)
    for day in (1, 10, 30):
        rows = [{**row, "post": "desk", "group": str(at)} for at, row in enumerate(moves(october(day)))]
        assert score_lines(month(tmp_path / str(day), rows, FIGURES)) == score_lines(whole)
    last = month(tmp_path / "last", moves(october(11)), FIGURES, RULES.replace('"by_days"', '"last"'))
    assert score_lines(last) == score_lines(whole)
