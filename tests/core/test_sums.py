"""Measures made of several terms: added, taken away, divided; exact on every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.explaining.evidence import evidence
from csctl.core.explaining.explain_measures import measure_node
from csctl.core.explaining.nodes import Explained
from csctl.core.frames.frame import Frame
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.looking_back import looked_back_months
from csctl.core.records.lines import Measured
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, SignedTerm, Sum
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from csctl.workflow.starting import tables_needed
from tests.core import naive
from tests.policy.small import SMALL, changed, line_with, load_good, load_texts
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, Row, agent, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person(agent, agent, (), NOWHERE) for agent in ("a1", "a2")], {})

ORDER = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a1", "a2"]),
        "month": st.sampled_from(["2026-10", "2026-10", "2026-03"]),
        "customer_id": st.sampled_from(["c1", "c2", None]),
        "amount": st.none() | st.integers(-500, 90_000).map(lambda cents: D(cents).scaleb(-2)),
        "refund_amount": st.none() | st.integers(0, 9_000).map(lambda cents: D(cents).scaleb(-2)),
    }
)
SURVEY = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a2"]),
        "score": st.none() | st.integers(0, 10).map(D),
        "satisfied": st.sampled_from([True, False, None]),
    }
)
TABLES = st.fixed_dictionaries({"orders": st.lists(ORDER, max_size=12), "surveys": st.lists(SURVEY, max_size=9)})

TERMS: st.SearchStrategy[dict[str, object]] = st.sampled_from(
    [
        {"table": "orders", "sum": "amount"},
        {"table": "orders", "sum": "refund_amount"},
        {"table": "orders", "rows": True, "where": {"amount": {"above": D(100)}}},
        {"table": "orders", "rows": True, "where": {"refund_amount": {"known": True}}},
        {"table": "orders", "distinct": "customer_id"},
        {"table": "orders", "mean": "amount", "window": "year_to_date"},
        {"table": "orders", "median": "refund_amount"},
        {"table": "surveys", "rows": True, "where": {"score": {"at_least": D(9)}}},
        {"table": "surveys", "rows": True, "where": {"satisfied": False}},
        {"table": "surveys", "maximum": "score"},
    ]
)


@st.composite
def sums(draw: st.DrawFn) -> dict[str, object]:
    """One to four terms, the later ones added or taken away."""
    made = dict(draw(TERMS))
    made["plus"] = draw(st.lists(TERMS, max_size=2))
    made["minus"] = draw(st.lists(TERMS, max_size=2))
    return made


@st.composite
def measures(draw: st.DrawFn) -> dict[str, object]:
    """A sum alone or over another one."""
    made: dict[str, object] = {"label": "x", "unit": draw(st.sampled_from(["", "%", "/10k", "/h"]))}
    made["min_n"] = draw(st.sampled_from([1, 1, 3]))
    base: dict[str, object] | None = draw(st.none() | sums())
    return made | draw(sums()) | ({} if base is None else {"per": base})


FACTORS = {"": 1, "%": 100, "/10k": 10_000, "/h": 3600}
PLACES = {"": 4, "%": 2, "/10k": 2, "/h": 2}


def _by_hand(total: Sum, tables: naive.Tables, agent: str) -> tuple[Fraction | None, int]:
    """The sum of a numerator or denominator, and how many rows any of its terms counts."""
    value: Fraction | None = Fraction(0)
    rows: set[tuple[str, int]] = set()
    for sign, term in [(1, total), *((1, one) for one in total.plus), *((-1, one) for one in total.minus)]:
        kept = naive.rows_of(term, tables, agent, OCTOBER)
        rows |= {(term.table, row["source_row"]) for row in kept}
        found = naive.aggregate(term, kept)
        value = None if value is None or found is None else value + sign * found
    return value, len(rows)


def _expected(measure: Measure, tables: naive.Tables, agent: str) -> tuple[Decimal | None, int]:
    if naive.unknown(measure, tables, OCTOBER):
        return None, 0
    value, n = _by_hand(measure, tables, agent)
    enough = n >= measure.min_n or measure.min_n == 1
    if measure.per is not None:
        below, n = _by_hand(measure.per, tables, agent)
        value = value / below if value is not None and below else None
        enough = n >= measure.min_n
    if value is None or not enough:
        return None, n
    scaled = value * FACTORS[measure.unit] * 10 ** PLACES[measure.unit]
    whole = (abs(scaled) + Fraction(1, 2)) // 1
    return D(int(whole if scaled >= 0 else -whole)).scaleb(-PLACES[measure.unit]), n


def _policy_of(declared: Sequence[Mapping[str, object]]) -> Policy:
    made = {f"m{number}": Measure.model_validate(one) for number, one in enumerate(declared)}
    return policy("").model_copy(update={"measure": made})


def _frames(tables: Mapping[str, Sequence[Row]], folder: Path, engine: Engine) -> dict[str, Frame]:
    return {name: credited(frame(folder / name, name, rows, engine), IDENTITY) for name, rows in tables.items()}


def _one(declared: Mapping[str, object], tables: Mapping[str, Sequence[Row]], folder: Path, engine: Engine) -> Measured:
    canonical = {name: canonical_rows(name, rows) for name, rows in tables.items()}
    (found,) = compute_measures(_policy_of([declared]), _frames(canonical, folder, engine), ["a1"], OCTOBER)
    return found


@pytest.mark.slow
@settings(
    max_examples=35,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(measures(), min_size=1, max_size=4), TABLES)
def test_sums_are_the_same_on_both_engines_and_by_hand(
    tmp_path: Path, declared: list[dict[str, object]], raw: dict[str, list[Row]]
) -> None:
    """Values to the digit, and the rows that any term counts, each row once."""
    rules = _policy_of(declared)
    tables = {name: canonical_rows(name, rows) for name, rows in raw.items()}
    on_polars = compute_measures(rules, _frames(tables, tmp_path, "polars"), ["a1", "a2"], OCTOBER)
    assert compute_measures(rules, _frames(tables, tmp_path, "pandas"), ["a1", "a2"], OCTOBER) == on_polars
    for one in on_polars:
        assert (one.value, one.n) == _expected(rules.measure[one.measure], tables, one.agent_id)


SALES = [
    {"agent_id": "a1", "amount": D("200.10")},
    {"agent_id": "a1", "amount": D("99.95"), "refund_amount": D("99.95")},
    {"agent_id": "a1", "amount": D("50.00"), "refund_amount": D("0.05")},
]
NET: dict[str, Any] = {
    "label": "net", "unit": "yuan", "table": "orders", "sum": "amount",
    "minus": [{"table": "orders", "sum": "refund_amount"}],
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_refunded_is_no_sale(tmp_path: Path, engine: Engine) -> None:
    """350.05 paid less 100.00 refunded, from three orders: two of them count twice but are three."""
    one = _one(NET, {"orders": SALES}, tmp_path, engine)
    assert (str(one.value), one.n, one.source) == ("250.05", 3, "orders")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sum_may_fall_below_zero(tmp_path: Path, engine: Engine) -> None:
    """More refunds than sales is a negative figure, not nothing."""
    one = _one(NET, {"orders": [{"agent_id": "a1", "amount": D(1), "refund_amount": D("3.5")}]}, tmp_path, engine)
    assert str(one.value) == "-2.50"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_term_without_a_value_leaves_the_sum_without_one(tmp_path: Path, engine: Engine) -> None:
    """A mean of nothing is not 0, so nothing can be added to it; a sum of nothing is 0."""
    declared = {**NET, "plus": [{"table": "orders", "mean": "refund_amount"}]}
    assert _one(declared, {"orders": [{"agent_id": "a1", "amount": D(1)}]}, tmp_path / "1", engine).value is None
    assert _one(NET, {"orders": [{"agent_id": "a1", "amount": D(1)}]}, tmp_path / "2", engine).value == 1


def test_a_sum_over_a_table_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """Sales are known, returned goods are not: what is left is unknown."""
    declared = {**NET, "minus": [{"table": "surveys", "rows": True}]}
    one = _one(declared, {"orders": SALES}, tmp_path, "polars")
    assert (one.value, one.source) == (None, "orders+surveys")
    per = {"table": "orders", "rows": True, "minus": [{"table": "surveys", "rows": True}]}
    assert _one({**NET, "per": per}, {"orders": SALES}, tmp_path / "per", "polars").value is None


def test_too_few_rows_in_the_base_leave_a_ratio_missing(tmp_path: Path) -> None:
    """The base is the rows that any term of the denominator counts."""
    per = {"table": "orders", "sum": "amount", "plus": [{"table": "orders", "sum": "refund_amount"}]}
    declared = {"label": "x", "table": "orders", "sum": "refund_amount", "per": per}
    assert _one({**declared, "min_n": 3}, {"orders": SALES}, tmp_path / "3", "polars").value == D("0.2222")
    assert _one({**declared, "min_n": 4}, {"orders": SALES}, tmp_path / "4", "polars").value is None


def test_evidence_shows_each_term_with_its_sign_and_figure(tmp_path: Path) -> None:
    """What was added and what was taken away, each with its rows."""
    frames = _frames({"orders": canonical_rows("orders", SALES)}, tmp_path, "polars")
    found = evidence(_policy_of([NET]), "m0", frames, "a1", OCTOBER, 10)
    assert [(one.role, one.sign, str(one.value), one.total) for one in found] == [
        ("rows", 1, "350.0500", 3),
        ("rows", -1, "100.0000", 2),
    ]
    assert [row.place.row for row in found[1].rows] == [3, 4]


def test_evidence_of_a_single_term_repeats_no_figure(tmp_path: Path) -> None:
    """Its figure is the measure's own."""
    frames = _frames({"orders": canonical_rows("orders", SALES)}, tmp_path, "polars")
    (found,) = evidence(_policy_of([{**NET, "minus": []}]), "m0", frames, "a1", OCTOBER, 10)
    assert (found.sign, found.value) == (1, None)


