"""Reports where people have different scorecards."""

from __future__ import annotations

import pytest

from csctl.core.explaining.nodes import Node
from csctl.reports.html.agent_page import agent_html
from csctl.reports.html.people import scoreboard_part
from csctl.reports.run_json import run_object
from csctl.reports.view import heat
from tests.card_month import PEOPLE, month_of_cards
from tests.reports.months import report_input
from tests.reports.pages import page_of


def test_run_json_and_the_scoreboard_name_the_card() -> None:
    """Beside rank and score."""
    about = {"language": "en", "version": "0", "workspace": "w", "fingerprint": "f"}
    board = run_object(month_of_cards(), [], [], [], about)["scoreboard"]
    assert {row["agent_id"]: (row["rank"], row["card"]) for row in board} == {
        "a": (1, "hot line"), "b": (1, "chat"), "c": (2, "chat"),
    }  # fmt: skip
    page = str(scoreboard_part(report_input(month_of_cards(), language="en", past=())))
    assert ("a · hot line" in page, page.count(" · chat")) == (True, 2)


@pytest.mark.parametrize(
    ("rank", "expected"), [("card", ["1 / 1", "1 / 2", "2 / 2"]), ("all", ["1 / 3", "2 / 3", "3 / 3"])]
)
def test_a_rank_is_shown_of_as_many_as_it_is_among(rank: str, expected: list[str]) -> None:
    """Of those of the same card, or of all."""
    given = report_input(month_of_cards(rank), language="en", past=())
    pages = [page_of(agent_html(given, one, Node("root", ""))).text for one in PEOPLE]
    assert [text in page for text, page in zip(expected, pages, strict=True)] == [True, True, True]


def test_the_heat_map_has_no_cell_for_what_is_not_on_a_card() -> None:
    """Empty, and not missing."""
    found = heat(month_of_cards())
    assert [key for key, _, _ in found.columns] == ["calls", "chats", "tone", "manner"]
    assert [[cell is not None for cell in cells] for _, cells in found.rows] == [
        [True, False, False, True], [False, True, True, True], [False, True, True, True],
    ]  # fmt: skip
