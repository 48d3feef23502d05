"""What workbooks look like on paper and at a glance: nothing empty, thousands marked, who signs, where pages break."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from csctl.core.records.lines import Score, as_frame
from csctl.sheets.pay_book import pay_book
from csctl.sheets.scores_book import scores_book
from csctl.workbook.making import decimal_places
from tests.sheets.month import AGENTS, SCORES, month_result


def book_of(content: bytes) -> Any:
    """The workbook with the values it shows."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def heads_of(sheet: Any) -> list[Any]:
    """The heads of a page."""
    return [cell.value for cell in sheet[2]]


def test_the_salary_table_has_no_column_that_nobody_uses() -> None:
    """Without groups, levels, grades and ranks their columns are gone; name and number stay."""
    bare = tuple(replace(one, group="", level="") for one in AGENTS)
    scores = [replace(one, grade="", rank=None) for one in SCORES]
    all_of, some = (
        heads_of(book_of(pay_book(month, "en"))["Salary"])
        for month in (month_result(), month_result(agents=bare, scores=as_frame(scores, Score)))
    )
    assert [head for head in all_of if head not in some] == ["Group", "Level", "Grade", "Rank"]
    assert some[:3] == ["No.", "ID", "Name"]


def test_a_sum_of_the_checks_still_finds_the_total_when_columns_are_gone() -> None:
    """The first check compares all lines with the total of the table, wherever that stands."""
    bare = tuple(replace(one, group="", level="") for one in AGENTS)
    made = pay_book(month_result(agents=bare), "en")
    formula = openpyxl.load_workbook(io.BytesIO(made))["Checks"]["C3"].value
    at = formula.rpartition("!")[2].replace("$", "")
    assert book_of(made)["Salary"][at].value == book_of(made)["Checks"]["B3"].value


@pytest.mark.parametrize(("language", "said"), [("zh", ("制表", "复核", "批准", "日期")), ("en", ("Prepared by",))])
def test_who_signs_stands_below_the_salary_table(language: str, said: tuple[str, ...]) -> None:
    """On a line of its own, after the total."""
    sheet = book_of(pay_book(month_result(), language)).worksheets[0]
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert all(word in last[0] for word in said)
    assert set(last[1:]) == {None}
    assert sheet.cell(sheet.max_row - 2, 1).value in ("合计", "Total")


def test_every_number_from_a_thousand_on_has_its_thousands_marked() -> None:
    """In every sheet of both workbooks, weights and cents of the pool too."""
    seen = 0
    for content in (pay_book(month_result(), "zh"), scores_book(month_result(), "zh")):
        for sheet in book_of(content):
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, int | float) and abs(cell.value) >= 1000:
                        assert cell.number_format.startswith("#,##0"), (sheet.title, cell.coordinate)
                        seen += 1
    assert seen > 20


def test_heads_are_repeated_on_every_printed_page_and_the_page_is_as_wide_as_the_table() -> None:
    """Of every table; a page for a group has a scale instead, for programs forget breaks of a page that is fitted."""
    for sheet in book_of(pay_book(month_result(), "zh")):
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        if sheet.title != "奖金池":
            assert sheet.print_title_rows == "$2:$2"


def test_each_group_has_a_printed_page_of_its_own() -> None:
    """The scoreboard again by group, each group after a break, below heads of its own."""
    groups = ("Team 10", "Team 2", "Team 10", "Team 2")
    agents = tuple(replace(one, group=group) for one, group in zip(AGENTS, groups, strict=True))
    sheet = book_of(scores_book(month_result(agents=agents), "en"))["Scores by group"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    starts = [number for number, row in enumerate(rows, start=1) if str(row[0]).startswith("Team")]
    assert [rows[number - 1][0] for number in starts] == ["Team 2", "Team 10"]
    assert [one.id for one in sheet.row_breaks.brk] == [starts[1] - 1]
    assert all(rows[number][2] == "ID" for number in starts)
    by_id = {one.agent_id: one.group for one in agents}
    own = [row[2] for row in rows[starts[0] + 1 : starts[1] - 1] if row[2]]
    assert own
    assert {by_id[agent] for agent in own} == {"Team 2"}
    assert (sheet.sheet_properties.pageSetUpPr, sheet.page_setup.scale) != (None, None)
    assert 10 <= sheet.page_setup.scale < 100
    assert not any("Code" in row for row in rows)
    best = next(row for row in rows if row[0] == 1)
    assert best[rows[starts[0]].index("Score")] == 95


def test_a_team_of_one_group_has_no_page_of_groups() -> None:
    """It would be the scoreboard again."""
    agents = tuple(replace(one, group="A") for one in AGENTS)
    assert "Scores by group" not in book_of(scores_book(month_result(agents=agents), "en")).sheetnames


def test_ids_for_programs_stay_off_the_paper() -> None:
    """The page of score lines prints up to the notes; table and id of a line stand behind."""
    sheet = book_of(scores_book(month_result(), "en"))["Lines"]
    heads = heads_of(sheet)
    assert heads[-2:] == ["Source", "Line"]
    last = sheet.print_area.rpartition("$")[0].rpartition("$")[2]
    assert column_index_from_string(last) == len(heads) - 2


@pytest.mark.parametrize(
    ("number", "given", "places"),
    [
        ("95.00", True, 2),
        ("95.0", True, 1),
        ("95", True, 0),
        ("95.50", False, 1),
        ("1E+3", False, 0),
        ("0.000", True, 3),
    ],
)
def test_a_figure_is_shown_with_the_places_it_has(number: str, given: bool, places: int) -> None:
    """A score with those of the policy, a measured figure without needless zeros."""
    assert decimal_places(Decimal(number), as_given=given) == places


def test_scores_have_the_decimals_of_the_policy() -> None:
    """One place in the policy, one on the sheet."""
    rounded = [replace(one, score=one.score and one.score.quantize(Decimal("0.1"))) for one in SCORES]
    sheet = book_of(pay_book(month_result(scores=as_frame(rounded, Score)), "en"))["Salary"]
    at = heads_of(sheet).index("Score") + 1
    formats = {row[at - 1].number_format for row in sheet.iter_rows(min_row=3, max_row=6) if row[at - 1].value}
    assert formats == {"#,##0.0"}


def test_a_page_for_a_group_keeps_its_last_column_where_nobody_has_a_code() -> None:
    """Nobody is ranked: there is no column of codes to leave out."""
    agents = tuple(replace(one, group=one.agent_id[:1]) for one in AGENTS)
    scores = [replace(one, rank=None) for one in SCORES]
    book = book_of(scores_book(month_result(agents=agents, scores=as_frame(scores, Score)), "en"))
    assert [cell.value for cell in book["Scores by group"][3]] == heads_of(book["Scores"])
