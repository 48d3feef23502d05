"""Files of a foreign folder as bytes, and the key that says what they mean."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO, StringIO

from openpyxl import Workbook

Row = Sequence[object]


@dataclass(frozen=True)
class Meaning:
    """What the files of one pattern are: the table, the header of each canonical column, the first row's values."""

    table: str
    columns: Mapping[str, str]
    first: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Folder:
    """A foreign folder. ``answers`` are given to the questions of these names; to all others nobody has an answer."""

    language: str
    policy: str
    files: Mapping[str, bytes]
    sources: Mapping[str, Meaning]
    people: Mapping[str, str]
    answers: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    aside: Sequence[str] = ()


def csv_file(rows: Iterable[Row], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A text file."""
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def book(**sheets: Iterable[Row]) -> bytes:
    """A workbook; sheets by name."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def workdays(year: int, month: int) -> list[date]:
    """Mondays to Fridays."""
    first = date(year, month, 1)
    days = (first + timedelta(days=at) for at in range(31))
    return [day for day in days if day.month == month and day.weekday() < 5]
