"""Cells of one column that cannot be read, as few problems: one for each kind of fault, with all that is to be said.

A tool that writes its own word for yes writes it in every row. Whoever reads that wants to see the word once, how
often it stands there, and the one line that settles the column.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csctl.messages import problem
from csctl.problems import Place, Problem, shortened
from csctl.readers.mapping.rows import row_list
from csctl.readers.mapping.values import Fault

_SHOWN = 8
"""So many different texts are shown with their numbers."""
_WRITTEN = 40
"""So many of them stand in the line to write."""


@dataclass(frozen=True, slots=True)
class FaultyColumn:
    """A column as far as its faults are concerned. ``place`` has file and sheet, ``header`` is the file's.

    ``name`` is the canonical column, "" for a figure that becomes a metric; ``texts`` is what the source already says
    of its words.
    """

    place: Place
    header: str
    name: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def unreadable(faults: Iterable[tuple[int, str, Fault]], column: FaultyColumn) -> list[Problem]:
    """One problem for each kind of fault, in the order in which they are met, at the first of its cells.

    ``faults`` are row numbers in order, the texts that stand there, and what is wrong with them.
    """
    kinds: dict[Fault, list[tuple[int, str]]] = {}
    for number, text, fault in faults:
        kinds.setdefault(fault, []).append((number, text))
    return [_problem(fault, cells, column) for fault, cells in kinds.items()]


def _problem(fault: Fault, cells: Sequence[tuple[int, str]], column: FaultyColumn) -> Problem:
    place = column.place.at(row=cells[0][0], column=column.header)
    counts = Counter(text for _, text in cells)
    words = [text for text, _ in counts.most_common()]
    details: dict[str, object] = dict(fault.details)
    if len(cells) > 1:
        cited = [f"“{text}” × {counts[text]}" if counts[text] > 1 else f"“{text}”" for text in words]
        details |= {"cells": shortened(cited, _SHOWN), "cell_rows": row_list(number for number, _ in cells)}
    if fault.code == "value-not-a-flag":
        details["line"] = line_to_write(column, words)
    return problem(fault.code, place, shortened(words, _SHOWN), **details)


def line_to_write(column: FaultyColumn, words: Sequence[str]) -> str:
    """The line of ``csctl.toml`` that says what each word means, its right sides left open: csctl never guesses."""
    known = [f"{_quoted(text)} = {_quoted(meant)}" for text, meant in column.texts.items()]
    asked = [f'{_quoted(text)} = ""' for text in words[:_WRITTEN] if text not in column.texts]
    return f"columns.{column.name}.texts = {{ {', '.join([*known, *asked])} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def not_filled_in(numbers: Sequence[int], column: FaultyColumn) -> list[Problem]:
    """One problem for the rows that lack what must stand in them; none if there are no such rows."""
    if not numbers:
        return []
    place = column.place.at(row=numbers[0], column=column.header)
    rows = {"cell_rows": row_list(numbers)} if len(numbers) > 1 else {}
    return [problem("value-missing", place, name=column.name, **rows)]
