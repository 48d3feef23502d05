"""``csctl diff``: two months of a workspace, open or closed, on the screen, as files and as data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from csctl.cli.showing import show_between
from tests.end_to_end.running import Done, csctl
from tests.months.team import MONTHS
from tests.months.test_screens import columns
from tests.proofs import mostly_slow

D = Decimal
JULY, AUGUST = MONTHS[:2]


def diff(folder: Path, *options: str | Path, old: str = JULY, new: str = AUGUST) -> Done:
    """The command, in English."""
    return csctl("--language", "en", "diff", old, new, "-w", folder, *options)


def test_open_months_are_provisional_and_say_what_moved(team: Path) -> None:
    """Ann sells 100 more and Cid resolves one call more; nothing is written."""
    before = sorted(path for path in team.rglob("*") if ".csctl" not in path.parts)
    done = diff(team)
    assert (done.code, done.faults) == (0, [])
    assert f"provisional: {JULY}, {AUGUST} not closed yet" in done.out
    assert "  03 Cid  " in done.out
    assert "First contact resolution +" in done.out
    assert sorted(path for path in team.rglob("*") if ".csctl" not in path.parts) == before


def test_a_closed_month_is_as_it_was_sealed(closed: Path) -> None:
    """Its exports are changed afterwards: the same difference, which is not provisional."""
    first = diff(closed, "--json", old="2026-08", new="2026-09").data
    for name in ("calls.csv", "orders.csv"):
        file = closed / "data" / "2026-10" / name
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    second = diff(closed, "--json", old="2026-08", new="2026-09").data
    assert (first["provisional"], first["old"]["closed"], first["new"]["closed"]) == (False, True, True)
    assert {key: value for key, value in second.items() if key != "problems"} == {
        key: value for key, value in first.items() if key != "problems"
    }


def test_who_left_is_told_with_the_last_day(closed: Path) -> None:
    """Dan left in August."""
    found = diff(closed, "--json", old="2026-08", new="2026-09").data
    assert [(one["agent_id"], one["kind"], one["day"]) for one in found["people"]] == [("04", "left", "2026-08-20")]
    assert "04 Dan: left, last day 2026-08-20" in diff(closed, old="2026-08", new="2026-09").out


def test_as_data_lines_add_up_to_totals(team: Path) -> None:
    """Of everybody, and of all together; against the months' own run.json."""
    found = diff(team, "--json").data
    for one in found["agents"]:
        assert sum((D(line["difference"]) for line in one["score_lines"]), D(0)) == D(one["score"]["difference"])
        assert sum((D(line["difference"]) for line in one["pay_lines"]), D(0)) == D(one["pay"]["difference"])
    assert sum((D(one["pay"]["difference"]) for one in found["agents"]), D(0)) == D(found["pay"]["difference"])
    for month, side in ((JULY, "old"), (AUGUST, "new")):
        run = csctl("run", "-w", team, "--month", month, "--json").data
        whole = sum((D(line["amount"]) for line in run["pay_lines"]), D(0))
        assert (D(found["pay"][side]), len(run["scoreboard"])) == (whole, found[side]["people"])


def test_files_are_written_where_they_are_asked_for(team: Path, tmp_path: Path) -> None:
    """Both at once, private, and named on the screen; what cannot be written ends with 2."""
    book, page = tmp_path / "d.xlsx", tmp_path / "d.html"
    done = diff(team, "--xlsx", book, "--html", page)
    assert done.code == 0
    assert [name for name in (str(book), str(page)) if name not in done.out] == []
    assert (book.read_bytes()[:2], page.read_text("utf-8")[:15]) == (b"PK", "<!DOCTYPE html>")
    assert diff(team, "--xlsx", team / "csctl.toml" / "d.xlsx").code == 2


@pytest.mark.parametrize(
    ("old", "new", "code"), [("2026-13", AUGUST, "month-malformed"), (JULY, "2031-01", "month-empty")]
)
def test_a_month_that_cannot_be_ends_with_2(team: Path, old: str, new: str, code: str) -> None:
    """It says which, and nothing else."""
    done = diff(team, "--json", old=old, new=new)
    assert (done.code, [one["code"] for one in done.data["problems"]["list"]]) == (2, [code])
    assert "agents" not in done.data


def test_a_month_beside_itself_says_that_nothing_differs(team: Path) -> None:
    """One line."""
    said = diff(team, old=JULY, new=JULY).out
    assert "nothing differs" in said
    assert f"{JULY}, {JULY}" not in said


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"]))
def test_the_screen_is_80_wide_and_whole(team: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """No line is wider, nothing is cut, no code or blank is left; --verbose has more lines and folds none."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(show_between, "PEOPLE_SHOWN", 1)
    short, long = (csctl("-l", language, "diff", JULY, AUGUST, "-w", team, *more) for more in ((), ("--verbose",)))
    for done in (short, long):
        assert max(map(columns, done.out.splitlines())) <= 80
        assert [mark for mark in ("{", "}", "between-", "…", "_cents") if mark in done.out] == []
    assert len(long.out.splitlines()) > len(short.out.splitlines())
    assert "--verbose" not in long.out
