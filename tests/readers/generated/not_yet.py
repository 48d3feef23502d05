"""Forms that the reader does not yet read, or reads as something else without a word.

The generator leaves them out. ``python -m tests.readers.generated.survey --not-yet`` says which of them can go: one
that is read (if it is marked as clean) or at least said belongs no longer here.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_REASON: Mapping[str, tuple[str, ...]] = {
    "the header is not recognised, and the column is lost under a note": (
        "unit: x/s",
        "unit: x·s",
        "unit: x s",
        "unit: x_s",
        "unit: x【s】",
        "seconds: mm:ss, header says mm:ss",
        "seconds: hh:mm, header says hh:mm",
        "money: 1.2345 under 千元",
    ),
    "most cells are unreadable, and the whole figure is left out without a word": (
        "kpi seconds: mm:ss, header says mm:ss",
        "kpi seconds: hh:mm, header says hh:mm",
        "kpi seconds: hh:mm, nothing says so",
        "kpi seconds: mm:ss, nothing says so",
        "kpi seconds: 0 days 00:02:30",
        "kpi seconds: PT2M30S",
        "kpi seconds: 1 day, 0:02:30",
        "kpi seconds: 2'30\"",
        "kpi seconds: 2′30″",
        "kpi seconds: 2 minutes, 30 seconds",
        "kpi money: US$1,234.50",
        "kpi money: $1,234.50",
        "kpi money: 1,234.50 €",
        "kpi money: 1234,50",
        "kpi money: 1.234,50",
        "kpi money: 1 234.50",
        "kpi money: 1.5k",
        "kpi share: 95,3%",
    ),
    "taken for seconds under a note": (
        "seconds: bare minutes, nothing says so",
        "seconds: bare hours, nothing says so",
        "seconds: day fraction without a format",
    ),
    "taken as bare figures without a word": (
        "kpi seconds: bare minutes, nothing says so",
        "kpi seconds: bare hours, nothing says so",
        "kpi seconds: day fraction without a format",
    ),
    "refused, although it leaves no doubt": (
        "seconds: PT2M30S",
        "seconds: 2'30\"",
        "seconds: 2′30″",
        "seconds: 0 days 00:02:30",
        "seconds: 1 day, 0:02:30",
    ),
    "the header's unit wins over the mapping's": ("seconds: bare minutes, mapping against header",),
    "the .0 stays": ("id: 1042.0",),
    "the apostrophe stays": ("id: '0042",),
    "the zeros that the cell's format shows are lost": ("id: number cell shown 0042",),
    "divided by 100 once more": ("kpi share: percent cell under (%)",),
    "counted from 1900, four years early, where the month is not said": (
        "date: serial number of 1904",
        "moment: serial number of 1904",
    ),
    "taken for a number": (
        "seconds: time cell [ss]",
        "kpi seconds: time cell [ss]",
    ),
    "rows of data are left out as totals, where the column comes first": ("text: words of totals",),
    "the point is taken for a decimal mark; money of three places is rounded": (
        "money: 1.234 for a thousand and more",
        "kpi money: 1.234 for a thousand and more",
        "count: 1.000 for a thousand",
        "kpi count: 1.000 for a thousand",
    ),
    "the comma stays": ("id: 1,042",),
    "what stands beyond the empty column is left out under a note": ("warp: empty column between",),
    "with the header said again near the top, all rows above that are lost without a word": ("warp: a header twice",),
    "two Western letters inside a word are taken for one Chinese character": ("file: csv windows-1252, rare accents",),
    "a cell of whole minutes, 37分, counts as 37 points": ("kpi seconds: 1小时2分30秒",),
    "read as a row of data": ("shape: header with a line break or more spaces again",),
    "the mapping's format is not asked, and the times are refused for want of a day": (
        "columns: a time of day beside a day in a mapped format",
    ),
    "the bare numbers are taken for seconds without a warning": (
        "kpi seconds: 2分30秒 and bare minutes mixed",
        "kpi seconds: h:mm:ss and bare minutes mixed",
        "seconds: 2分30秒 and bare minutes mixed",
        "seconds: h:mm:ss and bare minutes mixed",
    ),
    "the swapped days count as they stand, where the month is not said": (
        "date: d/m/y of which a spreadsheet swapped some",
    ),
}
NOT_YET: Mapping[str, str] = {form: reason for reason, forms in _BY_REASON.items() for form in forms}
"""Form → what becomes of it today."""
