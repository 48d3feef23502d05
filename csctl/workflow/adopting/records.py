"""What adopting a folder works with: files looked at, sources settled, what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.proposing.choosing import Weighed
from csctl.readers.proposing.drafts import Draft
from csctl.readers.proposing.file_names import Named
from csctl.readers.proposing.questions import ASIDE, Answer, Question
from csctl.readers.proposing.viewing import View


@dataclass(frozen=True, slots=True)
class LookedAtFile:
    """One file that no source reads yet, and the tables that it could be, best first.

    ``headers`` are the texts of its first row of several cells, or of its header; without any it is no table.
    ``problems``: why it cannot be opened.
    """

    path: Path
    named: Named
    weighed: tuple[Weighed, ...] = ()
    headers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def draft(self) -> Draft | None:
        """What it is most likely; None where nothing was understood."""
        return self.weighed[0].trial.draft if self.weighed else None

    @property
    def month(self) -> Month | None:
        """The month that its name says."""
        return self.named.month


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what was answered; () if nobody has answered yet."""

    question: Question
    answer: Answer = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say it."""
        return not self.answer and not self.question.certain


@dataclass(frozen=True, slots=True)
class Settled:
    """The files of one pattern: the source proposed for them, what was asked, and how each file is read.

    ``draft`` is None where they are left aside or cannot be read without an answer; ``problems`` say why.
    """

    files: str
    paths: tuple[str, ...]
    months: tuple[Month, ...]
    draft: Draft | None
    asked: tuple[Answered, ...] = ()
    views: tuple[View, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def aside(self) -> bool:
        """Whether somebody wants these files left out."""
        return any(one.answer == (ASIDE,) for one in self.asked)

    @property
    def open(self) -> list[Answered]:
        """What nobody has answered."""
        return [one for one in self.asked if one.is_open]

    @property
    def rows(self) -> int:
        """The rows that count."""
        return sum(imported.accepted for one in self.views for imported in one.imports)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom files name: number, name, the first and last day seen, the numbers in other systems."""

    number: str
    name: str
    first: str
    last: str
    accounts: str = ""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting came to: the files written (by path below the workspace), and what there is to say.

    ``unread`` are files that are no table or cannot be opened. ``people``: how many stand on the proposed roster; None
    where files or sources give one; ``roster`` is its file. ``unknown`` are names of which no file tells the number.
    ``unpaid``: the plan to start from was written without pay, since no roster says what base pay is.
    """

    folder: Path
    settled: tuple[Settled, ...] = ()
    unread: tuple[LookedAtFile, ...] = ()
    asked: tuple[Answered, ...] = ()
    people: int | None = None
    roster: str = ""
    unknown: tuple[str, ...] = ()
    policy: str = ""
    unpaid: bool = False
    written: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def done(self) -> bool:
        """Whether there is a ``csctl.toml`` now."""
        return not self.problems

    @property
    def open(self) -> list[Answered]:
        """All that nobody has answered."""
        return [one for one in self.asked if one.is_open]
