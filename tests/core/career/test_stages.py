"""Between recommendation and approval: what a step asks for, in which order, and that no defence stands in for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csctl.core.career.assess import assess
from csctl.core.career.cases import CaseEvent, EventKind, PartScore, case_document, case_event, cases, current
from csctl.core.career.given import CareerInput, CareerMonth, ExamTaken
from csctl.core.career.reviewed import reviewed
from csctl.core.career.scores import booked_scores
from csctl.core.career.stages import approval_faults, stage_faults
from csctl.month import Month
from csctl.policy.career import CareerStep
from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.store.shipped import policy_names
from csctl.workspace import policy_source
from tests.workbench import agent, policy

JUNE = Month(2026, 6)
TODAY = date(2026, 7, 20)
LADDER = """
[[level]]
id = "a"
[[level]]
id = "b"
[[career.step]]
id = "up"
kind = "promotion"
from_level = "a"
to_level = "b"
stages = ["applied", "reviewed", "defended"]
defence = [
    { id = "speech", label = "Speech", exam = "talk", exam_pass = 60 },
    { id = "questions", label = "Questions", exam = "answers", exam_pass = 60 },
]
all_of = [{ id = "year", label = "A year here", tenure_months = 12 }]
[[career.step]]
id = "plain"
kind = "promotion"
from_level = "a"
to_level = "b"
all_of = [{ id = "day", label = "Here", tenure_months = 0 }]
"""
RULES: Policy = policy(LADDER)


def step(name: str) -> CareerStep:
    """A step of the ladder."""
    assert RULES.career is not None
    return next(one for one in RULES.career.step if one.id == name)


def event(kind: EventKind, part: str = "", points: str = "0", **changes: object) -> CaseEvent:
    """Something about Ann's case, done in July and judged by June."""
    made = CaseEvent(kind, "ann", "up", "a", "b", date(2026, 7, 10), "Zoe", "", JUNE)
    score = PartScore(part, part.title(), Decimal(points), Decimal(100)) if part else None
    return replace(made, score=score, **changes)  # type: ignore[arg-type]


RECOMMENDED, APPLIED, REVIEWED, DEFENDED = (event(kind) for kind in ("recommended", "applied", "reviewed", "defended"))
READY = (RECOMMENDED, APPLIED, REVIEWED, DEFENDED)
GOOD = (event("scored", "speech", "60"), event("scored", "questions", "61"))


def refused(new: CaseEvent, before: Sequence[CaseEvent], name: str = "up") -> list[str]:
    """Why a stage may not be booked after others."""
    case = current(cases(before)[0], "ann", "up")
    return [one.code for one in stage_faults(new, case, step(name), TODAY)]


def verdict(
    events: Sequence[CaseEvent] = (), exams: Sequence[ExamTaken] | None = None, hired: str = "2020-01-01"
) -> tuple[str, list[str], list[str]]:
    """Ann's verdict on the way up, how the parts of her defence stand, and what an approval would wait for."""
    people = [agent("ann", level="a", hired_on=date.fromisoformat(hired))]
    known = cases(events)[0]
    months = [CareerMonth(JUNE, people, [], {})]
    given = CareerInput(RULES, JUNE, months, (), (), exams, (), scores=booked_scores(known))
    (row,) = [one for one in reviewed(assess(given), people, RULES) if one.verdict.step == "up"]
    approval = event("approved", effective=JUNE.shift(1))
    waits = approval_faults(approval, current(known, "ann", "up"), step("up"), row)
    return row.verdict.state, [one.state for one in row.defence], [one.code for one in waits]


