"""What the rows cannot tell is missing and said: flags nobody fills in, scores out of different full scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from csctl.core.explaining.evidence import evidence
from csctl.core.measuring.doubts import Filled, excuses_said, scales_said, unfilled_said
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Problem
from csctl.store.engines import Engine
from tests.policy.small import SMALL, changed, line_with, load_texts
from tests.workbench import OCTOBER, D, Row, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person("a1", "a1", (), NOWHERE)], {})

LOST = """
[measure.lost]
label = "Lost calls"
unit = "%"
table = "interactions"
rows = true
where = { abandoned = true }
per = { table = "interactions", rows = true }
[event]
late = { label = "Late" }
"""
CSAT = """
[measure.csat]
label = "Satisfaction"
unit = "points"
table = "surveys"
mean = "score"
"""


def _found(
    folder: Path,
    rules: Policy,
    table: str,
    rows: Sequence[Row],
    engine: Engine = "polars",
    filled: Filled = MappingProxyType({}),
) -> tuple[dict[str, Decimal | None], list[Problem]]:
    made = canonical_rows(table, [{"agent_id": "a1", **row} for row in rows])
    tables = {table: credited(frame(folder, table, made, engine), IDENTITY)}
    values = {one.measure: one.value for one in compute_measures(rules, tables, ["a1"], OCTOBER, filled)}
    return values, [*unfilled_said(rules, tables, OCTOBER, filled), *scales_said(rules, tables, OCTOBER)]


# ---- flags -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_a_flag_that_no_row_fills_in_leaves_the_measure_unknown(tmp_path: Path, engine: Engine) -> None:
    """Not 0 %: nobody wrote down who gave up. It is said once, with measure, label and column."""
    values, problems = _found(tmp_path, policy(LOST), "interactions", [{"answered": True}, {"answered": False}], engine)
    assert values["lost"] is None
    (said,) = problems
    assert (said.code, said.found) == ("flag-unfilled", "abandoned")
    assert said.parameters["measures"] == "Lost calls (lost)"


def test_one_answer_is_enough(tmp_path: Path) -> None:
    """The flag is in use, so an empty cell is no yes."""
    values, problems = _found(tmp_path, policy(LOST), "interactions", [{"abandoned": False}, {"abandoned": None}])
    assert (values["lost"], problems) == (D("0.00"), [])


def test_events_that_nobody_excused_count(tmp_path: Path) -> None:
    """For an event an empty excuse is none."""
    values, problems = _found(tmp_path, policy(LOST), "events", [{"event": "late"}, {"event": "late"}])
    assert (values["event.late"], problems) == (D(2), [])


UNEXCUSED = """
[measure.late]
label = "Late without reason"
unit = "count"
table = "events"
rows = true
where = { event = "late", counted = true }
[measure.all_late]
label = "Late at all"
unit = "count"
table = "events"
rows = true
where = { event = "late" }
"""


def _excuses(folder: Path, filled: Filled, rows: Sequence[Row] = ({"event": "late"},)) -> list[Problem]:
    made = canonical_rows("events", [{"agent_id": "a1", **row} for row in rows])
    rules = policy(LOST + UNEXCUSED)
    tables = {"events": credited(frame(folder, "events", made, "polars"), IDENTITY)}
    return excuses_said(rules, tables, OCTOBER, filled)


def test_a_register_without_a_column_of_excuses_is_said_where_rules_ask_for_it(tmp_path: Path) -> None:
    """Everything counts, and only the measure that leaves out the excused is in doubt."""
    (said,) = _excuses(tmp_path, {"events": {"agent_id", "event"}})
    assert (said.code, said.found) == ("excuse-column-missing", "excused")
    assert said.parameters["measures"] == "Late without reason (late)"


def test_a_column_of_excuses_that_is_empty_says_that_there_are_none(tmp_path: Path) -> None:
    """And where no row is, or nobody knows the columns, nothing is in doubt."""
    assert _excuses(tmp_path, {"events": {"agent_id", "event", "excused"}}) == []
    assert _excuses(tmp_path, {}) == []
    (tmp_path / "empty").mkdir()
    assert _excuses(tmp_path / "empty", {"events": {"agent_id", "event"}}, ()) == []


# ---- columns -----------------------------------------------------------------------------------------------------

REFUNDS = """
[measure.refunds]
label = "Refunds"
unit = "yuan"
table = "orders"
sum = "refund_amount"
[measure.large]
label = "Large orders"
unit = "count"
table = "orders"
rows = true
where = { amount = { at_least = 100 } }
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sum_over_a_column_that_no_file_has_is_no_zero(tmp_path: Path, engine: Engine) -> None:
    """Nobody knows of refunds; what the other columns tell stands."""
    orders = [{"order_id": "o1", "amount": D(120)}, {"order_id": "o2", "amount": D(80)}]
    filled = {"orders": {"order_id", "agent_id", "amount"}}
    values, problems = _found(tmp_path, policy(REFUNDS), "orders", orders, engine, filled)
    assert (values["refunds"], values["large"]) == (None, D(1))
    (said,) = problems
    assert (said.code, said.found, said.parameters["measures"]) == (
        "column-unfilled", "refund_amount", "Refunds (refunds)",
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_whose_empty_cells_the_rule_counts_need_not_be_there(tmp_path: Path, engine: Engine) -> None:
    """A register without a column of how often: each of its three rows is one, and nothing is in doubt."""
    text = """
[measure.faults]
label = "Faults"
unit = "count"
table = "events"
sum = "count"
plus = [{ table = "events", rows = true, where = { count = { known = false } } }]
[measure.counted]
label = "Counted"
unit = "count"
table = "events"
sum = "count"
"""
    rows = [{"event": "late"}, {"event": "late"}, {"event": "noise"}]
    values, problems = _found(tmp_path, policy(text), "events", rows, engine, {"events": {"agent_id", "date", "event"}})
    assert (values["faults"], values["counted"]) == (D(3), None)
    (said,) = problems
    assert (said.code, said.parameters["measures"]) == ("column-unfilled", "Counted (counted)")


def test_a_column_that_is_there_and_empty_says_that_nothing_happened(tmp_path: Path) -> None:
    """No refund in the month is 0; where the files do not tell their columns, nothing is doubted."""
    orders = [{"order_id": "o1", "amount": D(120)}]
    for filled in ({"orders": {"amount", "refund_amount"}}, {}):
        values, problems = _found(tmp_path, policy(REFUNDS), "orders", orders, filled=filled)
        assert (values["refunds"], problems) == (D(0), [])


# ---- full scores -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_scores_are_brought_to_the_full_score_that_counts(tmp_path: Path, engine: Engine) -> None:
    """80 of 100 is 4 of 5, 7 of 10 is 3.5; what names no full score stands: (4 + 3.5 + 3) / 3 = 3.5."""
    rows = [{"score": D(80), "full_score": D(100)}, {"score": D(7), "full_score": D(10)}, {"score": D(3)}]
    values, problems = _found(tmp_path, policy(CSAT + "out_of = 5\n"), "surveys", rows, engine)
    assert (values["csat"], problems) == (D("3.50"), [])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("score", "full", "converted"), [("1", "3", "1.6667"), ("-1", "3", "-1.6667"), ("2", "0", "2")]
)
def test_a_converted_score_keeps_four_places(
    tmp_path: Path, engine: Engine, score: str, full: str, converted: str
) -> None:
    """Halves go up; a full score of nothing converts nothing."""
    rules = policy(CSAT + "decimals = 6\nout_of = 5\n")
    values, _ = _found(tmp_path, rules, "surveys", [{"score": D(score), "full_score": D(full)}], engine)
    assert values["csat"] == D(converted)


