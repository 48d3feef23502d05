"""What the header cell of one day says: ``1``, ``10/1``, ``2026-10-01``, ``1 四``, ``01日星期四``, ``六``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell
from csctl.words import HOLIDAYS, declared, fold

_HAN = {sign: number for number, signs in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for sign in signs}
_ENGLISH = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_WEEKDAY = (
    r"(?:(?:星期|周|礼拜)?(?P<w>[一二三四五六日天])"
    r"|(?P<we>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?)"
)
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_MIDNIGHT = r"(?:[ T]00:00(?::00)?)?"
_AFTER = rf"(?:[\s(/|]*{_WEEKDAY}\s*\)?)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s*[-/.年]\s*(?P<m>[0-9]{{1,2}})\s*[-/.月]\s*(?P<d>[0-9]{{1,2}})\s*[日号]?{_MIDNIGHT}{_AFTER}",
        rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){_AFTER}",
        rf"(?P<m>[0-9]{{1,2}})\s*月\s*(?P<d>[0-9]{{1,2}})\s*[日号]?{_AFTER}",
        rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}}){_AFTER}",
        rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.]{_YEAR}{_AFTER}",
        rf"(?P<mon>{'|'.join(_MONTHS)})[a-z]*[ -](?P<d>[0-9]{{1,2}}){_AFTER}",
        rf"(?P<d>[0-9]{{1,2}})[ -](?P<mon>{'|'.join(_MONTHS)})[a-z]*{_AFTER}",
        rf"(?P<d>[0-9]{{1,2}})[日号]?{_AFTER}",
        rf"{_WEEKDAY}[\s(/|]+(?P<d>[0-9]{{1,2}})[日号]?\)?",
        _WEEKDAY,
    )
)
_NAMES_OF_DAYS_OFF = HOLIDAYS | declared("节日 节假日 假日 休 休息 holiday")
_LAST_DAY = 31
_LAST_YEAR = 2100
_SERIALS = range(20_000, 80_000)
_SERIAL_EPOCH = date(1899, 12, 30)
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class DayLabel:
    """What the header of a day says of it; every part may be missing.

    ``pair`` are two figures of which one is the month and one the day. ``weekday`` counts from 0, Monday. ``typed``: a
    date of the workbook, of which people may see the day alone. ``holiday``: a name stands in the place of the day.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    pair: tuple[int, int] | None = None
    weekday: int | None = None
    typed: bool = False
    holiday: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it says which day of a month it is."""
        return self.day is not None or self.pair is not None


NO_DAY = DayLabel()
"""The label of a cell that names no day."""


def day_label(cell: Cell) -> DayLabel:
    """What a header cell says of a day; ``NO_DAY`` if it is the header of something else."""
    if isinstance(cell, datetime | date):
        return DayLabel(cell.day, cell.month, cell.year, typed=True) if cell.year <= _LAST_YEAR else NO_DAY
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        whole = math.isfinite(cell) and cell == int(cell)
        return _of_number(int(cell)) if whole else NO_DAY
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST:
        return NO_DAY
    text = " ".join(narrow(cell).split())
    if fold(text) in _NAMES_OF_DAYS_OFF:
        return DayLabel(holiday=True)
    found = next((_of_match(match) for form in _FORMS if (match := form.fullmatch(text))), NO_DAY)
    return found if found.day is None or 1 <= found.day <= _LAST_DAY else NO_DAY


def _of_number(number: int) -> DayLabel:
    if 1 <= number <= _LAST_DAY:
        return DayLabel(number)
    if number in _SERIALS:
        day = _SERIAL_EPOCH + timedelta(days=number)
        return DayLabel(day.day, day.month, day.year, typed=True)
    text = str(number)
    return day_label(text) if len(text) == len("20261001") else NO_DAY


def _of_match(match: re.Match[str]) -> DayLabel:
    parts = {name: value.lower() for name, value in match.groupdict().items() if value}

    def number(name: str) -> int | None:
        return int(parts[name]) if name in parts else None

    weekday = _HAN[parts["w"]] if "w" in parts else _ENGLISH.get(parts.get("we", ""))
    month = _MONTHS[parts["mon"]] if "mon" in parts else number("m")
    one, two = number("a"), number("b")
    pair = (one, two) if one is not None and two is not None else None
    return DayLabel(number("d"), month, number("y"), pair, weekday)
