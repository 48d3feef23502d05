"""Which rows a source wants, by the texts of their cells; and which of those that count it may not want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from csctl.headers import find_headers
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.naming import header_texts, row_list
from csctl.readers.columns.source import CellTest, Source
from csctl.readers.columns.totals import cell_at
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.words import same_word

_SHOWN = 5


@dataclass(frozen=True)
class WantedCells:
    """What a source asks of the cells of one column: folded texts, or whether they are filled in."""

    texts: frozenset[str]
    known: bool | None = None

    def holds(self, cell: Cell) -> bool:
        """Whether a cell is one of those."""
        if self.known is not None and self.known is not is_empty(cell):
            return True
        return bool(self.texts) and same_word(cell_as_text(cell)) in self.texts


@dataclass(frozen=True)
class RowFilter:
    """What a source says of rows by the cells of columns: which of them to keep and which to leave out."""

    keep: dict[int, WantedCells]
    leave_out: dict[int, WantedCells]

    def keeps(self, row: Row) -> bool:
        """Whether the row is wanted."""
        if not self.keep and not self.leave_out:
            return True
        return all(asked.holds(cell_at(row, column)) for column, asked in self.keep.items()) and not any(
            asked.holds(cell_at(row, column)) for column, asked in self.leave_out.items()
        )


def wanted_rows(layout: Layout, source: Source, place: Place) -> tuple[RowFilter, list[Problem]]:
    """What the source says, by column; an error for each header that is not there."""
    problems: list[Problem] = []
    found: list[dict[int, WantedCells]] = []
    for key, said in (("keep", source.keep), ("leave_out", source.leave_out)):
        columns: dict[int, WantedCells] = {}
        for name, test in said.items():
            headers = find_headers(list(layout.headers), name)
            if headers:
                columns[headers[0].column] = WantedCells(frozenset(map(same_word, test.texts)), test.known)
            else:
                known = header_texts(layout.headers)
                problems.append(problem("keep-header-not-found", place.at(column=name), name, headers=known, key=key))
        found.append(columns)
    return RowFilter(*found), problems


def kept_none(layout: Layout, keep: Mapping[int, WantedCells], place: Place) -> Problem:
    """``keep`` leaves no row: the words that its columns hold instead, the most frequent first."""
    columns = {header.column: header.text for header in layout.headers if header.column in keep}
    met = Counter(
        text
        for row in layout.sheet.rows[layout.header_row :]
        for column in columns
        if not keep[column].holds(cell := cell_at(row, column)) and (text := cell_as_text(cell))
    )
    words = tuple(text for text, _ in met.most_common(_SHOWN))
    return problem("keep-keeps-nothing", place.at(column=" / ".join(columns.values())), words)


def like_totals(layout: Layout, doubtful: Mapping[int, int], source: Source, place: Place) -> list[Problem]:
    """One warning for each column: the rows, the words, and the line that leaves them out."""
    texts = {header.column: header.text for header in layout.headers}
    problems = []
    for column in sorted(set(doubtful.values())):
        indexes = sorted(index for index, one in doubtful.items() if one == column)
        below = layout.sheet.rows[layout.header_row :]
        words = tuple(dict.fromkeys(cell_as_text(cell_at(below[index], column)) for index in indexes))
        numbers = [index + layout.header_row + 1 for index in indexes]
        said = problem(
            "rows-like-totals",
            place.at(row=numbers[0], column=texts[column]),
            row_list(numbers),
            count=len(numbers),
            words=words,
            line=_leave_out_line({**source.leave_out, texts[column]: CellTest(texts=words)}),
            other=_leave_out_line({**source.leave_out, texts[column]: CellTest()}),
        )
        problems.append(said)
    return problems


def _leave_out_line(tests: Mapping[str, CellTest]) -> str:
    return (
        f"leave_out = {{ {', '.join(f'{toml_string(header)} = {_as_toml(test)}' for header, test in tests.items())} }}"
    )


def _as_toml(test: CellTest) -> str:
    texts = f"[{', '.join(map(toml_string, test.texts))}]"
    if test.known is None:
        return texts
    known = f"known = {str(test.known).lower()}"
    return f"{{ texts = {texts}, {known} }}" if test.texts else f"{{ {known} }}"
