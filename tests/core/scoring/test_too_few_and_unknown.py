"""Rows behind figures that are missing all the same, and deductions that nobody can know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from csctl.core.records.lines import Measured
from csctl.core.scoring.adjustments import unknown_deductions
from csctl.core.scoring.conditions import Facts
from csctl.core.scoring.raters import AgentView
from csctl.core.scoring.ratings import Sheets
from csctl.core.scoring.standing import has_too_few_rows, known_alone
from csctl.policy.model import Policy
from tests.workbench import SCORED, D, policy

RULES = policy(SCORED)
"""One indicator, of the measure ``x``."""


def figure(name: str, value: str | None, n: int) -> Measured:
    return Measured("a", name, None if value is None else D(value), n, None, None, "kpis")


def view(*figures: Measured) -> AgentView:
    found = {one.measure: one for one in figures}
    return AgentView("a", {name: one.value for name, one in found.items()}, found, Sheets([]))


@pytest.mark.parametrize(
    ("figures", "few"),
    [
        ((figure("x", None, 2),), True),
        ((figure("x", None, 0),), False),
        ((figure("x", "80", 2),), False),
        # A figure that no item looks at says nothing of the score.
        ((figure("y", None, 2),), False),
        ((figure("x", "80", 2), figure("y", None, 2)), False),
        ((), False),
    ],
)
def test_too_few_are_rows_behind_a_figure_that_an_item_looks_at_and_that_is_missing(
    figures: tuple[Measured, ...], few: bool
) -> None:
    assert has_too_few_rows(RULES, view(*figures)) is few


def test_whoever_nobody_said_anything_about_is_taken_to_be_told_of() -> None:
    assert view().untold is False


def test_what_data_alone_say_is_worth_nothing() -> None:
    """Nothing is at stake on such a sheet, and of an item without points nothing is reached."""
    ((_, indicator),) = [(one, item) for one in RULES.dimension for item in one.indicator]
    sheet = known_alone({})
    assert sheet.contribution(indicator) == 0
    assert replace(sheet, points={"x": Fraction(80)}).contribution(indicator) == 0
    assert replace(sheet, weights={"x": Fraction(100)}).contribution(indicator) == 0


def deducted(points: str) -> Policy:
    """Points for a rate of complaints above a tenth while there is more than one contact."""
    return policy(
        f"{SCORED}[[adjustment]]\nid = 'calm'\nlabel = 'calm'\npoints = {points}\n"
        "when = { all = [{ measure = 'complaints', above = 0 }, { measure = 'contacts', above = 1 }] }\n"
    )


def unknown(points: str, own: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    values = {"a": dict(own), "b": dict(other)}
    exact = {who: {k: None if v is None else D(str(v)) for k, v in one.items()} for who, one in values.items()}
    facts = Facts(exact, {}, frozenset())
    return [one.id for one in unknown_deductions(deducted(points), "a", facts)]


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        ({"complaints": None, "contacts": 3}, {"complaints": 1, "contacts": 2}, ["calm"]),
        ({"complaints": 1, "contacts": None}, {"complaints": 1, "contacts": 2}, ["calm"]),
        ({"complaints": 1, "contacts": 3}, {"complaints": 1, "contacts": 2}, []),
        # Nobody has the figure: that is said of the table, not of a person.
        ({"complaints": None, "contacts": 3}, {"complaints": None, "contacts": 2}, []),
    ],
)
def test_a_deduction_is_unknown_where_one_of_its_figures_is_missing_that_others_have(
    own: Mapping[str, object], other: Mapping[str, object], found: list[str]
) -> None:
    assert unknown("-2", own, other) == found


@pytest.mark.parametrize(("points", "found"), [("-0.5", ["calm"]), ("0", []), ("0.5", []), ("2", [])])
def test_only_what_takes_points_is_a_deduction(points: str, found: list[str]) -> None:
    """Of an addition that is not known nobody has too many."""
    assert unknown(points, {"complaints": None, "contacts": 3}, {"complaints": 1, "contacts": 2}) == found
