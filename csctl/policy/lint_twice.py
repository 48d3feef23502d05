"""Two components that pay somebody for the same fact: only what is certain is said.

The same fact are the same hours, nights, sales or happenings, counted by one measure or by two that count alike, and
the same condition or place. A pool is earned together: it pays for what each did once more by intention.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Condition, Part
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.receivers import Receivers
from csctl.policy.refs import EVENT_PREFIX, SCORE, figure_label
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.words import same_word

Paying = Allowance | Award | Commission | Overtime | Piece
WORDS = {"label", "note", "rule"}
"""What a measure may differ in and still count the same."""


@dataclass(frozen=True, slots=True)
class _Paid:
    """A component, where it stands, and the fact that it pays for."""

    path: Path
    part: Paying
    fact: Hashable
    called: tuple[str, ...]


def lint_twice(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Each pair once, at the later of the two."""
    every = ((path, part) for path, part in uses(policy, Part) if isinstance(part, Paying))
    found = [paid for path, part in every if (paid := _paid(policy, path, part)) is not None]
    for first, second in combinations(found, 2):
        if first.fact == second.fact and _same_people(policy, first.part, second.part):
            at = where(second.path)
            yield problem("policy-paid-twice", at, second.part.label, other=first.part.label, fact=second.called)


def _paid(policy: Policy, path: Path, part: Paying) -> _Paid | None:
    """What a component pays for; None where it hangs on nothing that another could name too."""
    match part:
        case Allowance(quantity=str(name)) | Overtime(quantity=name) | Commission(of=name) | Piece(of=name):
            return _Paid(path, part, ("figure", _counted(policy, name)), (figure_label(policy, name),))
        case Award(each=each) if each is not None:
            name = each.measure or f"{EVENT_PREFIX}{each.event}"
            return _Paid(path, part, ("figure", _counted(policy, name)), (figure_label(policy, name),))
        case Award(first=str(name)):
            return _Paid(path, part, ("place", _counted(policy, name)), (figure_label(policy, name),))
        case Award(when=when) if when is not None:
            return _Paid(path, part, ("condition", when.model_dump_json()), _labels(policy, when))
        case _:
            return None


def _counted(policy: Policy, name: str) -> str:
    """What a figure counts, as a text that is the same for two measures that count alike."""
    measure = policy.measure.get(name)
    return name if measure is None else measure.model_dump_json(exclude=WORDS)


def _labels(policy: Policy, condition: Condition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure_label(policy, name) for name in _named(condition)))


def _named(condition: Condition) -> Iterator[str]:
    """The figures that a condition looks at."""
    for _, part in uses(condition, Condition):
        yield from (name for name in (part.measure, part.first, part.score and SCORE) if name)


def _same_people(policy: Policy, first: Paying, second: Paying) -> bool:
    """Whether it is certain that somebody may get both: neither asks for something that the other does not ask for."""
    if _condition(first) != _condition(second):
        return False
    if not isinstance(first, Receivers) or not isinstance(second, Receivers):
        return True
    pairs = (
        (_ids(policy, first.levels), _ids(policy, second.levels)),
        (_words(first.posts), _words(second.posts)),
        (_words(first.groups), _words(second.groups)),
    )
    return all(not one or not other or bool(one & other) for one, other in pairs)


def _condition(part: Paying) -> Condition | None:
    return part.when if isinstance(part, Allowance) else None


def _ids(policy: Policy, names: Collection[str]) -> set[str]:
    return {level.id if (level := policy.job_level(name)) else name for name in names}


def _words(names: Sequence[str]) -> set[str]:
    return set(map(same_word, names))
