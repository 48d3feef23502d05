"""A decision on one item of one agent: an appeal that was won, or a what-if."""

from __future__ import annotations

from dataclasses import dataclass

from csctl.messages import say


@dataclass(frozen=True, slots=True)
class Decision:
    """``item`` (id or label of an indicator, adjustment, fine or award) of one agent is ``value``, and why.

    ``value`` is what a rater could write for an indicator, and how many times the item counts for the others.
    ``appeal`` is the number of the appeal, 0 for a what-if. ``measured``: the value is a number in the unit of the
    indicator's measure, and earns what that earns.
    """

    agent_id: str
    item: str
    value: str
    reason: str
    appeal: int
    measured: bool = False


def decision_text(decision: Decision, language: str) -> str:
    """What a line that was decided says about it: which appeal, and the reason."""
    code = "deciding-appeal" if decision.appeal else "deciding-what-if"
    return say(code, language, appeal=decision.appeal, reason=decision.reason).rstrip("：: ")
