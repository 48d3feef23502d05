"""What is otherwise than last month in the files of one source: headers, units, orders, encoding, rows, empty cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.messages import problem
from csctl.problems import Place, Problem, shortened

_FIGURES = re.compile(r"[0-9]+")
_LISTED = 12
_ENOUGH_ROWS = 20
"""Shares of fewer rows than this say nothing."""
_MOST_FEWER = Fraction(3, 5)
_TIMES_EMPTIER = 2
_LEAST_EMPTIER = Fraction(1, 10)
_PLAIN_TEXT = {"utf-8", "utf-8-sig", "ascii"}


@dataclass(frozen=True, slots=True)
class SourceMonth:
    """All files of one source in one month; ``file`` is the first, as problems show it, ``rows`` those that count."""

    file: str
    readings: Sequence[FileReading]
    rows: int

    @property
    def columns(self) -> dict[str, ColumnReading]:
        """The first reading of each column."""
        return {one.column: one for reading in reversed(self.readings) for one in reversed(reading.columns)}

    @property
    def headers(self) -> dict[str, str]:
        """Every header, by what is left of it without figures: 10月1日 is the 9月1日 of its month."""
        return {_FIGURES.sub("#", text): text for reading in self.readings for text in reading.headers}

    @property
    def encodings(self) -> set[str]:
        """What its text files are written in; UTF-8 with and without a mark are one."""
        names = {reading.encoding.lower() for reading in self.readings if reading.encoding}
        return {"utf-8" if name in _PLAIN_TEXT else name for name in names}

    def empty(self) -> Mapping[str, tuple[Fraction, str]]:
        """The share of empty cells of each column, and its header."""
        found: dict[str, list[ColumnReading]] = {}
        for reading in self.readings:
            for one in reading.columns:
                found.setdefault(one.column, []).append(one)
        return {
            name: (Fraction(sum(one.empty for one in alike), rows), alike[0].header)
            for name, alike in found.items()
            if (rows := sum(one.rows for one in alike)) >= _ENOUGH_ROWS
        }


def drift(before: SourceMonth, now: SourceMonth, *, whole: bool) -> list[Problem]:
    """What is otherwise, both sides in each warning. ``whole``: the month is over, so that its rows can be compared."""
    if not before.readings or not now.readings:
        return []
    changes = [*_headers(before, now), *_forms(before, now), *_encodings(before, now)]
    found = []
    place = Place(now.file)
    if changes:
        found.append(problem("source-changed", place, shortened(changes, _LISTED), before=before.file))
    if whole and before.rows >= _ENOUGH_ROWS and now.rows < before.rows * _MOST_FEWER:
        found.append(problem("source-rows-fewer", place, now.rows, then=before.rows, before=before.file))
    emptier = _emptier(before, now)
    if emptier:
        found.append(problem("source-cells-emptier", place, shortened(emptier, _LISTED), before=before.file))
    return found


def _headers(before: SourceMonth, now: SourceMonth) -> list[str]:
    """``old → new`` for a column that stands under another header, ``old → —`` and ``— → new`` for the rest."""
    old, new = before.headers, now.headers
    gone, come = set(old) - set(new), set(new) - set(old)
    was, now_is = before.columns, now.columns
    renamed = [
        (was[name].header, now_is[name].header)
        for name in now_is
        if name in was and was[name].header != now_is[name].header
        and _FIGURES.sub("#", was[name].header) in gone and _FIGURES.sub("#", now_is[name].header) in come
    ]  # fmt: skip
    known = {_FIGURES.sub("#", text) for pair in renamed for text in pair}
    changes = [f"{one} → {other}" for one, other in renamed]
    changes += [f"{text} → —" for key, text in old.items() if key in gone - known]
    return changes + [f"— → {text}" for key, text in new.items() if key in come - known]


def _forms(before: SourceMonth, now: SourceMonth) -> list[str]:
    """Columns whose bare numbers count something else, or whose days or figures are written in another way."""
    changes = []
    was, now_is = before.columns, now.columns
    for name in sorted(was.keys() & now_is.keys()):
        old, new = was[name], now_is[name]
        if old.unit and new.unit and old.unit != new.unit:
            changes.append(f"{new.header}: {old.unit} → {new.unit}")
        if _shown_form(old) != _shown_form(new) and (new.kind in _DAYS or (old.form and new.form)):
            changes.append(f"{new.header}: {_shown_form(old)} → {_shown_form(new)}")
    return changes


_DAYS = {"date", "moment"}


def _shown_form(one: ColumnReading) -> str:
    return one.form or ("y-m-d" if one.kind in _DAYS else "")


def _encodings(before: SourceMonth, now: SourceMonth) -> list[str]:
    old, new = before.encodings, now.encodings
    return [f"{', '.join(sorted(old))} → {', '.join(sorted(new))}"] if old and new and old != new else []


def _emptier(before: SourceMonth, now: SourceMonth) -> list[str]:
    """Columns with twice as many empty cells as before, at least a tenth more of all."""
    old, new = before.empty(), now.empty()
    return [
        f"{header}: {_percent(old[name][0])} → {_percent(share)}"
        for name, (share, header) in new.items()
        if name in old and share >= old[name][0] * _TIMES_EMPTIER and share - old[name][0] >= _LEAST_EMPTIER
    ]


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)}%"
