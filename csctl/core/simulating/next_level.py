"""How far an agent is from the next level, item by item, and what it would pay: "0.8 points to 良好 = +300.00"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.decision import Decision
from csctl.core.records.lines import PayLine, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.conditions import SCORE
from csctl.core.scoring.points import out_of, points_of_text
from csctl.core.scoring.scores import POINTS_DECIMALS, values_by_agent
from csctl.core.scoring.standing import indicators
from csctl.core.simulating.reached import value_at_level, value_at_points
from csctl.messages import say
from csctl.money import exact, round_half_up
from csctl.policy.model import Policy
from csctl.policy.parts import Happening
from csctl.policy.pay.kinds import FOLLOWING
from csctl.policy.scoring import Adjustment, Grade, Indicator

_UNIT = Decimal(1).scaleb(-POINTS_DECIMALS)
_TRIES = 3
"""A line shows its points and weight rounded: the exact edge may lie one or two units further."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One item of one agent at its next better level, the month computed anew with it; everything else as it was.

    ``item`` is an indicator's id, or ``score`` for the total. ``points_missing`` are the item's own points (of the
    total: score points). ``others_cents`` is what the rest of the team gains (or, negative, loses) by it. The measure
    behind an item moves with it, and so does all that hangs on it: ``also`` are the agent's awards, fines and
    deductions that come out otherwise.
    """

    item: str
    label: str
    now: str
    next: str
    points_missing: Decimal
    score_then: Decimal
    grade_then: str
    rank_then: int | None
    pay_now_cents: int
    pay_then_cents: int
    others_cents: int
    also: tuple[str, ...] = ()

    @property
    def gain_cents(self) -> int:
        """What it pays the agent."""
        return self.pay_then_cents - self.pay_now_cents


@dataclass(frozen=True, slots=True)
class _Standing:
    """One agent in a computed month. ``values`` are the agent's measures."""

    given: MonthInput
    result: MonthResult
    score: Score
    total: Decimal
    lines: tuple[ScoreLine, ...]
    values: Mapping[str, Decimal | None]

    @property
    def policy(self) -> Policy:
        return self.given.policy

    @property
    def next_grade(self) -> Grade | None:
        """The lowest grade that is better than the score's."""
        better = [one for one in self.policy.grade if one.at_least is not None and one.at_least > self.total]
        return better[-1] if better else None

    @property
    def missing(self) -> Decimal | None:
        """Points by which the lines miss the next grade; a floor or cap of the score does not count."""
        if self.next_grade is None or self.next_grade.at_least is None:
            return None
        limits = sum((line.contribution for line in self.lines if line.kind == "limit"), Decimal(0))
        return self.next_grade.at_least - self.total + limits


def next_levels(given: MonthInput, result: MonthResult, agent_id: str) -> list[NextStep]:
    """The next grade of the total, then the next level of every indicator that counts for the agent.

    ``result`` is ``given`` computed. Empty for somebody without a score; what is best already has no step.
    """
    score, lines = result.own(agent_id).score, result.own(agent_id).score_lines
    if score is None or score.score is None:
        return []
    values = values_by_agent(given.measured).get(agent_id, {})
    standing = _Standing(given, result, score, score.score, lines, values)
    by_id = {line.line: line for line in lines if line.kind == "indicator" and line.weight}
    steps = [_grade_step(standing)]
    for _, indicator in indicators(given.policy):
        line = by_id.get(indicator.id)
        if line is not None and line.points is not None:
            steps.append(_indicator_step(standing, indicator, line, line.points))
    return [step for step in steps if step is not None]


def _grade_step(standing: _Standing) -> NextStep | None:
    """The total at its next grade: the points that are missing, added to the score as they are."""
    grade, missing = standing.next_grade, standing.missing
    if grade is None or grade.at_least is None or missing is None:
        return None
    policy = standing.policy
    taken = {one.id for one in policy.adjustment} | {line.line for line in standing.lines}
    name = next(name for name in _names("what_if") if name not in taken)
    added = Adjustment(id=name, label=name, points=missing, each=Happening(event=name))
    given = replace(standing.given, policy=policy.model_copy(update={"adjustment": [*policy.adjustment, added]}))
    then = compute_month(_deciding(given, standing.score.agent_id, name, "1"))
    label = say("simulation-total-score", policy.language)
    step = _step(standing, then, (SCORE, label, standing.score.grade, grade.label), grade.at_least - standing.total)
    return step if step.score_then >= grade.at_least else None


def _names(start: str) -> Iterator[str]:
    while True:
        yield start
        start += "_"


def _indicator_step(standing: _Standing, indicator: Indicator, line: ScoreLine, now: Decimal) -> NextStep | None:
    """The next level of an indicator; without levels, the points that lift the total to its next grade."""
    levels = _levels(standing, indicator)
    if not levels:
        return _points_step(standing, indicator, line, now)
    better = {level: points for level, points in levels.items() if points > exact(now)}
    if not better:
        return None
    level = min(better, key=lambda name: better[name])
    value = value_at_level(standing.policy, indicator, level, standing.values)
    then = _with(standing.given, standing.score.agent_id, indicator, level, value)
    names = (indicator.id, indicator.label, line.band or f"{now:f}", level)
    return _step(standing, then, names, round_half_up(better[level] - exact(now), POINTS_DECIMALS))


