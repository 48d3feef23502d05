"""How scores and the team's figures went over the past months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.records.lines import Measured, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, Term
from csctl.policy.walk import uses
from csctl.reports.run_json import scoreboard
from csctl.reports.view import month_summary

MOST_MONTHS = 12
_ABOUT_CUSTOMERS = ("interactions", "orders", "complaints", "reviews", "surveys")
"""Tables whose counts and sums tell how much there was to do, and how it was received."""


@dataclass(frozen=True, slots=True)
class Series:
    """One figure month by month; None where there was none. ``about`` is a staff number, or empty for the team."""

    about: str
    label: str
    unit: str
    values: tuple[Decimal | None, ...]


def months_shown(result: MonthResult, past: Iterable[MonthResult]) -> list[MonthResult]:
    """The last months up to this one, oldest first."""
    earlier = sorted((one for one in past if one.month < result.month), key=lambda one: one.month)
    return [*earlier, result][-MOST_MONTHS:]


def score_trends(months: Sequence[MonthResult]) -> list[Series]:
    """The score of everybody who is scored in the last month, best first."""
    scores = [{one.agent_id: one.score for one in as_records(month.scores, Score)} for month in months]
    return [
        Series(key, row.agent.name, "points", tuple(one.get(key) for one in scores))
        for row in scoreboard(months[-1])
        if row.score.score is not None and (key := row.agent.agent_id)
    ]


def telling_series(people: Sequence[Series], most: int) -> list[int]:
    """Whose lines are worth a look of their own, by place: all of few; of many the best, the last, and who moved most.

    ``people`` are best first; ``most`` lines are told.
    """
    if len(people) <= most:
        return list(range(len(people)))
    each = most * 3 // 8
    ends = {*range(each), *range(len(people) - each, len(people))}
    between = [at for at in range(len(people)) if at not in ends]
    moved = sorted(between, key=lambda at: (-_moved_by(people[at]), at))
    return sorted([*ends, *moved[: most - len(ends)]])


def _moved_by(one: Series) -> Decimal:
    """How far a score came in the last month."""
    now, before = one.values[-1], one.values[-2] if len(one.values) > 1 else None
    return abs(now - before) if now is not None and before is not None else Decimal(0)


def team_trends(months: Sequence[MonthResult], language: str) -> list[Series]:
    """Mean score, all pay, pools, and what the team handled: counts and sums that add up over people."""
    sums = [month_summary(month) for month in months]
    policy = months[-1].policy
    found = [
        Series("", say("report-mean", language), "points", tuple(one.mean for one in sums)),
        Series("", say("report-pay-total", language), "yuan", tuple(_yuan(one.pay_cents) for one in sums)),
        Series("", say("report-pool-total", language), "yuan", tuple(_yuan(one.pool_cents) for one in sums)),
    ]
    found += [
        Series("", measure.label, measure.unit, tuple(_total(month, name) for month in months))
        for name, measure in policy.measure.items()
        if adds_up(measure) and measure.table in _ABOUT_CUSTOMERS
    ]
    return [one for one in found if any(one.values)]


def adds_up(measure: Measure) -> bool:
    """Whether the figures of people, or of weeks, may be added: plain counts and sums of the month."""
    if measure.per is not None or measure.share is not None:
        return False
    return all(one.aggregate in ("rows", "sum") and of_the_month(one) for _, one in uses(measure, Term))


def of_the_month(term: Term) -> bool:
    """Whether a term looks at rows of the month alone."""
    return term.window == "month" and term.last_months is None


def terms_behind(policy: Policy, name: str) -> list[Term]:
    """Every term of a declared measure."""
    return [term for _, term in uses(policy.measure[name], Term)]


def _total(month: MonthResult, name: str) -> Decimal | None:
    values = [one.value for one in as_records(month.measures, Measured) if one.measure == name]
    known = [value for value in values if value is not None]
    again = [one.value for one in month.repeated if one.measure == name and one.value is not None]
    return sum(known, Decimal(0)) - sum(again, Decimal(0)) if known else None


def _yuan(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)
