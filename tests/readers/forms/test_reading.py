"""Forms that come back: found again whatever happened to the file, read cell by cell, and never guessed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from csctl.core.forms.model import ROLES, Role
from csctl.core.forms.plan import FormInput, forms_for, page_for
from csctl.problems import Severity
from csctl.readers.forms.reading import ExpectedForms, Returned, read_form
from csctl.readers.opening.books import BookReader
from csctl.sheets.anchors import HIDDEN
from csctl.sheets.rating_form import About
from csctl.sheets.rating_form_write import form_book
from tests.core.forms.desk import desk, people
from tests.workbench import OCTOBER

ABOUT = About(OCTOBER, "考核表", "测试 1", "print", "zh")
Change = Callable[[Workbook], None]
Answers = dict[tuple[str, str, str], str | float | date]
"""Answers by agent, item and part."""


@cache
def blank(role: Role) -> bytes:
    """The first form of a role as it is sent."""
    return form_book(forms_for(desk(), (role,))[0], ABOUT)


def expected(given: FormInput) -> ExpectedForms:
    """All pages that may come back."""
    pages = {(str(role), one.agent_id): page_for(given, one, role) for role in ROLES for one in given.agents}
    return ExpectedForms(str(given.month), "print", pages)


@pytest.fixture(scope="module")
def reader() -> Iterator[BookReader]:
    """One reading process for all."""
    with BookReader(workers=1) as made:
        yield made


class Desk:
    """Fills forms in as a person would, and reads them back."""

    def __init__(self, reader: BookReader, folder: Path) -> None:
        self.reader = reader
        self.file = folder / "form.xlsx"

    def filled(self, role: Role, answers: Answers) -> Workbook:
        """The first form of a role with answers by agent, item and part."""
        book = openpyxl.load_workbook(io.BytesIO(blank(role)))
        cells = {row[1:4]: (row[4], row[5]) for row in book[HIDDEN].iter_rows(values_only=True)}
        for question, answer in answers.items():
            sheet, name = cells[question]
            cell = book[str(sheet)][str(name)]
            cell.value = answer
            cell.data_type = "s" if isinstance(answer, str) else cell.data_type
        return book

    def back(self, book: Workbook, *, file: str = "form.xlsx", given: FormInput | None = None) -> Returned:
        """What is read of it."""
        book.save(self.file)
        read, problems = self.reader.read(self.file, file)
        assert read is not None
        assert all(one.severity is Severity.NOTE for one in problems)
        return read_form(read, file, expected(given or desk()))


@pytest.fixture
def bench(reader: BookReader, tmp_path: Path) -> Desk:
    """A desk with an empty folder."""
    return Desk(reader, tmp_path)


RATED: Answers = {
    ("0002", "沟通技巧", "value"): "良好",
    ("0002", "沟通技巧", "reason"): "=语速偏快",
    ("0002", "小组协助", "value"): 26.5,
    ("0002", "O1 守规", "value"): "+",
    ("0002", "O2 礼貌", "value"): "-",
    ("0002", "问 整洁", "value"): "否",
    ("0002", "总结深度", "value"): "浅",
    ("0002", "insight", "value"): "是",
    ("0002", "满意度", "value"): "优秀",
    ("0002", "满意度", "reason"): "漏计两份问卷",
    ("0002", "interview-date", "value"): date(2026, 11, 3),
    ("0002", "gaps", "value"): "多听\n少说",
}
SAID = [
    ("满意度", "优秀", "漏计两份问卷"), ("沟通技巧", "良好", "=语速偏快"), ("小组协助", "26.5", ""),
    ("O1 守规", "+", ""), ("O2 礼貌", "-", ""), ("问 整洁", "否", ""), ("总结深度", "浅", ""), ("insight", "是", ""),
]  # fmt: skip


def said(returned: Returned) -> list[tuple[str, str, str]]:
    """The ratings without their places."""
    return [(one.item, one.value, one.reason) for one in returned.ratings]


def leave(book: Workbook) -> None:
    """Nothing."""


def rename_sheets(book: Workbook) -> None:
    """Other names on the tabs; programs mend the defined names along."""
    renamed = {sheet.title: f"改名 {index}" for index, sheet in enumerate(book.worksheets) if sheet.title != HIDDEN}
    for old, new in renamed.items():
        book[old].title = new
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace(f"'{old}'", f"'{new}'")


def drop_hidden(book: Workbook) -> None:
    """A program that does not keep hidden sheets."""
    del book[HIDDEN]


def drop_names(book: Workbook) -> None:
    """A program that does not keep names of cells."""
    book.defined_names.clear()


def drop_both(book: Workbook) -> None:
    """Only what people see is left."""
    drop_names(book)
    drop_hidden(book)


def drop_names_and_rename(book: Workbook) -> None:
    """The hidden list points at sheets that are called otherwise now."""
    rename_sheets(book)
    drop_names(book)


def insert_rows(book: Workbook) -> None:
    """Rows above the questions; neither the list nor the names know of it here, the words do."""
    for sheet in book.worksheets:
        if sheet.title[:4] in ("0002", "0003"):
            merged = [str(one) for one in sheet.merged_cells.ranges]
            for one in merged:
                sheet.unmerge_cells(one)
            sheet.insert_rows(8, 2)


@pytest.mark.parametrize(
    "change", [leave, rename_sheets, drop_hidden, drop_names, drop_names_and_rename, drop_both, insert_rows]
)
def test_a_form_is_read_back_whatever_a_program_dropped(bench: Desk, change: Change) -> None:
    """Hidden sheet, names of cells, names of sheets, rows: as long as the words are there, no answer is lost."""
    book = bench.filled("superior", RATED)
    change(book)
    returned = bench.back(book)
    assert said(returned) == SAID
    assert (returned.role, returned.rater) == ("superior", "方静")
    assert [one.severity for one in returned.problems if one.severity is not Severity.NOTE] == []


def test_the_interview_comes_back_as_words(bench: Desk) -> None:
    """Its fields are no ratings; the name that was filled in beforehand counts once somebody wrote something."""
    returned = bench.back(bench.filled("superior", RATED))
    assert [(one.agent_id, one.field, one.text) for one in returned.said] == [
        ("0002", "interviewer", "方静"), ("0002", "interview-date", "2026-11-03"), ("0002", "gaps", "多听\n少说"),
    ]  # fmt: skip


def test_an_empty_page_is_no_rating_and_no_fault(bench: Desk) -> None:
    """0003 was not rated: a note says so, and the name of the interviewer is no answer."""
    returned = bench.back(bench.filled("superior", RATED))
    assert {one.agent_id for one in returned.ratings} == {"0002"}
    assert [(one.code, one.found) for one in returned.problems] == [("forms-page-empty", "0003")]
    assert (returned.filled, returned.empty) == (10, 21)


def test_what_cannot_be_is_a_problem_with_its_cell(bench: Desk) -> None:
    """File, sheet, row and column, what was read and what to write; the other answers are taken."""
    book = bench.filled("superior", RATED | {("0002", "小组协助", "value"): 30.01})
    returned = bench.back(book)
    [problem] = [one for one in returned.problems if one.severity is Severity.WARNING]
    cells = {row[1:4]: row[4:6] for row in book[HIDDEN].iter_rows(values_only=True)}
    place = problem.place
    assert (problem.code, problem.found, problem.parameters["most"]) == ("forms-number-off", "30.01", "30")
    assert (place.sheet, f"{place.column}{place.row}") == cells["0002", "小组协助", "value"]
    assert said(returned) == [one for one in SAID if one[0] != "小组协助"]


def test_a_reason_without_a_rating_is_asked_about(bench: Desk) -> None:
    """Perhaps the rating was forgotten."""
    returned = bench.back(bench.filled("superior", {("0002", "沟通技巧", "reason"): "语速偏快"}))
    assert [one.code for one in returned.problems if one.severity is Severity.WARNING] == ["forms-reason-alone"]


def test_a_form_of_another_month_is_left_out(bench: Desk) -> None:
    """It says which month it is, and where it belongs."""
    returned = bench.back(
        bench.filled("self", {("0002", "沟通技巧", "value"): "优秀"}), given=desk(month=OCTOBER.shift(1))
    )
    [problem] = returned.problems
    assert (problem.code, problem.found, returned.ratings) == ("forms-other-month", "2026-10", [])


def test_a_form_under_older_rules_keeps_what_is_still_asked(bench: Desk) -> None:
    """An item that is gone is said, not taken for its neighbour."""
    given = desk()
    first, second = given.policy.dimension
    fewer = first.model_copy(update={"indicator": [one for one in first.indicator if one.id != "manner"]})
    newer = replace(given, policy=given.policy.model_copy(update={"dimension": [fewer, second]}))
    book = bench.filled("superior", RATED)
    for row in book[HIDDEN].iter_rows():
        if row[0].value == "fingerprint":
            row[1].value = "older"
    returned = bench.back(book, given=newer)
    assert [one[0] for one in said(returned)] == [item for item, _, _ in SAID if item != "沟通技巧"]
    codes = [one.code for one in returned.problems if one.severity is Severity.WARNING]
    assert codes == ["forms-other-policy", "forms-item-unknown"]


@pytest.mark.parametrize("change", [leave, drop_both])
def test_somebody_who_is_not_on_the_roster_is_left_out(bench: Desk, change: Change) -> None:
    """Named, and the other pages of the form still count."""
    book = bench.filled("superior", RATED | {("0003", "沟通技巧", "value"): "优秀"})
    change(book)
    returned = bench.back(book, given=desk(agents=people()[:2]))
    assert [one.found for one in returned.problems if one.code == "forms-agent-unknown"] == ["0003"]
    assert {one.agent_id for one in returned.ratings} == {"0002"}


def test_a_row_that_is_gone_is_said(bench: Desk) -> None:
    """Its answer is not looked for in the row that has taken its place."""
    book = bench.filled("superior", RATED)
    sheet = book["0002 王芳"]
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "沟通技巧")
    sheet.cell(row, 1).value = None
    sheet.cell(row, 2).value = None
    returned = bench.back(book)
    assert [one.found for one in returned.problems if one.code == "forms-question-lost"] == ["沟通技巧", "沟通技巧"]
    assert [one[0] for one in said(returned)] == [item for item, _, _ in SAID if item != "沟通技巧"]


def test_a_row_that_was_added_is_said(bench: Desk) -> None:
    """Without the hidden list a judgement on a line of one's own is still not overlooked."""
    book = bench.filled("superior", RATED)
    drop_both(book)
    sheet = book["0002 王芳"]
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "沟通技巧")
    sheet.cell(row, 2).value = "仪表"
    returned = bench.back(book)
    assert [one.found for one in returned.problems if one.code == "forms-item-unknown"] == ["仪表"]


