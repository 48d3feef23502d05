"""Each requirement, on tables worked out by hand: who meets it, who does not, and why."""

from __future__ import annotations

import tomllib

import pytest

from tests.core.career.world import HERE, Table, policy_text, world
from tests.policy.small import load_good

FILES = ("ranks", "quarters", "fails", "service", "records")
CASES = [
    pytest.param(case, id=f"{name}: {case['title']}")
    for name in FILES
    for case in tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_requirement_is_decided_as_by_hand(case: Table) -> None:
    """State and figures of everybody whom the step concerns; evidence and advice where the case gives them."""
    found = world(case).findings(case["requirement"])
    assert {name: f"{one.state}: {one.found}" for name, one in found.items()} == case["expect"]
    for name, evidence in case.get("evidence", {}).items():
        assert list(found[name].evidence) == evidence
    for name, advice in case.get("next", {}).items():
        assert found[name].next == advice


@pytest.mark.parametrize("name", ["pr", "sa", "tm"])
def test_the_policies_of_these_tests_could_be_used(name: str) -> None:
    """The loader accepts them without any error or warning."""
    assert load_good({"own": policy_text(name)}).policy.career is not None