RATIO = {
    **NET, "unit": "%",
    "per": {"table": "orders", "sum": "amount", "minus": [{"table": "orders", "sum": "refund_amount"}]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "labels"),
    [
        (NET, [("依据：订单", "计 +350.05"), ("减去：订单", "计 −100")]),
        (
            RATIO,
            [
                ("分子：订单", "计 +350.05"),
                ("分子中减去：订单", "计 −100"),
                ("分母：订单", "计 +350.05"),
                ("分母中减去：订单", "计 −100"),
            ],
        ),
    ],
)
def test_an_explanation_says_what_was_added_and_what_taken_away(
    tmp_path: Path, declared: dict[str, object], labels: list[tuple[str, str]]
) -> None:
    """In words, each with its figure."""
    rules = _policy_of([declared])
    frames = _frames({"orders": canonical_rows("orders", SALES)}, tmp_path, "polars")
    found = compute_measures(rules, frames, ["a1"], OCTOBER)
    result = compute_month(MonthInput(rules, OCTOBER, [agent("a1")], found, [], WEEKENDS_OFF, []))
    rows = partial(evidence, rules, tables=frames, agent_id="a1", month=OCTOBER, limit=5)
    node = measure_node(Explained(result, agent("a1"), [], rows, "zh"), "m0")
    assert node is not None
    assert [(child.label, child.note) for child in node.children] == labels


