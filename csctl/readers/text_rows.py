"""The rows of a long text file, kept by columns: whoever asks for a row gets it as of any other sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from csctl.long_columns import LongColumn, of_series
from csctl.readers.grid import Cell

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

Row = tuple[Cell, ...]


class TextRows(Sequence[Row]):
    """Rows of texts; None is an empty cell, and those at the end of a row are cut off."""

    def __init__(self, frame: pl.DataFrame, whole: tuple[TextRows, Sequence[int]] | None = None) -> None:
        """``frame`` has columns of texts, in the order of the file, and no empty text.

        ``whole`` are rows, and which of them these are.
        """
        self._frame = frame
        self._whole = whole
        self._columns: dict[int, LongColumn[str | None]] = {}
        self._below: dict[int, TextRows] = {}

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> TextRows: ...
    def __getitem__(self, at: int | slice) -> Row | TextRows:
        if isinstance(at, int):
            if not -len(self) <= at < len(self):
                raise IndexError(at)
            return _cut(self._frame.row(at))
        start, stop, step = at.indices(len(self))
        if step != 1 or stop != len(self):
            return TextRows(self._frame[at])
        # What is below the header is asked for many times, and keeps its columns.
        return self._below.setdefault(start, TextRows(self._frame[start:]) if start else self)

    def __iter__(self) -> Iterator[Row]:
        return map(_cut, self._frame.iter_rows())

    @property
    def width(self) -> int:
        """How many cells the longest row may have."""
        return self._frame.width

    def column(self, place: int) -> LongColumn[str | None]:
        """The cells of one column, from 0."""
        if place not in self._columns:
            whole = self._whole
            self._columns[place] = whole[0].column(place).at(whole[1]) if whole else of_series(self._texts(place))
        return self._columns[place]

    def _texts(self, place: int) -> pl.Series:
        import polars as pl

        if place < self.width:
            return self._frame.to_series(place)
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(self))

    def filled_from(self, place: int) -> NDArray[np.bool_]:
        """Of each row, whether anything stands in this column or one behind it."""
        import numpy as np
        import polars as pl

        behind = self._frame.columns[place:]
        if not behind:
            return np.zeros(len(self), dtype=bool)
        return self._frame.select(pl.any_horizontal(pl.col(behind).is_not_null())).to_series().to_numpy()

    def at(self, rows: Sequence[int]) -> TextRows:
        """These rows alone."""
        return self if len(rows) == len(self) else TextRows(self._frame[list(rows)], (self, rows))


def _cut(cells: Row) -> Row:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def column_cells(rows: Sequence[Row], place: int) -> Sequence[Cell]:
    """The cells of one column of any rows, from 0; None where a row is shorter."""
    if isinstance(rows, TextRows):
        return rows.column(place)
    return [row[place] if place < len(row) else None for row in rows]


def rows_at(rows: Sequence[Row], places: Sequence[int]) -> Sequence[Row]:
    """These of any rows."""
    return rows.at(places) if isinstance(rows, TextRows) else [rows[place] for place in places]
