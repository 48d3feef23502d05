"""Tables as CSV that Excel opens as it should, and in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

CsvValue = str | int | Decimal | date | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[CsvValue]]) -> bytes:
    """UTF-8 with a byte order mark (for Excel), CRLF lines. None is an empty cell.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers and days, which are ours,
    do not. Raises TypeError for a binary float: floats never decide.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_shown(cell) for cell in header])
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _shown(value: CsvValue) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_DANGEROUS) else value
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case date():
            return value.isoformat()
    raise TypeError(f"no cell of a table: {value!r}")
