"""People of whom the roster does not say since when they are here, where pay hangs on it."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.people.called import people_named
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Problem


def hire_days_lacking(policy: Policy, agents: Sequence[Agent]) -> list[Problem]:
    """A warning that names whoever has no hiring date: nobody knows whether they are on probation, or in which service
    year a guarantee is theirs, and they are paid as regulars of the first year who were here all month.
    """
    pay = policy.pay
    if pay is None:
        return []
    yearly = pay.guarantee is not None and pay.guarantee.mode == "annual"
    lacking = [one for one in agents if one.hired_on is None and (yearly or (pay.probation and one.regular_on is None))]
    return [problem("hire-days-lacking", found=people_named(lacking), count=len(lacking))] if lacking else []
