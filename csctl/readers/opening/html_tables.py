"""The tables of a web page, which many systems name .xls. Runs in the reading process.

Each innermost table with rows and columns enough is a sheet of texts. A page to log in on is none, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from csctl.messages import problem
from csctl.problems import NOWHERE, Problem
from csctl.readers.grid import Cell, Sheet
from csctl.readers.opening.cells import MAX_COLUMNS, filled_rows
from csctl.readers.opening.encoding import find_encoding
from csctl.readers.opening.sheet_rows import CellQuota, Refused, sheet_rows

FEWEST = 2
"""A table has so many rows and columns at the least."""
MAX_SPAN = 10_000
MOST_BETWEEN = 100_000
"""Tags that may stand between two cells: a page with more of them is none of tables."""
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "head", "xml"})
_HEAD = 8192
_CELLS = ("td", "th")


@dataclass
class _Table:
    """A table that is being read. ``below`` are columns that cells of rows above reach down into."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)
    wraps: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)

    @property
    def is_data(self) -> bool:
        """Whether it is large enough for a table of facts, and holds no other table."""
        wide = sum(sum(cell is not None for cell in row) >= FEWEST for row in self.rows)
        return not self.wraps and wide >= FEWEST


class _Page(HTMLParser):
    """Collects the tables of a page, and whether it asks for a password."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.tables: list[_Table] = []
        self.asks_password = False
        self._unseen = 0
        self._between = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._between = 0 if tag in _CELLS else self._between + 1
        if self._between > MOST_BETWEEN:
            raise Refused(problem("file-is-a-web-page", NOWHERE))
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "input" and given.get("type", "").lower() == "password":
            self.asks_password = True
        elif tag == "table":
            for outer in self.open:
                outer.wraps = True
            self.open.append(_Table())
        elif self.open:
            self._inside(self.open[-1], tag, given)

    def _inside(self, table: _Table, tag: str, given: dict[str, str]) -> None:
        if tag == "tr":
            _end_cell(table)
            _end_row(table)
            table.rows.append([])
            if _HIDDEN.search(given.get("style", "")):
                table.hidden_rows.append(len(table.rows))
        elif tag in _CELLS:
            _end_cell(table)
            if not table.rows:
                table.rows.append([])
            table.cell, table.span = [], (_span(given, "rowspan"), _span(given, "colspan"))
        elif tag in ("br", "p", "div", "li") and table.cell:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self.open and tag in ("td", "th", "tr"):
            _end_cell(self.open[-1])
        elif self.open and tag == "table":
            self._end_table()

    def _end_table(self) -> None:
        table = self.open.pop()
        _end_cell(table)
        _end_row(table)
        if table.is_data:
            self.tables.append(table)

    def handle_data(self, data: str) -> None:
        if self.open and not self._unseen and (cell := self.open[-1].cell) is not None:
            cell.append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self._end_table()


def _span(given: dict[str, str], name: str) -> int:
    text = given.get(name, "1").strip()
    return min(int(text), MAX_SPAN) if text.isascii() and text.isdigit() and int(text) else 1


def _end_cell(table: _Table) -> None:
    """Puts the cell behind those of its row, past columns that cells from above reach into."""
    if table.cell is None:
        return
    row, number = table.rows[-1], len(table.rows)
    while table.below.get(len(row), 0) >= number:
        row.append(None)
    lines = (_BLANK.sub(" ", line).strip(" ") for line in "".join(table.cell).replace("\xa0", " ").split("\n"))
    text = "\n".join(lines).strip("\n")
    down, across = table.span
    left = len(row)
    row += [text or None, *[None] * (across - 1)]
    if len(row) > MAX_COLUMNS:
        raise Refused(problem("sheet-too-wide", NOWHERE.at(row=number), len(row), limit=MAX_COLUMNS))
    if down > 1 or across > 1:
        table.merged.append((number, left + 1, number + down - 1, left + across))
        table.below |= dict.fromkeys(range(left, left + across), number + down - 1)
    table.cell = None


def _end_row(table: _Table) -> None:
    if table.rows and not table.rows[-1]:
        table.rows.pop()


def read_html(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every table of a page as a sheet; a single one has no name, several are numbered.

    Raises Refused where there is none, or where the page is one to log in on.
    """
    page = _Page()
    page.feed(_text(path))
    page.close()
    if page.asks_password or not page.tables:
        raise Refused(problem("file-is-a-web-page", NOWHERE))
    allowance = CellQuota()
    for number, table in enumerate(page.tables, start=1):
        name = str(number) if len(page.tables) > 1 else ""
        rows, problems = sheet_rows(table.rows, name, allowance)
        unseen = filled_rows(table.hidden_rows, rows)
        yield Sheet(name, rows, merged=tuple(table.merged), hidden_rows=unseen), problems


def _text(path: Path) -> str:
    """The page decoded as it says itself, else as its bytes tell."""
    content = path.read_bytes()
    said = _CHARSET.search(content[:_HEAD])
    marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    wanted = said[1].decode("ascii") if said and not marked else None
    encoding, problems = find_encoding(path, wanted, NOWHERE)
    if encoding is None and wanted is not None:
        encoding, problems = find_encoding(path, None, NOWHERE)
    if encoding is None:
        raise Refused(problems[0])
    return content.decode(encoding)
