"""The shipped calendar against public libraries and an official figure, and days that users lay over it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.workdays import CalendarDay, DayKind, WorkCalendar, laid_over, statutory_days
from csctl.messages import one_line
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity
from csctl.readers.holidays import KINDS, read_holidays
from csctl.store import shipped
from csctl.workflow.inputs.calendars import calendar_of
from csctl.workspace import Config, Workspace

YEARS = (2023, 2024, 2025, 2026)
PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data" / "calendar" / "china_calendar_2023_2026.csv"
POLICY = Policy(id="days", label="days", version="1")


def _shipped() -> WorkCalendar:
    found = shipped.calendar("cn")
    assert found is not None
    return found


CN = _shipped()


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=index) for index in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_workday_agrees_with_chinesecalendar(year: int) -> None:
    """One independent reading of the yearly notices."""
    library: Any = pytest.importorskip("chinese_calendar")
    assert {day for day in _days(year) if CN.is_workday(day) != library.is_workday(day)} == set()


@pytest.mark.parametrize("year", YEARS)
def test_every_workday_and_public_holiday_agrees_with_holidays(year: int) -> None:
    """Another one, the only one that tells public holidays from the rest days around them."""
    library: Any = pytest.importorskip("holidays")
    china = library.country_holidays("CN", years=year, language="zh_CN")
    assert {day for day in _days(year) if CN.is_workday(day) != china.is_working_day(day)} == set()
    public = {day: name for day, name in china.items() if "（" not in name}
    names = {"农历除夕": "春节"}
    ours = {day: name for day, name in CN.statutory.items() if day.year == year}
    assert ours == {day: names.get(name, name) for day, name in public.items()}


def test_every_day_agrees_with_the_published_table() -> None:
    """Workday or not, and make-up workdays, for four years."""
    if not PUBLISHED.exists():
        pytest.skip("the public table is not here")
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        rows = [(date.fromisoformat(row["date"]), row) for row in csv.DictReader(file)]
    assert len(rows) == 1461
    assert {day for day, row in rows if CN.is_workday(day) != (row["is_workday"] == "1")} == set()
    made_up = {day for day, row in rows if row["kind"] == "makeup_workday"}
    assert {day for day, _ in rows if CN.kind_of(day) == "makeup_workday"} == made_up


@pytest.mark.parametrize(("year", "statutory"), [(2023, 11), (2024, 11), (2025, 13), (2026, 13)])
def test_the_year_has_its_number_of_public_holidays(year: int, statutory: int) -> None:
    """Thirteen since 2025, eleven before."""
    assert sum(CN.kind_of(day) == "statutory" for day in _days(year)) == statutory == statutory_days(year)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_year_has_the_official_number_of_workdays(year: int) -> None:
    """248, from which the law derives 20.67 workdays a month."""
    assert CN.count(_days(year)) == 248


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-01-26", "makeup_workday"),
        ("2025-01-28", "statutory"),
        ("2025-02-01", "weekend"),
        ("2025-02-03", "holiday_rest"),
        ("2025-02-05", "workday"),
        ("2025-05-31", "statutory"),
        ("2026-01-04", "makeup_workday"),
        ("2026-10-03", "statutory"),
        ("2026-10-05", "holiday_rest"),
    ],
)
def test_a_day_has_its_kind(day: str, kind: DayKind) -> None:
    """A Saturday inside a long holiday is a day of rest, not a public holiday."""
    assert CN.kind_of(date.fromisoformat(day)) == kind


def test_a_year_without_data_is_refused() -> None:
    """Nothing is guessed about it."""
    assert not CN.knows(Month(2027, 1))
    with pytest.raises(ValueError, match="2027"):
        CN.kind_of(date(2027, 1, 1))


@given(
    day=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    kind=st.sampled_from(["workday", "makeup_workday", "weekend", "holiday_rest", "statutory"]),
)
def test_a_day_laid_over_is_as_it_was_given_and_all_others_stay(day: date, kind: DayKind) -> None:
    """Worked or not, public holiday or not; weekday and weekend decide between the two names of each."""
    made = laid_over(CN, [CalendarDay(day, kind, "own")])
    assert made.is_workday(day) == (kind in ("workday", "makeup_workday"))
    assert (made.kind_of(day) == "statutory") == (kind == "statutory")
    assert [other for other in _days(day.year) if made.kind_of(other) != CN.kind_of(other)] in ([], [day])


# -- a user's own file ----------------------------------------------------------------------------------------------

HOLIDAYS_2027 = [date(2027, 1, 1), *(date(2027, 2, number) for number in range(5, 9)), date(2027, 4, 5),
                 date(2027, 5, 1), date(2027, 5, 2), date(2027, 6, 9), date(2027, 9, 15),
                 *(date(2027, 10, number) for number in range(1, 4))]  # fmt: skip


def _workspace(folder: Path, content: str | bytes | None, name: str = "days.csv") -> Workspace:
    if content is not None:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return Workspace(folder, Config(name="team", policy="insurance", calendar=name), ())


def _calendar(folder: Path, content: str | bytes | None) -> tuple[WorkCalendar | None, list[Problem]]:
    return calendar_of(_workspace(folder, content), POLICY)


def test_without_a_file_of_ones_own_the_shipped_calendar_holds(tmp_path: Path) -> None:
    """An empty ``calendar`` names no file."""
    plain = Workspace(tmp_path, Config(name="team", policy="insurance"), ())
    assert calendar_of(plain, POLICY) == (CN, [])


def test_a_day_of_the_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    """A company closes on a workday and opens on a holiday; names may be left out."""
    made, problems = _calendar(tmp_path, "日期,类型,名称\n2026-10-08,放假,公司旅游\n2026-10-07,工作日,\n")
    assert problems == []
    assert made is not None
    changed = {day: made.kind_of(day) for day in _days(2026) if made.kind_of(day) != CN.kind_of(day)}
    assert changed == {date(2026, 10, 8): "holiday_rest", date(2026, 10, 7): "workday"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_file_is_read_in_any_usual_encoding_in_either_language(tmp_path: Path, encoding: str) -> None:
    """As a spreadsheet program saves it."""
    text = "name,date,kind\n国庆节加班日,2026/10/4,法定节假日\n,2026-10-31,makeup_workday\n"
    made, problems = _calendar(tmp_path, text.encode(encoding))
    assert [problem for problem in problems if problem.severity is not Severity.NOTE] == []
    assert made is not None
    assert made.statutory[date(2026, 10, 4)] == "国庆节加班日"
    assert made.kind_of(date(2026, 10, 31)) == "makeup_workday"


def test_a_new_year_is_known_once_all_its_public_holidays_are_listed(tmp_path: Path) -> None:
    """Thirteen of them; other days follow the week unless they are listed too."""
    rows = "".join(f"{day},statutory,节\n" for day in HOLIDAYS_2027)
    made, problems = _calendar(tmp_path, f"date,kind,name\n{rows}2027-02-14,补班,\n")
    assert problems == []
    assert made is not None
    assert made.years == CN.years | {2027}
    weekdays = [day for day in _days(2027) if day.weekday() < 5 and day not in HOLIDAYS_2027]
    assert [day for day in _days(2027) if made.is_workday(day)] == sorted([*weekdays, date(2027, 2, 14)])


def test_a_new_year_with_too_few_public_holidays_stays_unknown_and_is_reported(tmp_path: Path) -> None:
    """One forgotten line would pay a holiday as a workday."""
    rows = "".join(f"{day},法定节假日,\n" for day in HOLIDAYS_2027[1:])
    made, problems = _calendar(tmp_path, f"日期,类型,名称\n{rows}")
    assert made is not None
    assert made.years == CN.years
    found = [(problem.code, problem.found, problem.parameters["count"]) for problem in problems]
    assert found == [("holidays-year-incomplete", "2027", "12")]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("日期,类型\n2026-13-01,放假\n2026-10-08,假\n", [("value-not-a-date", 2), ("holidays-kind-unknown", 3)]),
        ("日期,类型\n2026-10-08,放假\n,\n2026-10-08,工作日\n", [("holidays-day-twice", 4)]),
        ("日期,类型\n,放假\n", [("value-not-a-date", 2)]),
        ("日期,备注\n2026-10-08,放假\n", [("holidays-without-columns", None)]),
        (None, [("holidays-missing", None)]),
    ],
)
def test_a_fault_of_the_file_stops_with_its_row(
    tmp_path: Path, content: str | None, faults: list[tuple[str, int | None]]
) -> None:
    """All faults at once, none of them guessed away."""
    made, problems = _calendar(tmp_path, content)
    assert made is None
    assert [(problem.code, problem.place.row) for problem in problems] == faults
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    assert all(one_line(problem, language) for problem in problems for language in ("zh", "en"))


def test_a_file_outside_the_workspace_is_not_read(tmp_path: Path) -> None:
    """A path that leads out of the folder names no file of the workspace."""
    inside = tmp_path / "team"
    inside.mkdir()
    (tmp_path / "days.csv").write_text("date,kind\n2026-10-08,weekend\n", "utf-8")
    made, problems = calendar_of(_workspace(inside, None, "../days.csv"), POLICY)
    assert made is None
    assert [problem.code for problem in problems] == ["holidays-missing"]


@pytest.mark.parametrize("written", sorted(KINDS))
def test_every_word_for_a_kind_is_understood(tmp_path: Path, written: str) -> None:
    """In Chinese and English, capital letters or not."""
    path = tmp_path / "days.csv"
    path.write_text(f"日期,类型,名称\n2026-10-08,{written.upper()},x\n", "utf-8")
    assert read_holidays(path, "days.csv") == ([CalendarDay(date(2026, 10, 8), KINDS[written], "x")], [])
