"""A long column as its distinct values: what is asked of every row is asked of each value once.

An export has millions of rows and says the same few things in them. The functions here take any column, be it a list
of values or a ``LongColumn``, and give the same answer for both. Numbers and moments are new in nearly every row: those
of the plain form are kept and read all at once, and only the odd ones among them are gone through one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import eq
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    AtOnce = Callable[[pl.Series], pl.Series]

T = TypeVar("T")
U = TypeVar("U")

_BLOCK = 50_000
"""So many values of another type are made at a time: one by one costs more than what is asked of each."""


class LongColumn(Sequence[T]):
    """Values in the order in which they first appear, and for each row the place of its value among them.

    Every value is that of some row. Two may be equal: different texts mean the same, and where nearly every row has a
    value of its own, each has. ``plain`` are the values in
    one type, null where a value is one of ``odd``: None, or of another type.
    """

    def __init__(self, plain: pl.Series | None, odd: Mapping[int, T], codes: NDArray[np.uint32]) -> None:
        """``odd`` are by their place all values that ``plain`` has not; ``codes`` are places, one for each row."""
        self.plain = plain
        self.odd = odd
        self.codes = codes

    @property
    def values(self) -> list[T]:
        """All values, each for itself."""
        return list(self._values(range(self.height)))

    @property
    def height(self) -> int:
        """How many values there are."""
        return len(self.odd) if self.plain is None else len(self.plain)

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return list(self._values(self.codes[at]))
        return self._value(int(self.codes[at]))

    def _value(self, code: int) -> T:
        if self.plain is None or code in self.odd:
            return self.odd[code]
        value: T = self.plain[code]
        return value

    def _values(self, places: Sequence[int] | NDArray[np.uint32]) -> Iterator[T]:
        """The values at these places, in this order."""
        import numpy as np

        if self.plain is None:
            yield from map(self.odd.__getitem__, map(int, places))
            return
        for start in range(0, len(places), _BLOCK):
            block = np.asarray(places[start : start + _BLOCK])
            values: list[Any] = self.plain.gather(block).to_list()
            for at, value in enumerate(values):
                yield self.odd[int(block[at])] if value is None else value

    def rows(self, rows: Sequence[int]) -> Iterator[T]:
        """The values of these rows, in their order."""
        import numpy as np

        return self._values(self.codes[np.asarray(rows, dtype=np.int64)])

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes.tolist())

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def __eq__(self, other: object) -> bool:
        """Whether the other is a sequence of the same values."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def count(self, value: object) -> int:
        """In how many rows the value stands."""
        known = False if value is None else None
        return int(self.mask(lambda one: one is value or one == value, known).sum())

    def mask(
        self, test: Callable[[T], object], known: bool | None = None, never: re.Pattern[str] | None = None
    ) -> NDArray[np.bool_]:
        """Of each row, whether its value passes a test.

        ``known`` is what the test says of every plain value, if that is known; ``never`` matches texts that never pass.
        """
        import numpy as np

        asked: Sequence[int]
        if self.plain is not None and never is not None:
            asked = true_positions(~self.plain.str.contains(never.pattern).fill_null(value=False).to_numpy())
        else:
            asked = list(self.odd) if self.plain is not None and known is not None else range(self.height)
        passed = np.full(self.height, bool(known))
        passed[asked] = np.fromiter((bool(test(value)) for value in self._values(asked)), bool, count=len(asked))
        return passed[self.codes] if passed.any() else np.zeros(len(self), dtype=bool)

    def each(self, make: Callable[[T], U], at_once: AtOnce | None = None) -> LongColumn[U]:
        """What is made of the value of each row; ``at_once`` makes the same of plain values, or null."""
        if self.plain is None or at_once is None:
            return _of_list(list(map(make, self._values(range(self.height)))), self.codes)
        made = at_once(self.plain)
        places = true_positions(made.is_null().to_numpy())
        return LongColumn(made, dict(zip(places, map(make, self._values(places)), strict=True)), self.codes)

    def at(self, rows: Sequence[int]) -> LongColumn[T]:
        """The column of these rows alone."""
        import numpy as np
        import polars as pl

        if len(rows) == len(self):
            return self
        codes = self.codes[np.asarray(rows, dtype=np.int64)]
        there = pl.Series(codes).unique(maintain_order=True).to_numpy()
        places = np.zeros(self.height, dtype=np.uint32)
        places[there] = np.arange(len(there), dtype=np.uint32)
        if self.plain is None:
            return _of_list([self.odd[code] for code in there.tolist()], places[codes])
        left = self.odd.keys() & set(there[np.isin(there, list(self.odd))].tolist())
        return LongColumn(self.plain.gather(there), {int(places[one]): self.odd[one] for one in left}, places[codes])

    def counts(self) -> Counter[T]:
        """How often each value stands there."""
        import numpy as np

        found: Counter[T] = Counter()
        for value, count in zip(
            self._values(range(self.height)), np.bincount(self.codes, minlength=self.height).tolist(), strict=True
        ):
            found[value] += count
        return found

    def repeated(self) -> set[T]:
        """The values that several rows have."""
        if self.plain is None or not len(self.plain):
            return {value for value, count in self.counts().items() if count > 1}
        rows = self.series(self.plain.dtype)
        twice: set[Any] = set(rows.filter(rows.is_duplicated()).unique().to_list())
        return twice

    def condensed(self) -> LongColumn[T]:
        """The same column with each plain value once, where several places had it; in another order."""
        import numpy as np

        if self.plain is None:
            return self
        merged = of_series(self.plain)
        assert merged.plain is not None  # noqa: S101 - that of a series has one
        first = len(merged.plain)
        places, odd = merged.codes.copy(), {first + at: value for at, value in enumerate(self.odd.values())}
        places[list(self.odd)] = np.arange(first, first + len(odd), dtype=np.uint32)
        longer = merged.plain.extend_constant(None, len(odd))
        return LongColumn(longer, {**merged.odd, **odd}, places[self.codes])

    def series(self, dtype: Any) -> pl.Series:
        """All rows in one type of Polars, None as null."""
        import polars as pl

        if self.plain is None:
            return pl.Series(self.values, dtype=dtype, strict=True).gather(self.codes)
        values = self.plain.cast(dtype)
        filled = {place: value for place, value in self.odd.items() if value is not None}
        if filled:
            values = values.scatter(list(filled), pl.Series(list(filled.values()), dtype=dtype, strict=True))
        return values.gather(self.codes)


