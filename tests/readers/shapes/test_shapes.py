"""Facts written in each shape that the documentation names are read as these facts, from files of every kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.books import BookReader
from tests.drawn import drawn
from tests.readers.shapes.files import BOOKS, KINDS, ONE_SHEET
from tests.readers.shapes.made import SHAPES, Made, Shape

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "profiles.md"
_ROW = re.compile(r"\| [^|]*<br>(?P<name>[^|]*) \| (?P<line>[^|]*) \|")


@cache
def _lines() -> Mapping[str, str]:
    """By the name of a shape the line that the table in the documentation has for it; "" where none is needed."""
    part = PAGE.read_text("utf-8").partition("## 表的样子")[2].partition("¹ [")[0]
    found = {match["name"]: unescape(match["line"]).strip("`") for match in _ROW.finditer(part)}
    return {name: "" if line == "–" else line for name, line in found.items()}


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    both = {**one, **other}
    for key in one.keys() & other.keys():
        if isinstance(one[key], dict) and isinstance(other[key], dict):
            both[key] = _merged(one[key], other[key])
    return both


def _read(shape: Shape, made: Made, kind: str) -> Imported:
    said = _merged(tomllib.loads(_lines()[shape.name]), {**shape.said, "table": shape.table, "files": "x"})
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    suffix, write = KINDS[kind]
    with TemporaryDirectory() as folder, BookReader(workers=1) as reader:
        path = Path(folder) / f"table{suffix}"
        write(path, made.sheets)
        book, faults = reader.read(path, path.name)
    assert book is not None, faults
    return import_book(book, source, f"data/2026-07/{path.name}", Month(2026, 7))


def test_every_row_of_the_table_has_a_generator_and_every_generator_a_row() -> None:
    """What the documentation promises of shapes is what is tested below."""
    assert list(_lines()) == [one.name for one in SHAPES]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.name)
@given(seed=st.integers(0, 2**32), data=st.data())
@settings(max_examples=drawn(5), deadline=None)
def test_facts_written_in_a_shape_are_read_again(shape: Shape, seed: int, data: st.DataObject) -> None:
    """Row by row, in whichever kind of file, and nothing is to be looked at."""
    made = shape.make(Random(seed))  # noqa: S311
    kind = data.draw(st.sampled_from(sorted(KINDS if len(made.sheets) == 1 else BOOKS)))
    imported = _read(shape, made, kind)
    assert [one.code for one in imported.problems if one.severity is not Severity.NOTE] == []
    assert {name: list(imported.columns[name]) for name in made.expected} == {
        name: list(values) for name, values in made.expected.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.name)
def test_every_shape_is_read_from_every_kind_of_file(shape: Shape, kind: str) -> None:
    """The same facts from each of them."""
    made = shape.make(Random(7))  # noqa: S311
    if kind in ONE_SHEET and len(made.sheets) > 1:
        pytest.skip("a file of this kind has one sheet")
    imported = _read(shape, made, kind)
    assert {name: list(imported.columns[name]) for name in made.expected} == dict(made.expected)
