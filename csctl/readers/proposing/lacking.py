"""Required columns without a header: which of the others it could be, by the cells below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from csctl.headers import Header
from csctl.policy.to_write import column_line, named_line
from csctl.problems import Text
from csctl.readers.columns.looks import is_datum, is_day, mostly
from csctl.readers.columns.naming import similar_headers
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.mapping.checks import SERIAL
from csctl.readers.mapping.other_months import ABOUT_PEOPLE
from csctl.readers.mapping.suggest import fits
from csctl.readers.proposing.questions import ASIDE, Choice, Matter, Question
from csctl.readers.proposing.viewing import View
from csctl.tables import AGENT_NAMES, Column, Kind
from csctl.words import fold

_OFFERED = 8
_SHARED, _LEAST = 0.8, 3
"""A column of which so many names are known from other files, at least so many of them, is that of the people."""
_LOOKED_AT = 300
_WORDS = 8
_TWO = 2
_SEVERAL_SHEETS = frozenset({"sheets-share-rows", "sheets-alike-not-read", "sheets-hidden-not-read"})
_NO_NAME = re.compile(r"\{[a-z]+\}|[*?\[\]]")


def column_questions(view: View, people: frozenset[str]) -> Iterator[Question]:
    """One question for each column that must be there and is not."""
    lacking = [one for one in view.problems if one.code == "columns-missing"]
    texts = [text for one in lacking for text in (one.found if isinstance(one.found, tuple) else (one.found,))]
    for text in dict.fromkeys(texts):
        name = text.partition(" ")[0]
        if name in AGENT_NAMES and " / " in text:
            yield _agent(view, people)
        elif column := view.table.column(name):
            yield _column(view, column, people)


def day_question(view: View, sheet: str) -> Question:
    """Which column is the day of the rows, or which month they are of; certain where one column alone holds days."""
    dated = view.table.column(view.table.dated or "")
    assert dated is not None  # noqa: S101 - only rows with a day can lack one
    aside = Choice(ASIDE, says="adopt-choice-aside")
    days = [one for one in view.free() if _are_days(view, one)]
    if not days:
        blanks: dict[str, Text] = {"headers": tuple(one.text for one in view.headers), "sheet": sheet}
        alone = not any(one.code in _SEVERAL_SHEETS for one in view.problems) and len(view.sheets) < _TWO
        # One month for several sheets would be wrong for all but one.
        blanks["write"] = "2026-10" if alone else ""
        return Question(view.files, Matter.MONTH, "", blanks, (aside,), column=dated.name, free=alone, blocks=True)
    alike = similar_headers((dated.name, *dated.aliases), days)
    found = [_choice(view, dated.name, one) for one in _likeliest(alike, days, {})]
    about = {"name": dated.name, "table": view.table.name}
    return Question(
        view.files, Matter.COLUMN, dated.name, about, (*found, aside), found[0].name, found[0].lines,
        column=dated.name, free=True, blocks=True, certain=len(days) == 1,
    )  # fmt: skip


def _are_days(view: View, header: Header) -> bool:
    """Different days, and none of somebody's birth or first day at work."""
    cells = view.cells(header)[:_LOOKED_AT]
    several = len({cell_as_text(cell) for cell in cells if not is_empty(cell)}) > 1
    return several and mostly(cells, is_day) and not any(part in header.key for part in ABOUT_PEOPLE)


def _agent(view: View, people: frozenset[str]) -> Question:
    """Which column names the agent; certain where one alone holds people whom other files know."""
    column = view.table.column("agent_name")
    assert column is not None  # noqa: S101 - only tables about agents lack one
    # A file may have a row for each person or several: nobody knows before the column is known.
    fitting = _fitting(view, column, each_once=True)
    known = {header.column: _known(view, header, people) for header in fitting}
    alike = similar_headers(("agent_id", "agent_name", *column.aliases), fitting)
    ordered = _likeliest(alike, fitting, known)
    sure = [one for one in ordered if known[one.column] >= _SHARED and _several(view, one)]
    found = [_choice(view, _as(view, header), header) for header in ordered[:_OFFERED]]
    proves = len(ordered) == 1 or bool(ordered and (known[ordered[0].column] > 0 or alike))
    return _question(view, Matter.PERSON, "agent", found, proposes=proves, certain=len(sure) == 1)