def _of_list(values: Sequence[T], codes: NDArray[np.uint32]) -> LongColumn[T]:
    return LongColumn(None, dict(enumerate(values)), codes)


def true_positions(mask: NDArray[np.bool_]) -> list[int]:
    """Where a mask is true."""
    import numpy as np

    places: list[int] = np.flatnonzero(mask).tolist()
    return places


def of_series(rows: pl.Series) -> LongColumn[Any]:
    """A column of texts, or of values of another one type; None where there is none."""
    import polars as pl

    values = rows.unique(maintain_order=True)
    if 2 * len(values) > len(rows):  # too few are said twice to look for them
        values = rows
        codes = pl.int_range(len(rows), dtype=pl.UInt32, eager=True)
    else:
        places = pl.DataFrame({"value": values, "code": pl.int_range(len(values), dtype=pl.UInt32, eager=True)})
        found = rows.to_frame("value").join(places, on="value", how="left", nulls_equal=True, maintain_order="left")
        codes = found["code"]
    return LongColumn(values, dict.fromkeys(true_positions(values.is_null().to_numpy())), codes.to_numpy())


def constant(value: T, length: int) -> LongColumn[T]:
    """A column of one value."""
    import numpy as np

    return _of_list([value] if length else [], np.zeros(length, dtype=np.uint32))


def each(column: Sequence[T], make: Callable[[T], U], at_once: AtOnce | None = None) -> Sequence[U]:
    """What is made of every value; ``at_once`` makes the same of many values of one type, or null of some of them."""
    return column.each(make, at_once) if isinstance(column, LongColumn) else [make(value) for value in column]


def where(column: Sequence[T], test: Callable[[T], object], known: bool | None = None) -> list[int]:
    """The rows whose value passes a test; ``known`` is what it says of every plain value, where that is known."""
    if isinstance(column, LongColumn):
        return true_positions(column.mask(test, known))
    return [at for at, value in enumerate(column) if test(value)]


def in_rows(column: Sequence[T], rows: Sequence[int]) -> Iterator[T]:
    """The values of these rows, one after the other."""
    return column.rows(rows) if isinstance(column, LongColumn) else map(column.__getitem__, rows)


def take_rows(column: Sequence[T], rows: Sequence[int]) -> Sequence[T]:
    """The values of these rows, in their order."""
    if isinstance(column, LongColumn):
        return column.at(rows)
    return column if len(rows) == len(column) else [column[at] for at in rows]


def concatenated(columns: Sequence[Sequence[T]]) -> Sequence[T]:
    """Columns one below the other."""
    return columns[0] if len(columns) == 1 else [value for column in columns for value in column]


def replaced(column: Sequence[T], others: Mapping[int, T]) -> Sequence[T]:
    """The column with other values in some rows."""
    return [others.get(at, value) for at, value in enumerate(column)] if others else column


def distinct(column: Sequence[T], like: re.Pattern[str] | None = None) -> Iterable[T]:
    """Every value, one that stands in many rows not for each of them where that can be spared.

    ``like``: texts in which this is not found may be left out as well.
    """
    if not isinstance(column, LongColumn):
        return column
    if like is None or column.plain is None:
        return column.values
    return [*column.plain.filter(column.plain.str.contains(like.pattern)).to_list(), *column.odd.values()]


def outermost(column: Sequence[T]) -> Iterable[T]:
    """All values among which the smallest and the largest can be: of plain ones only these two."""
    if not isinstance(column, LongColumn) or column.plain is None:
        return column
    ends: list[Any] = [column.plain.min(), column.plain.max()]
    return [*ends, *column.odd.values()]


def value_counts(column: Sequence[T]) -> Counter[T]:
    """How often each value stands there, in the order in which they first do."""
    return column.counts() if isinstance(column, LongColumn) else Counter(column)


def duplicated_values(column: Sequence[T]) -> set[T]:
    """The values that several rows have."""
    if isinstance(column, LongColumn):
        return column.repeated()
    return {value for value, count in Counter(column).items() if count > 1}


def condensed(column: Sequence[T]) -> Sequence[T]:
    """The column with each value once, as far as that is easily done."""
    return column.condensed() if isinstance(column, LongColumn) else column
