"""What forms ask besides ratings: yes or no on the way up or down, votes, the interview, objections, what was found."""

from __future__ import annotations

from csctl.core.career.assess import applies
from csctl.core.career.given import CareerInput
from csctl.core.deciding.items import items_of
from csctl.core.forms.model import FREE, Allowed, Block, Line, Part
from csctl.core.forms.rated import Subject, yes_no
from csctl.messages import say
from csctl.month import Month
from csctl.policy.career import CareerStep
from csctl.policy.model import Policy
from csctl.policy.parts import Term, compared_texts
from csctl.policy.walk import uses

OBJECTIONS = 6
"""Rows of an appeal form."""
HAPPENINGS = 30
"""Rows of a form for inspections or reviews; who needs more goes on in a copy of the form."""
FILED_ON, PUBLISHED_ON = "filed_on", "published_on"
INTERVIEW = ("interviewer", "interview-date", "strengths", "gaps", "plan", "comment")
"""Fields of the interview record; their words are those of the performance sheet."""


def career_blocks(policy: Policy, subject: Subject, month: Month) -> list[Block]:
    """The requirements that a person decides, of every step that is open to the agent; each is asked once."""
    if policy.career is None:
        return []
    given = CareerInput(policy, month, (), (), None, None, None)
    steps = [step for step in policy.career.step if applies(given, subject.agent, step)]
    seen: set[str] = set()
    return [_step_block(subject, step, seen) for step in steps]


def _step_block(subject: Subject, step: CareerStep, seen: set[str]) -> Block:
    lines = []
    for one in step.requirements:
        if one.asked and one.id not in seen:
            seen.add(one.id)
            asked = Allowed("choice", yes_no(subject.language), asks="yes or no")
            lines.append(Line(one.id, one.label, asked, evidence=one.rule))
    title = subject.words(f"forms-step-{step.kind}", level=step.target)
    return Block("rating", title, tuple(lines))


def vote_blocks(policy: Policy, subject: Subject, month: Month) -> list[Block]:
    """The steps of the ladder that are open to the agent and that colleagues vote about."""
    if policy.career is None:
        return []
    given = CareerInput(policy, month, (), (), None, None, None)
    steps = [step for step in policy.career.step if applies(given, subject.agent, step)]
    allowed = Allowed("choice", vote_choices(subject.language), asks="yes or no")
    lines = [
        Line(one.id, subject.words(f"forms-vote-{step.kind}", level=step.target), allowed)
        for step in steps
        for one in step.requirements
        if one.vote
    ]
    return [Block("votes", subject.words("forms-vote-items"), tuple(lines))]


def vote_choices(language: str) -> tuple[str, str, str]:
    """For, against, and neither."""
    return say("forms-vote-for", language), say("forms-vote-against", language), say("forms-vote-neither", language)


def interview_block(subject: Subject, rater: str) -> Block:
    """The record of the talk about the results; who holds it is known already."""
    lines = []
    for field in INTERVIEW:
        allowed = Allowed("date") if field == "interview-date" else FREE
        known = rater if field == "interviewer" else ""
        lines.append(Line(field, subject.words(f"form.{field}"), allowed, evidence=known))
    return Block("facts", subject.words("form.interview"), tuple(lines))


def appeal_blocks(policy: Policy, subject: Subject) -> list[Block]:
    """When the objection is filed, and what it is about."""
    day = Allowed("date")
    facts = [Line(name, subject.words(f"forms-{name.replace('_', '-')}"), day) for name in (PUBLISHED_ON, FILED_ON)]
    items = Allowed("choice", tuple(appealable(policy)))
    rows = [Line(str(number), str(number), items) for number in range(1, OBJECTIONS + 1)]
    return [
        Block("facts", subject.words("forms-appeal-days"), tuple(facts)),
        Block("objections", subject.words("forms-appeal-items"), tuple(rows)),
    ]


def inspection_blocks(policy: Policy, subject: Subject) -> list[Block]:
    """Rows for what was found day by day: the policy's events, when, how often, and what shows it."""
    labels = tuple(dict.fromkeys(event.label for event in policy.event.values()))
    rows = [Line(str(number), str(number), Allowed("choice", labels)) for number in range(1, HAPPENINGS + 1)]
    return [Block("happenings", subject.words("forms-inspection-items"), tuple(rows) if labels else ())]


def review_blocks(policy: Policy, subject: Subject) -> list[Block]:
    """Rows for contacts reviewed: what was looked at, in which contact, and what came of it."""
    choice = Allowed("choice", yes_no(subject.language), asks="yes or no")
    items = tuple(reviewed_items(policy))
    allowed = Allowed("choice", items, open=True) if items else FREE
    beside: dict[Part, Allowed] = {"passed": choice, "critical": choice, "spot": choice}
    rows = [Line(str(number), str(number), allowed, beside=beside) for number in range(1, HAPPENINGS + 1)]
    return [Block("reviews", subject.words("forms-quality-items"), tuple(rows) if _reviews(policy) else ())]


def reviewed_items(policy: Policy) -> list[str]:
    """The items of quality reviews that the policy's figures look for."""
    tests = [term.where for _, term in uses(policy, Term) if term.table == "quality"]
    tests += [one.share for one in policy.measure.values() if one.table == "quality" and one.share]
    tests += [check.where for check in policy.check if check.table == "quality"]
    return list(dict.fromkeys(item for test in tests for item in compared_texts(test.get("item"))))


def _reviews(policy: Policy) -> bool:
    checks = any(check.table == "quality" for check in policy.check)
    return checks or any(term.table == "quality" for _, term in uses(policy, Term))


def appealable(policy: Policy) -> list[str]:
    """The labels of everything that can be decided about one agent; one label for items that share it."""
    return list(dict.fromkeys(item.label for item in items_of(policy).values()))
