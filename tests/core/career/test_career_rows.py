"""From canonical rows and closed months to what the ladder is judged from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from csctl.core.career.given import Disciplined, ExamTaken, Honour, career_month
from csctl.core.career.rows import discipline_of, exams_of, honours_of
from csctl.core.people.identity import Person, build_identity
from csctl.problems import NOWHERE
from tests.core.career.world import policy_text
from tests.policy.small import load_good
from tests.workbench import OCTOBER, agent, canonical_rows, month_of, rating, scores

IDENTITY, _ = build_identity([Person("001", "李雷", ("lilei",), NOWHERE), Person("002", "韩梅梅", (), NOWHERE)], {})


def test_rows_are_credited_by_number_account_or_name() -> None:
    """A row of somebody unknown is left out."""
    rows = canonical_rows(
        "titles",
        [
            {"agent_id": "001", "date": date(2026, 10, 3), "title": "优秀客服"},
            {"agent_name": "lilei", "date": date(2026, 10, 4), "title": "优秀客服"},
            {"agent_name": "韩梅梅", "date": date(2026, 10, 5), "title": "全勤奖"},
            {"agent_name": "某人", "date": date(2026, 10, 6), "title": "优秀客服"},
        ],
    )
    assert honours_of(rows, IDENTITY) == [
        Honour("001", date(2026, 10, 3), "优秀客服"),
        Honour("001", date(2026, 10, 4), "优秀客服"),
        Honour("002", date(2026, 10, 5), "全勤奖"),
    ]


def test_a_row_without_a_day_counts_at_the_end_of_its_month() -> None:
    """The month under which it was filed is known."""
    rows = canonical_rows("discipline", [{"agent_id": "001", "measure": "警告"}])
    assert discipline_of(rows, IDENTITY) == [Disciplined("001", date(2026, 10, 31), "警告")]


def test_an_exam_keeps_its_points_and_what_the_table_says() -> None:
    """Points stay exact, and an empty cell stays unknown."""
    row = {"agent_id": "002", "date": date(2026, 10, 9), "kind": "知识", "score": Decimal("59.5"), "full_score": None}
    rows = canonical_rows("exams", [{**row, "passed": None}, {**row, "passed": True}])
    assert exams_of(rows, IDENTITY) == [
        ExamTaken("002", date(2026, 10, 9), "知识", Decimal("59.5"), None, None),
        ExamTaken("002", date(2026, 10, 9), "知识", Decimal("59.5"), None, True),
    ]


def test_a_month_s_result_is_a_month_of_the_ladder() -> None:
    """People, scores with their ranks, and values by agent and measure."""
    rules = load_good({"own": policy_text("sa")}).policy
    people = [agent("001", level="初级"), agent("002", level="中级")]
    values = {"001": {"event.late": 2}, "002": {}}
    result = month_of(rules, people, values, [rating("001", "综合", "70"), rating("002", "综合", "80")])
    month = career_month(result)
    assert (month.month, tuple(month.agents)) == (OCTOBER, result.agents)
    assert {one.agent_id: one for one in month.scores} == scores(result)
    assert [(one.agent_id, one.rank) for one in month.scores] == [("001", 2), ("002", 1)]
    assert month.values["001"]["event.late"] == Decimal(2)
