"""What rests on a default that could be otherwise: one warning for each source, until somebody settles it."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.messages import problem
from csctl.policy.to_write import column_line, metric_line, several_lines
from csctl.problems import Place, Problem

COMMA_FORM = "1.234,56"
"""How figures are written whose decimal mark is the comma."""


def doubtful(readings: Sequence[FileReading]) -> list[ColumnReading]:
    """The columns of one source whose reading nothing proves, each once; of unlikely ones more is said elsewhere."""
    found = {one.column: one for reading in reversed(readings) for one in reversed(reading.columns) if one.doubtful}
    return [found[name] for name in sorted(found) if not found[name].unlikely]


def doubtful_columns(file: str, readings: Sequence[FileReading]) -> list[Problem]:
    """One warning that names the columns of a source that are in doubt, and the line to write; ``file`` is its first.

    What bare numbers count is said before the decimal mark: of a column that leaves both open, both lines are shown.
    """
    columns = doubtful(readings)
    if not columns:
        return []
    taken = tuple(f"{one.header} ({one.column}: {_taken_for(one)})" for one in columns)
    lines = several_lines(dict.fromkeys(line for one in columns for line in _lines(one)))
    place = Place(file, column=columns[0].header)
    return [problem("columns-in-doubt", place, taken, count=len(columns), lines=lines)]


def _taken_for(one: ColumnReading) -> str:
    """Unit and form, and how the middle value was understood."""
    return ", ".join(part for part in (one.unit, one.form, one.median) if part)


def _lines(one: ColumnReading) -> list[str]:
    """What to write in ``csctl.toml`` if it is as it was taken."""
    lines = [f'decimal = "{"," if one.form == COMMA_FORM else "."}"'] if one.form else []
    return [*lines, unit_line(one, one.unit)] if one.unit else lines


def unit_line(one: ColumnReading, unit: str) -> str:
    """The line of ``csctl.toml`` by which the bare figures of a column count in this unit."""
    if one.metric:
        return metric_line(one.header, {"unit": unit})
    return column_line(one.column, {"from": one.header, "unit": unit})
