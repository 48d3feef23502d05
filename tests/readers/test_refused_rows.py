"""Rows that cannot be read cost no more memory than rows that can, and are counted to the last one."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import polars as pl
import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping import tried
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.mapping.tried import spread
from csctl.readers.text_rows import TextRows

ROWS = 12_000
HEADER = ("会话编号", "客服工号", "开始时间", "满意度")


def _row(number: int, day: str, rest: tuple[Cell, ...] = ()) -> tuple[Cell, ...]:
    return (f"S{number:07}", f"K{number % 20:03}", day, "5", *rest)


SOUND = [_row(one, f"2026-10-05 09:{one // 60 % 60:02}:{one % 60:02}") for one in range(ROWS)]
UNREADABLE = [_row(one, f"some {one:05} or other day") for one in range(ROWS)]
EMPTY = [_row(one, "") for one in range(ROWS)]
LONG = [_row(one, "2026-10-05 09:30:00", ("x",) if one % 20 else ()) for one in range(ROWS)]


def _read(rows: list[tuple[Cell, ...]]) -> tuple[Imported, int]:
    """What became of the rows, and the bytes that reading them took at most beside the rows themselves."""
    source, _ = resolve_source(Source.model_validate({"table": "interactions", "files": "x"}))
    assert source is not None
    book = Book((Sheet("", [HEADER, *rows]),))
    tracemalloc.start()
    try:
        imported = import_book(book, source, "data/x.csv", Month(2026, 10))
        return imported, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def most_of_sound() -> int:
    """What sound rows take. Words and forms are loaded when they are first asked for, and belong to no rows."""
    for rows in (SOUND, UNREADABLE, EMPTY, LONG):
        _read(rows[:100])
    sound, most = _read(SOUND)
    assert (sound.accepted, sound.rejected) == (ROWS, 0)
    return most


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "refused"), [(UNREADABLE, ROWS), (EMPTY, ROWS), (LONG, ROWS - ROWS // 20)])
def test_a_file_of_refused_rows_takes_about_the_memory_of_a_sound_one(
    rows: list[tuple[Cell, ...]], refused: int, most_of_sound: int
) -> None:
    """Whatever is wrong with them, at most a quarter more; the error has their exact number."""
    imported, most = _read(rows)
    assert imported.rejected == refused
    assert [one.found for one in imported.problems if one.code == "most-rows-refused"] == [str(refused)]
    assert 4 * most < 5 * most_of_sound


MANY = 6_000


@pytest.fixture
def _tables_of_six_thousand_rows_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tried, "MANY", MANY)


def _text_rows(rows: list[tuple[str, ...]]) -> TextRows:
    names = [f"c{place}" for place in range(len(HEADER))]
    return TextRows(pl.DataFrame([HEADER, *rows], schema=names, orient="row"))


def _long(many: int, is_bad: Callable[[int], bool]) -> list[tuple[str, ...]]:
    """Rows of which those that are called bad hold no day."""
    return [
        (f"S{one:07}", f"K{one % 20:03}", f"2026-13-45 #{one}" if is_bad(one) else "2026-10-05 09:30:00", "5")
        for one in range(many)
    ]


def _imported(rows: Sequence[tuple[Cell, ...]], more: Mapping[str, object] | None = None) -> Imported:
    source, _ = resolve_source(Source.model_validate({"table": "interactions", "files": "x", **(more or {})}))
    assert source is not None
    return import_book(Book((Sheet("", rows),)), source, "data/x.csv", Month(2026, 10))


@pytest.mark.usefixtures("_tables_of_six_thousand_rows_are_long")
def test_a_long_table_of_which_hardly_a_row_can_be_read_is_left_after_a_look_all_over_it() -> None:
    """The same in the same file, be it kept by rows or by columns; and what is wrong is shown with its rows."""
    rows = _long(MANY, lambda one: one % 1000 > 0)
    by_row, by_column = _imported([HEADER, *rows]), _imported(_text_rows(rows))
    assert by_row.problems == by_column.problems
    warning, error = (one for one in by_row.problems if one.code in ("value-not-a-date", "tried-rows-refused"))
    looked_at = [at for at in spread(MANY) if at % 1000 > 0]
    assert error.found == f"{len(looked_at):,}"
    assert warning.place.row == looked_at[0] + 2
    assert warning.found[0] == f"2026-13-45 #{looked_at[0]}"
    assert (by_row.accepted, by_row.columns["started_at"]) == (0, [])


@pytest.mark.usefixtures("_tables_of_six_thousand_rows_are_long")
@pytest.mark.parametrize("bad", [lambda one: one % 2 == 1, lambda one: one >= MANY // 2, lambda one: one % 50 < 40])
def test_a_long_table_of_which_some_rows_can_be_read_is_read_to_its_end(bad: Callable[[int], bool]) -> None:
    """Alternating rows, the first half alone, runs: every row is looked at and counted."""
    rows = _long(MANY, bad)
    refused = sum(map(bad, range(MANY)))
    imported = _imported(_text_rows(rows))
    assert imported.rejected == refused
    assert imported.accepted == (0 if 2 * refused > MANY else MANY - refused)


@pytest.mark.usefixtures("_tables_of_six_thousand_rows_are_long")
def test_rows_that_the_source_does_not_want_are_reason_to_read_the_few_that_it_wants() -> None:
    """Most rows are of no interest, and those that are all lack a day: nothing is wrong with the file as a whole."""
    rows = [(*row[:3], "4" if at < MANY else "5") for at, row in enumerate(_long(3 * MANY, lambda _: True))]
    imported = _imported(_text_rows(rows), {"keep": {"满意度": ["4"]}})
    assert (imported.rejected, "tried-rows-refused" in {one.code for one in imported.problems}) == (MANY, False)


def test_the_rows_that_are_tried_are_all_over_the_table_and_in_step_with_nothing() -> None:
    """Of every period up to 100 and of every hundredth of the table about as many as chance would take."""
    looked_at = spread(500_000)
    assert 4_900 < len(looked_at) <= 5_000
    for period in range(2, 101):
        hits = Counter(at % period for at in looked_at)
        assert max(hits.values()) <= 2 * len(looked_at) / period
    hundredths = Counter(at * 100 // 500_000 for at in looked_at)
    assert 40 <= min(hundredths.values()) <= max(hundredths.values()) <= 60