def test_tests_on_the_score_look_at_the_converted_one(tmp_path: Path) -> None:
    """Four of five or better: 90 of 100 is, 70 of 100 is not."""
    rules = policy(
        '[measure.good]\nlabel = "Good"\nunit = "%"\ntable = "surveys"\nrows = true\nout_of = 5\n'
        "share = { score = { at_least = 4 } }\n"
    )
    rows = [{"score": D(90), "full_score": D(100)}, {"score": D(70), "full_score": D(100)}]
    values, _ = _found(tmp_path, rules, "surveys", rows)
    assert values["good"] == D("50.00")


def test_an_explanation_shows_score_and_full_score(tmp_path: Path) -> None:
    """Both stand in the file, so both can be looked up."""
    rows = canonical_rows("surveys", [{"agent_id": "a1", "score": D(80), "full_score": D(100)}])
    tables = {"surveys": credited(frame(tmp_path, "surveys", rows), IDENTITY)}
    (found,) = evidence(policy(CSAT + "out_of = 5\n"), "csat", tables, "a1", OCTOBER, 9)
    assert found.rows[0].cells == ("full_score = 100", "score = 80")


def test_scores_of_several_scales_are_said(tmp_path: Path) -> None:
    """Without out_of nobody can know which scale was meant; one scale alone is no doubt."""
    mixed = [{"score": D(80), "full_score": D(100)}, {"score": D(4), "full_score": D(5)}]
    _, problems = _found(tmp_path / "mixed", policy(CSAT), "surveys", mixed)
    assert [(one.code, one.found) for one in problems] == [("scores-of-several-scales", ("5", "100"))]
    _, problems = _found(tmp_path / "one", policy(CSAT), "surveys", mixed[:1])
    assert problems == []


def test_a_sum_over_the_sum_of_full_scores_may_mix_them(tmp_path: Path) -> None:
    """It is made for that."""
    rules = policy(CSAT.replace("mean", "sum") + 'per = { table = "surveys", sum = "full_score" }\n')
    mixed = [{"score": D(80), "full_score": D(100)}, {"score": D(4), "full_score": D(5)}]
    assert _found(tmp_path, rules, "surveys", mixed)[1] == []


def test_scores_beyond_the_scale_without_a_full_score_are_said(tmp_path: Path) -> None:
    """79.6 of 5 cannot be; they count as they stand, and the highest is named."""
    values, problems = _found(tmp_path, policy(CSAT + "out_of = 5\n"), "surveys", [{"score": D("79.6")}])
    assert values["csat"] == D("79.60")
    assert [(one.code, one.found) for one in problems] == [("scores-beyond-scale", "79.6")]


def test_only_tables_with_full_scores_convert() -> None:
    """Anything else is refused, with the line."""
    text = changed(('sum = "amount"', 'sum = "amount"\nout_of = 5'), text=SMALL)
    loaded, problems = load_texts({"own": text})
    assert loaded is None
    assert [(one.code, one.place.row) for one in problems] == [
        ("policy-out-of-without-full-score", line_with(text, "out_of = 5"))
    ]
