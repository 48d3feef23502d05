"""``csctl tasks``: the list on the screen, as data, as a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from csctl.messages import catalogue
from tests.cli.small import CONFIG, MONTH, POLICY, add, change
from tests.end_to_end.running import csctl, tree

SOURCES = """
[[source]]
table = "complaints"
files = "data/{month}/complaints.csv"
optional = true

[[source]]
table = "plans"
files = "data/{month}/plans.csv"
optional = true
"""
COMPLAINTS = """\
complaint id,received at,agent,category,valid,resolved at
C1,2026-10-05 10:00,Ann,fees,Y,2026-10-06 09:00
C2,2026-10-07 10:00,Bob,fees,Y,
C3,2026-10-08 10:00,Nobody,other,Y,
"""
PLANS = """\
截止日期,工号,改进项,是否完成
2026-10-20,03,=1+1,N
2026-10-25,01,listen,N
2026-10-10,01,speak,Y
"""
CHECK = """
[[check]]
id = "settle"
label = "Settle in three days"
table = "complaints"
where = { category = "fees" }
deadline = { from = "date", to = "resolved_at", days = 3 }
rule = "X-1"
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Two complaints open, two improvements not made."""
    files = {
        "csctl.toml": CONFIG + SOURCES,
        "policy.toml": POLICY + CHECK,
        "data/roster.csv": "staff id,name,level\n01,Ann,junior\n02,Bob,senior\n03,Cid,junior\n",
        f"data/{MONTH}/complaints.csv": COMPLAINTS,
        f"data/{MONTH}/plans.csv": PLANS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_list_is_overdue_first_with_places(team: Path) -> None:
    """As data: due day, days late, whose, what, where, rule."""
    done = csctl("tasks", "-w", team, "--on", "2026-10-22", "--json")
    assert (done.code, done.err, done.data["count"], done.data["overdue"]) == (0, "", 4, 2)
    columns = ("due", "overdue_days", "agent_id", "kind", "row")
    assert [tuple(one[name] for name in columns) for one in done.data["tasks"]] == [
        ("2026-10-10", 12, "02", "complaints", 3),
        ("2026-10-20", 2, "03", "plans", 2),
        ("2026-10-25", 0, "01", "plans", 3),
        (None, 0, "", "complaints", 4),
    ]  # fmt: skip
    first, last = done.data["tasks"][0], done.data["tasks"][-1]
    assert (first["what"], first["about"], first["rule"]) == ("Settle in three days", "C2 · fees", "X-1")
    assert (last["name"], last["what"]) == ("Nobody", "settle the complaint")


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ((), [("complaints", 3), ("plans", 2), ("plans", 3), ("complaints", 4)]),
        (("--overdue",), [("complaints", 3), ("plans", 2)]),
        (("--kind", "plans"), [("plans", 2), ("plans", 3)]),
        (("--kind", "改进计划"), [("plans", 2), ("plans", 3)]),
        (("--agent", "Ann"), [("plans", 3)]),
        (("--agent", "03", "--kind", "complaint"), []),
    ],
)
def test_filters(team: Path, options: tuple[str, ...], rows: list[tuple[str, int]]) -> None:
    """By agent, by kind in either language, and only what is overdue."""
    found = csctl("tasks", "-w", team, "--on", "2026-10-22", "--json", *options).data["tasks"]
    assert [(one["kind"], one["row"]) for one in found] == rows


def test_months_far_back_are_not_looked_at(team: Path) -> None:
    """Unless asked for; the screen says since when."""
    assert csctl("tasks", "-w", team, "--on", "2027-03-01", "--json").data["count"] == 0
    assert csctl("tasks", "-w", team, "--on", "2027-03-01", "--months", "5", "--json").data["count"] == 4
    assert "since 2026-12" in csctl("tasks", "-w", team, "--on", "2027-03-01").out


def test_the_screen_is_eighty_columns_wide(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With due day, days late, who and where; nothing is written but the cache."""
    monkeypatch.setenv("COLUMNS", "80")
    before = set(tree(team))
    done = csctl("tasks", "-w", team, "--on", "2026-10-20")
    assert max(map(len, done.out.splitlines())) <= 80
    assert "today" in done.out
    assert "10 d" in done.out
    assert f"[data/{MONTH}/complaints.csv · row 3]" in done.out
    assert "4 to do, 1 of them overdue." in done.out
    assert {name for name in set(tree(team)) - before if not name.startswith(".csctl/")} == set()


