"""What raters said: one sheet per agent and role, by item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csctl.problems import Place
from csctl.words import same_word, says_nothing


@dataclass(frozen=True, slots=True)
class Rating:
    """One judgement: ``value`` is a level, a number or a mark, "" if left empty; ``role`` self, superior, panel, vote.

    ``day`` is the one on which it was given, None where nobody says.
    """

    agent_id: str
    role: str
    rater: str
    item: str
    value: str
    reason: str
    place: Place
    day: date | None = None

    @property
    def is_reasoned(self) -> bool:
        """Whether the rater says why; 无 is no reason."""
        return not says_nothing(self.reason)


class Sheets:
    """Ratings by agent, role and item. Several raters of one role stand side by side."""

    def __init__(self, ratings: Iterable[Rating]) -> None:
        """Group the ratings; their order does not matter."""
        self._by_key: dict[tuple[str, str, str], list[Rating]] = {}
        self._roles: dict[str, set[str]] = {}
        self._raters: dict[tuple[str, str], set[str]] = {}
        self._filled: dict[tuple[str, str], set[str]] = {}
        for rating in sorted(ratings, key=lambda one: (one.rater, one.place.file, one.place.row or 0)):
            self._raters.setdefault((rating.agent_id, rating.role), set()).add(rating.rater)
            if not rating.value:
                continue
            self._by_key.setdefault((rating.agent_id, rating.role, same_word(rating.item)), []).append(rating)
            self._roles.setdefault(rating.agent_id, set()).add(rating.role)
            self._filled.setdefault((rating.agent_id, rating.role), set()).add(rating.rater)

    def has_sheet(self, agent_id: str, role: str) -> bool:
        """Whether this role rated the agent at all; a form left empty is no rating."""
        return role in self._roles.get(agent_id, set())

    def find(self, agent_id: str, role: str, items: Iterable[str]) -> list[Rating]:
        """The judgements of one role under any of these item names, in whatever letters they are written."""
        names = dict.fromkeys(map(same_word, items))
        return [rating for name in names for rating in self._by_key.get((agent_id, role, name), [])]

    def raters(self, agent_id: str, role: str) -> list[str]:
        """Who of this role handed in a form about the agent, even an empty one."""
        return sorted(self._raters.get((agent_id, role), set()))

    def who_rated(self, agent_id: str, role: str) -> frozenset[str]:
        """Who of this role wrote anything on a form about the agent."""
        return frozenset(self._filled.get((agent_id, role), ()))
