"""Measures: the same figures on every engine, and those that plain Python finds row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from csctl.core.explaining.evidence import evidence
from csctl.core.frames.frame import Frame
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.records.evidence import Evidence
from csctl.core.records.lines import Measured
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Measure
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from tests.core import naive
from tests.drawn import drawn
from tests.workbench import OCTOBER, D, Row, canonical_rows, frame, policy

AGENTS = ("a1", "a2", "a3")
ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person(agent, f"name {agent}", (), NOWHERE) for agent in AGENTS], {})

# ---- random canonical rows -------------------------------------------------

months = st.sampled_from(["2026-10", "2026-10", "2026-10", "2026-09", "2026-01", "2025-12"])


def _decimals(places: int, top: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-(10**places), top * 10**places).map(lambda units: D(units).scaleb(-places))


INTERACTION = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from([*AGENTS, *AGENTS, "nobody", None]),
        "month": months,
        "answered": st.sampled_from([True, True, False, None]),
        "resolved": st.sampled_from([True, False, None]),
        "channel": st.sampled_from(["电话", "在线", "", None]),
        "customer_id": st.sampled_from(["0012", "12", "110101199001011234", None]),
        "first_response_seconds": st.none() | _decimals(3, 700),
        "satisfaction": st.none() | _decimals(4, 5),
        "order_amount": st.none() | _decimals(2, 10**7),
        "rounds": st.none() | st.integers(0, 9),
    }
)
SURVEY = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from([*AGENTS, None]),
        "month": months,
        "satisfied": st.sampled_from([True, False, None]),
        "score": st.none() | _decimals(4, 10),
        "full_score": st.sampled_from([D(10), D(5), None]),
    }
)
TABLES = st.fixed_dictionaries(
    {"interactions": st.lists(INTERACTION, max_size=25), "surveys": st.lists(SURVEY, max_size=12)}
)

# ---- random measures -------------------------------------------------------

NUMBERS = ("first_response_seconds", "satisfaction", "order_amount", "rounds")
EDGES = {
    "first_response_seconds": st.integers(-1, 701).map(D) | st.sampled_from([D("120"), D("0.0005"), D("299.999")]),
    "satisfaction": st.sampled_from([D(0), D("2.5"), D("4.99995"), D(5)]),
    "order_amount": st.sampled_from([D(0), D("99.99"), D("100.005"), D(5000)]),
    "rounds": st.sampled_from([D(0), D(3), D("4.5")]),
}


@st.composite
def comparisons(draw: st.DrawFn, column: str) -> dict[str, object]:
    """A test with one or two bounds, on a number."""
    edge = EDGES[column]
    names = draw(st.lists(st.sampled_from(["at_least", "above", "at_most", "below", "equals"]), min_size=1, max_size=2))
    return {name: draw(edge) for name in names}


KNOWN = st.booleans().map(lambda known: {"known": known})
TESTS: dict[str, st.SearchStrategy[object]] = {
    "answered": st.booleans() | KNOWN,
    "resolved": st.booleans() | KNOWN,
    "channel": st.sampled_from(["电话", "", ["电话", "在线"], ["传真"], {"not": ["电话"]}, {"not": ["电话", ""]}])
    | KNOWN,
    "customer_id": st.sampled_from(["0012", ["12", "0012"]]) | KNOWN,
    **{column: EDGES[column] | comparisons(column) | KNOWN for column in NUMBERS},
}


@st.composite
def wheres(draw: st.DrawFn) -> dict[str, object]:
    """Tests on up to three columns."""
    columns = draw(st.lists(st.sampled_from(sorted(TESTS)), max_size=3, unique=True))
    return {column: draw(TESTS[column]) for column in columns}


@st.composite
def terms(draw: st.DrawFn) -> dict[str, object]:
    """Any aggregate over the interactions."""
    kind = draw(st.sampled_from(["rows", "sum", "mean", "median", "quantile", "distinct", "minimum", "maximum"]))
    term: dict[str, object] = {"table": "interactions", "where": draw(wheres())}
    term["window"] = draw(st.sampled_from(["month", "month", "year_to_date"]))
    if kind == "rows":
        return term | {"rows": True}
    if kind == "distinct":
        return term | {"distinct": draw(st.sampled_from(["customer_id", "channel", "rounds", "resolved"]))}
    term[kind] = draw(st.sampled_from(NUMBERS))
    return term | (
        {"q": draw(st.sampled_from([D("0.9"), D("0.5"), D("0.25"), D("0.95")]))} if kind == "quantile" else {}
    )


@st.composite
def measures(draw: st.DrawFn) -> dict[str, object]:
    """A term alone, over another one, or a share of rows; with a unit, decimals and a smallest base."""
    made: dict[str, object] = {"label": "x", "unit": draw(st.sampled_from(["", "%", "s", "min", "h", "count"]))}
    made["min_n"] = draw(st.sampled_from([1, 1, 1, 2, 5]))
    if draw(st.booleans()):
        made["decimals"] = draw(st.integers(0, 6))
    shape = draw(st.sampled_from(["plain", "plain", "per", "per other", "share"]))
    if shape == "share":
        share = draw(wheres().filter(bool))
        return made | {"table": "interactions", "rows": True, "where": draw(wheres()), "share": share}
    if shape == "per":
        made["per"] = draw(terms())
    if shape == "per other":
        made["per"] = draw(
            st.sampled_from(
                [
                    {"table": "surveys", "sum": "full_score"},
                    {"table": "surveys", "rows": True, "where": {"satisfied": True}, "window": "year_to_date"},
                ]
            )
        )
    return made | draw(terms())


def _policy_of(declared: Sequence[Mapping[str, object]]) -> Policy:
    return policy("").model_copy(
        update={"measure": {f"m{number}": Measure.model_validate(one) for number, one in enumerate(declared)}}
    )


def _credited(tables: Mapping[str, Sequence[Row]], folder: Path, engine: Engine) -> dict[str, Frame]:
    return {name: credited(frame(folder / name, name, rows, engine), IDENTITY) for name, rows in tables.items()}


def _figures(rules: Policy, tables: Mapping[str, Sequence[Row]], folder: Path, engine: Engine) -> list[Measured]:
    return compute_measures(rules, _credited(tables, folder, engine), AGENTS, OCTOBER)


def _prove(declared: Sequence[Mapping[str, object]], raw: Mapping[str, Sequence[Row]], folder: Path) -> None:
    rules = _policy_of(declared)
    tables = {name: canonical_rows(name, rows) for name, rows in raw.items()}
    turned = {name: list(reversed(rows)) for name, rows in tables.items()}
    on_polars = _figures(rules, tables, folder, "polars")
    assert _figures(rules, tables, folder, "pandas") == on_polars
    assert _figures(rules, turned, folder, "polars") == on_polars
    for one in on_polars:
        expected = naive.measure_of(rules.measure[one.measure], tables, one.agent_id, OCTOBER)
        assert (one.value, one.n) == (expected.value, expected.n), rules.measure[one.measure]
        assert one.value is None or one.value.as_tuple().exponent == -rules.measure[one.measure].places


UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every example writes and reads files: making a counterexample small would take minutes."""
quick = settings(
    max_examples=drawn(30), deadline=None, phases=UNSHRUNK, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
long = settings(quick, max_examples=1500)
several = st.lists(measures(), min_size=1, max_size=6)


@quick
@given(several, TABLES)
def test_measures_are_the_same_on_both_engines_and_by_hand(
    tmp_path: Path, declared: list[dict[str, object]], raw: dict[str, list[Row]]
) -> None:
    """Every aggregate, test, window, share and ratio: Polars, pandas and plain Python agree to the digit."""
    _prove(declared, raw, tmp_path)


@pytest.mark.slow
@long
@given(several, TABLES)
def test_measures_agree_at_length(tmp_path: Path, declared: list[dict[str, object]], raw: dict[str, list[Row]]) -> None:
    """The same with many more tables."""
    _prove(declared, raw, tmp_path)


def _shown_rows(found: Sequence[Evidence]) -> dict[str, list[int | None]]:
    return {one.role: [row.place.row for row in one.rows] for one in found}


@pytest.mark.slow
@settings(quick, max_examples=25)
@given(measures(), TABLES)
@example(
    {"label": "x", "table": "interactions", "rows": True, "where": {"rounds": {"at_least": D(1)}},
     "share": {"rounds": {"at_most": D(2)}}},
    {"interactions": [{"agent_id": "a1", "rounds": number} for number in (0, 1, 2, 3)], "surveys": []},
)  # fmt: skip
def test_evidence_is_exactly_the_rows_that_count(
    tmp_path: Path, declared: dict[str, object], raw: dict[str, list[Row]]
) -> None:
    """The rows shown behind a measure are those a filter by hand keeps, no more and no fewer."""
    rules = _policy_of([declared])
    measure = rules.measure["m0"]
    tables = {name: canonical_rows(name, rows) for name, rows in raw.items()}
    for engine in ENGINES:
        frames = _credited(tables, tmp_path, engine)
        for agent in AGENTS:
            found = evidence(rules, "m0", frames, agent, OCTOBER, 1000)
            rows = naive.rows_of(measure, tables, agent, OCTOBER)
            wanted = {"rows": rows}
            if measure.share is not None:
                known = [row for row in rows if naive.answers(row, measure.share)]
                hits = [row for row in known if naive.meets(row, measure.share)]
                wanted = {"numerator": hits, "denominator": known}
            elif measure.per is not None:
                wanted = {"numerator": rows, "denominator": naive.rows_of(measure.per, tables, agent, OCTOBER)}
            numbers = {role: [row["source_row"] for row in kept] for role, kept in wanted.items() if kept}
            assert _shown_rows([one for one in found if one.total]) == numbers
            assert all(one.total == len(one.rows) for one in found)


# ---- worked examples -------------------------------------------------------

CONTACTS = [
    {"agent_id": "a1", "answered": True, "resolved": True, "first_response_seconds": D(20), "order_amount": D("0.10")},
    {"agent_id": "a1", "answered": True, "resolved": False, "first_response_seconds": D(41), "order_amount": D("0.20")},
    {"agent_id": "a1", "answered": True, "first_response_seconds": D("90.005"), "order_amount": D("99.99")},
    {"agent_id": "a1", "answered": False},
    {"agent_id": "a2", "answered": True, "resolved": True, "month": "2026-09"},
]
ROWS = {"table": "interactions", "rows": True}


def _one(declared: dict[str, Any], rows: Sequence[Row], folder: Path, engine: Engine, agent: str = "a1") -> Measured:
    found = _figures(_policy_of([declared]), {"interactions": canonical_rows("interactions", rows)}, folder, engine)
    return next(one for one in found if one.agent_id == agent)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("declared", "value", "n"),
    [
        ({**ROWS, "unit": "count"}, "4", 4),
        ({**ROWS, "unit": "count", "where": {"answered": True}}, "3", 3),
        ({**ROWS, "unit": "%", "where": {"answered": True}, "share": {"resolved": True}}, "50.00", 2),
        ({**ROWS, "unit": "%", "share": {"answered": True}}, "75.00", 4),
        ({**ROWS, "unit": "%", "share": {"resolved": {"known": True}}}, "50.00", 4),
        ({**ROWS, "unit": "%", "share": {"resolved": {"known": False}}}, "50.00", 4),
        ({"table": "interactions", "mean": "first_response_seconds", "unit": "s"}, "50.34", 3),
        ({"table": "interactions", "mean": "first_response_seconds", "unit": "min"}, "0.84", 3),
        ({"table": "interactions", "median": "first_response_seconds", "unit": "s"}, "41.00", 3),
        ({"table": "interactions", "quantile": "first_response_seconds", "q": D("0.9"), "unit": "s"}, "80.20", 3),
        ({"table": "interactions", "sum": "order_amount", "unit": "yuan"}, "100.29", 3),
        ({"table": "interactions", "maximum": "first_response_seconds", "unit": "s"}, "90.01", 3),
        ({"table": "interactions", "mean": "first_response_seconds", "min_n": 4}, None, 3),
        ({**ROWS, "unit": "%", "share": {"resolved": True}, "min_n": 3}, None, 2),
        ({**ROWS, "unit": "%", "share": {"resolved": True}, "min_per": D(2)}, "50.00", 2),
        ({**ROWS, "unit": "%", "share": {"resolved": True}, "min_per": D(3)}, None, 2),
        ({**ROWS, "per": {"table": "interactions", "sum": "order_amount"}, "min_per": D("100.29")}, "0.0399", 3),
        ({**ROWS, "per": {"table": "interactions", "sum": "order_amount"}, "min_per": D("100.30")}, None, 3),
        (
            {
                **ROWS,
                "unit": "%",
                "where": {"first_response_seconds": {"above": D(20)}},
                "share": {"first_response_seconds": {"at_most": D(60)}},
            },
            "50.00",
            2,
        ),
    ],
)  # fmt: skip
def test_worked_measures(tmp_path: Path, engine: Engine, declared: dict[str, Any], value: str | None, n: int) -> None:
    """Figures small enough to check in the head."""
    one = _one({"label": "x", **declared}, CONTACTS, tmp_path, engine)
    assert (one.value if value is None else str(one.value), one.n) == (value, n)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_rows_a_count_is_nothing_and_a_mean_is_missing(tmp_path: Path, engine: Engine) -> None:
    """The table was there, so there were 0 contacts; but no contacts have no mean."""
    mean = {"label": "x", "table": "interactions", "mean": "first_response_seconds"}
    ratio = {"label": "x", **ROWS, "per": {"table": "interactions", "rows": True}}
    assert _one({"label": "x", **ROWS, "unit": "count"}, CONTACTS, tmp_path, engine, "a3").value == 0
    assert _one({"label": "x", "table": "interactions", "sum": "order_amount"}, [], tmp_path, engine).value == 0
    assert _one({"label": "x", "table": "interactions", "distinct": "channel"}, [], tmp_path, engine).value == 0
    assert _one(mean, CONTACTS, tmp_path, engine, "a3").value is None
    assert _one(ratio, CONTACTS, tmp_path, engine, "a3").value is None


