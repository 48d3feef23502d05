"""Public exports, read whole; skipped where they are not at hand."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book

DATA = Path(__file__).parents[2].parent / "shared" / "data"
CALLS = DATA / "calls" / "call-center-2021Q1.csv"
TABLES = DATA / "tables" / "call_centre_data.xlsx"


def _present(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the public file {path.name} is not here")
    return path


def _read(book: Book, **columns: object) -> Imported:
    source, _ = resolve_source(Source.model_validate({"table": "interactions", "files": "x", "columns": columns}))
    assert source is not None
    return import_book(book, source, "x", None)


def _sheets(path: Path) -> Iterator[Sheet]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        yield Sheet(sheet.title, [tuple(row) for row in sheet.iter_rows(values_only=True)])  # type: ignore[arg-type]
    workbook.close()


def test_five_thousand_calls_are_read_by_their_headers_alone() -> None:
    """Every cell agrees with what the csv module and plain string work give."""
    with _present(CALLS).open(encoding="utf-8-sig", newline="") as stream:
        raw = list(csv.DictReader(stream))
    header = tuple(raw[0])
    imported = _read(Book((Sheet("", [header, *(tuple(value or None for value in row.values()) for row in raw)]),)))
    assert (imported.accepted, imported.rejected, imported.problems) == (len(raw), 0, ())
    assert imported.columns["agent_name"] == [row["Agent"] for row in raw]
    assert imported.columns["answered"] == [row["Answered (Y/N)"] == "Y" for row in raw]
    moments = [datetime.strptime(f"{row['Date']} {row['Time']}", "%Y-%m-%d %H:%M:%S") for row in raw]  # noqa: DTZ007
    assert imported.columns["started_at"] == moments
    waits = [int(row["Speed of answer in seconds"]) if row["Speed of answer in seconds"] else None for row in raw]
    assert imported.columns["wait_seconds"] == waits
    talks = [row["AvgTalkDuration"].split(":") if row["AvgTalkDuration"] else None for row in raw]
    expected = [int(part[0]) * 3600 + int(part[1]) * 60 + int(part[2]) if part else None for part in talks]
    assert imported.columns["talk_seconds"] == expected


def test_a_workbook_with_a_title_and_two_tables_side_by_side_is_read() -> None:
    """The header stands in row 3 from column B; the table of customers beside it and the other sheet are named."""
    imported = _read(Book(tuple(_sheets(_present(TABLES)))), talk_seconds={"from": "Duration", "unit": "minutes"})
    assert (imported.accepted, imported.rejected) == (1000, 0)
    expected = {
        "interaction_id": "Call_7271",
        "customer_id": "C0003",
        "agent_id": "R05",
        "started_at": datetime(2023, 1, 1),
        "talk_seconds": Decimal(6960),
        "order_amount": Decimal(128),
        "source_row": 4,
    }
    assert {name: imported.columns[name][0] for name in expected} == expected
    notes = [problem.code for problem in imported.problems if problem.severity is Severity.NOTE]
    assert notes == ["sheets-not-read", "table-beside-not-read", "headers-unused"]
    assert len(notes) == len(imported.problems)
