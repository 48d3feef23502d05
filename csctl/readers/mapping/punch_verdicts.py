"""Verdicts on single punches, each in a column of its own, as one verdict on the day: 上班打卡结果 and 下班打卡结果."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.headers import Header, normalise
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.looks import is_time
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.source import PUNCHES, ColumnRule
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.tables import Column, Table
from csctl.words import AWAY_WORDS, IN_ORDER, NO_PUNCH, same_word

_VERDICT = "result"
_FIRST, _LAST = PUNCHES
_NAMES = re.compile(
    r"(?P<zh>上班|下班|签到|签退|首次|末次|最早|最晚)(?P<at>[0-9]?)/?(?:打卡)?(?:结果|状态)"
    r"|(?:clock|punch|check)[ -]?(?P<en>in|out)[ /]?(?:result|status|state)"
)
_SIDES = {"上班": _FIRST, "签到": _FIRST, "首次": _FIRST, "最早": _FIRST, "in": _FIRST}


def bind_verdicts(table: Table, headers: Sequence[Header], rule: ColumnRule) -> Binding | None:
    """The verdict of a day that stands in columns beside its punches; None if a column tells of the whole day."""
    column = table.column(_VERDICT)
    if column is None or not all(map(table.column, PUNCHES)):
        return None
    found = tuple(header for header in headers if _match(header))
    if not found or any(_tells_of_the_day(column, header) for header in headers if header not in found):
        return None
    return Binding(column, found, rule, each=len(found) > 1)


def _match(header: Header) -> re.Match[str] | None:
    return _NAMES.fullmatch(header.path) or _NAMES.fullmatch(header.key)


def _tells_of_the_day(column: Column, header: Header) -> bool:
    return header.path in {normalise(name)[0] for name in (column.name, *column.aliases)}


def with_verdicts(columns: Mapping[str, Cells], grid: Grid) -> dict[str, Cells]:
    """The column of verdicts with what is said of each punch of a row; {} where one column tells of the day.

    What is in order is left off beside anything else. A punch that was made elsewhere is one, so that such a word says
    something only where there is no time.
    """
    one = columns.get(_VERDICT)
    if one is None or not one.binding.each:
        return {}
    headers = one.binding.headers
    meant = {same_word(text): said for text, said in (one.binding.rule.texts or {}).items()}
    said = [[_meant(cell, meant) for cell in grid.cells(header, one.binding.column.kind)] for header in headers]
    times = [columns.get(_side(header)) for header in headers]
    cells: list[Cell] = []
    for at in range(len(one.cells)):
        there = [beside is not None and is_time(beside.cells[at]) for beside in times]
        told = [own[at] for own in said]
        elsewhere = [text for text, timed in zip(told, there, strict=True) if timed and _is_elsewhere(text)]
        cells.append(_together(told, elsewhere))
    return {_VERDICT: replace(one, cells=cells)}


def _meant(cell: Cell, texts: Mapping[str, str]) -> str:
    return "" if is_empty(cell) else texts.get(same_word(cell_as_text(cell)), cell_as_text(cell))


def _side(header: Header) -> str:
    """The punch a column tells of; "" for the second pair of a day and those after it."""
    match = _match(header)
    assert match is not None  # noqa: S101 - it was bound for its name
    if (match["at"] or "1") != "1":
        return ""
    return _SIDES.get(match["zh"] or match["en"], _LAST)


def _is_elsewhere(text: str) -> bool:
    return any(word in same_word(text) for word in AWAY_WORDS)


def _together(texts: Sequence[str], elsewhere: Sequence[str]) -> str | None:
    """Each thing that is said once, a missing punch as often as it is; ``elsewhere`` only where nothing else is."""
    told = [text for text in texts if text]
    telling = [text for text in told if same_word(text) not in IN_ORDER and text not in elsewhere]
    in_order = [text for text in told if text not in elsewhere]
    kept: list[str] = []
    for text in telling or in_order[:1] or told[:1]:
        if text not in kept or any(word in same_word(text) for word in NO_PUNCH):
            kept.append(text)
    return "、".join(kept) or None
