"""A Parquet file, or a folder of them, is read as the same rows in a text file are."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from csctl.month import Month
from csctl.problems import Place
from csctl.readers.columns.source import Source
from csctl.readers.imports import WantedExport, bring_in
from csctl.readers.opening.books import BookReader
from csctl.readers.opening.parquet import read_parquet
from csctl.store.canonical import CanonicalStore
from csctl.workspace import source_files, workspace_of

OCTOBER = Month(2026, 10)
COLUMNS = {"agent_id": "工号", "date": "日期", "topic": "主题", "amount": "金额", "order_id": "单号"}
ROWS = [
    ("0001", date(2026, 10, 1), "退\n款", Decimal("12.50"), "a1"),
    ("0002", date(2026, 10, 2), None, Decimal("1.20"), "a2"),
    ("0001", date(2026, 10, 31), " 换货,“急” ", Decimal("0.05"), "a3"),
]


def written(path: Path) -> Path:
    """The rows as Parquet, with typed columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(ROWS, schema=list(COLUMNS.values()), orient="row").write_parquet(path)
    return path


def brought(folder: Path, path: Path) -> list[dict[str, object]]:
    """The canonical rows that a file comes to, without where they stood."""
    source = Source.model_validate({"table": "orders", "files": path.name, "columns": {
        name: header for name, header in COLUMNS.items() if name != "topic"
    }})  # fmt: skip
    (one,) = bring_in([WantedExport(path, path.name, source, OCTOBER)], CanonicalStore(folder / "cache"))
    assert one.entry is not None, one.problems
    return pl.read_parquet(one.entry.path).drop("source_file").to_dicts()


def test_parquet_comes_to_the_rows_of_the_same_csv(tmp_path: Path) -> None:
    """The same columns, mapped by the same lines, whatever the file is; rows are numbered alike."""
    plain = tmp_path / "orders.csv"
    pl.DataFrame(ROWS, schema=list(COLUMNS.values()), orient="row").write_csv(plain)
    found = brought(tmp_path, written(tmp_path / "orders.parquet"))
    assert found == brought(tmp_path, plain)
    assert [row["amount"] for row in found] == [Decimal("12.50"), Decimal("1.20"), Decimal("0.05")]


def test_cells_are_what_the_file_holds(tmp_path: Path) -> None:
    """Texts with a line's end, Chinese, decimals, a moment with its zone as text with its offset; no NaN."""
    frame = pl.DataFrame({
        "text": ["退\n款", None],
        "money": pl.Series([Decimal("1.20"), None], dtype=pl.Decimal(18, 2)),
        "share": [0.5, float("nan")],
        "at": [datetime(2026, 10, 1, 8, 30), None],  # noqa: DTZ001  exports carry local time
        "zoned": pl.Series([datetime(2026, 10, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), None]),
        "yes": [True, None],
        "last": [7, 8],
    })  # fmt: skip
    frame.write_parquet(tmp_path / "a.csv")  # its name says nothing
    with BookReader() as reader:
        book, problems = reader.read(tmp_path / "a.csv", "a.csv")
    assert book is not None
    head, first, second = book.sheets[0].rows
    assert head == ("text", "money", "share", "at", "zoned", "yes", "last")
    moment = datetime(2026, 10, 1, 8, 30)  # noqa: DTZ001
    assert first == ("退\n款", Decimal("1.20"), 0.5, moment, "2026-10-01 08:30:00+08:00", True, 7)
    assert second == (None, None, None, None, None, None, 8)
    assert problems == []


def test_what_is_no_cell_is_left_out_and_said(tmp_path: Path) -> None:
    """Lists and bytes; a row with a control character, as of a text file."""
    frame = pl.DataFrame({"a": ["x", "y\u0007"], "tags": [["p"], ["q"]], "raw": [b"1", b"2"]})
    frame.write_parquet(tmp_path / "a.parquet")
    book, problems = read_parquet(tmp_path / "a.parquet", Place("a.parquet"))
    assert book is not None
    assert list(book.sheets[0].rows) == [("a",), ("x",), ()]
    assert [(one.code, one.found, one.place.row) for one in problems] == [
        ("parquet-columns-left-out", ("tags", "raw"), None),
        ("control-character", "U+0007", 3),
    ]


def test_a_damaged_file_and_one_that_unpacks_too_far_are_refused(tmp_path: Path) -> None:
    """Half a file; and one of more cells than are read at once."""
    whole = written(tmp_path / "a.parquet").read_bytes()
    (tmp_path / "half.parquet").write_bytes(whole[: len(whole) // 2])
    with BookReader() as reader:
        half, said = reader.read(tmp_path / "half.parquet", "half.parquet")
    assert (half, [one.code for one in said]) == (None, ["parquet-damaged"])
    much, said = read_parquet(tmp_path / "a.parquet", Place("a.parquet"), most=14)
    assert (much, [(one.code, one.found) for one in said]) == (None, [("parquet-too-long", "3 × 5")])


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_folders_as_other_programs_lay_them_out_are_one_source(ending: str, tmp_path: Path) -> None:
    """``month=2026-10/part-….``: the parts of a month, and not those of another."""
    for name in ("month=2026-10/part-0", "month=2026-10/part-1", "month=2026-09/part-0"):
        written(tmp_path / f"calls/{name}.{ending}")
    text = f"""
name = "t"
policy = "hotline"
[[source]]
table = "roster"
files = "roster.csv"
[[source]]
table = "orders"
files = "calls/month={{month}}/*.{ending}"
"""
    workspace, problems = workspace_of(tmp_path, text)
    assert workspace is not None, problems
    found = source_files(workspace, workspace.sources[1], OCTOBER)
    assert [one.shown_as for one in found] == [f"calls/month=2026-10/part-{part}.{ending}" for part in (0, 1)]
