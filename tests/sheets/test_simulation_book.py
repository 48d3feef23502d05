"""The workbook of a simulation: formulas with exact values, and a second program agrees."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from csctl.core.records.lines import PayLine, Score, as_frame
from csctl.core.simulating.compare import Simulation, compare
from csctl.month import Month
from csctl.policy.scoring import Grade
from csctl.sheets.simulation_book import simulation_book
from tests.libreoffice import recalculated
from tests.sheets.month import PAY_LINES, POLICY, SCORES, D, month_result
from tests.sheets.test_pay_book import differences, formulas, rows_of, values

NAMES = ("客服考核", "=新考核")
GRADES = [Grade(label=">=良"), Grade(label="a"), Grade(label="A"), Grade(label="良*"), Grade(label="合格")]


def simulation() -> Simulation:
    """Two months in which some lines cost a tenth more and one kind is gone; grades that a spreadsheet may mistake."""
    policy = POLICY.model_copy(update={"grade": GRADES})
    was = replace(month_result(), policy=policy)
    dearer = [replace(line, amount_cents=line.amount_cents * 11 // 10) for line in PAY_LINES if line.kind != "award"]
    graded = [replace(one, grade=name) for one, name in zip(SCORES, (">=良", "A", "良*", ""), strict=True)]
    then = replace(was, pay_lines=as_frame(dearer, PayLine), scores=as_frame(graded, Score), pools=was.pools[:1])
    other = Month(2026, 11)
    return compare([(was, then), (replace(was, month=other), replace(was, month=other))])


@pytest.mark.slow
def test_recalculating_changes_no_cell(tmp_path: Path) -> None:
    """LibreOffice comes to the same value in every cell."""
    book = simulation_book(simulation(), "zh", NAMES)
    assert len(formulas(book)) > 100
    assert differences(book, recalculated(book, tmp_path)) == []


@pytest.mark.parametrize(("language", "page"), [("zh", "按人"), ("en", "By agent")])
def test_ids_that_look_alike_keep_their_own_money(language: str, page: str) -> None:
    """007 and 7 are two people, and each row is the agent's pay on both sides."""
    found = simulation()
    rows = {row[1]: row for row in rows_of(simulation_book(found, language, NAMES), page)}
    for agent in found.agents:
        assert [D(str(cell)) * 100 for cell in rows[agent.agent_id][4:7]] == [
            agent.pay.actual, agent.pay.simulated, agent.pay.difference,
        ]  # fmt: skip
    assert rows["7"][4] != rows["007"][4]


def test_the_summary_says_cost_outcome_and_that_the_sums_agree() -> None:
    """In yuan, with the difference; every check says OK."""
    found = simulation()
    rows = {row[0]: row[1:] for row in rows_of(simulation_book(found, "zh", NAMES), "汇总") if row[0]}
    assert [D(str(cell)) * 100 for cell in rows["应发合计"][:3]] == [
        found.pay.actual, found.pay.simulated, found.pay.difference,
    ]  # fmt: skip
    assert (rows["增加"][0], rows["减少"][0], rows["不变"][0]) == (
        len(found.winners), len(found.losers), len(found.unchanged),
    )  # fmt: skip
    assert rows["按人合计 = 应发合计"][2] == rows["按月合计 = 应发合计"][2] == "OK"


def test_grades_that_a_spreadsheet_mistakes_are_counted_right() -> None:
    """Signs, stars, and letters that differ in size only."""
    rows = {row[0]: row[1:4] for row in rows_of(simulation_book(simulation(), "zh", NAMES), "等级分布") if row[0]}
    assert rows[">=良"] == (0, 1, 1)
    assert (rows["a"], rows["A"], rows["良*"]) == ((0, 0, 0), (0, 1, 1), (0, 1, 1))


def test_a_text_is_never_a_formula() -> None:
    """Whatever a policy or a person is called."""
    book = openpyxl.load_workbook(io.BytesIO(simulation_book(simulation(), "zh", NAMES)))
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "新考核" in str(cell.value)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert any(cell.value == "=1+1" and cell.data_type == "s" for row in book["按人"].iter_rows() for cell in row)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_simulation_gives_the_same_bytes(language: str) -> None:
    """And every formula has a value for programs that do not calculate."""
    first, second = (simulation_book(simulation(), language, NAMES) for _ in range(2))
    assert first == second
    cached = values(first)
    assert [at for sheet, at, _ in formulas(first) if (sheet, at) not in cached] == []


def test_no_month_is_no_book() -> None:
    """Nothing was simulated: a bug of the caller."""
    with pytest.raises(ValueError, match="no month"):
        simulation_book(compare([]), "zh", NAMES)
