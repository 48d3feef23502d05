"""Zeros that an export writes where there was nothing to tell: a rating of a call that nobody answered."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.long_columns import where
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import cell_as_text
from csctl.tables import Column, Table
from csctl.words import fold


def unasked_zeros(table: Table, bindings: Mapping[str, Binding], grid: Grid, reading: Reading) -> list[Problem]:
    """One warning for each column whose zeros all stand in rows in which the flag it depends on is no.

    There must be other values in rows in which it is yes: a column of zeros alone tells nothing. What a source says
    under ``texts`` of the zero settles it, whichever way.
    """
    found: list[Problem] = []
    for column in table.columns:
        binding = bindings.get(column.name)
        if column.only_if and binding is not None and binding.headers:
            zeros = _zeros(column, reading)
            found += _asked(column, binding, grid, zeros) if zeros else []
    return found


def _zeros(column: Column, reading: Reading) -> list[int]:
    """The rows of such zeros; none if a zero stands elsewhere too."""
    values, flags = reading.columns.get(column.name), reading.columns.get(column.only_if)
    if values is None or flags is None:
        return []
    zeros = [at for at in where(values, lambda value: value == 0) if at not in reading.bad]
    if not zeros or any(flags[at] is not False for at in zeros):
        return []
    given = any(flags[at] is True and at not in reading.bad for at in where(values, bool))
    return zeros if given else []


def _asked(column: Column, binding: Binding, grid: Grid, zeros: list[int]) -> list[Problem]:
    header = binding.headers[0]
    cells = grid.cells(header, column.kind)
    texts = sorted({cell_as_text(cells[index]) for index in zeros})
    settled = {fold(text) for text in binding.rule.texts or {}}
    if all(fold(text) in settled for text in texts):
        return []
    meant = {**(binding.rule.texts or {}), **dict.fromkeys(texts, "-")}
    rule = ", ".join(f"{toml_string(text)} = {toml_string(found)}" for text, found in meant.items())
    return [
        problem(
            "zeros-where-nobody-was-asked",
            grid.place.at(column=header.text),
            len(zeros),
            rows=row_list(grid.rows.numbers[index] for index in zeros),
            name=column.name,
            header=toml_string(header.text),
            texts=rule,
        )
    ]
