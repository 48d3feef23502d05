"""Words that rules ask for in vain, and words that no rule names: one problem for each column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from csctl.core.measuring.word_use import Word, WordStanding, WordUse
from csctl.messages import problem
from csctl.policy.asked import DECLARED
from csctl.policy.to_write import ignore_lines, texts_line
from csctl.problems import Problem, shortened
from csctl.tables import Texts

_SHOWN = 8
_LIKENESS = 0.4
_LEAST_LETTERS = 2
"""So many letters or characters make a word that says something where it is a part of another."""
_CODES = {"event": "event-unknown", "leave kind": "leave-kind-unknown"}
"""What is said of an unknown word where a policy declares the words by themselves."""


def word_problems(uses: Iterable[WordUse]) -> list[Problem]:
    """What is to be said of the columns that rules ask about; nothing of those in which rules find what they name."""
    return [found for use in uses for found in (*_problems(use), *_blank(use))]


def _blank(use: WordUse) -> list[Problem]:
    """Rows that cost or earn by a word they do not have."""
    return [problem("words-blank", use.blank_at, count=use.blank, column=use.asked.name)] if use.blank else []


def _problems(use: WordUse) -> list[Problem]:
    if use.asked.column.texts is Texts.HEADERS:
        return _missing(use)
    unknown = use.of(WordStanding.UNKNOWN)
    space = DECLARED.get((use.asked.table.name, use.asked.column.name))
    if not unknown:
        return []
    if space:
        return _undeclared(use, unknown, _CODES[space])
    wanted = [text for one in use.asked.questions if one.wanted for text in one.texts]
    # Marks and levels of raters are judged where they are scored; a rule may ask for one that nobody gave.
    if wanted and not use.asked.column.as_written and not use.of(WordStanding.NAMED):
        return [_never(use, unknown, list(dict.fromkeys(wanted)))]
    doubtful = unknown if use.asked.column.weighs else _parts_of(use, unknown, wanted)
    return [_unnamed(use, doubtful)] if doubtful else []


def _parts_of(use: WordUse, unknown: Sequence[Word], wanted: Iterable[str]) -> list[Word]:
    """The words that hold one that rules ask for, or lie in one: very likely the same thing, called otherwise."""
    if use.asked.column.as_written or use.asked.column.texts is Texts.SENDERS:
        return []
    forms = {use.asked.column.texts.same(text) for text in wanted}
    long = {form for form in forms if len(form) >= _LEAST_LETTERS}
    return [
        word
        for word in unknown
        if any(form in word.form or (len(word.form) >= _LEAST_LETTERS and word.form in form) for form in long)
    ]


def _undeclared(use: WordUse, unknown: Sequence[Word], code: str) -> list[Problem]:
    """One problem for each word that stands in a column of declared words and is not declared."""
    known = tuple(dict.fromkeys(text for one in use.asked.questions for text in one.texts))
    if code == "leave-kind-unknown" and not known:
        return []
    return [_undeclared_word(use, word, known, code) for word in unknown]


def _undeclared_word(use: WordUse, word: Word, known: tuple[str, ...], code: str) -> Problem:
    several = {"cells": f"“{word.text}” × {word.rows}"} if word.rows > 1 else {}
    ignore = ignore_lines(use.asked.name, _ignored(use, [word]))
    return problem(code, word.first, word.text, known=known, ignore=ignore, **several)


def _never(use: WordUse, unknown: Sequence[Word], wanted: Sequence[str]) -> Problem:
    return problem(
        "words-never-occur",
        unknown[0].first,
        shortened(wanted, _SHOWN),
        column=use.asked.name,
        words=_cited(use, unknown),
        line=_line(use, unknown),
        ignore=ignore_lines(use.asked.name, _ignored(use, unknown)),
    )


def _unnamed(use: WordUse, unknown: Sequence[Word]) -> Problem:
    return problem(
        "words-no-rule-names",
        unknown[0].first,
        shortened([word.text for word in unknown], _SHOWN),
        column=use.asked.name,
        words=_cited(use, unknown),
        line=_line(use, unknown),
        ignore=ignore_lines(use.asked.name, _ignored(use, unknown)),
    )


def _missing(use: WordUse) -> list[Problem]:
    """Figures that rules name and no export of the month has; of a test's several names one is enough."""
    same, met = use.asked.column.texts.same, {word.form: word.text for word in use.words if word.rows}
    lacking = [
        one.texts
        for one in use.asked.questions
        if one.wanted and not {same(text) for text in one.texts} & (met.keys() | use.asked.leaves_alone)
    ]
    names = list(dict.fromkeys(text for texts in lacking for text in texts))
    if not names:
        return []
    near = [text for name in names for text in _near(same(name), met)]
    return [
        problem(
            "metrics-missing",
            found=shortened(names, _SHOWN),
            column=use.asked.name,
            nearest=shortened(list(dict.fromkeys(near)), _SHOWN) if near else "",
        )
    ]


def _cited(use: WordUse, unknown: Sequence[Word]) -> tuple[str, ...]:
    """Words with their number, where the first stands, and what a rule calls something like it."""
    same = use.asked.column.texts.same
    named = {same(text): text for one in use.asked.questions for text in one.texts}
    return shortened([_citation(word, next(iter(_near(word.form, named)), "")) for word in unknown], _SHOWN)


def _citation(word: Word, near: str) -> str:
    file = word.first.file.rsplit("/", 1)[-1]
    return f"“{word.text}” × {word.rows} ({file}:{word.first.row})" + (f" ≈ {near}" if near else "")


def _near(form: str, known: dict[str, str]) -> list[str]:
    close = difflib.get_close_matches(form, list(known), n=1, cutoff=_LIKENESS)
    return [known[one] for one in close]


def _line(use: WordUse, unknown: Sequence[Word]) -> str:
    return texts_line(use.asked.column.name, [word.text for word in unknown])


def _ignored(use: WordUse, unknown: Sequence[Word]) -> list[str]:
    return [*use.asked.ignored, *(word.text for word in unknown)]