@pytest.mark.parametrize("engine", ENGINES)
def test_a_measure_on_a_table_that_is_not_there_is_missing(tmp_path: Path, engine: Engine) -> None:
    """No complaints file is not the same as no complaints; and a rate needs both its tables."""
    rules = _policy_of(
        [
            {"label": "count", "table": "complaints", "rows": True},
            {"label": "rate", "table": "complaints", "rows": True, "per": {"table": "interactions", "rows": True}},
            {"label": "other", "table": "interactions", "rows": True, "per": {"table": "complaints", "rows": True}},
        ]
    )
    tables = {"interactions": canonical_rows("interactions", CONTACTS)}
    assert {one.value for one in _figures(rules, tables, tmp_path, engine)} == {None}


@pytest.mark.parametrize("first", ["contacts", "rate"])
def test_a_rate_is_not_upside_down_whatever_stands_before_it(tmp_path: Path, first: str) -> None:
    """One complaint over four contacts is 25 %, whichever measure names which table first."""
    declared: dict[str, dict[str, object]] = {
        "contacts": {"label": "c", "table": "interactions", "rows": True},
        "rate": {"label": "r", "unit": "%", "table": "complaints", "rows": True,
                 "per": {"table": "interactions", "rows": True}},
    }  # fmt: skip
    order = [first, *(name for name in declared if name != first)]
    rules = _policy_of([declared[name] for name in order])
    tables = {
        "interactions": canonical_rows("interactions", CONTACTS),
        "complaints": canonical_rows("complaints", [{"agent_id": "a1"}]),
    }
    found = {one.measure: one for one in _figures(rules, tables, tmp_path, "polars") if one.agent_id == "a1"}
    rate = found[f"m{order.index('rate')}"]
    assert [str(rate.value), str(rate.numerator), str(rate.denominator)] == ["25.00", "1.0000", "4.0000"]
    assert rate.n == 4


