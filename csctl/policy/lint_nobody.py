"""Components of pay that nobody can get, whoever works here and whatever happens: only what is certain is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS, Bounds, Condition, Measure, Part
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import EVENT_PREFIX, SCORE, figure_label
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem

NOTHING = Decimal(0)


def lint_nobody(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Conditions that cannot hold, rates that are all nothing, levels that have no amount or no score."""
    for path, part in uses(policy, Part):
        match part:
            case Award(when=when) | Allowance(when=when) | Fine(when=when) if when is not None:
                figure = _never(policy, when)
                if figure is not None:
                    yield problem("policy-nobody-meets", where((*path, "when")), part.label, figure=figure)
            case Pool() | Commission() | Piece() if part.tiers and _nothing(tier.rate for tier in part.tiers):
                yield problem("policy-nobody-rate", where((*path, "tiers")), part.label)
            case Pool() if part.of is not None and part.share == 0:
                yield problem("policy-nobody-rate", where((*path, "share")), part.label)
            case Performance():
                yield from _performance(policy, path, part, where)


def _nothing(numbers: Iterable[Decimal]) -> bool:
    return not any(numbers)


def _performance(policy: Policy, path: Path, part: Performance, where: Locate) -> Iterator[Problem]:
    """Factors or amounts that are all nothing; receivers without an amount; receivers without a score."""
    coefficients = [grade.coefficient for grade in policy.grade if grade.coefficient is not None]
    factors = coefficients if part.by == "grade" else [step.factor for step in part.steps]
    if factors and _nothing(factors):
        yield problem("policy-nobody-rate", where((*path, "by" if part.by == "grade" else "steps")), part.label)
    elif part.amounts and _nothing(part.amounts.values()):
        yield problem("policy-nobody-rate", where((*path, "amounts")), part.label)
    names = [*(part.levels or part.amounts)]
    if part.levels and part.amounts and not _ids(policy, part.levels) & _ids(policy, part.amounts):
        yield problem("policy-nobody-amount", where((*path, "levels")), part.label, levels=tuple(part.levels))
    elif names and part.by != "attainment" and not any(_is_scored(policy, name) for name in names):
        at = where((*path, "levels" if part.levels else "amounts"))
        yield problem("policy-nobody-scored", at, part.label, levels=tuple(names))


def _ids(policy: Policy, names: Iterable[str]) -> set[str]:
    return {level.id if (level := policy.job_level(name)) else name for name in names}


def _is_scored(policy: Policy, name: str) -> bool:
    """A level that is not declared is another fault."""
    level = policy.job_level(name)
    return level is None or level.scored


def _never(policy: Policy, condition: Condition) -> str | None:
    """The label of a figure that cannot meet all that the condition asks of it; None if each can."""
    asked = _asked(condition).items()
    never = (name for name, bounds in asked if _is_empty([*bounds, *_natural(policy, name)]))
    return next((figure_label(policy, name) for name in never), None)


def _asked(condition: Condition) -> Mapping[str, list[Bounds]]:
    """The bounds that all must hold, by the figure that they are on."""
    found: dict[str, list[Bounds]] = {}
    for _, part in uses(condition, Condition):
        if part.measure is not None:
            found.setdefault(part.measure, []).append(part)
        if part.score is not None:
            found.setdefault(SCORE, []).append(part.score)
    return found


def _natural(policy: Policy, name: str) -> list[Bounds]:
    """What a figure is whatever happens: a score between floor and cap, a count not below 0, a share not above all."""
    if name == SCORE and name not in policy.measure:
        rules = policy.score
        return [Bounds(at_least=rules.floor, at_most=rules.cap)] if rules else []
    measure = policy.measure.get(name)
    if name.startswith(EVENT_PREFIX) or (measure is not None and _counts(measure)):
        return [Bounds(at_least=NOTHING)]
    if measure is not None and measure.share is not None:
        return [Bounds(at_least=NOTHING, at_most=Decimal(int(UNIT_FACTORS.get(measure.unit, 1))))]
    return []


def _counts(measure: Measure) -> bool:
    """Whether it is a number of rows or of different values, from which nothing is taken away."""
    counted = all(term.aggregate in ("rows", "distinct") for term in (measure, *measure.plus))
    return counted and not measure.minus and measure.per is None and measure.share is None


def _is_empty(bounds: Sequence[Bounds]) -> bool:
    """Whether no number lies in all of them: the highest lower edge lies above the lowest upper one, or on it and is
    outside.
    """
    lows = [(edge, not closed) for one in bounds for edge, closed in _edges(one.at_least, one.above, one.equals)]
    highs = [(edge, closed) for one in bounds for edge, closed in _edges(one.at_most, one.below, one.equals)]
    if not lows or not highs:
        return False
    (low, outside), (high, inside) = max(lows), min(highs)
    return low > high or (low == high and (outside or not inside))


def _edges(closed: Decimal | None, outside: Decimal | None, equals: Decimal | None) -> Iterator[tuple[Decimal, bool]]:
    """The edges on one side, each with whether it belongs to the range."""
    yield from ((edge, True) for edge in (closed, equals) if edge is not None)
    yield from ((edge, False) for edge in [outside] if edge is not None)
