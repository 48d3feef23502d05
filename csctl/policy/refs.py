"""Who names whom in a policy: every reference with the path of the key that makes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from csctl.messages import say
from csctl.policy.career import CareerStep, Requirement
from csctl.policy.checks import CHECK_PREFIX, CHECK_RESULTS
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_DECIMALS, Comparison, Condition, Happening, Sum, Term, Where
from csctl.policy.working_time import ATTENDANCE_MEASURES, ATTENDANCE_PREFIX
from csctl.tables import TABLES

EVENT_PREFIX = "event."
"""How often an event happened is a measure of this name and the event's id."""
COMPOSITE_PREFIX = "composite."
COMPOSITE_PLACES = 2
"""Decimal places of a composite."""
MOST_SUGGESTED = 8


def nearest(name: str, known: Iterable[str]) -> str:
    """What the author may have meant: the most similar names, else the first few of all."""
    names = list(dict.fromkeys(known))
    similar = difflib.get_close_matches(name, names, n=3) or names[:MOST_SUGGESTED]
    return ", ".join(similar) or "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be named as a measure: what people call it, its unit and decimal places, the rule it serves."""

    label: str
    unit: str
    places: int
    rule: str = ""

    @property
    def whole(self) -> bool:
        """Whether its values are counts."""
        return self.unit == "count" and self.places == 0


def figures(policy: Policy) -> dict[str, Figure]:
    """Everything that may be named as a measure, by name."""
    found = {name: Figure(one.label, one.unit, one.places, one.rule) for name, one in policy.measure.items()}
    found |= {EVENT_PREFIX + name: Figure(one.label, "count", 0, one.rule) for name, one in policy.event.items()}
    found |= {
        COMPOSITE_PREFIX + name: Figure(one.label, "points", COMPOSITE_PLACES, one.rule)
        for name, one in policy.composite.items()
    }
    return found | dict(_check_figures(policy)) | _attendance_figures(policy)


def _attendance_figures(policy: Policy) -> dict[str, Figure]:
    """What rules on working time measure; nothing without such rules."""
    rules = policy.working_time
    if rules is None:
        return {}
    labels = {name: say(f"attendance-{name.replace('_', '-')}", policy.language) for name in ATTENDANCE_MEASURES}
    return {
        ATTENDANCE_PREFIX + name: Figure(labels[name], unit, UNIT_DECIMALS[unit], rules.rule)
        for name, unit in ATTENDANCE_MEASURES.items()
    }


def _check_figures(policy: Policy) -> Iterator[tuple[str, Figure]]:
    """What each check on a table about agents measures."""
    for check in policy.check:
        table = TABLES.get(check.table)
        for result, unit in CHECK_RESULTS.items() if table and table.has_agents else ():
            label = say(f"check-{result}-label", policy.language, label=check.label)
            yield f"{CHECK_PREFIX}{check.id}.{result}", Figure(label, unit, UNIT_DECIMALS[unit], check.rule)


def measure_names(policy: Policy) -> list[str]:
    """Everything that may be named as a measure."""
    return list(figures(policy))


def happenings(policy: Policy) -> Iterator[tuple[Path, Happening]]:
    """All that is counted: in adjustments and fines."""
    for index, adjustment in enumerate(policy.adjustment):
        if adjustment.each:
            yield ("adjustment", index, "each"), adjustment.each
    for index, fine in enumerate(policy.pay.fine if policy.pay else []):
        if fine.each:
            yield ("pay", "fine", index, "each"), fine.each


def conditions(policy: Policy) -> Iterator[tuple[Path, Condition]]:
    """All conditions, those inside others included."""
    for index, adjustment in enumerate(policy.adjustment):
        yield from _within(("adjustment", index, "when"), adjustment.when)
    for index, fine in enumerate(policy.pay.fine if policy.pay else []):
        yield from _within(("pay", "fine", index, "when"), fine.when)
    for index, award in enumerate(policy.pay.award if policy.pay else []):
        yield from _within(("pay", "award", index, "when"), award.when)
    yield from mark_conditions(policy)


def mark_conditions(policy: Policy) -> Iterator[tuple[Path, Condition]]:
    """The conditions under which data mark an item of a tally, those inside others included."""
    for row, dimension in enumerate(policy.dimension):
        for column, indicator in enumerate(dimension.indicator):
            for index, mark in enumerate(indicator.tally.mark if indicator.tally else []):
                path: Path = ("dimension", row, "indicator", column, "tally", "mark", index)
                for key, listed in (("plus_if", mark.plus_if), ("minus_if", mark.minus_if)):
                    for number, condition in enumerate(listed):
                        yield from _within((*path, key, number), condition)


def _within(path: Path, condition: Condition | None) -> Iterator[tuple[Path, Condition]]:
    if condition is not None:
        yield path, condition
        for index, inner in enumerate(condition.all or []):
            yield from _within((*path, "all", index), inner)


