"""Exports of every known system, written from facts in each of its shapes, are read as these facts."""

from __future__ import annotations

import tomllib
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import load_profile, profiles, resolve_source
from csctl.readers.columns.source import PUNCHES, Profile, Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.tables import TABLES
from tests.drawn import drawn
from tests.readers.systems import approvals, attendance, contacts, figures, punches
from tests.readers.systems.shape import Made, Shape

SHAPES: tuple[Shape, ...] = (*attendance.SHAPES, *punches.SHAPES, *approvals.SHAPES, *contacts.SHAPES, *figures.SHAPES)


def _profile(id: str) -> Profile:  # noqa: A002
    profile, problems = load_profile(id)
    assert profile is not None, problems
    return profile


def _read(shape: Shape, made: Made, *, lines: bool) -> Imported:
    profile = _profile(shape.profile)
    said: dict[str, Any] = tomllib.loads("\n".join(one.line for one in profile.needs)) if lines else {}
    said |= {"table": profile.table, "files": "x", "profile": profile.id}
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    sheets = tuple(Sheet(name, [tuple(row) for row in rows]) for name, rows in made.sheets)
    return import_book(Book(sheets), source, "data/x.xlsx", Month(2026, 7))


def _said(imported: Imported) -> list[tuple[str, object, object]]:
    found = [one for one in imported.problems if one.severity is not Severity.NOTE]
    return [(one.code, one.place.column, one.parameters.get("found")) for one in found]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: f"{one.profile}: {one.name}")
@given(seed=st.integers(0, 2**32))
@settings(max_examples=drawn(4), deadline=None)
def test_facts_written_as_the_system_writes_them_are_read_again(shape: Shape, seed: int) -> None:
    """Every column that is expected, row by row, and nothing to look at."""
    made = shape.make(Random(seed))  # noqa: S311
    imported = _read(shape, made, lines=shape.lines)
    assert _said(imported) == []
    assert {name: list(imported.columns[name]) for name in made.expected} == {
        name: list(values) for name, values in made.expected.items()
    }


def test_every_profile_is_proven_in_each_column_that_it_names() -> None:
    """What the table of known systems promises stands in a shape: no profile and no column is there without one."""
    proven: dict[str, set[str]] = {}
    for shape in SHAPES:
        proven.setdefault(shape.profile, set()).update(shape.make(Random(1)).expected)  # noqa: S311
    named = {
        one.id: {name for name, rule in one.columns.items() if not rule.ignore} | set(one.derive) for one in profiles()
    }
    for one in profiles():
        named[one.id] |= {TABLES[one.table].dated or "", *PUNCHES} if one.shape == "days" else set()
    lacking = {one: names - proven.get(one, set()) for one, names in named.items()}
    assert {one: names for one, names in lacking.items() if names} == {}
    assert set(proven) == set(named)


def test_a_profile_says_what_it_needs_if_and_only_if_a_shape_needs_it() -> None:
    """Each line changes what is read of the shape that it is for."""
    needing = {one.profile for one in SHAPES if one.lines}
    assert needing == {one.id for one in profiles() if one.needs}
    for shape in SHAPES:
        if shape.lines:
            made = shape.make(Random(1))  # noqa: S311
            plain, read = (_read(shape, made, lines=lines) for lines in (False, True))
            assert (plain.columns, _said(plain)) != (read.columns, _said(read)), shape.name
