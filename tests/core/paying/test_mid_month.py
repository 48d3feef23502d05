"""What of a month that changes inside is paid as if it were one, said of those to whom it makes a difference."""

from __future__ import annotations

from typing import Any

import pytest

from csctl.cli.showing.problem_lines import problem_lines
from csctl.core.people.roster import agents_of_month
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_fix, say
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, SCORED, WEEKENDS_OFF, canonical_rows, counted_as_one, month_of, policy

RULES = (
    SCORED
    + """
[[level]]
id = "C1"
[[level]]
id = "C2"
[[level]]
id = "M"
scored = false
[measure.hours]
label = "hours"
unit = "hours"
table = "kpis"
sum = "value"
[measure.away]
label = "days away"
unit = "days"
table = "kpis"
sum = "value"
[measure.sold]
label = "sold"
unit = "yuan"
table = "orders"
sum = "amount"
[measure.calls]
label = "calls"
unit = "count"
table = "interactions"
rows = true
[pay.base]
by = "level"
amounts = { C1 = 2000, C2 = 3000, M = 3000 }
[[pay.overtime]]
id = "over"
label = "overtime"
quantity = "hours"
times = 1.5
[[pay.deduction]]
id = "leave"
label = "leave"
quantity = "away"
divisor = 21.75
[[pay.piece]]
id = "calls"
label = "calls"
of = "calls"
groups = ["hot"]
tiers = [{ from = 0, rate = 1 }]
[[pay.allowance]]
id = "line"
label = "line, by days"
amount = 110
groups = ["hot"]
[[pay.allowance]]
id = "night"
label = "night, by number"
amount = 10
quantity = "calls"
groups = ["hot"]
[[pay.allowance]]
id = "flat"
label = "flat"
amount = 50
groups = ["hot"]
prorate = false
[[pay.performance]]
id = "perf"
label = "performance, by days"
by = "score"
amount = 500
levels = ["C1"]
[[pay.performance]]
id = "whole"
label = "performance, whole"
by = "score"
amount = 500
levels = ["C1"]
prorate = false
[[pay.pool]]
label = "team pool"
of = "sold"
per = "team"
share = 1
mode = "whole"
tiers = [{ from = 0, rate = 0.1 }]
[[pay.pool]]
label = "group pool"
of = "sold"
per = "group"
share = 1
mode = "whole"
tiers = [{ from = 0, rate = 0.1 }]
[[pay.award]]
id = "first"
label = "first"
amount = 50
first = "score"
"""
)
OF_GROUP = ["night, by number", "flat", "calls"]
OF_SCORED = ["team pool", "group pool", "first"]


def rules() -> Policy:
    return policy(RULES)


def month(*spans: dict[str, Any], **values: object) -> MonthResult:
    """October of Ann, whose roster rows begin on the 1st, the 12th and the 20th; Bob's month does not change."""
    days = [OCTOBER.first.replace(day=day) for day in (1, 12, 20)]
    ends = [OCTOBER.first.replace(day=day) for day in (11, 19, 31)]
    rows = [
        {"agent_id": "a", "agent_name": "Ann", "level": "C1", "group": "hot"}
        | span
        | {"valid_from": since, "valid_to": until}
        for span, since, until in zip(spans, days, [*ends[: len(spans) - 1], ends[-1]], strict=False)
    ]
    rows.append({"agent_id": "b", "agent_name": "Bob", "level": "C1", "group": "hot"})
    people, problems = agents_of_month(canonical_rows("roster", rows), OCTOBER, rules())
    assert problems == []
    own = {"x": 80, "hours": 0, "away": 0, "sold": 100, "calls": 5}
    return month_of(rules(), people, {"a": own | values, "b": own | {"hours": 9}}, calendar=WEEKENDS_OFF)


def said(result: MonthResult) -> list[str]:
    """The components said to take the end of the month for all of it; always of Ann alone."""
    found = [one for one in result.problems if one.code.startswith("spans-")]
    assert {one.found for one in found} <= {"a Ann"}
    return sorted(name for name, _ in counted_as_one(result))


