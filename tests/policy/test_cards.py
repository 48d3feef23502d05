"""Scorecards as the policy declares them: which there can be, what they are called, whether their weights add up."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.messages import problem_fix, problem_text
from csctl.policy.cards import card_for, every_card, has_cards
from csctl.policy.lint_weights import lint_weights
from csctl.policy.model import Policy
from csctl.policy.whose import Whose
from csctl.problems import Place, Problem
from tests.drawn import drawn
from tests.policy.small import SMALL, load_texts

HEAD = """
id = "cards"
label = "Cards"
version = "1"
language = "en"
state = "reviewed"
[score]
pass_mark = 60
{score}
[[level]]
id = "junior"
[[level]]
id = "senior"
label = "Senior"
[[level]]
id = "chief"
scored = false
"""
RANK = 'rank = "card"'


def item(name: str, whose: str = "", weight: str = "") -> str:
    """An indicator that is rated."""
    text = (
        f'[[dimension.indicator]]\nid = "{name}"\nlabel = "{name}"\nrating = "{name}"\nmissing = "zero"\nout_of = 10\n'
    )
    return text + (f"for = {{ {whose} }}\n" if whose else "") + (f"weight = {weight}\n" if weight else "")


def dimension(name: str, weight: object, whose: str = "", *items: str) -> str:
    """A dimension with these indicators, one of its own name where there are none."""
    head = f'[[dimension]]\nid = "{name}"\nlabel = "{name}"\nweight = {weight}\n'
    return head + (f"for = {{ {whose} }}\n" if whose else "") + "".join(items or [item(f"{name}_item")])


def found(*parts: str, score: str = RANK) -> list[Problem]:
    """Errors that keep the policy from being loaded, or what the linter says of one that is."""
    loaded, problems = load_texts({"own": HEAD.format(score=score) + "".join(parts)})
    return list(problems) if loaded is None else list(loaded.findings)


def codes(*parts: str, score: str = RANK) -> list[str]:
    return [one.code for one in found(*parts, score=score)]


HOT, NET = 'post = ["hot"]', 'post = ["net"]'
BOTH = 'post = ["hot", "net"]'


def test_cards_that_each_make_a_hundred_are_good() -> None:
    """40 for all who are named, 60 for each post; nobody else has a card."""
    parts = (dimension("all", 40, BOTH), dimension("hot", 60, HOT), dimension("net", 60, NET))
    assert codes(*parts) == []


def test_the_card_that_does_not_sum_is_named() -> None:
    """The hot line makes 100, the chat 95."""
    (said,) = found(dimension("all", 40, BOTH), dimension("hot", 60, HOT), dimension("net", 55, NET))
    assert said.code == "policy-weights-sum"
    assert problem_text(said, "en").startswith(
        "scorecard for net: the weights of the dimensions add up to 95, not to 100"
    )
    assert problem_text(said, "zh").startswith("考核表（net）：")


def test_without_cards_the_sum_is_said_of_no_card() -> None:
    """Everybody has the same."""
    (said,) = found(dimension("all", 95), score="")
    assert problem_text(said, "en").startswith("the weights of the dimensions add up to 95")


def test_people_whom_nothing_names_have_a_whole_card_or_none() -> None:
    """40 for everybody and 60 for one post each leaves others 40, which is said with what to write."""
    parts = (dimension("all", 40), dimension("hot", 60, HOT), dimension("net", 60, NET))
    (said,) = found(*parts)
    assert (said.code, said.found) == ("policy-card-of-others", "40")
    assert "“for”" in problem_fix(said, "en")
    others = dimension("rest", 60, 'level = ["junior", "senior"]')
    assert codes(dimension("all", 40, BOTH), dimension("hot", 60, HOT), dimension("net", 60, NET)) == []
    assert codes(dimension("all", 100)[:0], dimension("only", 40), others) == []


def test_levels_that_are_not_scored_need_no_card() -> None:
    """Nor levels that the ladder does not have: juniors and seniors are all there are."""
    parts = (dimension("all", 40), dimension("j", 60, 'level = ["junior"]'), dimension("s", 60, 'level = ["Senior"]'))
    assert codes(*parts) == []
    (said,) = found(*parts[:2])
    assert (said.code, said.found) == ("policy-card-of-others", "40")


def test_posts_groups_and_levels_go_together_in_every_combination() -> None:
    """Seniors on the hot line have 10 too many."""
    parts = (dimension("all", 100, BOTH), dimension("x", 10, HOT + ', level = ["senior"]'))
    (said,) = found(*parts)
    assert (said.code, said.found, said.parameters["card"]) == ("policy-weights-sum", "110", "hot, level senior")
    grouped = (dimension("all", 100, BOTH), dimension("x", 10, HOT + ', group = ["night"]'))
    (said,) = found(*grouped)
    assert said.parameters["card"] == "hot, group night"


def test_indicators_of_a_dimension_sum_within_each_card() -> None:
    """30 and 20 for the hot line; 30 and 10 for the chat, of 50."""
    items = (item("a", "", "30"), item("b", HOT, "20"), item("c", NET, "10"))
    (said,) = found(dimension("d", 50, BOTH, *items), dimension("e", 50, BOTH))
    assert said.code == "policy-dimension-sum"
    assert (said.found, said.parameters["card"], said.parameters["dimension"]) == ("40", "net", "d")
    good = (item("a", "", "30"), item("b", HOT, "20"), item("c", NET, "20"))
    assert codes(dimension("d", 50, BOTH, *good), dimension("e", 50, BOTH)) == []


def test_on_one_card_all_indicators_of_a_dimension_have_a_weight_or_none() -> None:
    """Weights on one card and none on the other are two ways, each whole."""
    mixed = dimension("d", 50, BOTH, item("a", HOT, "30"), item("b", HOT), item("c", NET))
    (said,) = found(mixed, dimension("e", 50, BOTH))
    assert (said.code, said.found, said.parameters["card"]) == ("policy-weight-missing", "b", "hot")
    apart = dimension("d", 50, BOTH, item("a", HOT, "30"), item("b", HOT, "20"), item("c", NET))
    assert codes(apart, dimension("e", 50, BOTH)) == []


def test_a_wrong_sum_that_several_cards_share_is_said_once() -> None:
    """Three posts have the same dimension with the same indicators."""
    posts = ("hot", "net", "mail")
    wrong = dimension("d", 40, "", item("a", "", "10"), item("b", "", "20"))
    own = [dimension(post, 60, f'post = ["{post}"]') for post in posts]
    rest = [one for one in codes(wrong, *own) if one == "policy-dimension-sum"]
    assert rest == ["policy-dimension-sum"]


def test_what_is_on_nobodys_card_is_an_error() -> None:
    """For the chat, in a dimension that is for the hot line."""
    (said,) = found(dimension("hot", 100, HOT, item("a"), item("b", NET)))
    assert (said.code, said.found) == ("policy-never-on-a-card", "b")


def test_an_item_for_a_level_that_is_not_scored_is_on_nobodys_card() -> None:
    """Chiefs have no score."""
    assert "policy-never-on-a-card" in codes(dimension("d", 100, "", item("a"), item("b", 'level = ["chief"]')))


def test_with_whom_scores_are_compared_must_be_declared() -> None:
    """Only where there are cards; where there are none it does nothing."""
    parts = (dimension("hot", 100, HOT), dimension("net", 100, NET))
    assert codes(*parts, score="") == ["policy-rank-not-declared"]
    assert codes(*parts, score='rank = "all"') == []
    assert codes(dimension("all", 100), score='rank = "all"') == ["policy-rank-without-cards"]
    assert "policy-rank-without-cards" not in [one.code for one in load_texts({"own": SMALL})[1]]


@pytest.mark.parametrize(
    ("whose", "code"),
    [
        ("", "policy-for-nobody-named"),
        ("post = []", "policy-for-nobody-named"),
        ('posts = ["hot"]', "policy-unknown-key-near"),
        ('level = ["juniorr"]', "policy-unknown-level"),
        ('post = "hot"', "policy-not-a-list"),
    ],
)
def test_for_is_checked_as_every_key_is(whose: str, code: str) -> None:
    """Somebody must be named; unknown keys and levels are told with the nearest ones."""
    said = {one.code: one for one in found(dimension("a", 100, HOT).replace(HOT, whose))}
    assert code in said
    assert all(problem_fix(said[code], language) for language in ("zh", "en"))


# ---- laws --------------------------------------------------------------------------

NAMES = ("hot", "net", "mail")
WHOSE = st.one_of(
    st.none(),
    st.builds(
        lambda post, group, level: (
            {key: sorted(names) for key, names in (("post", post), ("group", group), ("level", level)) if names} or None
        ),
        st.sets(st.sampled_from(NAMES)),
        st.sets(st.sampled_from(("day", "night"))),
        st.sets(st.sampled_from(("junior", "Senior"))),
    ),
)
DIMENSIONS = st.lists(
    st.tuples(WHOSE, st.sampled_from([20, 40, 60, 100]), st.lists(WHOSE, min_size=1, max_size=2)),
    min_size=1,
    max_size=4,
)


def policy_of(drawn_: list[tuple[Any, int, list[Any]]]) -> Policy:
    """Dimensions with their weights and whom they and their indicators are for."""
    made = []
    for row, (whose, weight, items) in enumerate(drawn_):
        inside = [
            {"id": f"i{row}_{at}", "label": "x", "rating": "x", "missing": "zero", "out_of": 1}
            | ({"for": own} if own else {})
            for at, own in enumerate(items)
        ]
        one: dict[str, Any] = {"id": f"d{row}", "label": "d", "weight": weight, "indicator": inside}
        made.append(one | ({"for": whose} if whose else {}))
    levels = [{"id": "junior"}, {"id": "senior", "label": "Senior"}]
    score = {"pass_mark": 60, "rank": "all"}
    return Policy.model_validate(
        {"id": "p", "label": "p", "version": "1", "score": score, "level": levels, "dimension": made}
    )


PEOPLE = list(product(({"junior"}, {"senior", "Senior"}), (*NAMES, "other"), ("day", "night", "other")))


def nowhere(path: tuple[str | int, ...]) -> Place:
    return Place("p.toml", column=".".join(map(str, path)))


@settings(max_examples=drawn(80))
@given(DIMENSIONS)
def test_the_linter_finds_a_wrong_card_exactly_if_somebody_has_one(drawn_: list[tuple[Any, int, list[Any]]]) -> None:
    """Tried on everybody there can be: all posts, groups and levels that are named, and others."""
    policy = policy_of(drawn_)
    totals = {
        sum((one.weight for one in card_for(policy, *who).policy.dimension), Decimal(0)) for who in PEOPLE
    }  # fmt: skip
    said = {one.code for one in lint_weights(policy, nowhere)}
    assert bool(said & {"policy-weights-sum", "policy-card-of-others"}) == bool(totals - {Decimal(0), Decimal(100)})


@settings(max_examples=drawn(80))
@given(DIMENSIONS)
def test_cards_are_told_apart_by_their_names(drawn_: list[tuple[Any, int, list[Any]]]) -> None:
    """Whoever has the same items has a card of the same name, and nobody else; the linter looks at all of them."""
    policy = policy_of(drawn_)
    own = [card_for(policy, *who) for who in PEOPLE]
    names = {card.items: card.label for card in own}
    assert all(names[card.items] == card.label for card in own)
    assert len(set(names.values())) == len(names)
    assert set(names) == {card.items for card in every_card(policy)}


@settings(max_examples=drawn(80))
@given(DIMENSIONS)
def test_an_item_is_on_a_card_exactly_if_both_limits_hold(drawn_: list[tuple[Any, int, list[Any]]]) -> None:
    """That of the dimension and its own, each for posts, groups and levels at once."""
    policy = policy_of(drawn_)

    def meant(whose: Whose | None, who: tuple[set[str], str, str]) -> bool:
        levels, post, group = who
        return whose is None or (
            (not whose.post or post in whose.post)
            and (not whose.group or group in whose.group)
            and (not whose.level or bool(levels & set(whose.level)))
        )

    for who in PEOPLE:
        wanted = [
            one.id
            for part in policy.dimension
            for one in part.indicator
            if meant(part.for_, who) and meant(one.for_, who)
        ]
        assert list(card_for(policy, *who).items) == wanted
    assert has_cards(policy) == any(one.for_ or any(i.for_ for i in one.indicator) for one in policy.dimension)
