"""User faults as values: what is wrong, where, what was read, what to write instead.

A problem carries a message code and its parameters. How grave it is and the words, in each language, are declared in
``csctl/messages/problems``; ``csctl.messages.problem`` makes one.
Functions that can meet a user fault return ``(result, problems)``: nothing is raised, so that one run shows them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

NAMED = 12
"""So many people, months or items one line names."""


class Severity(StrEnum):
    """What a problem means for the run."""

    ERROR = "error"
    """The input cannot be used: the run stops with exit code 2 and writes nothing."""
    WARNING = "warning"
    """A row, a cell or a figure was left out or needs a look: the run goes on and counts it."""
    NOTE = "note"
    """Something csctl decided by itself and says so (an encoding, a dropped row of totals); not counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. Rows count from 1, as the spreadsheet shows them; columns are header texts or keys."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def at(self, *, row: int | None = None, column: str = "") -> Place:
        """The same file and sheet, at another row and column."""
        return replace(self, row=row, column=column)


NOWHERE = Place()


Text = str | tuple[str, ...]
"""What fills a blank: a text, or several that the language of the reader joins."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``code`` names a message; ``details`` fill its blanks; ``found`` is the text that was read."""

    code: str
    severity: Severity
    place: Place = NOWHERE
    found: Text = ""
    details: tuple[tuple[str, Text], ...] = ()

    @property
    def parameters(self) -> dict[str, Text]:
        """All that the message may quote."""
        return {"found": self.found, **dict(self.details)}


def blank_text(value: object) -> Text:
    """A value as what fills a blank. A list stays one if it has several items; else it is its item, or ""."""
    if not isinstance(value, list | tuple):
        return str(value)
    texts = tuple(map(str, value))
    return texts if len(texts) > 1 else "".join(texts)


def shortened(texts: Sequence[str], most: int = NAMED) -> tuple[str, ...]:
    """The first ``most`` of many texts; dots after the last say that there are more."""
    shown = tuple(texts[:most])
    return shown if len(texts) <= most else (*shown[:-1], f"{shown[-1]} …")


class RefusalError(Exception):
    """Raised where a problem is met so deep inside that nobody on the way could do anything but pass it on.

    The command ends with that problem as its one line, and exit code 2.
    """

    def __init__(self, problem: Problem) -> None:
        """``problem`` is an error."""
        super().__init__(problem.code)
        self.problem = problem


def as_error(problem: Problem) -> Problem:
    """The same fault where nothing can go on with it: a value that would spoil a row spoils the whole configuration."""
    return replace(problem, severity=Severity.ERROR)


def as_warning(problem: Problem) -> Problem:
    """The same fault where it can be left out: one of many, or on a sheet that nobody sees."""
    return replace(problem, severity=Severity.WARNING)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the run."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def errors_and_warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Those a user should look at: errors and warnings, not notes."""
    return [problem for problem in problems if problem.severity is not Severity.NOTE]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted as a reader works: worst first, then by file, sheet, row and column; doubles once."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}

    def key(problem: Problem) -> tuple[object, ...]:
        place = problem.place
        where = (place.file, place.sheet, place.row or 0, place.column)
        return (rank[problem.severity], where, problem.code, *map(_sortable, problem.parameters.items()))

    return sorted(dict.fromkeys(problems), key=key)


def _sortable(blank: tuple[str, Text]) -> tuple[str, tuple[str, ...]]:
    name, text = blank
    return name, (text,) if isinstance(text, str) else text
