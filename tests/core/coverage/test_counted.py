"""Money that counts other lines says what is not among them for want of data: advances, guarantees, a limit of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.result import MonthResult
from csctl.month import Month
from tests.end_to_end.running import csctl
from tests.workbench import OCTOBER, SCORED, WEEKENDS_OFF, D, agent, measured, pay_lines, policy

PAY = (
    SCORED
    + """
[measure.sold]
label = "sold"
unit = "yuan"
table = "kpis"
sum = "value"
[measure.calls]
label = "calls"
unit = "count"
table = "interactions"
rows = true
[pay.base]
by = "roster"
[[pay.commission]]
id = "own"
label = "Commission"
of = "sold"
tiers = [{ from = 0, rate = 0.1 }]
[[pay.piece]]
id = "calls"
label = "Calls"
of = "calls"
tiers = [{ from = 0, rate = 1 }]
[[pay.performance]]
id = "result"
label = "Result"
amount = 500
by = "score"
[[pay.pool]]
label = "Pool"
amount = 300
[[pay.award]]
id = "best"
label = "Best seller"
amount = 50
first = "sold"
"""
)
DRAW = '[[pay.draw]]\nid = "advance"\nlabel = "Draw"\namount = 1000\n'
GUARANTEE = '[pay.guarantee]\nmode = "monthly"\namounts = [5000]\n'
CAP = "[pay.cap]\namount = 100\n"
FULL: Mapping[str, object] = {"x": 80, "sold": 2000, "calls": 30}
PEOPLE = [agent(who, hired_on=date(2026, 10, 1), base_pay=D(3000)) for who in ("a", "b")]


def _month(rules: str, month: Month = OCTOBER, past: Sequence[MonthResult] = (), **of_a: object) -> MonthResult:
    """A month of a, whose figures are these, and of b, of whom all is known. None is missing, as nobody wrote it."""
    values = {"a": {**FULL, **of_a}, "b": FULL}
    holes = {("a", name): ("missing",) for name, value in values["a"].items() if value is None}
    idle = {"interactions": frozenset({"a"})} if not of_a.get("calls", 1) else {}
    return compute_month(
        MonthInput(
            policy(PAY + rules), month, PEOPLE, measured(values), (), WEEKENDS_OFF, past, worked_marks=holes, idle=idle
        )
    )


def _unjudged(result: MonthResult, kind: str, who: str = "a") -> list[str]:
    """What the lines of a kind say that was not judged; each line the same."""
    (found,) = {
        tuple(mark.removeprefix("unjudged:") for mark in line.marks if mark.startswith("unjudged:"))
        for line in pay_lines(result, who)
        if line.kind == kind
    }
    return list(found)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [("draw", DRAW), ("guarantee", GUARANTEE), ("guarantee", GUARANTEE + DRAW), ("cut", CAP)],
    ids=["draw", "guarantee", "guarantee beside a draw", "limit of all"],
)
def test_what_counts_commission_says_that_a_month_lacks_it(kind: str, rules: str) -> None:
    """Nobody wrote down what a sold: the line that takes the place of commission, or is cut of less, names it."""
    (named,) = _unjudged(_month(rules, sold=None), kind)
    assert named.split("、") == (["Commission"] if kind == "draw" else ["Commission", "Best seller"])
    assert _unjudged(_month(rules, sold=None), kind, "b") == []
    assert _unjudged(_month(rules, sold=0), kind) == []


def test_an_advance_names_the_pieces_of_whom_no_call_is_known() -> None:
    """No call of a where the others have some is 0, which is said; it is nothing to advance money on in silence."""
    assert _unjudged(_month(DRAW, calls=0), "draw") == ["Calls"]


def test_a_guarantee_names_what_the_score_would_have_paid() -> None:
    """Without a figure there is no score, no performance pay and no share of the pool."""
    assert _unjudged(_month(GUARANTEE, x=None), "guarantee") == ["Result、Pool"]


@pytest.mark.parametrize(("counts", "named"), [('["base"]', []), ('["base", "commission"]', ["Commission"])])
def test_a_guarantee_names_only_what_it_counts(counts: str, named: list[str]) -> None:
    """Commission that comes on top of it changes nothing of it."""
    assert _unjudged(_month(GUARANTEE + f"counts = {counts}\n", sold=None), "guarantee") == named


def test_a_line_bears_the_other_marks_of_what_it_counts() -> None:
    """That the columns of calls were read by default: the draw counts pieces, the guarantee of base pay does not."""
    rules = policy(PAY + DRAW + GUARANTEE + 'counts = ["base"]\n')
    given = MonthInput(rules, OCTOBER, PEOPLE, measured({"a": FULL, "b": FULL}), (), WEEKENDS_OFF, ())
    result = compute_month(replace(given, worked_marks={("a", "calls"): ("partly:1 / 30",)}))
    marks = {line.line: line.marks for line in pay_lines(result, "a")}
    assert marks["calls.1"] == marks["advance"] == ("partly:1 / 30",)
    assert marks["guarantee"] == ()


@pytest.mark.parametrize(
    ("kind", "rules", "marks"),
    [
        ("draw", DRAW, ["", "months:2026-10", "months:2026-10", ""]),
        ("guarantee", GUARANTEE.replace("monthly", "annual"), ["", *["months:2026-10"] * 3]),
    ],
)
def test_later_months_say_that_they_settle_money_paid_for_want_of_data(kind: str, rules: str, marks: list[str]) -> None:
    """Of October nobody knows what a sold, and the draw of 1,000 less 30 for calls is 970; November earns 1,530 and
    pays back 530, December the other 440, and January owes nothing. The guarantee is settled over the year.
    """
    made: list[MonthResult] = []
    for step, sold in enumerate([None, 15000, 15000, 2000]):
        made.append(_month(rules, OCTOBER.shift(step), tuple(made), sold=sold))
    said = [{mark for line in pay_lines(one, "a") if line.kind == kind for mark in line.marks} for one in made]
    assert ["".join(mark for mark in own if mark.startswith("months:")) for own in said] == marks


CONFIG = """
name = "Desk"
policy = "policy.toml"
language = "en"
[[source]]
table = "roster"
files = "roster.csv"
[[source]]
table = "kpis"
files = "{month}.csv"
columns = { agent_id = "staff id" }
"""
RULES = """
id = "desk"
label = "Desk"
version = "1"
language = "en"
state = "reviewed"
[measure.sold]
label = "Sales"
unit = "yuan"
table = "kpis"
where = { metric = "sales" }
sum = "value"
[pay.base]
by = "roster"
[[pay.commission]]
id = "own"
label = "Commission"
of = "sold"
tiers = [{ from = 0, rate = 0.1 }]
"""
SAID = "not judged for want of data, neither paid nor taken: Commission"


@pytest.mark.parametrize(
    ("rules", "name", "label", "total"),
    [(DRAW, "advance", "Draw", "4,000.00*"), (GUARANTEE, "guarantee", "guarantee", "5,000.00*")],
)
def test_it_stands_wherever_the_amount_stands(tmp_path: Path, rules: str, name: str, label: str, total: str) -> None:
    """Bob's sales are left empty: on the screen, in the explanation, on his payslip and in the workbook of pay."""
    files = {
        "csctl.toml": CONFIG,
        "policy.toml": RULES + rules,
        "roster.csv": "staff id,name,hire date,base pay\n1,Ann,2020-01-01,3000\n2,Bob,2020-01-01,3000\n",
        "2026-10.csv": "month,staff id,sales\n2026-10,1,900\n2026-10,2,\n",
    }
    for file, text in files.items():
        (tmp_path / file).write_text(text, "utf-8")
    screen = csctl("run", "-w", tmp_path, "-m", "2026-10").out
    assert total in screen
    assert SAID in " ".join(csctl("explain", "2", name, "-w", tmp_path, "-m", "2026-10").out.split())
    out = tmp_path / "out" / "2026-10"
    for book in (out / "pay.xlsx", *out.glob("payslips/2*.xlsx")):
        rows = [
            "\n".join(str(cell) for cell in row if cell)
            for sheet in openpyxl.load_workbook(book).worksheets
            for row in sheet.iter_rows(values_only=True)
        ]
        assert [row for row in rows if SAID in row and label in row] != [], book.name
