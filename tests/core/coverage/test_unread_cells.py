"""Cells that cannot be read: what is unreadable is not absent, worth nothing to whom it is about, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.preparing.month import prepare_month
from csctl.core.records.marks import MISSING
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Problem
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.store.canonical import CanonicalStore, Found, open_frame
from csctl.store.engines import Engine
from tests.proofs import mostly_slow
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    canonical_rows,
    cents_by_line,
    pay_lines,
    policy,
    records_of,
)

PAY = """
[pay.base]
by = "roster"
[[pay.award]]
id = "good"
label = "good"
amount = 100
when = { measure = "m", TEST }
"""
Rows = Sequence[Sequence[Cell]]


def _imported(table: str, rows: Rows) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x"}))
    assert source is not None, problems
    return import_book(Book((Sheet("s", [tuple(row) for row in rows]),)), source, f"{table}.csv", OCTOBER)


def _month(
    folder: Path, rules: str, table: str, rows: Rows, engine: Engine = "polars"
) -> tuple[MonthResult, list[Problem]]:
    """October of two people, of whom this export tells, and what was said of their figures."""
    made, problems = _given(folder, rules, table, rows, engine)
    return compute_month(made), problems


def _given(
    folder: Path, rules: str, table: str, rows: Rows, engine: Engine = "polars"
) -> tuple[MonthInput, list[Problem]]:
    read = _imported(table, rows)
    assert read.sheets, read.problems
    found = Found(read.accepted, read.rejected, (), read.fates)
    entry = CanonicalStore(folder).save(table, "key", read.columns, found)
    people = [
        {"agent_id": who, "agent_name": f"name {who}", "hired_on": date(2020, 1, 1), "base_pay": D(3000)}
        for who in ("a1", "a2")
    ]
    frames = {table: open_frame(table, [entry.path], engine)}
    return prepare_month(
        policy(rules), OCTOBER, canonical_rows("roster", people), frames, {}, WEEKENDS_OFF, (), files=entry.fates
    )


def _rules(table: str, measure: str, test: str) -> str:
    said = f'[measure.m]\nlabel = "m"\ntable = "{table}"\n{measure}\n'
    return (said if "unit =" in measure else f'{said}unit = "count"\n') + PAY.replace("TEST", test)


def _value(result: MonthResult, who: str, name: str = "m") -> Decimal | None:
    return next(one.value for one in records_of(result) if (one.agent_id, one.measure) == (who, name))


def _said(problems: Sequence[Problem]) -> list[str]:
    found = [one for one in problems if one.code == "figures-unread"]
    assert all(problem_text(one, language) for one in found for language in LANGUAGES)
    return [problem_text(one, "en") for one in found]


def _pays(result: MonthResult, who: str) -> dict[str, int]:
    return {line: cents for line, cents in cents_by_line(result, who).items() if cents}


REFUND = ("姓名", "日期", "售后类型", "补偿金额")
QUALITY = ("姓名", "日期", "质检项", "是否合格", "得分")
EVENT = ("姓名", "日期", "事件", "次数")
COMPLAINT = ("姓名", "日期", "是否有效", "是否免责")
ORDER = ("姓名", "日期", "订单号", "订单金额")
RETURNED = ("姓名", "日期", "订单号", "订单金额", "退款金额")
SURVEY = ("姓名", "日期", "满意度评分")

RATE = 'rows = true\nshare = { passed = true }\nunit = "%"'
LARGE = "rows = true\nwhere = { compensation = { above = 0 } }"
FAILED = "rows = true\nwhere = { passed = false }"

HOLES = [
    ("aftersales", REFUND, ("仅退款", "处理中"), ("仅退款", "0"), 'sum = "compensation"', "at_most = 0"),
    ("aftersales", REFUND, ("仅退款", "处理中"), ("仅退款", "0"), LARGE, "at_most = 0"),
    ("quality", QUALITY, ("A", "待定", "5"), ("A", "是", "5"), FAILED, "at_most = 0"),
    ("quality", QUALITY, ("A", "待定", "5"), ("A", "是", "5"), RATE, "at_least = 90"),
    ("quality", QUALITY, ("A", "是", "五分"), ("A", "是", "5"), 'mean = "score"', "at_least = 5"),
    ("quality", QUALITY, ("A", "是", "五分"), ("A", "是", "5"), 'minimum = "score"', "at_least = 5"),
    ("events", EVENT, ("迟交", "若干"), ("迟交", "0"), 'sum = "count"', "at_most = 1"),
    ("complaints", COMPLAINT, ("maybe", "否"), ("否", "否"), "rows = true\nwhere = { valid = true }", "at_most = 0"),
    ("orders", ORDER, ("o1", "待核"), ("o1", "50"), 'sum = "amount"', "at_most = 100"),
    ("orders", ORDER, ("o1", "待核"), ("o1", "50"), 'distinct = "order_id"', "at_most = 1"),
    ("orders", RETURNED, ("o1", "50", "处理中"), ("o1", "50", "0"), 'sum = "refund_amount"', "at_most = 0"),
    ("surveys", SURVEY, ("很好",), ("5",), 'mean = "score"', "at_least = 5"),
]  # fmt: skip


@pytest.mark.parametrize("engine", mostly_slow(["polars", "pandas"]))
@pytest.mark.parametrize(("table", "header", "doubtful", "plain", "measure", "test"), HOLES)
def test_no_award_rests_on_a_cell_that_cannot_be_read(
    table: str,
    header: Sequence[str],
    doubtful: Sequence[str],
    plain: Sequence[str],
    measure: str,
    test: str,
    engine: Engine,
    tmp_path: Path,
) -> None:
    """Whoever has such a cell has no figure and keeps the base pay; the other's figure stands; it is said with row."""
    day = "2026-10-12"
    rows = [header, ("name a1", day, *doubtful), ("name a1", day, *plain), *[("name a2", day, *plain)] * 3]
    result, problems = _month(tmp_path, _rules(table, measure, test), table, rows, engine)
    assert _value(result, "a1") is None
    assert _pays(result, "a1") == {"base": 300000}
    assert _value(result, "a2") is not None
    assert _pays(result, "a2") == {"base": 300000, "good": 10000}
    (told,) = _said(problems)
    assert "name a1 a1" in told
    assert "name a2" not in told
    assert f"{table}.csv s 2" in told