def test_a_measure_lists_its_terms_without_its_own_keys() -> None:
    """A term of a measure is a term and no measure."""
    total = Measure.model_validate(NET)
    assert [(sign, term.column) for sign, term in total.signed] == [(1, "amount"), (-1, "refund_amount")]
    assert {type(term).__name__ for _, term in total.signed} == {"Term"}
    assert total.signed[1] == SignedTerm(-1, total.minus[0])


# ---- the policy around it --------------------------------------------------

OWN_SALES = 'table = "orders"\nsum = "amount"'


@pytest.mark.parametrize(
    ("added", "code", "found"),
    [
        ('minus = [{ table = "orders", sum = "refunded" }]', "policy-unknown-column", "refunded"),
        ('plus = [{ table = "order", sum = "amount" }]', "policy-unknown-table", "order"),
        ('plus = [{ table = "orders", sum = "date" }]', "policy-column-not-numeric", "date"),
        ('plus = [{ table = "orders", sum = "amount", where = { data = "x" } }]', "policy-unknown-column", "data"),
        ('minus = [{ table = "interactions", sum = "talk_seconds" }]', "policy-sum-of-unlike", "talk_seconds"),
        ('per = { table = "orders", rows = true, plus = [{ table = "x", rows = true }] }', "policy-unknown-table", "x"),
    ],
)  # fmt: skip
def test_inner_terms_are_checked_like_outer_ones(added: str, code: str, found: str) -> None:
    """Wherever a term stands, its faults have file and line."""
    text = changed((OWN_SALES, f"{OWN_SALES}\n{added}"))
    loaded, problems = load_texts({"own": text})
    assert loaded is None
    assert [(one.code, one.found, one.place.row) for one in problems if one.code == code] == [
        (code, found, line_with(text, added))
    ]


