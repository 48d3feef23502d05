"""Questions at the terminal: one at a time, by number, with the evidence beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from csctl.cli.showing.asking import Terminal
from csctl.cli.showing.show import Screen
from csctl.readers.proposing.questions import ASIDE, NEITHER, Answer, Choice, Matter, Question

UNIT = Question(
    "calls.csv", Matter.UNIT, "Talk time", {"header": "Talk time", "cells": ("3.5", "40"), "read": "3.5 s"},
    (Choice("seconds", says="adopt-unit-seconds"), Choice("minutes", says="adopt-unit-minutes")), "seconds",
)  # fmt: skip
WORDS = Question(
    "a.csv", Matter.WORDS, "Solved", {"header": "Solved", "words": ("done × 3", "open")},
    words=("done", "shut", "open"), column="resolved",
)  # fmt: skip
MONTH = Question(
    "a.csv", Matter.MONTH, "", {"headers": ("Agent", "Calls"), "sheet": "", "write": "2026-10"},
    (Choice(ASIDE, says="adopt-choice-aside"),),
    column="date", free=True,
)  # fmt: skip


def ask(typed: list[str], *questions: Question, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Answer], list[str]]:
    """The answers of somebody who types this, and the defaults that Enter would have taken."""
    lines: Iterator[str] = iter(typed)
    defaults: list[str] = []

    def prompt(_: str, default: str) -> str:
        defaults.append(default)
        return next(lines) or default

    monkeypatch.setattr("typer.prompt", prompt)
    terminal = Terminal(Screen("en"))
    return [terminal(one) for one in questions], defaults


@pytest.mark.parametrize(
    ("typed", "question", "answer"),
    [
        (["2"], UNIT, ("minutes",)),
        ([""], UNIT, ("seconds",)),
        (["s"], UNIT, ()),
        (["minutes"], UNIT, ("minutes",)),
        (["7", "parsecs", "1"], UNIT, ("seconds",)),
        (["1,2"], WORDS, ("done", "shut")),
        (["1，2"], WORDS, ("done", "shut")),
        (["4"], WORDS, (NEITHER,)),
        ([""], WORDS, ()),
        (["2026-10"], MONTH, ("2026-10",)),
        (["october", "1"], MONTH, (ASIDE,)),
    ],
)
def test_an_answer_is_a_number_of_the_list(
    typed: list[str], question: Question, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter takes what is proposed; where nothing is, it leaves the question open; nonsense is asked again."""
    assert ask(typed, question, monkeypatch=monkeypatch)[0] == [answer]


def test_whoever_has_had_enough_is_asked_no_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that follow stay open, and are not even shown."""
    answers, defaults = ask(["2", "q"], UNIT, WORDS, MONTH, monkeypatch=monkeypatch)
    assert answers == [("minutes",), (), ()]
    assert len(defaults) == 2
    assert "neither the name nor the rows tell the month" not in capsys.readouterr().out


def test_the_evidence_stands_beside_the_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file, the figures, each choice with its number."""
    ask([""], UNIT, monkeypatch=monkeypatch)
    shown = capsys.readouterr().out
    assert shown.splitlines()[1:] == [
        "calls.csv",
        "what do the figures of “Talk time” (3.5, 40) count? Read so far: 3.5 s",
        "  1  seconds, s",
        "  2  minutes, min",
    ]


@pytest.mark.parametrize(
    ("question", "answer", "lines"),
    [
        (WORDS, ("done",), ('columns.resolved.texts = { "done" = "Y", "shut" = "N", "open" = "N" }',)),
        (WORDS, (NEITHER,), ("columns.resolved.ignore = true",)),
        (WORDS, (), ()),
        (MONTH, ("2026-10",), ('columns.date.value = "2026-10-01"',)),
    ],
)
def test_an_answer_becomes_lines_of_the_source(question: Question, answer: Answer, lines: tuple[str, ...]) -> None:
    """Words that mean yes, all others no; a month its first day."""
    assert question.lines(answer) == lines
