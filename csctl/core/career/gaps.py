"""Months that are missing in the middle of the closed ones, and whose steps hang on them.

A month that nobody closed is neither good nor bad. What would follow if it were known nobody can say; but of whom it
could decide, that can be said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from csctl.core.career.assess import assess
from csctl.core.career.given import CareerInput
from csctl.core.career.reviewed import KeptStep, StepReview
from csctl.core.records.lines import FindingState
from csctl.messages import problem
from csctl.month import Month, months_between
from csctl.problems import Problem, shortened


def missing_between(months: Collection[Month]) -> tuple[Month, ...]:
    """The months between the first and the last that are not among them, in order."""
    return tuple(one for one in months_between(min(months), max(months)) if one not in months) if months else ()


def hanging(given: CareerInput, rows: Iterable[StepReview]) -> list[StepReview]:
    """The steps not reached that nothing speaks against but data that are missing, for want of a month in the middle.

    A condition lacks data for want of that month if it has some as soon as the month is like one that is known.
    """
    missing = missing_between([one.month for one in given.months if one.month <= given.month])
    if not missing:
        return []
    known = sorted(given.months, key=lambda one: one.month)
    filled = [
        replace(max((one for one in known if one.month < month), key=lambda one: one.month), month=month)
        for month in missing
    ]
    then = assess(replace(given, months=[*known, *filled]))
    states = {(one.agent_id, one.step, one.requirement): one.state for one in then.findings}
    return [row for row in rows if row.verdict.state == "not_yet" and _hangs(row, states)]


def _hangs(row: StepReview, states: dict[tuple[str, str, str], FindingState]) -> bool:
    failed = any(one.state == "unmet" for one in (*row.all_of, *row.defence))
    hopeless = bool(row.any_of) and all(one.state == "unmet" for one in row.any_of)
    if failed or hopeless:
        return False
    open_now = [one for one in row.missing if one.state == "no_data"]
    return any(states.get((one.agent_id, one.step, one.requirement)) != "no_data" for one in open_now)


def still_unknown(kept: Iterable[KeptStep], hangs: Collection[StepReview], missing: Sequence[Month]) -> list[KeptStep]:
    """What was met in an earlier month, those of which nobody knows whether it ended marked with the months missing."""
    open_steps = {(row.agent.agent_id, row.verdict.step) for row in hangs}
    return [
        replace(one, unknown=tuple(month for month in missing if month > one.month))
        if (one.row.agent.agent_id, one.row.verdict.step) in open_steps
        else one
        for one in kept
    ]


def missing_months_warning(hangs: Sequence[StepReview], missing: Sequence[Month]) -> list[Problem]:
    """One warning that names the months and the steps that hang on them; nothing where no step does."""
    steps = [f"{row.agent.agent_id} {row.agent.name} [{row.verdict.step}]" for row in hangs]
    months = shortened([str(month) for month in missing])
    return [problem("career-months-missing", found=months, steps=shortened(steps))] if steps else []
