"""Every component is explained where somebody has it, and where somebody has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import explanation_tree, line_ids, own_line
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
    node = own_line(explanation_tree(_explained(paid(EVERY, HAS))), name)
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


def test_limits_stand_in_the_policy_in_words_and_cuts_with_what_they_are_of() -> None:
    """The most for one person, for all, and of all variable pay; what was cut by the id of the component."""
    rules = EVERY.replace('of = "sold"', 'of = "sold"\ncap = 20\nbudget = 1500') + "[pay.cap]\namount = 900\n"
    said = " | ".join(_texts(as_tree(plan(rules))))
    assert "marginal, ≤ 20, Σ ≤ 1,500" in said
    assert "≤ 900 performance, commission, piece, bonus, award" in said
    assert "≤ 20" not in " | ".join(_texts(as_tree(plan(EVERY))))
    tree = explanation_tree(_explained(paid(rules, HAS)))
    own, of_all = own_line(tree, "own"), own_line(tree, "pay_cap")
    assert own is not None
    assert of_all is not None
    assert [child.line for child in own.children] == ["own.1", "own.2", "own.cap"]
    assert of_all.children[0].line == "pay_cap.performance"


BELOW = {"own": {"sold": -20}, "calls": {"nights": -3}}


@pytest.mark.parametrize("name", BELOW)
def test_whoever_has_none_for_a_month_below_nothing_is_told_so(name: str) -> None:
    """And nobody else."""
    reason = "more was taken back than added: such a month earns nothing and is not carried on"
    for values, said in ((BELOW[name], True), ({"sold": 0, "nights": 0}, False)):
        node = why_not(_explained(paid(EVERY, {"x": 80, **values})), name)
        assert node is not None
        assert (reason in " | ".join(_texts(node))) is said


@pytest.mark.parametrize("name", BELOW)
@pytest.mark.parametrize(("word", "text"), [("carry", "转到以后 -"), ("deduct", "扣回")])
def test_what_is_carried_or_taken_back_is_explained_by_the_id_of_the_component(name: str, word: str, text: str) -> None:
    """With the figure behind it; and the policy in words says which of them it does."""
    rules = EVERY.replace("of =", f"negative = '{word}'\nof =")
    node = own_line(explanation_tree(_explained(paid(rules, {"x": 80, **BELOW[name]}))), name)
    assert node is not None
    assert text in " | ".join(_texts(node))
    assert f"< 0: {word}" in " | ".join(_texts(as_tree(plan(rules))))
    assert "< 0" not in " | ".join(_texts(as_tree(plan(EVERY))))
