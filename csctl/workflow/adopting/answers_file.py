"""``adopt.toml``: every question about a folder, and what was answered; written so that it can be answered there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, Field

from csctl.messages import say
from csctl.month import Month
from csctl.policy.load import SourceText
from csctl.policy.parts import Part
from csctl.policy.to_write import toml_string
from csctl.policy.validate import read_as
from csctl.problems import Problem
from csctl.readers.columns.file_months import for_month
from csctl.readers.proposing.file_names import matches_pattern
from csctl.readers.proposing.questions import Answer, Question
from csctl.workflow.adopting.records import Answered
from csctl.workflow.adopting.wording import answer_choices, asked_text
from csctl.workspace import ADOPT_NAME

ANSWERS_NAME = ADOPT_NAME
_ANY_MONTH = Month(2000, 1)


def _listed(value: object) -> object:
    return tuple(one for one in (value if isinstance(value, list) else [value]) if one != "")


class _Question(Part):
    name: str
    asks: str = ""
    choices: list[str] = Field([])
    proposed: str = ""
    answer: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()


class _Written(Part):
    about: str
    digest: str


class _File(Part):
    people: list[str] = Field([])
    question: list[_Question] = Field([])
    written: list[_Written] = Field([])


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answers by the name of their question; the digest of each text that was written, by what it is about (the
    files of a source, or the name of a file); the numbers of all people who were proposed for the roster.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[_Question, ...] = ()
    people: frozenset[str] = frozenset()

    def answer(self, question: Question) -> Answer:
        """What was answered, if it can be; () if nobody has. An answer about a file is one about all of its kind."""
        names = [question.name, *(name for name in self.answers if _is_of(question, name))]
        found = next((self.answers[name] for name in names if name in self.answers), ())
        return found if found and question.takes(found) else ()

    def wrote(self, about: str, text: str) -> bool:
        """Whether a text is as it was written."""
        return self.written.get(about) == digest_of(text)


def _is_of(question: Question, name: str) -> bool:
    files, _, rest = name.partition(" | ")
    same = question.name.partition(" | ")[2] == rest and bool(rest)
    return same and matches_pattern(question.files, for_month(files, _ANY_MONTH))


def remembered_of(text: str) -> tuple[Remembered | None, list[Problem]]:
    """What a text of ``adopt.toml`` says; all that is wrong with it at once."""
    if not text.strip():
        return Remembered(), []
    read, problems = read_as(_File, SourceText(ANSWERS_NAME, text))
    if read is None:
        return None, problems
    answers = {one.name: one.answer for one in read.question if one.answer}
    written = {one.about: one.digest for one in read.written}
    return Remembered(answers, written, tuple(read.question), frozenset(read.people)), []


def digest_of(block: str) -> str:
    """By which a text that nobody has changed since is known."""
    return hashlib.sha256(block.strip().encode()).hexdigest()[:16]


def answers_text(
    before: Remembered, asked: Iterable[Answered], written: Mapping[str, str], people: Iterable[str], language: str
) -> str:
    """The text of ``adopt.toml``: open questions first, then what was answered, each with its choices."""
    own = [one for one in asked if not one.question.certain]
    names = {one.question.name for one in own}
    earlier = [one for one in before.kept if one.name not in names and one.answer]
    listed = ", ".join(map(toml_string, sorted({*before.people, *people})))
    blocks = [_block(one, language) for one in sorted(own, key=lambda one: bool(one.answer))]
    blocks += [_again(one) for one in earlier]
    blocks += [_written(about, digest) for about, digest in sorted(written.items())]
    return "\n".join([f"# {say('adopt-file-head', language)}", f"people = [{listed}]\n", *blocks])


def _block(one: Answered, language: str) -> str:
    question = one.question
    named = answer_choices(question, language)
    said = [(name, words.removeprefix(name).lstrip(" ,:，：")) for name, words in named]
    shown = [f"#   {_plain(name)}: {_plain(words)}" for name, words in said if words]
    return "\n".join(
        [
            f"# {_plain(asked_text(question, language))}",
            *shown,
            *_lines(question.name, [name for name, _ in named], question.proposed, one.answer),
        ]
    )


def _plain(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _again(one: _Question) -> str:
    return "\n".join(_lines(one.name, one.choices, one.proposed, one.answer))


def _lines(name: str, choices: Sequence[str], proposed: str, answer: Answer) -> list[str]:
    listed = ", ".join(map(toml_string, choices))
    said = toml_string(answer[0] if answer else "") if len(answer) < 2 else f"[{', '.join(map(toml_string, answer))}]"
    return [
        "[[question]]",
        f"name = {toml_string(name)}",
        f"choices = [{listed}]",
        *([f"proposed = {toml_string(proposed)}"] if proposed else []),
        f"answer = {said}",
        "",
    ]


def _written(about: str, digest: str) -> str:
    return "\n".join(["[[written]]", f"about = {toml_string(about)}", f"digest = {toml_string(digest)}", ""])
