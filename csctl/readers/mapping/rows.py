"""Which rows of a sheet are data: not blank ones, not totals, not headers said again, not footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csctl.core.coverage.fates import FILTERED, FOOTER, REPEATED_HEADER, TOTALS
from csctl.headers import find
from csctl.messages import problem
from csctl.problems import Place, Problem, shortened
from csctl.readers.grid import Cell
from csctl.readers.mapping.layout import Layout, Row
from csctl.readers.mapping.totals import DATA, LONG, Telling, cell_at, heads_totals, settle_totals, sums_up_somebody
from csctl.readers.mapping.values import is_empty, narrow, text_of
from csctl.words import fold

__all__ = ["Rows", "cell_at", "data_rows", "merged_values", "row_list"]

_LISTED_RUNS = 20
_SHOWN = 5
MOVED = "moved"
"""The header again, with columns in another order: what is below it stands under other headers than it is read by."""
_FOOTER = re.compile(
    r"(注|备注|说明|制表|报表|统计|导出|生成|打印|数据来源|note|generated|exported)[^,，]{0,12}[:：]", re.IGNORECASE
)


@dataclass
class Rows:
    """The rows of data, with the numbers they have in the spreadsheet; how many were refused, and why.

    ``blank`` rows below the header hold nothing; ``left_out`` is how many hold no data, by reason.
    """

    numbers: list[int] = field(default_factory=list)
    cells: list[Row] = field(default_factory=list)
    rejected: int = 0
    blank: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def row_list(numbers: Iterable[int]) -> tuple[str, ...]:
    """Row numbers with runs joined: ``5-7`` and ``12``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return shortened(texts, _LISTED_RUNS)


class _Sorter:
    """Puts each row of one table in its heap; only DATA is read further."""

    def __init__(self, layout: Layout, names: Sequence[int], keep: dict[int, set[str]]) -> None:
        self.columns = [header.column for header in layout.headers]
        # As the header's own cell has it, line breaks and all: a header said again is the same to the letter.
        below = layout.sheet.rows[layout.header_row - 1 - layout.units_row] if layout.header_rows else ()
        self.titles = {
            header.column: text_of(cell_at(below, header.column)) or header.text.rpartition("/")[2]
            for header in layout.headers
        }
        self.said = frozenset(self.titles.values())
        self.names = names
        self.keep = keep
        is_text_file = layout.sheet.name == ""
        # Beside a workbook's table anything may stand; in a text file more cells than headers mean a shift.
        self.width = max(self.columns) + 1 if is_text_file else None

    def heap(self, row: Row, *, totals: bool = True) -> str:
        """The name of the heap; called for every row of a file, so the cheap questions come first.

        A row in the heap of totals may be one: that depends on the rows around it. Not ``totals``: it is none.
        """
        length = len(row)
        first = next((column for column in self.columns if column < length and not is_empty(row[column])), None)
        if first is None:
            return "blank"
        if self.width is not None and length > self.width and any(not is_empty(cell) for cell in row[self.width :]):
            return LONG
        if totals and any(heads_totals(cell) for cell in (row[first], *(cell_at(row, one) for one in self.names))):
            return TOTALS
        if text_of(row[first]) in self.said and self._says_headers(row):
            return REPEATED_HEADER if self._in_place(row) else MOVED
        if isinstance(row[first], str) and _FOOTER.match(narrow(text_of(row[first]))) and len(self._filled(row)) == 1:
            return FOOTER
        kept = all(fold(text_of(cell_at(row, column))) in texts for column, texts in self.keep.items())
        return DATA if kept else FILTERED

    def _filled(self, row: Row) -> list[int]:
        return [column for column in self.columns if not is_empty(cell_at(row, column))]

    def _says_headers(self, row: Row) -> bool:
        filled = self._filled(row)
        enough = len(filled) >= min(2, len(self.columns))
        return enough and all(text_of(cell_at(row, column)) in self.said for column in filled)

    def _in_place(self, row: Row) -> bool:
        return all(text_of(cell_at(row, column)) == self.titles[column] for column in self._filled(row))


def _keep_columns(
    layout: Layout, keep: Mapping[str, Sequence[str]], place: Place
) -> tuple[dict[int, set[str]], list[Problem]]:
    columns: dict[int, set[str]] = {}
    problems = []
    for name, texts in keep.items():
        found = find(list(layout.headers), name)
        if found:
            columns[found[0].column] = {fold(text) for text in texts}
        else:
            shown = tuple(header.text for header in layout.headers[:40])
            problems.append(problem("keep-header-not-found", place.at(column=name), name, headers=shown))
    return columns, problems