def test_the_workbook_is_the_same_list(team: Path) -> None:
    """Text stays text; the same bytes again; private."""
    file = team / "todo.xlsx"
    assert csctl("tasks", "-w", team, "--on", "2026-10-22", "--xlsx", file).code == 0
    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=3, values_only=True))  # type: ignore[union-attr]
    assert [(row[0], row[1], row[2], row[6]) for row in rows] == [
        ("2026-10-10", 12, "02", "C2 · fees"), ("2026-10-20", 2, "03", "=1+1"),
        ("2026-10-25", None, "01", "listen"), ("no day", None, None, "C3 · other"),
    ]  # fmt: skip
    cell = openpyxl.load_workbook(file).active["G4"]  # type: ignore[index]
    assert cell.data_type == "s"
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_bytes()
    csctl("tasks", "-w", team, "--on", "2026-10-22", "--xlsx", file)
    assert file.read_bytes() == before


def test_strict_says_so_when_something_is_overdue(team: Path) -> None:
    """For a job that mails the lead."""
    assert csctl("tasks", "-w", team, "--on", "2026-10-22", "--strict").code == 1
    assert csctl("tasks", "-w", team, "--on", "2026-10-09", "--strict").code == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--on", "tomorrow"), "worklist-bad-day"),
        (("--kind", "plan!"), "worklist-kind-unknown"),
        (("--agent", "Zoe"), "agent-not-found"),
    ],
)
def test_wrong_options_are_told_with_what_to_write(team: Path, options: tuple[str, str], code: str) -> None:
    """Exit 2, one line, no list."""
    done = csctl("tasks", "-w", team, *options)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert options[1] in done.err
    assert code in catalogue()
    shown = csctl("tasks", "-w", team, *options, "--json").data
    assert [one["code"] for one in shown["problems"]["list"]] == [code]


def test_a_file_that_cannot_be_read_stops_the_list(team: Path) -> None:
    """A list that silently lacks a table would be trusted."""
    change(team / "data" / MONTH / "plans.csv", "是否完成", "??")
    done = csctl("tasks", "-w", team, "--on", "2026-10-22")
    assert (done.code, done.out) == (2, "")
    assert "plans.csv" in done.err


def test_nothing_to_do_is_said(team: Path) -> None:
    """Not an empty table."""
    for name in ("complaints", "plans"):
        (team / "data" / MONTH / f"{name}.csv").unlink()
    add(team / "data" / "roster.csv", "")
    assert "Nothing is waiting." in csctl("tasks", "-w", team, "--on", "2026-10-22").out


EXPECTED = """
[[check]]
id = "own_report"
label = "Own report"
table = "tasks"
where = { kind = "report" }
expected = { every = "week", weekday = 5 }
kind = "process"
rule = "X-2"
"""
TASKS = """\
agent,date,kind,done
Ann,2026-10-02,report,Y
Ann,2026-10-09,report,Y
Bob,2026-10-02,report,Y
Cid,2026-10-16,report,Y
"""


def test_what_a_policy_expects_and_no_row_shows_is_on_the_list(team: Path) -> None:
    """Of each person the last report that was due and is not there, and the next one; with no row to name."""
    more = '[[source]]\ntable = "tasks"\nfiles = "data/{month}/tasks.csv"\n'
    (team / "csctl.toml").write_text(CONFIG + SOURCES + more, "utf-8")
    (team / "policy.toml").write_text(POLICY + EXPECTED, "utf-8")
    (team / f"data/{MONTH}/tasks.csv").write_text(TASKS, "utf-8")
    done = csctl("tasks", "-w", team, "--on", "2026-10-12", "--kind", "tasks", "--json")
    listed = [(one["due"], one["overdue_days"], one["name"]) for one in done.data["tasks"]]
    assert listed == [
        ("2026-10-09", 3, "Bob"),
        ("2026-10-09", 3, "Cid"),
        ("2026-10-16", 0, "Ann"),
        ("2026-10-16", 0, "Bob"),
        ("2026-10-23", 0, "Cid"),
    ]
    shown = csctl("tasks", "-w", team, "--on", "2026-10-12", "--kind", "tasks").out
    assert "Own report: 2026-10-03 – 2026-10-09" in " ".join(shown.split())
    assert "no such row" in shown
