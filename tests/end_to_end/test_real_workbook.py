"""A public workbook of calls that sell: csctl's scores and pay against pandas and fractions."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.end_to_end.oracle import Value, half_up, line, mean, percent, quantile, ranks, split
from tests.end_to_end.running import ROOT, by_agent, csctl, outputs, record, rows_of_csv

DATA = ROOT.parent / "shared" / "data"
CALLS = DATA / "tables" / "call_centre_data.xlsx"
WORKDAYS = DATA / "calendar" / "china_workdays_by_month.csv"
WORKSPACE = ROOT / "tests" / "workspaces" / "call-centre-2023"
MONTHS = ("2023-02", "2023-04", "2023-10", "2023-12")
BASE_CENTS = {"R01": 290000, "R02": 290000, "R03": 340050, "R04": 340050, "R05": 340050}
Measures = dict[str, tuple[Value, int]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with the public workbook in it."""
    if not CALLS.exists():
        pytest.skip(f"the public workbook {CALLS.name} is not beside this checkout")
    folder = Path(shutil.copytree(WORKSPACE, tmp_path_factory.mktemp("workbook") / "call-centre-2023"))
    shutil.copy(CALLS, folder / "data")
    return folder


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    """The left table of the sheet as pandas reads it, with exact numbers."""
    if not CALLS.exists():
        pytest.skip(f"the public workbook {CALLS.name} is not beside this checkout")
    frame = pd.read_excel(CALLS, sheet_name="Data", header=2, usecols="B:H", dtype=object, engine="openpyxl")
    frame = frame.dropna(how="all")
    frame["month"] = pd.to_datetime(frame["Date of Call"]).dt.strftime("%Y-%m")
    for name in ("Duration", "Purchase Amount", "Satisfaction Rating"):
        frame[name] = frame[name].map(lambda value: Fraction(str(value)))
    return frame


def _measures(rows: pd.DataFrame, since_january: pd.DataFrame) -> Measures:
    """Every measure of the policy, from the rows of one agent."""
    n = len(rows)
    minutes, sales, ratings = (list(rows[name]) for name in ("Duration", "Purchase Amount", "Satisfaction Rating"))
    year = list(since_january["Purchase Amount"])
    return {
        "calls": (Decimal(rows["Call number"].nunique()), n),
        "customers": (Decimal(rows["Customer ID"].nunique()), n),
        "rating": (mean(ratings), n),
        "top2": (percent(sum(rating >= 4 for rating in ratings), n), n),
        "length": (mean(minutes), n),
        "length_p80": (quantile(minutes, Fraction(8, 10)), n),
        "sold": (half_up(sum(sales, Fraction(0)), 2), n),
        "median_sale": (quantile(sales, Fraction(1, 2)), n),
        "sold_per_call": (half_up(sum(sales, Fraction(0)) / n, 2), n),
        "sold_this_year": (half_up(sum(year, Fraction(0)), 2), len(year)),
    }


def _month(calls: pd.DataFrame, month: str) -> dict[str, Measures]:
    months = {str(agent): own for agent, own in calls.groupby("Representative")}
    return {agent: _measures(own[own["month"] == month], own[own["month"] <= month]) for agent, own in months.items()}


def _score(found: Measures) -> Decimal:
    value = {name: value for name, (value, _) in found.items()}
    top2, length = value["top2"], value["length"]
    assert top2 is not None
    assert length is not None
    points = {
        "rating": (line(value["rating"], "3", "5"), 20),
        "top2": (Fraction(100 if top2 >= 60 else 80 if top2 >= 45 else 55), 20),
        "length": (Fraction(100 if length < 85 else 80 if length < 95 else 55), 20),
        "sold": (line(value["sold"], "500", "2500"), 20),
        "median_sale": (line(value["median_sale"], "0", "150"), 20),
    }
    return half_up(sum((part * stake / 100 for part, stake in points.values()), Fraction(0)), 1)


