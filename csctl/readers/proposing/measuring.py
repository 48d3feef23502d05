"""Columns of figures of which nothing says what they count, or what their decimal mark is."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.core.coverage.doubts import COMMA_FORM, unit_line
from csctl.core.coverage.readings import ColumnReading
from csctl.problems import Problem, Text
from csctl.readers.proposing.questions import Choice, Matter, Question
from csctl.readers.proposing.viewing import View
from csctl.tables import Kind

_OF_TIME = ("seconds", "minutes", "hours")
_OF_DAYS = ("days", "hours")


def unit_questions(view: View) -> Iterator[Question]:
    """One for each column whose unit is a default, and one for the decimal mark of the file."""
    readings = [one for imported in view.imports for one in imported.reading.columns]
    likelier = {one.place.column: one for one in view.problems if one.code == "length-in-unlikely-unit"}
    for one in readings:
        unlikely = likelier.get(one.header)
        if one.unit and (one.doubtful or unlikely):
            yield _unit(view, one, unlikely)
        elif one.form and one.doubtful:
            yield _mark(view, one)


def _unit(view: View, one: ColumnReading, unlikely: Problem | None) -> Question:
    units = _OF_TIME if one.kind == Kind.SECONDS or one.metric else _OF_DAYS
    choices = tuple(Choice(unit, (unit_line(one, unit),), says=f"adopt-unit-{unit}") for unit in units)
    likelier = unlikely.parameters["likelier"] if unlikely else one.unit
    proposed = likelier if likelier in units else one.unit
    blanks: dict[str, Text] = {"header": one.header, "cells": _bare(one), "read": one.median}
    # Till somebody answers, the reader's own default stands, and ``check`` goes on saying that it is one.
    return Question(view.files, Matter.UNIT, one.header, blanks, choices, str(proposed))


def _bare(one: ColumnReading) -> tuple[str, ...]:
    """The smallest, middle and largest value as the file has them."""
    values = [text.partition(" → ")[0] for text in (one.smallest, one.median, one.largest) if text]
    return tuple(dict.fromkeys(values))


def _mark(view: View, one: ColumnReading) -> Question:
    choices = tuple(Choice(mark, (f'decimal = "{mark}"',), says=f"adopt-mark-{name}")
                    for mark, name in ((".", "point"), (",", "comma")))  # fmt: skip
    blanks: dict[str, Text] = {"header": one.header, "cells": _bare(one)}
    return Question(view.files, Matter.MARK, "", blanks, choices, "," if one.form == COMMA_FORM else ".")
