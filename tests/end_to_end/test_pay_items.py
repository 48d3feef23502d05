"""One-off amounts from a file to the pay workbook: read under Chinese and English headers, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.running import MONTH, csctl
from tests.proofs import mostly_slow

SOURCE = '\n[[source]]\ntable = "pay_items"\nfiles = "data/{month}/pay_items.*"\noptional = true\n'
RULES = (
    '\n[[pay.manual]]\nid = "heat"\nlabel = "Heat"\nitems = ["高温补贴"]\n'
    '\n[[pay.manual]]\nid = "gear"\nlabel = "Equipment"\nitems = ["设备赔偿"]\ntakes = true\n'
)
CHINESE = ("工号", "姓名", "月份", "款项", "金额", "原因", "审批人")
ENGLISH = ("agent id", "agent name", "date", "pay item", "amount", "reason", "approved by")
ROWS = [
    ("6002", "顾晨", "2026-10-31", "高温补贴", "200", "仓库值班两天", "陆遥"),
    ("6003", "汪雨婷", "2026-10-31", "设备赔偿", "80.50", "耳机损坏", "陆遥"),
    ("6001", "沈佳宁", "2026-09-30", "高温补贴", "300", "上个月的", "陆遥"),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose policy knows one-off amounts."""
    made = tmp_path_factory.mktemp("items") / "team"
    assert csctl("init", made, "--policy", "ecommerce-pay").code == 0
    for name, more in (("csctl.toml", SOURCE), ("policy.toml", RULES)):
        (made / name).write_text((made / name).read_text("utf-8") + more, "utf-8")
    return made


def _written(workspace: Path, heads: Sequence[str], rows: Sequence[Sequence[str]], ending: str) -> None:
    for old in (workspace / "data" / MONTH).glob("pay_items.*"):
        old.unlink()
    path = workspace / "data" / MONTH / f"pay_items.{ending}"
    if ending == "csv":
        path.write_text("\n".join(map(",".join, [heads, *rows])) + "\n", "utf-8-sig")
        return
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(path)


def _lines(workspace: Path) -> list[tuple[str, str, str]]:
    record = json.loads((workspace / "out" / MONTH / "run.json").read_text("utf-8"))
    return [(one["agent_id"], one["line"], one["amount"]) for one in record["pay_lines"] if one["kind"] == "manual"]


@pytest.mark.parametrize(("heads", "ending"), mostly_slow([(CHINESE, "csv"), (ENGLISH, "xlsx")]))
def test_amounts_of_the_month_are_paid_and_taken_with_their_rows(
    heads: Sequence[str], ending: str, plain: Path
) -> None:
    """What is for September is not October's; explain names file, row, reason and approver."""
    _written(plain, heads, ROWS, ending)
    done = csctl("run", "-w", plain, "--month", MONTH)
    assert done.code == 0, done.err
    assert _lines(plain) == [("6002", "heat.1", "200.00"), ("6003", "gear.1", "-80.50")]
    told = csctl("explain", "6002", "heat.1", "-w", plain, "--month", MONTH)
    assert told.code == 0
    assert "仓库值班两天" in told.out
    assert "陆遥" in told.out
    assert f"pay_items.{ending}" in told.out.replace("\n", "")
    sheet = openpyxl.load_workbook(plain / "out" / MONTH / "pay.xlsx").worksheets[0]
    heads_shown = {str(cell.value) for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    assert "One-off" in heads_shown


@pytest.mark.slow
def test_a_row_without_reason_or_approver_is_refused_with_its_place(plain: Path) -> None:
    """And nothing of it is paid; the others are."""
    rows = [(*ROWS[0][:5], "", "陆遥"), (*ROWS[1][:5], "耳机损坏", ""), ROWS[0], (*ROWS[0][:4], "50", "加班", "陆遥")]
    _written(plain, CHINESE, rows, "csv")
    done = csctl("check", "-w", plain, "--month", MONTH)
    assert done.code == 1
    said = (done.out + done.err).replace("\n", " ")
    assert "原因" in said
    assert "审批人" in said
    assert "row 2" in said
    assert "row 3" in said
    assert csctl("run", "-w", plain, "--month", MONTH, "--quiet").code == 0
    assert _lines(plain) == [("6002", "heat.1", "200.00"), ("6002", "heat.2", "50.00")]


def test_why_there_is_none_is_said(plain: Path) -> None:
    """Somebody asks for what nobody entered."""
    _written(plain, CHINESE, ROWS, "csv")
    told = csctl("explain", "6001", "heat", "-w", plain, "--month", MONTH)
    assert told.code == 0
    assert "高温补贴" in told.out


def test_a_file_that_no_component_is_for_is_said(plain: Path, tmp_path: Path) -> None:
    """The amounts are named with what to write."""
    _written(plain, CHINESE, [(*ROWS[0][:3], "年终奖", "1000", "年终", "陆遥")], "csv")
    done = csctl("check", "-w", plain, "--month", MONTH)
    assert "年终奖" in done.out + done.err
    assert "1,000.00" in done.out + done.err
