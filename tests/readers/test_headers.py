"""Header texts made comparable, and tables found on sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.headers import normalise
from csctl.readers.columns.layout import find_layout, find_table, recogniser
from csctl.readers.columns.source import Source
from csctl.readers.grid import Cell, Sheet
from csctl.readers.mapping.sheets import best_table
from csctl.tables import TABLES

EQUAL = [
    ("平均响应时长（秒)", "平均响应时长", "seconds"),
    ("平均响应时长(分钟)", "平均响应时长", "minutes"),
    ("平均响应\n时长", "平均响应时长", ""),
    ("First reply time in minutes", "first reply time", "minutes"),
    ("First  Reply Time (in hrs)", "first reply time", "hours"),
    ("Resolution time (min)", "resolution time", "minutes"),
    ("迟到次数（次）", "迟到次数", "count"),
    ("询单转化率(%)", "询单转化率", "%"),
    ("销售额（元）", "销售额", "元"),
    ("Answered (Y/N)", "answered", "count"),
    ("1、您对服务满意吗？", "您对服务满意吗?", ""),
    ("12、请评分", "请评分", ""),
    ("3.5分以上", "3.5分以上", ""),
    ("聊天人数(原咨询人数)", "聊天人数(原咨询人数)", ""),
    ("三分钟回复率（人维度）", "三分钟回复率(人维度)", ""),
    ("首次響應時長", "首次响应时长", ""),
    ("帳號", "账号", ""),
    ("座席", "坐席", ""),
    ("agent_id", "agent id", ""),
    ("＊姓名：", "姓名", ""),
]


@pytest.mark.parametrize(("text", "key", "unit"), EQUAL)
def test_a_header_is_compared_by_its_name_and_gives_its_unit(text: str, key: str, unit: str) -> None:
    """Width, case, spaces, question numbers, traditional characters and units do not tell headers apart."""
    assert normalise(text) == (key, unit)


@given(st.text(alphabet="aB 秒(（)）[]时長帳_:*Ａ％/\n", max_size=15))
def test_normalising_twice_changes_nothing_in_a_header_without_unit(text: str) -> None:
    """Otherwise an alias and a header could miss each other."""
    key, unit = normalise(text)
    if not unit and not normalise(key)[1]:
        assert normalise(key) == (key, "")


def test_every_alias_of_a_table_means_one_column_or_an_agent() -> None:
    """Known pairs are told apart by unit or by the other headers; a new pair must be looked at."""
    shared: set[tuple[str, str]] = set()
    for table in TABLES.values():
        owners: dict[tuple[str, bool], str] = {}
        for column in table.columns:
            for name in {normalise(alias) for alias in column.aliases}:
                owner = owners.setdefault((name[0], bool(name[1])), column.name)
                if owner != column.name:
                    shared.add((table.name, name[0]))
    assert shared == {("roster", "旺旺昵称")}


def _sheet(*rows: tuple[Cell, ...], name: str = "考勤", merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    return Sheet(name, [tuple(row) for row in rows], merged=merged)


KNOWN = recogniser(["姓名", "工号", "日期", "迟到次数", "事假", "病假", "旺旺昵称"])


def test_the_header_row_is_found_below_titles_and_blank_rows() -> None:
    """The title names a period; the header names columns."""
    sheet = _sheet(("月度汇总 统计日期：2026-10-01",), (), ("姓名", "工号", "迟到次数"), ("王芳", "007", 1))
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert (layout.header_row, [header.text for header in layout.headers]) == (3, ["姓名", "工号", "迟到次数"])


def test_a_header_of_two_rows_is_joined_with_its_groups() -> None:
    """Names stand in the upper row where no group is above them."""
    sheet = _sheet(
        ("考勤月报",),
        ("姓名", "工号", "请假", None, "备注"),
        (None, None, "事假(小时)", "病假(小时)"),
        ("王芳", "007", 8, None, "x"),
    )
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert layout.header_row == 3
    assert [header.text for header in layout.headers] == ["姓名", "工号", "请假/事假(小时)", "请假/病假(小时)", "备注"]
    assert [header.unit for header in layout.headers] == ["", "", "hours", "hours", ""]


def test_merged_groups_reach_as_far_as_they_are_merged() -> None:
    """Cells merged downwards make two rows one header even if nothing below a group is known."""
    sheet = _sheet(
        ("姓名", "考勤结果", None, "备注"),
        (None, "1", "2", None),
        ("王芳", "正常", "迟到", "x"),
        merged=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)),
    )
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert layout.header_row == 2
    assert [header.path for header in layout.headers] == ["姓名", "考勤结果/1", "考勤结果/2", "备注"]


def test_groups_tell_columns_of_one_name_apart() -> None:
    """Two columns named 打卡时间 belong to two punches."""
    sheet = _sheet(
        ("日报",),
        ("基础信息", None, "上班1", "下班1"),
        ("姓名", "日期", "打卡时间", "打卡时间"),
        ("王芳", "2026/10/01", "09:00", "18:00"),
    )
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert [header.path for header in layout.headers][2:] == ["上班1/打卡时间", "下班1/打卡时间"]


def test_a_single_header_row_is_not_joined_with_its_data() -> None:
    """The first row of data may have blanks under known names."""
    sheet = _sheet(("姓名", "工号", "日期"), ("王芳", None, "2026-10-01"), ("李雷", "2", "2026-10-02"))
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert layout.header_row == 1


def test_of_two_tables_side_by_side_the_better_known_is_read() -> None:
    """A column without header and data lies between them; the other table is named."""
    sheet = _sheet(
        (None, "通话数据"),
        (None, "姓名", "工号", "日期", None, "城市", "姓名"),
        (None, "王芳", "1", "2026-10-01", None, "长沙", "x"),
    )
    layout = find_layout(sheet, KNOWN)
    assert layout is not None
    assert [header.column for header in layout.headers] == [1, 2, 3]
    assert layout.beside == ("城市", "姓名")


def test_the_sheet_with_the_best_headers_is_read_and_hidden_ones_last() -> None:
    """A hidden copy with more columns does not win."""
    front = _sheet(("说明",), name="说明")
    data = _sheet(("姓名", "工号"), ("王芳", "1"), name="数据")
    hidden = Sheet("旧", [("姓名", "工号", "日期"), ("王芳", "1", "2026-10-01")], hidden=True)
    names = ["姓名", "工号", "日期"]
    layouts = [layout for sheet in (front, hidden, data) if (layout := find_table(sheet, names))]
    assert best_table(layouts).sheet.name == "数据"
    assert best_table(layouts[:2]).sheet.name == "旧"


def test_a_given_header_row_is_taken_as_it_is() -> None:
    """The search would have found row 1."""
    sheet = _sheet(("姓名", "工号", "日期"), ("x",), ("姓名", "次数"), ("王芳", 2))
    layout = find_layout(sheet, KNOWN, header_row=3)
    assert layout is not None
    assert (layout.header_row, [header.text for header in layout.headers]) == (3, ["姓名", "次数"])


def test_column_rules_are_texts_or_tables() -> None:
    """A plain text is the short form of a rule."""
    source = Source.model_validate({"table": "orders", "files": "x", "columns": {"amount": "金额"}})
    assert source.columns["amount"].from_ == ("金额",)
