"""Every rule of the nine systems is carried by a policy, and proved where csctl computes it or takes it in."""

from __future__ import annotations

import re

import pytest

from csctl.core.explaining.trace import PROVED, RULE_ID, Proof, Rule, Traced, is_text, read_index, traceability_matrix
from csctl.store import shipped
from csctl.workflow.tracing import proofs, shipped_policies, trace_rules

RULES = 466
AMBIGUITIES = [f"A-{number:02d}" for number in range(1, 51)]


@pytest.fixture(scope="module")
def traced() -> list[Traced]:
    """The index against the shipped policies and their examples."""
    return traceability_matrix(read_index(shipped.rule_index()), shipped_policies(), proofs())


def test_the_index_holds_every_rule_once() -> None:
    """All ids, each of a form that a policy's text is searched for."""
    rules = read_index(shipped.rule_index())
    assert len({rule.id for rule in rules}) == len(rules) == RULES
    assert all(RULE_ID.fullmatch(rule.id) for rule in rules)


def test_no_rule_is_left_to_do(traced: list[Traced]) -> None:
    """Every rule has a policy key; a rule that is computed, logged, judged or filled in has a worked example."""
    assert [one.rule.id for one in traced if one.status == "todo"] == []
    assert all(one.proofs for one in traced if one.status in PROVED)


def test_a_rule_is_carried_by_a_policy_of_its_own_system(traced: list[Traced]) -> None:
    """Systems are never merged: the keys of one system's rules stand in that system's policies."""
    home = {"TM": "telecom-hotline", "PR": "promotion-ladder", "T1": "taobao-service", "T2": "taobao-department",
            "AT": "attitude-appraisal", "SA": "ecommerce-pay", "HO": "hospital-desk", "EX": "express-service",
            "IN": "insurance"}  # fmt: skip
    for one in traced:
        assert any(key.startswith(f"{home[one.rule.system]}:") for key in one.keys), one.rule.id


def test_a_rule_without_key_or_example_is_seen() -> None:
    """What nobody carries, and what is carried and computed but not proved, is to do."""
    rules = [Rule("T1-999", "T1", ("computed",), ()), Rule("SA-093", "SA", ("computed",), ())]
    found = traceability_matrix(rules, shipped_policies(), [])
    assert [one.status for one in found] == ["todo", "todo"]
    assert (found[0].keys, bool(found[1].keys)) == ((), True)


def test_what_is_only_text_is_called_text(traced: list[Traced]) -> None:
    """A rule that a policy no more than shows is neither computed nor logged, rated, filled in or followed up."""
    shown = [one for one in traced if all(is_text(key) for key in one.keys)]
    assert [one.rule.id for one in shown if one.rule.ways[0] in PROVED] == []


@pytest.mark.slow
def test_an_example_that_only_shows_a_key_proves_nothing() -> None:
    """A rule said to be computed is to do until something that comes out is expected."""
    rule = Rule("SA-093", "SA", ("computed",), ())
    seen, counted = (
        Proof("ecommerce-pay", frozenset({"SA-093"}), "here.toml", "a share", figures) for figures in (False, True)
    )
    assert [traceability_matrix([rule], shipped_policies(), [one])[0].status for one in (seen, counted)] == [
        "todo",
        "computed",
    ]


def test_every_ambiguity_is_an_assumption_of_the_policy_it_touches() -> None:
    """Each default stands under assumptions, with the keys that change it, in a policy that has the rule."""
    listed = {
        number: assumption
        for policy in shipped_policies()
        for assumption in policy.assumption
        for number in re.findall(r"\bA-\d\d\b", f"{assumption.id} {assumption.text}")
    }
    assert [number for number in AMBIGUITIES if number not in listed] == []
    assert [number for number, assumption in listed.items() if not assumption.keys] == []


def test_the_command_counts_what_it_lists() -> None:
    """All rules, or those of one system; the counts are of what is listed."""
    everything, one_system = trace_rules(), trace_rules("IN")
    assert len(everything["rules"]) == sum(everything["counts"].values()) == RULES
    assert {row["system"] for row in one_system["rules"]} == {"IN"}
