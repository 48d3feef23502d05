"""What the models cannot see: whether the parts of a policy fit together.

An error keeps the policy from being loaded; warnings and notes are shown by ``csctl policy lint``.
"""

from __future__ import annotations

from csctl.policy.lint_awards import lint_awards
from csctl.policy.lint_bands import lint_bands
from csctl.policy.lint_career import lint_career
from csctl.policy.lint_checks import lint_checks
from csctl.policy.lint_law import lint_law
from csctl.policy.lint_marks import lint_marks
from csctl.policy.lint_measures import lint_measures
from csctl.policy.lint_names import lint_names
from csctl.policy.lint_nobody import lint_nobody
from csctl.policy.lint_pay import lint_pay
from csctl.policy.lint_percent import lint_percent
from csctl.policy.lint_quotas import lint_quotas
from csctl.policy.lint_scores import lint_scores
from csctl.policy.lint_sums import lint_sums
from csctl.policy.lint_text import lint_text
from csctl.policy.lint_twice import lint_twice
from csctl.policy.lint_weights import lint_weights
from csctl.policy.lint_working_time import lint_working_time
from csctl.policy.model import Policy
from csctl.policy.tree import Locate
from csctl.problems import Problem, in_order

_CHECKS = (
    lint_text,
    lint_names,
    lint_measures,
    lint_sums,
    lint_bands,
    lint_percent,
    lint_weights,
    lint_scores,
    lint_quotas,
    lint_marks,
    lint_law,
    lint_pay,
    lint_awards,
    lint_nobody,
    lint_twice,
    lint_checks,
    lint_career,
    lint_working_time,
)


def lint_policy(policy: Policy, where: Locate) -> list[Problem]:
    """Every finding about a policy that the models accept, worst first, each with its place."""
    return in_order(problem for check in _CHECKS for problem in check(policy, where))
