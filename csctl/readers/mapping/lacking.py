"""Columns that a table must have and no header fills, with the line that would name one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csctl.headers import Header
from csctl.messages import problem
from csctl.policy.to_write import named_line, several_lines
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding, melts
from csctl.readers.columns.looks import is_numeric, mostly
from csctl.readers.columns.naming import header_texts, similar_headers
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.mapping.suggest import Cells, fits
from csctl.tables import AGENT_NAMES, Column, Kind, Table

_LEAST_PEOPLE = 2
_SOME_DAY = Column("day", Kind.DATE, "any day")


def _missing(table: Table, source: Source, bindings: Mapping[str, Binding]) -> list[str]:
    melted = {"metric", "value"} if melts(table, source, bindings) else set()
    met = {name for name, binding in bindings.items() if not binding.rule.ignore}
    met |= source.derive.keys() | melted
    missing = [f"{column.name} ({column.aliases[0]})" if column.aliases else column.name
               for column in table.columns
               if column.required and not met & {column.name, column.alternative}]  # fmt: skip
    agents = table.has_agents and not met & set(AGENT_NAMES)
    if agents and table.name != "roster":
        missing.insert(0, "agent_id (工号) / agent_name (姓名)")
    return missing


def _people_across(headers: Sequence[Header], cells: Cells) -> bool:
    """Whether each column could be one person's: names of figures below the first header, figures below all others."""
    first, *others = headers
    labels = [cell_as_text(cell) for cell in cells(first) if not is_empty(cell)]
    words = bool(labels) and len(set(labels)) == len(labels) and not any(is_numeric(cell) for cell in cells(first))
    alike = len(others) >= _LEAST_PEOPLE and all(mostly(cells(one), is_numeric) for one in others)
    return words and alike and not any(any(map(str.isdigit, one.text)) for one in others)


def missing_columns(
    table: Table,
    source: Source,
    bindings: Mapping[str, Binding],
    headers: Sequence[Header],
    cells: Cells,
    place: Place,
) -> list[Problem]:
    """One error for all columns that lack a header, with the line to write in ``csctl.toml`` as its example."""
    missing = _missing(table, source, bindings)
    if not missing:
        return []
    lacking = [column for column in table.columns if any(text.startswith(column.name) for text in missing)]
    taken = {header.column for binding in bindings.values() for header in binding.headers}
    unbound = [header for header in headers if header.column not in taken]
    days = any(fits(_SOME_DAY, cells(header)) for header in headers)
    near = {}
    for column in lacking:
        fitting = [header for header in unbound if fits(column, cells(header), each_once=not days)]
        near[column.name] = similar_headers((column.name, *column.aliases), fitting)
    example = several_lines(named_line(name, next(iter(texts), "…")) for name, texts in near.items())
    if table.has_agents and not source.shape and not set(near) - set(AGENT_NAMES) and _people_across(headers, cells):
        example = 'shape = "people"'
    return [problem("columns-missing", place, tuple(missing), headers=header_texts(headers), example=example)]