def rank_uses(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Everything in which somebody must be first: ``score`` or a measure."""
    for path, condition in conditions(policy):
        if condition.first is not None:
            yield (*path, "first"), condition.first
    for index, award in enumerate(policy.pay.award if policy.pay else []):
        if award.first is not None:
            yield ("pay", "award", index, "first"), award.first
        if award.streak is not None and award.streak.first is not None:
            yield ("pay", "award", index, "streak", "first"), award.streak.first


def measure_uses(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Every key that names a measure."""
    yield from _scored_measures(policy)
    yield from _composed_measures(policy)
    yield from _career_measures(policy)
    for path, happening in happenings(policy):
        if happening.measure is not None:
            yield (*path, "measure"), happening.measure
    for path, condition in conditions(policy):
        if condition.measure is not None:
            yield (*path, "measure"), condition.measure
    for path, first in rank_uses(policy):
        if first != "score":
            yield path, first
    yield from _paid_measures(policy)


def _paid_measures(policy: Policy) -> Iterator[tuple[Path, str]]:
    if policy.pay:
        for index, pool in enumerate(policy.pay.pool):
            yield ("pay", "pool", index, "of"), pool.of
        for index, deduction in enumerate(policy.pay.deduction):
            yield ("pay", "deduction", index, "quantity"), deduction.quantity
        for index, award in enumerate(policy.pay.award):
            if award.streak is not None and award.streak.measure is not None:
                yield ("pay", "award", index, "streak", "measure"), award.streak.measure


def _scored_measures(policy: Policy) -> Iterator[tuple[Path, str]]:
    for row, dimension in enumerate(policy.dimension):
        for column, indicator in enumerate(dimension.indicator):
            path: Path = ("dimension", row, "indicator", column)
            if indicator.measure is not None:
                yield (*path, "measure"), indicator.measure
            for index, name in enumerate(indicator.beside):
                yield (*path, "beside", index), name
            for step, band in enumerate(indicator.bands):
                if band.measure is not None:
                    yield (*path, "bands", step, "measure"), band.measure


def _composed_measures(policy: Policy) -> Iterator[tuple[Path, str]]:
    for name, composite in policy.composite.items():
        for index, part in enumerate(composite.of):
            yield ("composite", name, "of", index, "measure"), part.measure


def requirements(policy: Policy) -> Iterator[tuple[Path, CareerStep, Requirement]]:
    """Every requirement of a career step, with the step."""
    for row, step in enumerate(policy.career.step if policy.career else []):
        for key, listed in (("all_of", step.all_of), ("any_of", step.any_of)):
            for index, requirement in enumerate(listed):
                yield ("career", "step", row, key, index), step, requirement


def _career_measures(policy: Policy) -> Iterator[tuple[Path, str]]:
    for path, _, requirement in requirements(policy):
        if requirement.measure is not None:
            yield (*path, "measure"), requirement.measure
        for index, name in enumerate(requirement.violations):
            yield (*path, "violations", index), name


def terms(policy: Policy) -> Iterator[tuple[Path, Term]]:
    """Every aggregate over a table, those that are added or taken away included."""
    for name, measure in policy.measure.items():
        yield from terms_of(("measure", name), measure)
        if measure.per is not None:
            yield from terms_of(("measure", name, "per"), measure.per)


def terms_of(path: Path, total: Sum) -> Iterator[tuple[Path, Term]]:
    """A sum's own term and those that are added or taken away."""
    yield path, total
    for key, inner in (("plus", total.plus), ("minus", total.minus)):
        for index, term in enumerate(inner):
            yield (*path, key, index), term


def wheres(policy: Policy) -> Iterator[tuple[Path, str, Where]]:
    """Every set of tests on a table's columns: path, table, tests."""
    for path, term in terms(policy):
        yield (*path, "where"), term.table, term.where
    for name, measure in policy.measure.items():
        if measure.share is not None:
            yield ("measure", name, "share"), measure.table, measure.share
    for index, check in enumerate(policy.check):
        yield ("check", index, "where"), check.table, check.where
        yield ("check", index, "must"), check.table, check.must
    for index, listing in enumerate(policy.listing):
        yield ("listing", index, "where"), listing.table, listing.where


def texts_of(test: object) -> list[str]:
    """The texts that a test compares a column with."""
    if isinstance(test, str):
        return [test]
    if isinstance(test, list):
        return [text for text in test if isinstance(text, str)]
    return list(test.not_ or []) if isinstance(test, Comparison) else []


def event_tests(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Texts with which measures compare the event column of the events table."""
    for path, table, tests in wheres(policy):
        if table == "events" and "event" in tests:
            for text in texts_of(tests["event"]):
                yield (*path, "event"), text
