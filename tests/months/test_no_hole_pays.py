"""Whatever is taken away from a month, nobody is paid more for it unless a warning names the person or the table.

Nor less: a figure that falls because a file is gone is said as well.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from csctl.core.records.lines import PayLine, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import problem_text, say
from csctl.problems import Severity
from tests.months.team import TODAY, computed, write
from tests.proofs import mostly_slow

MONTHS = ("2026-08", "2026-09", "2026-10")
LAST = MONTHS[-1]
MADE_UP = date(2026, 10, 10)
"""A Saturday that the calendar calls a workday."""
PEOPLE = {"01": "Ann", "02": "Bob", "03": "Cid", "04": "Dan"}
TABLES = ("attendance", "complaints", "leave", "punch_fixes", "orders", "interactions", "exams", "titles")
CONFIG = 'name = "Desk"\npolicy = "policy.toml"\nlanguage = "en"\n' + "".join(
    f'\n[[source]]\ntable = "{table}"\nfiles = "data/{{month}}/{table}.csv"\noptional = true\n' for table in TABLES
) + '\n[[source]]\ntable = "roster"\nfiles = "data/roster.csv"\n'  # fmt: skip
POLICY = """\
id = "desk"
label = "Desk"
version = "1"
language = "en"
state = "reviewed"
[scale]
good = 100
[score]
decimals = 2
pass_mark = 60
raters = { superior = 100 }
[[dimension]]
id = "work"
label = "Work"
weight = 100
[[dimension.indicator]]
id = "fcr"
label = "Solved"
weight = 60
measure = "fcr"
missing = "reweight"
linear = { zero = 0, full = 100 }
[[dimension.indicator]]
id = "exam"
label = "Exam"
weight = 40
measure = "exam"
missing = "reweight"
linear = { zero = 0, full = 100 }
[[adjustment]]
id = "late"
label = "Late"
points = -2
each = { measure = "attendance.late_count" }
[measure.fcr]
label = "Solved"
unit = "%"
table = "interactions"
rows = true
share = { resolved = true }
[measure.exam]
label = "Exam"
unit = "%"
table = "exams"
sum = "score"
per = { table = "exams", sum = "full_score" }
[measure.complaints]
label = "Complaints"
unit = "count"
table = "complaints"
rows = true
where = { valid = true }
last_months = 3
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
[measure.titles]
label = "Titles"
unit = "count"
table = "titles"
rows = true
[working_time]
without_row = "absent"
missed_punch_spoils = true
[[working_time.shift]]
id = "day"
start = "09:00"
end = "18:00"
[working_time.leave]
statutory = ["annual"]
unpaid = ["personal"]
[working_time.punch_fixes]
per_month = 3
within_days = 5
[pay.base]
by = "roster"
[[pay.deduction]]
id = "absence"
label = "Absence"
quantity = "attendance.absent_days"
unit = "days"
divisor = 21.75
[[pay.pool]]
label = "Commission"
of = "sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.1 }]
share = 1
[[pay.award]]
id = "full"
label = "Full attendance"
amount = 100
when = { all = [{ measure = "attendance.full_month", equals = 1 }, { measure = "attendance.blemishes", equals = 0 }] }
[[pay.award]]
id = "seller"
label = "Best seller"
amount = 90
first = "sales"
[[pay.award]]
id = "titled"
label = "Titled three times"
amount = 80
streak = { measure = "titles", every = 3 }
[[pay.fine]]
id = "complaint"
label = "Complaint"
amount = 50
each = { measure = "complaints" }
[[pay.fine]]
id = "punch"
label = "Missed punch"
amount = 10
each = { measure = "attendance.unfixed_punches" }
"""
ROSTER = "staff id,name,post,hire date,base pay\n" + "".join(
    f"{who},{name},agent,2020-01-01,{4000 + 100 * int(who)}\n" for who, name in PEOPLE.items()
)
HEADS = {
    "attendance": "staff id,date,shift,clock in,clock out,attendance result",
    "complaints": "staff id,date,category,valid",
    "leave": "staff id,date,end date,kind,approved",
    "punch_fixes": "staff id,date,filed on,approved",
    "orders": "order id,staff id,order date,amount",
    "interactions": "id,staff id,created at,answered,resolved",
    "exams": "staff id,date,exam,score,full score",
    "titles": "staff id,date,title",
}


def _workdays(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    days = (first + timedelta(days=step) for step in range(31))
    return [day for day in days if day.month == first.month and (day.weekday() < 5 or day == MADE_UP)]


def _attendance(month: str) -> Iterator[str]:
    """Bob is late on the 13th, Cid on leave on the 14th, Dan away on the 15th and misses punches on the 20th and 21st,
    of which one is mended.
    """
    for who in PEOPLE:
        for day in _workdays(month):
            there = (who, day.day) not in (("03", 14), ("04", 15))
            came = ("09:20" if (who, day.day) == ("02", 13) else "08:55") if there else ""
            went = "18:05" if there and (who, day.day) not in (("04", 20), ("04", 21)) else ""
            said = "absent" if (who, day.day) == ("04", 15) else ""
            yield f"{who},{day},day,{came},{went},{said}"


def _rows(month: str) -> dict[str, list[str]]:
    return {
        "attendance": list(_attendance(month)),
        "complaints": [f"04,{month}-16,rude,Y"],
        "leave": [f"03,{month}-14,{month}-14,personal,Y"],
        "punch_fixes": [f"04,{month}-20,{month}-21,Y"],
        "orders": [f"o{who}{month},{who},{month}-12,{1000 + 10 * int(who)}" for who in PEOPLE],
        "interactions": [
            f"i{who}{call},{who},{month}-12 10:00,Y,{'Y' if call < int(who) else 'N'}"
            for who in PEOPLE
            for call in range(5)
        ],
        "exams": [f"{who},{month}-19,product,{95 - 10 * int(who)},100" for who in PEOPLE],
        "titles": [f"01,{month}-28,star"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months with all that happens in one; nothing is wrong in them."""
    folder = tmp_path_factory.mktemp("whole")
    write(folder / "csctl.toml", CONFIG)
    write(folder / "policy.toml", POLICY)
    write(folder / "data/roster.csv", ROSTER)
    for month in MONTHS:
        for table, rows in _rows(month).items():
            write(folder / "data" / month / f"{table}.csv", "\n".join([HEADS[table], *rows, ""]))
    return folder


