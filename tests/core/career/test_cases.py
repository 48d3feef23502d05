"""Cases of the ladder: what may follow what, what is refused, and that the ledger's documents lose nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.career.cases import (
    CaseEvent,
    CaseStanding,
    EventKind,
    VerdictState,
    case_document,
    case_event,
    cases,
    current,
    faults,
)
from csctl.month import Month
from csctl.problems import errors

JUNE, JULY, AUGUST = (Month(2026, number) for number in (6, 7, 8))
HERE = CaseStanding("junior", "candidate", open_from=JULY)
"""The agent is a junior, June is closed, and the conditions are met."""

ORDER = ("applied", "reviewed", "defended", "scored")
ENDS = ("approved", "rejected", "withdrawn")


def event(kind: EventKind = "recommended", **changes: object) -> CaseEvent:
    """Something about Ann's way to the middle level, judged by June."""
    effective = JULY if kind == "approved" else None
    made = CaseEvent(kind, "ann", "up", "junior", "middle", date(2026, 7, 3), "the lead", "good", JUNE, effective)
    return replace(made, **changes)  # type: ignore[arg-type]


def codes(new: CaseEvent, before: Sequence[CaseEvent] = (), standing: CaseStanding = HERE) -> list[str]:
    """Why an event may not be booked after others."""
    return [problem.code for problem in faults(new, cases(before)[0], standing)]


R, A, J, W = (event(kind) for kind in ("recommended", "approved", "rejected", "withdrawn"))

SEQUENCES = [
    ([], R, []),
    ([], A, ["promotion-not-recommended"]),
    ([], J, ["promotion-not-recommended"]),
    ([], W, ["promotion-not-recommended"]),
    ([R], R, ["promotion-already-recommended"]),
    ([R], A, []),
    ([R], J, []),
    ([R], W, []),
    ([R, A], A, ["promotion-already-approved"]),
    ([R, A], J, ["promotion-already-approved"]),
    ([R, A], W, []),
    ([R, J], A, ["promotion-already-rejected"]),
    ([R, J], W, ["promotion-already-rejected"]),
    ([R, J], R, []),
    ([R, W], A, ["promotion-already-withdrawn"]),
    ([R, W], R, []),
    ([R, J, R], A, []),
    ([R, A, W, R], A, []),
]


@pytest.mark.parametrize(("before", "new", "refused"), SEQUENCES)
def test_only_what_can_follow_is_booked(before: list[CaseEvent], new: CaseEvent, refused: list[str]) -> None:
    """Recommended, then approved or rejected; withdrawn before that or, as long as its month is open, after it."""
    assert codes(new, before) == refused


STANDINGS = [
    (R, [], replace(HERE, level="middle"), ["promotion-level-changed"]),
    (R, [], replace(HERE, verdict="not_applicable"), ["promotion-step-not-applicable"]),
    (R, [], replace(HERE, verdict="not_yet"), ["promotion-conditions-unmet"]),
    (event(despite=True), [], replace(HERE, verdict="not_yet"), []),
    (R, [], replace(HERE, verdict="needs_judgement"), []),
    (A, [R], replace(HERE, level="middle"), ["promotion-level-changed"]),
    (A, [R], replace(HERE, verdict="not_yet"), ["promotion-conditions-unmet"]),
    (event("approved", despite=True), [R], replace(HERE, verdict="not_yet"), []),
    (A, [R], replace(HERE, open_from=AUGUST), ["promotion-month-closed"]),
    (event("approved", effective=AUGUST), [R], replace(HERE, open_from=AUGUST), []),
    (event("approved", effective=None), [R], HERE, ["promotion-month-closed"]),
    (W, [R, A], replace(HERE, open_from=AUGUST), ["promotion-already-effective"]),
    (W, [R], replace(HERE, level="middle", verdict="not_applicable", open_from=AUGUST), []),
    (J, [R], replace(HERE, level="middle", verdict="not_yet"), []),
]


@pytest.mark.parametrize(("new", "before", "standing", "refused"), STANDINGS)
def test_nothing_is_booked_against_what_is_known(
    new: CaseEvent, before: list[CaseEvent], standing: CaseStanding, refused: list[str]
) -> None:
    """The level, the conditions and closed months bind recommendations and approvals, not their end."""
    assert codes(new, before, standing) == refused


def test_a_refusal_names_the_agent_the_step_and_what_is_in_the_way() -> None:
    """So that its words can say what to do."""
    (problem,) = faults(A, cases([R])[0], replace(HERE, open_from=AUGUST))
    assert problem.parameters == {"found": "ann", "step": "up", "month": "2026-07", "first": "2026-08"}
    assert errors([problem]) == [problem]


