"""A company's own form: what its labels propose, which cells are left alone, and what the copy keeps."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from csctl.sheets.form_adopt import proposed_for, with_placeholders
from csctl.sheets.form_propose import Proposal
from tests.sheets.month import POLICY, month_result
from tests.sheets.one_alone import fill_form


def form(draw: Callable[[Worksheet], None], framed: str = "A1:F16") -> bytes:
    """A workbook of one framed sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "考核表"
    line = Side("thin")
    for row in sheet[framed]:
        for cell in row:
            cell.border = Border(line, line, line, line)
    draw(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of_rows(*rows: Sequence[str | None]) -> bytes:
    """A form with these texts from A1 on."""

    def draw(sheet: Worksheet) -> None:
        for number, texts in enumerate(rows, start=1):
            for column, text in enumerate(texts, start=1):
                sheet.cell(number, column).value = text

    return form(draw)


def found(content: bytes) -> list[Proposal]:
    """All proposals of a form."""
    proposals, problems = proposed_for(content, POLICY, "zh")
    assert problems == []
    return proposals


def places(content: bytes) -> dict[str, str]:
    """What is proposed for each cell."""
    return {one.cell: one.text for one in found(content)}


@pytest.mark.parametrize(
    "label",
    ["员工姓名", "姓　名：", "姓 名", "員工姓名:", "Employee name", "EMPLOYEE NAME :", "姓名/Name", "姓名 Name",
     "姓名\nName", "姓名（Name）", "*姓名"],
)  # fmt: skip
def test_a_label_is_known_however_it_is_written(label: str) -> None:
    """With colons of either width, spaces between its characters, in traditional characters, in two languages."""
    assert places(of_rows([label])) == {"B1": "{{agent.name}}"}


@pytest.mark.parametrize("label", ["姓名清单", "员工签字：", "Names of all", "姓名/电话", "姓名（签字）", "名"])
def test_what_is_no_label_proposes_nothing(label: str) -> None:
    """A text that only holds a known word is about something else."""
    assert places(of_rows([label])) == {}


def test_the_cell_right_of_a_label_over_merged_cells() -> None:
    """Label and field merged, side by side: the field's first cell."""

    def draw(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:B3")
        sheet.merge_cells("C2:F3")
        sheet["A2"] = "部门"

    assert places(form(draw)) == {"C2": "{{agent.group}}"}


def test_labels_side_by_side_are_the_heads_of_the_cells_below() -> None:
    """The last of them has a free cell to its right, and still its own is below."""
    assert places(of_rows(["姓名", "工号", "部门"], [])) == {
        "A2": "{{agent.name}}", "B2": "{{agent.id}}", "C2": "{{agent.group}}"
    }  # fmt: skip


def test_a_cell_that_holds_something_is_left_alone() -> None:
    """A label whose cells are taken proposes nothing; a line to write on is free."""
    assert places(of_rows(["姓名", "张三"], ["工号", "______"], ["部门", "{{agent.group}}"])) == {"B2": "{{agent.id}}"}


def test_what_a_form_shows_already_is_not_proposed_again() -> None:
    """A template that was made of a form has nothing left to propose, wherever else a cell is free."""
    rows = of_rows(["指标名称", "实际值", "得分"], [], ["最终得分"], ["姓名"])
    copy = with_placeholders(rows, {("考核表", one.cell): one.text for one in found(rows)})
    assert found(copy) == []


def test_lines_to_write_on_within_a_cell_are_replaced_there() -> None:
    """Several labels in one cell; what is not known keeps its line, and a sentence is no label."""
    rows = of_rows(["姓名：____  部门：______ 考核月份：____  制表人：____"], ["说明：以下各项由上级填写。"])
    assert places(rows) == {"A1": "姓名：{{agent.name}}　部门：{{agent.group}}　考核月份：{{month}}　制表人：____"}


def test_what_is_written_by_hand_where_no_form_came_back_keeps_its_line() -> None:
    """The interview: printed if it was collected, else there is room to write."""
    rows = of_rows(["面谈人：____ 工号：____"])
    assert places(rows) == {"A1": "面谈人：{{interview.interviewer}}____　工号：{{agent.id}}"}


def test_rows_that_name_indicators_are_filled_below_their_heads() -> None:
    """By the policy's own names; a head that is not known and cells with a text are left alone."""
    rows = of_rows(
        ["考核指标", "权重", "目标值", "实际值", "得分", "负责人"],
        ["客户满意度评分", "40%"],
        ["业务考试"],
        ["不在制度里的指标"],
        ["合计"],
        ["最终得分"],
    )
    assert places(rows) == {
        "C2": "{{line.csat.target}}", "D2": "{{line.csat.shown}}", "E2": "{{line.csat.contribution}}",
        "B3": "{{line.exam.weight}}", "C3": "{{line.exam.target}}", "D3": "{{line.exam.shown}}",
        "E3": "{{line.exam.contribution}}", "E6": "{{score.total}}",
    }  # fmt: skip


def test_one_empty_row_below_the_heads_is_the_row_that_repeats() -> None:
    """As the shipped generic sheet has it."""
    rows = of_rows(["指标名称", "实际值", "得分"], [None, None, None], ["最终得分"])
    assert places(rows) == {
        "A2": "{{each.label}}", "B2": "{{each.shown}}", "C2": "{{each.contribution}}", "C3": "{{score.total}}"
    }  # fmt: skip


def test_empty_rows_enough_for_all_get_an_indicator_each() -> None:
    """In the policy's order; a row too many stays empty."""
    rows = of_rows(["Indicator", "Actual", "Score"], [], [], [], [], ["Final score"])
    proposed = places(rows)
    assert [proposed[f"A{row}"] for row in (2, 3, 4)] == [
        f"{{{{line.{one}.label}}}}" for one in ("csat", "exam", "response")
    ]
    assert "A5" not in proposed


def test_a_label_with_two_meanings_is_a_doubt_unless_the_form_settles_it() -> None:
    """等级 is the grade or the level; beside a cell for the level it is the grade."""
    [doubt] = found(of_rows(["等级"]))
    assert (doubt.text, set(doubt.choices)) == ("", {"agent.level", "score.grade"})
    assert places(of_rows(["职级", None, "等级"])) == {"B1": "{{agent.level}}", "D1": "{{score.grade}}"}


def test_a_cell_named_as_a_label_is_proposed_too() -> None:
    """Names of Excel in either language, of a merged cell as well; a name that is a placeholder is filled as it is."""

    def draw(sheet: Worksheet) -> None:
        sheet.merge_cells("B3:D3")
        book = sheet.parent
        assert book
        for name, cells in (
            ("员工姓名", "$B$3:$D$3"),
            ("Final_score", "$B$4"),
            ("score_grade", "$B$5"),
            ("备注", "$A$1:$B$9"),
        ):
            book.defined_names.add(DefinedName(name, attr_text=f"'考核表'!{cells}"))

    assert places(form(draw)) == {"B3": "{{agent.name}}", "B4": "{{score.total}}"}


def test_the_copy_keeps_merges_looks_and_widths_and_is_filled() -> None:
    """What the form looks like, and then somebody's figures in it."""

    def draw(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet["A1"] = "客服绩效考核表"
        sheet["A1"].font = Font(bold=True, size=18)
        sheet["A2"], sheet["C2"], sheet["A3"] = "姓　名：", "最终得分", "考核周期"
        sheet.merge_cells("B3:D3")
        sheet["D2"].number_format = "0.0"
        sheet.column_dimensions["A"].width = 23

    own = form(draw)
    copy = with_placeholders(own, {("考核表", one.cell): one.text for one in found(own)})
    book, problems = fill_form(copy, month_result(), "007", "zh")
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert problems == []
    assert [sheet[at].value for at in ("B2", "D2", "B3")] == ["王小明", 95, "2026-10"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:F1", "B3:D3"]
    assert (sheet["A1"].font.b, sheet["A1"].font.sz, sheet["D2"].number_format) == (True, 18, "0.0")
    assert (sheet.column_dimensions["A"].width, sheet["F16"].border.left.style) == (23, "thin")


def test_the_same_form_gives_the_same_copy() -> None:
    """No clock gets into it."""
    own = of_rows(["姓名"])
    chosen = {("考核表", "B1"): "{{agent.name}}"}
    assert with_placeholders(own, chosen) == with_placeholders(own, chosen)
