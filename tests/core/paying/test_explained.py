"""Every component is explained where somebody has it, and where somebody has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import explain, line_ids, own_line
from csctl.core.explaining.nodes import Explained, Node
from csctl.core.explaining.why_not import askable, why_not
from csctl.core.records.result import MonthResult
from tests.core.paying.plan import EVERY, paid, plan

HAS = {"x": 80, "hours": 4, "nights": 5, "sold": 1500}
HAS_NOT = {"x": None, "hours": None, "nights": 0, "sold": -20}
IDS = ("over", "night", "perf", "own", "calls", "top")


def _explained(month: MonthResult) -> Explained:
    return Explained(month, month.agents[0], (), lambda _: (), "en")


def _texts(node: Node) -> Iterator[str]:
    yield " ".join((node.label, node.value, node.note))
    for child in node.children:
        yield from _texts(child)


@pytest.mark.parametrize("name", IDS)
def test_a_line_shows_what_it_is_made_of(name: str) -> None:
    """By the id of the component, whatever lines it makes."""
    node = own_line(explain(_explained(paid(EVERY, HAS))), name)
    assert node is not None
    assert "×" in " ".join(_texts(node))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("over", "overtime missing no data"),
        ("night", "night shifts 0 times none is on record"),
        ("perf", "no score"),
        ("own", "net sales -20 yuan"),
        ("calls", "night shifts 0 times none is on record"),
        ("top", "score missing asked: to be among the first 2"),
    ],
)
def test_whoever_has_none_is_told_why(name: str, reason: str) -> None:
    """With the figure that was found, or that there is none."""
    node = why_not(_explained(paid(EVERY, HAS_NOT)), name)
    assert node is not None
    assert node.value == "not earned"
    assert reason in " | ".join(_texts(node)), list(_texts(node))


@pytest.mark.parametrize(
    ("name", "quantity", "note"),
    [
        ("night", 'quantity = "nights"', "30 yuan each time"),
        ("night", 'when = { measure = "nights", above = 0 }', "30 yuan a month"),
        ("perf", 'quantity = "nights"', "1,000 yuan a month"),
    ],
)
def test_what_is_missed_is_told_by_what_it_is_paid_for(name: str, quantity: str, note: str) -> None:
    """A monthly amount is not paid each time."""
    node = why_not(_explained(paid(EVERY.replace('quantity = "nights"', quantity), HAS_NOT)), name)
    assert node is not None
    assert node.note == note


@pytest.mark.parametrize("about", [{"level": "senior"}, {"post": "chat"}, {"group": "B"}])
def test_whoever_a_component_is_not_for_is_told_so(about: Mapping[str, str]) -> None:
    """Before any figure."""
    only = EVERY.replace('quantity = "nights"', 'quantity = "nights"\nlevels = ["junior"]\nposts = [""]\ngroups = [""]')
    node = why_not(_explained(paid(only, HAS, **about)), "night")
    assert node is not None
    assert node.children[0].label == "not for this level, post or group"


def test_all_of_them_can_be_asked_for_and_stand_in_the_policy_in_words() -> None:
    """None is forgotten in either place."""
    assert set(IDS) <= set(askable(plan(EVERY)))
    assert set(IDS) <= set(line_ids(as_tree(plan(EVERY))))