@pytest.mark.parametrize("engine", ENGINES)
def test_large_amounts_lose_no_cent(tmp_path: Path, engine: Engine) -> None:
    """Sums and extremes beyond what a binary float holds exactly."""
    rows = [{"agent_id": "a1", "order_amount": D(amount)} for amount in ("90071992547409.93", "90071992547409.94")]
    total = {"label": "x", "table": "interactions", "sum": "order_amount", "unit": "yuan"}
    largest = {"label": "x", "table": "interactions", "maximum": "order_amount", "unit": "yuan"}
    assert str(_one(total, rows, tmp_path, engine).value) == "180143985094819.87"
    assert str(_one(largest, rows, tmp_path, engine).value) == "90071992547409.94"


@pytest.mark.parametrize("engine", ENGINES)
def test_events_are_counted_without_the_excused_ones(tmp_path: Path, engine: Engine) -> None:
    """By id or by label, as often as the row says or once, excused ones not at all."""
    rules = policy('[event.cover]\nlabel = "顶班"\n[event.late]\nlabel = "迟到"\n')
    events: list[Row] = [
        {"agent_id": "a1", "event": "cover"},
        {"agent_id": "a1", "event": "顶班", "count": 3},
        {"agent_id": "a1", "event": "cover", "count": 10, "excused": True},
        {"agent_id": "a1", "event": "cover", "count": 2, "excused": False},
        {"agent_id": "a1", "event": "顶班", "excused": False},
        {"agent_id": "a1", "event": "迟到", "excused": True},
        {"agent_id": "a1", "event": "cover", "month": "2026-09"},
    ]
    tables = {"events": canonical_rows("events", events)}
    found = {(one.agent_id, one.measure): one for one in _figures(rules, tables, tmp_path, engine)}
    assert found["a1", "event.cover"].value == 7
    assert found["a1", "event.cover"].n == 4
    assert found["a1", "event.late"].value == 0
    assert found["a2", "event.cover"].value == 0
    shown = evidence(rules, "event.cover", _credited(tables, tmp_path, engine), "a1", OCTOBER, 10)
    assert sorted(row.place.row or 0 for one in shown for row in one.rows) == [2, 3, 5, 6]


