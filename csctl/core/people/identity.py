"""Whose row is this? Exports name agents by number, account, nickname or name; the roster decides.

A number or account wins over a name. A name that two people share belongs to nobody: that is a problem, not a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.words import fold

_WITH_DECIMALS = re.compile(r"([0-9]+)\.0+")
_BETWEEN = " -_/|#:.,()[]【】"
"""Signs with which systems part a name from its number."""
_WITH_NUMBER = re.compile(r"([^()]+)\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the roster as far as identity needs it. ``place`` is where it was read."""

    agent_id: str
    name: str
    accounts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Identity:
    """Known keys, folded for comparison, and the agents they may mean."""

    ids: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    _asked: dict[tuple[str, str], str | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Whom pairs of number and name were found to be: long exports name the same people in every row."""

    def resolve(self, agent_id: str, name: str) -> str | None:
        """The staff number behind an id column and a name column (either may be ""); None if nobody or unsure."""
        asked = agent_id, name
        if asked not in self._asked:
            self._asked[asked] = self._found(agent_id, name)
        return self._asked[asked]

    def _found(self, agent_id: str, name: str) -> str | None:
        found = self.ids.get(fold(agent_id)) if agent_id else None
        if found:
            return found
        meant = self.meant_by(name or agent_id)
        if meant:
            return next(iter(meant)) if len(meant) == 1 else None
        return self._as_text(agent_id) or self._with_number(agent_id) or self._with_number(name)

    def _with_number(self, text: str) -> str | None:
        return (self._in_brackets(text) or self._glued(text)) if text else None

    def _glued(self, text: str) -> str | None:
        """A name and its own number in one text, whatever stands between: 周帆-02, [02]周帆; both must agree."""
        whole = fold(text).strip(_BETWEEN)
        parts = ((whole[:at].strip(_BETWEEN), whole[at:].strip(_BETWEEN)) for at in range(1, len(whole)))
        known = [(one, two) for one, two in parts if one in self.names or two in self.names]
        pairs = [pair for one, two in known for pair in ((one, two), (two, one))]
        found = {self.ids[number] for name, number in pairs
                 if number in self.ids and self.ids[number] in self.names.get(name, ())}  # fmt: skip
        return found.pop() if len(found) == 1 else None

    def _as_text(self, agent_id: str) -> str | None:
        """A whole number that was written as a text with decimals: 1002.0 is 1002."""
        match = _WITH_DECIMALS.fullmatch(fold(agent_id))
        return self.ids.get(match[1]) if match else None

    def _in_brackets(self, text: str) -> str | None:
        """A name with its number: 张丽华(K001) is K001, unless the name is known and means only others."""
        match = _WITH_NUMBER.fullmatch(fold(text))
        found = self.ids.get(match[2].strip()) if match else None
        if match is None or found is None:
            return None
        meant = self.meant_by(match[1])
        return found if not meant or found in meant else None

    def knows(self, text: str) -> bool:
        """Whether a text is a name, number or account of anybody."""
        return bool(self.meant_by(text))

    def meant_by(self, name: str) -> frozenset[str]:
        """All agents whom a name or nickname may mean."""
        key = fold(name)
        if not key:
            return frozenset()
        return frozenset({self.ids[key]}) if key in self.ids else self.names.get(key, frozenset())


def build_identity(people: Iterable[Person], aliases: Mapping[str, str]) -> tuple[Identity, list[Problem]]:
    """All keys of a roster and an alias table (other name → staff number).

    Problems: a staff number twice, an account or alias of two people, an alias of nobody. Whatever two people claim
    belongs to the lower staff number, in any order of rows, and a staff number always to its owner.
    """
    ids: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    problems: list[Problem] = []
    everyone = sorted(people, key=lambda person: (person.agent_id, person.place.row or 0))
    for person in everyone:
        if fold(person.agent_id) in ids:
            problems.append(problem("agent-id-twice", person.place, person.agent_id))
        ids.setdefault(fold(person.agent_id), person.agent_id)
    for person in everyone:
        names.setdefault(fold(person.name), set()).add(person.agent_id)
        for account in person.accounts:
            owner = ids.setdefault(fold(account), person.agent_id)
            if owner != person.agent_id:
                problems.append(problem("account-of-two", person.place, account, first=owner, second=person.agent_id))
    for alias, agent_id in sorted(aliases.items()):
        target = ids.get(fold(agent_id))
        if target is None:
            problems.append(problem("alias-of-nobody", Place(column=alias), agent_id, alias=alias))
        elif ids.setdefault(fold(alias), target) != target:
            place = Place(column=alias)
            problems.append(problem("account-of-two", place, alias, first=ids[fold(alias)], second=target))
    return Identity(ids, {key: frozenset(owners) for key, owners in names.items()}), problems
