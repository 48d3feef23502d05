"""A length of time that some rows write and of others only the moments tell."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADER = ("Ticket ID", "Agent", "Created time", "Initial response time", "First response time (in hrs)")
MORNING, LATER, EVENING = "2026-07-01 09:00:00", "2026-07-01 09:30:00", "2026-07-01 19:00:00"
SECOND = "2026-07-02 09:10:00"


def _read(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER, **columns: object) -> Imported:
    said = {"table": "interactions", "files": "x", "profile": "freshdesk-tickets", "columns": columns}
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(header), *map(tuple, rows)]),)), source, "t.csv", Month(2026, 7))


def _said(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def test_a_column_of_lengths_that_is_empty_is_filled_from_the_moments() -> None:
    """So is one that is not there."""
    rows = [("1", "Li", MORNING, LATER, None), ("2", "Li", MORNING, None, None)]
    imported = _read(*rows)
    assert imported.columns["first_response_seconds"] == [1800, None]
    assert _said(imported) == []
    without = _read(*(row[:4] for row in rows), header=HEADER[:4])
    assert without.columns["first_response_seconds"] == [1800, None]


def test_holes_are_filled_where_written_lengths_are_those_of_the_moments() -> None:
    """Half an hour is half an hour in both: the other row cannot mean anything else."""
    imported = _read(("1", "Li", MORNING, LATER, "00:30:00"), ("2", "Li", EVENING, SECOND, None))
    assert imported.columns["first_response_seconds"] == [1800, 14 * 3600 + 600]
    assert _said(imported) == []


def test_a_hole_among_hours_of_service_stays_missing_and_is_said() -> None:
    """The evening's ticket was answered ten minutes into the next day's service: the calendar would say 14 hours."""
    imported = _read(("1", "Li", EVENING, SECOND, "00:10:00"), ("2", "Li", EVENING, SECOND, None))
    assert imported.columns["first_response_seconds"] == [600, None]
    (said,) = _said(imported)
    assert (said.code, said.place.row) == ("lengths-not-filled", 3)
    assert 'since = "Created time"' in problem_fix(said, "en")


def test_the_moments_count_where_the_source_says_so_within_its_hours() -> None:
    """With ``within`` alone as with the whole line."""
    rows = [("1", "Li", EVENING, SECOND, None)]
    said = {"from": "Initial response time", "since": "Created time", "within": "09:00-18:00"}
    assert _read(*rows, first_response_seconds=said).columns["first_response_seconds"] == [600]
    within = _read(*rows, first_response_seconds={"within": "09:00-18:00"})
    assert within.columns["first_response_seconds"] == [600]


def test_a_file_without_moments_has_the_lengths_that_it_writes() -> None:
    """In the unit of their column."""
    header = ("Ticket ID", "Agent", "Created time", "First response time (in hrs)")
    imported = _read(("1", "Li", MORNING, "00:30:00"), ("2", "Li", MORNING, 1.5), header=header)
    assert imported.columns["first_response_seconds"] == [1800, 5400]


def test_written_goes_with_two_moments_only() -> None:
    """Without them it is what ``from`` is for."""
    said = {"table": "interactions", "files": "x", "columns": {"wait_seconds": {"from": "a", "written": "b"}}}
    assert [one.code for one in resolve_source(Source.model_validate(said))[1]] == ["rule-key-lacks-another"]