@pytest.mark.parametrize(
    ("spans", "values", "labels"),
    [
        # Nothing changes that anything looks at.
        (({"post": "phone"}, {"post": "chat"}), {"hours": 2, "away": 1}, []),
        (({},), {"hours": 2, "away": 1}, []),
        # A raise: what is paid at the pay of an hour or a day, where there is any; what one level alone may have.
        (({}, {"level": "C2"}), {}, ["performance, whole"]),
        (({}, {"level": "C2"}), {"hours": 2}, ["overtime", "performance, whole"]),
        (({}, {"level": "C2"}), {"away": 1}, ["leave", "performance, whole"]),
        (({}, {"level": "C2"}, {}), {"hours": 2, "away": 1}, ["overtime", "leave", "performance, whole"]),
        # Another group: what is that group's, but for what is paid by days.
        (({}, {"group": "desk"}), {"hours": 2}, [*OF_GROUP, "group pool"]),
        (({"group": "desk"}, {}), {}, [*OF_GROUP, "group pool"]),
        (({"group": "desk"}, {"group": "mail"}), {}, ["group pool"]),
        (({}, {"group": "desk"}, {}), {}, [*OF_GROUP, "group pool"]),
        # From or to a level that is not scored, at the same pay: a share of a pool is for the days that are scored.
        (({"level": "C2"}, {"level": "M"}), {"hours": 2, "away": 1}, OF_SCORED),
        (({"level": "M"}, {"level": "C2"}), {"hours": 2, "away": 1}, ["first"]),
        (({"level": "C2"}, {"level": "M", "group": "desk"}), {}, [*OF_GROUP, *OF_SCORED]),
    ],
)
def test_what_takes_the_end_of_the_month_for_all_of_it_is_said_where_it_matters(
    spans: tuple[dict[str, Any], ...], values: dict[str, object], labels: list[str]
) -> None:
    """Once for each component, however often things change."""
    assert said(month(*spans, **values)) == sorted(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_why_and_what_to_write(language: str) -> None:
    """The figure that tells no days is named, and so are the components without ``prorate = true`` and those that
    cannot go by days: each reason of the same people is one line, and the screen leaves no component out.
    """
    rows = ({"level": "C2"}, {"level": "M", "group": "desk"})
    found = [
        one
        for given in (({}, {"level": "C2", "group": "desk"}), rows)
        for one in month(*given, hours=2, away=1).problems
        if one.code.startswith("spans-")
    ]
    why = [(shown(one.parameters["component"]), one.parameters.get("measure", one.code)) for one in found]
    assert why == [
        ("“overtime”", "hours"), ("“leave”", "days away"), ("“night, by number”, “calls”", "calls"),
        ("“flat”, “performance, whole”", "spans-paid-whole"), ("“group pool”", "sold"),
        ("“night, by number”, “calls”", "calls"), ("“flat”", "spans-paid-whole"),
        ("“team pool”, “first”", "spans-counted-as-one"), ("“group pool”", "sold"),
    ]  # fmt: skip
    for one in found:
        one_off = say("table-pay_items", language)
        write = {"spans-paid-whole": "prorate = true", "spans-counted-as-one": one_off}
        named = write.get(one.code, f"“{one.parameters.get('measure')}”")
        assert named in problem_fix(one, language)
    lines = [" ".join(line.words(language)) for line in problem_lines(found[:5], language)]
    assert all(any(name in line for line in lines) for name in ("overtime", "leave", "night", "flat", "group pool"))


def shown(named: object) -> str:
    return ", ".join(named) if isinstance(named, tuple) else str(named)


def test_everybody_concerned_is_named_in_one_line() -> None:
    """Ann and Cy both move; Bob does not."""
    rows = [
        {"agent_id": who, "agent_name": who.upper(), "level": "C1", "group": group, "valid_from": since}
        for who in ("a", "c")
        for group, since in (("hot", None), ("desk", OCTOBER.first.replace(day=12)))
    ]
    rows = [row if row["valid_from"] else row | {"valid_to": OCTOBER.first.replace(day=11)} for row in rows]
    people, _ = agents_of_month(canonical_rows("roster", rows), OCTOBER, rules())
    values = {who: {"x": 80, "sold": 100, "calls": 1, "hours": 0, "away": 0} for who in ("a", "c")}
    result = month_of(rules(), people, values)
    found = {one.found for one in result.problems if one.code.startswith("spans-")}
    assert found == {("a A", "c C")}
