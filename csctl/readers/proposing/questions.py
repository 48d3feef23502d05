"""What is asked about files, and what is answered: records, whoever asks and whoever answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from csctl.month import Month
from csctl.policy.to_write import column_line
from csctl.problems import Text


class Matter(StrEnum):
    """What a question is about; each has its words in the catalogue, under ``adopt-ask-…``."""

    TABLE = "table"
    COLUMN = "column"
    MEANING = "meaning"
    PERSON = "person"
    UNIT = "unit"
    MARK = "mark"
    ORDER = "order"
    WORDS = "words"
    GRANTED = "granted"
    CLOCK = "clock"
    MONTH = "month"
    DAYS = "days"
    SHEET = "sheet"
    LINES = "lines"
    POLICY = "policy"
    SAME = "same"


ASIDE = "aside"
"""The answer that leaves a file out."""
NEITHER = "-"
"""The answer that none of the words means yes: the column says something else."""


Answer = tuple[str, ...]
"""The name of the choice taken, or the words that mean yes; () while nobody has answered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given: its name, and the lines that it puts into the source.

    ``shown`` is what it would come to, such as an example; ``says`` is the code of its words, where the name has some.
    """

    name: str
    lines: tuple[str, ...] = ()
    shown: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt about the files of one pattern.

    ``blanks`` are the evidence. ``proposed`` names the choice that is likeliest; while nobody has answered, ``holds``
    are the lines that stand in the source. ``words``: any of these may be answered, those that mean yes; ``rule`` is
    what the column says besides. ``free``: any month may be answered. ``blocks``: without a choice nothing is read.
    ``certain``: the proposal is proved by the files themselves, and nobody is asked.
    """

    files: str
    kind: Matter
    about: str
    blanks: Mapping[str, Text] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    proposed: str = ""
    holds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)
    column: str = ""
    free: bool = False
    blocks: bool = False
    certain: bool = False

    @property
    def name(self) -> str:
        """By which an answer finds it again."""
        return " | ".join(part for part in (self.files, self.kind, self.about) if part)

    def choice(self, name: str) -> Choice | None:
        """The choice of that name."""
        return next((one for one in self.choices if one.name == name), None)

    def lines(self, answer: Answer) -> tuple[str, ...]:
        """What an answer puts into the source; without one what holds till then."""
        if not answer:
            return self.holds
        if self.words:
            return (_of_words(self, answer),)
        if self.free and self.choice(answer[0]) is None:
            return (column_line(self.column, {"value": f"{answer[0]}-01"}),)
        found = self.choice(answer[0])
        return found.lines if found else ()

    def takes(self, answer: Answer) -> bool:
        """Whether it can be answered so."""
        if self.words:
            return answer == (NEITHER,) or set(answer) <= set(self.words)
        named = len(answer) == 1 and self.choice(answer[0]) is not None
        return named or (self.free and len(answer) == 1 and Month.parse(answer[0]) is not None)


def _of_words(question: Question, answer: Answer) -> str:
    if answer == (NEITHER,):
        return column_line(question.column, {"ignore": True})
    texts = {word: "Y" if word in answer else "N" for word in question.words}
    return column_line(question.column, {**question.rule, "texts": {**question.rule.get("texts", {}), **texts}})


Asking = Callable[[Question], Answer]
"""Whoever answers: a person, a file of answers, or nobody."""
