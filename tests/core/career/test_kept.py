"""What ended in earlier months stays in the review until somebody decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csctl.core.career.cases import CaseEvent, EventKind, StepCase, cases
from csctl.core.career.kept import KeptInput, kept_since, kept_steps
from csctl.core.career.reviewed import reviewed
from csctl.month import Month
from tests.core.career.review import people
from tests.core.career.world import World, policy_with

JULY = Month(2026, 7)
BAD, GOOD = 50, 80


def failed(**scores: list[int]) -> World:
    """People by name, the last score that of July; two failed months in a row are a case to talk about."""
    return World(policy_with("sa"), JULY, scores, "初级", hired=dict.fromkeys(scores, "2020-01-01"))


def kept(world: World, known: list[StepCase] | None = None, since: Month | None = None) -> list[tuple[str, str, str]]:
    """Who is kept, on which step, by which month."""
    rows = reviewed(world.assess(), people(world), world.policy)
    found = kept_steps(KeptInput(world.given(), rows, known or [], since or kept_since(world.months())))
    return [(one.row.agent.agent_id, one.row.verdict.step, str(one.month)) for one in found]


def decided(kind: EventKind, by: Month) -> list[StepCase]:
    """Ann's case, recommended in words and then settled, both judged by a month."""
    first = CaseEvent("recommended", "ann", "out", "初级", "", date(2026, 8, 1), "Zoe", "low", by)
    events = [first] if kind == "recommended" else [first, replace(first, kind=kind)]
    return cases(events)[0]


def test_a_good_month_does_not_wipe_out_two_failed_ones() -> None:
    """May and June failed, July passed: still there, by June. Whoever fails now is a candidate and not kept."""
    assert kept(failed(ann=[BAD, BAD, GOOD], bob=[GOOD, BAD, BAD], cat=[GOOD, GOOD, GOOD])) == [
        ("ann", "out", "2026-06")
    ]


def test_separate_months_do_not_become_a_row() -> None:
    """Failed, passed, failed."""
    assert kept(failed(ann=[BAD, GOOD, BAD])) == []


def test_only_the_last_three_closed_months_are_looked_at_unless_told() -> None:
    """April and May are seen in the review of July, March and April are not, but with an earlier month asked for."""
    assert kept(failed(ann=[GOOD, BAD, BAD, GOOD, GOOD])) == [("ann", "out", "2026-05")]
    early = failed(ann=[BAD, BAD, GOOD, GOOD, GOOD])
    assert kept(early) == []
    assert kept(early, since=Month(2026, 4)) == [("ann", "out", "2026-04")]


def test_the_latest_month_that_showed_it_is_named_once() -> None:
    """April, May and June failed: by June, not by May as well."""
    assert kept(failed(ann=[BAD, BAD, BAD, GOOD])) == [("ann", "out", "2026-06")]


@pytest.mark.parametrize(
    ("kind", "by", "stays"),
    [
        ("recommended", 7, True),
        ("rejected", 7, False),
        ("rejected", 6, False),
        ("rejected", 5, True),
        ("approved", 7, False),
        ("withdrawn", 7, True),
    ],
)
def test_what_was_decided_is_not_kept(kind: EventKind, by: int, stays: bool) -> None:
    """A decision that knew of June settles it; one by the figures of May did not."""
    found = kept(failed(ann=[BAD, BAD, GOOD]), decided(kind, Month(2026, by)))
    assert bool(found) is stays


def test_whoever_has_left_or_stands_elsewhere_is_not_kept() -> None:
    """Another level since, or gone by the end of July."""
    moved = replace(failed(ann=[BAD, BAD, GOOD]), levels={"ann": ["初级", "初级", "中级"]})
    assert kept(moved) == []
    gone = failed(ann=[BAD, BAD, GOOD])
    rows = reviewed(gone.assess(), people(gone), gone.policy)
    left = [replace(row, verdict=replace(row.verdict, state="not_applicable")) for row in rows]
    assert kept_steps(KeptInput(gone.given(), left, [], kept_since(gone.months()))) == []


def test_ways_up_are_not_kept() -> None:
    """Whoever might have been promoted a month ago may be again."""
    world = failed(ann=[BAD, BAD, GOOD])
    steps = {step for _, step, _ in kept(world, since=Month(2026, 1))}
    assert steps == {"out"}
