"""The form for the review meeting: who is in it, what may be filled in, and how it finds its way back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_from_string

from csctl.core.career.reviewed import ReviewedMonth
from csctl.sheets.rating_form import About
from csctl.sheets.review_book import review_book
from tests.core.career.review import APPROVED, JUNE, RECOMMENDED, people, team, view_of
from tests.core.career.test_reviewed import row_of


def about(language: str = "zh") -> About:
    """What stands at the top and in the hidden sheet."""
    return About(JUNE, "安心客服部", "晋升示例 1", "f" * 12, language)


def opened(view: ReviewedMonth | None = None, language: str = "zh") -> Any:
    """The form as a spreadsheet program sees it."""
    return openpyxl.load_workbook(io.BytesIO(review_book(view or view_of(team()), about(language))))


def hidden_rows(book: Any) -> list[list[str]]:
    """The hidden sheet's cells."""
    return [[cell or "" for cell in row] for row in book["_csctl"].iter_rows(values_only=True)]


def anchors(book: Any) -> list[dict[str, str]]:
    """The list of cells to fill in that the hidden sheet holds."""
    rows = hidden_rows(book)
    start = next(number for number, row in enumerate(rows) if row[0] == "question")
    return [dict(zip(rows[start], row, strict=False)) for row in rows[start + 1 :]]


def texts(book: Any) -> Iterator[str]:
    """Every text of the sheets people see."""
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield from (cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str))


def test_only_those_to_talk_about_have_a_sheet() -> None:
    """The summary first, then one for each candidate and each who needs a judgement."""
    view = view_of(team())
    wanted = {row.agent.agent_id for row in view.open_rows}
    book = opened(view)
    assert book.sheetnames[0] == "汇总"
    assert {name.split()[0] for name in book.sheetnames[1:-1]} == wanted
    assert (book.sheetnames[-1], book["_csctl"].sheet_state) == ("_csctl", "hidden")


def test_the_summary_has_one_line_for_each_step_candidates_first() -> None:
    """With verdict, what is open, and the case's state."""
    sheet = opened(view_of(team(), [RECOMMENDED, APPROVED]))["汇总"]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=4, values_only=True)]
    wanted = view_of(team())
    assert len(rows) == len(wanted.open_rows) + 1 + len(wanted.bare_steps)
    assert rows[0][:6] == ["ann", "name of ann", "初级", "晋升", "中级", "候选"]
    assert rows[0][7] == "已批准"
    assert rows[1][:6] == ["cat", "name of cat", "初级", "辞退", "–", "候选"]


def test_every_judged_condition_has_a_cell_that_names_its_question() -> None:
    """Answer and remark, unlocked; the answer is yes or no and nothing else. All other questions have none."""
    book = opened()
    found = anchors(book)
    bob = {(one["item"], one["part"]) for one in found if one["agent"] == "bob"}
    judged = row_of("bob", "to_middle").judged
    assert bob == {(item, part) for item in judged for part in ("value", "reason")}
    for one in found:
        sheet = book[one["sheet"]]
        assert not sheet[one["cell"]].protection.locked
        column, row = coordinate_from_string(one["cell"])
        assert sheet[f"A{row}"].value == one["label"]
        rules = [rule for rule in sheet.data_validations.dataValidation if one["cell"] in rule.sqref]
        assert [rule.formula1 for rule in rules] == (['"是,否"'] if one["part"] == "value" else [])
        assert column == ("E" if one["part"] == "value" else "F")


def test_a_name_says_the_same_as_the_hidden_sheet() -> None:
    """For programs that lose hidden sheets when they save."""
    book = opened()
    named = {name: defined.attr_text for name, defined in book.defined_names.items()}
    for one in anchors(book):
        column, row = coordinate_from_string(one["cell"])
        assert named[one["question"]] == f"'{one['sheet']}'!${column}${row}"


def test_the_hidden_sheet_says_whose_form_of_which_month_it_is() -> None:
    """A form of the panel, laid out as all other forms."""
    told = dict(row[:2] for row in hidden_rows(opened())[:9])
    assert told["kind"] == "rating-form"
    assert (told["month"], told["role"], told["rater"]) == ("2026-06", "panel", "评审会")
    assert (told["policy"], told["fingerprint"]) == ("晋升示例 1", "f" * 12)


def test_everything_else_is_locked() -> None:
    """Every sheet is protected, and no cell with a figure can be changed."""
    book = opened()
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        filled = [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
        assert all(cell.protection.locked for cell in filled)


def test_nothing_becomes_a_formula() -> None:
    """Names, labels and reasons stay text, whatever they begin with."""
    world = team()
    view = view_of(world)
    evil = "=1+1"
    rows = tuple(replace(row, agent=replace(row.agent, name=evil)) for row in view.rows)
    book = opened(replace(view, rows=rows, names=dict.fromkeys((one.agent_id for one in people(world)), evil)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell for cell in cells if cell.hyperlink] == []
    assert any(evil in text for text in texts(book))


def test_sheets_of_people_with_one_name_and_signs_in_it_stand_apart() -> None:
    """Titles are what a spreadsheet takes, and never the same."""
    view = view_of(team())
    rows = tuple(replace(row, agent=replace(row.agent, name="[a]:*?/\\" + "长" * 40)) for row in view.rows)
    names = opened(replace(view, rows=rows)).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_a_month_without_anybody_to_talk_about_says_so() -> None:
    """The summary alone."""
    view = view_of(team())
    book = opened(replace(view, rows=()))
    assert book.sheetnames == ["汇总", "_csctl"]
    assert "没有候选，也没有需要判断的人" in list(texts(book))
    assert anchors(book) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_review_gives_the_same_bytes(language: str) -> None:
    """On any day, in any order of rows that were assessed."""
    assert review_book(view_of(team()), about(language)) == review_book(view_of(team()), about(language))


def test_each_person_is_printed_on_one_page() -> None:
    """Upright, with the interview and the signatures; the list of everybody is as wide as the paper."""
    first, *people = opened().worksheets[:-1]
    assert people
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    for sheet in people:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        fitted = (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight)
        # A workbook does not write down what is usual: one page.
        assert fitted in ((True, 1), (True, None))


def test_fields_are_high_enough_to_be_filled_in_by_hand() -> None:
    """A third of an inch for a word or a name, twice that for a sentence."""
    seen = 0
    for sheet in opened().worksheets[1:-1]:
        for row in sheet.iter_rows():
            if any(not cell.protection.locked for cell in row):
                assert sheet.row_dimensions[row[0].row].height >= 24
                seen += 1
    assert seen > 10
