"""Rows of one number that are one thing, as an approval that a system prints on several rows: one of them counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csctl.core.records.fates import DOUBLE
from csctl.headers import Header, find_headers
from csctl.long_columns import take_rows
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.naming import header_texts
from csctl.readers.columns.reading import Grid, must_stand
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import cell_as_text, is_empty, is_error_cell
from csctl.readers.grid import Cell
from csctl.readers.text_rows import rows_at
from csctl.tables import AGENT_NAMES, Kind, Table
from csctl.words import fold


@dataclass(frozen=True, slots=True)
class _Column:
    """One column that takes part in the reading; ``needed``: a row without it cannot count."""

    text: str
    cells: Sequence[Cell]
    needed: bool


def without_repeated_keys(
    grid: Grid, table: Table, bindings: Mapping[str, Binding], key: str
) -> tuple[Grid, list[Problem]]:
    """The rows of which none has the number of another; rows without a number stay, each for itself.

    Of several rows the first counts in which nothing is empty that must be there. What other rows hold otherwise is a
    warning; a header that is not there is an error.
    """
    found = find_headers(list(grid.layout.headers), key)
    if not found:
        headers = header_texts(grid.layout.headers)
        return grid, [problem("keep-header-not-found", grid.place.at(column=key), key, headers=headers, key="key")]
    numbers = grid.cells(found[0], Kind.ID)
    groups: dict[str, list[int]] = {}
    for at, cell in enumerate(numbers):
        if not is_empty(cell) and not is_error_cell(cell):
            groups.setdefault(fold(cell_as_text(cell)), []).append(at)
    several = [group for group in groups.values() if len(group) > 1]
    if not several:
        return grid, []
    columns = _columns(grid, table, bindings)
    chosen = [(_filled(group, columns), group) for group in several]
    dropped = sorted(at for counts, group in chosen for at in group if at != counts)
    rows = row_list(grid.rows.numbers[at] for at in dropped)
    place = grid.place.at(column=found[0].text)
    said = [problem("rows-of-one-key", place, rows, count=len(dropped), key=found[0].text)]
    return _without(grid, set(dropped)), said + _differing(grid, chosen, columns, found[0], numbers)


def _columns(grid: Grid, table: Table, bindings: Mapping[str, Binding]) -> list[_Column]:
    needed = {name for name, one in bindings.items() if must_stand(one, table) or name in AGENT_NAMES}
    return [
        _Column(header.text, grid.cells(header, one.column.kind), name in needed)
        for name, one in bindings.items()
        for header in one.used
    ]


def _filled(group: Sequence[int], columns: Sequence[_Column]) -> int:
    needed = [one for one in columns if one.needed]
    return next((at for at in group if not any(is_empty(one.cells[at]) for one in needed)), group[0])


def _differing(
    grid: Grid,
    chosen: Sequence[tuple[int, Sequence[int]]],
    columns: Sequence[_Column],
    header: Header,
    numbers: Sequence[Cell],
) -> list[Problem]:
    """One warning at the first number whose rows contradict each other, with how many more there are."""
    unlike = [(at, rest) for at, group in chosen if (rest := [one for one in group if _differ(at, one, columns)])]
    if not unlike:
        return []
    at, rest = unlike[0]
    names = tuple(dict.fromkeys(one.text for one in columns if any(_unlike(one, at, other) for other in rest)))
    row_numbers = grid.rows.numbers
    said = problem(
        "rows-of-one-key-differ",
        grid.place.at(row=row_numbers[rest[0]], column=header.text),
        cell_as_text(numbers[at]),
        key=header.text,
        columns=names,
        first=row_numbers[at],
        rows=row_list(row_numbers[one] for one in rest),
        count=len(rest),
        more=len(unlike) - 1 or "",
        line=toml_string(header.text),
    )
    return [said]


def _differ(at: int, other: int, columns: Sequence[_Column]) -> bool:
    return any(_unlike(one, at, other) for one in columns)


def _unlike(column: _Column, at: int, other: int) -> bool:
    """Whether two rows hold different things; an empty cell says nothing else."""
    first, second = column.cells[at], column.cells[other]
    return not is_empty(first) and not is_empty(second) and fold(cell_as_text(first)) != fold(cell_as_text(second))


def _without(grid: Grid, dropped: set[int]) -> Grid:
    kept = [at for at in range(len(grid.rows.cells)) if at not in dropped]
    rows = replace(
        grid.rows,
        numbers=take_rows(grid.rows.numbers, kept),
        cells=rows_at(grid.rows.cells, kept),
        left_out={**grid.rows.left_out, DOUBLE: len(dropped)},
    )
    return replace(grid, rows=rows)