def test_counts_and_numbers_go_with_everything() -> None:
    """Contacts less complaints are contacts; only amounts, times and shares must be alike."""
    added = 'minus = [{ table = "complaints", rows = true }, { table = "orders", sum = "refund_amount" }]'
    assert load_good({"own": changed((OWN_SALES, f"{OWN_SALES}\n{added}"))}).findings == ()


@pytest.mark.parametrize("key", ["plus", "minus"])
def test_a_share_is_no_sum(key: str) -> None:
    """A share already has its base, so nothing can be added to it."""
    text = changed(
        (
            "rows = true\n",
            f'rows = true\nshare = {{ resolved = true }}\n{key} = [{{ table = "orders", rows = true }}]\n',
        )
    )
    loaded, problems = load_texts({"own": text})
    assert loaded is None
    assert [one.code for one in problems] == ["policy-share-with-rows"]


def test_bands_on_a_count_that_may_be_negative_must_reach_below_zero() -> None:
    """Where something is taken away, 0 is not the lowest value."""
    bands = (
        '\nmeasure = "contacts"\nmissing = "reweight"\nweight = 40\nbands = [\n    { level = "优秀", at_least = 0 },\n]'
    )
    edit = (SMALL[SMALL.index('\nmeasure = "csat"') : SMALL.index('\n\n[[dimension.indicator]]\nid = "praise"')], bands)
    assert load_texts({"own": changed(edit)})[1] == []
    less = (
        "where = { answered = true }",
        'where = { answered = true }\nminus = [{ table = "complaints", rows = true }]',
    )
    _, problems = load_texts({"own": changed(edit, less)})
    assert [one.code for one in problems] == ["policy-band-gap"]


def test_inner_terms_count_for_months_and_tables() -> None:
    """A year-to-date figure inside a sum needs the earlier months; a table inside a sum needs its workbook."""
    head = '[measure.x]\nlabel = "x"\ntable = "orders"\nsum = "amount"\n'
    inner = head + 'per = { table = "targets", sum = "amount", minus = [%s] }\n'
    plain = policy(inner % '{ table = "plans", rows = true }')
    since_january = policy(inner % '{ table = "plans", rows = true, window = "year_to_date" }')
    assert looked_back_months(plain, OCTOBER) == []
    assert len(looked_back_months(since_january, OCTOBER)) == 9
    assert [table.name for table in tables_needed(plain)] == ["roster", "plans", "targets", "orders"]