ESTIMATES = ['mean = "score"', 'median = "score"', 'quantile = "score"\nq = 0.9', RATE]
CLAIMS = ["rows = true\nwhere = { passed = true, score = { at_least = 1 } }", 'sum = "score"', 'minimum = "score"',
          'maximum = "score"']  # fmt: skip


@pytest.mark.parametrize(("read", "stands"), [(9, True), (8, False)])
@pytest.mark.parametrize("measure", ESTIMATES)
def test_an_estimate_stands_while_at_most_one_row_in_ten_is_open(
    measure: str, read: int, stands: bool, tmp_path: Path
) -> None:
    """It rests on the rows that could be read, and says so; beyond that it is missing as any other."""
    rows = [
        QUALITY,
        *[("name a1", "2026-10-12", "A", "是", "5")] * read,
        ("name a1", "2026-10-13", "A", "待定", "五分"),
    ]
    given, problems = _given(tmp_path, _rules("quality", measure, "at_least = 5"), "quality", rows)
    assert (_value(compute_month(given), "a1") is not None) is stands
    assert given.worked_marks == {("a1", "m"): (f"partly:1 / {read + 1}",) if stands else (MISSING,)}
    assert (_said(problems) == []) is stands


@pytest.mark.parametrize("measure", CLAIMS)
def test_what_claims_something_of_every_row_is_left_open_by_one_of_a_hundred(measure: str, tmp_path: Path) -> None:
    """A count, a sum and an extreme are wrong if one row is not in them."""
    known, unknown = ("name a1", "2026-10-12", "A", "是", "5"), ("name a1", "2026-10-13", "A", "待定", "五分")
    rows = [QUALITY, *[known] * 99, unknown]
    result, problems = _month(tmp_path, _rules("quality", measure, "at_least = 1"), "quality", rows)
    assert _value(result, "a1") is None
    assert len(_said(problems)) == 1


