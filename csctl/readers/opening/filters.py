"""Rows that a filter hides from whoever looks at a sheet: they are read, and the filter tells how to leave them out."""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.opening.cells import Row

_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?autoFilter>)", re.DOTALL)
_HAS_TABLES = re.compile(rb"<(?:\w+:)?tablePart\b")
_TAG = f"{{{SHEET_MAIN_NS}}}"
_PREFIX = re.compile(rb"<(/?)\w+:")
_FOREIGN = re.compile(rb"""\s\w+:\w+=(?:"[^"]*"|'[^']*')""")
"""Attributes of extensions, whose prefix is declared elsewhere."""
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is set: its first row (of headers) and last one, both from 1, and what each column is filtered by.

    ``columns``: column from 0 → the texts that stay; None where it is filtered by something else.
    """

    top: int
    bottom: int
    columns: tuple[tuple[int, tuple[str, ...] | None], ...]


def filters_of(archive: zipfile.ZipFile, path: str, xml: bytes) -> list[Filter]:
    """The filters of a sheet and of the tables on it by which any column is filtered. ``path`` is the sheet's part."""
    found = [_filter(part) for part in _parts(archive, path, xml)]
    return [one for one in found if one and one.columns]


def _parts(archive: zipfile.ZipFile, path: str, xml: bytes) -> Iterator[bytes]:
    yield from (found[0] for found in _FILTER.finditer(xml))
    if not _HAS_TABLES.search(xml):
        return
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    for one in fromstring(archive.read(relations)) if relations in names else ():
        target = one.get("Target", "")
        table = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if one.get("Type", "").endswith("/table") and table in names:
            yield from (found[0] for found in _FILTER.finditer(archive.read(table)))


def _filter(part: bytes) -> Filter | None:
    plain = _FOREIGN.sub(b"", _PREFIX.sub(rb"<\1", part))
    try:
        root = fromstring(plain.replace(b"<autoFilter", f'<autoFilter xmlns="{SHEET_MAIN_NS}"'.encode(), 1))
        left, top, _, bottom = (int(edge or 0) for edge in range_boundaries(root.get("ref", "")))
        columns = [(left - 1 + int(one.get("colId", "")), _texts(one)) for one in root.findall(f"{_TAG}filterColumn")]
    except (SyntaxError, ValueError):
        return None
    return Filter(top, bottom, tuple(columns))


def _texts(column: Element) -> tuple[str, ...] | None:
    chosen = column.find(f"{_TAG}filters")
    if chosen is None or chosen.find(f"{_TAG}dateGroupItem") is not None or len(chosen) > _MOST_VALUES:
        return None
    blank = ("",) if chosen.get("blank") in ("1", "true") else ()
    return (*(one.get("val", "") for one in chosen.findall(f"{_TAG}filter")), *blank)


def filtered_rows(
    filters: Sequence[Filter], hidden: Sequence[int], rows: Sequence[Row], place: Place
) -> tuple[list[Problem], list[int]]:
    """One warning for each filter that hides rows, and the rows (from 1) that are hidden by none."""
    problems: list[Problem] = []
    others = list(hidden)
    for one in filters:
        own = [row for row in others if one.top < row <= one.bottom and row <= len(rows) and rows[row - 1]]
        if own:
            others = [row for row in others if row not in set(own)]
            problems.append(_said(one, len(own), rows, place))
    return problems, others


def _said(one: Filter, count: int, rows: Sequence[Row], place: Place) -> Problem:
    heads = rows[one.top - 1]
    headers = [str(heads[column]) if column < len(heads) and heads[column] else "" for column, _ in one.columns]
    at = place.at(column=headers[0])
    if not all(headers) or any(texts is None for _, texts in one.columns):
        return problem("rows-filtered-otherwise", at, count)
    texts = [
        f"{_quoted(header)} = [{', '.join(map(_quoted, kept or ()))}]"
        for header, (_, kept) in zip(headers, one.columns, strict=True)
    ]
    line, other = f"keep = {{ {', '.join(texts)} }}", f"leave_out = {{ {_quoted(headers[0])} = [] }}"
    return problem("rows-filtered", at, count, line=line, other=other)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
