"""What the program assumes where a policy says nothing: named beside what the policy itself assumes."""

from __future__ import annotations

from csctl.messages import say
from csctl.policy.model import Assumption, Policy

COVERAGE_KEY = "score.min_coverage"
COVERAGE_ID = "min-coverage"


def with_assumed(policy: Policy) -> Policy:
    """The policy with an assumption for the default it rests on, unless it names the key or an assumption does."""
    rules = policy.score
    named = any(COVERAGE_KEY in one.keys for one in policy.assumption)
    if rules is None or not policy.dimension or named or "min_coverage" in rules.model_fields_set:
        return policy
    text = say("assumed-min-coverage", policy.language, least=f"{(rules.min_coverage * 100).normalize():f}")
    assumed = Assumption(id=COVERAGE_ID, kind="choice", text=text, keys=[COVERAGE_KEY])
    return policy.model_copy(update={"assumption": [*policy.assumption, assumed]})
