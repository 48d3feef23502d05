"""A plain text file as columns at once: no control characters, one kind of line end, quotes as they should be.

What is read here is what the reader of single records reads, or None: then that one says what the matter is.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csctl.readers.opening.cells import DELIMITERS, MAX_COLUMNS
from csctl.readers.text_rows import TextRows

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

_BLOCK = 1024 * 1024
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
"""The control characters beyond ASCII, in UTF-8."""
_GUARDS = (b"'", b"=", b"\t")
"""Signs of cells that may be meant otherwise."""
_RETURN, _END = b"\r\n"
_UTF8 = ("utf-8", "utf-8-sig")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class PlainText:
    """The first ``size`` bytes of a file; ``named``: the first line names the delimiter and is no row."""

    path: Path
    encoding: str
    size: int
    delimiter: str
    named: bool

    def as_utf8(self) -> bytes:
        """The text without its byte-order mark."""
        with self.path.open("rb") as file:
            marked = self.encoding == _UTF8[1] and file.read(len(_MARK)) == _MARK
            begins = len(_MARK) if marked else 0
            file.seek(begins)
            data = file.read(self.size - begins)
        return data if self.encoding in _UTF8 else data.decode(self.encoding).encode()


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The rows of a file, and how many cells the last one was written with."""

    rows: TextRows
    last: int


def read_wholesale(text: PlainText, width: int, unguarded: Callable[[str], str]) -> WholeFile | None:
    """All rows, or None where the file must be read record by record.

    ``width`` is how many cells the first records have at most; ``unguarded`` is what becomes of a cell with signs that
    programs put before others.
    """
    import polars as pl

    data, delimiter = text.as_utf8(), text.delimiter
    if delimiter not in DELIMITERS or not _is_plain(data, delimiter):
        return None
    data = data.partition(b"\n")[2] if text.named else data
    frame = _frame(data, delimiter, width) if data else None
    if frame is None:
        return None
    # No line ends within a cell.
    line = data[data.rfind(b"\n", 0, len(data) - 1) + 1 :].decode()
    last = len(next(csv.reader([line], delimiter=delimiter), ()))
    if any(sign in data for sign in _GUARDS):
        frame = _cleaned(frame, unguarded)
    return WholeFile(TextRows(frame.with_columns(pl.all().replace("", None)) if b'""' in data else frame), last)


def _is_plain(data: bytes, delimiter: str) -> bool:
    """Whether lines are rows, and every quote is at its place."""
    view = memoryview(data)
    blocks = (bytes(view[start : start + _BLOCK]) for start in range(0, len(data), _BLOCK))
    if any(len(block.translate(None, _CONTROLS)) < len(block) for block in blocks) or _MORE_CONTROLS.search(data):
        return False
    if not _ends_lines_alike(data):
        return False
    return b'"' not in data or (delimiter != "\t" and _well_quoted(data, delimiter))


def _ends_lines_alike(data: bytes) -> bool:
    """Whether no carriage return stands but before the end of a line."""
    import numpy as np

    signs = np.frombuffer(data, dtype=np.uint8)
    returns = np.flatnonzero(signs == _RETURN)
    return not len(returns) or bool(returns[-1] + 1 < len(signs) and (signs[returns + 1] == _END).all())


def _lines_in(data: bytes) -> int:
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == _END)) + (not data.endswith(b"\n"))


def _well_quoted(data: bytes, delimiter: str) -> bool:
    sign = re.escape(delimiter)
    cell = rf'(?:[^"{sign}]*|"(?:[^"]|"")*")'
    lines = _lines(data)
    quoted = lines.filter(lines.str.contains('"', literal=True))
    return quoted.str.contains(rf"^{cell}(?:{sign}{cell})*\r?$").all()


def _lines(data: bytes) -> pl.Series:
    import polars as pl

    # No cell holds this sign: control characters have been looked for.
    return pl.read_csv(
        data, has_header=False, separator="\x01", quote_char=None, infer_schema=False, new_columns=["line"]
    )["line"].fill_null("")


def _frame(data: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    import polars as pl

    longest = csv.field_size_limit()
    for cells in (width, None):
        wide = cells or 1 + max(_lines(data).str.count_matches(delimiter, literal=True).unique())
        if wide > MAX_COLUMNS:
            return None
        try:
            frame = _read(data, delimiter, wide)
        except pl.exceptions.ComputeError:  # a row is longer than those looked at
            continue
        most = frame.select(pl.all().str.len_bytes().max()).row(0)
        fits = frame.height == _lines_in(data) and all(length is None or length < longest for length in most)
        return frame if fits else None
    return None


def _read(data: bytes, delimiter: str, width: int) -> pl.DataFrame:
    """The table; a row of names above it says how wide it is."""
    import polars as pl

    names = [f"c{place}" for place in range(width)]
    headed = b"".join((delimiter.join(names).encode(), b"\n", data))
    return pl.read_csv(
        io.BytesIO(headed),
        separator=delimiter,
        schema=dict.fromkeys(names, pl.String),
        infer_schema=False,
    )


def _cleaned(frame: pl.DataFrame, unguarded: Callable[[str], str]) -> pl.DataFrame:
    """Without the guards that exporters put before cells."""
    import polars as pl

    columns = []
    for column in frame:
        dirty = column.filter(column.str.contains_any(list(map(bytes.decode, _GUARDS)))).unique().to_list()
        meant = {cell: plain for cell in dirty if (plain := unguarded(cell)) != cell}
        columns.append(column.replace(list(meant), list(meant.values())) if meant else column)
    return pl.DataFrame(columns).with_columns(pl.all().replace("", None))
