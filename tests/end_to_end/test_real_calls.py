"""Five thousand public calls: csctl's month against a table computed with pandas and fractions."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.end_to_end.oracle import Value, half_up, line, mean, percent, quantile, ranks
from tests.end_to_end.running import ROOT, by_agent, csctl, outputs, record

CALLS = ROOT.parent / "shared" / "data" / "calls" / "call-center-2021Q1.csv"
WORKSPACE = ROOT / "tests" / "workspaces" / "calls-2021"
NUMBERS = {
    "Becky": "0101", "Dan": "0102", "Diane": "0103", "Greg": "0104",
    "Jim": "0105", "Joe": "0106", "Martha": "0107", "Stewart": "0108",
}  # fmt: skip
MONTHS = ("2021-01", "2021-02", "2021-03")
Row = dict[str, Any]
Measures = dict[str, tuple[Value, int]]
"""By name: value, and rows behind it."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with the public file in it."""
    if not CALLS.exists():
        pytest.skip(f"the public export {CALLS.name} is not beside this checkout")
    folder = Path(shutil.copytree(WORKSPACE, tmp_path_factory.mktemp("calls") / "calls-2021"))
    shutil.copy(CALLS, folder / "data")
    return folder


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    """The export as pandas reads it, all text, with seconds and ratings as exact numbers."""
    if not CALLS.exists():
        pytest.skip(f"the public export {CALLS.name} is not beside this checkout")
    frame = pd.read_csv(CALLS, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame["agent"] = frame["Agent"].map(NUMBERS)
    frame["month"] = frame["Date"].str[:7]
    return frame


def _numbers(column: pd.Series) -> list[Fraction]:
    return [Fraction(text) for text in column if text]


def _seconds(column: pd.Series) -> list[Fraction]:
    parts = [text.split(":") for text in column if text]
    return [Fraction(int(hours) * 3600 + int(minutes) * 60 + int(seconds)) for hours, minutes, seconds in parts]


def _measures(rows: pd.DataFrame) -> Measures:
    """Every measure of the policy, from the rows of one agent and month."""
    offered = len(rows)
    answered = rows[rows["Answered (Y/N)"] == "Y"]
    waits = _numbers(answered["Speed of answer in seconds"])
    assert len(_numbers(rows["Speed of answer in seconds"])) == len(waits)
    talks = _seconds(rows["AvgTalkDuration"])
    ratings = _numbers(rows["Satisfaction rating"])
    streaming = answered[answered["Topic"] == "Streaming"]
    solved = int((answered["Resolved"] == "Y").sum())
    in_time = sum(wait <= 80 for wait in waits)
    streamed = percent(int((streaming["Resolved"] == "Y").sum()), len(streaming))
    return {
        "offered": (Decimal(offered), offered),
        "answered": (Decimal(len(answered)), len(answered)),
        "service_level": (percent(in_time, offered), offered),
        "abandoned": (percent(offered - len(answered), offered), offered),
        "asa": (mean(waits), len(waits)),
        "wait_median": (quantile(waits, Fraction(1, 2)), len(waits)),
        "wait_p90": (quantile(waits, Fraction(9, 10)), len(waits)),
        "longest_wait": (half_up(max(waits), 2), len(waits)),
        "fcr": (percent(solved, len(answered)), len(answered)),
        "aht": (mean([talk / 60 for talk in talks], 3), len(talks)),
        "talk_p75": (quantile(talks, Fraction(3, 4)), len(talks)),
        "csat": (mean(ratings, 3), len(ratings)),
        "csat_top2": (percent(sum(rating >= 4 for rating in ratings), len(ratings)), len(ratings)),
        "ratings_of_one": (Decimal(sum(rating == 1 for rating in ratings)), sum(rating == 1 for rating in ratings)),
        "topics": (Decimal(rows["Topic"].nunique()), offered),
        "streaming_fcr": (streamed if len(streaming) >= 30 else None, len(streaming)),
    }


def _step(value: Value, *edges: tuple[str, int], last: int, under: bool = True) -> Fraction:
    """Points of the first edge that the value does not pass."""
    assert value is not None
    return Fraction(next((points for edge, points in edges if (value <= Decimal(edge)) is under), last))


def _points(found: Measures) -> dict[str, tuple[Fraction, Fraction]]:
    """By indicator: points out of 100, and points at stake."""
    value: Callable[[str], Value] = lambda name: found[name][0]  # noqa: E731 - a short name for a lookup
    third, half = Fraction(35, 3), Fraction(25, 2)
    # "below 17" of a percentage with two places is "at most 16.99"
    abandoned = _step(value("abandoned"), ("16.99", 100), ("18.99", 85), ("20.99", 70), last=50)
    liked = value("csat_top2")
    assert liked is not None
    top2 = 100 if liked >= 55 else 85 if liked >= 50 else 70 if liked >= 45 else 50
    return {
        "service_level": (line(value("service_level"), "20", "80"), Fraction(15)),
        "abandoned": (abandoned, Fraction(10)),
        "asa": (_step(value("asa"), ("66", 100), ("67.5", 85), ("69", 70), last=50), Fraction(7)),
        "wait_median": (line(value("wait_median"), "90", "45"), Fraction(4)),
        "wait_p90": (line(value("wait_p90"), "125", "105"), Fraction(4)),
        "fcr": (line(value("fcr"), "70", "100"), third),
        "aht": (_step(value("aht"), ("3.6", 100), ("3.75", 85), ("3.9", 70), last=50), third),
        "talk_p75": (line(value("talk_p75"), "360", "300"), third),
        "csat": (line(value("csat"), "1", "5"), half),
        "csat_top2": (Fraction(top2), half),
    }


def _month(calls: pd.DataFrame, month: str) -> dict[str, Measures]:
    rows = calls[calls["month"] == month]
    return {str(agent): _measures(own) for agent, own in rows.groupby("agent")}


def _scores(measured: dict[str, Measures]) -> dict[str, Decimal]:
    busiest = max(found["answered"][1] for found in measured.values())
    scores = {}
    for agent, found in measured.items():
        exact = sum((points * stake / 100 for points, stake in _points(found).values()), Fraction(0))
        added = Decimal("1.5") if found["answered"][1] == busiest else Decimal(0)
        taken = Decimal("0.25") if found["ratings_of_one"][1] >= 20 else Decimal(0)
        scores[agent] = half_up(exact, 2) + added - taken
    return scores


def _run(workspace: Path, month: str) -> dict[str, Any]:
    done = csctl("run", "-w", workspace, "--month", month)
    assert (done.code, done.faults) == (0, [])
    return record(workspace, month)


@pytest.mark.parametrize("month", MONTHS)
def test_every_measure_score_and_rank_is_what_pandas_and_fractions_say(
    workspace: Path, calls: pd.DataFrame, month: str
) -> None:
    """Sixteen measures with the rows behind them, ten indicators, the score, the rank: for eight agents."""
    found = _run(workspace, month)
    expected = _month(calls, month)
    measures = by_agent(found["measures"], "measure")
    assert len(measures) == 8 * 16
    for agent, own in expected.items():
        for name, (value, n) in own.items():
            row = measures[agent, name]
            assert (name, row["value"] and Decimal(row["value"]), row["n"]) == (name, value, n)
    lines = by_agent(found["score_lines"], "line")
    for agent, own in expected.items():
        for name, (points, _) in _points(own).items():
            assert (name, Decimal(lines[agent, name]["points"])) == (name, half_up(points, 2))
    scores = _scores(expected)
    assert {row["agent_id"]: Decimal(row["score"]) for row in found["scoreboard"]} == scores
    assert {row["agent_id"]: row["rank"] for row in found["scoreboard"]} == ranks(scores)
    grades = {agent: "A" if score >= 75 else "B" if score >= 65 else "C" for agent, score in scores.items()}
    assert {row["agent_id"]: row["grade"] for row in found["scoreboard"]} == grades
    assert all(row["pay"] is None for row in found["scoreboard"])


def test_the_public_file_is_read_by_its_headers_alone_and_whole(workspace: Path) -> None:
    """All 5,000 rows, none left out, none credited to nobody; the only findings are measures nothing scores."""
    found = _run(workspace, "2021-02")
    (calls,) = [one for one in found["inputs"] if one["table"] == "interactions"]
    assert (calls["accepted"], calls["rejected"]) == (5000, 0)
    assert {one["code"] for one in found["problems"]["list"]} == {"policy-unused-measure"}
    assert "columns" not in (workspace / "csctl.toml").read_text("utf-8").replace("Its columns", "")


def test_both_engines_write_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    """The month on pandas, from its own import: every file equals the one made on Polars."""
    other = tmp_path / "pandas"
    shutil.copytree(workspace, other, ignore=shutil.ignore_patterns("out", ".csctl"))
    config = other / "csctl.toml"
    config.write_text('engine = "pandas"\n' + config.read_text("utf-8"), "utf-8")
    for month in MONTHS[:2]:
        _run(workspace, month)
        _run(other, month)
        here, there = outputs(workspace), outputs(other)
        names = {name for name in here if name.startswith(month)}
        assert {f"{month}/run.json", f"{month}/scores.xlsx", f"{month}/problems.csv"} < names
        assert {name: here[name] for name in names} == {name: there[name] for name in names}


def test_pay_without_pay_in_the_policy_is_refused_in_one_line(workspace: Path) -> None:
    """The command says what the policy lacks and what works without it."""
    done = csctl("pay", "-w", workspace, "--month", "2021-01")
    assert (done.code, done.out) == (2, "")
    (line_of_fault,) = done.faults
    assert "hotline" in line_of_fault
    assert "csctl score" in line_of_fault
