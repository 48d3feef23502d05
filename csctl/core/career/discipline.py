"""Warnings, and a clean record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csctl.core.career.case import Case, Outcome
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.words import fold


def warnings(case: Case) -> Outcome:
    """So many warnings; in a row if no month without a warning lies between them (A-33)."""
    requirement = case.requirement
    needed = requirement.warnings or 1
    words = case.words("career-need-warnings", times=needed)
    words += case.words("career-in-a-row") if requirement.consecutive and needed > 1 else ""
    if case.given.discipline is None:
        return case.without_table(words, "discipline")
    window = case.window(case.length, reserve=0)
    dated = sorted((one.on, one.measure) for one in case.given.discipline if one.agent_id == case.agent.agent_id)
    given = [one for one in dated if _is_warning(one[1], requirement.warning_words)]
    counting = [one for one in given if case.lies_in(one[0], window, case.length)]
    if requirement.consecutive:
        counting = _without_clean_month(counting, case.month if window.open else None)
    met = len(counting) >= needed
    following = case.words("career-next-no-warning", month=case.next_month) if len(counting) == needed - 1 else ""
    evidence = tuple(f"{on} {measure}" for on, measure in counting)
    return Outcome(
        "met" if met else "unmet", words, case.words("career-found", times=len(counting)), evidence, following
    )


def _is_warning(measure: str, words: Sequence[str]) -> bool:
    return any(fold(word) in fold(measure) for word in words)


def _without_clean_month(given: Sequence[tuple[date, str]], reach: Month | None) -> list[tuple[date, str]]:
    """The longest, and then latest, run of warnings whose months follow each other; the one reaching ``reach``."""
    best: list[tuple[date, str]] = []
    row: list[tuple[date, str]] = []
    for one in given:
        if row and Month.of(one[0]) > Month.of(row[-1][0]).shift(1):
            row = []
        row = [*row, one]
        if len(row) >= len(best):
            best = row
    if reach is None:
        return best
    return row if row and Month.of(row[-1][0]) == reach else []


def clean_record(case: Case) -> Outcome:
    """No disciplinary measure and no violation in the window, or since hiring."""
    words = case.words("career-need-clean")
    window = case.window(case.length, reserve=1)
    months = case.employed_months(window)
    names = violation_measures(case.given.policy, case.requirement.violations)
    own = [one for one in case.given.discipline or () if one.agent_id == case.agent.agent_id]
    stains = [f"{one.on} {one.measure}" for one in own if case.lies_in(one.on, window, case.length)]
    stains = sorted(stains + _violations(case, months, names))
    if stains:
        return Outcome("unmet", words, case.words("career-found", times=len(stains)), tuple(stains))
    if case.given.discipline is None:
        return case.without_table(words, "discipline")
    unknown = [month for month in months if case.is_unknown(month, window) or _is_missing(case, month, names)]
    if unknown and names:
        return Outcome("no_data", words, case.words("career-found-unclosed", months=case.listed(unknown)))
    if without := case.without_file(months, names, "discipline"):
        return case.nobody_says(words, without)
    return Outcome("met", words, case.words("career-found", times=0))


def violation_measures(policy: Policy, named: Sequence[str]) -> list[str]:
    """The measures that count violations: those named, else all that a fine or a negative adjustment counts."""
    if named:
        return list(named)
    each = [one.each for one in policy.adjustment if one.points < 0]
    each += [fine.each for fine in policy.pay.fine] if policy.pay else []
    names = [one.measure or f"event.{one.event}" for one in each if one is not None]
    return list(dict.fromkeys(names))


def _violations(case: Case, months: Sequence[Month], names: Sequence[str]) -> list[str]:
    values = [(month, name, case.history.value(case.agent.agent_id, name, month)) for month in months for name in names]
    return [case.figure_words(month, name, value) for month, name, value in values if value]


def _is_missing(case: Case, month: Month, names: Sequence[str]) -> bool:
    return any(case.history.value(case.agent.agent_id, name, month) is None for name in names)
