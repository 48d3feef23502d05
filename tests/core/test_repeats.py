"""Customers who come back: over all months brought in, only where that was watched for, the same on every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csctl.core.explaining.evidence import evidence
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.derived import derived_columns, provisional, with_derived
from csctl.core.measuring.measures import compute_measures
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.tables import credited_tables
from csctl.core.records.lines import Measured, as_records
from csctl.month import Month
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from csctl.workflow.month.compute import Asked, Computed, compute
from tests.policy.small import changed, load_good, load_texts
from tests.workbench import OCTOBER, Row, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person(agent, agent, (), NOWHERE) for agent in ("a1", "a2")], {})
WEEK = 7 * 86_400
NAMES = ("next_contact_seconds", "next_topic_seconds", "observed_seconds")
ALL_NAMED = policy(
    '[measure.x]\nlabel = "x"\ntable = "interactions"\nmean = "next_contact_seconds"\n'
    "where = { next_topic_seconds = { known = true }, observed_seconds = { at_least = 604800 } }\n"
)
START = datetime(2026, 10, 1, 9)  # noqa: DTZ001 - tables hold local moments

CONTACT = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a2", "nobody", None]),
        "interaction_id": st.sampled_from(["1", "2", "3", "10", "", None]),
        "customer_id": st.sampled_from(["c1", "c1", "c2", "", None]),
        "topic": st.sampled_from(["账单", "退货", None]),
        "started_at": st.integers(0, 40).map(lambda hours: START + timedelta(hours=6 * hours, milliseconds=hours % 3)),
    }
)


def _at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 10, day, hour)  # noqa: DTZ001


def _derived(rows: Sequence[Row], folder: Path, engine: Engine) -> list[dict[str, Any]]:
    frames = with_derived(ALL_NAMED, {"interactions": frame(folder, "interactions", rows, engine)})
    kept = frames["interactions"].select("source_row", *NAMES)
    return sorted(records(kept), key=lambda row: int(row["source_row"]))


def _naive_next(rows: Sequence[Row], row: Row, scope: Sequence[str]) -> int | None:
    """Milliseconds to the next contact of the same scope, found by looking at every other row."""
    if any(not row[name] for name in scope):
        return None

    def contact(one: Row) -> str:
        return str(one["interaction_id"] or f"{one['source_file']}\x1f{one['source_sheet']}\x1f{one['source_row']}")

    def begun(one: Row) -> datetime:
        legs = [other["started_at"] for other in alike if contact(other) == contact(one)]
        earliest: datetime = min(legs)
        return earliest

    alike = [other for other in rows if all(other[name] == row[name] for name in scope)]
    own = (begun(row), contact(row))
    later = sorted((begun(other), contact(other)) for other in alike if (begun(other), contact(other)) > own)
    return (later[0][0] - own[0]) // timedelta(milliseconds=1) if later else None


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(CONTACT, max_size=12))
def test_the_next_contact_is_the_one_a_loop_finds(tmp_path: Path, raw: list[Row]) -> None:
    """Whoever handled it, in any order of rows, with ties and several legs, on Polars and pandas."""
    rows = canonical_rows("interactions", raw)
    end = max((row["started_at"] for row in rows), default=START)
    wanted = [
        {
            "source_row": row["source_row"],
            "next_contact_seconds": _naive_next(rows, row, ["customer_id"]),
            "next_topic_seconds": _naive_next(rows, row, ["customer_id", "topic"]),
            "observed_seconds": (end - row["started_at"]) // timedelta(milliseconds=1),
        }
        for row in rows
    ]
    for engine in ENGINES:
        assert _derived(rows, tmp_path, engine) == wanted
        assert _derived(rows[::-1], tmp_path, engine) == wanted


FCR = """
[measure.fcr]
label = "首次解决"
unit = "%"
table = "interactions"
rows = true
where = { answered = true, observed_seconds = { at_least = 604800 } }
minus = [{ table = "interactions", rows = true, where = { answered = true, observed_seconds = { at_least = 604800 }, next_contact_seconds = { at_most = 604800 } } }]
per = { table = "interactions", rows = true, where = { answered = true, observed_seconds = { at_least = 604800 } } }
"""  # noqa: E501
RULES = policy(FCR)
NOVEMBER = Month(2026, 11)


def _contact(customer: str, day: int, agent: str = "a1", **more: object) -> dict[str, object]:
    return {"agent_id": agent, "customer_id": customer, "answered": True, "started_at": _at(day), **more}


def _tables(rows: Sequence[Row], folder: Path, engine: Engine) -> Mapping[str, Frame]:
    frames = {"interactions": frame(folder, "interactions", rows, engine)}
    return credited_tables(RULES, frames, IDENTITY)


def _fcr(tables: Mapping[str, Frame]) -> dict[str, str]:
    found = compute_measures(RULES, tables, ["a1", "a2"], OCTOBER)
    return {one.agent_id: f"{one.value} of {one.n}" for one in found}


OCTOBERS = [
    _contact("c1", 2),
    _contact("c2", 3),
    _contact("c3", 28),
    _contact("c4", 30, "a2"),
    _contact("c5", 31, "a2"),
]
RETURNS = [
    {**_contact("c1", 2, "nobody", answered=False), "started_at": _at(9)},
    {**_contact("c3", 2, "a2"), "started_at": datetime(2026, 11, 3), "month": "2026-11"},  # noqa: DTZ001
    {**_contact("c9", 2, "a2"), "started_at": datetime(2026, 11, 8), "month": "2026-11"},  # noqa: DTZ001
]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_return_counts_against_who_was_there_first(tmp_path: Path, engine: Engine) -> None:
    """A return after 7 days to the second that nobody on the roster took, and was not even answered, is a return."""
    tables = _tables(canonical_rows("interactions", [*OCTOBERS, RETURNS[0]]), tmp_path, engine)
    assert _fcr(tables) == {"a1": "50.00 of 2", "a2": "None of 0"}


@pytest.mark.parametrize("engine", ENGINES)
def test_contacts_of_the_last_days_wait_for_the_next_month(tmp_path: Path, engine: Engine) -> None:
    """They are left out and counted in a note; with the following days there they are judged."""
    early = _tables(canonical_rows("interactions", [*OCTOBERS, RETURNS[0]]), tmp_path / "early", engine)
    assert [(one.code, one.found, dict(one.details)) for one in provisional(RULES, early, OCTOBER)] == [
        ("contacts-provisional", "3", {"measure": "首次解决"})
    ]
    late = _tables(canonical_rows("interactions", [*OCTOBERS, *RETURNS]), tmp_path / "late", engine)
    assert _fcr(late) == {"a1": "33.33 of 3", "a2": "100.00 of 2"}
    assert provisional(RULES, late, OCTOBER) == []
    assert [one.found for one in provisional(RULES, late, NOVEMBER)] == ["2"]


def test_evidence_shows_when_the_customer_came_back(tmp_path: Path) -> None:
    """The time to the next contact stands among the cells that were looked at."""
    tables = _tables(canonical_rows("interactions", [*OCTOBERS, RETURNS[0]]), tmp_path, "polars")
    base, repeats, _ = evidence(RULES, "fcr", tables, "a1", OCTOBER, 10)
    assert (base.sign, base.total, repeats.sign, repeats.total) == (1, 2, -1, 1)
    assert "next_contact_seconds = 604800" in repeats.rows[0].cells


@pytest.mark.parametrize("engine", ENGINES)
def test_days_to_the_settlement_of_a_complaint(tmp_path: Path, engine: Engine) -> None:
    """Calendar days, whatever the hour; an open complaint has none."""
    rules = policy('[measure.x]\nlabel = "x"\ntable = "complaints"\nmean = "settle_days"\n')
    rows: list[Row] = [
        {"agent_id": "a1", "date": date(2026, 10, 1), "resolved_at": _at(1, 23)},
        {"agent_id": "a1", "date": date(2026, 10, 1), "resolved_at": _at(4, 0)},
        {"agent_id": "a1", "date": date(2026, 10, 30)},
    ]
    frames = {"complaints": frame(tmp_path, "complaints", canonical_rows("complaints", rows), engine)}
    found = with_derived(rules, frames)["complaints"].select("source_row", "settle_days")
    assert {row["source_row"]: row["settle_days"] for row in records(found)} == {2: 0, 3: 3, 4: None}


def test_nothing_is_worked_out_that_nobody_asks_for() -> None:
    """A policy that names no derived column gets its frames as they are."""
    plain = policy('[measure.x]\nlabel = "x"\ntable = "interactions"\nrows = true\nwhere = { answered = true }\n')
    assert derived_columns(plain) == {}
    marker: Any = object()
    assert with_derived(plain, {"interactions": marker}) == {"interactions": marker}
    assert derived_columns(RULES) == {"interactions": {"observed_seconds", "next_contact_seconds"}}


# ---- what the linter says --------------------------------------------------

CONTACTS = 'table = "interactions"\nrows = true\nwhere = { answered = true }'


def test_a_share_of_returns_is_refused() -> None:
    """Who never came back has no time to the next contact, so a share would leave out just the solved ones."""
    text = changed((CONTACTS, f"{CONTACTS}\nshare = {{ next_contact_seconds = {{ above = {WEEK} }} }}"))
    loaded, problems = load_texts({"own": text})
    assert loaded is None
    assert [(one.code, one.found) for one in problems] == [("policy-share-of-repeats", "next_contact_seconds")]


def test_returns_without_a_watch_are_warned_about() -> None:
    """Contacts of the last days look solved because nobody could come back yet."""
    returns = "where = { answered = true, next_contact_seconds = { at_most = 604800 } }"
    bare = changed(("where = { answered = true }", returns))
    assert [one.code for one in load_good({"own": bare}).findings] == ["policy-repeats-unobserved"]
    watched = bare.replace("answered = true, ", "answered = true, observed_seconds = { at_least = 604800 }, ")
    assert load_good({"own": watched}).findings == ()


# ---- a whole workspace -----------------------------------------------------

CONFIG = """
name = "team"
policy = "policy.toml"
[[source]]
table = "roster"
files = "data/roster.csv"
[[source]]
table = "interactions"
files = "data/{month}/contacts.csv"
"""
POLICY = """
id = "own"
label = "Own"
version = "1"
state = "reviewed"
extends = ["metrics"]
[score]
pass_mark = 0
[[dimension]]
id = "d"
label = "d"
weight = 100
[[dimension.indicator]]
id = "i"
label = "i"
measure = "fcr_7d"
missing = "zero"
linear = { zero = 0, full = 100 }
"""


def _workspace(folder: Path, months: Mapping[str, str]) -> Computed:
    files = {"csctl.toml": CONFIG, "policy.toml": POLICY, "data/roster.csv": "工号,姓名\n1,安\n"}
    head = "工号,会话ID,客户ID,开始时间,是否接听\n"
    files |= {f"data/{month}/contacts.csv": head + rows for month, rows in months.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    computed, _ = compute(Asked(folder, "2026-10", date(2026, 12, 1)))
    assert computed is not None
    return computed


def _of(computed: Computed) -> tuple[str, list[object]]:
    (one,) = (one for one in as_records(computed.result.measures, Measured) if one.measure == "fcr_7d")
    return f"{one.value} of {one.n}", [p.found for p in computed.result.problems if p.code == "contacts-provisional"]


def test_a_run_looks_into_the_next_month_for_returns(tmp_path: Path) -> None:
    """Once November's contacts are there, October's last days are judged, and nothing else of November counts."""
    october = "1,a,c1,2026-10-05 10:00:00,是\n1,b,c2,2026-10-29 10:00:00,是\n"
    assert _of(_workspace(tmp_path / "1", {"2026-10": october})) == ("100.00 of 1", ["1"])
    november = "1,c,c2,2026-11-02 10:00:00,是\n1,d,c3,2026-11-20 10:00:00,是\n"
    both = {"2026-10": october, "2026-11": november}
    assert _of(_workspace(tmp_path / "2", both)) == ("50.00 of 2", [])


def test_a_broken_file_of_the_next_month_is_that_months_affair(tmp_path: Path) -> None:
    """October is computed as if November were not there."""
    october = "1,a,c1,2026-10-05 10:00:00,是\n1,b,c2,2026-10-29 10:00:00,是\n"
    folder = tmp_path / "1"
    (folder / "data/2026-11").mkdir(parents=True)
    (folder / "data/2026-11/contacts.csv").write_text("nothing,that,is,known\n1,2,3,4\n", "utf-8")
    assert _of(_workspace(folder, {"2026-10": october})) == ("100.00 of 1", ["1"])
