"""Rows that stand in two exports of one table: with numbers by these, without numbers where the exports overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from csctl.core.forms.once import RETURNED
from csctl.core.records.fates import ELSEWHERE
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.imports import Brought
from csctl.store.canonical import CacheEntry, CanonicalStore, Found, parts_digest
from csctl.tables import AGENT_NAMES, NUMBERS, TABLES, Kind

if TYPE_CHECKING:
    import polars as pl

_VERSION = 1
"""Part of the key of what is left of an export; raised when that changes."""
_NO_DOUBLES = frozenset({"roster", "appeals"})
"""A person who stands twice on the roster is a fault of it; appeals have numbers of the ledger."""
_NEEDED = {"ratings": "rater"}
"""Without this column two equal rows may well be of two people."""


@dataclass
class _Export:
    """One of several exports of a table; ``left_out`` are its rows (from 0) that stand in one before it."""

    one: Brought
    entry: CacheEntry
    movable: bool
    left_out: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _frame: pl.DataFrame | None = None
    _days: set[object] | None = None

    @property
    def name(self) -> str:
        return self.one.wanted.shown_as

    def frame(self) -> pl.DataFrame:
        """All rows with their position ``at``."""
        import polars as pl

        if self._frame is None:
            self._frame = pl.read_parquet(self.entry.path).with_row_index("at")
        return self._frame

    def unnumbered(self, table: str) -> pl.DataFrame:
        """The rows that have no number of their own, with their ``day``."""
        import polars as pl

        frame, dated = self.frame(), TABLES[table].dated
        if number := NUMBERS.get(table):
            frame = frame.filter(pl.col(number).is_null())
        if needed := _NEEDED.get(table):
            frame = frame.filter(pl.col(needed).is_not_null())
        return frame.with_columns((pl.col(dated).cast(pl.Date) if dated else pl.lit(None)).alias("day"))

    def days(self, table: str) -> set[object]:
        """The days of these rows."""
        if self._days is None:
            self._days = set(self.unnumbered(table)["day"].unique().to_list())
        return self._days


def without_shared_rows(
    brought: Sequence[Brought], store: CanonicalStore, before: Iterable[Brought] = ()
) -> list[Brought]:
    """The same files in the same order; a row that stands in a file before it is left out of a later one.

    With a number, such rows are equal in everything; equal numbers with other content both count, which is a warning.
    Without one, two exports overlap if on the days that both hold all rows of one stand in the other: a warning.
    ``before`` are files brought earlier, of which no rows are left out any more.
    """
    groups: dict[str, list[_Export]] = {}
    for one, movable in [*((one, False) for one in before), *((one, True) for one in brought)]:
        table = one.wanted.source.table
        if one.entry is not None and table not in _NO_DOUBLES and not one.wanted.shown_as.startswith(RETURNED):
            groups.setdefault(table, []).append(_Export(one, one.entry, movable))
    made: dict[int, Brought] = {}
    for table, exports in groups.items():
        for several in _of_one_time(exports):
            _share(table, several)
        made |= {id(each.one): _without(each, store) for each in exports if each.left_out or each.problems}
    return [made.get(id(one), one) for one in brought]


def _of_one_time(exports: Sequence[_Export]) -> list[list[_Export]]:
    """Those that may hold rows of the same days: of one month, or of none."""
    months = dict.fromkeys(each.one.wanted.month for each in exports)
    undated = [each for each in exports if each.one.wanted.month is None]
    dated = [
        undated + [each for each in exports if each.one.wanted.month == month] for month in months if month is not None
    ]
    return [several for several in (dated or [undated]) if len(several) > 1 and any(one.movable for one in several)]


def _share(table: str, exports: Sequence[_Export]) -> None:
    if number := NUMBERS.get(table):
        _numbered(table, number, exports)
    for first, later in combinations(exports, 2):
        if later.movable and _may_be_without_numbers(table, first) and _may_be_without_numbers(table, later):
            _overlap(table, first, later)


def _may_be_without_numbers(table: str, export: _Export) -> bool:
    import polars as pl

    number = NUMBERS.get(table)
    if number is None:
        return True
    return bool(pl.scan_parquet(export.entry.path).select(pl.col(number).is_null().any()).collect().item())


def _numbered(table: str, number: str, exports: Sequence[_Export]) -> None:
    """Rows of one number in several exports: equal ones count once, of the others the last export warns."""
    import polars as pl

    numbers = pl.concat(
        [
            pl.scan_parquet(each.entry.path).select(pl.col(number), pl.lit(index).alias("file")).drop_nulls().unique()
            for index, each in enumerate(exports)
        ]
    )
    several = numbers.group_by(number).len().filter(pl.col("len") > 1).select(number).collect()
    if several.is_empty():
        return
    content = [column.name for column in TABLES[table].columns]
    rows = pl.concat(
        [
            each.frame().join(several, on=number, how="semi").with_columns(pl.lit(index).alias("file"))
            for index, each in enumerate(exports)
        ]
    ).with_columns(pl.col("file").min().over(content).alias("first"))
    doubles = rows.filter(pl.col("file") > pl.col("first"))
    for (file,), own in doubles.group_by("file", maintain_order=True):
        later = exports[int(str(file))]
        if later.movable:
            later.left_out |= set(own["at"].to_list())
            firsts = tuple(exports[index].name for index in sorted(set(own["first"].to_list())))
            later.problems.append(
                problem("rows-in-other-files", Place(later.name, column=number), own.height, files=firsts)
            )
    _differing(number, exports, rows.filter(pl.col("file") == pl.col("first")))


def _differing(number: str, exports: Sequence[_Export], rows: pl.DataFrame) -> None:
    """One warning for each group of exports that hold the same numbers with other content."""
    import polars as pl

    files = rows.group_by(number).agg(pl.col("file").unique().sort()).filter(pl.col("file").list.len() > 1)
    groups = files.group_by("file").agg(pl.col(number).min(), pl.len()).sort("file")
    for indexes, example, count in groups.iter_rows():
        names = tuple(exports[index].name for index in indexes)
        last = exports[indexes[-1]]
        last.problems.append(
            problem("numbers-shared", Place(last.name, column=number), example, count=count, files=names[:-1])
        )


def _overlap(table: str, first: _Export, later: _Export) -> None:
    """Leaves rows out of the later export if, on the days of both, all rows of one stand in the other.

    Where only most do, or where one export lacks columns of the other, both count and it is said.
    """
    import polars as pl

    days = first.days(table) & later.days(table)
    if not days or first.one.wanted.source.beside or later.one.wanted.source.beside:
        return
    shared = pl.col("day").is_in([day for day in days if day is not None])
    if None in days:
        shared = shared | pl.col("day").is_null()
    left, right = (each.unnumbered(table).filter(shared) for each in (first, later))
    content = [column.name for column in TABLES[table].columns]
    both = _equal_rows(left, right, content)
    if both.height in (left.height, right.height):
        later.left_out |= set(both["at"].to_list())
        rows = both.select("source_sheet", "source_row").unique().height
        later.problems.append(problem("rows-of-overlap", Place(later.name), rows, first=first.name, days=len(days)))
        return
    common = [name for name in content if left[name].count() and right[name].count()]
    if table in _BY_FIGURES or not _tells(table, common):
        return
    both = _equal_rows(left, right, common)
    if _mostly_equal(table, both.height, min(left.height, right.height)):
        later.problems.append(
            problem(
                "rows-mostly-of-overlap",
                Place(later.name),
                both.height,
                first=first.name,
                days=len(days),
                rows=right.height,
            )
        )


_BY_FIGURES = frozenset({"kpis", "attendance"})
"""Their figures are compared one by one once it is known whose they are."""
_MOST_OF_DAYS = 5


def _equal_rows(left: pl.DataFrame, right: pl.DataFrame, content: Sequence[str]) -> pl.DataFrame:
    """The rows of the right that stand in the left; the n-th of equal rows of one stands for the n-th of the other."""
    import polars as pl

    first, later = (one.with_columns(pl.int_range(pl.len()).over(content).alias("nth")) for one in (left, right))
    return later.join(first, on=[*content, "nth"], how="semi", nulls_equal=True)


def _tells(table: str, common: Sequence[str]) -> bool:
    """Whether these columns say whose a row is or at what moment it was, and what it was about."""
    dated = TABLES[table].dated
    moment = dated in common and any(one.name == dated and one.kind is Kind.MOMENT for one in TABLES[table].columns)
    named = not TABLES[table].has_agents or any(name in common for name in AGENT_NAMES)
    return (moment or named) and bool(set(common) - {dated, *AGENT_NAMES})


def _mostly_equal(table: str, equal: int, of: int) -> bool:
    """Rows with a moment are seldom equal by chance, those of a day may well be: two answers, two small amounts."""
    column = TABLES[table].column(TABLES[table].dated or "")
    if column is not None and column.kind is Kind.MOMENT:
        return 0 < of <= 2 * equal
    all_but_one_in_five = equal >= _MOST_OF_DAYS and _MOST_OF_DAYS * equal >= (_MOST_OF_DAYS - 1) * of
    return equal == of > 1 or all_but_one_in_five


def _without(export: _Export, store: CanonicalStore) -> Brought:
    """The export as it counts, kept under a key of its own."""
    import polars as pl

    one, entry = export.one, export.entry
    if export.left_out:
        left_out = sorted(export.left_out)
        kept = export.frame().filter(~pl.col("at").is_in(left_out)).drop("at")
        gone = _rows_gone(export.frame().filter(pl.col("at").is_in(left_out)), kept)
        fates = tuple(each.moved(ELSEWHERE, gone.get(each.sheet, 0)) for each in entry.fates)
        count = sum(gone.values())
        found = Found(entry.accepted - count, entry.rejected + count, entry.problems, fates, entry.reading)
        key = parts_digest(str(_VERSION), entry.path.name, *map(str, left_out))
        entry = store.find(entry.table, key) or store.save_frame(entry.table, key, kept, found)
    return replace(one, entry=entry, problems=(*one.problems, *export.problems))


def _rows_gone(left_out: pl.DataFrame, kept: pl.DataFrame) -> dict[str, int]:
    """By sheet, how many rows of the export nothing is left of: one row of figures makes several."""
    import polars as pl

    rows = left_out.select(pl.col("source_sheet").fill_null(""), "source_row").unique()
    rest = kept.select(pl.col("source_sheet").fill_null(""), "source_row").unique()
    gone = rows.join(rest, on=["source_sheet", "source_row"], how="anti").group_by("source_sheet").len()
    return dict(gone.iter_rows())
