"""Forms as workbooks: open where something is asked, closed everywhere else, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from csctl.core.forms.log import Noted
from csctl.core.forms.model import Form, slots_of
from csctl.core.forms.plan import forms_for
from csctl.sheets.anchors import HIDDEN
from csctl.sheets.rating_form import About, sheet_titles
from csctl.sheets.rating_form_write import form_book
from tests.core.forms.desk import desk, people
from tests.workbench import OCTOBER

ABOUT = About(OCTOBER, "考核表", "测试 1", "f" * 64, "zh")


def forms() -> list[Form]:
    """A form of each kind."""
    given = desk(panel=["钱主任"])
    return forms_for(given, ("self", "superior", "panel", "appeal"))


def opened(form: Form) -> Workbook:
    """The form's workbook."""
    return openpyxl.load_workbook(io.BytesIO(form_book(form, ABOUT)))


def anchors(book: Workbook) -> Iterator[tuple[str, ...]]:
    """The hidden sheet's list of open cells."""
    rows = [tuple(str(cell or "") for cell in row[:7]) for row in book[HIDDEN].iter_rows(values_only=True)]
    start = next(index for index, row in enumerate(rows) if row[0] == "question")
    return iter([row for row in rows[start + 1 :] if row[0]])


def test_the_same_form_has_the_same_bytes() -> None:
    """Nothing depends on the moment."""
    assert [form_book(one, ABOUT) for one in forms()] == [form_book(one, ABOUT) for one in forms()]


@pytest.mark.parametrize("form", forms(), ids=lambda form: f"{form.role} {form.rater}")
def test_cells_that_ask_are_open_and_all_others_closed(form: Form) -> None:
    """Every sheet is protected; exactly the listed cells are not; each has a name of its own."""
    book = opened(form)
    listed = {(sheet, cell) for _, _, _, _, sheet, cell, _ in anchors(book)}
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and cell.coordinate not in covered(sheet)
    }
    assert open_cells == listed
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    names = book.defined_names.items()
    named = {(name, str(defined.attr_text).replace("'", "").replace("$", "")) for name, defined in names}
    assert named == {(name, f"{sheet}!{cell}") for name, _, _, _, sheet, cell, _ in anchors(book)}
    assert len(listed) == sum(len(slots_of(page)) for page in form.pages)


def covered(sheet: Worksheet) -> set[str]:
    """Cells of a merged range but the first."""
    inside = [(row, column) for one in sheet.merged_cells.ranges for row, column in list(one.cells)[1:]]
    return {f"{get_column_letter(column)}{row}" for row, column in inside}


def test_the_program_that_fills_it_in_refuses_what_cannot_be() -> None:
    """Lists for levels and marks, bounds for points, days for days; each says what may be written."""
    book = opened(forms()[2])
    rules = {str(rule.sqref): rule for rule in book["0002 王芳"].data_validations.dataValidation}
    by_item = {(item, part): cell for _, who, item, part, _, cell, _ in anchors(book) if who == "0002"}
    level, points, mark, day = (
        rules[by_item[item, "value"]] for item in ("沟通技巧", "小组协助", "O1 守规", "interview-date")
    )
    assert (level.type, level.formula1) == ("list", '"优秀,良好,不合格"')
    assert (points.type, points.formula1, points.formula2) == ("decimal", "0", "30")
    assert mark.formula1 == '"+,-,0"'
    assert day.type == "date"
    assert all(rule.prompt and rule.error and rule.showErrorMessage for rule in (level, points, mark, day))
    assert not rules[by_item["总结深度", "value"]].showErrorMessage


def test_a_list_too_long_for_a_cell_stands_on_the_hidden_sheet() -> None:
    """Spreadsheets take 255 characters, and a comma would split a choice in two."""
    given = desk()
    many = [one.model_copy(update={"label": f"{one.label}, {'很' * 60}"}) for one in given.policy.adjustment]
    longer = given.policy.model_copy(update={"adjustment": many})
    [form] = forms_for(replace(given, policy=longer, agents=people()[1:2]), ("appeal",))
    book = opened(form)
    rule = next(one for one in book["0002 王芳"].data_validations.dataValidation if one.type == "list")
    sheet, _, cells = str(rule.formula1).partition("!")
    assert sheet.strip("'") == HIDDEN
    assert [row[0].value for row in book[HIDDEN][cells.replace("$", "")]][-1] == many[-1].label


def test_names_and_month_are_filled_in_and_figures_shown() -> None:
    """Whoever fills it in sees whom it is about, and what the data say."""
    sheet = opened(forms()[2])["0002 王芳"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"王芳", "0002", "2026-10", "方静", "上级", "92.5分", "＋ 劝导他人\n－ 违反规章"} <= texts
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.freeze_panes) == (9, 0, "A6")


def test_no_text_becomes_a_formula() -> None:
    """A name may begin as it likes."""
    agents = [replace(people()[1], name='=HYPERLINK("http://x","y")', group="+1", supervisor="@SUM(A1)")]
    for form in forms_for(desk(agents=agents), ("self", "superior", "appeal")):
        content = form_book(form, ABOUT)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            pages = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in page for page in pages)


def test_sheets_get_names_that_spreadsheets_take() -> None:
    """Without their signs, at most 31 characters, never the same twice whatever the case."""
    titles = sheet_titles(["0001 a/b:c", "0001 A-B-C", "x" * 40, "x" * 50, "", "[]'"])
    assert titles[:2] == ["0001 a-b-c", "0001 A-B-C 2"]
    assert all(0 < len(title) <= 31 for title in titles)
    assert len({title.casefold() for title in titles}) == len(titles)


def test_the_log_of_the_month_stands_on_the_superiors_page_locked() -> None:
    """Day, what and where, each in a cell that is closed."""
    notes = {"0002": [Noted("10-05", "顶班", "2", False, "排班表")]}
    form = next(one for one in forms_for(desk(notes=notes), ("superior",)) if one.rater == "方静")
    sheet = opened(form)["0002 王芳"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "10-05"]
    assert [sheet.cell(row, column).value for column in (2, 4)] == ["顶班 × 2", "排班表"]
    assert all(sheet.cell(row, column).protection.locked for column in (1, 2, 4))
    assert sheet.cell(row - 1, 1).value == "本月记录（供参考，不用填）"


def test_a_form_of_rows_to_be_written_in_stands_on_one_page_and_has_its_heads_on_any_other() -> None:
    """Thirty rows of a quality review lie on one sheet of paper; the heads of an inspection are those of its rows."""
    for form in forms_for(desk(), ("inspection", "quality")):
        for sheet in opened(form).worksheets[1:-1]:
            heads = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "序号")
            assert sheet.print_title_rows == f"${heads}:${heads}"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight in (1, None)
