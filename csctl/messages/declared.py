"""Every problem csctl can meet, declared once in ``problems/*.toml``, and the one way to make one.

An entry is a table named by its code:

* ``severity``: error, warning or note;
* ``zh`` and ``en``: what is wrong, with blanks ``{name}``; ``{found}`` is the text that was read;
* ``zh_fix`` and ``en_fix``, if there is something to do: what to write or do instead;
* ``place`` and ``example``: where it might stand, and what might fill its blanks. The reference page shows it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from csctl.messages.loading import Entries, Entry, merged_catalogues, read_catalogues
from csctl.problems import NOWHERE, Place, Problem, Severity, blank_text

FOLDER = "problems"
_NOT_WORDS = ("severity", "place", "example")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What holds for all problems of one code. ``words`` has the keys zh, en and perhaps zh_fix, en_fix."""

    code: str
    severity: Severity
    words: Mapping[str, str]
    place: Place = NOWHERE
    blanks: Mapping[str, str] = field(default_factory=dict)

    @property
    def example(self) -> Problem:
        """One problem of this code, as a user may meet it."""
        found = self.blanks.get("found", "")
        details = {name: value for name, value in self.blanks.items() if name != "found"}
        return problem(self.code, self.place, found, **details)


@cache
def areas() -> dict[str, dict[str, Declaration]]:
    """The declarations by area (a file each) and code."""
    return {area: {code: _declaration(code, entry) for code, entry in one.items()} for area, one in _read().items()}


@cache
def declared_entries() -> Entries:
    """All entries by code, as they stand in the files; read when the first problem is met."""
    return merged_catalogues(*_read().values())


@cache
def _read() -> dict[str, Entries]:
    return read_catalogues(FOLDER)


@cache
def declarations() -> dict[str, Declaration]:
    """All declarations by code."""
    return {code: one for area in areas().values() for code, one in area.items()}


def problem(code: str, place: Place = NOWHERE, found: object = "", **details: object) -> Problem:
    """A fault of a declared kind. Raises KeyError for a code that is not declared (a bug, held by a test)."""
    severity = Severity(declared_entries()[code]["severity"])
    return Problem(
        code, severity, place, blank_text(found), tuple((name, blank_text(one)) for name, one in details.items())
    )


class _ProblemWords(Mapping[str, Mapping[str, str]]):
    """What is said of each problem, by code, without what else stands in its entry."""

    def __getitem__(self, code: str) -> Mapping[str, str]:
        return _words(declared_entries()[code])

    def __contains__(self, code: object) -> bool:
        return code in declared_entries()

    def __iter__(self) -> Iterator[str]:
        return iter(declared_entries())

    def __len__(self) -> int:
        return len(declared_entries())


PROBLEM_WORDS: Mapping[str, Mapping[str, str]] = _ProblemWords()


def _words(entry: Entry) -> Mapping[str, str]:
    return {name: text for name, text in entry.items() if name not in _NOT_WORDS}


def _declaration(code: str, entry: Entry) -> Declaration:
    place = Place(**entry.get("place", {}))
    return Declaration(code, Severity(entry["severity"]), _words(entry), place, entry.get("example", {}))
