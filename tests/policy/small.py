"""A small policy with one of everything, and ways to load texts that lie in no folder."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.problems import Problem

SMALL = """\
id = "small"
label = "小制度"
version = "1"
state = "reviewed"
effective = { from = "2026-01", to = "2026-12" }

[scale]
"优秀" = 100
"合格" = 60

[score]
pass_mark = 60
raters = { self = 30, superior = 70 }

[[dimension]]
id = "service"
label = "服务"
weight = 70

[[dimension.indicator]]
id = "csat"
label = "满意度"
measure = "csat"
missing = "reweight"
weight = 40
bands = [
    { level = "优秀", at_least = 90 },
    { level = "合格" },
]

[[dimension.indicator]]
id = "praise"
label = "表扬"
measure = "event.praise"
missing = "zero"
weight = 30
linear = { zero = 0, full = 5 }

[[dimension]]
id = "attitude"
label = "态度"
weight = 30

[[dimension.indicator]]
id = "manner"
label = "主动性"
rating = "主动性"
missing = "block"

[[adjustment]]
id = "cover"
label = "顶班"
points = 5
each = { event = "cover" }

[[adjustment]]
id = "leader"
label = "接待第一"
points = 5
when = { all = [ { first = "contacts" }, { measure = "csat", at_least = 80 } ] }

[[grade]]
label = "A"
at_least = 80

[[grade]]
label = "B"

[[level]]
id = "junior"

[[level]]
id = "senior"

[pay.base]
by = "level"
amounts = { junior = 2000, senior = 2500 }

[[pay.pool]]
label = "提成"
of = "sales"
mode = "marginal"
share = 1
tiers = [
    { from = 0, rate = 0 },
    { from = 50000, rate = 0.008 },
]

[[pay.deduction]]
id = "leave"
label = "事假"
quantity = "leave_days"
divisor = 21.75

[[pay.award]]
id = "champion"
label = "第一奖"
amount = 100
streak = { first = "score", every = 3 }

[[pay.fine]]
id = "late"
label = "迟到"
amount = 10
each = { measure = "late" }

[measure.csat]
label = "满意度"
unit = "%"
table = "surveys"
sum = "score"
where = { kind = ["服务", "回访"] }
per = { table = "surveys", sum = "full_score" }

[measure.contacts]
label = "接待量"
unit = "count"
table = "interactions"
rows = true
where = { answered = true }

[measure.sales]
label = "销售额"
unit = "yuan"
table = "orders"
sum = "amount"

[measure.leave_days]
label = "事假天数"
unit = "days"
table = "attendance"
sum = "personal_leave_days"

[measure.late]
label = "迟到次数"
unit = "count"
table = "attendance"
sum = "late_count"

[event]
praise = { label = "客户表扬" }
cover = { label = "主动顶班" }

[[assumption]]
id = "A-1"
kind = "example"
text = "提成阶梯为示例。"
keys = ["pay.pool.tiers"]
"""


def changed(*edits: tuple[str, str], text: str = SMALL) -> str:
    """The text with pieces replaced; each piece must stand in it exactly once."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def load_texts(texts: Mapping[str, str], name: str = "own") -> tuple[Loaded | None, list[Problem]]:
    """Load a policy from texts by name; each is shown as a file ``<name>.toml``."""

    def fetch(wanted: str) -> SourceText | None:
        return SourceText(f"{wanted}.toml", texts[wanted]) if wanted in texts else None

    return load_policy(name, fetch, ["insurance", "ecommerce-pay"])


def load_good(texts: Mapping[str, str], name: str = "own") -> Loaded:
    """The policy, which must have no errors."""
    loaded, problems = load_texts(texts, name)
    assert problems == []
    assert loaded is not None
    return loaded


def line_with(text: str, marker: str) -> int:
    """The line that holds the marker, which must be the only one."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if marker in line]
    assert len(lines) == 1, (marker, lines)
    return lines[0]
