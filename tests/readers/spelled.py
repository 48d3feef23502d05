"""A table written as .csv and as .xlsx, and what is read of it as one of the canonical tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.books import BookReader

KINDS = ("csv", "xlsx")
OCTOBER = Month(2026, 10)


def written(folder: Path, kind: str, rows: Sequence[Sequence[object]]) -> Path:
    """The rows, the header among them, as a file of that kind."""
    path = folder / f"table.{kind}"
    if kind == "csv":
        lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def read(path: Path, table: str, month: Month | None = OCTOBER, **said: Any) -> Imported:
    """What a source that says this reads of the file."""
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    with BookReader(workers=1) as reader:
        book, faults = reader.read(path, path.name)
    assert book is not None, faults
    return import_book(book, source, path.name, month)
