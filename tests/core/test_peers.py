"""What is usual among people of one group and post."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.peers import by_peers, usual_of_others
from tests.workbench import agent


def test_peers_are_of_one_group_and_post() -> None:
    """In the order of the roster."""
    people = [agent("a", group="1", post="x"), agent("b", group="1", post="y"), agent("c", group="1", post="x")]
    assert [[one.agent_id for one in team] for team in by_peers(people)] == [["a", "c"], ["b"]]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(0, 11))
def test_the_usual_is_the_middle_of_the_others(counts: list[int], place: int) -> None:
    """As if one took oneself out and looked at the lower middle of the rest."""
    own = counts[place % len(counts)]
    others = sorted(counts)
    others.remove(own)
    expected = others[(len(others) - 1) // 2] if others else 0
    assert usual_of_others(sorted(counts), own) == expected