def test_a_figure_that_is_left_open_is_marked(tmp_path: Path) -> None:
    """And nobody else's is."""
    rows = [QUALITY, *[(f"name {who}", "2026-10-12", "A", said, "5") for who in ("a1", "a2") for said in ("是", "是")]]
    rows.append(("name a1", "2026-10-13", "A", "待定", "5"))
    given, _ = _given(tmp_path, _rules("quality", FAILED, "at_most = 0"), "quality", rows)
    assert given.worked_marks == {("a1", "m"): (MISSING,)}


@pytest.mark.parametrize(
    ("measure", "row"),
    [
        ("rows = true", ("A", "待定", "五分")),
        ("rows = true\nwhere = { passed = false }", ("A", "是", "五分")),
        ('rows = true\nwhere = { passed = false, item = "B" }', ("A", "待定", "5")),
        ('mean = "score"', ("A", "待定", "5")),
    ],
)
def test_a_cell_that_changes_nothing_for_a_measure_leaves_it_as_it_is(
    measure: str, row: Sequence[str], tmp_path: Path
) -> None:
    """Be it that the measure does not look at the column, or that the rest of the row rules it out."""
    rows = [QUALITY, ("name a1", "2026-10-12", *row), ("name a1", "2026-10-13", "A", "是", "5")]
    result, problems = _month(tmp_path, _rules("quality", measure, "at_most = 9"), "quality", rows)
    assert _value(result, "a1") is not None
    assert _said(problems) == []


def test_an_event_whose_number_cannot_be_read_is_not_counted_once(tmp_path: Path) -> None:
    """How often it happened is not known, and nothing rests on it; another event of the same person counts."""
    rules = """
[[event]]
id = "late"
label = "迟交"
[[event]]
id = "rude"
label = "态度"
[pay.base]
by = "roster"
[[pay.award]]
id = "good"
label = "good"
amount = 100
when = { measure = "event.late", at_most = 1 }
"""
    rules = rules.replace('[[event]]\nid = "late"', "[event.late]").replace('[[event]]\nid = "rude"', "[event.rude]")
    rows = [EVENT, ("name a1", "2026-10-12", "迟交", "若干"), ("name a1", "2026-10-12", "态度", "2")]
    rows += [("name a2", "2026-10-12", "迟交", "1")] * 2
    result, problems = _month(tmp_path, rules, "events", rows)
    assert (_value(result, "a1", "event.late"), _value(result, "a1", "event.rude")) == (None, D(2))
    assert _value(result, "a2", "event.late") == 2
    assert _pays(result, "a1") == {"base": 300000}
    (told,) = _said(problems)
    assert "迟交" in told
    assert "态度" not in told


def test_a_refused_row_leaves_open_only_what_it_may_be_about(tmp_path: Path) -> None:
    """An order of figures: the one that could not be read is missing, the others of the same person are there."""
    rules = _rules("kpis", 'sum = "value"\nwhere = { metric = "投诉数" }', "at_most = 3")
    rules = (
        '[measure.other]\nlabel = "o"\nunit = "count"\ntable = "kpis"\nsum = "value"\nwhere = { metric = "接待量" }\n'
        + rules
    )
    rows = [("姓名", "日期", "投诉数", "接待量")]
    rows += [("name a1", f"2026-10-{day}", "若干" if day == 12 else "1", "20") for day in (12, 13, 14)]
    rows += [("name a2", "2026-10-12", "1", "20")]
    result, problems = _month(tmp_path, rules, "kpis", rows)
    assert (_value(result, "a1"), _value(result, "a1", "other"), _value(result, "a2")) == (None, D(60), D(1))
    assert _pays(result, "a1") == {"base": 300000}
    assert len(_said(problems)) == 1


def test_a_row_of_another_month_or_of_nobody_leaves_nothing_open(tmp_path: Path) -> None:
    """It is known that it is not about these people in this month."""
    rows = [COMPLAINT, ("name a1", "2026-09-12", "maybe", "否"), ("nobody", "2026-10-12", "maybe", "否")]
    rows += [("name a2", "2026-10-12", "否", "否")] * 3
    rules = _rules("complaints", "rows = true\nwhere = { valid = true }", "at_most = 0")
    result, problems = _month(tmp_path, rules, "complaints", rows)
    assert (_value(result, "a1"), _value(result, "a2")) == (D(0), D(0))
    assert _said(problems) == []


