"""The next version of an export is made from the sample, and holds what it says."""

from __future__ import annotations

import shutil
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.books import BookReader
from tests.end_to_end.running import MONTH, SAMPLE
from tests.readers.generated.drifted import (
    change_units,
    drop_column,
    drop_rows,
    each_export,
    empty_cells,
    rename_columns,
)
from tests.readers.generated.plan import MONTH as OCTOBER

CHATS, CALLS, ORDERS = "在线会话_2026-10.csv", "热线通话_2026-10.xlsx", "订单_2026-10.csv"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A copy of the sample's last month."""
    return Path(shutil.copytree(SAMPLE / "data" / MONTH, tmp_path / MONTH))


def _imported(path: Path) -> Imported:
    config = tomllib.loads((SAMPLE / "csctl.toml").read_text("utf-8"), parse_float=Decimal)
    said: dict[str, Any] = next(one for one in config["source"] if Path(one["files"]).name.split("*")[0] in path.name)
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    with BookReader(workers=1) as reader:
        book, problems = reader.read(path, path.name)
    assert book is not None, problems
    return import_book(book, source, path.name, OCTOBER)


@pytest.mark.parametrize("name", [CHATS, CALLS, ORDERS])
def test_an_export_in_other_units_that_it_names_holds_the_same_facts(month: Path, name: str) -> None:
    """Minutes for seconds and ten thousands of yuan for yuan, in headers and cells."""
    before = _imported(month / name)
    assert change_units(month / name)
    assert _imported(month / name).columns == before.columns


def test_renamed_headers_are_nobody_s(month: Path) -> None:
    """No column is found any more under its old name."""
    for path in each_export(month):
        renamed = rename_columns(path)
        assert len(renamed) > 3, path
    assert {problem.code for problem in _imported(month / ORDERS).problems} >= {"columns-missing"}


def test_what_is_taken_out_is_gone_and_the_rest_is_as_it_was(month: Path) -> None:
    """A column, some cells, some rows."""
    before = _imported(month / CHATS)
    drop_column(month / CHATS, "咨询分类")
    after = _imported(month / CHATS)
    assert set(after.columns["topic"]) == {None} != set(before.columns["topic"])
    assert {name for name in before.columns if before.columns[name] != after.columns[name]} == {"topic"}
    emptied = empty_cells(month / CHATS, "会话时长")
    known, missing = (one.columns["talk_seconds"].count(None) for one in (before, _imported(month / CHATS)))
    assert known + emptied // 2 < missing <= known + emptied  # some held a mark of nothing
    left = drop_rows(month / CALLS)
    assert left - 2 <= _imported(month / CALLS).accepted <= left
