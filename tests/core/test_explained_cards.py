"""A score of one of several scorecards, as it is explained, asked for in vain, and said by the policy in words."""

from __future__ import annotations

import pytest

from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import explanation_tree
from csctl.core.explaining.nodes import Explained, Node
from csctl.core.explaining.why_not import why_not
from tests.card_month import PEOPLE, month_of_cards, rules
from tests.core.test_explained_quotas import tree as of_one_card


def explained(at: int, rank: str = "card") -> Explained:
    """What one agent's explanation is made from."""
    return Explained(month_of_cards(rank), PEOPLE[at], (), lambda _: (), "en")


def labels(node: Node) -> list[str]:
    return [child.label for child in node.children]


@pytest.mark.parametrize(
    ("rank", "said"), [("card", "the rank is among those of the same card"), ("all", "the rank is among all")]
)
def test_the_score_says_which_card_it_is_and_with_whom_it_is_compared(rank: str, said: str) -> None:
    """Whose card it is, and what the rank means."""
    note = explanation_tree(explained(1, rank)).children[0].note
    assert f"scorecard: chat; {said}" in note
    assert note.startswith("grade –, rank 1" if rank == "card" else "grade –, rank 2")


def test_where_everybody_has_the_same_card_none_is_named() -> None:
    """There is nothing to tell apart."""
    assert "card" not in of_one_card(0).children[0].note


def test_only_the_dimensions_of_the_own_card_are_shown() -> None:
    """Neither an empty one nor one of nought points."""
    assert [labels(explanation_tree(explained(at)).children[0]) for at in (0, 1)] == [
        ["Hot line", "Manner"],
        ["Chat", "Manner"],
    ]


def test_who_asks_for_an_item_of_another_card_is_told_whose_the_own_one_is() -> None:
    """And nothing of a missing score, which there is."""
    node = why_not(explained(0), "chats")
    assert node is not None
    assert [(one.label, one.value) for one in node.children] == [
        ("not on the own scorecard, which is that for", "hot line")
    ]
    own = why_not(explained(0), "calls")
    assert own is not None
    assert own.children == ()


def test_the_policy_in_words_says_whom_a_part_is_for() -> None:
    """Beside dimensions and indicators; of what is for everybody nothing is said."""
    made = as_tree(rules())
    assert [(one.label, one.note) for one in made.children] == [
        ("Hot line", "for hot line only"), ("Chat", "for chat only"), ("Manner", "for hot line, chat only"),
    ]  # fmt: skip
    assert [one.note for one in made.children[1].children] == ["chats", "rating: Tone"]
