"""Grades of quarters, by the mean of the three monthly scores as shown. A quarter with a month missing has none."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.career.case import Case, Outcome, Window
from csctl.core.career.marks import MonthMark, Period
from csctl.core.career.means import round_up, shown_mean
from csctl.money import exact
from csctl.month import Month, months_between
from csctl.policy.career import QuarterGrade

LENGTH = 3


def ends_quarter(month: Month) -> bool:
    """Whether a month is the last of a calendar quarter."""
    return month.number % LENGTH == 0


def quarter_months(month: Month) -> list[Month]:
    """The three months of the quarter in which a month lies."""
    first = month.shift(-((month.number - 1) % LENGTH))
    return months_between(first, first.shift(LENGTH - 1))


def quarter_mean(case: Case, months: list[Month]) -> Decimal | None:
    """The mean of the agent's scores, rounded once; None unless all months are scored."""
    scores = case.history.scores(case.agent.agent_id, months)
    return shown_mean(scores, case.decimals) if len(scores) == LENGTH else None


def _grade_of(grades: list[QuarterGrade], mean: Decimal) -> str:
    """The best grade that the mean reaches; "" if there is none for it."""
    return next((one.label for one in grades if one.at_least is None or mean >= one.at_least), "")


def quarter_grades(case: Case) -> Outcome:
    """So many quarters of exactly this grade, or of a worse one (A-09, A-10)."""
    requirement = case.requirement
    needed = requirement.quarters or 1
    window = case.window(case.length, reserve=LENGTH * (needed + 1))
    periods = _periods(case, window)
    code = "career-need-quarters-below" if requirement.grade_below else "career-need-quarters"
    counted = case.count(periods, window)
    outcome = case.counted(code, needed, periods, counted, _next(case, window, needed - counted.low))
    name = requirement.grade or requirement.grade_below or ""
    return Outcome(outcome.state, case.told(outcome.needed, name), outcome.found, outcome.evidence, outcome.next)


def _periods(case: Case, window: Window) -> list[Period]:
    """The quarters that end in the window and, after a promotion, begin in it, as marks."""
    quarters = [quarter_months(month) for month in window.months if ends_quarter(month)]
    wanted = _wanted(case)
    periods = []
    for months in quarters:
        if window.certain and not window.counts(months[0]):
            continue
        mean = quarter_mean(case, months)
        name = f"{months[0].year}-Q{months[-1].number // LENGTH}"
        if any(case.hired_after(month) for month in months):
            mark, words = MonthMark.SKIP, ""
        elif any(case.is_unknown(month, window) for month in months):
            mark, words = MonthMark.UNKNOWN, ""
        elif mean is None:
            mark, words = MonthMark.SKIP, case.words("career-quarter-ungraded", quarter=name)
        else:
            grade = _grade_of(case.career.quarter_grade, mean)
            mark = MonthMark.HIT if grade in wanted else MonthMark.MISS
            words = case.words("career-quarter", quarter=name, grade=grade or "–", mean=mean)
        periods.append(Period(mark, name, words))
    return periods


def _wanted(case: Case) -> frozenset[str]:
    """The grades that count."""
    labels = [grade.label for grade in case.career.quarter_grade]
    requirement = case.requirement
    if requirement.grade_below is None:
        return frozenset({requirement.grade or ""})
    position = labels.index(requirement.grade_below) if requirement.grade_below in labels else len(labels)
    return frozenset(labels[position + 1 :])


def _next(case: Case, window: Window, missing: int) -> str:
    """What the months left in the running quarter must average: to earn the grade, or to stay clear of it."""
    months = quarter_months(case.next_month)
    rest = [month for month in months if month > case.month]
    past = [month for month in months if month <= case.month]
    scores = case.history.scores(case.agent.agent_id, past)
    edge = _edge(case)
    counts = window.counts(months[0]) and window.counts(months[-1])
    if missing != 1 or edge is None or len(scores) < len(past) or not counts:
        return case.words("career-next-quarters", times=missing) if case.step.kind == "promotion" else ""
    average = (exact(edge) * LENGTH - exact(sum(scores, Decimal(0)))) / len(rest)
    code = "career-next-quarter-reach" if case.step.kind == "promotion" else "career-next-quarter-keep"
    score = round_up(max(average, exact(0)), case.decimals)
    return case.words(code, months=case.listed(rest), score=score)


def _edge(case: Case) -> Decimal | None:
    """The lowest mean of the grade wanted; for a demotion, of the grade that keeps clear of it."""
    grades = case.career.quarter_grade
    requirement = case.requirement
    labels = [grade.label for grade in grades]
    name = requirement.grade or requirement.grade_below
    position = labels.index(name) if name in labels else None
    if position is not None and case.step.kind != "promotion" and requirement.grade:
        position -= 1
    return grades[position].at_least if position is not None and position >= 0 else None
