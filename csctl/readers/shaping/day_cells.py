"""What stands in the cell of one person and day: times of punches, and words that a source gives a meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from csctl.readers.columns.clocks import HALF_WORDS, parse_clock
from csctl.readers.columns.dates import without_bogus_day
from csctl.readers.columns.source import STAR
from csctl.readers.columns.values import cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.words import DURATIONS, NO_PUNCH, any_word_pattern, same_word

_TIME = re.compile(
    rf"(?:(?P<next>次日|翌日|第二天)\s*)?(?:(?<![a-z])(?P<half>{HALF_WORDS})\s*)?"
    r"(?<![0-9:])(?:[01]?[0-9]|2[0-3]|24(?=:00)):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
    r"(?(half)|(?:\s*[ap]\.?m(?![a-z])\.?)?)",
    re.IGNORECASE,
)
"""A time, in whichever half of the day it is said to be; behind it only AM and PM, for 下午 begins the next one."""
_BETWEEN = re.compile(r"[\s,;|/、,，；~～–—()（）\[\]【】+-]+")
_UNIT = "|".join(any_word_pattern(words) for words in DURATIONS.values())
_AMOUNT = re.compile(rf"(?P<name>.*?)\s*(?P<amount>[0-9]+(?:\.[0-9]+)?\s*(?:{_UNIT})?)", re.IGNORECASE)
_LONGEST_WORD = 40
_LONGEST = timedelta(days=2)
"""A length of more than a night behind its day is no time of a punch."""

Codes = Mapping[str, Mapping[str, str]]
"""By the text of a cell the values of canonical columns; ``事假*`` is any text of that beginning and an amount."""


@dataclass(slots=True)
class DayCell:
    """A cell as it was understood: moments in order, values by canonical column, words nobody gave a meaning.

    ``descending``: times follow each other that go back, and nothing says that the later ones are of the next day.
    """

    moments: list[datetime] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    descending: bool = False


def folded_codes(codes: Codes) -> Codes:
    """The codes in the form in which texts are compared; one of which nothing is written yet is none."""
    return {
        same_word(text): values for text, values in codes.items() if not values or any(map(str.strip, values.values()))
    }


def key_to_write(word: str) -> str:
    """The code under which a word would be known: ``事假*`` for 事假3.5H."""
    match = _with_amount(word)
    return f"{match['name']}{STAR}" if match and match["name"] else word


def _with_amount(word: str) -> re.Match[str] | None:
    """A name and an amount behind it; no text is both that is longer than a few words."""
    return _AMOUNT.fullmatch(word) if len(word) <= _LONGEST_WORD else None


class DayReader:
    """Reads the cells of one grid. ``codes`` are folded; times before ``night_ends`` are of the night after a day."""

    def __init__(self, codes: Codes, night_ends: time | None = None) -> None:
        self._codes = codes
        self._night_ends = night_ends

    def read(self, cell: Cell, day: date) -> DayCell:
        """The cell of one day."""
        found = DayCell()
        if is_empty(cell):
            return found
        if isinstance(cell, timedelta) and not timedelta(0) <= cell < _LONGEST:
            return DayCell(unknown=[cell_as_text(cell)])
        if isinstance(cell, time | timedelta | datetime):
            return self._ordered(_of_clock(cell, day), day)
        text = without_bogus_day(narrow(cell_as_text(cell)))
        if self._means(text, found):
            return found
        times = list(_TIME.finditer(text))
        moments = [_moment(match, day) for match in times]
        if None in moments:
            return DayCell(unknown=[text])
        found = self._ordered([at for at in moments if at], day, times)
        for word in filter(None, _BETWEEN.split(_TIME.sub(" ", text))):
            if not self._means(word, found) and same_word(word) not in NO_PUNCH:
                found.unknown.append(word)
        return found

    def _ordered(self, moments: list[datetime], day: date, times: list[re.Match[str]] | None = None) -> DayCell:
        ends, said = self._night_ends, any(match["next"] for match in times or ())
        if ends and not said:
            moments = [at + timedelta(days=at.date() == day and at.time() < ends) for at in moments]
            return DayCell(sorted(moments))
        return DayCell(moments, descending=moments != sorted(moments))

    def _means(self, word: str, found: DayCell) -> bool:
        """Whether the word is a code, whose values the cell then has; not if another of its words says otherwise."""
        values = self._values(word)
        if values is None or any(found.values.get(name, value) != value for name, value in values.items()):
            return False
        found.values |= values
        return True

    def _values(self, word: str) -> dict[str, str] | None:
        known = self._codes.get(same_word(word))
        if known is not None:
            return dict(known)
        match = _with_amount(word)
        known = self._codes.get(same_word(f"{match['name']}{STAR}")) if match else None
        if match is None or known is None:
            return None
        return {name: value.replace(STAR, match["amount"]) for name, value in known.items()}


def _of_clock(cell: time | timedelta | datetime, day: date) -> list[datetime]:
    """A time that the workbook has as such. One with a day of its own stays at that day, if it is this or the next."""
    start = datetime.combine(day, time())
    if isinstance(cell, datetime):
        near = cell.date() in (day, day + timedelta(days=1))
        return [cell.replace(tzinfo=None) if near else datetime.combine(day, cell.time())]
    if isinstance(cell, timedelta):
        return [start + cell]
    return [datetime.combine(day, cell.replace(tzinfo=None))]


def _moment(match: re.Match[str], day: date) -> datetime | None:
    """The time at its day or the one after; None where its half of the day cannot be: 16:30 AM."""
    clock = parse_clock(match[0][match.end("next") - match.start() :].strip() if match["next"] else match[0])
    if clock is None:
        return None
    return datetime.combine(day, time()) + timedelta(days=bool(match["next"])) + clock[0]
