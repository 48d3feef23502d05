"""The same figures in two files are said; those of two channels are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from csctl.core.coverage.two_files import facts_in_two_files
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.records.fates import Fates
from csctl.problems import NOWHERE, Problem
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, Row, canonical_rows, frame

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person("01", "Ann", (), NOWHERE), Person("02", "Bob", (), NOWHERE)], {})
Figure = tuple[str, int, str, str]
"""Name, day (0: of the month), metric, value."""


def kpis(folder: Path, engine: Engine = "polars", beside: str = "", **files: Sequence[Figure]) -> list[Problem]:
    """What is said of these files of figures. The first names people by name, the others by number."""
    rows: list[Row] = []
    fates = []
    for at, (file, figures) in enumerate(files.items()):
        for name, day, metric, value in figures:
            who: Row = {"agent_name": name} if at == 0 else {"agent_id": {"Ann": "01", "Bob": "02"}[name]}
            rows.append({
                **who, "source_file": file, "date": date(2026, 10, day or 1), "metric": metric, "value": Decimal(value),
            })  # fmt: skip
        undated = all(day == 0 for _, day, _, _ in figures)
        count = len(figures)
        fates.append(Fates(file, "", "kpis", count, counted=count, undated=undated, beside=file == beside))
    table = credited(frame(folder, "kpis", canonical_rows("kpis", rows), engine), IDENTITY)
    return facts_in_two_files({"kpis": table}, fates, OCTOBER)


DAYS: Sequence[Figure] = [("Ann", 1, "calls", "10"), ("Ann", 2, "calls", "12"), ("Bob", 1, "calls", "8")]


@pytest.mark.parametrize("engine", ENGINES)
def test_days_and_the_month_of_one_figure_are_said_with_both(tmp_path: Path, engine: Engine) -> None:
    """10 and 12 are 22: the month has 23 of Ann."""
    month: Sequence[Figure] = [("Ann", 0, "Calls (次)", "23"), ("Bob", 0, "calls", "8")]
    (said,) = kpis(tmp_path, engine, days=DAYS, month=month)
    assert (said.code, said.place.file, said.found) == ("days-and-month", "month", "01")
    assert {name: said.parameters[name] for name in ("count", "first", "left", "right")} == {
        "count": "2", "first": "days", "left": "22", "right": "23",
    }  # fmt: skip


def test_the_month_of_another_figure_is_nothing_to_say(tmp_path: Path) -> None:
    """Calls by day, answers by month."""
    assert kpis(tmp_path, days=DAYS, month=[("Ann", 0, "answers", "22")]) == []


def test_a_file_that_its_source_puts_beside_others_is_not_compared(tmp_path: Path) -> None:
    """The line that the problem gives."""
    assert kpis(tmp_path, beside="month", days=DAYS, month=[("Ann", 0, "calls", "22")]) == []


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([("Ann", 0, "calls", "22"), ("Bob", 0, "calls", "18")], id="one differs"),
        pytest.param(
            [("Ann", 0, "calls", "22"), ("Bob", 0, "calls", "17"), ("Bob", 0, "more", "1")], id="more columns"
        ),
        pytest.param([("Ann", 0, "calls", "23"), ("Bob", 0, "calls", "16")], id="all a little later"),
    ],
)
def test_the_same_export_again_is_said(tmp_path: Path, later: Sequence[Figure]) -> None:
    """Under another name, with people called by number; both count."""
    (said,) = kpis(tmp_path, first=[("Ann", 0, "calls", "22"), ("Bob", 0, "calls", "17")], later=later)
    assert (said.code, said.place.file, said.parameters["count"]) == ("figures-in-two-files", "later", "2")


def test_figures_of_two_channels_are_two_things(tmp_path: Path) -> None:
    """They have one name, and nothing else in common; shares are near each other anywhere."""
    phone: Sequence[Figure] = [
        ("Ann", 0, "calls", "22"), ("Bob", 0, "calls", "17"),
        ("Ann", 0, "satisfied", "0.95"), ("Bob", 0, "satisfied", "0.9"),
    ]  # fmt: skip
    chat: Sequence[Figure] = [
        ("Ann", 0, "calls", "310"), ("Bob", 0, "calls", "17"),
        ("Ann", 0, "satisfied", "0.94"), ("Bob", 0, "satisfied", "0.93"),
    ]  # fmt: skip
    assert kpis(tmp_path, phone=phone, chat=chat) == []


def test_equal_shares_are_no_doubles_but_equal_small_counts_are(tmp_path: Path) -> None:
    """The mean of 0.98 and 0.98 is 0.98; one complaint twice is two."""

    def file(metric: str, *values: str) -> Sequence[Figure]:
        return [(name, 0, metric, value) for name, value in zip(("Ann", "Bob"), values, strict=True)]

    assert kpis(tmp_path, phone=file("satisfied", "0.98", "1"), chat=file("satisfied", "0.98", "1")) == []
    (said,) = kpis(tmp_path, phone=file("complaints", "1", "0"), chat=file("complaints", "1", "0"))
    assert said.code == "figures-in-two-files"


@pytest.mark.parametrize("engine", ENGINES)
def test_one_day_of_attendance_in_two_files_is_said(tmp_path: Path, engine: Engine) -> None:
    """Late once in one, never in the other; a file of other columns adds what the first lacks."""

    def said(**later: object) -> list[Problem]:
        first: Row = {"agent_id": "01", "date": date(2026, 10, 8), "late_count": 1, "source_file": "a"}
        second: Row = {"agent_name": "Ann", "date": date(2026, 10, 8), "source_file": "b", **later}
        table = credited(frame(tmp_path, "attendance", canonical_rows("attendance", [first, second]), engine), IDENTITY)
        fates = [Fates(name, "", "attendance", 1, counted=1) for name in ("a", "b")]
        return facts_in_two_files({"attendance": table}, fates, OCTOBER)

    (one,) = said(late_count=0)
    assert (one.code, one.parameters["differ"], one.parameters["figure"]) == ("figures-in-two-files", "1", "late_count")
    assert [one.code for one in said(late_count=1, absent_days=Decimal(1))] == ["figures-in-two-files"]
    assert said(absent_days=Decimal(1)) == []
    assert said(late_count=1, date=date(2026, 10, 9)) == []


@pytest.mark.parametrize("first", [True, False])
def test_sums_that_bear_the_last_day_are_known_by_their_figures(tmp_path: Path, first: bool) -> None:
    """100 and 20, 50 and 30, and a share that has no sum; one further day of each is no sum."""
    days: Sequence[Figure] = [
        *[
            ("Ann", 12, "calls", "100"),
            ("Ann", 13, "calls", "20"),
            ("Bob", 12, "calls", "50"),
            ("Bob", 13, "calls", "30"),
        ],
        *[("Ann", 12, "answered", "0.9"), ("Ann", 13, "answered", "0.8")],
    ]
    sums: Sequence[Figure] = [("Ann", 31, "calls", "120"), ("Bob", 31, "calls", "80"), ("Ann", 31, "answered", "0.85")]
    (said,) = kpis(tmp_path, a=sums, b=days) if first else kpis(tmp_path, a=days, b=sums)
    assert (said.code, said.place.file, said.parameters["count"]) == ("days-and-month", "a" if first else "b", "2")
    further: Sequence[Figure] = [("Ann", 14, "calls", "110"), ("Bob", 14, "calls", "41")]
    assert kpis(tmp_path, a=days, b=further) == []


def test_a_later_export_that_begins_on_the_last_day_of_the_first_is_said(tmp_path: Path) -> None:
    """The first was exported at noon of the 9th: its 5 are in the 14 of the whole day."""
    first: Sequence[Figure] = [("Ann", 8, "calls", "10"), ("Ann", 9, "calls", "5")]
    later: Sequence[Figure] = [("Ann", 9, "calls", "14"), ("Ann", 10, "calls", "9")]
    (said,) = kpis(tmp_path, first=first, later=later)
    assert (said.code, said.parameters["left"], said.parameters["right"]) == ("figures-in-two-files", "5", "14")


def test_a_channel_that_opens_within_the_month_is_no_later_export(tmp_path: Path) -> None:
    """All its days are days of the other one, and no figure is like that of the other."""
    whole: Sequence[Figure] = [("Ann", day, "calls", "10") for day in range(8, 20)]
    assert kpis(tmp_path, phone=whole, chat=[("Ann", 15, "calls", "3"), ("Ann", 16, "calls", "4")]) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_days_and_the_month_of_working_time_are_said(tmp_path: Path, engine: Engine) -> None:
    """Eight hours on two days, and sixteen of the month: both count."""
    rows: list[Row] = [
        {"agent_id": "01", "source_file": file, "date": date(2026, 10, day), "paid_seconds": Decimal(seconds)}
        for file, day, seconds in (("days", 8, 28800), ("days", 9, 28800), ("month", 1, 57600))
    ]
    fates = [Fates(file, "", "agent_states", 2, counted=2, undated=file == "month") for file in ("days", "month")]
    table = credited(frame(tmp_path, "agent_states", canonical_rows("agent_states", rows), engine), IDENTITY)
    (said,) = facts_in_two_files({"agent_states": table}, fates, OCTOBER)
    assert (said.code, said.place.file) == ("days-and-month", "month")
    assert (said.parameters["figure"], said.parameters["left"]) == ("paid_seconds", said.parameters["right"])