def _levels(standing: _Standing, indicator: Indicator) -> dict[str, Fraction]:
    """Points of every level that the indicator can reach."""
    names = [band.level for band in indicator.bands]
    if not (names or indicator.linear or indicator.out_of or indicator.tally):
        names = list(standing.policy.scale)
    read = {name: points_of_text(standing.policy, indicator, name, standing.values) for name in names}
    return {name: points.points for name, points in read.items() if points is not None}


def _points_step(standing: _Standing, indicator: Indicator, line: ScoreLine, now: Decimal) -> NextStep | None:
    """The points that lift the total to its next grade; full points where they do not, or where it is the best."""
    full, grade, language = out_of(indicator), standing.next_grade, standing.policy.language
    if now >= full:
        return None
    if grade is not None and grade.at_least is not None:
        for points in _guesses(standing, line, now, full):
            then = _at_points(standing, indicator, points)
            names = (indicator.id, indicator.label, f"{now:f}", say("simulation-grade", language, grade=grade.label))
            step = _step(standing, then, names, points - now)
            if step.score_then >= grade.at_least:
                return step
    then = _at_points(standing, indicator, full)
    names = (indicator.id, indicator.label, f"{now:f}", say("simulation-full-marks", language))
    return _step(standing, then, names, full - now)


def _guesses(standing: _Standing, line: ScoreLine, now: Decimal, full: Decimal) -> list[Decimal]:
    """Points that may just do, least first; none if even full points cannot."""
    needed = exact(standing.missing or 0) * exact(full) / exact(line.weight)
    units = -((-(exact(now) + needed) * 10**POINTS_DECIMALS) // 1)
    first = Decimal(int(units)).scaleb(-POINTS_DECIMALS)
    return [points for step in range(_TRIES) if (points := first + step * _UNIT) <= full]


def _written(indicator: Indicator, points: Decimal) -> str:
    """Points as a rater writes them: along a line that judges a rating, the value there."""
    if indicator.linear is None or indicator.measure is not None:
        return f"{points:f}"
    zero, full = indicator.linear.zero, indicator.linear.full
    return f"{zero + (full - zero) * points.scaleb(-2):f}"


def _at_points(standing: _Standing, indicator: Indicator, points: Decimal) -> MonthResult:
    """The month with so many points of the indicator, and with the measured value that earns them."""
    value = value_at_points(standing.policy, indicator, points)
    return _with(standing.given, standing.score.agent_id, indicator, _written(indicator, points), value)


def _with(given: MonthInput, agent_id: str, indicator: Indicator, text: str, value: Decimal | None) -> MonthResult:
    """The month with an indicator as written, and its measure at ``value`` for whatever else looks at it."""
    about = (agent_id, indicator.measure)
    measured = [
        replace(one, value=value) if value is not None and (one.agent_id, one.measure) == about else one
        for one in given.measured
    ]
    return compute_month(_deciding(replace(given, measured=measured), agent_id, indicator.id, text))


def _deciding(given: MonthInput, agent_id: str, item: str, text: str) -> MonthInput:
    return replace(given, decisions=(*given.decisions, Decision(agent_id, item, text, "", 0)))


def _step(standing: _Standing, then: MonthResult, names: tuple[str, str, str, str], missing: Decimal) -> NextStep:
    agent_id = standing.score.agent_id
    score = next(one for one in as_records(then.scores, Score) if one.agent_id == agent_id)
    before, after = _cents(standing.result), _cents(then)
    mine_now, mine_then = before.get(agent_id, 0), after.get(agent_id, 0)
    others = sum(after.values()) - mine_then - (sum(before.values()) - mine_now)
    total = Decimal(0) if score.score is None else score.score
    also = _also(standing.result, then, agent_id)
    return NextStep(*names, missing, total, score.grade, score.rank, mine_now, mine_then, others, also)


def _also(now: MonthResult, then: MonthResult, agent_id: str) -> tuple[str, ...]:
    """Labels of the awards, fines and deductions of an agent that are not the same."""
    sides: list[dict[tuple[str, str], int]] = []
    for result in (now, then):
        own = [one for one in result.own(agent_id).pay_lines if one.kind in FOLLOWING]
        sides.append({(one.line, one.label): one.amount_cents for one in own})
    moved = [key for key in {**sides[0], **sides[1]} if sides[0].get(key, 0) != sides[1].get(key, 0)]
    return tuple(dict.fromkeys(label for _, label in moved))


def _cents(result: MonthResult) -> dict[str, int]:
    """Pay by agent."""
    cents: dict[str, int] = {}
    for line in as_records(result.pay_lines, PayLine):
        cents[line.agent_id] = cents.get(line.agent_id, 0) + line.amount_cents
    return cents
