"""Corrections as pay lines: exact to the cent, explained, paid to those who have left, changing nothing else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.closing.corrections import BookedDelta, correction_lines, paid_late, pay_totals, with_corrections
from csctl.core.closing.differences import differences, pay_deltas
from csctl.core.explaining.explain import Explained, explanation_tree, find_node
from csctl.core.law.review import LawInput, law_advice
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.lines import PayLine, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.pay.kinds import PAY_KINDS
from csctl.reports.run_json import scoreboard
from csctl.sheets.pay_book import pay_book
from csctl.sheets.scores_book import scores_book
from tests.core.closing.months import OCTOBER, SEPTEMBER, D, booked, month
from tests.libreoffice import recalculated
from tests.sheets.month import month_result
from tests.workbench import YEARS, agent, month_of, policy, scores

AUGUST = Month(2026, 8)
WON = BookedDelta(AUGUST, "007", "王小明", "team", "团队奖金", 118750, 120000, "8 月订单补录", 5, "SA-093")
TAKEN = BookedDelta(SEPTEMBER, "08", "=1+1", "award", "=HYPERLINK(1)", 100001, 0, '=cmd|"x"', 9, "T1-073")
LEFT = BookedDelta(AUGUST, "09", "赵离", "fine", "投诉罚款", -5000, -2500, "申诉成立", 6, "T1-062")


def own(result: MonthResult, kind: str = "correction") -> list[PayLine]:
    """The lines of one kind."""
    return [line for line in as_records(result.pay_lines, PayLine) if line.kind == kind]


def test_a_correction_names_month_line_entry_both_amounts_and_the_reason() -> None:
    """All that a reader asks, in the policy's language."""
    line = correction_lines([WON], "zh")[0]
    assert (line.line, line.label) == ("correction.2026-08.team.5", "2026-08 更正：团队奖金")
    assert (line.kind, line.basis, line.source, line.rule) == ("correction", "product", "5", "SA-093")
    assert line.note == "2026-08 原为 1,187.50，应为 1,200.00；原因：8 月订单补录"
    english = correction_lines([WON], "en")[0]
    assert english.label == "Correction 2026-08: 团队奖金"
    assert english.note == "2026-08: 1,187.50 should have been 1,200.00; reason: 8 月订单补录"


@pytest.mark.parametrize(
    ("delta", "quantity", "rate", "cents"),
    [(WON, "1", "12.50", 1250), (TAKEN, "-1", "1000.01", -100001), (LEFT, "1", "25.00", 2500)],
)
def test_a_correction_is_worth_exactly_new_less_old(delta: BookedDelta, quantity: str, rate: str, cents: int) -> None:
    """What is taken back has a negative quantity, as deductions have."""
    line = correction_lines([delta], "en")[0]
    assert (line.quantity, line.rate, line.divisor, line.amount_cents) == (D(quantity), D(rate), D(1), cents)


def test_corrections_stand_last_on_the_slip_in_the_order_of_months_and_entries() -> None:
    """Whatever the order in which they come."""
    later = replace(WON, of=SEPTEMBER, entry=4)
    again = replace(WON, entry=7, old_cents=120000, new_cents=110000)
    result = with_corrections(month_result(), [later, again, WON], ())
    lines = [line for line in as_records(result.pay_lines, PayLine) if line.agent_id == "007"]
    assert [line.line for line in lines[-3:]] == [
        "correction.2026-08.team.5", "correction.2026-08.team.7", "correction.2026-09.team.4",
    ]  # fmt: skip
    assert [line.kind for line in lines] == sorted((line.kind for line in lines), key=PAY_KINDS.index)


def test_without_corrections_a_month_stays_as_it_is() -> None:
    """Nothing booked, nothing changed; and what is given is never changed."""
    before = month(people=["1", "2"], pay={"1": {"base": 1}, "2": {"base": 2}}, scores={"1": "80", "2": ""})
    assert differences(before, with_corrections(before, [], [agent("9")])) == []
    with_corrections(before, [replace(WON, agent_id="1")], ())
    assert len(before.pay_lines) == 2


