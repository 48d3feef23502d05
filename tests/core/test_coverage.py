"""What became of the rows of a month: fates add up, and rows of people who are not here are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from csctl.core.coverage.of_month import fates_of_month
from csctl.core.coverage.sums import checked_by_sums, days_before_sums
from csctl.core.frames.frame import records
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Identity, Person, build_identity
from csctl.core.people.likeness import may_be
from csctl.core.records.fates import Fates, most_refused
from csctl.month import Month
from csctl.problems import Place
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, canonical_rows, frame

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
TEAM = [
    Person("K001", "张丽华", (), Place("roster.csv", row=2)),
    Person("0101", "Ann", (), Place("roster.csv", row=3)),
    Person("1002", "Bob", (), Place("roster.csv", row=4)),
]


def team() -> Identity:
    """Three people, whose numbers have letters, a zero in front, and neither."""
    return build_identity(TEAM, {})[0]


def test_fates_that_do_not_add_up_are_a_bug() -> None:
    """Three rows of which two have a fate."""
    with pytest.raises(ValueError, match="do not add up"):
        Fates("f.csv", "", "orders", 3, header=1, counted=1)


def test_a_row_that_is_left_out_no_longer_counts() -> None:
    """The sum stays what it was."""
    one = Fates("f.csv", "", "orders", 4, header=1, counted=3).moved("elsewhere", 2)
    assert (one.counted, one.out("elsewhere"), one.all_left_out) == (1, 2, 2)


@pytest.mark.parametrize(
    ("counted", "refused", "expected"),
    [(0, 1, False), (0, 2, True), (1, 1, False), (1, 2, True), (6, 6, False), (6, 7, True), (900, 450, False)],
)
def test_a_file_is_wrong_if_most_of_its_rows_were_refused(counted: int, refused: int, expected: bool) -> None:
    """Half of them are named one by one, and so is a single row."""
    fates = Fates("f.csv", "", "orders", counted + refused, counted=counted, refused=refused)
    assert most_refused(fates) is expected


def test_rows_of_other_months_could_be_read() -> None:
    """A file of the whole year in which two days were forgotten, and nothing of this month."""
    fates = Fates("f.csv", "", "orders", 12, left_out=(("totals", 1), ("outside", 9)), refused=2)
    assert not most_refused(fates)
    sums = Fates("f.csv", "", "orders", 12, left_out=(("totals", 10),), refused=2)
    assert most_refused(sums)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_a_file_that_serves_two_tables_have_a_fate_in_each(tmp_path: Path, engine: Engine) -> None:
    """A row of nobody among the contacts is none among the ratings, where another was left out by a filter."""
    frames = {}
    for table, names in (("interactions", ("Ann", "Zoe")), ("surveys", ("Ann",))):
        rows = canonical_rows(table, [{"agent_name": name, "agent_id": None} for name in names])
        for number, row in enumerate(rows, 2):
            row["source_file"], row["source_sheet"], row["source_row"] = "calls.csv", "", number
        frames[table] = frame(tmp_path / table, table, rows, engine)
    read = [
        Fates("calls.csv", "", "interactions", 3, header=1, counted=2),
        Fates("calls.csv", "", "surveys", 3, header=1, counted=1, left_out=(("filter", 1),)),
    ]
    contacts, ratings = fates_of_month(read, frames, team(), OCTOBER, {"0101"})
    assert (contacts.counted, contacts.nobody) == (1, 1)
    assert (ratings.counted, ratings.nobody) == (1, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_two_sources_that_take_rows_of_one_sheet_never_have_less_than_none(tmp_path: Path, engine: Engine) -> None:
    """Of three rows of nobody the first source has its one, the second the others."""
    rows = canonical_rows("orders", [{"agent_id": "77"}, {"agent_id": "78"}, {"agent_id": "79"}, {"agent_id": "0101"}])
    for number, row in enumerate(rows, 2):
        row["source_file"], row["source_sheet"], row["source_row"] = "o.csv", "", number
    read = [
        Fates("o.csv", "", "orders", 5, header=1, counted=1, left_out=(("filter", 3),)),
        Fates("o.csv", "", "orders", 5, header=1, counted=3, left_out=(("filter", 1),)),
    ]
    found = fates_of_month(read, {"orders": frame(tmp_path, "orders", rows, engine)}, team(), OCTOBER, {"0101"})
    assert [(one.counted, one.nobody) for one in found] == [(0, 1), (1, 2)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_of_several_people_counts_if_it_does_for_one_of_them(tmp_path: Path, engine: Engine) -> None:
    """Ann and somebody unknown; Bob, who has left, and somebody unknown; two unknown people: three rows of the file."""
    people = [("Ann", 2), ("Zoe", 2), ("Bob", 3), ("Zoe", 3), ("Zoe", 4), ("Kim", 4), ("Ann", 5)]
    rows = canonical_rows("orders", [{"agent_name": name, "agent_id": None} for name, _ in people])
    for row, (_, number) in zip(rows, people, strict=True):
        row["source_file"], row["source_sheet"], row["source_row"] = "o.csv", "", number
    read = [Fates("o.csv", "", "orders", 5, header=1, counted=4, shared=3)]
    (found,) = fates_of_month(read, {"orders": frame(tmp_path, "orders", rows, engine)}, team(), OCTOBER, {"0101"})
    assert (found.counted, found.not_employed, found.nobody) == (2, 1, 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_row_of_a_month_has_one_fate(tmp_path: Path, engine: Engine) -> None:
    """Five rows were read: of K001, of Bob who has left, of nobody, of September; one has no figures at all."""
    rows = canonical_rows(
        "orders",
        [
            {"agent_id": "K001", "date": date(2026, 10, 1)},
            {"agent_name": "Bob", "date": date(2026, 10, 2)},
            {"agent_id": "77", "date": date(2026, 10, 3)},
            {"agent_id": "K001", "date": date(2026, 9, 30)},
        ],
    )
    file = str(rows[0]["source_file"])
    sheet = str(rows[0]["source_sheet"] or "")
    for number, (row, month) in enumerate(zip(rows, ("2026-10", "2026-10", "2026-10", "2026-09"), strict=True), 2):
        row["source_file"], row["source_row"], row["month"] = file, number, month
    read = [Fates(file, sheet, "orders", 6, header=1, counted=5)]
    found = fates_of_month(read, {"orders": frame(tmp_path, "orders", rows, engine)}, team(), OCTOBER, {"K001"})
    assert found == (
        Fates(file, sheet, "orders", 6, header=1, counted=2, left_out=(("outside", 1),), nobody=1, not_employed=1),
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_the_days_of_attendance_count_and_the_sums_check_them(tmp_path: Path, engine: Engine) -> None:
    """Bob has days and sums, which differ in times late; Ann has sums alone, and they count."""
    days = [{"agent_id": "1002", "date": date(2026, 10, day), "late_count": 1, "worked_days": 1} for day in (8, 9)]
    sums = [
        {"agent_name": "Bob", "date": date(2026, 10, 1), "late_count": 3, "worked_days": 2},
        {"agent_id": "0101", "date": date(2026, 10, 1), "late_count": 0, "worked_days": 17},
    ]
    rows = canonical_rows("attendance", [*days, *sums])
    for row, file in zip(rows, ("days.csv", "days.csv", "sums.csv", "sums.csv"), strict=True):
        row["source_file"], row["month"] = file, "2026-10"
    opened = credited(frame(tmp_path, "attendance", rows, engine), team())
    kept = records(days_before_sums(opened, ["sums.csv"]))
    assert sorted((row["agent"], row["worked_days"]) for row in kept) == [
        ("0101", Decimal(17)), ("1002", Decimal(1)), ("1002", Decimal(1)),
    ]  # fmt: skip
    left_out, problems = checked_by_sums(opened, ["sums.csv"], Month(2026, 10))
    assert list(left_out.values()) == [1]
    [fault] = problems
    assert (fault.code, fault.place.file, fault.place.column) == ("sums-differ", "sums.csv", "late_count")
    assert (fault.parameters["left"], fault.parameters["right"]) == ("3", "2")


@pytest.mark.parametrize(
    ("agent_id", "name", "expected"),
    [
        ("1002.0", "", "1002"),
        ("1002.5", "", None),
        ("张丽华(K001)", "", "K001"),
        ("", "张丽华（K001）", "K001"),
        ("", "Bob(K001)", None),
        ("", "张丽华(K002)", None),
        ("101", "", None),
        ("K1", "", None),
        ("", "张 丽华", None),
    ],
)
def test_a_number_is_taken_only_where_it_stands(agent_id: str, name: str, expected: str | None) -> None:
    """With decimals of a spreadsheet, or in brackets behind its owner's name; zeros and spaces are not made up."""
    assert team().resolve(agent_id, name) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [("101", ("0101",)), ("00101", ("0101",)), ("K1", ("K001",)), ("张 丽华", ("K001",)), ("77", ()), ("L1", ())],
)
def test_whom_an_unknown_key_may_mean_is_suggested(key: str, expected: tuple[str, ...]) -> None:
    """But for zeros in front of the digits and for spaces they are the same."""
    assert may_be(key, team()) == expected
