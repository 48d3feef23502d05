"""The policy as a text: its state and its months."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.tree import Locate
from csctl.problems import Problem


def lint_text(policy: Policy, where: Locate) -> Iterator[Problem]:
    """A draft is said to be one; months run forward."""
    if policy.state == "draft":
        yield problem("policy-is-a-draft", where(("state",)), policy.id)
    first, last = policy.effective.from_, policy.effective.to
    if first and last and first > last:
        yield problem("policy-months-backwards", where(("effective",)), first, last=last)