@pytest.mark.parametrize(
    ("new", "before", "codes"),
    [
        (APPLIED, READY[:1], []),
        (REVIEWED, READY[:2], []),
        (DEFENDED, READY[:3], []),
        (GOOD[0], READY, []),
        (GOOD[0], (*READY, *GOOD), []),
        (REVIEWED, READY[:1], ["promotion-stage-lacks"]),
        (DEFENDED, READY[:2], ["promotion-stage-lacks"]),
        (GOOD[0], READY[:3], ["promotion-stage-lacks"]),
        (event("scored", "song", "60"), READY, ["promotion-part-unknown"]),
        (event("scored", "speech", "101"), READY, ["promotion-points-odd"]),
        (event("scored", "speech", "-1"), READY, ["promotion-points-odd"]),
        (replace(APPLIED, on=date(2026, 7, 21)), READY[:1], ["promotion-on-to-come"]),
    ],
)
def test_stages_are_booked_in_their_order(new: CaseEvent, before: Sequence[CaseEvent], codes: list[str]) -> None:
    """Application, review, defence, then its points, as often as a panel mends them."""
    assert refused(new, before) == codes


@pytest.mark.parametrize("kind", ["applied", "reviewed", "defended", "scored"])
def test_a_step_without_stages_takes_none(kind: EventKind) -> None:
    """It goes from recommendation to decision."""
    assert refused(event(kind), READY[:1], "plain") == ["promotion-no-such-stage"]


def test_whoever_meets_the_conditions_is_a_candidate_before_the_defence() -> None:
    """The recommendation comes first; until everything is booked nothing is approved."""
    assert verdict() == ("candidate", ["no_data", "no_data"], ["promotion-stage-lacks"])
    assert verdict(READY) == ("candidate", ["no_data", "no_data"], ["promotion-defence-open"])
    assert verdict((*READY, GOOD[0])) == ("candidate", ["met", "no_data"], ["promotion-defence-open"])
    assert verdict((*READY, *GOOD)) == ("candidate", ["met", "met"], [])


def test_a_defence_that_was_passed_stands_in_for_no_condition() -> None:
    """Hired in January, June is too early for a year, however well she spoke."""
    state, defence, _ = verdict((*READY, *GOOD), hired="2026-01-01")
    assert (state, defence) == ("not_yet", ["met", "met"])


def test_a_defence_that_was_failed_keeps_the_step_away() -> None:
    """59 of 100; a later booking mends it; points of an earlier case say nothing."""
    bad = event("scored", "speech", "59")
    assert verdict((*READY, bad, GOOD[1]))[:2] == ("not_yet", ["unmet", "met"])
    assert verdict((*READY, bad, *GOOD))[0] == "candidate"
    again = (*READY, bad, event("rejected"), RECOMMENDED)
    assert verdict(again)[:2] == ("candidate", ["no_data", "no_data"])


def test_points_of_the_exams_table_count_where_none_are_booked() -> None:
    """As panels wrote them before; what the ledger has goes before."""
    table = [ExamTaken("ann", date(2026, 6, 5), kind, Decimal(70), Decimal(100), None) for kind in ("talk", "answers")]
    assert verdict(READY, table) == ("candidate", ["met", "met"], [])
    assert verdict((*READY, event("scored", "speech", "10")), table)[1] == ["unmet", "met"]


def test_a_score_comes_back_from_the_ledger_as_it_was() -> None:
    """Points to the last place; what is none is refused."""
    one = event("scored", "speech", "59.50")
    document = json.loads(json.dumps(case_document(one)))
    assert case_event(document) == one
    for points in ("many", "NaN", None):
        with pytest.raises(ValueError, match="not an event"):
            case_event(document | {"points": points})


def test_the_shipped_ladder_has_one_way_from_senior_to_deputy() -> None:
    """Its defence is part of that way."""
    loaded, _ = load_policy("promotion-ladder", lambda name: policy_source(name, None), policy_names())
    assert loaded is not None
    shipped = loaded.policy
    assert shipped.career is not None
    ways = [one for one in shipped.career.step if (one.from_level, one.to_level) == ("高级客服", "储备主管")]
    assert [(len(one.all_of), len(one.defence), len(one.stages)) for one in ways] == [(10, 3, 3)]
