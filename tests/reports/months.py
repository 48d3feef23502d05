"""Two months made by hand, and what reports are made from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.core.records.lines import PayLine, Score, ScoreLine, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.reports.run_json import InputFile
from csctl.reports.view import Listed, ReportInput
from tests.sheets.month import AGENTS, SCORES, month_result

D = Decimal
OCTOBER = Month(2026, 10)


READING = FileReading(
    (
        ColumnReading("", "amount", "净额", "money", form="1,234.56", decided="column", rows=20, empty=2, unreadable=1,
                      smallest="1", median="298", largest="1280"),
        ColumnReading("", "talk_seconds", "时长", "seconds", unit="minutes", doubtful=True, rows=20,
                      smallest="0.5 → 30 s", median="3.5 → 3 min 30 s", largest="90 → 1 h 30 min"),
        ColumnReading("", "order_id", "=订单号", "id", rows=20),
    )
)  # fmt: skip


def september() -> MonthResult:
    """The month before: 007 had ten points less in one indicator and was late for half a day more."""
    made = month_result(month=OCTOBER.shift(-1))
    lines = [
        replace(line, contribution=D("10.00"), value=D("78.00"))
        if (line.agent_id, line.line) == ("007", "exam")
        else line
        for line in as_records(made.score_lines, ScoreLine)
    ]
    scores = [replace(one, score=D("85.00")) if one.agent_id == "007" else one for one in SCORES]
    pay = [
        replace(line, amount_cents=line.amount_cents - 8046) if (line.agent_id, line.line) == ("007", "late") else line
        for line in as_records(made.pay_lines, PayLine)
    ]
    return replace(
        made, score_lines=as_frame(lines, ScoreLine), scores=as_frame(scores, Score), pay_lines=as_frame(pay, PayLine)
    )


def report_input(result: MonthResult | None = None, language: str = "zh", **changes: object) -> ReportInput:
    """October after September, with a problem, a file, a listing and a topic to sign off."""
    made = result or month_result()
    given = ReportInput(
        team="安心客服部",
        result=made,
        past=(september(),),
        problems=made.problems,
        inputs=(InputFile("data/订单.csv", "0" * 64, "orders", 20, 1),),
        readings=(("data/订单.csv", READING),),
        listed=(Listed("投诉原因", "", 5, (("资费", 3), ("网络", 2)), beside=2),),
        topics=(("数据", (problem("forms-agent-unknown", found="旧文件"),)),),
        language=language,
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def many(people: int) -> MonthResult:
    """A month of so many, the first the best."""
    agents = tuple(replace(AGENTS[0], agent_id=f"{at:03}", name=f"N{at:03}") for at in range(people))
    scores = [
        replace(SCORES[0], agent_id=one.agent_id, score=Decimal(100) - at / Decimal(10), rank=at + 1)
        for at, one in enumerate(agents)
    ]
    return month_result(agents=agents, scores=as_frame(scores, Score))
