"""A rating that stands in a typed table and on a form that came back counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from csctl.core.forms.returned import rating_key, said_text, spot
from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.words import fold, same_answer

RETURNED = "forms/"
"""How the names of tables begin that collected forms were written to."""


def typed_or_returned(ratings: Sequence[Rating]) -> tuple[list[Rating], list[Problem]]:
    """The ratings with one of each pair that a typed table and a form both hold; two that differ are an error.

    A typed rating that names no rater may be anybody's of that role. Of a pair the one that gives a reason stays.
    """
    typed: dict[tuple[str, ...], list[Rating]] = {}
    for one in ratings:
        if one.value and not _returned(one):
            typed.setdefault((one.agent_id, one.role, one.item), []).append(one)
    dropped: set[int] = set()
    files: Counter[str] = Counter()
    problems: list[Problem] = []
    for one in ratings:
        same = typed.get((one.agent_id, one.role, one.item), ()) if _returned(one) else ()
        for other in (each for each in same if _may_be_one_rater(one, each)):
            if not _agree(one.value, other.value):
                problems.append(_differ(one, other))
            elif one.reason and not other.reason:
                dropped.add(id(other))
                files[one.place.file] += 1
            else:
                dropped.add(id(one))
                files[one.place.file] += 1
    notes = [problem("forms-typed-as-well", Place(file), count=count) for file, count in sorted(files.items())]
    return [one for one in ratings if id(one) not in dropped], [*problems, *notes]


def _returned(one: Rating) -> bool:
    return one.place.file.startswith(RETURNED)


def _may_be_one_rater(one: Rating, other: Rating) -> bool:
    return rating_key(one) == rating_key(other) or not one.rater or not other.rater


def _agree(one: str, other: str) -> bool:
    """Whether a returned and a typed text say the same: as written, as numbers, or as answers and marks."""
    if fold(one) == fold(other):
        return True
    try:
        return Decimal(fold(one)) == Decimal(fold(other))
    except InvalidOperation:
        return same_answer(one, other)


def _differ(one: Rating, other: Rating) -> Problem:
    found, typed = said_text(one), said_text(other)
    return problem("forms-typed-differs", one.place, found, item=one.item, first=typed, other=spot(other.place))
