"""Many problems in few lines: those that say the same of several in one; or each kind at least once, and whatever a
user would have to write, each thing once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from csctl.messages import in_one_line, place_text, problem_fix, problem_text, say, specific_fix
from csctl.messages.grammar import clauses, joined_parts
from csctl.problems import Problem, in_order, shortened

LINES = 12
"""So many lines are shown without --verbose, and more only where there are more kinds."""


WHOM = "agent"
"""The blank of a message for the person whom it is about."""
NAMED = 4
"""So many others of a group are named in its line."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line: the problems of a group, in the order in which they are met; the first is told in full."""

    problems: tuple[Problem, ...]

    @property
    def problem(self) -> Problem:
        """The first."""
        return self.problems[0]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.problems)

    def words(self, language: str) -> tuple[str, str, str]:
        """What is wrong, where, and what to write; "" where the remedy is the same for all of its kind.

        Of the others, whom or what they are about and how many files they are in.
        """
        fix = problem_fix(self.problem, language) if specific_fix(self.problem, language) else ""
        said, where = self._said(language, NAMED), place_text(self.problem, language)
        if where and (files := len({one.place.file for one in self.problems} - {self.problem.place.file})):
            where = joined_parts([where, say("screen-other-files", language, count=files)], language)
        return said, where, fix

    def whole(self, language: str) -> str:
        """Place, fault and remedy, and whom or what all others are about."""
        said = self._said(language, self.count)
        return in_one_line(place_text(self.problem, language), said, problem_fix(self.problem, language))

    def _said(self, language: str, most: int) -> str:
        said, others = problem_text(self.problem, language), self._others()
        likewise = say("screen-others", language, names=shortened(others, most)) if others else ""
        return clauses([said, likewise], language)

    def _others(self) -> list[str]:
        """Whom or what the other problems are about, each once."""
        first, *others = dict.fromkeys(about(one) for one in self.problems)
        return [text for text in others if first and text]


def about(one: Problem) -> str:
    """Whom a problem is about, else what was found, as far as that is one text; else ""."""
    text = one.parameters[_of_what(one)]
    return text if isinstance(text, str) else ""


def _of_what(one: Problem) -> str:
    return WHOM if WHOM in one.parameters else "found"


def alike(problems: Iterable[Problem], language: str) -> list[ProblemLine]:
    """Those that differ only in whom or what they are about in one line, in the order in which they are met."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        rest = tuple(item for item in one.parameters.items() if not about(one) or item[0] != _of_what(one))
        groups.setdefault((one.code, one.severity, one.place, rest, problem_fix(one, language)), []).append(one)
    return [ProblemLine(tuple(group)) for group in groups.values()]


def problem_lines(problems: Iterable[Problem], language: str) -> list[ProblemLine]:
    """The worst first. Where not all groups of a kind have a line, its last line counts for those left out."""
    by_kind = sorted(in_order(problems), key=lambda one: (one.severity, one.code))
    kinds = [_groups(list(kind), language) for _, kind in groupby(by_kind, key=lambda one: (one.severity, one.code))]
    return [line for groups, most in zip(kinds, _shares(kinds), strict=True) for line in _lines(groups, most)]


def _groups(kind: Sequence[Problem], language: str) -> list[list[Problem]]:
    """Problems of one kind apart by column and by what is to be written, in the order in which they are met."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for one in kind:
        fix = problem_fix(one, language) if specific_fix(one, language) else ""
        groups.setdefault((one.place.column, fix), []).append(one)
    return list(groups.values())


def _shares(kinds: Sequence[Sequence[list[Problem]]]) -> list[int]:
    """How many lines each kind gets: one, then one more each in turn as long as there are any."""
    shares, left = [1] * len(kinds), LINES - len(kinds)
    while left > 0:
        open_ = [at for at, groups in enumerate(kinds) if shares[at] < len(groups)][:left]
        if not open_:
            break
        for at in open_:
            shares[at] += 1
        left -= len(open_)
    return shares


def _lines(groups: Sequence[Sequence[Problem]], most: int) -> list[ProblemLine]:
    apart = [ProblemLine(tuple(group)) for group in groups[: most - 1]]
    return [*apart, ProblemLine(tuple(one for group in groups[most - 1 :] for one in group))]
