"""Sheets where people have different scorecards show each person's own alone."""

from __future__ import annotations

from csctl.sheets.form_fields import NOT_MEANT
from csctl.sheets.form_values import form_values
from csctl.sheets.scores_book import scores_pages
from csctl.workbook.cells import Cell, Row
from tests.card_month import PEOPLE, month_of_cards
from tests.quota_month import PEOPLE as OF_ONE_CARD
from tests.quota_month import moved_month


def cells(row: Row) -> list[object]:
    """What the cells of a row show."""
    return [cell.content if isinstance(cell, Cell) else cell for cell in row]


def test_the_rows_of_a_sheet_are_those_of_the_own_card() -> None:
    """Calls and manner on the hot line; chats, tone and manner in the chat."""
    shown = [[line["id"] for line in form_values(month_of_cards(), one, "en").lines] for one in PEOPLE[:2]]
    assert shown == [["calls", "manner"], ["chats", "tone", "manner"]]


def test_a_template_that_asks_for_another_card_shows_that_it_is_not_meant() -> None:
    """A dash for each field of its items and dimensions, and no word that something lacks."""
    single = form_values(month_of_cards(), PEOPLE[0], "en").single
    of_dimension = [f"dimension.chat.{name}" for name in ("superior", "self", "weight")]
    other = [key for key in single if key.startswith(("line.chats.", "line.tone."))] + of_dimension
    assert len(other) > 30
    assert {single[key] for key in other} == {NOT_MEANT}
    assert (single["dimension.chat.label"], single["line.calls.value"]) == ("Chat", 90)
    assert str(single["dimension.line.superior"]) == "54.00"
    assert "Chats" not in str(single["sheet.notes"])


def test_the_sheet_names_the_card_where_there_are_several() -> None:
    """By placeholder; a dash where everybody has the same."""
    assert form_values(month_of_cards(), PEOPLE[0], "en").single["score.card"] == "hot line"
    assert form_values(moved_month(), OF_ONE_CARD[0], "en").single["score.card"] == NOT_MEANT


def test_scores_xlsx_says_whose_card_a_score_is_of() -> None:
    """A column beside the level, and none where everybody has the same card."""
    page = scores_pages(month_of_cards(), "en")[0]
    at = [str(one) for one in cells(page.rows[1])].index("Scorecard")
    assert [cells(row)[at] for row in page.rows[2:]] == ["hot line", "chat", "chat"]
    assert "Scorecard" not in cells(scores_pages(moved_month(), "en")[0].rows[1])
