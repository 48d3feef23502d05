"""Steps to something that is no level, and steps for those on probation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csctl.core.career.assess import assess
from csctl.core.career.given import CareerInput, CareerMonth
from csctl.month import Month
from csctl.policy.model import Policy
from tests.core.career.world import policy_text
from tests.policy.small import changed, load_texts
from tests.workbench import agent, policy

LADDER = "".join(f'[[level]]\nid = "{name}"\n' for name in "ab")
ONE = 'any_of = [{ id = "r", label = "R", judge = true }]\n'
JUNE = Month(2026, 6)


def given(rules: Policy, **changes: object) -> CareerInput:
    """Ann at level a and Bob at level b, in June."""
    people = [replace(agent(name, level=level), **changes) for name, level in (("ann", "a"), ("bob", "b"))]  # type: ignore[arg-type]
    return CareerInput(rules, JUNE, [CareerMonth(JUNE, people, [], {})], (), (), (), ())


@pytest.mark.parametrize(("level", "applies"), [("b", ["bob"]), ("*", ["ann", "bob"])])
def test_a_promotion_may_lead_to_a_post_above_the_ladder(level: str, applies: list[str]) -> None:
    """The verdict says where to, in the policy's words."""
    text = f'{LADDER}[[career.step]]\nid = "s"\nkind = "promotion"\nfrom_level = "{level}"\nleads_to = "chief"\n{ONE}'
    verdicts = assess(given(policy(text))).verdicts
    assert [one.agent_id for one in verdicts if one.state == "needs_judgement"] == applies
    assert {one.to_level for one in verdicts} == {"chief"}


@pytest.mark.parametrize(
    ("regular_on", "state"),
    [
        (None, "not_applicable"),
        (date(2026, 6, 1), "not_applicable"),
        (date(2026, 6, 2), "needs_judgement"),
        (date(2026, 9, 1), "needs_judgement"),
    ],
)
def test_a_step_for_probation_takes_those_on_probation_in_the_month(regular_on: date | None, state: str) -> None:
    """One day of the month is enough; where nothing says when it was over, nobody is on it."""
    text = f'{LADDER}[[career.step]]\nid = "s"\nkind = "promotion"\nfrom_level = "a"\nleads_to = "regular"\n'
    rules = policy(f"{text}on_probation = true\n{ONE}")
    (verdict, _) = assess(given(rules, hired_on=date(2026, 5, 4), regular_on=regular_on)).verdicts
    assert verdict.state == state


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('to_level = "初级"', 'to_level = "初级"\nleads_to = "主管"', "career-two-targets", "leads_to"),
        (
            'kind = "dismissal"\nfrom_level = "初级"',
            'kind = "dismissal"\nfrom_level = "初级"\nleads_to = "主管"',
            "career-dismissal-with-target",
            "leads_to",
        ),
    ],
)
def test_a_step_leads_to_one_place_and_a_dismissal_to_none(old: str, new: str, code: str, key: str) -> None:
    """One fault, one error, at the key that is too much."""
    text = policy_text("pr")
    assert old in text
    first = text.replace(old, new, 1)
    loaded, problems = load_texts({"own": changed((text, first), text=text)})
    assert loaded is None
    assert [(one.code, one.place.column.rpartition(".")[2]) for one in problems] == [(code, key)]
