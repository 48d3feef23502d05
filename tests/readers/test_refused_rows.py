"""Rows that cannot be read cost no more memory than rows that can, and are counted to the last one."""

from __future__ import annotations

import tracemalloc

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

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


@pytest.mark.parametrize(("rows", "refused"), [(UNREADABLE, ROWS), (EMPTY, ROWS), (LONG, ROWS - ROWS // 20)])
def test_a_file_of_refused_rows_takes_about_the_memory_of_a_sound_one(
    rows: list[tuple[Cell, ...]], refused: int
) -> None:
    """Whatever is wrong with them, at most a quarter more; the error has their exact number."""
    imported, most = _read(rows)
    sound, most_of_sound = _read(SOUND)
    assert (sound.accepted, sound.rejected) == (ROWS, 0)
    assert imported.rejected == refused
    assert [one.found for one in imported.problems if one.code == "most-rows-refused"] == [str(refused)]
    assert 4 * most < 5 * most_of_sound
