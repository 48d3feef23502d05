"""Several months closed with one page and one answer: in order, as one by one, and whole wherever it ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.policy.to_write import NEW_LINE
from csctl.workflow.closing import several_months
from csctl.workflow.closing.one_month import Agree, CloseAsked, Closing, close_next
from csctl.workflow.closing.several_months import ClosingThrough, SignedPage, close_through
from tests.end_to_end.running import csctl
from tests.months.team import AT, MONTHS, asked, books_of, close_one, month_of, seal, small_team, yes

FIRST, SECOND, THIRD = MONTHS[:3]


def through(folder: Path, month: str, *, agreed: bool = True) -> tuple[ClosingThrough, list[SignedPage]]:
    """Closed up to a month, and the pages that were looked at."""
    shown: list[SignedPage] = []

    def agree(pages: Sequence[SignedPage]) -> bool:
        shown.extend(pages)
        return agreed

    return close_through(CloseAsked(asked(folder, month), "Lead", AT), agree), shown


def closed_months(folder: Path) -> list[str]:
    """The closed months of a workspace."""
    return [str(month) for month in books_of(folder).months]


def test_all_open_months_close_as_they_would_one_by_one(tmp_path: Path) -> None:
    """Each page once before, each month sealed with the same lines, whatever was closed already left alone."""
    one_by_one = seal(small_team(tmp_path / "a", MONTHS[:3]), MONTHS[:3])
    folder = seal(small_team(tmp_path / "b", MONTHS[:3]), [FIRST])
    made, shown = through(folder, THIRD)
    assert [str(one.month) for one in shown] == [SECOND, THIRD]
    assert (made.stopped_at, made.problems) == (None, ())
    assert closed_months(folder) == [FIRST, SECOND, THIRD]
    seals = [books_of(one).seals for one in (one_by_one, folder)]
    assert [seal.lines_digest for seal in seals[0].values()] == [seal.lines_digest for seal in seals[1].values()]
    assert csctl("verify", "-w", folder).code == 0
    assert (folder / "out" / SECOND / "run.json").is_file()


@pytest.mark.slow
def test_without_a_yes_it_stops_at_the_first_month_with_findings(tmp_path: Path) -> None:
    """That month and all after it stay open; it says what to write. The months before are closed."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    made, shown = through(folder, THIRD, agreed=False)
    stop = next(str(one.month) for one in shown if one.to_look_at)
    assert str(made.stopped_at) == stop
    assert closed_months(folder) == [str(one.month) for one in shown if str(one.month) < stop]
    (problem,) = made.problems
    assert problem.code == "close-look-first"
    done = csctl("close", "--through", THIRD, "-w", folder)
    assert done.code == 1
    assert f"csctl close --month {stop} --yes" in done.err


@pytest.mark.slow
def test_a_month_that_is_not_over_is_not_closed_on_the_way(tmp_path: Path) -> None:
    """Those before it are."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    wanted = CloseAsked(asked(folder, SECOND, today=month_of(SECOND).last), "Lead", AT)
    made = close_through(wanted, yes)
    assert [problem.code for problem in made.problems] == ["close-not-over"]
    assert closed_months(folder) == [FIRST]


@pytest.mark.slow
def test_an_interruption_leaves_the_months_before_closed_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command goes on from there."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])

    def interrupted(wanted: CloseAsked, agree: Agree) -> Closing:
        if wanted.asked.month == THIRD:
            raise KeyboardInterrupt
        return close_next(wanted, agree)

    with monkeypatch.context() as patched:
        patched.setattr(several_months, "close_next", interrupted)
        with pytest.raises(KeyboardInterrupt):
            through(folder, THIRD)
    assert closed_months(folder) == [FIRST, SECOND]
    assert csctl("verify", "-w", folder).code == 0
    assert through(folder, THIRD)[0].problems == ()
    assert closed_months(folder) == [FIRST, SECOND, THIRD]


@pytest.mark.slow
def test_exports_that_cannot_be_read_stop_it_at_their_month(tmp_path: Path) -> None:
    """With the problem of that month; nothing of later ones is looked at."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    for file in (folder / "data" / SECOND).iterdir():
        file.write_text("nothing\n", "utf-8")
    made, shown = through(folder, THIRD)
    assert [str(one.month) for one in shown] == [FIRST, SECOND]
    assert (str(made.stopped_at), bool(made.problems)) == (SECOND, True)
    assert closed_months(folder) == [FIRST]