# ---- somebody who has left -------------------------------------------------


def test_somebody_who_has_left_is_paid_and_shown_without_a_score() -> None:
    """On the scoreboard last, in the salary table and in the explanation; ranks and pools stay."""
    known = agent("09", name="赵离", group="一组", left_on=date(2026, 9, 30))
    plain = month_result()
    result = with_corrections(plain, [LEFT], [agent("09", name="older"), known])
    assert known in result.agents
    assert [one.agent_id for one in result.agents] == sorted(one.agent_id for one in result.agents)
    shown = {row.agent.agent_id: row for row in scoreboard(result)}
    assert (shown["09"].pay_cents, shown["09"].score.score, shown["09"].score.rank) == (2500, None, None)
    assert {one: row.score.rank for one, row in shown.items() if one != "09"} == {
        row.agent.agent_id: row.score.rank for row in scoreboard(plain)
    }
    assert result.pools == plain.pools
    assert paid_late(result) == {"09"}
    assert paid_late(plain) == frozenset()


def test_somebody_nobody_remembers_has_the_name_that_was_booked() -> None:
    """The line is paid all the same."""
    result = with_corrections(month_result(), [LEFT], ())
    assert next(one.name for one in result.agents if one.agent_id == "09") == "赵离"


def test_somebody_who_is_still_there_keeps_the_row_of_this_month() -> None:
    """What the person was in the corrected month does not matter."""
    result = with_corrections(month_result(), [WON], [agent("007", name="former name")])
    assert result.agents == month_result().agents
    assert scores(result) == scores(month_result())
    assert paid_late(result) == frozenset()


def test_the_explanation_of_a_correction_is_its_note() -> None:
    """No formula of one times something, and nothing of a fine whose id happens to be correction."""
    rules = policy(
        """
[pay.base]
by = "roster"
[[pay.fine]]
id = "correction"
label = "Fine"
amount = 5
each = { measure = "errors" }
[measure.errors]
label = "Errors"
table = "interactions"
rows = true
"""
    )
    result = month_of(rules, [agent("1", base_pay=D(3000))], {"1": {"errors": 2}})
    result = with_corrections(result, [replace(WON, agent_id="1"), LEFT], ())
    tree = explanation_tree(Explained(result, result.agents[-1], (), lambda _: (), "zh"))
    node = find_node(tree, "correction.2026-08.team.5")
    assert node is not None
    assert (node.value, node.note, node.children) == ("12.50", own(result)[1].note, ())
    left = explanation_tree(Explained(result, result.agents[0], (), lambda _: (), "zh"))
    assert find_node(left, "correction.2026-08.fine.6") is not None


# ---- views and checks ------------------------------------------------------


@pytest.mark.slow
def test_the_workbooks_show_corrections_and_recalculate_to_the_same_cells(tmp_path: Path) -> None:
    """A column of their own; totals include them; texts of users never become formulas."""
    result = with_corrections(month_result(), [WON, TAKEN, LEFT], ())
    book = pay_book(result, "zh")
    again = recalculated(book, tmp_path)
    for content in (book, again):
        loaded = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        head = next(row for row in loaded["工资表"].iter_rows(min_row=2, max_row=2, values_only=True))
        rows = {row[1]: row for row in loaded["工资表"].iter_rows(min_row=3, values_only=True)}
        column = head.index("更正")
        assert [rows[one][column] for one in ("007", "08", "09", "7")] == [12.5, -1000.01, 25, 0]
        assert D(str(rows["08"][-1])) * 100 == pay_totals(result)["08"]
        assert {row[3] for row in loaded["核对"].iter_rows(min_row=3, values_only=True)} == {"OK"}
    assert openpyxl.load_workbook(io.BytesIO(scores_book(result, "zh"))).sheetnames