def _pool_cents(sold: Decimal) -> int:
    """3 % to 4,000, 4.5 % to 8,000, 7 % above, each step to the cent; 85 % of it is shared."""
    edges = ((0, 4000, "0.03"), (4000, 8000, "0.045"), (8000, 10**9, "0.07"))
    steps = [max(Decimal(0), min(sold, Decimal(top)) - low) * Decimal(rate) for low, top, rate in edges]
    commission = sum(half_up(Fraction(step), 2) for step in steps)
    return int(half_up(Fraction(commission) * Fraction(85, 100), 2) * 100)


def _run(workspace: Path, month: str) -> dict[str, Any]:
    done = csctl("run", "-w", workspace, "--month", month)
    assert (done.code, done.faults) == (0, [])
    return record(workspace, month)


@pytest.mark.parametrize("month", MONTHS)
def test_every_measure_score_rank_and_share_is_what_pandas_and_fractions_say(
    workspace: Path, calls: pd.DataFrame, month: str
) -> None:
    """Ten measures with the rows behind them, the scores and ranks, the commission to the cent: for five agents."""
    found = _run(workspace, month)
    expected = _month(calls, month)
    measures = by_agent(found["measures"], "measure")
    assert len(measures) == 5 * 10
    for agent, own in expected.items():
        for name, (value, n) in own.items():
            row = measures[agent, name]
            assert (agent, name, Decimal(row["value"]), row["n"]) == (agent, name, value, n)
    scores = {agent: _score(own) for agent, own in expected.items()}
    board = {row["agent_id"]: row for row in found["scoreboard"]}
    assert {agent: Decimal(row["score"]) for agent, row in board.items()} == scores
    assert {agent: row["rank"] for agent, row in board.items()} == ranks(scores)
    pool = _pool_cents(sum((own["sold"][0] or Decimal(0) for own in expected.values()), Decimal(0)))
    shares = split(pool, {agent: int(score * 10) for agent, score in scores.items()})
    pay = {agent: Decimal(BASE_CENTS[agent] + cents) / 100 for agent, cents in shares.items()}
    assert {agent: Decimal(row["pay"]) for agent, row in board.items()} == pay


def test_the_days_of_a_share_are_the_published_workdays(workspace: Path) -> None:
    """The calendar csctl ships counts October 2023 as the State Council's notice does."""
    with WORKDAYS.open(encoding="utf-8") as stream:
        published = {row["month"]: int(row["workdays"]) for row in csv.DictReader(stream)}
    (pool,) = _run(workspace, "2023-10")["pools"]
    assert {share["days"] for share in pool["shares"]} == {published["2023-10"]}


def test_the_right_table_is_read_whole_and_what_is_beside_it_is_named(workspace: Path) -> None:
    """A thousand rows from row 4 and column B; the table beside, the sheet behind and spare columns are noted."""
    found = _run(workspace, "2023-04")
    (book,) = [one for one in found["inputs"] if one["table"] == "interactions"]
    assert (book["accepted"], book["rejected"]) == (1000, 0)
    listed = {row["code"] for row in rows_of_csv(outputs(workspace)["2023-04/problems.csv"])}
    assert {"table-beside-not-read", "sheets-not-read", "headers-unused"} <= listed


def test_both_engines_write_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    """The same month on pandas, from its own import: every file, workbooks with pay included, is equal."""
    other = Path(shutil.copytree(workspace, tmp_path / "pandas", ignore=shutil.ignore_patterns("out", ".csctl")))
    config = other / "csctl.toml"
    config.write_text('engine = "pandas"\n' + config.read_text("utf-8"), "utf-8")
    _run(workspace, "2023-04")
    _run(other, "2023-04")
    here = {name: content for name, content in outputs(workspace).items() if name.startswith("2023-04")}
    assert "2023-04/pay.xlsx" in here
    assert here == outputs(other)