def test_a_row_whose_day_cannot_be_read_leaves_the_month_open(tmp_path: Path) -> None:
    """It may be of this month."""
    rows = [COMPLAINT, ("name a1", "有一天", "是", "否"), *[("name a2", "2026-10-12", "否", "否")] * 3]
    rules = _rules("complaints", "rows = true\nwhere = { valid = true }", "at_most = 0")
    result, problems = _month(tmp_path, rules, "complaints", rows)
    assert (_value(result, "a1"), _value(result, "a2")) == (None, D(0))
    assert len(_said(problems)) == 1


POOL = """
[measure.sold]
label = "sold"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.pool]]
label = "pool"
of = "sold"
split_by = "equal"
mode = "marginal"
share = 0.5
tiers = [{ from = 0, rate = 0.2 }]
"""


@pytest.mark.parametrize(("per", "marked"), [("team", {"a1", "a2"}), ("group", {"a1"})])
def test_a_share_of_a_pool_that_lacks_somebodys_figure_says_so(per: str, marked: set[str], tmp_path: Path) -> None:
    """Whoever shares in it, and nobody of another pool."""
    rows = [ORDER, ("name a1", "2026-10-12", "o1", "待核"), ("name a1", "2026-10-12", "o2", "50")]
    rows += [("name a2", "2026-10-12", f"p{number}", "100") for number in range(3)]
    rules = POOL.replace("split_by", f'per = "{per}"\nsplit_by')
    given, _ = _given(tmp_path, rules, "orders", rows)
    apart = replace(given, agents=[replace(one, group=one.agent_id) for one in given.agents])
    shares = [one for one in pay_lines(compute_month(apart)) if one.basis == "pool"]
    assert {one.agent_id for one in shares} == {"a1", "a2"}
    assert {one.agent_id for one in shares if "pool-lacks:1" in one.marks} == marked
    assert sum(one.amount_cents for one in shares) == 3000


MIXED = """
[measure.faults]
label = "faults"
unit = "count"
table = "quality"
rows = true
where = { passed = false }
[measure.rate]
label = "rate"
unit = "%"
table = "quality"
rows = true
share = { passed = true }
[measure.mean]
label = "mean"
unit = "points"
table = "quality"
mean = "score"
[measure.total]
label = "total"
unit = "count"
table = "quality"
sum = "score"
[pay.base]
by = "roster"
""" + "".join(
    f'[[pay.award]]\nid = "{name}"\nlabel = "{name}"\namount = 10\nwhen = {{ measure = "{name}", {test} }}\n'
    for name, test in (("faults", "at_most = 0"), ("rate", "at_least = 60"), ("mean", "at_least = 3"),
                       ("total", "at_most = 8"))
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_all(
    cells=st.lists(st.tuples(st.sampled_from(["是", "否"]), st.integers(0, 5)), min_size=2, max_size=5),
    at=st.integers(0, 4),
    column=st.sampled_from([3, 4]),
)
def test_making_a_cell_unreadable_never_raises_pay_unsaid(
    cells: list[tuple[str, int]], at: int, column: int, tmp_path: Path
) -> None:
    """Whichever cell it is, whatever stood in it: no award more, and whoever it is about is named."""
    rows = [("name a1", "2026-10-12", "A", passed, str(score)) for passed, score in cells]
    spoiled = list(rows[at % len(rows)])
    spoiled[column] = "待定"
    others = [("name a2", "2026-10-12", "A", "是", "5")] * 6
    before, _ = _month(tmp_path, MIXED, "quality", [QUALITY, *rows, *others])
    kept = [row for index, row in enumerate(rows) if index != at % len(rows)]
    after, problems = _month(tmp_path, MIXED, "quality", [QUALITY, *kept, spoiled, *others])
    paid, was = _pays(after, "a1"), _pays(before, "a1")
    assert paid.items() <= was.items()
    assert _pays(after, "a2") == _pays(before, "a2")
    assert any("name a1 a1" in told for told in _said(problems))
