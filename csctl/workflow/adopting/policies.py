"""Which shipped policy fits what was found: the one that looks at most of these tables."""

from __future__ import annotations

from collections.abc import Collection

from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.readers.proposing.questions import Choice, Kind, Question
from csctl.store.shipped import policy_names
from csctl.workflow.starting import tables_of
from csctl.workspace import policy_source

_OFFERED = 5


def policy_faults(name: str) -> list[Problem]:
    """What is wrong with a policy that somebody names."""
    return load_policy(name, lambda one: policy_source(one, None), policy_names())[1]


def policy_question(found: Collection[str]) -> Question:
    """Which policy is to be computed by; the likeliest has data for most of what it looks at."""
    ranked = sorted(_scoring(), key=lambda one: _rank(one, found))
    choices = tuple(Choice(one.id, shown=one.label) for one in ranked[:_OFFERED])
    return Question("", Kind.POLICY, "", {"tables": tuple(sorted(found))}, choices, choices[0].name)


def _scoring() -> list[Policy]:
    loaded = [load_policy(name, lambda one: policy_source(one, None), policy_names())[0] for name in policy_names()]
    return [one.policy for one in loaded if one is not None and one.policy.dimension]


def _rank(policy: Policy, found: Collection[str]) -> tuple[float, ...]:
    needed = {table.name for table in tables_of(policy)}
    met = len(needed & set(found))
    return -met, len(needed) - met
