"""Reports of a month in which quotas moved grades."""

from __future__ import annotations

from csctl.core.explaining.nodes import Node
from csctl.reports.html.agent_page import agent_html
from csctl.reports.html.people import scoreboard_part
from csctl.reports.report_book import report_book
from csctl.reports.run_json import run_object
from tests.quota_month import PEOPLE, moved_month
from tests.reports.months import report_input
from tests.reports.pages import page_of
from tests.reports.test_report_book import opened, rows_of

GIVEN = report_input(moved_month(), language="en", past=())


def test_run_json_has_both_grades() -> None:
    """``grade_by_score`` is empty where no quota moved anything."""
    board = run_object(
        moved_month(), [], [], [], {"language": "en", "version": "0", "workspace": "w", "fingerprint": "f"}
    )["scoreboard"]
    assert [(row["grade"], row["grade_by_score"]) for row in board] == [
        ("A", ""), ("B", "A"), ("C", "A"), ("C", ""), ("C", ""),
    ]  # fmt: skip


def test_the_scoreboards_show_what_the_score_alone_would_have_reached() -> None:
    """On the page and in the workbook, only beside grades that were moved."""
    page = str(scoreboard_part(GIVEN))
    assert ("B (A by score)" in page, "C (A by score)" in page, page.count("by score")) == (True, True, 2)
    board = rows_of(opened(report_book(GIVEN))["Scoreboard"])
    grades = [cell for row in board for cell in row if isinstance(cell, str) and "by score" in cell]
    assert grades == ["B (A by score)", "C (A by score)"]


def test_the_own_page_says_why() -> None:
    """The line with its reason stands among those of the score; whoever kept the grade has none."""
    moved, kept = (page_of(agent_html(GIVEN, PEOPLE[at], Node("root", ""))).text for at in (1, 0))
    assert "A → B" in moved
    assert "名额内最低 96.00 分" in moved
    assert "名额" not in kept
