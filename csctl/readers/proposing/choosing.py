"""Which table a file is: by how many headers it alone explains, else asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from csctl.messages import LANGUAGES, say
from csctl.problems import shortened
from csctl.readers.proposing.questions import ASIDE, Choice, Matter, Question
from csctl.readers.proposing.trials import Trial
from csctl.words import fold

_RIVAL, _ENOUGH = 0.6, 1.5
"""A table that explains so much as the best does is a rival; less than a header and a half of its own is no proof."""
_LACKING, _REPEATED, _MELTED, _NAMED = 0.6, 0.2, 0.5, 0.75
_ONCE = frozenset({"kpis", "roster"})
"""Tables that have a row for each person, or for each person and day."""
_OFFERED, _SHOWN = 5, 6
_USUAL = (
    "roster", "attendance", "interactions", "kpis", "orders", "surveys", "complaints", "quality", "leave",
    "punch_fixes", "shift_plans", "reviews", "aftersales", "exams", "events", "agent_states",
)  # fmt: skip
"""What is offered for a table of which no header is known."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A trial, and what speaks for it: the headers explained, each shared among the tables that know it.

    ``weight`` is less than ``strength`` where something speaks against it: columns that it lacks, people that come
    again where each should come once.
    """

    trial: Trial
    strength: float
    weight: float


def weighed(trials: Sequence[Trial], name: str) -> list[Weighed]:
    """The trials, best first; ``name`` is the file's, which may say what it holds."""
    knowing = Counter(text for one in trials for text in one.told)
    found = [_weighed(one, knowing, name) for one in trials]
    return sorted((one for one in found if one.weight > 0), key=lambda one: -one.weight)


def _weighed(one: Trial, knowing: Counter[str], name: str) -> Weighed:
    strength = sum(1 / knowing[text] for text in one.told) + _of_figures(one, knowing) + _of_days(one) + _of_people(one)
    if not strength:
        return Weighed(one, 0, 0)
    strength += _NAMED * _is_named(one.table, name)
    doubts = (_LACKING if one.lacks else 1) * (_REPEATED if one.repeats and one.table in _ONCE else 1)
    return Weighed(one, strength, strength * doubts)


def _of_figures(one: Trial, knowing: Counter[str]) -> float:
    """Figures that become metrics: of those that another table knows by name they are only half."""
    return sum(_MELTED * (0.5 if text in knowing else 1) for text in one.melted)


def _of_days(one: Trial) -> float:
    """A column for each day is no more than one reason, whatever stands in it; times of punches are another."""
    return (1 + one.times) if one.layout.days else 0


def _of_people(one: Trial) -> float:
    """A list in which each number and name stands once is a roster, if little else stands there."""
    listed = one.table == "roster" and {"agent_id", "agent_name"} <= one.named.keys() and not one.repeats
    return _NAMED if listed and len(one.layout.headers) - len(one.named) <= len(one.named) else 0


def _is_named(table: str, name: str) -> bool:
    """Whether the name of the file says which table it is."""
    folded = fold(name)
    labels = [fold(say(f"table-{table}", language)) for language in LANGUAGES]
    # 问卷 stands for 满意度问卷, survey for surveys.
    short = [label[-2:] if not label.isascii() else label.rpartition(" ")[2].removesuffix("s") for label in labels]
    return any(label in folded for label in (table, *labels, *short))


def is_clear(found: Sequence[Weighed]) -> bool:
    """Whether the first is so much better that nobody needs to be asked."""
    best = found[0]
    if best.strength < _ENOUGH or (best.trial.repeats and best.trial.table in _ONCE):
        return False
    return all(one.weight < _RIVAL * best.weight for one in found[1:])


def table_question(files: str, found: Sequence[Weighed], headers: Sequence[str]) -> Question:
    """Which table it is, with the headers that each would understand; any table where not one header speaks for one."""
    offered = [(one.trial.table, _evidence(one.trial)) for one in found[:_OFFERED]]
    if not found or found[0].strength < 1:
        offered += [(name, "") for name in _USUAL if name not in dict(offered)]
    choices = tuple(Choice(name, shown=shown, says=f"table-{name}") for name, shown in offered)
    aside = Choice(ASIDE, says="adopt-choice-aside")
    proposed = found[0].trial.table if found else ""
    return Question(
        files, Matter.TABLE, "", {"headers": shortened(headers, _SHOWN)}, (*choices, aside), proposed, blocks=True
    )


def _evidence(one: Trial) -> str:
    return " ".join(shortened([*one.told, *one.melted], _SHOWN))
