"""What comes between a recommendation and its decision: the application, its review, the defence and its scores.

Which of them a step asks for is the policy's to say (PR-075, PR-076). A defence decides nothing by itself: it comes on
top of the step's conditions, and without it, where the policy asks for it, nothing is approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from csctl.core.career.cases import STAGES, CaseEvent, StepCase, booked_kinds
from csctl.core.career.reviewed import StepReview
from csctl.messages import problem
from csctl.policy.career import CareerStep
from csctl.problems import NOWHERE, Problem

COMMANDS: Mapping[str, str] = {"applied": "apply", "reviewed": "review", "defended": "defend", "scored": "score"}
"""The command that books each stage."""


def stage_faults(event: CaseEvent, case: StepCase | None, step: CareerStep | None, today: date) -> list[Problem]:
    """Why a stage may not be booked now: the step has none such, an earlier one lacks, the score fits no part."""
    if event.kind not in STAGES or step is None:
        return []
    if event.on > today:
        return [_problem("promotion-on-to-come", event, on=event.on)]
    asked = stages_of(step)
    if event.kind not in asked:
        wanted = tuple(COMMANDS[kind] for kind in asked) or ("approve", "reject")
        return [_problem("promotion-no-such-stage", event, command=COMMANDS[event.kind], known=wanted)]
    before = asked[: asked.index(event.kind)]
    lacking = _lacking(event, case, before)
    return lacking if lacking or event.score is None else _score_faults(event, step)


def approval_faults(event: CaseEvent, case: StepCase | None, step: CareerStep, row: StepReview | None) -> list[Problem]:
    """What an approval still waits for: stages not booked, parts of the defence without a result."""
    if event.kind != "approved":
        return []
    lacking = _lacking(event, case, [kind for kind in stages_of(step) if kind != "scored"])
    if lacking:
        return lacking
    open_parts = [one.requirement for one in row.defence if one.state == "no_data"] if row else []
    return (
        [_problem("promotion-defence-open", event, parts=tuple(open_parts), part=open_parts[0])] if open_parts else []
    )


def stages_of(step: CareerStep) -> list[str]:
    """The stages of a step in their order; its defence is scored where it has parts."""
    return [kind for kind in STAGES if kind in step.stages or (kind == "scored" and step.defence)]


def _lacking(event: CaseEvent, case: StepCase | None, wanted: Iterable[str]) -> list[Problem]:
    booked = booked_kinds(case)
    lacks = next((kind for kind in wanted if kind not in booked), None)
    return [_problem("promotion-stage-lacks", event, command=COMMANDS[lacks])] if lacks else []


def _score_faults(event: CaseEvent, step: CareerStep) -> list[Problem]:
    score = event.score
    parts = [one.id for one in step.defence]
    if score is None or score.part not in parts:
        return [_problem("promotion-part-unknown", event, part=score.part if score else "–", known=tuple(parts))]
    if not 0 <= score.points <= score.full or not score.full:
        return [_problem("promotion-points-odd", event, points=f"{score.points:f}", full=f"{score.full:f}")]
    return []


def _problem(code: str, event: CaseEvent, **details: object) -> Problem:
    return problem(code, NOWHERE, event.agent_id, step=event.step, **details)
