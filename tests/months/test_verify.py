"""Verifying: which month, which agent, which line is not what was sealed; nothing is rewritten. And late data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csctl.core.closing.differences import Difference
from csctl.core.closing.telling import one_per_line, reworded
from csctl.workflow.ledger.verifying import VerifyAsked, late_files, verify_months
from csctl.workflow.writing.run import check_month
from tests.cli.small import add, change
from tests.end_to_end.running import csctl, tree
from tests.months.team import another_program, asked, books_of, calls, correct_all, rate, write
from tests.proofs import mostly_slow


def _kept(folder: Path) -> dict[str, bytes]:
    """Every file but the caches that reading fills, and the log."""
    caches = (".csctl/canonical/", ".csctl/sealed/", ".csctl/log/")
    return {name: content for name, content in tree(folder).items() if not name.startswith(caches)}


def _late_orders(folder: Path) -> None:
    change(folder / "data/2026-09/orders.csv", "oBob,Bob,2026-09-04,3000", "oBob,Bob,2026-09-04,3600")


def _late_rating(folder: Path) -> None:
    rate(folder, "2026-09", {"01": "good", "02": "poor", "03": "poor"})


def _more_calls(folder: Path) -> None:
    write(folder / "data/2026-09/calls late.csv", calls("2026-09", {"Bob": (0, 4)}).replace("Bob0", "late0"))


def _no_events(folder: Path) -> None:
    (folder / "data/2026-09/events.csv").unlink()


def _promoted(folder: Path) -> None:
    change(folder / "data/roster.csv", "Ann,junior", "Ann,senior")


@pytest.mark.parametrize(
    ("happen", "files", "differs"),
    mostly_slow(
        [
            (_late_orders, {"data/2026-09/orders.csv": "late-file-changed"}, ("02", "pay_lines", "pool1")),
            (_late_rating, {"data/2026-09/ratings.xlsx": "late-file-changed"}, ("02", "score_lines", "tone")),
            (_more_calls, {"data/2026-09/calls late.csv": "late-file-added"}, ("02", "measures", "fcr")),
            (_no_events, {"data/2026-09/events.csv": "late-file-gone"}, ("03", "pay_lines", "rude")),
        ]
    ),
)
def test_a_change_names_month_agent_and_line(
    closed: Path, happen: Callable[[Path], None], files: dict[str, str], differs: tuple[str, str, str]
) -> None:
    """One cell of a CSV or a workbook, a file more or one less; no file of the workspace is rewritten."""
    happen(closed)
    before = _kept(closed)
    found = verify_months(VerifyAsked(closed))
    assert _kept(closed) == before
    assert not found.sound
    months = {str(one.month): one for one in found.months}
    assert {problem.place.file: problem.code for problem in months["2026-09"].files} == files
    assert differs in {(one.agent_id, one.table, one.line) for one in months["2026-09"].differences or ()}
    assert (months["2026-08"].files, months["2026-08"].differences) == ((), None)


def test_the_screen_names_them_too(closed: Path) -> None:
    """Exit 1; in both languages one line has agent, line and both figures; the head of the ledger stands below."""
    _late_orders(closed)
    head = books_of(closed).head
    for language, words in (("en", "2026-09 differs from the ledger:"), ("zh", "2026-09 与账本不同的地方：")):
        done = csctl("--language", language, "verify", "-w", closed)
        assert (done.code, done.err.count("csctl:")) == (1, 0)
        assert words in done.out.splitlines()
        assert "pool1" in next(line for line in done.out.splitlines() if line.strip().startswith("02 "))
        assert done.out.splitlines()[-1].endswith(head)


def test_the_roster_counts_for_every_month(closed: Path) -> None:
    """It belongs to no month, so all are computed again; only what it changes differs."""
    _promoted(closed)
    found = verify_months(VerifyAsked(closed))
    assert all(one.files == () for one in found.months)
    for one in found.months:
        assert ("01", "pay_lines", "base") in {(line.agent_id, line.table, line.line) for line in one.differences or ()}


def test_what_makes_no_difference_is_none(closed: Path) -> None:
    """A roster laid out anew, a policy and a configuration edited since: closed months follow the sealed ones."""
    change(closed / "data/roster.csv", "02,Bob,senior,2025-07-01,", "02,Bob,senior,2025/7/1,")
    change(closed / "policy.toml", "senior = 3600", "senior = 9600")
    change(closed / "csctl.toml", 'name = "Late desk"', 'name = "Another desk"')
    found = verify_months(VerifyAsked(closed))
    assert found.sound
    assert [one.differences for one in found.months] == [()] * 4


def test_without_a_change_nothing_is_computed(closed: Path) -> None:
    """Hashes tell; ``--recompute``, or another program, computes every month, and finds it the same."""
    assert [(one.differences, one.otherwise) for one in verify_months(VerifyAsked(closed)).months] == [(None, None)] * 4
    again = verify_months(VerifyAsked(closed, recompute=True))
    assert (again.sound, [one.otherwise for one in again.months]) == (True, [()] * 4)
    with another_program("99.0"):
        newer = verify_months(VerifyAsked(closed))
    assert (newer.sound, [one.otherwise for one in newer.months]) == (True, [()] * 4)


def test_the_ledger_alone_can_be_verified(closed: Path) -> None:
    """The exports are not looked at."""
    _late_orders(closed)
    assert csctl("verify", "-w", closed, "--ledger-only").code == 0


def test_a_head_noted_elsewhere_must_be_in_the_chain(closed: Path) -> None:
    """The head printed at closing is found; another one is a finding."""
    head = books_of(closed).head
    assert csctl("verify", "-w", closed, "--ledger-only", "--head", head).code == 0
    strange = csctl("verify", "-w", closed, "--ledger-only", "--head", "ab" * 32, "--json")
    assert (strange.code, strange.data["sound"], len(strange.data["problems"]["list"])) == (1, False, 1)


def test_months_that_were_put_away_stand_as_sealed(closed: Path) -> None:
    """A month without any export left is no finding; later months build on its sealed rows."""
    shutil.rmtree(closed / "data/2026-07")
    shutil.rmtree(closed / "data/2026-08")
    found = verify_months(VerifyAsked(closed, recompute=True))
    assert found.sound
    assert [[problem.code for problem in one.files] for one in found.months] == [["late-files-put-away"]] * 2 + [[]] * 2


def test_a_file_that_must_be_there_is_asked_for(closed: Path) -> None:
    """Without the calls a month is not computed as if nobody had called."""
    (closed / "data/2026-09/calls.csv").unlink()
    for found in (verify_months(VerifyAsked(closed)), correct_all(closed)):
        assert "source-file-missing" in [one.code for one in found.problems]


def test_an_export_that_cannot_be_read_is_said(closed: Path) -> None:
    """The month it belongs to is not sound; nothing is a crash."""
    write(closed / "data/2026-09/orders.csv", "who,what\nBob,3000\n")
    done = csctl("verify", "-w", closed)
    assert done.code == 1
    assert "data/2026-09/orders.csv" in done.out
    assert csctl("correct", "-w", closed, "--reason", "x", "--yes").code == 2


def test_without_a_ledger_there_is_nothing_to_verify(team: Path) -> None:
    """One line that says so, exit 2, and no ledger is made by looking."""
    for name in ("verify", "correct", "history"):
        done = csctl(name, "-w", team)
        assert (done.code, done.out) == (2, "")
        assert done.faults == ["csctl: no month has been closed yet → run csctl close first"]
    assert not (team / ".csctl/ledger.db").exists()


# ---- late data is noticed by check -----------------------------------------------------------------------------


def test_a_ledger_or_a_note_of_its_head_that_is_gone_is_said(closed: Path) -> None:
    """One of the two tells that there was the other."""
    state = closed / ".csctl"
    (state / "ledger.head").rename(state / "away")
    noteless = verify_months(VerifyAsked(closed))
    assert ([one.code for one in noteless.problems], noteless.sound) == (["ledger-head-gone"], False)
    (state / "away").rename(state / "ledger.head")
    (state / "ledger.db").unlink()
    gone = verify_months(VerifyAsked(closed))
    assert ([one.code for one in gone.problems], gone.usable) == (["ledger-lost"], False)


@pytest.mark.slow
def test_check_notices_late_data_of_closed_months(closed: Path) -> None:
    """While looking at an open month: a file that changed, came or went since closing is a warning, until corrected."""
    quiet = check_month(asked(closed, "2026-11"))
    for happen in (_late_orders, _more_calls, _no_events):
        happen(closed)
    found = check_month(asked(closed, "2026-11"))
    new = [problem for problem in found.problems if problem not in quiet.problems]
    assert [(one.place.file, one.code, one.found) for one in new] == [
        ("data/2026-09/calls late.csv", "late-file-added", "2026-09"),
        ("data/2026-09/events.csv", "late-file-gone", "2026-09"),
        ("data/2026-09/orders.csv", "late-file-changed", "2026-09"),
    ]
    assert found.computed is not None
    correct_all(closed)
    assert check_month(asked(closed, "2026-11")).problems == quiet.problems


def test_a_change_without_consequences_is_booked_as_such(closed: Path) -> None:
    """A cell that nothing is made from: correct says so, books no money, and nobody is bothered again."""
    change(closed / "data/2026-09/calls.csv", "Bob0", "Bob9")
    found = correct_all(closed)
    assert (found.state, found.deltas) == ("booked", [])
    assert late_files(books_of(closed)) == []
    assert verify_months(VerifyAsked(closed)).sound


def test_with_an_open_month_alone_check_says_nothing_of_late_data(team: Path) -> None:
    """No ledger, no late data."""
    before = check_month(asked(team, "2026-08")).problems
    add(team / "data/2026-07/orders.csv", "oX,Bob,2026-07-09,10\n")
    assert check_month(asked(team, "2026-08")).problems == before


# ---- what a person is shown ------------------------------------------------------------------------------------


def _difference(table: str, line: str, field: str, agent_id: str = "01") -> Difference:
    return Difference(agent_id, table, line, field, "1", "2")  # type: ignore[arg-type]


def test_one_line_is_told_once_by_its_figure() -> None:
    """Money and scores first; parts of a figure stay out, a line whose words alone changed is only counted."""
    found = [
        _difference("agents", "", "level"),
        _difference("agents", "", "base_pay"),
        _difference("measures", "fcr", "numerator"),
        _difference("measures", "fcr", "value"),
        _difference("score_lines", "fcr", "value"),
        _difference("score_lines", "fcr", "points"),
        _difference("scores", "", "score"),
        _difference("scores", "", "rank"),
        _difference("pay_lines", "pool1", "note"),
        _difference("pay_lines", "pool1", "rate"),
        _difference("pay_lines", "pool1", "amount"),
        _difference("pay_lines", "guarantee", "note"),
        _difference("pay_lines", "late", ""),
    ]
    assert [(one.table, one.line, one.field) for one in one_per_line(found)] == [
        ("scores", "", "score"),
        ("score_lines", "fcr", "value"),
        ("pay_lines", "late", ""),
        ("pay_lines", "pool1", "amount"),
        ("agents", "", "base_pay"),
        ("agents", "", "level"),
        ("measures", "fcr", "value"),
    ]
    assert reworded(found) == 1
