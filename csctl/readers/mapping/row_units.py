"""Units that stand in the rows: in a column of their own beside the figures, or in the names of the figures.

A table with a row for each figure has no header that could tell what its value counts: the row does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from csctl.headers import Header, make_header
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Problem, shortened
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import named_days
from csctl.readers.columns.figures import VALUE, own_unit, parts_said
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.readers.mapping.melt import metric_rule
from csctl.readers.mapping.units_beside import BEHIND, NAMES, cell_with_unit, is_bare, unit_of_cell
from csctl.tables import Kind
from csctl.unit_words import names_length
from csctl.words import UNIT_OF

_LENGTHS = frozenset({"seconds", "minutes", "hours", "milliseconds"})
_SHOWN = 4


@dataclass
class RowUnits:
    """The columns whose figures got the unit of their row, the columns of the sheet that told it, what is to say."""

    columns: dict[str, Cells] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def row_units(columns: Mapping[str, Cells], source: Source, grid: Grid) -> RowUnits:
    """The figures of the sheet with the units that their rows say; what the source says of a column stands."""
    found = RowUnits()
    told = next((header for header in grid.layout.headers if NAMES.fullmatch(header.key)), None)
    if told is not None and any(told in one.binding.headers for one in columns.values()):
        told = None
    units = [unit_of_cell(cell) for cell in grid.cells(told)] if told else [""] * len(grid.rows.cells)
    name = _whose(columns, told)
    one = columns.get(name)
    if one is None or one.binding.rule.unit:
        return found
    if "metric" in columns and name == VALUE:
        cells = _of_metrics(one, columns["metric"], units, source, grid, found)
    elif told is not None and not one.binding.headers[0].unit:
        cells = [cell_with_unit(cell, unit) for cell, unit in zip(one.cells, units, strict=True)]
    else:
        return found
    found.columns = {name: replace(one, cells=cells)}
    if told is not None and any(units):
        found.used.add(told.column)
    return found


def _whose(columns: Mapping[str, Cells], told: Header | None) -> str:
    """The column whose unit it is: the value of a figure, or the length that is named so or stands to the left."""
    if VALUE in columns:
        return VALUE
    lengths = {
        name: one.binding.headers[0]
        for name, one in columns.items()
        if one.binding.column.kind is Kind.SECONDS or named_days(name)
    }
    match = NAMES.fullmatch(told.key) if told else None
    stem = (match["zh"] or match["en"] or "") if match else ""
    named = [name for name, header in lengths.items() if stem and stem in header.key]
    beside = [name for name, header in lengths.items() if told and header.column == told.column - 1]
    return next(iter(named or beside), "")


def _of_metrics(
    one: Cells, metrics: Cells, units: Sequence[str], source: Source, grid: Grid, found: RowUnits
) -> list[Cell]:
    """The values with the unit of each: by the source, by the row, by the name of the figure."""
    cells: list[Cell] = []
    open_: dict[str, Cell] = {}
    known: dict[str, tuple[str, str, bool]] = {}
    for cell, metric, told in zip(one.cells, metrics.cells, units, strict=True):
        name = "" if is_empty(metric) else cell_as_text(metric)
        if name not in known:
            known[name] = _of_name(name, source)
        said, own, length = known[name]
        unit = said or ("minutes" if length and told == "分" else told) or own
        if length and not unit and is_bare(cell) and narrow(cell_as_text(cell)).strip("0."):
            open_.setdefault(name, cell)
        cells.append(cell_with_unit(cell, unit))
    if open_:
        examples = [f"{name} ({cell_as_text(cell)})" for name, cell in open_.items()]
        line = ", ".join(f'{toml_string(name)} = "minutes"' for name in open_)
        place = grid.place.at(column=one.binding.headers[0].text)
        found.problems.append(
            problem("metrics-without-unit", place, shortened(examples, _SHOWN), line=f"metrics = {{ {line} }}")
        )
    return cells


def _of_name(name: str, source: Source) -> tuple[str, str, bool]:
    """The unit that the source gives to a figure, the one in its name, and whether it is called like a length."""
    header = make_header(0, name)
    unit = metric_rule(header, source)[0].unit or ""
    said = UNIT_OF.get(unit, unit)
    money = header.unit if header.unit in BEHIND and header.unit not in _LENGTHS | {"days"} else ""
    return said, own_unit(header) or parts_said(header) or money, names_length(header.key)