@dataclass(frozen=True)
class Taken:
    """One way of taking something away, with the words that a warning about it may use."""

    name: str
    take: Callable[[Path], None]
    words: tuple[str, ...]


def _without(folder: Path, table: str, gone: Callable[[dict[str, str]], bool]) -> None:
    path = folder / "data" / LAST / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [",".join(row.values()) for row in rows if not gone(row)]
    assert len(kept) < len(rows)
    write(path, "\n".join([",".join(rows[0]), *kept, ""]))


def _person(table: str, who: str) -> Taken:
    name = f"{table} of {PEOPLE[who]}"
    return Taken(name, lambda folder: _without(folder, table, lambda row: row["staff id"] == who), (PEOPLE[who],))


def _all_but(table: str, who: str) -> Taken:
    name = f"{table} of all but {PEOPLE[who]}"
    return Taken(name, lambda folder: _without(folder, table, lambda row: row["staff id"] != who), (table,))


def _file(table: str) -> Taken:
    def take(folder: Path) -> None:
        (folder / "data" / LAST / f"{table}.csv").unlink()

    return Taken(f"the file of {table}", take, (table, say(f"table-{table}", "en")))


def _day(who: str, day: int) -> Taken:
    gone = (who, f"{LAST}-{day}")
    name = f"{PEOPLE[who]} on the {day}th"
    return Taken(
        name, lambda folder: _without(folder, "attendance", lambda row: (row["staff id"], row["date"]) == gone),
        (PEOPLE[who],),
    )  # fmt: skip


def _column(table: str, header: str) -> Taken:
    def take(folder: Path) -> None:
        path = folder / "data" / LAST / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{name: cell for name, cell in row.items() if name != header} for row in csv.DictReader(file)]
        write(path, "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows), ""]))

    return Taken(f"the column {header} of {table}", take, (table, header))


def _month(month: str) -> Taken:
    return Taken(f"the month {month}", lambda folder: shutil.rmtree(folder / "data" / month), (month,))


ALL = [
    *(_person(table, who) for table in ("attendance", "interactions", "exams") for who in PEOPLE),
    *(_all_but(table, "04") for table in ("orders", "interactions")),
    *(_file(table) for table in TABLES),
    *(_day(who, day) for who, day in (("01", 13), ("02", 13), ("03", 14), ("04", 15), ("04", 20))),
    *(_column("attendance", header) for header in ("clock out", "clock in", "shift")),
    *(_month(month) for month in MONTHS[:-1]),
]


def _pay(result: MonthResult) -> dict[str, int]:
    cents = dict.fromkeys(PEOPLE, 0)
    for line in as_records(result.pay_lines, PayLine):
        cents[line.agent_id] += line.amount_cents
    return cents


Shown = dict[str, tuple[object, ...]]
"""By agent: pay, score, grade."""


@pytest.fixture(scope="module")
def shown_before(whole: Path) -> Shown:
    """The month with everything in it."""
    return _shown(computed(whole, LAST, TODAY).result)


def _shown(result: MonthResult) -> Shown:
    scores = {one.agent_id: (one.score, one.grade) for one in as_records(result.scores, Score)}
    return {who: (cents, *scores.get(who, ())) for who, cents in _pay(result).items()}


def _warnings(result: MonthResult) -> list[str]:
    return [problem_text(one, "en") + one.place.file for one in result.problems if one.severity is Severity.WARNING]


def test_a_whole_month_is_quiet_and_everything_in_it_counts(whole: Path) -> None:
    """No warning; an award, a fine and a deduction of each kind are there to be taken away."""
    result = computed(whole, LAST, TODAY).result
    assert _warnings(result) == []
    lines = {(line.agent_id, line.line) for line in as_records(result.pay_lines, PayLine)}
    assert {
        ("01", "full"),
        ("01", "titled"),
        ("04", "seller"),
        ("04", "absence"),
        ("04", "complaint"),
        ("04", "punch"),
    } <= lines


@pytest.mark.parametrize("taken", mostly_slow(ALL, quick=3), ids=[one.name for one in ALL])
def test_what_is_taken_away_changes_nothing_in_silence(
    whole: Path, shown_before: Shown, tmp_path: Path, taken: Taken
) -> None:
    """A pay, a score or a grade that moves stands beside a warning that names who or what is not there."""
    folder = tmp_path / "ws"
    shutil.copytree(whole, folder)
    taken.take(folder)
    result = computed(folder, LAST, TODAY).result
    moved = [who for who, now in _shown(result).items() if now != shown_before[who]]
    said = _warnings(result)
    assert not moved or any(word in text for text in said for word in taken.words), (moved, said)
