"""A policy that asks for everything a form can ask, and the people it asks about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from csctl.core.forms.plan import FormInput
from csctl.core.records.agent import Agent
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, agent, policy

TEXT = """
language = "zh"
sheet = { title = "考核表" }

[scale]
"优秀" = 100
"良好" = 85
"不合格" = 50

[score]
pass_mark = 60
raters = { self = 30, superior = 70 }

[[level]]
id = "初级"

[[level]]
id = "高级"

[[level]]
id = "主管"
scored = false

[[dimension]]
id = "service"
label = "服务"
weight = 60

[[dimension.indicator]]
id = "csat"
label = "满意度"
target = "≥ 90"
measure = "csat"
missing = "reweight"
bands = [{ level = "优秀", at_least = 90 }, { level = "不合格" }]

[[dimension.indicator]]
id = "manner"
label = "沟通"
standard = "专业得体为优秀"
rating = "沟通技巧"
missing = "reweight"

[[dimension.indicator]]
id = "team"
label = "协助"
rating = "小组协助"
out_of = 30
missing = "reweight"

[[dimension]]
id = "attitude"
label = "态度"
weight = 40

[[dimension.indicator]]
id = "order"
label = "服从"
missing = "reweight"

[dimension.indicator.tally]
base = 60
span = 40

[[dimension.indicator.tally.mark]]
item = "O1 守规"
plus = "劝导他人"
minus = "违反规章"

[[dimension.indicator.tally.mark]]
item = "O2 礼貌"
minus = "出言不逊"

[[dimension.indicator.tally.mark]]
item = "问 整洁"
question = "是否整洁?"
if_marked = true

[[dimension.indicator.tally.mark]]
item = "R1 下属"
plus = "清楚下属的工作"
minus = "不清楚"
posts = ["组长"]

[[dimension.indicator]]
id = "summary"
label = "总结"
measure = "deep"
missing = "reweight"
bands = [{ level = "优秀", at_least = 1 }, { level = "良好" }]

[measure.csat]
label = "满意度"
unit = "points"
table = "surveys"
mean = "score"

[measure.deep]
label = "深入的总结"
unit = "count"
table = "ratings"
rows = true
where = { item = "总结深度", role = ["superior", "上级"], value = ["深入", "认真"] }

[[adjustment]]
id = "cover"
label = "顶班"
points = 5
when = { measure = "csat", at_least = 99 }

[career]

[[career.step]]
id = "to_senior"
kind = "promotion"
from_level = "初级"
to_level = "高级"
all_of = [
    { id = "insight", label = "能把握客户心态", judge = true, rule = "PR-041" },
    { id = "helps", label = "主动顶上", judge = true, rule = "PR-042" },
    { id = "tenure", label = "入职满 3 个月", tenure_months = 3 },
]
"""


def desk_policy() -> Policy:
    """The policy."""
    return policy(TEXT)


def people() -> list[Agent]:
    """Two who are scored, one of them a group leader, and their superior, who is not."""
    return [
        agent("0001", name="方静", level="主管", post="主管"),
        agent("0002", name="王芳", level="初级", post="客服", supervisor="方静", group="一组"),
        agent("0003", name="李建国", level="高级", post="组长", supervisor="方静"),
    ]


def desk(**changes: object) -> FormInput:
    """The form input of October."""
    values: dict[str, dict[str, Decimal | None]] = {
        "0002": {"csat": Decimal("92.5"), "deep": None},
        "0003": {"csat": None},
    }
    made = FormInput(desk_policy(), OCTOBER, people(), "zh", values, interview=True)
    return replace(made, **changes)  # type: ignore[arg-type]
