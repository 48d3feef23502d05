"""What befalls a finished export: columns inserted, said twice, put on two sheets, rows that got out of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.readers.generated import heads
from tests.readers.generated.cells import BOOK, TEXT, Cell, Row
from tests.readers.generated.export import SECOND_SHEET, Column, Export
from tests.readers.generated.marks import LATIN_WORDS

_PREAMBLE = 18
_WORDS = LATIN_WORDS["inside"]
_KEYS = frozenset({"agent_id", "agent_name"})


@dataclass(frozen=True, slots=True)
class Warp:
    """``apply`` changes the export, or answers False where it does not suit it."""

    apply: Callable[[Random, Export], bool]
    clean: bool
    medium: str = ""


def _insert(export: Export, position: int) -> None:
    """An empty column."""
    for line in export.lines:
        if len(line) >= position:
            line.insert(position, None)
    export.headers.insert(position, "")


def _first_column_empty(dice: Random, export: Export) -> bool:
    _insert(export, 0)
    return True


def _column_between(dice: Random, export: Export) -> bool:
    _insert(export, dice.randrange(1, len(export.headers)))
    return True


def _preamble(dice: Random, export: Export) -> bool:
    export.lines[:0] = [[f"Remark {number}"] for number in range(1, _PREAMBLE + 1)]
    export.numbers[:] = [number + _PREAMBLE for number in export.numbers]
    return True


def _groups(dice: Random, export: Export) -> bool:
    """A row of groups over the header, each over several columns."""
    top = export.lines.index(list(export.headers))
    if export.lines.count(list(export.headers)) > 1 or len(export.headers) < 4:
        return False
    middle = len(export.headers) // 2
    groups: list[Cell] = [None] * len(export.headers)
    groups[0], groups[middle] = ("基础信息", "统计指标") if dice.random() < 0.5 else ("Basics", "Details")
    export.lines.insert(top, groups)
    export.numbers[:] = [number + 1 for number in export.numbers]
    return True


def _append(export: Export, header: str, cells: list[Cell]) -> None:
    """One more column at the right, filled in the rows of facts."""
    width = len(export.headers)
    at = dict(zip(export.numbers, cells, strict=True))
    for number, line in enumerate(export.lines, start=1):
        if number in at:
            line.extend([None] * (width - len(line)) + [at[number]])
        elif line == export.headers:
            line.append(header)
    export.headers.append(header)


def _other_columns(export: Export) -> list[Column]:
    return [column for column in export.columns if column.name not in _KEYS and not column.rule]


def _header_twice(dice: Random, export: Export) -> bool:
    columns = _other_columns(export)
    if not columns:
        return False
    _append(export, dice.choice(columns).header, [dice.choice(_WORDS) for _ in export.numbers])
    return True


def _meaning_twice(dice: Random, export: Export) -> bool:
    """Another declared name of a column, over other facts of the same form: which one is meant?"""
    language = "zh" if any(not header.isascii() for header in export.headers) else "en"
    # The exact name of a column wins by right, and of two days the one that is called so.
    there = " ".join(export.headers).casefold()
    choices = [(column, alias) for column in _other_columns(export)
               if not column.kind.startswith("kpi ") and column.kind not in {"date", "moment"}
               for alias in heads.aliases(export.table, column.name, language)
               if alias.replace(" ", "_") != column.name and alias.casefold() not in there]  # fmt: skip
    if not choices:
        return False
    column, alias = dice.choice(choices)
    days = [Row(index, date(2026, 10, dice.randint(1, 12)), export.kind.latin) for index in range(len(export.numbers))]
    _append(export, alias, [column.form.write(column.form.invent(dice, row)) for row in days])
    return True


def _cell_too_many(dice: Random, export: Export) -> bool:
    """A comma that nobody quoted: from there on the cells of one row stand one column too far right."""
    line = export.lines[dice.choice(export.numbers) - 1]
    line.insert(dice.randrange(1, len(line)), dice.choice(_WORDS))
    return True


def _two_sheets(dice: Random, export: Export) -> bool:
    half = len(export.numbers) // 2
    top = export.lines.index(list(export.headers))
    moved = export.numbers[half:]
    export.second_sheet = [list(export.headers), *(export.lines[number - 1] for number in moved)]
    for number in moved:
        export.lines[number - 1] = [None] * len(export.headers)
    export.numbers[half:] = [SECOND_SHEET + index for index in range(2, len(moved) + 2)]
    return top >= 0


WARPS: Mapping[str, Warp] = {
    "warp: first column empty": Warp(_first_column_empty, True, BOOK),
    "warp: empty column between": Warp(_column_between, False),
    "warp: long preamble": Warp(_preamble, False),
    "warp: groups above": Warp(_groups, True, BOOK),
    "warp: a header twice": Warp(_header_twice, False),
    "warp: two headers of one meaning": Warp(_meaning_twice, False),
    "warp: a cell too many in a row": Warp(_cell_too_many, False, TEXT),
    "warp: rows on two sheets": Warp(_two_sheets, False, BOOK),
}
