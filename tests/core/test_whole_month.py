"""From canonical tables to every line of a month, and the explanation of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.explaining.evidence import evidence
from csctl.core.explaining.explain import Explained, Node, explanation_tree, find_node, line_ids, measured_by_name
from csctl.core.frames import frame as frame_of_core
from csctl.core.frames.frame import Frame
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.preparing.looking_back import history_months, looked_back_months
from csctl.core.preparing.month import prepare_month
from csctl.core.records.evidence import Evidence
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES
from csctl.money import from_cents
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.store.engines import Engine
from tests.drawn import drawn
from tests.engines import OTHERS
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    canonical_rows,
    cents_by_line,
    frame,
    measured,
    pay_lines,
    policy,
    score_lines,
    scores,
)

RULES = policy(
    """
scale = { "good" = 100, "fair" = 70 }
[score]
pass_mark = 60
min_coverage = 0
raters = { self = 30, superior = 70 }
rule = "S-1"
[[dimension]]
id = "service"
label = "Service"
weight = 60
[[dimension.indicator]]
id = "speed"
label = "Speed"
measure = "response"
missing = "reweight"
bands = [ { level = "good", at_most = 60 }, { level = "fair" } ]
rule = "S-2"
[[dimension.indicator]]
id = "solving"
label = "Solved"
measure = "solved"
missing = "zero"
linear = { zero = 0, full = 100 }
[[dimension]]
id = "manner"
label = "Manner"
weight = 40
[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "tone"
missing = "full"
[[adjustment]]
id = "cover"
label = "Cover"
points = 5
each = { event = "cover" }
[[adjustment]]
id = "calm"
label = "Calm"
points = 2
when = { all = [ { measure = "complaints", equals = 0 }, { all = [ { measure = "contacts", at_least = 1 } ] } ] }
[[grade]]
label = "A"
at_least = 90
[[grade]]
label = "B"
[pay.base]
by = "roster"
[pay.probation]
amount = 1600
months = 1
[pay.guarantee]
mode = "annual"
amounts = [3000]
[[pay.pool]]
label = "Pool"
of = "sales"
mode = "marginal"
share = 0.5
tiers = [ { from = 0, rate = 0.01 }, { from = 500, rate = 0.02 } ]
rule = "P-1"
[[pay.award]]
id = "busiest"
label = "Busiest"
amount = 100
first = "contacts"
ties = "split"
[[pay.award]]
id = "champion"
label = "Champion"
amount = 50
streak = { first = "score", every = 2 }
[[pay.award]]
id = "flawless"
label = "Flawless"
amount = 20
when = { all = [ { measure = "complaints", equals = 0 }, { score = { at_least = 60 } } ] }
[[pay.fine]]
id = "complained"
label = "Complaint"
amount = 50
each = { measure = "complaints" }
escalate = "double"
[measure.response]
label = "Response"
unit = "s"
table = "interactions"
mean = "first_response_seconds"
[measure.contacts]
label = "Contacts"
unit = "count"
table = "interactions"
rows = true
[measure.solved]
label = "Solved"
unit = "%"
table = "interactions"
rows = true
share = { resolved = true }
[measure.complaints]
label = "Complaints"
unit = "count"
table = "complaints"
rows = true
where = { valid = true }
[measure.sales]
label = "Sales"
unit = "yuan"
table = "interactions"
sum = "order_amount"
[event.cover]
label = "Covered a shift"
"""
)
NAMES = {"a1": "Ann", "b2": "Bob", "c3": "Ann", "d4": "Dora"}


def tables_of(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """Random canonical tables of a small team: a namesake, a joiner, a stranger, rows of another month."""
    ids = [*NAMES, "stranger", None]
    contacts: list[Row] = [
        {
            "agent_id": chance.choice(ids),
            "agent_name": chance.choice(["Bob", "Ann", None]),
            "month": chance.choice(["2026-10", "2026-10", "2026-10", "2026-09"]),
            "resolved": chance.choice([True, False, None]),
            "first_response_seconds": chance.choice([None, D(chance.randrange(120000)) / 1000]),
            "order_amount": chance.choice([None, D(chance.randrange(100000)) / 100]),
        }
        for _ in range(40)
    ]
    return {
        "roster": canonical_rows(
            "roster",
            [
                {
                    "agent_id": who,
                    "agent_name": name,
                    "base_pay": D(3000),
                    "hired_on": date(2026, 9, 20) if who == "d4" else date(2024, 1, 1),
                }
                for who, name in NAMES.items()
            ],
        ),
        "interactions": canonical_rows("interactions", contacts),
        "complaints": canonical_rows(
            "complaints", [{"agent_id": chance.choice(ids), "valid": chance.choice([True, False])} for _ in range(4)]
        ),
        "events": canonical_rows(
            "events", [{"agent_id": chance.choice(ids), "event": chance.choice(["cover", "odd"])} for _ in range(3)]
        ),
        "ratings": canonical_rows(
            "ratings",
            [
                {
                    "agent_id": chance.choice(ids),
                    "role": chance.choice(["self", "主管", "boss"]),
                    "item": "tone",
                    "value": chance.choice(["good", "fair", "77.5", "?"]),
                }
                for _ in range(6)
            ],
        ),
    }


def chance_of(seed: int) -> random.Random:
    """The same chance for the same seed."""
    return random.Random(seed)  # noqa: S311


Tables = Mapping[str, Sequence[Row]]


def month_from(
    tables: Tables, folder: Path, engine: Engine = "polars", past: Sequence[MonthResult] = ()
) -> tuple[MonthInput, MonthResult, list[Problem], dict[str, Frame]]:
    """The month prepared and computed from canonical tables; with the credited frames for its explanations."""
    frames = {name: frame(folder / engine, name, rows, engine) for name, rows in tables.items()}
    made, problems = prepare_month(RULES, OCTOBER, list(tables["roster"]), frames, {}, WEEKENDS_OFF, past)
    identity, _ = build_identity(people_on_roster(list(tables["roster"])), {})
    seen = {name: credited(one, identity) for name, one in frames.items() if name != "roster"}
    return made, compute_month(made), problems, seen


def lines_of(result: MonthResult) -> tuple[object, ...]:
    """Everything a month came to, as plain values."""
    return (
        result.agents,
        as_records(result.measures, Measured),
        score_lines(result),
        as_records(result.scores, Score),
        pay_lines(result),
        result.pools,
        result.problems,
    )


few = settings(
    max_examples=drawn(12),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
seeds = st.integers(0, 10**6)


@pytest.mark.slow
@few
@given(seeds)
def test_shuffled_rows_and_another_engine_make_the_same_month(tmp_path: Path, seed: int) -> None:
    """Any order of rows in any table, Polars or pandas: the same lines and the same problems, to the last field."""
    chance = chance_of(seed)
    tables = tables_of(chance)
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}
    _, result, problems, _ = month_from(tables, tmp_path)
    for turned, engine in ((shuffled, "polars"), (shuffled, "pandas")):
        _, other, others, _ = month_from(turned, tmp_path / "other", engine)  # type: ignore[arg-type]
        assert lines_of(other) == lines_of(result)
        assert others == problems


@pytest.mark.parametrize("engine", OTHERS)
def test_a_month_is_the_same_where_an_engine_answers_every_question(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is at hand, as of tables that are too large for it: each question goes to the engine."""
    tables = tables_of(chance_of(1))
    _, expected, said, _ = month_from(tables, tmp_path)
    monkeypatch.setattr(frame_of_core, "MOST_AT_HAND", -1)
    _, result, problems, _ = month_from(tables, tmp_path, engine)
    assert lines_of(result) == lines_of(expected)
    assert problems == said


@few
@given(seeds)
def test_every_sum_of_a_month_holds(tmp_path: Path, seed: int) -> None:
    """Scores are their lines, pools their shares, measures their rows; who has no score has no lines."""
    made, result, _, _ = month_from(tables_of(chance_of(seed)), tmp_path)
    assert [one.agent_id for one in result.agents] == sorted(NAMES)
    assert set(scores(result)) == set(NAMES)
    for who, one in scores(result).items():
        lines = [line.contribution for line in score_lines(result, who)]
        assert (one.score or D(0), one.score is None) == (sum(lines, D(0)), not lines)
    for pool in result.pools:
        paid = [line.amount_cents for line in pay_lines(result) if line.source == pool.pool]
        assert sum(paid) == (0 if pool.undistributed else pool.pool_cents)
    assert {one.agent_id for one in made.measured} == set(NAMES)


# ---- explanations ----------------------------------------------------------


def nodes(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def explanation(
    made: MonthInput, result: MonthResult, seen: Mapping[str, Frame], who: str, language: str = "en", limit: int = 1000
) -> Node:
    """The tree of one agent."""

    def rows_behind(measure: str) -> list[Evidence]:
        return evidence(RULES, measure, seen, who, OCTOBER, limit)

    person = next(one for one in result.agents if one.agent_id == who)
    return explanation_tree(Explained(result, person, made.ratings, rows_behind, language))


def amount(text: str) -> Decimal:
    """A shown number without its thousands marks."""
    return D(text.replace(",", ""))


@few
@given(seeds)
def test_the_tree_shows_every_line_with_its_number(tmp_path: Path, seed: int) -> None:
    """Each score and pay line stands in the tree under its id, with its own amount; the totals are their sums."""
    made, result, _, seen = month_from(tables_of(chance_of(seed)), tmp_path)
    for who in NAMES:
        tree = explanation(made, result, seen, who)
        pay = find_node(tree, "pay")
        assert pay is not None
        shown = [(node.line, amount(node.value)) for node in pay.children]
        assert shown == [(line.line, from_cents(line.amount_cents)) for line in pay_lines(result, who)]
        assert amount(pay.value) == sum((value for _, value in shown), D(0))
        score = find_node(tree, "score")
        assert score is not None
        if scores(result)[who].score is None:
            assert (score.children, score_lines(result, who)) == ((), [])
            continue
        assert score.value == str(scores(result)[who].score)
        own = {line.line: line for line in score_lines(result, who)}
        found = [node for node in nodes(score) if node.line in own]
        assert [node.line for node in found] == list(own)
        assert all(amount(node.value) == own[node.line].contribution for node in found)
        assert sum((amount(node.value) for node in score.children), D(0)) == amount(score.value)
        assert set(own) | {line.line for line in pay_lines(result, who)} <= set(line_ids(tree))


@few
@given(seeds)
def test_the_rows_under_a_measure_are_its_rows(tmp_path: Path, seed: int) -> None:
    """Row by row from the tables: nothing else is shown, and nothing is left out."""
    tables = tables_of(chance_of(seed))
    made, result, _, seen = month_from(tables, tmp_path)
    by_name = {"Bob": "b2", "Dora": "d4"}
    for who in NAMES:
        tree = explanation(made, result, seen, who)
        own = [
            row
            for row in tables["interactions"]
            if row["month"] == "2026-10"
            and (row["agent_id"] if row["agent_id"] in NAMES else by_name.get(row["agent_name"])) == who
        ]
        known = [row["source_row"] for row in own if row["resolved"] is not None]
        hits = [row["source_row"] for row in own if row["resolved"]]
        timed = [row["source_row"] for row in own if row["first_response_seconds"] is not None]
        if scores(result)[who].status == "unscored":
            assert (timed, known, find_node(tree, "response")) == ([], [], None)
            continue
        assert row_numbers(find_node(tree, "response")) == [timed]
        assert row_numbers(find_node(tree, "solved")) == ([hits, known] if hits else [known] if known else [[]])


def row_numbers(node: Node | None) -> list[list[int | None]]:
    """The rows under each part of a measure."""
    assert node is not None
    return [[row.place.row for row in part.children if row.place] for part in node.children]


def test_the_pool_is_explained_tier_by_tier(tmp_path: Path) -> None:
    """The tiers sum to the commission, and the claim is the agent's part of all weights."""
    made, result, _, seen = month_from(tables_of(chance_of(1)), tmp_path)
    (pool,) = result.pools
    node = find_node(explanation(made, result, seen, "a1"), pool.pool)
    assert node is not None
    arose, claim = node.children
    assert amount(arose.value) == from_cents(pool.pool_cents)
    assert sum((amount(tier.value) for tier in arose.children), D(0)) == from_cents(pool.commission_cents)
    own = next(share for share in pool.shares if share.agent_id == "a1")
    assert claim.value == f"{own.weight:,} / {sum(share.weight for share in pool.shares):,}"


@pytest.mark.parametrize(
    ("line", "measures"),
    [
        ("calm", ["complaints", "contacts"]),
        ("cover", ["event.cover"]),
        ("speed", ["response"]),
        ("flawless", ["complaints"]),
        ("busiest", ["contacts"]),
        ("complained.1", ["complaints"]),
    ],
)
def test_a_line_shows_all_measures_it_looks_at(tmp_path: Path, line: str, measures: list[str]) -> None:
    """Also those of conditions within conditions."""
    tables = tables_of(chance_of(2))
    tables["complaints"] = canonical_rows("complaints", [{"agent_id": "b2", "valid": True}])
    tables["events"] = canonical_rows("events", [{"agent_id": "a1", "event": "cover"}])
    tables["interactions"] += canonical_rows("interactions", [{"agent_id": "a1"}] * 60)
    made, result, _, seen = month_from(tables, tmp_path)
    found = find_node(explanation(made, result, seen, "b2" if line == "complained.1" else "a1"), line)
    assert found is not None
    assert [node.line for node in found.children if node.line] == measures


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tree_can_be_told_in_both_languages(tmp_path: Path, language: str) -> None:
    """No word is missing in either, and long evidence is cut with a word about the rest."""
    made, result, _, seen = month_from(tables_of(chance_of(3)), tmp_path)
    for who in NAMES:
        tree = explanation(made, result, seen, who, language, limit=1)
        assert all(len([child for child in node.children if child.place]) <= 1 for node in nodes(tree) if not node.line)
        assert all(node.label or node.place for node in nodes(tree))


def test_an_agent_who_is_not_scored_is_explained_too() -> None:
    """No score is no reason for no answer."""
    rules = policy("[pay.base]\nby = 'roster'\n")
    person = replace(month_agent("a"), base_pay=D(3000))
    result = compute_month(MonthInput(rules, OCTOBER, [person], [], [], WEEKENDS_OFF, ()))
    tree = explanation_tree(Explained(result, person, [], lambda _: [], "en"))
    assert [(node.line, node.value) for node in tree.children] == [("pay", "3,000.00"), ("score", "not scored")]
    assert find_node(tree, "nothing") is None


def month_agent(who: str) -> Any:
    """Somebody on the roster."""
    from tests.workbench import agent

    return agent(who)


# ---- what prepares a month -------------------------------------------------


def test_what_is_wrong_with_the_tables_is_said(tmp_path: Path) -> None:
    """Strangers, days of hiring, unknown events and roles: each a warning with its place, and nothing else stops."""
    tables = {
        "roster": canonical_rows("roster", [{"agent_id": "a1", "agent_name": "Ann", "base_pay": D(3000)}]),
        "interactions": canonical_rows(
            "interactions",
            [{"agent_id": "a1", "resolved": True}, {"agent_id": "x"}, {"agent_id": "x", "month": "2026-09"}],
        ),
        "events": canonical_rows("events", [{"agent_id": "a1", "event": "odd"}, {"agent_id": "a1", "event": "cover"}]),
        "ratings": canonical_rows("ratings", [{"agent_id": "a1", "role": "boss", "item": "tone", "value": "good"}]),
        "complaints": [],
    }
    _, result, problems, _ = month_from(tables, tmp_path)
    assert [(one.code, one.place.file, one.place.row, one.found) for one in problems] == [
        ("agent-unknown", "interactions.csv", 3, "x"),
        ("hire-days-lacking", "", None, "Ann a1"),
        ("event-unknown", "events.csv", 2, "odd"),
        ("role-unknown", "ratings.csv", 2, "boss"),
    ]
    assert {one.severity for one in problems} == {Severity.WARNING}
    assert cents_by_line(result, "a1")["base"] == 3000_00


@pytest.mark.parametrize("role", ["self", "自评", " Self ", "本人"])
def test_roles_are_known_in_both_languages(tmp_path: Path, role: str) -> None:
    """A self sheet is one, whatever it is called."""
    tables = {
        "roster": canonical_rows("roster", [{"agent_id": "a1", "agent_name": "Ann", "base_pay": D(1)}]),
        "interactions": [],
        "ratings": canonical_rows("ratings", [{"agent_id": "a1", "role": role, "item": "tone", "value": "good"}]),
    }
    made, _, _, _ = month_from(tables, tmp_path)
    assert [one.role for one in made.ratings] == ["self"]


def test_months_before_are_needed_for_streaks_and_the_annual_guarantee() -> None:
    """All of two years, over a gap; a policy without either needs none; year-to-date measures look back to January."""
    known = [Month(2026, number) for number in (3, 6, 7, 8, 9)]
    assert history_months(RULES, OCTOBER, [Month(2024, 9), *known, OCTOBER]) == known
    assert history_months(policy(""), OCTOBER, known) == []
    assert looked_back_months(RULES, OCTOBER) == []
    year = policy("[measure.x]\nlabel = 'x'\ntable = 'orders'\nrows = true\nwindow = 'year_to_date'\n")
    assert looked_back_months(year, OCTOBER) == [Month(2026, number) for number in range(1, 10)]


def test_past_months_feed_the_guarantee_and_the_streak(tmp_path: Path) -> None:
    """What an earlier month topped up is recovered, and two months at the top are paid."""
    tables = tables_of(chance_of(4))
    _, october, _, _ = month_from(tables, tmp_path)
    top = next(who for who, one in scores(october).items() if one.rank == 1 and who != "d4")
    lines = [replace(line, amount_cents=7_00) if line.kind == "guarantee" else line for line in pay_lines(october)]
    short = [replace(line, amount_cents=line.amount_cents - 10_00) if line.line == "base" else line for line in lines]
    given_back = PayLine(top, "guarantee", "g", "guarantee", "guarantee", "", D(1), "month", D(10), D(1), 10_00, "", "")
    september = replace(october, month=Month(2026, 9), pay_lines=as_frame([*short, given_back], PayLine))
    _, after, _, _ = month_from(tables, tmp_path / "after", past=[september])
    assert cents_by_line(after, top)["champion"] == 50_00
    assert "champion" not in cents_by_line(october, top)
    earned = [line.amount_cents for line in pay_lines(after, top) if line.kind in ("base", "bonus", "award")]
    before = [line.amount_cents for line in short if line.agent_id == top and line.kind in ("base", "bonus", "award")]
    expected = max(0, 2 * 3000_00 - sum(earned) - sum(before)) - 10_00
    assert cents_by_line(after, top).get("guarantee", 0) == expected


def test_records_survive_the_way_through_a_frame() -> None:
    """Decimals stay decimals with their places, and what is missing stays None."""
    made = [*measured({"a": {"x": "1.50", "y": None}}), Measured("b", "x", None, 0, D("3.0000"), None, "orders")]
    assert [repr(one) for one in as_records(as_frame(made, Measured), Measured)] == [repr(one) for one in made]
    assert as_records(as_frame([], ScoreLine), ScoreLine) == []
    assert as_records(as_frame([], PayLine), PayLine) == []


def test_measures_of_one_agent_by_name(tmp_path: Path) -> None:
    """Only the agent's own."""
    _, result, _, _ = month_from(tables_of(chance_of(5)), tmp_path)
    own = measured_by_name(result, "b2")
    assert {one.agent_id for one in own.values()} == {"b2"}
    assert set(own) == {*RULES.measure, "event.cover"}
