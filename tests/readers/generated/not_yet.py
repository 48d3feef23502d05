"""Forms that the reader does not yet read, or reads as something else without a word.

The generator leaves them out. ``python -m tests.readers.generated.survey --not-yet`` says which of them can go: one
that is read (if it is marked as clean) or at least said belongs no longer here.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_REASON: Mapping[str, tuple[str, ...]] = {
    "three decimals where other columns of the file show that the comma begins them": ("seconds: 1,250 under seconds",),
    "a row whose first cell is such a word is left out where it says too little otherwise": ("text: words of totals",),
    "the header is not recognised, and the column is lost under a note": (
        "unit: x/s",
        "unit: x_s",
        "unit: x·s",
        "unit: x s",
        "money: 1.2345 under 千元",
    ),
    "most cells are unreadable, and the whole figure is left out without a word": (
        "kpi seconds: hh:mm, nothing says so",
        "kpi seconds: mm:ss, nothing says so",
        "kpi money: 1234,50",
        "kpi money: 1.234,50",
        "kpi money: 1 234.50",
        "kpi money: 1.5k",
        "kpi share: 95,3%",
    ),
    "taken as bare figures without a word": (
        "kpi seconds: bare minutes, nothing says so",
        "kpi seconds: bare hours, nothing says so",
        "kpi seconds: day fraction without a format",
    ),
    "refused, although it leaves no doubt": ("seconds: 0 days 00:02:30",),
    "the point is taken for a decimal mark; money of three places is rounded": (
        "money: 1.234 for a thousand and more",
        "kpi money: 1.234 for a thousand and more",
        "count: 1.000 for a thousand",
        "kpi count: 1.000 for a thousand",
    ),
    "the comma stays": ("id: 1,042",),
    "what stands beyond the empty column is left out under a note": ("warp: empty column between",),
    "read as a row of data": ("shape: header with a line break or more spaces again",),
    "the bare numbers are taken for seconds without a warning": (
        "kpi seconds: 2分30秒 and bare minutes mixed",
        "kpi seconds: h:mm:ss and bare minutes mixed",
    ),
    "the swapped days count as they stand, where the month is not said": (
        "date: d/m/y of which a spreadsheet swapped some",
    ),
}
NOT_YET: Mapping[str, str] = {form: reason for reason, forms in _BY_REASON.items() for form in forms}
"""Form → what becomes of it today."""
