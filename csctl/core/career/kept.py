"""Ways down that were met at the end of an earlier month and are not met any more, as long as nobody decided.

A good month ends a streak, but it does not undo it: whoever holds the review a month late must still see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csctl.core.career.assess import assess
from csctl.core.career.cases import StepCase, current
from csctl.core.career.given import CareerInput, CareerMonth
from csctl.core.career.reviewed import KeptStep, StepReview, reviewed
from csctl.month import Month

KEPT_MONTHS = 3
"""Among so many closed months, the reviewed one included, what ended is kept unless it was decided."""
DECISIONS = ("approved", "rejected")
DOWN = frozenset({"demotion", "dismissal"})


@dataclass(frozen=True, slots=True)
class KeptInput:
    """A review's input and rows (all of them, whatever is asked for), the cases, and from which month on to look."""

    given: CareerInput
    rows: Sequence[StepReview]
    cases: Sequence[StepCase]
    since: Month


def kept_since(months: Sequence[Month]) -> Month:
    """The first month to look at unless another is asked for; ``months`` are those of the review, oldest first."""
    return months[-KEPT_MONTHS:][0]


def kept_steps(kept: KeptInput) -> list[KeptStep]:
    """What ended, each as of the latest month that showed it: agents by id, steps in the policy's order."""
    now = {(row.agent.agent_id, row.verdict.step): row for row in kept.rows if row.verdict.state != "candidate"}
    found: dict[tuple[str, str], KeptStep] = {}
    for month in sorted(kept.given.months, key=lambda one: one.month, reverse=True):
        if not kept.since <= month.month < kept.given.month:
            continue
        for row in _rows(kept.given, month):
            key = (row.agent.agent_id, row.verdict.step)
            if key not in found and _still_concerns(row, now.get(key)) and not _decided(kept.cases, key, month.month):
                found[key] = KeptStep(month.month, row)
    return [found[key] for key in now if key in found]


def _rows(given: CareerInput, month: CareerMonth) -> list[StepReview]:
    """Those for whom a way down was met at the end of a month."""
    assessed = assess(replace(given, month=month.month), kinds=DOWN)
    return [row for row in reviewed(assessed, month.agents, given.policy) if row.verdict.state == "candidate"]


def _still_concerns(then: StepReview, now: StepReview | None) -> bool:
    """Whether the step still starts where the agent stands."""
    return now is not None and now.verdict.state != "not_applicable" and now.agent.level == then.agent.level


def _decided(cases: Sequence[StepCase], key: tuple[str, str], month: Month) -> bool:
    case = current(cases, *key)
    return case is not None and case.last.kind in DECISIONS and case.last.month >= month
