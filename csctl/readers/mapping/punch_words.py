"""Words in the place of a punch: leave, a day out on business or off, absence. They are verdicts on the day.

Attendance systems write them where the time would stand. What such a word says then stands in the column of verdicts;
a word that nobody knows, or that something else in its row speaks against, stays a cell that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.readers.columns.cells import Cells
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.source import PUNCHES
from csctl.readers.columns.values import Value, cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.readers.mapping.punch_clocks import with_clocks
from csctl.tables import Table
from csctl.words import (
    ABSENT_WORDS,
    AWAY_WORDS,
    IN_ORDER,
    LEAVE_WORDS,
    NO_PUNCH,
    NOT_LEAVE,
    TIME_OFF_WORDS,
    is_rest,
    same_word,
)

VERDICT, LAST = "result", "out_at"
_LONGEST = 20
_EXPLAINED, _ABSENT, _REST = "explained", "without-leave", "day-off"
_TIME_AND_WORD = re.compile(r"(.*[0-9]:[0-9]{2}(?::[0-9]{2})?)[\s(\[,;/-]*([^\W\d_]+)[)\]]?")

Words = dict[int, str]
"""By row index what the words in the cells of its punches say of the day."""


def take_words(table: Table, columns: dict[str, Cells], grid: Grid) -> Words:
    """Words out of the cells of punches in ``columns``, where they are known and nothing speaks against them.

    A time with a word for being elsewhere (``08:59外勤``) is a punch made there, and stays as its time; other forms of
    times become times (see ``with_clocks``).
    """
    names = [name for name in PUNCHES if name in columns]
    if table.column(VERDICT) is None or grid.layout.days or not names:
        return {}
    kinds = {name: _kinds(columns[name]) for name in names}
    columns |= {name: _without_places(columns[name]) for name in names}
    columns |= {name: with_clocks(columns[name], [columns[one] for one in names], last=name == LAST) for name in names}
    found: Words = {}
    verdicts = columns[VERDICT].cells if VERDICT in columns else ()
    for at in sorted({at for name in names for at in _at(columns[name].cells, kinds[name])}):
        cells = {name: columns[name].cells[at] for name in names}
        said = _said(cells, kinds, cell_as_text(verdicts[at]) if verdicts else "")
        if said:
            found[at] = said
    for name in names:
        own = columns[name].cells
        emptied = [None if at in found and _kind(cell, kinds[name]) else cell for at, cell in enumerate(own)]
        columns[name] = replace(columns[name], cells=emptied) if found else columns[name]
    return found


def enter_words(words: Words, length: int, reading: Reading) -> None:
    """The words beside the verdicts of their rows."""
    if not words:
        return
    own = reading.columns.get(VERDICT) or [None] * length
    reading.columns[VERDICT] = [_beside(value, words[at]) if at in words else value for at, value in enumerate(own)]


def _beside(verdict: Value, words: str) -> Value:
    """A verdict and the words that it does not have yet."""
    if not verdict:
        return words
    return " ".join([str(verdict), *(word for word in words.split() if same_word(word) not in same_word(str(verdict)))])


def _kinds(one: Cells) -> dict[str, str]:
    """The kind of every known word of a column; not of those that the source itself gives a meaning."""
    settled = {same_word(text) for text in one.binding.rule.texts or {}}
    words = {cell for cell in one.counts if isinstance(cell, str) and same_word(cell) not in settled}
    return {word: kind for word in words if (kind := _day_kind_of(word))}


def _day_kind_of(text: str) -> str:
    """What kind of day a word in the place of a punch tells of; "" if it is none, or tells of several kinds."""
    word = same_word(text)
    if len(word) > _LONGEST or any(sign.isdigit() for sign in word):
        return ""
    explained = any(one in word for one in AWAY_WORDS | TIME_OFF_WORDS | LEAVE_WORDS) and word not in NOT_LEAVE
    absent = any(one in word for one in ABSENT_WORDS)
    if explained and absent:
        return ""
    if is_rest(text) and not any(one in word for one in TIME_OFF_WORDS):
        return _REST
    return _EXPLAINED if explained else _ABSENT if absent else ""


def _kind(cell: Cell, kinds: Mapping[str, str]) -> str:
    return kinds.get(cell, "") if isinstance(cell, str) else ""


def _at(cells: Sequence[Cell], kinds: Mapping[str, str]) -> list[int]:
    return [at for at, cell in enumerate(cells) if _kind(cell, kinds)] if kinds else []


def _said(cells: Mapping[str, Cell], kinds: Mapping[str, Mapping[str, str]], verdict: str) -> str:
    """The words of one row as one text; "" where they, the other punch and the verdict do not go together."""
    words = {str(cell): kind for name, cell in cells.items() if (kind := _kind(cell, kinds[name]))}
    times = [
        cell for name, cell in cells.items()
        if not _kind(cell, kinds[name]) and not is_empty(cell) and same_word(cell_as_text(cell)) not in NO_PUNCH
    ]  # fmt: skip
    if len(set(words.values())) > 1:
        return ""
    (kind,) = set(words.values())
    if times and kind != _EXPLAINED:
        return ""
    if same_word(verdict) in IN_ORDER:
        return " ".join(words) if kind == _EXPLAINED else ""
    if verdict and _day_kind_of(verdict) != kind:
        return ""
    return " ".join(words)


def _without_places(one: Cells) -> Cells:
    """Times with a word for a punch made elsewhere as those times alone."""
    times = {cell: match[1] for cell in one.counts if isinstance(cell, str) and (match := _made_elsewhere(cell))}
    if not times:
        return one
    return replace(one, cells=[times.get(cell, cell) if isinstance(cell, str) else cell for cell in one.cells])


def _made_elsewhere(text: str) -> re.Match[str] | None:
    match = _TIME_AND_WORD.fullmatch(narrow(text)) if len(text) <= 2 * _LONGEST else None
    return match if match and any(word in same_word(match[2]) for word in AWAY_WORDS) else None
