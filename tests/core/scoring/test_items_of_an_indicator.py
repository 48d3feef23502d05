"""An indicator that is put together from several rated items."""

from __future__ import annotations

import pytest

from tests.workbench import D, agent, month_of, policy, rating, score_lines


def points(label: str, **given: str) -> object:
    """What ``Listening`` and ``Speaking``, or the indicator as a whole, come to."""
    rules = policy(
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n[[dimension.indicator]]\n"
        f"id = 'i'\nlabel = '{label}'\nratings = ['Listening', 'Speaking']\nmissing = 'zero'\n"
    )
    ratings = [rating("a", item, value) for item, value in given.items()]
    [line] = score_lines(month_of(rules, [agent("a")], {"a": {}}, ratings))
    return line.points


@pytest.mark.parametrize("label", ["Talk", "Listening"])
def test_an_item_that_is_called_like_its_indicator_is_one_of_its_items(label: str) -> None:
    """100 and 50 make 75, whatever the indicator is called."""
    assert points(label, Listening="100", Speaking="50") == D(75)


def test_a_judgement_of_the_whole_stands_instead_of_the_items() -> None:
    """By its label or its id."""
    assert points("Talk", Talk="90", Listening="100", Speaking="50") == D(90)
    assert points("Talk", i="80", Listening="100", Speaking="50") == D(80)
