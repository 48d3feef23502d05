"""Measures week by week (T1-004)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.frames.frame import Frame
from csctl.month import Month
from csctl.reports.weekly import Weekly, month_of_week, weekly, weeks_of
from tests.workbench import OCTOBER, agent, canonical_rows, frame, policy

D = Decimal
RULES = """
[measure.contacts]
label = "contacts"
unit = "count"
table = "interactions"
rows = true

[measure.fcr]
label = "fcr"
unit = "%"
table = "interactions"
rows = true
share = { resolved = true }

[measure.wait]
label = "wait"
unit = "s"
table = "interactions"
mean = "wait_seconds"

[measure.year_sales]
label = "year's sales"
unit = "yuan"
table = "orders"
sum = "amount"
window = "year_to_date"

[measure.late]
label = "late"
unit = "count"
table = "attendance"
sum = "late_count"

[event.praise]
label = "praise"

[event.rudeness]
label = "rudeness"
"""
AGENTS = [agent("a1"), agent("a2")]


def credited(folder: Path, table: str, rows: list[dict[str, Any]]) -> Frame:
    """A table whose rows are credited to the agent they name."""
    return frame(folder, table, canonical_rows(table, rows)).with_columns(nw.col("agent_id").alias("agent"))


def contact(who: str, day: int, hour: int = 9, *, resolved: bool = True) -> dict[str, Any]:
    """A contact."""
    return {
        "agent_id": who,
        "started_at": datetime.fromisoformat(f"2026-10-{day:02d}T{hour:02d}:00:00"),
        "resolved": resolved,
        "wait_seconds": D(10),
    }


def counts(*numbers: int) -> tuple[Decimal | None, ...]:
    """Whole numbers as figures."""
    return tuple(map(Decimal, numbers))


@pytest.fixture
def made(tmp_path: Path) -> Weekly:
    """October: contacts on the edges of weeks, sums of attendance dated the first, one event."""
    contacts = [
        contact("a1", 1), contact("a1", 4, 23), contact("a1", 5, 0, resolved=False), contact("a2", 11, 23),
        contact("a2", 31, 23), contact("a2", 7, resolved=False),
    ]  # fmt: skip
    tables = {
        "interactions": credited(tmp_path, "interactions", contacts),
        "orders": credited(tmp_path, "orders", [{"agent_id": "a1", "date": date(2026, 10, 6), "amount": D(5)}]),
        "attendance": credited(
            tmp_path,
            "attendance",
            [{"agent_id": who, "date": date(2026, 10, 1), "late_count": 3} for who in ("a1", "a2")],
        ),
        "events": credited(
            tmp_path, "events", [{"agent_id": "a2", "date": date(2026, 10, 20), "event": "praise", "count": 2}]
        ),
    }
    return weekly(policy(RULES), tables, AGENTS, OCTOBER, weeks_of(OCTOBER))


@given(st.builds(Month, st.integers(2018, 2032), st.integers(1, 12)))
def test_weeks_cut_the_month_into_whole_days(month: Month) -> None:
    """Every day is in exactly one week, the one that the calendar names; none is longer than seven days."""
    days = []
    for week in weeks_of(month):
        own = [week.first + timedelta(days=step) for step in range((week.last - week.first).days + 1)]
        assert {f"{year}-W{number:02d}" for year, number, _ in (day.isocalendar() for day in own)} == {week.name}
        days += own
    assert days == month.days()


def test_counts_fall_into_their_weeks(made: Weekly) -> None:
    """Sunday at 23:00 is the week that ends, Monday at midnight the one that begins; the weeks sum to the month."""
    contacts = next(one for one in made.figures if one.name == "contacts")
    assert contacts.of_agents == {"a1": counts(2, 1, 0, 0, 0), "a2": counts(0, 2, 0, 0, 1)}
    assert contacts.of_team == counts(2, 3, 0, 0, 1)


def test_a_ratio_of_the_team_is_made_from_its_sums(made: Weekly) -> None:
    """One of three resolved is 33.33 %, whoever had them; a week without contacts has no ratio."""
    fcr = next(one for one in made.figures if one.name == "fcr")
    assert fcr.of_agents["a1"] == (D("100.00"), D("0.00"), None, None, None)
    assert fcr.of_team == (D("100.00"), D("33.33"), None, None, D("100.00"))
    wait = next(one for one in made.figures if one.name == "wait")
    assert wait.of_agents["a2"] == (None, D("10.00"), None, None, D("10.00"))
    assert set(wait.of_team) == {None}


def test_what_cannot_be_told_by_week_is_named(made: Weekly) -> None:
    """A year's sum, and a table whose rows of the month all bear one day; an event that never happened is no line."""
    assert made.left_out == ("year's sales", "late")
    assert [one.name for one in made.figures] == ["contacts", "fcr", "wait", "event.praise"]
    praise = made.figures[-1]
    assert praise.of_agents["a2"] == counts(0, 0, 0, 2, 0)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-W43", Month(2026, 10)),
        ("2026-W53", Month(2026, 12)),
        ("2027-W01", Month(2027, 1)),
        ("2026-W40", Month(2026, 10)),
        ("2026-W54", None),
        ("2026-W00", None),
        ("2025-W53", None),
        ("2026-43", None),
        ("2026-W4", None),
        ("２０２６-W43", None),
        ("W43", None),
        ("", None),
    ],
)
def test_a_week_belongs_to_the_month_of_its_thursday(text: str, month: Month | None) -> None:
    """What is no ISO week has no month."""
    assert month_of_week(text) == month


def test_a_row_of_two_people_is_the_teams_once(tmp_path: Path) -> None:
    """Each of them has the contact; so have counts and shares of the team it once."""
    contacts = [contact("a1", 6), contact("a2", 6) | {"source_row": 2}, contact("a2", 7, resolved=False)]
    tables = {"interactions": credited(tmp_path, "interactions", contacts)}
    found = weekly(policy(RULES), tables, AGENTS, OCTOBER, weeks_of(OCTOBER)[1:2], {"interactions"})
    told = {one.name: (one.of_agents["a1"], one.of_agents["a2"], one.of_team) for one in found.figures}
    assert told["contacts"] == ((D(1),), (D(2),), (D(2),))
    assert told["fcr"] == ((D(100),), (D(50),), (D(50),))
