"""Cells of one column that cannot be read, as few problems: one for each kind of fault, with all that is to be said.

A tool that writes its own word for yes writes it in every row. Whoever reads that wants to see the word once, how
often it stands there, and the one line that settles the column.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csctl.messages import problem
from csctl.policy.to_write import column_line, metric_line, open_texts
from csctl.problems import Place, Problem, shortened
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.settling import Order, marks_in_words
from csctl.readers.columns.values import CellFault
from csctl.words import same_word

_SHOWN = 8
"""So many different texts are shown with their numbers."""

_MOST_TEXTS = 10_000
"""So many different texts of one kind of fault are told apart."""
_OPEN = CellFault("text-left-open")
_NO_FIGURE = frozenset(
    {"value-not-a-number", "value-not-a-count", "value-not-a-ratio", "value-not-money", "value-not-a-duration"}
)
"""Faults of columns of figures in which marks in words may stand."""
_NO_ORDER = frozenset({"value-date-ambiguous", "value-not-in-format"})
"""Faults of days that an order of day, month and year may settle."""


def _none(_: Sequence[str]) -> Sequence[Order]:
    return ()


@dataclass(frozen=True, slots=True)
class FaultyColumn:
    """A column as far as its faults are concerned. ``place`` has file and sheet, ``header`` is the file's.

    ``name`` is the canonical column, "" for a figure that becomes a metric; ``rule`` is what the source itself says of
    it and ``texts`` what is said of its words, be it by a profile. ``orders`` finds the orders of day, month and year
    in which these texts would be read, and all that is read now. ``may_lack``: without this column, the file's month
    holds for its rows.
    """

    place: Place
    header: str
    name: str = ""
    rule: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    orders: Callable[[Sequence[str]], Sequence[Order]] = _none
    may_lack: bool = False


def unreadable(faults: Iterable[tuple[int, str, CellFault]], column: FaultyColumn) -> list[Problem]:
    """One problem for each kind of fault, in the order in which they are met, at the first of its cells.

    ``faults`` are row numbers in order, the texts that stand there, and what is wrong with them.
    """
    kinds: dict[CellFault, _Cells] = {}
    for number, text, fault in faults:
        cells = kinds.get(fault)
        if cells is None:
            cells = kinds[fault] = _Cells()
        cells.add(number, text)
    return [_problem(fault, cells, column) for fault, cells in kinds.items()]


class _Cells:
    """The cells of one kind of fault: their rows, and how often each text stands there.

    Half a million of them may be of as many different texts, of which the first tell all that a problem says.
    """

    __slots__ = ("counts", "numbers")

    def __init__(self) -> None:
        self.numbers = array("L")
        self.counts: dict[str, int] = {}

    def add(self, number: int, text: str) -> None:
        """One more cell. Of texts that are new after so many others nothing is kept but the row."""
        self.numbers.append(number)
        known = self.counts.get(text)
        if known is not None or len(self.counts) < _MOST_TEXTS:
            self.counts[text] = (known or 0) + 1


def _problem(fault: CellFault, cells: _Cells, column: FaultyColumn) -> Problem:
    place = column.place.at(row=cells.numbers[0], column=column.header)
    counts = cells.counts
    words = sorted(counts, key=lambda text: -counts[text])
    details: dict[str, object] = dict(fault.details)
    if len(cells.numbers) > 1:
        first = words[: _SHOWN + 1]
        cited = [f"“{text}” × {counts[text]}" if counts[text] > 1 else f"“{text}”" for text in first]
        details |= {"cells": shortened(cited, _SHOWN), "cell_rows": row_list(cells.numbers)}
    details |= _to_write(fault.code, words, column)
    shares = fault.code == "value-not-a-number" and all(word.rstrip().endswith(("%", "％")) for word in words)
    return problem("value-is-a-share" if shares else fault.code, place, shortened(words, _SHOWN), **details)


def _to_write(code: str, words: Sequence[str], column: FaultyColumn) -> dict[str, object]:
    """The line that settles the column, where one can; for an order of dates also how it reads, and the other one."""
    if code == "value-not-a-flag":
        return {"line": _line(column, {"texts": open_texts(words, column.texts)})}
    if code in _NO_FIGURE:
        marks = marks_in_words(words, figures=code != "value-not-a-number")
        return {"line": _line(column, {"texts": open_texts(marks, column.texts)}) if marks else ""}
    if code == "value-date-span":
        return {"line": column_line(column.name, {"ignore": True}) if column.may_lack else ""}
    if code == "value-duration-ambiguous":
        return {"line": _line(column, {"unit": "minutes"})}
    return _order_to_write(words, column) if code in _NO_ORDER else {}


def _line(column: FaultyColumn, more: Mapping[str, object]) -> str:
    """The line that says this besides what the source says of the column already."""
    rule = {**column.rule, **more}
    return column_line(column.name, rule) if column.name else metric_line(column.header, rule)


def _order_to_write(words: Sequence[str], column: FaultyColumn) -> dict[str, object]:
    orders = column.orders(words) if column.name else ()
    if not orders:
        return {"line": "", "other": ""}
    first, *more = orders
    line = _line(column, {"format": first.order})
    return {"line": f"{line} ({first.example})", "other": "".join(f'"{one.order}" ({one.example})' for one in more[:1])}


def left_open(cells: Iterable[tuple[int, str]], column: FaultyColumn) -> list[Problem]:
    """One problem for the words that stand in the source's texts with nothing to the right of their sign; or none.

    They are read as empty, and nobody can see in the file whether that was meant or forgotten.
    """
    open_words = {same_word(text) for text, meant in column.texts.items() if not meant.strip()}
    found = [(number, text, _OPEN) for number, text in cells if same_word(text) in open_words] if open_words else []
    return unreadable(found, column)


def not_filled_in(numbers: Sequence[int], column: FaultyColumn, *, kept: bool = False) -> list[Problem]:
    """One problem for the rows that lack what must stand in them; none if there are no such rows.

    ``kept``: they count all the same.
    """
    if not numbers:
        return []
    place = column.place.at(row=numbers[0], column=column.header)
    rows = {"cell_rows": row_list(numbers)} if len(numbers) > 1 else {}
    return [problem("value-open" if kept else "value-missing", place, name=column.name, **rows)]