def test_year_to_date_begins_in_january(tmp_path: Path) -> None:
    """Rows since January count, those of last year and of later months do not."""
    rows = [{"agent_id": "a1", "month": month} for month in ("2025-12", "2026-01", "2026-09", "2026-10", "2026-11")]
    declared = {"label": "x", **ROWS, "window": "year_to_date"}
    assert _one(declared, rows, tmp_path, "polars").value == 3


def test_evidence_shows_as_many_rows_as_asked_and_counts_all(tmp_path: Path) -> None:
    """The first rows in the order of the file, with the cells that were looked at."""
    rules = _policy_of([{"label": "x", "table": "interactions", "mean": "first_response_seconds"}])
    frames = _credited({"interactions": canonical_rows("interactions", CONTACTS)}, tmp_path, "polars")
    (found,) = evidence(rules, "m0", frames, "a1", OCTOBER, 2)
    assert (found.role, found.total) == ("rows", 3)
    assert [(row.place.file, row.place.row, row.cells) for row in found.rows] == [
        ("interactions.csv", 2, ("first_response_seconds = 20",)),
        ("interactions.csv", 3, ("first_response_seconds = 41",)),
    ]


def test_an_unknown_measure_has_no_evidence() -> None:
    """Asking for rows of nothing gives none."""
    assert evidence(policy(""), "nothing", {}, "a1", OCTOBER, 5) == []
    assert evidence(policy(""), "event.nothing", {}, "a1", Month(2026, 1), 5) == []
