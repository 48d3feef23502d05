"""A hostile file: its name, how it is made, and the verdict it must get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.making import repacked, sheet_rows, xlsx_bytes
from tests.readers.hostile import sheet_xml

SAME = "same"
"""The table is read as it stands, without an error."""
KEPT = "kept"
"""As many rows as the table has, or something is said of it."""
HARMLESS = "harmless"
"""Read or refused: anything but a crash, and within the limits."""

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    """A file: how it is made at a path, and its verdict: one of the above, or the code of a problem it is refused by.

    A verdict that begins with ``said:`` is a problem that is said though the file is read.
    """

    name: str
    make: Make
    verdict: str


def written(content: bytes | str, encoding: str = "utf-8") -> Make:
    """The file has this content."""
    data = content.encode(encoding) if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def book(sheet: str | None = None, **parts: str | bytes) -> Make:
    """An .xlsx workbook with that sheet and those parts."""
    return lambda path: path.write_bytes(xlsx_bytes(path.parent, sheet, **parts))


def packed(make: Callable[[Path], bytes], changes: dict[str, bytes | None]) -> Make:
    """A zip file of that kind with some parts replaced, added or left out."""
    return lambda path: path.write_bytes(repacked(make(path.parent), changes))


def rows(more: str, before: str = "", after: str = "") -> Make:
    """The table with more rows below it."""
    return book(sheet_xml(sheet_rows() + more, before, after))
