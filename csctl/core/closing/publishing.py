"""Whether the results of a month may be made known, and objected to, under the rules they were made by."""

from __future__ import annotations

from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.publication import STATES
from csctl.problems import Problem, as_error


def withheld(policy: Policy, month: Month, *, closed: bool) -> list[Problem]:
    """Notes that say why results are not made known yet; none where they may be, or where the policy does not ask."""
    rules = policy.publication
    found = _not_in_force(policy, month)
    if rules is not None and rules.after == "closed" and not closed:
        found.append(problem("publication-needs-closing", found=month, rule=rules.rule))
    return found


def not_appealable(policy: Policy, month: Month) -> list[Problem]:
    """Errors that say why nobody can object to a result: rules that were never made known bind nobody."""
    return [as_error(one) for one in _not_in_force(policy, month)]


def _not_in_force(policy: Policy, month: Month) -> list[Problem]:
    rules = policy.publication
    if rules is None:
        return []
    found = []
    if STATES.index(policy.state) < STATES.index(rules.needs_state):
        needed = rules.needs_state
        found.append(
            problem("publication-needs-state", found=policy.id, state=policy.state, needed=needed, rule=rules.rule)
        )
    if rules.announced_on is not None and month.first < rules.announced_on:
        found.append(problem("publication-needs-announcement", found=month, on=rules.announced_on, rule=rules.rule))
    return found
