"""What the scripts of the small example data share: people, working days, and CSV files in Chinese.

The English example data are made of these, like the English policies (``csctl/store/english.py``).

Each script makes the same bytes every time: run ``python tools/demos/<policy>.py`` from anywhere.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from csctl.store import shipped  # noqa: E402
from csctl.tables import TABLES, Column, Kind  # noqa: E402
from csctl.workflow.starting import header_of  # noqa: E402

Cell = str | int | bool | Decimal | date | datetime | None
Row = Mapping[str, Cell]
"""Cells by canonical column name."""
LARGEST = 60_000
IN_SECONDS = "(秒)"
YES_NO = ("是", "否")


def write_demo(policy: str, files: Mapping[str, Sequence[Row]]) -> None:
    """Replace a policy's example data. ``files`` are rows by place without ending: ``roster``, ``2026-10/surveys``."""
    folder = ROOT / "csctl" / "policies" / "demo" / policy
    for old in folder.rglob("*.csv"):
        old.unlink()
    texts = {place: csv_text(place.rpartition("/")[2], rows) for place, rows in files.items() if rows}
    total = sum(len(text) for text in texts.values())
    if total > LARGEST:
        raise ValueError(f"{policy}: {total} bytes of example data, more than {LARGEST}")
    for place, text in texts.items():
        file = folder / f"{place}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    print(f"{policy}: {len(texts)} files, {total} bytes")


def csv_text(table: str, rows: Sequence[Row]) -> bytes:
    """A table as CSV, UTF-8 with byte order mark, headers as people write them; columns in the table's order."""
    named = {name for row in rows for name in row}
    columns = [column for column in TABLES[table].columns if column.name in named]
    if unknown := named - {column.name for column in columns}:
        raise KeyError(f"{table} has no column {sorted(unknown)}")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_header(column) for column in columns])
    writer.writerows([_text(row.get(column.name)) for column in columns] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _header(column: Column) -> str:
    return header_of(column, "zh") + (IN_SECONDS if column.kind is Kind.SECONDS else "")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES_NO[not cell]
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)


def workdays(month: str) -> list[date]:
    """The working days of a month (YYYY-MM) by the shipped calendar."""
    calendar = shipped.calendar("cn")
    first = date.fromisoformat(f"{month}-01")
    days = [first + timedelta(step) for step in range(31)]
    own = [day for day in days if day.month == first.month]
    return [day for day in own if calendar is None or calendar.count([day])]


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of a day."""
    return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  exports carry local time
