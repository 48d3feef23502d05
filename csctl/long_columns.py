"""A long column as its distinct values: what is asked of every row is asked of each value once.

An export has millions of rows and says the same few things in them. The functions here take any column, be it a list
of values or a ``LongColumn``, and give the same answer for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

T = TypeVar("T")
U = TypeVar("U")


class LongColumn(Sequence[T]):
    """Values in the order in which they first appear, and for each row the place of its value among them.

    Every value is that of some row. Two may be equal, where different texts mean the same.
    """

    __slots__ = ("codes", "values")

    def __init__(self, values: Sequence[T], codes: NDArray[np.uint32]) -> None:
        """``codes`` are places in ``values``, one for each row."""
        self.values = values
        self.codes = codes

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self.values[code] for code in self.codes[at].tolist()]
        return self.values[int(self.codes[at])]

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes.tolist())

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def count(self, value: object) -> int:
        """In how many rows the value stands."""
        return len(self.where(lambda one: one is value or one == value))

    def where(self, test: Callable[[T], object]) -> list[int]:
        """The rows whose value passes a test."""
        return places_of(self.mask(test))

    def mask(self, test: Callable[[T], object]) -> NDArray[np.bool_]:
        """Of each row, whether its value passes a test."""
        import numpy as np

        passed = np.fromiter((bool(test(value)) for value in self.values), dtype=bool, count=len(self.values))
        if not passed.any():
            return np.zeros(len(self), dtype=bool)
        return passed[self.codes]

    def each(self, make: Callable[[T], U]) -> LongColumn[U]:
        """What is made of the value of each row."""
        return LongColumn([make(value) for value in self.values], self.codes)

    def at(self, rows: Sequence[int]) -> LongColumn[T]:
        """The column of these rows alone."""
        import numpy as np
        import polars as pl

        if len(rows) == len(self):
            return self
        codes = self.codes[np.asarray(rows, dtype=np.int64)]
        there = pl.Series(codes).unique(maintain_order=True).to_numpy()
        places = np.zeros(len(self.values), dtype=np.uint32)
        places[there] = np.arange(len(there), dtype=np.uint32)
        return LongColumn([self.values[code] for code in there.tolist()], places[codes])

    def counts(self) -> Counter[T]:
        """How often each value stands there."""
        import numpy as np

        found: Counter[T] = Counter()
        for value, count in zip(self.values, np.bincount(self.codes, minlength=len(self.values)).tolist(), strict=True):
            found[value] += count
        return found


def places_of(mask: NDArray[np.bool_]) -> list[int]:
    """Where a mask is true."""
    import numpy as np

    places: list[int] = np.flatnonzero(mask).tolist()
    return places


def of_texts(texts: pl.Series) -> LongColumn[str | None]:
    """A column of texts; None where there is none."""
    import polars as pl

    values = texts.unique(maintain_order=True)
    if len(values) == len(texts):
        codes = pl.int_range(len(texts), dtype=pl.UInt32, eager=True)
    else:
        places = pl.DataFrame({"text": values, "code": pl.int_range(len(values), dtype=pl.UInt32, eager=True)})
        found = texts.to_frame("text").join(places, on="text", how="left", nulls_equal=True, maintain_order="left")
        codes = found["code"]
    return LongColumn(values.to_list(), codes.to_numpy())


def each(column: Sequence[T], make: Callable[[T], U]) -> Sequence[U]:
    """What is made of every value."""
    return column.each(make) if isinstance(column, LongColumn) else [make(value) for value in column]


def where(column: Sequence[T], test: Callable[[T], object]) -> list[int]:
    """The rows whose value passes a test."""
    if isinstance(column, LongColumn):
        return column.where(test)
    return [at for at, value in enumerate(column) if test(value)]


def taken(column: Sequence[T], rows: Sequence[int]) -> Sequence[T]:
    """The values of these rows, in their order."""
    return column.at(rows) if isinstance(column, LongColumn) else [column[at] for at in rows]


def together(columns: Sequence[Sequence[T]]) -> Sequence[T]:
    """Columns one below the other."""
    return columns[0] if len(columns) == 1 else [value for column in columns for value in column]


def replaced(column: Sequence[T], others: Mapping[int, T]) -> Sequence[T]:
    """The column with other values in some rows."""
    return [others.get(at, value) for at, value in enumerate(column)] if others else column


def distinct(column: Sequence[T]) -> Iterable[T]:
    """Every value, one that stands in many rows not for each of them where that can be spared."""
    return column.values if isinstance(column, LongColumn) else column


def counted(column: Sequence[T]) -> Counter[T]:
    """How often each value stands there, in the order in which they first do."""
    return column.counts() if isinstance(column, LongColumn) else Counter(column)
