"""What is otherwise than last month in the files of one source, as one warning with both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from csctl.core.coverage.changed import changed_middles, changed_units, emptier_columns, likelier_units
from csctl.core.coverage.doubts import unit_line
from csctl.core.coverage.readings import ColumnReading, FileReading, by_column
from csctl.messages import problem
from csctl.policy.to_write import several_lines
from csctl.problems import Place, Problem, as_error, shortened

_FIGURES = re.compile(r"[0-9]+")
_LISTED = 8
_NOTHING = "—"
_ENOUGH_ROWS = 20
"""A share of fewer rows than this says nothing."""
_ENOUGH_PEOPLE = 4
"""Of fewer people less than half may be one that is ill."""
_MOST_FEWER = Fraction(3, 5)
_LIKE = 0.5
"""So much of two headers must be the same for one to be the other's new name, where no rule knows either."""
_PLAIN_TEXT = {"utf-8", "utf-8-sig", "ascii"}


@dataclass(frozen=True, slots=True)
class SourceMonth:
    """All files of one source in one month; ``file`` is the first, as problems show it, ``rows`` those that count.

    ``usable``: every file could be read to its end. Of one that could not, only the headers may be known.
    ``people``: how many different ones its rows are about, where that says something of the export; else 0.
    """

    file: str
    readings: Sequence[FileReading]
    rows: int
    usable: bool = True
    people: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """Every header, by what is left of it without figures: 10月1日 is the 9月1日 of its month."""
        return {_plain(text): text for reading in self.readings for text in reading.headers}

    @property
    def encodings(self) -> set[str]:
        """What its text files are written in; UTF-8 with and without a mark are one."""
        names = {reading.encoding.lower() for reading in self.readings if reading.encoding}
        return {"utf-8" if name in _PLAIN_TEXT else name for name in names}

    @property
    def columns(self) -> dict[str, list[ColumnReading]]:
        """The readings of each column, file by file."""
        return by_column(self.readings)


def drift(before: SourceMonth, now: SourceMonth, *, whole: bool) -> list[Problem]:
    """What is otherwise, in one warning; nothing if nothing is. It is an error where it may be why files are unusable.

    ``whole``: the month is over, so that its rows can be compared.
    """
    if not before.readings or not now.readings:
        return []
    was, now_is = before.columns, now.columns
    units = changed_units(was, now_is)
    changes = [*_headers(before, now, units), *_encodings(before, now)]
    middles, emptier = changed_middles(was, now_is), emptier_columns(was, now_is, _ENOUGH_ROWS)
    fewer = now.usable and whole and before.rows >= _ENOUGH_ROWS and now.rows < before.rows * _MOST_FEWER
    lost = now.usable and whole and before.people >= _ENOUGH_PEOPLE and now.people * 2 < before.people
    if not (changes or middles or emptier or fewer or lost):
        return []
    said = problem(
        "source-changed",
        Place(now.file),
        shortened(changes, _LISTED),
        before=before.file,
        middles=shortened(middles, _LISTED),
        emptier=shortened(emptier, _LISTED),
        people=f"{before.people} → {now.people}" if lost else "",
        rows=f"{before.rows} → {now.rows if now.usable else _NOTHING}",
        line=several_lines(unit_line(one, unit) for one, unit in likelier_units(was, now_is)),
    )
    return [said if now.usable else as_error(said)]


def _plain(header: str) -> str:
    return _FIGURES.sub("#", header)


def _headers(before: SourceMonth, now: SourceMonth, units: dict[str, str]) -> list[str]:
    """Units and forms by column, then ``old → new`` for renamed headers, ``old → —`` and ``— → new`` for the rest.

    A column that was renamed as well stands there once.
    """
    old, new = before.headers, now.headers
    gone = [key for key in old if key not in new]
    come = [key for key in new if key not in old]
    renamed = dict(_rebound(before.columns, now.columns, gone, come))
    columns = {one.header: name for name, found in now.columns.items() for one in found[:1]}
    renamed |= _alike([key for key in gone if key not in renamed], [key for key in come if key not in renamed.values()])
    moved = {columns.get(new[key], "") for key in renamed.values()}
    headers = {name: found[0].header for name, found in now.columns.items()}
    changes = [f"{headers[name]}: {change}" for name, change in units.items() if name not in moved]
    for was, now_is in renamed.items():
        change = units.get(columns.get(new[now_is], ""))
        changes.append(f"{old[was]} → {new[now_is]}" + (f" ({change})" if change else ""))
    changes += [f"{old[key]} → {_NOTHING}" for key in gone if key not in renamed]
    return changes + [f"{_NOTHING} → {new[key]}" for key in come if key not in renamed.values()]


def _rebound(
    was: dict[str, list[ColumnReading]], now: dict[str, list[ColumnReading]], gone: Sequence[str], come: Sequence[str]
) -> Iterable[tuple[str, str]]:
    """Columns that are known under another header than before."""
    for name in now:
        pair = _plain(was[name][0].header) if name in was else "", _plain(now[name][0].header)
        if pair[0] in gone and pair[1] in come:
            yield pair


def _alike(gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Headers that went, each with the one that came and is most like it."""
    left, found = list(come), {}
    for text in gone:
        nearest = get_close_matches(text, left, 1, _LIKE)
        if nearest:
            found[text] = nearest[0]
            left.remove(nearest[0])
    return found


def _encodings(before: SourceMonth, now: SourceMonth) -> list[str]:
    old, new = before.encodings, now.encodings
    return [f"{', '.join(sorted(old))} → {', '.join(sorted(new))}"] if old and new and old != new else []