def _column(view: View, column: Column, people: frozenset[str]) -> Question:
    """Which column another required one is; proposed where one is called alike, or no other fits."""
    fitting = _fitting(view, column, each_once=view.table.name == "roster")
    known = {header.column: _known(view, header, people) for header in fitting}
    if column.name not in AGENT_NAMES:
        fitting, known = [one for one in fitting if known[one.column] < _SHARED], {}
    alike = similar_headers((column.name, *column.aliases), fitting)
    ordered = _likeliest(alike, fitting, known)
    found = [_choice(view, column.name, header) for header in ordered[:_OFFERED]]
    if column.kind is Kind.TEXT and column.name not in AGENT_NAMES:
        found.append(_constant(view, column))
    # Any text fits a column of texts: that one is left is no reason.
    alone = len(ordered) == 1 and column.kind not in {Kind.TEXT, Kind.ID}
    return _question(view, Matter.COLUMN, column.name, found, proposes=alone or bool(alike))


def _constant(view: View, column: Column) -> Choice:
    """A file of one kind of thing has no column that names it: all rows get the name of the file."""
    text = _NO_NAME.sub("", PurePosixPath(view.files).stem).strip("-_. ") or view.table.name
    return Choice(f"= {text}", (column_line(column.name, {"value": text}),), says="adopt-choice-constant")


def _fitting(view: View, column: Column, *, each_once: bool) -> list[Header]:
    """The free headers whose cells could be those of a column; a serial number is none."""
    free = [one for one in view.free() if fold(one.text) not in SERIAL]
    if column.kind is Kind.FLAG:
        return [one for one in free if _few_words(view, one)]
    return [one for one in free if fits(column, view.cells(one)[:_LOOKED_AT], each_once=each_once)]


def _few_words(view: View, header: Header) -> bool:
    """Whether cells could be answers: a few words, whatever they mean."""
    filled = [cell for cell in view.cells(header) if not is_empty(cell)]
    words = {fold(cell_as_text(cell)) for cell in filled}
    return 0 < len(words) <= _WORDS and (len(words) < len(filled)) and not any(map(is_datum, filled))


def _question(
    view: View, kind: Matter, name: str, found: Sequence[Choice], *, proposes: bool, certain: bool = False
) -> Question:
    aside = Choice(ASIDE, says="adopt-choice-aside")
    first = found[0] if found and proposes else None
    return Question(
        view.files, kind, name, {"name": name, "table": view.table.name}, (*found, aside),
        first.name if first else "", first.lines if first else (), blocks=True, certain=certain,
    )  # fmt: skip


def _choice(view: View, name: str, header: Header) -> Choice:
    return Choice(header.text, (named_line(name, view.called(header)),), ", ".join(view.samples(header)))


def _as(view: View, header: Header) -> str:
    """Numbers of staff have figures in them, names have none."""
    filled = [cell_as_text(cell) for cell in view.cells(header) if not is_empty(cell)]
    numbered = sum(any(sign.isdigit() for sign in text) for text in filled)
    return "agent_id" if numbered * 2 > len(filled) else "agent_name"


def _likeliest(alike: Sequence[str], fitting: Sequence[Header], known: dict[int, float]) -> list[Header]:
    """Those with known people first, then those called alike, then as they stand."""
    order = {text: at for at, text in enumerate(alike)}
    return sorted(fitting, key=lambda one: (-round(known.get(one.column, 0), 1), order.get(one.text, len(order))))


def _known(view: View, header: Header, people: frozenset[str]) -> float:
    texts = {fold(cell_as_text(cell)) for cell in view.cells(header) if not is_empty(cell)}
    return len(texts & people) / len(texts) if texts else 0


def _several(view: View, header: Header) -> bool:
    return len({cell_as_text(cell) for cell in view.cells(header) if not is_empty(cell)}) >= _LEAST
