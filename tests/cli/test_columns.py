"""``csctl check`` about columns: doubts stay until they are settled, and a changed export is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from csctl.cli import app

CONFIG = """name = "Desk"
policy = "insurance"
language = "en"
[[source]]
table = "roster"
files = "data/roster.csv"
[[source]]
table = "interactions"
files = "data/{month}/calls.csv"
"""
SEPTEMBER = "".join(f"c{n},01,2026-09-{n % 28 + 1:02} 09:00,{n * 7 + 31}\n" for n in range(30))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with one month whose talk times say no unit."""
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    for month in ("2026-09", "2026-10"):
        (tmp_path / "data" / month).mkdir(parents=True)
        text = "call id,staff id,started at,talk time\n" + SEPTEMBER.replace("2026-09", month)
        (tmp_path / "data" / month / "calls.csv").write_text(text, "utf-8")
    (tmp_path / "data/roster.csv").write_text("staff id,name,hire date\n01,Ann,2024-01-08\n", "utf-8")
    return tmp_path


def _check(desk: Path, *more: str) -> str:
    return CliRunner().invoke(app, ["check", "-w", str(desk), "-m", "2026-10", *more]).output


def test_a_doubt_is_said_until_it_is_accepted(desk: Path) -> None:
    """Being shown settles nothing; accepting writes one line, and what it then says is the evidence."""
    doubt = "talk time (talk_seconds: seconds, "
    assert doubt in _check(desk)
    assert doubt in _check(desk, "--columns")
    assert "contacts · talk_seconds: seconds" in _check(desk, "--accept")
    assert 'talk_seconds = { unit = "seconds" }' in (desk / "readings.toml").read_text("utf-8")
    assert doubt not in _check(desk)
    assert "accepted in readings.toml" in _check(desk, "--columns")


def test_what_stands_in_readings_toml_counts(desk: Path) -> None:
    """Edited by hand it is another input; what it cannot say is refused with its line."""
    _check(desk, "--accept")
    text = (desk / "readings.toml").read_text("utf-8")
    (desk / "readings.toml").write_text(text.replace('seconds"', 'minutes"'), "utf-8")
    assert "31 → 31 min" in _check(desk, "--columns")
    (desk / "readings.toml").write_text(text.replace("unit", "colour"), "utf-8")
    assert "readings.toml" in _check(desk)


def test_renamed_and_dropped_columns_are_said_with_both_sides(desk: Path) -> None:
    """The export's template changed in October."""
    path = desk / "data/2026-10/calls.csv"
    path.write_text(
        path.read_text("utf-8").replace("call id", "id").replace("talk time", "talk time (minutes)"), "utf-8"
    )
    said = _check(desk)
    assert "data/2026-09/calls.csv" in said
    assert "talk time → talk time (minutes) (seconds → minutes)" in said


def test_a_closed_month_keeps_what_was_accepted_when_it_was_closed(desk: Path) -> None:
    """Minutes by then; whatever readings.toml says later, the month is recomputed with minutes and comes out alike."""
    run = CliRunner()
    (desk / "csctl.toml").write_text(CONFIG.replace("insurance", "express-service"), "utf-8")
    _check(desk, "--accept")
    accepted = desk / "readings.toml"
    accepted.write_text(accepted.read_text("utf-8").replace('seconds"', 'minutes"'), "utf-8")
    closed = run.invoke(app, ["close", "-w", str(desk), "-m", "2026-09", "--yes", "--json"])
    assert json.loads(closed.output)["state"] == "closed", closed.output
    measured = json.loads((desk / "out/2026-09/run.json").read_text("utf-8"))["measures"]
    # 30 calls of 31, 38, … 234 minutes, 132.5 in the mean, in seconds.
    assert [one["value"] for one in measured if one["measure"] == "talk_mean"] == ["7950.00"]
    calls = desk / "data/2026-09/calls.csv"
    # Another file with the same facts: only then is a closed month computed anew.
    calls.write_text(calls.read_text("utf-8") + "\n", "utf-8")
    for later in (accepted.read_text("utf-8").replace("minutes", "hours"), None):
        if later is None:
            accepted.unlink()
        else:
            accepted.write_text(later, "utf-8")
        found = json.loads(run.invoke(app, ["verify", "-w", str(desk), "--json"]).output)
        (month,) = found["months"]
        assert (month["recomputed"], month["differences"]) == (True, [])