def test_a_copied_page_is_not_taken(bench: Desk) -> None:
    """Two pages of one person: the original one counts, and the copy is named."""
    book = bench.filled("superior", RATED)
    book.copy_worksheet(book["0002 王芳"]).title = "copy"
    returned = bench.back(book)
    assert [one.found for one in returned.problems if one.code == "forms-agent-twice"] == [("0002 王芳", "copy")]
    assert said(returned) == SAID


def test_any_other_workbook_is_an_error(bench: Desk) -> None:
    """Never a guess."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工号", "0002"])
    sheet.append(["沟通技巧", "优秀"])
    returned = bench.back(book)
    assert [(one.code, one.severity) for one in returned.problems] == [("forms-not-a-form", Severity.ERROR)]


OBJECTED: Answers = {
    ("0001", "filed_on", "value"): "2026-11-05",
    ("0001", "published_on", "value"): date(2026, 11, 2),
    ("0001", "1", "item"): "沟通",
    ("0001", "1", "claim"): "优秀",
    ("0001", "1", "reason"): "客户书面表扬",
    ("0001", "1", "evidence"): "11 月 1 日邮件",
}


@pytest.mark.parametrize("change", [leave, drop_hidden, drop_both])
def test_an_appeal_comes_back(bench: Desk, change: Change) -> None:
    """Days, item, claim, reason, evidence."""
    book = bench.filled("appeal", OBJECTED)
    change(book)
    [one] = bench.back(book).objections
    assert (one.agent_id, str(one.filed_on), str(one.published_on)) == ("0001", "2026-11-05", "2026-11-02")
    assert (one.item, one.claim, one.reason, one.evidence) == ("沟通", "优秀", "客户书面表扬", "11 月 1 日邮件")


def test_an_appeal_needs_its_day_and_its_item(bench: Desk) -> None:
    """What is missing is asked for; nothing is made up."""
    dayless = {key: value for key, value in OBJECTED.items() if key[1] != "filed_on"}
    returned = bench.back(bench.filled("appeal", dayless))
    assert ([one.code for one in returned.problems], returned.objections) == (["forms-day-missing"], [])
    itemless = {key: value for key, value in OBJECTED.items() if key[2] != "item"}
    returned = bench.back(bench.filled("appeal", itemless))
    codes = [one.code for one in returned.problems if one.severity is Severity.WARNING]
    assert (codes, returned.objections) == (["forms-objection-without-item"], [])
