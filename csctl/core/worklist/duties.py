"""What somebody has to do about a row: by the policy's deadlines, and what a row itself says is not finished."""

from __future__ import annotations

from dataclasses import dataclass, field

from csctl.messages import say
from csctl.policy.checks import Deadline
from csctl.policy.model import Policy
from csctl.policy.parts import Comparison, Where

EMPTY = Comparison(known=False)
KNOWN = Comparison(known=True)


@dataclass(frozen=True, slots=True)
class Duty:
    """A step that rows of a table wait for. It is done when ``step`` is filled in, or the flag ``flag`` is set.

    ``deadline`` None: nothing says by when. ``in_use``: columns of which the exports must fill in one somewhere, or
    else an empty cell only means that nobody keeps them.
    """

    label: str
    table: str
    step: str
    where: Where = field(default_factory=dict)
    deadline: Deadline | None = None
    flag: str = ""
    in_use: tuple[str, ...] = ()
    rule: str = ""


def duties(policy: Policy, language: str) -> list[Duty]:
    """The policy's deadlines first, in its order; then what every table's own columns show.

    ``language`` is that of the built-in duties' words; a policy's labels stand as they are.
    """
    return [*_of_policy(policy), *_cases(language), *_people(policy, language)]


def _of_policy(policy: Policy) -> list[Duty]:
    return [
        Duty(check.label, check.table, check.deadline.to, check.where, check.deadline, rule=check.rule)
        for check in policy.check
        if check.deadline is not None
    ]


def _cases(language: str) -> list[Duty]:
    """Customers who wait: a word that was promised, a complaint, a poor review, a fault to be mended."""
    promised, extended = _by("promised_at", "feedback_at"), _by("extended_to", "feedback_at")
    words = say("worklist-do-promise", language)
    unsettled: Where = {"resolved_at": EMPTY}
    return [
        Duty(words, "complaints", "feedback_at", {**unsettled, "extended_to": EMPTY}, promised),
        Duty(words, "complaints", "feedback_at", {**unsettled, "extended_to": KNOWN}, extended),
        Duty(words, "interactions", "feedback_at", {"extended_to": EMPTY}, promised),
        Duty(words, "interactions", "feedback_at", {"extended_to": KNOWN}, extended),
        Duty(say("worklist-do-complaint", language), "complaints", "resolved_at", in_use=("resolved_at",)),
        Duty(
            say("worklist-do-review", language),
            "reviews",
            "messaged_at",
            {"called_at": EMPTY, "replied_at": EMPTY},
            in_use=("messaged_at", "called_at", "replied_at"),
        ),
        Duty(
            say("worklist-do-rectify", language),
            "quality",
            "rectified_on",
            {"passed": False},
            _by("rectify_by", "rectified_on"),
        ),
    ]


def _people(policy: Policy, language: str) -> list[Duty]:
    """Agents and their superiors: plans, tasks, second tries, requests to be granted, appeals."""
    rules = policy.appeal
    decide = _within("date", "decided_on", rules.decide_days) if rules and rules.decide_days is not None else None
    granting: Where = {"approved": EMPTY}
    in_use = ("approved", "approver")
    return [
        Duty(say("worklist-do-plan", language), "plans", "done_on", {}, _by("date", "done_on"), "done"),
        Duty(say("worklist-do-task", language), "tasks", "done_on", {}, _by("date", "done_on"), "done"),
        Duty(say("worklist-do-exam", language), "exams", "retake_on", {"passed": False}),
        Duty(say("worklist-do-grant", language), "leave", "approved", granting, in_use=in_use),
        Duty(say("worklist-do-grant", language), "punch_fixes", "approved", granting, in_use=in_use),
        Duty(
            say("worklist-do-appeal", language),
            "appeals",
            "decided_on",
            {"decision": EMPTY},
            decide,
            rule=rules.rule if rules and decide else "",
        ),
    ]


def _by(column: str, step: str) -> Deadline:
    """The row itself says by when."""
    return Deadline(start=column, to=step, hours=0)


def _within(column: str, step: str, days: int) -> Deadline:
    return Deadline(start=column, to=step, days=days)
