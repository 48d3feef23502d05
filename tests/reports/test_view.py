"""What reports show: scoreboard, heat, who moved, pools, pay, problems."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.records.lines import PoolResult
from csctl.messages import problem
from csctl.problems import Place
from csctl.reports.changes import Reason, agent_changes
from csctl.reports.trends import months_shown, score_trends, team_trends
from csctl.reports.view import board, heat, month_summary, pay_by_kind, quality
from csctl.reports.waterfall import waterfall
from tests.reports.months import report_input, september
from tests.sheets.month import GOLDEN_CLAIMS, TIER_POOL, month_result, pool

D = Decimal


def test_the_scoreboard_says_what_changed() -> None:
    """Best first; nothing to compare for who was not scored."""
    rows = board(month_result(), september())
    assert [(one.row.agent.agent_id, one.score_change, one.pay_change_cents) for one in rows] == [
        ("007", D("10.00"), 8046),
        ("08", D("0.00"), 0),
        ("100000000000000001", D("0.00"), 0),
        ("7", None, 0),
    ]
    assert {one.score_change for one in board(month_result(), None)} == {None}


def test_the_month_in_a_few_figures() -> None:
    """95, 85 and 60 have the mean 80 and the median 85; pay is the sum of all lines."""
    result = month_result()
    found = month_summary(result)
    assert (found.people, found.scored, found.failed, found.mean, found.median) == (4, 3, 0, D("80.00"), D("85.00"))
    assert found.pay_cents == sum(result.pay_lines["amount_cents"])
    assert found.pool_cents == 4015_00


def test_the_heat_map_tells_low_from_missing() -> None:
    """Points ÷ possible points; what is missing has no share but its rule."""
    found = heat(month_result())
    assert [label for _, label, _ in found.columns] == ["客户满意度评分", "业务考试", "首次响应"]
    rows = {agent.agent_id: cells for agent, cells in found.rows}
    assert list(rows) == ["007", "08", "100000000000000001"]
    assert [cell.share if cell else None for cell in rows["007"]] == [1, Fraction("0.6667"), 1]
    absent = rows["08"][2]
    assert absent is not None
    assert (absent.share, absent.missing) == (None, "reweight")


def test_who_moved_and_which_lines_did_it() -> None:
    """Only those who moved, with the lines that changed; measured values before and after."""
    found = agent_changes(month_result(), september())
    assert [(one.agent.agent_id, one.score_before, one.score, one.score_change) for one in found] == [
        ("007", D("85.00"), D("95.00"), D("10.00"))
    ]
    assert found[0].score_reasons == (Reason("业务考试", D("10.00"), "78.00", "88.00"),)
    assert found[0].pay_reasons == (Reason("late", D("80.46"), "", ""),)
    assert agent_changes(month_result(), None) == []


def test_the_month_before_is_the_one_before() -> None:
    """A gap in the months is no comparison."""
    earlier = replace(september(), month=september().month.shift(-1))
    assert report_input().previous is not None
    assert report_input(past=(earlier,)).previous is None


def test_trends_go_up_to_the_month() -> None:
    """Oldest first, a gap where somebody was not scored, at most a year."""
    result = month_result()
    many = [replace(september(), month=result.month.shift(-step)) for step in range(1, 20)]
    months = months_shown(result, many)
    assert [str(months[0].month), str(months[-1].month), len(months)] == ["2025-11", "2026-10", 12]
    two = months_shown(result, [september()])
    assert next((one.about, one.values) for one in score_trends(two)) == ("007", (D("85.00"), D("95.00")))
    assert next(one.values for one in team_trends(two, "zh")) == (D("76.67"), D("80.00"))


def test_pay_by_kind_adds_up() -> None:
    """Every agent's kinds sum to the agent's lines, and only kinds that somebody has are shown."""
    result = month_result()
    found = pay_by_kind(result)
    for agent, own in found.items():
        lines = result.pay_lines[result.pay_lines["agent_id"] == agent]
        assert sum(own.values()) == sum(lines["amount_cents"])
    assert list(found["007"]) == ["base", "unworked", "guarantee", "bonus", "award", "fine"]


def test_problems_are_told_by_kind() -> None:
    """Worst first, notes left out, each file once."""
    found = quality(
        [
            problem("role-unknown", Place("b.csv", row=2), "x", known="y"),
            problem("history-used", found="2026-09", last="2026-09"),
            problem("role-unknown", Place("a.csv", row=3), "z", known="y"),
            problem("role-unknown", Place("a.csv", row=1), "z", known="y"),
            problem("month-none"),
        ]
    )
    assert [(one.first.code, one.count, one.files) for one in found] == [
        ("month-none", 1, ()),
        ("role-unknown", 3, ("a.csv", "b.csv")),
    ]
    assert found[1].first.place.row == 1


POOLS = st.builds(
    lambda cents, points: pool("p", cents, {str(key): (f"{value}.00", 20) for key, value in enumerate(points)}),
    st.integers(0, 10**7),
    st.lists(st.integers(0, 100), min_size=1, max_size=9),
)


@given(st.one_of(POOLS, st.just(TIER_POOL)))
def test_a_waterfall_begins_at_nothing_and_ends_there(made: PoolResult) -> None:
    """Each step begins where the one before ended; tiers climb to the pool, shares come down to the last cent."""
    steps = waterfall(made, {}, "zh")
    at = 0
    for step in steps:
        if step.kind == "total":
            assert (step.start_cents, step.end_cents) == (0, at)
        else:
            assert step.start_cents == at
            assert abs(step.end_cents - step.start_cents) == abs(step.shown_cents)
            at = step.end_cents
    assert at == (made.pool_cents if made.undistributed else 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_waterfall_names_its_steps(language: str) -> None:
    """Tiers with their edges, what the agents do not get, people by name, the largest share first."""
    labels = [step.label for step in waterfall(TIER_POOL, {"007": "王小明 007"}, language)]
    assert len(labels) == 4 + 3 + 3
    assert "50,000" in labels[1]
    assert "0.8 %" in labels[1]
    assert labels[-3:] == ["王小明 007", "08", "7"]
    golden = pool("team", 3000_00, GOLDEN_CLAIMS)
    assert len(waterfall(golden, {}, language)) == 1 + 1 + 3
