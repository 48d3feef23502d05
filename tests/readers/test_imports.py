"""Exports brought into the cache, and what is said of those that cannot be."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.source import Source
from csctl.readers.imports import WantedExport, bring_in
from csctl.store.canonical import CanonicalStore

REMARK = "file-text-named-workbook"


def _problems(folder: Path, name: str, content: str) -> tuple[Problem, ...]:
    path = folder / name
    path.write_text(content, "utf-8")
    wanted = WantedExport(path, name, Source(table="leave", files="*"), None)
    (brought,) = bring_in([wanted], CanonicalStore(folder / "cache"))
    return brought.problems


def test_that_a_workbook_is_text_is_said_as_an_error_only_where_it_cannot_be_used(tmp_path: Path) -> None:
    """A table in text is read whatever its name; of a letter called .xlsx the lead must hear what it is."""
    good = _problems(tmp_path, "good.xlsx", "姓名,请假类型,开始时间,结束时间\n王芳,事假,2026-10-01,2026-10-02\n")
    assert [(one.code, one.severity) for one in good if one.code == REMARK] == [(REMARK, Severity.NOTE)]
    letter = _problems(tmp_path, "letter.xlsx", "各位同事：\n请查收十月的数据。\n")
    assert (REMARK, Severity.ERROR) in [(one.code, one.severity) for one in letter]
    assert "columns-missing" in [one.code for one in letter]
    assert REMARK not in [one.code for one in _problems(tmp_path, "letter.csv", "各位同事：\n请查收十月的数据。\n")]


def test_nothing_is_said_of_the_cells_of_a_sheet_that_is_not_read(tmp_path: Path) -> None:
    """Not even where no row of the sheet that is read stands in the month."""
    book = openpyxl.Workbook()
    data = book.active
    assert data is not None
    data.title = "Data"
    for row in (("name", "date", "amount"), ("Ann", "2025-01-02", 10), ("Bob", "2025-01-03", 20)):
        data.append(row)
    assets = book.create_sheet("Assets")
    assets.append(("Picture", "Size"))
    assets.append(("Logo", "#VALUE!"))
    book.save(tmp_path / "orders.xlsx")
    wanted = WantedExport(tmp_path / "orders.xlsx", "orders.xlsx", Source(table="orders", files="*"), Month(2026, 10))
    (brought,) = bring_in([wanted], CanonicalStore(tmp_path / "cache"))
    assert {one.place.sheet for one in brought.problems} <= {"Data", ""}
    assert "sheets-not-read" in [one.code for one in brought.problems]
