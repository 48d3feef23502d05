"""The fates of a file's rows add up to the rows that another program counts in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import xlrd

from tests.end_to_end.running import MONTH, SAMPLE, csctl, record

PARTS = ("title", "header", "blank", "counted", "refused", "nobody", "not_employed")
DEMOS = sorted(path.name for path in Path("csctl/policies/demo").iterdir() if path.is_dir())


def _last(rows: list[bool]) -> int:
    """The last row that holds anything, from 1."""
    return max((number for number, filled in enumerate(rows, start=1) if filled), default=0)


def _text_rows(content: bytes) -> int:
    """Rows of a text file, those in quotation marks counted once."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    delimiter = max(",\t;", key=text.split("\n")[0].count)
    return _last([any(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)])


def counted_rows(path: Path) -> Mapping[str, int]:
    """How many rows each sheet has up to its last filled one, by openpyxl, xlrd or csv; a text file's sheet is ""."""
    content = path.read_bytes()
    if content[:2] == b"PK":
        book = openpyxl.load_workbook(path, data_only=True)
        rows = {
            sheet.title: [any(cell not in (None, "") for cell in row) for row in sheet.iter_rows(values_only=True)]
            for sheet in book.worksheets
        }
        book.close()
        return {name: _last(filled) for name, filled in rows.items()}
    if content[:4] == b"\xd0\xcf\x11\xe0":
        old = xlrd.open_workbook(file_contents=content)
        return {
            sheet.name: _last([any(cell != "" for cell in sheet.row_values(at)) for at in range(sheet.nrows)])
            for sheet in old.sheets()
        }
    return {"": _text_rows(content)}


def _prove(folder: Path, month: str, files: set[str]) -> None:
    coverage = record(folder, month)["coverage"]
    assert {one["file"] for one in coverage} == files
    for one in coverage:
        assert one["rows"] == counted_rows(folder / one["file"])[one["sheet"]], one
        assert sum(one[part] for part in PARTS) + sum(one["left_out"].values()) == one["rows"], one


def _files(folder: Path, month: str) -> set[str]:
    """What lies in the folder of the month, and beside the months."""
    found = [*(folder / "data" / month).iterdir(), *(folder / "data").iterdir()]
    return {path.relative_to(folder).as_posix() for path in found if path.is_file()}


def test_every_row_of_the_sample_has_one_fate(october: Path) -> None:
    """Text files, workbooks, and the old format, of the last month and the roster."""
    assert _files(october, MONTH) == _files(SAMPLE, MONTH)
    _prove(october, MONTH, _files(october, MONTH))


@pytest.mark.slow
@pytest.mark.parametrize("name", DEMOS)
def test_every_row_of_a_demo_has_one_fate(tmp_path: Path, name: str) -> None:
    """Each shipped policy's example data, in the form in which a new workspace has them."""
    folder = tmp_path / "ws"
    assert csctl("init", folder, "--policy", name).code == 0
    csctl("run", "-w", folder)
    (month,) = [path.name for path in (folder / "out").iterdir()]
    _prove(folder, month, _files(folder, month))
