"""What was won and passed. Once won it stays won: the step's window does not bound it, only one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.core.career.case import Case, Outcome
from csctl.core.career.given import ExamTaken
from csctl.core.career.scores import BookedScore
from csctl.core.records.lines import FindingState
from csctl.words import same_word


def honours(case: Case) -> Outcome:
    """So many honours, of one name or of any."""
    requirement = case.requirement
    needed = requirement.titles or 1
    title = requirement.title or case.words("career-any-honour")
    words = case.words("career-need-titles", title=title, times=needed)
    if case.given.honours is None:
        return case.without_table(words, "titles")
    window = case.window(requirement.window_months, reserve=0)
    wanted = requirement.title
    own = [one for one in case.given.honours if one.agent_id == case.agent.agent_id]
    named = sorted((one.on, one.title) for one in own if wanted is None or same_word(wanted) == same_word(one.title))
    won = [(on, name) for on, name in named if case.lies_in(on, window, requirement.window_months)]
    evidence = tuple(f"{on} {name}" for on, name in won)
    met = len(won) >= needed
    following = "" if met else case.words("career-next-titles", times=needed - len(won), title=title)
    found = case.words("career-found", times=len(won))
    return Outcome("met" if met else "unmet", words, found, evidence, following)


def exam(case: Case) -> Outcome:
    """An exam of that name passed, at whichever try."""
    requirement = case.requirement
    words = case.words("career-need-exam", exam=requirement.exam)
    booked = next((one for one in case.given.scores if _is_of(one, case)), None)
    if booked is not None:
        # Booked by the panel itself, and after the reviewed month: no table and no window has a say.
        taken = ExamTaken(booked.agent_id, booked.on, requirement.exam or "", booked.points, booked.full, None)
        return _examined(case, words, [taken])
    if case.given.exams is None:
        return case.without_table(words, "exams")
    window = case.window(requirement.window_months, reserve=0)
    own = [one for one in case.given.exams if one.agent_id == case.agent.agent_id]
    named = [one for one in own if same_word(one.kind) == same_word(requirement.exam or "")]
    tries = sorted((one for one in named if case.lies_in(one.on, window, requirement.window_months)), key=_in_time)
    return _examined(case, words, tries)


def _is_of(score: BookedScore, case: Case) -> bool:
    """Whether booked points are those of this agent's case and this requirement."""
    wanted = (case.agent.agent_id, case.step.id, case.requirement.id)
    return (score.agent_id, score.step, score.requirement) == wanted


def _examined(case: Case, words: str, tries: Sequence[ExamTaken]) -> Outcome:
    requirement = case.requirement
    results = [_passed(one, requirement.exam_pass) for one in tries]
    state: FindingState = "met" if True in results else "judge" if None in results else "unmet" if tries else "no_data"
    evidence = tuple(f"{one.on} {_points_text(one.score)}" for one in tries)
    following = "" if state == "met" else case.words("career-next-exam", exam=requirement.exam)
    return Outcome(state, words, case.words(f"career-found-exam-{state.replace('_', '-')}"), evidence, following)


def _in_time(one: ExamTaken) -> tuple[object, ...]:
    return (one.on, one.score is not None, one.score or 0, one.passed is not None, one.passed)


def _points_text(points: Decimal | None) -> str:
    """Points as people write them: tables store 60 as 60.0000."""
    return "–" if points is None else f"{points.normalize():f}"


def _passed(one: ExamTaken, percent: Decimal | None) -> bool | None:
    if one.passed is not None:
        return one.passed
    if percent is None or one.score is None or not one.full_score:
        return None
    return one.score * 100 >= percent * one.full_score
