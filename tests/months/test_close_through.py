"""Several months closed with one page and one answer: in order, as one by one, and whole wherever it ends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.workflow import closing_through
from csctl.workflow.closing import Agree, CloseAsked, Closing, close_next
from csctl.workflow.closing_through import ClosingThrough, SignedPage, close_through
from tests.end_to_end.running import csctl
from tests.months.team import AT, MONTHS, asked, books_of, month_of, seal, small_team, yes

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


def test_a_month_that_is_not_over_is_not_closed_on_the_way(tmp_path: Path) -> None:
    """Those before it are."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    wanted = CloseAsked(asked(folder, SECOND, today=month_of(SECOND).last), "Lead", AT)
    made = close_through(wanted, yes)
    assert [problem.code for problem in made.problems] == ["close-not-over"]
    assert closed_months(folder) == [FIRST]


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
        patched.setattr(closing_through, "close_next", interrupted)
        with pytest.raises(KeyboardInterrupt):
            through(folder, THIRD)
    assert closed_months(folder) == [FIRST, SECOND]
    assert csctl("verify", "-w", folder).code == 0
    assert through(folder, THIRD)[0].problems == ()
    assert closed_months(folder) == [FIRST, SECOND, THIRD]


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
