"""Plus and minus marks on several rated items (AT-010, A-25): what raters tick, answer, and what data say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.scoring.points import FULL, Points
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.messages import problem, say
from csctl.messages.grammar import clauses
from csctl.money import exact
from csctl.policy.parts import Condition
from csctl.policy.scoring import Tally, TallyMark
from csctl.problems import Problem
from csctl.words import answer_on_scale, side_of_pair, yes_or_no

Values = Mapping[str, Decimal | None]
"""One agent's values by measure."""


def mark_of(text: str, item: TallyMark | None = None) -> int | None:
    """1 for a plus or yes, -1 for a minus or no, 0 for none; None for anything else. Width and case do not matter.

    Where the item says so, yes is a minus and no a plus; signs are never turned.
    """
    answer = yes_or_no(text) if item and item.question else answer_on_scale(text)
    if answer is None:
        return side_of_pair(text)
    return 1 if answer != bool(item and item.reverse) else -1


def mark_by_data(mark: TallyMark, values: Values) -> int | None:
    """What the conditions of an item say: a minus before a plus, 0 if none holds; None where nothing can be said.

    Nothing can be said of an item without conditions, nor where no condition holds and a measure has no value.
    """
    for sign, conditions in ((-1, mark.minus_if), (1, mark.plus_if)):
        if any(_holds(condition, values) for condition in conditions):
            return sign
    named = [name for condition in (*mark.minus_if, *mark.plus_if) for name in _measures(condition)]
    return 0 if named and all(values.get(name) is not None for name in named) else None


def _holds(condition: Condition, values: Values) -> bool:
    value = values.get(condition.measure) if condition.measure else None
    inside = condition.measure is None or (value is not None and condition.holds(value))
    return inside and all(_holds(part, values) for part in condition.all or ())


def _measures(condition: Condition) -> list[str]:
    own = [condition.measure] if condition.measure else []
    return [*own, *(name for part in condition.all or () for name in _measures(part))]


def points_of_marks(tally: Tally, total: Fraction, items: int) -> Fraction:
    """Base and span, with pluses less minuses as the part of all items; within 0 and full points."""
    points = exact(tally.base) + (exact(tally.span) * total / items if items else 0)
    return min(max(points, Fraction(0)), exact(FULL))


def tally_points(
    tally: Tally, sheets: Sheets, agent_id: str, role: str, values: Values | None = None, post: str = ""
) -> tuple[Points | None, str, list[Problem]]:
    """What a role's forms come to: the mean of its raters, with the marks in words.

    None if nobody handed in a form, or if no item is for the agent's post. A form without any mark on the items is
    worth the base, apart from what data say. What cannot be read is a problem and counts as no mark.
    """
    raters = sheets.raters(agent_id, role)
    marks = [mark for mark in tally.marks if mark.is_for(post) and mark.counts]
    if not raters or not marks:
        return None, "", []
    prompts = [mark for mark in tally.marks if mark.is_for(post) and not mark.counts]
    asked = [_marked(mark, sheets.find(agent_id, role, [mark.item]), raters, values or {}) for mark in prompts]
    items = [_marked(mark, sheets.find(agent_id, role, [mark.item]), raters, values or {}) for mark in marks]
    points = []
    for rater in raters:
        given = [item.by_rater.get(rater, Fraction(0)) for item in items if rater in item.by_rater or item.always]
        points.append(points_of_marks(tally, sum(given, Fraction(0)), len(given)))
    signs = [sign for item in items for sign in item.signs]
    problems = [problem for item in (*items, *asked) for problem in item.problems]
    return Points(sum(points, Fraction(0)) / len(raters), ""), f"+{signs.count(1)} −{signs.count(-1)}", problems


@dataclass(frozen=True, slots=True)
class _Marked:
    """One item as marked: by rater, and every single sign. ``always``: it counts for raters who left it open, too."""

    by_rater: Mapping[str, Fraction]
    signs: Sequence[int]
    problems: Sequence[Problem]
    always: bool


def _marked(mark: TallyMark, given: Sequence[Rating], raters: Sequence[str], values: Values) -> _Marked:
    """What raters and data say of an item. Where data speak, a rater's mark counts only with a reason."""
    by_data = mark_by_data(mark, values)
    kept = [rating for rating in given if by_data is None or rating.is_reasoned]
    problems = [_without_reason(rating) for rating in given if rating not in kept]
    signs: dict[str, list[int]] = {}
    for rating in kept:
        sign = mark_of(rating.value, mark)
        if sign is None:
            problems.append(_unknown(rating))
        if sign or not mark.if_marked:
            # Should one rater have marked an item twice, the mean counts.
            signs.setdefault(rating.rater, []).append(sign or 0)
    open_for = [rater for rater in raters if rater not in signs]
    by_rater = {rater: Fraction(sum(own), len(own)) for rater, own in signs.items()}
    written = [sign for own in signs.values() for sign in own]
    if by_data and open_for:
        by_rater |= dict.fromkeys(open_for, Fraction(by_data))
        written.append(by_data)
    return _Marked(by_rater, written, problems, always=not mark.if_marked)


def said_beside(
    tally: Tally, sheets: Sheets, agent_id: str, role: str, values: Values, post: str, language: str
) -> str:
    """Which items data mark, and how the prompts were answered, in words; "" if nothing of the kind.

    An item that a rater marked with a reason is not among those marked by data.
    """
    own = [mark for mark in tally.marks if mark.is_for(post)]
    given = {mark.item: sheets.find(agent_id, role, [mark.item]) for mark in own}
    by_data = {
        mark.item: mark_by_data(mark, values) or 0
        for mark in own
        if not any(rating.is_reasoned for rating in given[mark.item])
    }
    marked = [_signed(mark, by_data[mark.item]) for mark in own if mark.counts and by_data.get(mark.item)]
    answers = {mark.item: _answer(mark, given[mark.item], by_data.get(mark.item, 0)) for mark in own if not mark.counts}
    prompts = [_signed(mark, answers[mark.item]) for mark in own if answers.get(mark.item)]
    said = [say("marked-by-data", language, items=marked)] if marked else []
    return clauses([*said, *([say("prompts-answered", language, items=prompts)] if prompts else [])], language)


def _answer(mark: TallyMark, given: Sequence[Rating], by_data: int) -> int:
    """Which way a prompt was answered: by data where they speak, else by most of the raters; 0 if neither way."""
    total = sum(mark_of(rating.value, mark) or 0 for rating in given)
    return by_data or (total > 0) - (total < 0)


def _signed(mark: TallyMark, sign: int) -> str:
    return f"{mark.item} {'+' if sign > 0 else '−'}"


def _unknown(rating: Rating) -> Problem:
    return problem("mark-unknown", rating.place.at(row=rating.place.row, column=rating.item), rating.value)


def _without_reason(rating: Rating) -> Problem:
    return problem("override-without-reason", rating.place, rating.value, indicator=rating.item)