def _long_rows(numbers: Sequence[int], rows: Rows, layout: Layout, place: Place) -> None:
    width = max(header.column for header in layout.headers) + 1
    if numbers and not rows.cells:
        rows.problems.append(
            problem("all-rows-longer-than-header", place.at(row=numbers[0]), len(numbers), width=width)
        )
        return
    rows.rejected += len(numbers)
    rows.problems += [
        problem("row-longer-than-header", place.at(row=number), number, width=width) for number in numbers
    ]


_NOTES = {
    TOTALS: "rows-of-totals",
    REPEATED_HEADER: "rows-of-headers",
    FOOTER: "rows-of-footers",
    FILTERED: "rows-left-out",
}


def data_rows(layout: Layout, telling: Telling, keep: Mapping[str, Sequence[str]], place: Place) -> Rows:
    """The rows below the header that hold data; each kind of other row is one note with row numbers.

    ``telling`` are the columns that tell rows of totals from others. ``keep`` maps header texts to the cell texts
    wanted. In a text file a row with more cells than the header is refused; if every row is so, that is an error,
    since values would stand under wrong names.
    """
    wanted, problems = _keep_columns(layout, keep, place)
    rows = Rows(problems=problems)
    heaps: dict[str, list[int]] = {}
    sorted_rows, doubtful = _sorted(layout, telling, wanted)
    for number, (row, heap) in enumerate(sorted_rows, start=layout.header_row + 1):
        if heap == DATA:
            rows.numbers.append(number)
            rows.cells.append(row)
        elif heap == "blank":
            rows.blank += 1
        else:
            heaps.setdefault(heap, []).append(number)
    _long_rows(heaps.get(LONG, []), rows, layout, place)
    if MOVED in heaps:
        moved = heaps[MOVED]
        rows.rejected += len(moved)
        rows.problems.append(problem("header-moved", place.at(row=moved[0]), row_list(moved)))
    if doubtful:
        said = [number + layout.header_row + 1 for number in doubtful]
        rows.problems.append(problem("rows-like-totals", place.at(row=said[0]), row_list(said), count=len(said)))
    if heaps.get(FILTERED) and not rows.cells:
        rows.problems.append(_kept_none(layout, wanted, place))
    for heap, code in _NOTES.items():
        numbers = heaps.get(heap, [])
        if numbers:
            rows.left_out[heap] = len(numbers)
            rows.problems.append(problem(code, place, row_list(numbers), count=len(numbers)))
    return rows


def _kept_none(layout: Layout, keep: dict[int, set[str]], place: Place) -> Problem:
    """``keep`` leaves no row: the words that its columns hold instead, the most frequent first."""
    columns = {header.column: header.text for header in layout.headers if header.column in keep}
    met = Counter(
        text
        for row in layout.sheet.rows[layout.header_row :]
        for column in columns
        if (text := text_of(cell_at(row, column))) and fold(text) not in keep[column]
    )
    words = tuple(text for text, _ in met.most_common(_SHOWN))
    return problem("keep-keeps-nothing", place.at(column=" / ".join(columns.values())), words)


def _sorted(layout: Layout, telling: Telling, keep: dict[int, set[str]]) -> tuple[Iterable[tuple[Row, str]], list[int]]:
    """The rows below the header, each with its heap; and those that count although a word for sums heads them and
    they sum up somebody's rows, by their index.
    """
    sorter = _Sorter(layout, telling.names, keep)
    below = layout.sheet.rows[layout.header_row :]
    heaps = [sorter.heap(row) for row in below]
    doubtful: list[int] = []
    if TOTALS in heaps:
        for index in settle_totals(below, heaps, sorter.columns, telling):
            heaps[index] = sorter.heap(below[index], totals=False)
            doubtful += [index] if heaps[index] == DATA else []
        doubtful = [one for one in doubtful if sums_up_somebody(below, heaps, one, sorter.columns, telling)]
    return zip(below, heaps, strict=True), sorted(doubtful)


def merged_values(layout: Layout) -> dict[tuple[int, int], Cell]:
    """What cells below the first of a cell merged downwards stand for, by (row from 1, column from 0)."""
    values: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in layout.sheet.merged:
        if left == right and layout.header_row < top < bottom <= len(layout.sheet.rows):
            value = cell_at(layout.sheet.rows[top - 1], left - 1)
            values |= {(row, left - 1): value for row in range(top + 1, bottom + 1)}
    return values