def test_an_approval_is_effective_once_its_month_has_come() -> None:
    """Not before, and a withdrawn one never."""
    (case,), _ = cases([R, A])
    assert [case.state_in(month) for month in (JUNE, JULY, AUGUST)] == ["approved", "effective", "effective"]
    (case,), _ = cases([R, A, W])
    assert (case.state_in(AUGUST), case.effective) == ("withdrawn", None)


def test_each_recommendation_after_an_end_opens_a_new_case() -> None:
    """Cases of other agents and steps stand beside it; the latest is the current one."""
    other = event(agent_id="bob")
    again = event(on=date(2026, 9, 1))
    found, problems = cases([R, other, J, again])
    assert problems == []
    assert [[one.kind for one in case.events] for case in found] == [
        ["recommended", "rejected"],
        ["recommended"],
        ["recommended"],
    ]
    latest = current(found, "ann", "up")
    assert latest is not None
    assert latest.first == again
    assert current(found, "ann", "down") is None


def test_an_event_that_cannot_follow_changes_nothing() -> None:
    """It is reported, and the case stays what it was."""
    found, problems = cases([A, R, J, A])
    assert [problem.code for problem in problems] == ["promotion-not-recommended", "promotion-already-rejected"]
    assert [case.events for case in found] == [(R, J)]


def test_an_approval_from_another_level_than_recommended_is_refused() -> None:
    """Whoever moved in between is judged anew."""
    assert codes(event("approved", from_level="middle"), [R]) == ["promotion-level-changed"]


MONTHS = st.builds(Month, st.integers(2018, 2030), st.integers(1, 12))
TEXTS = st.text(max_size=12)
EVENTS = st.builds(
    CaseEvent,
    kind=st.sampled_from(get_args(EventKind)),
    agent_id=st.sampled_from(["ann", "bob"]),
    step=st.sampled_from(["up", "down"]),
    from_level=TEXTS,
    to_level=TEXTS,
    on=st.dates(),
    by=TEXTS,
    reason=TEXTS,
    month=MONTHS,
    effective=st.none() | MONTHS,
    despite=st.booleans(),
)


@given(EVENTS)
def test_a_document_loses_nothing(one: CaseEvent) -> None:
    """An event comes back as it was, also by way of JSON text."""
    assert case_event(json.loads(json.dumps(case_document(one)))) == one


@pytest.mark.parametrize(
    "spoilt",
    [{"event": "praised"}, {"month": "June"}, {"effective": "soon"}, {"on": "yesterday"}, {"month": None}],
)
def test_what_is_no_event_is_refused(spoilt: dict[str, object]) -> None:
    """A document that this program cannot have written is a bug or a newer program's: it is never guessed at."""
    with pytest.raises(ValueError, match="not an event of a case"):
        case_event(case_document(A) | spoilt)
    with pytest.raises(ValueError, match="not an event of a case"):
        case_event({})


@given(st.lists(EVENTS.map(lambda one: replace(one, from_level="junior")), max_size=12))
def test_every_event_is_in_exactly_one_case_or_refused(events: list[CaseEvent]) -> None:
    """Nothing is lost or doubled, every case begins with its only recommendation, and an end is an end."""
    found, problems = cases(events)
    kept = [one for case in found for one in case.events]
    assert len(kept) + len(problems) == len(events)
    assert all(kept.count(one) <= events.count(one) for one in kept)
    for case in found:
        kinds = [one.kind for one in case.events]
        last = next((place for place, kind in enumerate(kinds) if kind in ENDS), len(kinds))
        assert kinds[last:] in ([], ["approved"], ["rejected"], ["withdrawn"], ["approved", "withdrawn"])
        between = [ORDER.index(kind) for kind in kinds[1:last]]
        assert kinds[0] == "recommended"
        assert between == sorted(between)
        assert all(between.count(place) == 1 or ORDER[place] == "scored" for place in between)


@given(st.lists(EVENTS.map(lambda one: replace(one, from_level="junior")), max_size=8), st.sampled_from(["met", "not"]))
def test_what_may_be_booked_is_never_out_of_order(events: list[CaseEvent], met: str) -> None:
    """An event without a fault always finds its case: booking and reading agree."""
    verdict: VerdictState = "candidate" if met == "met" else "not_yet"
    booked: list[CaseEvent] = []
    for one in events:
        if not faults(one, cases(booked)[0], CaseStanding("junior", verdict, open_from=JULY)):
            booked.append(one)
    assert cases(booked)[1] == []
