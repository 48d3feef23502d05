"""Figures up to 100 that a rule takes for shares from 0 to 1 are asked about, and what settles it is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.core.measuring.percents import percents_said
from csctl.messages import problem_fix
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, D, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IN_PERCENT = """
[measure.praise]
label = "Praise"
unit = "%"
table = "kpis"
mean = "value"
where = { metric = "好评率" }
"""
BARE = IN_PERCENT.replace('unit = "%"\n', "")
SCORED = """
[score]
pass_mark = 60
[[dimension]]
id = "all"
label = "All"
weight = 100
[[dimension.indicator]]
id = "praise"
label = "Praise"
measure = "praise"
missing = "block"
bands = [{ at_least = EDGE, level = "good", points = 100 }, { below = EDGE, level = "bad", points = 0 }]
"""


def _asked(
    folder: Path,
    rules: Policy,
    values: Sequence[str],
    *,
    name: str = "好评率",
    settled: Sequence[str] = (),
    engine: Engine = "polars",
) -> list[Problem]:
    rows = canonical_rows("kpis", [{"agent_id": "a1", "metric": name, "value": D(value)} for value in values])
    return percents_said(rules, {"kpis": frame(folder, "kpis", rows, engine)}, OCTOBER, settled)


@pytest.mark.parametrize("engine", ENGINES)
def test_percentages_under_a_measure_in_percent_are_asked_about_once_for_the_file(
    tmp_path: Path, engine: Engine
) -> None:
    """88 would be 8800 %. What to write reads it as 0.88."""
    (said,) = _asked(tmp_path, policy(IN_PERCENT), ["88", "97.5", "0", "91"], engine=engine)
    assert (said.code, said.found) == ("figures-as-percentages", "好评率 88…97.5")
    assert said.parameters["measures"] == "Praise (praise)"
    assert 'metrics."好评率" = "%"' in problem_fix(said, "en")


@pytest.mark.parametrize("values", [["0.88", "0.975"], ["1", "0.9", "1.02"], ["0.2", "1.3", "0.9"], ["0", "0"], []])
def test_shares_are_not_asked_about(tmp_path: Path, values: list[str]) -> None:
    """A hair above all there is, from rounding, is none of the hundredfold."""
    assert _asked(tmp_path, policy(IN_PERCENT), values) == []


@pytest.mark.parametrize("values", [["0.5", "0.8", "1.2", "3"], ["1.5", "2.5"]])
def test_small_percentages_are_asked_about_too(tmp_path: Path, values: list[str]) -> None:
    """No share of bad reviews is 300 %."""
    assert len(_asked(tmp_path, policy(IN_PERCENT), values)) == 1


def test_one_percentage_among_shares_is_a_column_in_two_ways_and_said_there(tmp_path: Path) -> None:
    """The unit % would be wrong for the others."""
    assert _asked(tmp_path, policy(IN_PERCENT), ["0.95", "0.96", "0.91", "96"]) == []


def test_what_a_source_says_of_the_figure_settles_it(tmp_path: Path) -> None:
    """However the header is spelled."""
    assert _asked(tmp_path, policy(IN_PERCENT), ["95"], settled=["好评率 (%)"]) == []


def test_growth_may_well_be_more_than_all(tmp_path: Path) -> None:
    """250 % more than last year; but hardly forty times as much for everybody."""
    rules = policy(IN_PERCENT.replace("好评率", "同比增长率"))
    assert _asked(tmp_path, rules, ["1.2", "2.5"], name="同比增长率") == []
    assert len(_asked(tmp_path, rules, ["40", "25"], name="同比增长率")) == 1


@pytest.mark.parametrize(("edge", "asked"), [("0.9", 1), ("90", 0)])
def test_without_a_unit_the_steps_tell_what_the_rule_reckons_with(tmp_path: Path, edge: str, asked: int) -> None:
    """Steps at 90 mean percentages, steps at 0.9 shares."""
    rules = policy(BARE + SCORED.replace("EDGE", edge))
    assert len(_asked(tmp_path, rules, ["88", "95"])) == asked


def test_without_unit_and_steps_the_name_tells(tmp_path: Path) -> None:
    """A rate is a share; a number of chats is not."""
    assert len(_asked(tmp_path / "rate", policy(BARE), ["88", "95"])) == 1
    rules = policy(BARE.replace("好评率", "接待量"))
    assert _asked(tmp_path / "chats", rules, ["88", "95"], name="接待量") == []


def test_figures_beyond_a_hundred_and_quotients_of_sums_are_left_alone(tmp_path: Path) -> None:
    """120 of 100 is no percentage of a whole; a quotient of two figures is a share whatever these are."""
    assert _asked(tmp_path / "many", policy(IN_PERCENT), ["120", "340"]) == []
    per = 'per = { table = "kpis", sum = "value", where = { metric = "接待量" } }\n'
    quotient = policy(IN_PERCENT.replace("mean", "sum") + per)
    assert _asked(tmp_path / "quotient", quotient, ["88", "95"]) == []
