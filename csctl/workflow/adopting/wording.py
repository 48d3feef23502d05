"""Questions and sources in words, as a screen, a file of questions and comments of ``csctl.toml`` show them."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.messages import say
from csctl.messages.grammar import apart, joined_parts, labelled, with_aside
from csctl.month import Month
from csctl.readers.proposing.questions import NEITHER, Answer, Choice, Matter, Question
from csctl.tables import TABLES


def asked_text(question: Question, language: str) -> str:
    """What is asked, with the evidence."""
    blanks = dict(question.blanks)
    table = blanks.get("table")
    if isinstance(table, str):
        blanks["table"] = say(f"table-{table}", language)
        blanks["name"] = _column_words(str(blanks.get("name", "")), table, language)
    if question.kind is Matter.POLICY:
        blanks["tables"] = tuple(say(f"table-{name}", language) for name in blanks["tables"])
    return say(f"adopt-ask-{question.kind}", language, **blanks)


def _column_words(name: str, table: str, language: str) -> str:
    """A canonical column by a name that people know, and its own."""
    column = TABLES[table].column(name)
    known = [alias for alias in column.aliases if alias.isascii() is (language == "en")] if column else []
    return with_aside(known[0], name, language) if known and known[0] != name else name


def choice_text(choice: Choice, language: str) -> str:
    """A choice by its name, what it stands for, and what it would come to."""
    words = say(choice.says, language, text=choice.name.removeprefix("= ")) if choice.says else ""
    named = words if choice.says.startswith("adopt-choice") else joined_parts([choice.name, words], language)
    return labelled([named, choice.shown], language) if choice.shown else named


def answer_choices(question: Question, language: str) -> list[tuple[str, str]]:
    """The answers that can be given, by name and in words; of words those that mean yes."""
    if question.words:
        none = say("adopt-choice-neither", language)
        return [*((word, word) for word in question.words), (NEITHER, none)]
    return [(one.name, choice_text(one, language)) for one in question.choices]


def answer_text(question: Question, answer: Answer, language: str) -> str:
    """An answer in words."""
    named = dict(answer_choices(question, language))
    return joined_parts([named.get(one, one) for one in answer], language)


def months_text(months: Sequence[Month]) -> str:
    """From the first to the last month."""
    ends = [str(month) for month in (months[0], months[-1])] if months else []
    return " … ".join(dict.fromkeys(ends))


def source_text(table: str, files: int, months: Sequence[Month], rows: int, language: str) -> str:
    """What a source is: table, files, months, rows."""
    said = say("adopt-source", language, files=files, rows=rows)
    return apart([say(f"table-{table}", language), said, months_text(months)], language)
