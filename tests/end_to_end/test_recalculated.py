"""Workbooks in a second spreadsheet program: every cell comes to the value csctl cached."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csctl.store.shipped import LIBRARIES, policy_names, policy_text
from tests.end_to_end.running import MONTH, csctl, outputs, record
from tests.libreoffice import convert

Cells = dict[tuple[str, str], Any]


def _cells(book: bytes, *, values: bool) -> Cells:
    """Every filled cell by sheet and address: as cached values, or with formulas as text."""
    loaded = openpyxl.load_workbook(io.BytesIO(book), data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in loaded
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _formulas(book: bytes) -> set[tuple[str, str]]:
    return {at for at, value in _cells(book, values=False).items() if isinstance(value, str) and value.startswith("=")}


def _moved(book: bytes, again: bytes) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The cells that a recalculation changed, errors, and formulas without a cached value."""
    cached, after = _cells(book, values=True), _cells(again, values=True)
    found = {at: (cached[at], after.get(at)) for at in cached if cached[at] != after.get(at)}
    found |= {at: ("no cached value", after.get(at)) for at in _formulas(book) if at not in cached}
    found |= {at: (cached.get(at), value) for at, value in after.items() if str(value).startswith("#")}
    # A formula that shows nothing is an empty text here and no cell there.
    return {at: pair for at, pair in found.items() if pair not in (("", None), (None, ""))}


@pytest.mark.slow
def test_recalculation_changes_no_cell_and_finds_no_error(sample: Path, tmp_path: Path) -> None:
    """pay.xlsx, scores.xlsx and two sheets, recalculated hard: equal in every cell, formulas among them."""
    written = outputs(sample)
    names = ("pay.xlsx", "scores.xlsx", "sheets/0003_陆小曼.xlsx", "sheets/0016_黄志强.xlsx")
    files = []
    for name in names:
        file = tmp_path / name.rpartition("/")[2]
        file.write_bytes(written[f"{MONTH}/{name}"])
        files.append(file)
    for name, again in zip(names, convert(files, "xlsx", tmp_path / "again"), strict=True):
        book = written[f"{MONTH}/{name}"]
        assert _formulas(book) if name in ("pay.xlsx", "scores.xlsx") else True
        assert _moved(book, again.read_bytes()) == {}, name


@pytest.mark.slow
@pytest.mark.parametrize("policy", [name for name in policy_names() if name not in LIBRARIES])
def test_the_books_of_every_shipped_plan_are_what_another_program_makes_of_their_formulas(
    policy: str, tmp_path: Path
) -> None:
    """pay.xlsx, where the plan pays, and scores.xlsx, on the plan's own example data, in its own language."""
    folder, language = tmp_path / "team", "en" if policy.endswith("-en") else "zh"
    assert csctl("init", folder, "--policy", policy, "--language", language).code == 0
    done = csctl("run", "-w", folder, "--json")
    assert (done.code, done.data["problems"]["errors"]) == (0, 0)
    written = {place.rpartition("/")[2]: book for place, book in outputs(folder).items()}
    names = [name for name in ("pay.xlsx", "scores.xlsx") if name in written]
    assert ("pay.xlsx" in names) == ("[pay." in (policy_text(policy.removesuffix("-en")) or ""))
    files = [tmp_path / name for name in names]
    for file in files:
        file.write_bytes(written[file.name])
    for name, again in zip(names, convert(files, "xlsx", tmp_path / "again"), strict=True):
        assert _formulas(written[name])
        assert _moved(written[name], again.read_bytes()) == {}, name


def test_a_cell_that_moves_is_seen() -> None:
    """Another value, one that is gone, an error, a formula that nobody worked out."""
    before, after = openpyxl.Workbook(), openpyxl.Workbook()
    for book, row in ((before, (1, 2, 3, "=1+1", "")), (after, (1, 3, None, "#REF!", None))):
        assert book.active is not None
        book.active.append(row)
    found = _moved(*(_saved(book) for book in (before, after)))
    assert {at for _, at in found} == {"B1", "C1", "D1"}


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_pay_of_the_record_stands_on_the_first_page(sample: Path) -> None:
    """As a cached number, so that a previewer that does not calculate shows it too."""
    book = openpyxl.load_workbook(io.BytesIO(outputs(sample)[f"{MONTH}/pay.xlsx"]), data_only=True)
    rows = {str(row[1]): row for row in book.worksheets[0].iter_rows(values_only=True)}
    for agent in record(sample)["scoreboard"]:
        assert rows[agent["agent_id"]][-1] == float(agent["pay"])