def test_at_the_command_line_one_page_shows_all_months(tmp_path: Path) -> None:
    """As text and as data; again there is nothing to close; month and through do not go together."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    both = csctl("close", "--through", SECOND, "--month", SECOND, "-w", folder)
    assert both.code == 2
    done = csctl("close", "--through", FIRST, "--yes", "-w", folder)
    assert done.code == 0, done.err
    assert "Before closing · Late desk" in done.out
    assert f"closed: {FIRST} (1)" in done.out
    data = json.loads(csctl("close", "--through", SECOND, "--yes", "--json", "-w", folder).out)
    assert [(one["month"], one["state"], bool(one["sign_off"])) for one in data["months"]] == [(SECOND, "closed", True)]
    again = csctl("close", "--through", SECOND, "--yes", "-w", folder)
    assert (again.code, f"the last closed one is {SECOND}" in again.err) == (2, True)


@pytest.mark.slow
def test_over_a_month_that_is_not_there_nothing_is_closed(tmp_path: Path) -> None:
    """It could never be closed after a later one. One by one as well; what is closed, is closed up to the gap."""
    folder = small_team(tmp_path / "ws", MONTHS[:4])
    shutil.move(folder / "data" / SECOND, tmp_path / "kept")
    made, shown = through(folder, MONTHS[3])
    assert [str(one.month) for one in shown] == [FIRST, THIRD]
    assert (str(made.stopped_at), [one.code for one in made.problems]) == (THIRD, ["close-month-missing"])
    assert made.problems[0].parameters["months"] == SECOND
    assert closed_months(folder) == [FIRST]
    alone = close_one(folder, THIRD)
    assert (alone.state, [one.code for one in alone.problems]) == ("stopped", ["close-month-missing"])
    shutil.move(tmp_path / "kept", folder / "data" / SECOND)
    assert through(folder, MONTHS[3])[0].problems == ()
    assert closed_months(folder) == list(MONTHS[:4])


@pytest.mark.slow
def test_a_month_that_will_never_come_is_written_down_and_passed_over(tmp_path: Path) -> None:
    """The line that the problem shows is the line that helps."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    shutil.rmtree(folder / "data" / SECOND)
    (problem,) = through(folder, THIRD)[0].problems
    lines = str(problem.parameters["lines"]).replace(NEW_LINE, "\n")
    config = folder / "csctl.toml"
    config.write_text(config.read_text("utf-8") + lines, "utf-8")
    assert through(folder, THIRD)[0].problems == ()
    assert closed_months(folder) == [FIRST, THIRD]


def test_the_first_month_closed_may_be_any(tmp_path: Path) -> None:
    """Nothing is missing before a ledger begins, whatever lies far back."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    shutil.rmtree(folder / "data" / SECOND)
    assert close_one(folder, THIRD).state == "closed"


@pytest.mark.parametrize(("month", "code"), [("2026-10", "close-through-missing"), ("2030-01", "close-through-future")])
def test_a_month_behind_all_files_is_refused_and_nothing_is_closed(tmp_path: Path, month: str, code: str) -> None:
    """Files end in September: which month has none is said, and up to where it can be closed."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    made, shown = through(folder, month)
    (problem,) = made.problems
    assert (problem.code, made.closings, shown) == (code, (), [])
    for language in LANGUAGES:
        assert "2026-10" in problem_text(problem, language)
        assert f"--through {THIRD}" in problem_fix(problem, language)
    assert closed_months(folder) == []


@pytest.mark.slow
def test_a_last_month_that_is_never_to_come_is_no_obstacle(tmp_path: Path) -> None:
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    config = folder / "csctl.toml"
    config.write_text(config.read_text("utf-8") + '\n[sign_off]\nnever = ["2026-10"]\n', "utf-8")
    made, _ = through(folder, "2026-10")
    assert made.problems == ()
    assert closed_months(folder) == list(MONTHS[:3])
