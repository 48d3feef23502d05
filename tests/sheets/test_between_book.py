"""Two months as a workbook and as a page: the figures of the months, and a second program agrees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from csctl.core.between_months.between import between
from csctl.core.between_months.records import MonthDiff
from csctl.core.closing.corrections import pay_totals
from csctl.core.records.lines import PayLine, as_frame
from csctl.month import Month
from csctl.reports.html.between import between_html
from csctl.sheets.between_book import between_book, between_pages
from tests.libreoffice import recalculated
from tests.reports.pages import page_of
from tests.sheets.month import PAY_LINES, POLICY, D, month_result
from tests.sheets.test_pay_book import differences, formulas, rows_of

NASTY = "<b>=1+1</b>"
NEXT = Month(2026, 11)


def two_months() -> MonthDiff:
    """A tenth more on every line but the awards, which are gone; somebody is called as a formula and a tag would be."""
    old = month_result()
    dearer = [replace(line, amount_cents=line.amount_cents * 11 // 10) for line in PAY_LINES if line.kind != "award"]
    agents = (replace(old.agents[0], name=NASTY, level="lead"), *old.agents[1:-1])
    policy = POLICY.model_copy(update={"version": "2", "label": NASTY})
    return between(old, replace(old, month=NEXT, policy=policy, agents=agents, pay_lines=as_frame(dearer, PayLine)))


@pytest.mark.slow
def test_recalculating_changes_no_cell(tmp_path: Path) -> None:
    """LibreOffice comes to the same difference in every row, and to the same sums."""
    book = between_book(two_months(), "Team", [NEXT], "zh")
    assert len(formulas(book)) > 10
    assert differences(book, recalculated(book, tmp_path)) == []


@pytest.mark.parametrize(("language", "page", "lines"), [("zh", "工资", "工资明细"), ("en", "Pay", "Pay lines")])
def test_everybodys_lines_add_up_to_what_the_pay_moved(language: str, page: str, lines: str) -> None:
    """Read back from the cells: by agent, and all of them in the last row."""
    diff = two_months()
    book = between_book(diff, "Team", [], language)
    moved: dict[str, object] = {}
    for row in list(rows_of(book, lines))[2:]:
        moved[row[0]] = D(str(moved.get(row[0], 0))) + D(str(row[6]))
    *people, total = list(rows_of(book, page))[2:]
    assert {row[0]: D(str(row[5])) for row in people} == moved
    assert D(str(total[5])) * 100 == diff.difference_cents
    assert diff.difference_cents == diff.new_cents - sum(pay_totals(month_result()).values())


def test_a_page_that_nobody_is_on_is_left_out() -> None:
    """A month beside itself has its summary and empty tables of what there is."""
    same = between(month_result(), replace(month_result(), month=NEXT))
    assert [page.title for page in between_pages(same, "Team", [], "en")] == [
        "Summary", "Scores", "Score lines", "Pay", "Pay lines",
    ]  # fmt: skip
    assert {"People", "Policy"} < {page.title for page in between_pages(two_months(), "Team", [], "en")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_fetches_nothing_and_shows_text_as_text(language: str) -> None:
    """Names are no tags; everybody who moved has a fold; open months are named."""
    diff = two_months()
    page = page_of(between_html(diff, "Team", [NEXT], language))
    assert {name for name, _ in page.elements} & {"script", "link", "img", "iframe", "b"} == set()
    assert NASTY in page.text
    assert len(page.all("details")) == len(diff.all_by_score) + len(diff.by_pay)
    assert str(NEXT) in page.text
    assert "{" not in page.text


def test_the_sums_of_pay_are_those_of_everybody_whether_it_moved_or_not() -> None:
    """One line of one agent moved; sums of that agent alone would contradict the first page."""
    old = month_result()
    dearer = [replace(PAY_LINES[0], amount_cents=PAY_LINES[0].amount_cents + 100), *PAY_LINES[1:]]
    diff = between(old, replace(old, month=NEXT, pay_lines=as_frame(dearer, PayLine)))
    *people, others, total = list(rows_of(between_book(diff, "Team", [], "en"), "Pay"))[2:]
    whole = sum(pay_totals(old).values())
    assert len(people) == 1
    assert others[0].startswith("All others")
    assert [D(str(one)) * 100 for one in total[3:6]] == [whole, whole + 100, 100]
    assert others[3] == others[4]