def test_the_law_checks_look_at_what_the_month_itself_earned() -> None:
    """A correction is neither a fine within the cap nor pay compared with the minimum wage, up or down."""
    rules = policy('[pay.base]\nby = "roster"\n[[law.minimum_wage]]\nregion = ""\nsince = "2026-01"\namount = 2200\n')
    plain = month_of(rules, [agent("1", base_pay=D(2200)), agent("2", base_pay=D(2100))])
    taken = [replace(TAKEN, agent_id="1"), replace(WON, agent_id="2", new_cents=900000), replace(LEFT, agent_id="3")]
    result = with_corrections(plain, taken, ())
    calendar = WorkCalendar(YEARS, frozenset(), frozenset())
    given = LawInput(rules, OCTOBER, result.agents, as_records(result.pay_lines, PayLine), calendar, {})
    assert law_advice(given) == plain.advice
    assert [(one.code, one.agent_id) for one in plain.advice] == [("law-below-minimum", "2")]


# ---- laws ------------------------------------------------------------------

AMOUNTS = st.integers(-900_000, 900_000)
SLIPS = st.dictionaries(
    st.sampled_from(["1", "2", "3"]),
    st.dictionaries(st.sampled_from(["base", "late", "pool1", "top", "rude"]), AMOUNTS, max_size=5),
)
"""Cents by agent and pay line."""


def totals(*slips: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What each agent gets of several months: the plain sum of the amounts given."""
    return {one: sum(sum(slip.get(one, {}).values()) for slip in slips) for one in ("1", "2", "3")}


def paid(results: list[MonthResult]) -> dict[str, int]:
    """What each agent gets of all pay lines of several months."""
    found = [pay_totals(result) for result in results]
    return {one: sum(each.get(one, 0) for each in found) for one in ("1", "2", "3")}


@settings(deadline=None)
@given(old=SLIPS, new=SLIPS)
def test_old_lines_and_corrections_sum_to_the_new_lines(
    old: Mapping[str, Mapping[str, int]], new: Mapping[str, Mapping[str, int]]
) -> None:
    """For each agent, to the cent."""
    deltas = pay_deltas(month(SEPTEMBER, list(old), old), month(SEPTEMBER, list(new), new))
    october = with_corrections(month(OCTOBER), booked(deltas, SEPTEMBER, 1), ())
    assert paid([month(SEPTEMBER, list(old), old), october]) == totals(new)
    assert set(own(october)) == set(as_records(october.pay_lines, PayLine))
    assert all(delta.old_cents != delta.new_cents for delta in deltas)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_corrections_of_corrections_add_up_over_several_months(data: st.DataObject) -> None:
    """Each of four months is corrected up to three times in later ones, which themselves carry corrections."""
    sealed: list[MonthResult] = []
    latest: dict[Month, MonthResult] = {}
    truth: dict[Month, Mapping[str, Mapping[str, int]]] = {}
    left = dict.fromkeys((AUGUST.shift(step) for step in range(4)), 3)
    entry = 0
    for open_month in (AUGUST.shift(step) for step in range(6)):
        owed: list[BookedDelta] = []
        for of in [one for one in truth if left.get(one)]:
            for _ in range(data.draw(st.integers(0, left[of]))):
                entry, left[of] = entry + 1, left[of] - 1
                slips = data.draw(SLIPS)
                corrected = replace(latest[of], pay_lines=month(of, [], slips).pay_lines)
                owed += booked(pay_deltas(latest[of], corrected), of, entry)
                truth[of], latest[of] = slips, corrected
        truth[open_month] = data.draw(SLIPS)
        made = with_corrections(month(open_month, list(truth[open_month]), truth[open_month]), owed, ())
        sealed.append(made)
        latest[open_month] = made
    assert paid(sealed) == totals(*truth.values())
    ids = [(line.agent_id, line.line) for result in sealed for line in own(result)]
    assert len(set(ids)) == len(ids)


def test_a_late_score_of_nobody_is_not_invented() -> None:
    """Who is added is excluded, and only once, though two corrections concern the person."""
    result = with_corrections(month_result(), [LEFT, replace(LEFT, entry=8)], ())
    added = [one for one in as_records(result.scores, Score) if one.agent_id == "09"]
    assert [(one.status, one.score, one.grade, one.rank) for one in added] == [("excluded", None, "", None)]
    assert [one.agent_id for one in result.agents].count("09") == 1
