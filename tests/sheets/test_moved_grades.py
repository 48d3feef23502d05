"""Sheets of a month in which quotas moved grades: both grades, the reason, and placeholders for a template."""

from __future__ import annotations

from csctl.core.people.workdays import Attendance
from csctl.sheets.form_fields import NOT_MEANT
from csctl.sheets.form_values import form_values
from csctl.sheets.payslip import SlipAbout, payslip_page
from csctl.sheets.published_list import published
from csctl.sheets.scores_book import scores_pages
from csctl.workbook.cells import Cell, Row
from tests.quota_month import PEOPLE, moved_month

WHY = "得分可评“A”，第 2 名，评为“B”；“A”有 1 个名额（5 人有得分，最多 20%）；名额内最低 96.00 分"


def cells(row: Row) -> list[object]:
    """What the cells of a row show."""
    return [cell.content if isinstance(cell, Cell) else cell for cell in row]


def test_the_performance_sheet_says_why_the_grade_is_another() -> None:
    """As a row beside the adjustments, in the notes of every template, and by placeholder."""
    made = form_values(moved_month(), PEOPLE[1], "zh")
    (row,) = made.adjustments
    assert (row["label"], row["shown"], row["level"], row["note"]) == ("等级名额", "A → B", "B", WHY)
    assert f"等级名额：{WHY}" in str(made.single["sheet.notes"])
    assert (made.single["score.grade"], made.single["line.quota.note"]) == ("B", WHY)


def test_whoever_kept_the_grade_has_nothing_of_it_on_the_sheet() -> None:
    """A template that asks for it shows that there is none."""
    made = form_values(moved_month(), PEOPLE[0], "zh")
    assert made.adjustments == []
    assert "名额" not in str(made.single["sheet.notes"])
    assert (made.single["line.quota.shown"], made.single["line.quota.level"]) == ("无", NOT_MEANT)


def test_scores_xlsx_has_both_grades_and_the_line() -> None:
    """The grade by score alone stands only where it is another; the line says from which to which."""
    scores, lines = scores_pages(moved_month(), "en")[:2]
    head = [str(one) for one in cells(scores.rows[1])]
    grade, alone = head.index("Grade"), head.index("Grade by score alone")
    found = [(cells(row)[grade], cells(row)[alone]) for row in scores.rows[2:]]
    assert found == [("A", ""), ("B", "A"), ("C", "A"), ("C", ""), ("C", "")]
    moves = [cells(row) for row in lines.rows[2:] if "quota of a grade" in cells(row)]
    assert [("A → B" in row, "A → C" in row) for row in moves] == [(True, False), (False, True)]


def test_the_payslip_shows_both_grades_and_the_line() -> None:
    """The line adds nothing, so the sum of the lines is still the score."""
    page = payslip_page(moved_month(), PEOPLE[1], SlipAbout("team", Attendance(22, 0, 22)), "en")
    texts = [str(cell) for row in page.rows for cell in cells(row)]
    assert any("B (A by score)" in text for text in texts)
    assert any(WHY in text for text in texts)


def test_the_list_to_hang_up_shows_the_grade_that_holds_alone() -> None:
    """Who was moved is nobody else's business."""
    assert [one.grade for one in published(moved_month())] == ["A", "B", "C", "C", "C"]
