"""Scores, places and grades of a month: by the one card, or by that of the post, and what holds of somebody."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.core.paying.oracle.exact import half_up
from tests.core.paying.oracle.people import Person
from tests.core.paying.oracle.standing import Keys, Standing

BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt, "equals": operator.eq,
}  # fmt: skip
CARDS = {"phone": "x", "chat": "y"}
"""The figure that the card of a post looks at, out of 100."""


def score(month: Standing, one: Person) -> Fraction | None:
    """Of a scored level, by the card of the last day, by that of most days, or by each on its own days."""
    if one.level == "lead":
        return None
    if not _cards(month):
        return month.value(one.agent_id, "x")
    if month.case.plan["score"].get("moved") != "by_days":
        return month.value(one.agent_id, CARDS[card(month, one)])
    found = []
    for post, days in _days_by_card(one).items():
        figure = _on_card(month, one, post)
        if figure is not None:
            found.append((figure, days))
    if not found:
        return None
    exact = sum((figure * days for figure, days in found), Fraction(0)) / sum(days for _, days in found)
    return Fraction(half_up(exact * 100), 100)


def _on_card(month: Standing, one: Person, post: str) -> Fraction | None:
    """The mean of the days with that card; of a figure that tells no days all of it."""
    name = CARDS[post]
    if len(_days_by_card(one)) == 1 or not month.dated(one, name):
        return month.value(one.agent_id, name)
    own = [each for day, each in month.own(one.agent_id, name) if day and _post_on(one, day) == post]
    return sum(own, Fraction(0)) / len(own) if own else None


def _post_on(one: Person, day: Any) -> str:
    return next(stay.post for stay in one.stays if stay.has(day))


def _cards(month: Standing) -> bool:
    return len(month.case.plan["dimension"][0]["indicator"]) > 1


def _days_by_card(one: Person) -> dict[str, int]:
    """Calendar days by the post whose card it is."""
    found: dict[str, int] = {}
    for stay in one.stays:
        found[stay.post] = found.get(stay.post, 0) + stay.length
    return found


def card(month: Standing, one: Person) -> str:
    """The post with whose card somebody is compared: that of the last day, or of most days, of two the later."""
    if month.case.plan["score"].get("moved") in (None, "last"):
        return one.stays[-1].post
    days = _days_by_card(one)
    most = [stay for stay in one.stays if days[stay.post] == max(days.values())]
    return most[-1].post


def fields(month: Standing) -> list[list[Person]]:
    """Who is compared with whom: those with the same card where the plan says so, else all."""
    if month.case.plan["score"].get("rank") != "card" or not _cards(month):
        return [month.people]
    found: dict[str, list[Person]] = {}
    for one in month.people:
        found.setdefault(card(month, one), []).append(one)
    return [own for _, own in sorted(found.items())]


def contests(month: Standing, name: str) -> list[list[Person]]:
    """Who is in one contest of a figure: in the score those who are compared."""
    return fields(month) if name == "score" else [month.people]


def figure(month: Standing, name: str, one: Person) -> Fraction | None:
    return score(month, one) if name == "score" else month.value(one.agent_id, name)


def leading(month: Standing, name: str) -> set[str]:
    """Who has the highest figure above nothing, of all who are ranked; in the score of each field."""
    found: set[str] = set()
    for people in contests(month, name):
        ranked = {one.agent_id: figure(month, name, one) for one in people if one.level != "lead"}
        best = max([own for own in ranked.values() if own] or [Fraction(0)])
        found |= {who for who, own in ranked.items() if own == best and best > 0}
    return found


def holds(month: Standing, rule: Keys, one: Person) -> bool:
    """Whether all that is named holds; what is not known never does."""
    asked = [(month.value(one.agent_id, rule["measure"]), rule)] if "measure" in rule else []
    asked += [(score(month, one), rule["score"])] if "score" in rule else []
    for own, bounds in asked:
        edges = [(test, bounds[name]) for name, test in BOUNDS.items() if name in bounds]
        if own is None or not all(test(own, edge) for test, edge in edges):
            return False
    if "first" in rule and one.agent_id not in leading(month, rule["first"]):
        return False
    return all(holds(month, part, one) for part in rule.get("all", []))


def coefficient(month: Standing, one: Person) -> Fraction | None:
    """That of the grade that holds once places are given."""
    grades = month.case.plan["grade"]
    [people] = [own for own in fields(month) if one in own]
    place = _places(month, people).get(one.agent_id)
    return None if place is None or "coefficient" not in grades[place] else Fraction(grades[place]["coefficient"])


def _places(month: Standing, people: list[Person]) -> dict[str, int]:
    """The grade of everybody with a score, by number: each takes the best one reached that has a place left."""
    grades, rule = month.case.plan["grade"], month.case.plan["score"]["quotas"]
    scores = {one.agent_id: own for one in people if (own := score(month, one)) is not None}
    found: dict[str, int] = {}
    for number, grade in enumerate(grades):
        reached = {
            who: own for who, own in scores.items()
            if who not in found and ("at_least" not in grade or own >= grade["at_least"])
        }  # fmt: skip
        inside = set(reached)
        if "quota" in grade and len(scores) >= rule["from"]:
            places = max(rule["at_least"], int(len(scores) * Fraction(grade["quota"])))
            inside = _inside(reached, places, rule["ties"])
        found |= dict.fromkeys(inside, number)
    return found


def _inside(reached: Mapping[str, Fraction], places: int, ties: str) -> set[str]:
    """The best have the places; where those who are tied need more than are left, all of them or none has one."""
    inside: set[str] = set()
    for own in sorted(set(reached.values()), reverse=True):
        tied = {who for who, each in reached.items() if each == own}
        if len(inside) >= places:
            break
        if len(inside) + len(tied) > places:
            return inside | (tied if ties == "all" else set())
        inside |= tied
    return inside
