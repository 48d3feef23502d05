"""What a reading leaves open, as questions: each from what the reader itself says, with the lines that settle it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from csctl.policy.to_write import column_line, named_line, toml_string
from csctl.problems import Problem, Severity, Text
from csctl.readers.proposing.drafts import Draft
from csctl.readers.proposing.lacking import column_questions, day_question
from csctl.readers.proposing.measuring import unit_questions
from csctl.readers.proposing.people import person_questions
from csctl.readers.proposing.questions import ASIDE, Choice, Matter, Question
from csctl.readers.proposing.viewing import View

AS_IT_IS = "as-it-is"
_ORDER = re.compile(r"\"(?P<order>[dmy](?:/[dmy]){1,2})\"[^(]*\((?P<example>[^)]*)\)")
ASIDE_CHOICE = Choice(ASIDE, says="adopt-choice-aside")


def open_questions(view: View, people: frozenset[str]) -> list[Question]:
    """All that files read so leave open, what keeps them from being read first; ``people`` are known from others."""
    found = [*column_questions(view, people), *_of_problems(view), *unit_questions(view), *person_questions(view)]
    once = {one.name: one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: not one.blocks)


def _of_problems(view: View) -> Iterator[Question]:
    for problem in view.problems:
        make = _ASKED.get(problem.code)
        if make:
            yield from make(problem, view)


def _told(problem: Problem, name: str) -> str:
    said = problem.parameters.get(name, "")
    return said if isinstance(said, str) else " ".join(said)


def _rule_of(line: str, view: View) -> tuple[str, dict[str, Any]]:
    """The column and the rule of a line that the reader proposes; ("", {}) for one of another kind."""
    keys = Draft(view.draft.table).saying([line]).keys if line else {}
    columns: Mapping[str, dict[str, Any]] = keys.get("columns", {})
    return next(iter(columns.items()), ("", {}))


def _words(kind: Matter) -> Callable[[Problem, View], Iterator[Question]]:
    def make(problem: Problem, view: View) -> Iterator[Question]:
        column, rule = _rule_of(_told(problem, "line"), view)
        texts: dict[str, str] = rule.get("texts", {})
        open_words = tuple(word for word, meant in texts.items() if not meant)
        if column and open_words:
            known = {**rule, "texts": {word: meant for word, meant in texts.items() if meant}}
            blanks: dict[str, Text] = {"header": problem.place.column, "words": _counted(problem)}
            yield Question(view.files, kind, problem.place.column, blanks, words=open_words, rule=known, column=column)

    return make


def _counted(problem: Problem) -> tuple[str, ...]:
    """The words with how often each stands there."""
    shown = problem.parameters.get("cells") or problem.found
    return shown if isinstance(shown, tuple) else (shown,)


def _order(problem: Problem, view: View) -> Iterator[Question]:
    """Which of day and month stands first; certain where one order alone puts all days into the month of the file."""
    column, rule = "", dict[str, Any]()
    line, other = _told(problem, "line"), _told(problem, "other")
    bare = line.partition(" (")[0]
    if bare:
        column, rule = _rule_of(bare, view)
    orders = [(match["order"], match["example"]) for match in _ORDER.finditer(f"{line} {other}")]
    if not column or not orders:
        return
    choices = tuple(
        Choice(order, (column_line(column, {**rule, "format": order}),), shown=example) for order, example in orders
    )
    blanks: dict[str, Text] = {"header": problem.place.column, "cells": problem.found}
    yield Question(
        view.files, Matter.ORDER, problem.place.column, blanks, choices, choices[0].name, choices[0].lines,
        column=column, certain=len(choices) == 1,
    )  # fmt: skip


def _meaning(problem: Problem, view: View) -> Iterator[Question]:
    """Several headers could be one column."""
    name = _told(problem, "name")
    texts = problem.found if isinstance(problem.found, tuple) else (problem.found,)
    headers = [header for header in view.headers if header.text in texts]
    choices = tuple(
        Choice(one.text, (named_line(name, view.called(one)),), " ".join(view.samples(one))) for one in headers
    )
    blanks: dict[str, Text] = {"name": name, "table": view.table.name, "headers": texts}
    yield Question(
        view.files,
        Matter.MEANING,
        name,
        blanks,
        (*choices, ASIDE_CHOICE),
        choices[0].name,
        choices[0].lines,
        blocks=True,
    )


def _two_columns(problem: Problem, view: View) -> Iterator[Question]:
    """One header could be several columns."""
    header = next(one for one in view.headers if one.text == problem.place.column)
    names = _told(problem, "columns").split(" / ")
    choices = tuple(Choice(name, (named_line(name, view.called(header)),)) for name in names)
    blanks: dict[str, Text] = {"name": header.text, "headers": view.samples(header)}
    yield Question(
        view.files, Matter.MEANING, header.text, blanks, (*choices, ASIDE_CHOICE), choices[0].name, choices[0].lines,
        blocks=True,
    )  # fmt: skip


def _days(problem: Problem, view: View) -> Iterator[Question]:
    """A column of days is unused while all rows count for the month of the file."""
    name = _told(problem, "name")
    use = Choice(problem.place.column, (_told(problem, "line"),))
    ignore = Choice(AS_IT_IS, (column_line(name, {"ignore": True}),), says="adopt-choice-month")
    blanks: dict[str, Text] = {"header": problem.place.column, "cells": problem.found}
    yield Question(view.files, Matter.DAYS, problem.place.column, blanks, (use, ignore), use.name, use.lines)


def _lines(problem: Problem, view: View) -> Iterator[Question]:
    """Lines that the reader proposes as they stand."""
    lines = (_told(problem, "line"),)
    if "…" in lines[0]:
        return
    made = Draft(view.draft.table).saying(lines).lines(view.files)[2:]
    take = Choice("yes", lines, "; ".join(made), says="adopt-choice-yes")
    leave = Choice("no", (), says="adopt-choice-no")
    blanks: dict[str, Text] = {"headers": problem.found, "lines": tuple(made)}
    blocks = problem.severity is Severity.ERROR
    yield Question(view.files, Matter.LINES, problem.code, blanks, (take, leave), take.name, lines, blocks=blocks)


def _sheet(problem: Problem, view: View) -> Iterator[Question]:
    """Which of the sheets that could be the table are read."""
    if problem.severity is Severity.NOTE:
        return
    line, both = _told(problem, "line"), _told(problem, "both")
    left = problem.found if isinstance(problem.found, tuple) else (problem.found,)
    read = tuple(sorted({name for one in view.imports for name in one.sheets} - set(left)))
    kept = Choice(" + ".join(read), (f"sheet = [{', '.join(map(toml_string, read))}]",))
    all_of_them = Choice(" + ".join((*read, *left)), (both or f"sheet = {line}",))
    other = (Choice(left[0], (f"sheet = {line}",)),) if both else ()
    choices = (kept, *other, all_of_them)
    blanks: dict[str, Text] = {"read": read, "left": left}
    yield Question(view.files, Matter.SHEET, " ".join(left), blanks, choices, kept.name)


def _clock(problem: Problem, view: View) -> Iterator[Question]:
    """Whether 2:23 are minutes and seconds or hours and minutes."""
    line = _told(problem, "line")
    if "minutes" not in line:
        return
    choices = (
        Choice("mm:ss", (line,), says="adopt-choice-minutes"),
        Choice("hh:mm", (line.replace('"minutes"', '"hours"'),), says="adopt-choice-hours"),
    )
    blanks: dict[str, Text] = {"header": problem.place.column, "cells": problem.found}
    yield Question(view.files, Matter.CLOCK, problem.place.column, blanks, choices, "mm:ss")


def _month(problem: Problem, view: View) -> Iterator[Question]:
    """Which column is the day of the rows, where none is called so; else of which month they are."""
    yield day_question(view, problem.place.sheet)


_ASKED: Mapping[str, Callable[[Problem, View], Iterator[Question]]] = {
    "value-not-a-flag": _words(Matter.WORDS),
    "answers-unused": _words(Matter.GRANTED),
    "value-date-ambiguous": _order,
    "headers-mean-one": _meaning,
    "header-means-two": _two_columns,
    "days-unused": _days,
    "only-names-understood": _lines,
    "days-side-by-side": _lines,
    "first-row-is-data": _lines,
    "sheets-share-rows": _sheet,
    "sheets-alike-not-read": _sheet,
    "sheets-hidden-not-read": _sheet,
    "sheets-of-other-months": _sheet,
    "value-duration-ambiguous": _clock,
    "figures-mostly-unreadable": _clock,
    "date-column-missing": _month,
    "grid-month-unknown": _month,
}
"""What is asked about what the reader says; of everything else ``check`` says what to write."""
