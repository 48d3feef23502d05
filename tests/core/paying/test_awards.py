"""Awards for each happening, and for the first few."""

from __future__ import annotations

import pytest

from csctl.core.records.result import MonthResult
from tests.core.paying.plan import paid, plan
from tests.workbench import agent, cents_by_line, month_of, pay_lines

EACH = "[[pay.award]]\nid = 'praise'\nlabel = 'praise'\namount = 20\neach = { measure = 'nights' }\n"
TOP = "[[pay.award]]\nid = 'top'\nlabel = 'top three'\nfirst = 'score'\ntop = [300, 200, 100]\n"


def _team(text: str, *scores: object) -> MonthResult:
    people = [chr(ord("a") + place) for place in range(len(scores))]
    values = {who: {"x": score} for who, score in zip(people, scores, strict=True)}
    return month_of(plan(text), [agent(who, level="junior") for who in people], values)


def _won(result: MonthResult) -> dict[str, int]:
    people = [one.agent_id for one in result.agents]
    found = {who: cents_by_line(result, who).get("top") for who in people}
    return {who: cents // 100 for who, cents in found.items() if cents is not None}


@pytest.mark.parametrize(("count", "expected"), [(0, None), (3, 60_00), (None, None)])
def test_each_happening_is_paid(count: int | None, expected: int | None) -> None:
    """Three times 20."""
    assert cents_by_line(paid(EACH, {"nights": count}), "a").get("praise") == expected


def test_the_first_three_are_paid_by_their_place() -> None:
    """The fourth has nothing, and neither has whoever has no score."""
    assert _won(_team(TOP, 70, 90, 80, 60, None)) == {"b": 300, "c": 200, "a": 100}


def _notes(result: MonthResult) -> dict[str, str]:
    people = [one.agent_id for one in result.agents]
    return {who: line.note for who in people for line in pay_lines(result, who) if line.line == "top"}


def test_a_line_says_the_place_and_with_how_many_it_is_shared() -> None:
    """One alone, two together, and behind these two the fourth place, which has nothing."""
    assert _notes(_team(TOP, 90, 80, 80, 70)) == {"a": "第 1 名", "b": "并列第 2 名 2 人", "c": "并列第 2 名 2 人"}


@pytest.mark.parametrize(
    ("scores", "notes"), [((90, 80), {"a": ""}), ((90, 90), {"a": "并列第一 2 人", "b": "并列第一 2 人"})]
)
def test_of_an_award_for_the_first_alone_only_a_tie_is_said(scores: tuple[int, ...], notes: dict[str, str]) -> None:
    """There is no place to tell apart."""
    first = "[[pay.award]]\nid = 'top'\nlabel = 'best'\nfirst = 'score'\namount = 300\n"
    assert _notes(_team(first, *scores)) == notes


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("all", {"a": 300, "b": 300, "c": 100}),
        ("split", {"a": 250, "b": 250, "c": 100}),
        ("none", {"c": 100}),
    ],
)
def test_whoever_is_tied_is_paid_as_the_policy_says(ties: str, expected: dict[str, int]) -> None:
    """After two who are first comes the third place."""
    assert _won(_team(TOP + f"ties = '{ties}'\n", 90, 90, 80, 70)) == expected


def test_split_ties_at_the_last_place_share_what_is_left() -> None:
    """Three share the third place's 100: 33.34, 33.33, 33.33, a sum of exactly 100."""
    result = _team(TOP + "ties = 'split'\n", 99, 98, 90, 90, 90)
    cents = [cents_by_line(result, who)["top"] for who in ("c", "d", "e")]
    assert sorted(cents) == [33_33, 33_33, 33_34]
