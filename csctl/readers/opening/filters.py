"""Rows that a filter hides from whoever looks at a sheet: they are read, and the filter tells how to leave them out."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import FILTER_TAG
from openpyxl.worksheet.filters import AutoFilter, FilterColumn
from openpyxl.xml.functions import fromstring

from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem
from csctl.readers.opening.cells import Row

_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """A filter that is set: its first row (of headers) and last one, both from 1, and what each column is filtered by.

    ``columns``: column from 0 → the texts that stay; None where it is filtered by something else.
    """

    top: int
    bottom: int
    columns: tuple[tuple[int, tuple[str, ...] | None], ...]


def filters_of(archive: zipfile.ZipFile, path: str, own: AutoFilter | None, has_tables: bool) -> list[SheetFilter]:
    """The filters of a sheet (``own``) and of the tables on it by which any column is filtered.

    ``path`` is the sheet's part.
    """
    of_tables = _of_tables(archive, path) if has_tables else ()
    found = [_filter(one) for one in (own, *of_tables) if one is not None and one.ref]
    return [one for one in found if one.columns]


def _of_tables(archive: zipfile.ZipFile, path: str) -> Iterator[AutoFilter]:
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    for one in fromstring(archive.read(relations)) if relations in names else ():
        target = one.get("Target", "")
        table = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if one.get("Type", "").endswith("/table") and table in names:
            filtered: Any = fromstring(archive.read(table)).find(FILTER_TAG)
            with suppress(TypeError, ValueError):  # a filter of another program, of which nothing can be told
                if filtered is not None and (found := AutoFilter.from_tree(filtered)):
                    yield found


def _filter(one: AutoFilter) -> SheetFilter:
    left, top, _, bottom = (int(edge or 0) for edge in range_boundaries(one.ref))
    return SheetFilter(top, bottom, tuple((left - 1 + column.colId, _texts(column)) for column in one.filterColumn))


def _texts(column: FilterColumn) -> tuple[str, ...] | None:
    chosen = column.filters
    if chosen is None or chosen.dateGroupItem or len(chosen.filter) + bool(chosen.blank) > _MOST_VALUES:
        return None
    return (*chosen.filter, *([""] if chosen.blank else []))


def filtered_rows(
    filters: Sequence[SheetFilter], hidden: Sequence[int], rows: Sequence[Row], place: Place
) -> tuple[tuple[int, ...], list[Problem]]:
    """Those of the hidden filled rows that a filter hides, and one warning for each filter that hides any."""
    problems: list[Problem] = []
    others, filtered = list(hidden), list[int]()
    for one in filters:
        own = {row for row in others if one.top < row <= one.bottom}
        if own:
            others = [row for row in others if row not in own]
            filtered += own
            problems.append(_said(one, len(own), rows, place))
    return tuple(sorted(filtered)), problems


def _said(one: SheetFilter, count: int, rows: Sequence[Row], place: Place) -> Problem:
    heads = rows[one.top - 1]
    headers = [str(heads[column]) if column < len(heads) and heads[column] else "" for column, _ in one.columns]
    at = place.at(column=headers[0])
    if not all(headers) or any(texts is None for _, texts in one.columns):
        return problem("rows-filtered-otherwise", at, count)
    texts = [
        f"{toml_string(header)} = [{', '.join(map(toml_string, kept or ()))}]"
        for header, (_, kept) in zip(headers, one.columns, strict=True)
    ]
    line, other = f"keep = {{ {', '.join(texts)} }}", f"leave_out = {{ {toml_string(headers[0])} = [] }}"
    return problem("rows-filtered", at, count, line=line, other=other)
