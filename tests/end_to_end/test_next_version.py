"""``csctl check`` of a month whose exports come from a vendor's next version: each source is said once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.running import MONTH, SAMPLE, csctl
from tests.readers.generated.drifted import (
    RENAMED,
    change_units,
    drop_column,
    drop_rows,
    empty_cells,
    rename_columns,
)

BEFORE = "2026-09"
CHATS, CALLS, ORDERS, EXAMS = "在线会话_2026-10.csv", "热线通话_2026-10.xlsx", "订单_2026-10.csv", "考试成绩.xlsx"


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's last two months, brought in; not to be changed."""
    folder = tmp_path_factory.mktemp("two") / "ws"
    older = [path.name for path in (SAMPLE / "data").iterdir() if path.is_dir() and path.name not in (BEFORE, MONTH)]
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("out", ".csctl", *older))
    assert _changed(folder) == {}
    return folder


@pytest.fixture
def sample(read_once: Path, tmp_path: Path) -> Path:
    """A copy to change at will."""
    return Path(shutil.copytree(read_once, tmp_path / "ws"))


def _changed(folder: Path) -> dict[str, str]:
    """What is said to be otherwise, by file; no file has two such lines."""
    done = csctl("check", "-w", folder, "--month", MONTH, "--json")
    said = [one for one in done.data["problems"]["list"] if one["code"] == "source-changed"]
    found = {Path(one["file"]).name: one["text"] for one in said}
    assert len(found) == len(said)
    return found


def _change(folder: Path, change: Callable[[Path], object], *names: str) -> dict[str, str]:
    for name in names:
        change(folder / "data" / MONTH / name)
    found = _changed(folder)
    assert set(found) == set(names)
    return found


@pytest.mark.slow
def test_renamed_headers_are_said_even_if_nothing_can_be_read_any_more(sample: Path) -> None:
    """The files cannot be used: the warning is an error, and stands on the screen beside what is missing."""
    found = _change(sample, rename_columns, CHATS, CALLS, ORDERS, EXAMS)
    assert f"接待组 → {RENAMED}接待组" in found[CHATS]
    assert f"坐席工号 → {RENAMED}坐席工号" in found[CALLS]
    assert f"净销售额 → {RENAMED}净销售额" in found[ORDERS]
    assert f"成绩 → {RENAMED}成绩" in found[EXAMS]
    shown = csctl("check", "-w", sample, "--month", MONTH)
    assert shown.code == 2
    assert f"接待组 → {RENAMED}接待组" in shown.err


@pytest.mark.slow
def test_other_units_are_said(sample: Path) -> None:
    """Named in headers or in the cells themselves; what they mean is the same as before."""
    found = _change(sample, change_units, CHATS, CALLS, ORDERS)
    assert "排队时长(秒) → 排队时长(分钟) (seconds → minutes)" in found[CHATS]
    assert "接听用时: 秒 → 分钟" in found[CALLS]
    assert "净销售额: 元 → 万元" in found[ORDERS]


@pytest.mark.slow
def test_units_that_nobody_names_are_said(sample: Path) -> None:
    """Minutes that look like seconds, ten thousands that look like yuan: the middle value tells."""
    found = _change(sample, lambda path: change_units(path, said=False), CHATS, CALLS, ORDERS)
    assert "排队时长: 10 s → 0.217 s" in found[CHATS]
    assert "接听用时: 13 s → 0.183 s" in found[CALLS]
    assert "净销售额: 298 → 0.03" in found[ORDERS]


@pytest.mark.slow
def test_a_column_that_is_gone_is_said(sample: Path) -> None:
    """Of a text file and of a workbook."""
    found = _change(sample, lambda path: drop_column(path, "咨询分类"), CHATS)
    assert "咨询分类 → —" in found[CHATS]
    drop_column(sample / "data" / MONTH / CALLS, "业务类型")
    assert "业务类型 → —" in _changed(sample)[CALLS]


@pytest.mark.slow
def test_fewer_rows_and_emptier_cells_are_said(sample: Path) -> None:
    """Every third row; every second cell. Both sides stand there, and one line says both."""
    found = _change(sample, lambda path: drop_rows(path, 3), CHATS, CALLS)
    assert "行数 446 → 143" in found[CHATS]
    assert "行数 427 → 110" in found[CALLS]
    empty_cells(sample / "data" / MONTH / CHATS, "会话时长")
    both = _changed(sample)[CHATS]
    assert "行数 446 → 143" in both
    assert "会话时长: 4% → 5" in both
