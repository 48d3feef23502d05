"""Whatever happens to closed months: all that is paid adds up to what the right months would have paid."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.core.closing.differences import differences
from csctl.workflow.ledger.recomputing import again_from_exports
from tests.months.team import (
    EVENTS_HEAD,
    MONTHS,
    ROSTER,
    books_of,
    calls,
    computed,
    correct_all,
    month_of,
    orders,
    paid,
    rate,
    seal,
    small_team,
    write,
)

LAST = MONTHS[-1]
AMOUNTS = st.sampled_from([0, "0.01", 1000, "2999.99", 3000, 4000, 5000, "7777.77", 20000])
LEVELS = st.sampled_from(["good", "fair", "poor"])


@dataclass(frozen=True)
class Edit:
    """One file of a month as it is from now on; ``what`` says which. A roster is of no month."""

    month: str
    what: str
    values: tuple[object, ...]

    def do(self, folder: Path) -> None:
        """Write it."""
        data, values = folder / "data" / self.month, self.values
        if self.what == "orders":
            write(data / "orders.csv", orders(self.month, dict(zip(("Ann", "Bob", "Cid"), values, strict=True))))
        elif self.what == "calls":
            solved = {name: (int(str(one)), 5) for name, one in zip(("Ann", "Bob", "Cid"), values, strict=True)}
            write(data / "calls.csv", calls(self.month, solved))
        elif self.what == "ratings":
            rate(folder, self.month, dict(zip(("01", "02", "03"), map(str, values), strict=True)))
        elif self.what == "events":
            rows = [f"{agent},{self.month}-0{1 + number},rude\n" for number, agent in enumerate(values)]
            write(data / "events.csv", EVENTS_HEAD + "".join(rows))
        else:
            level, left, hired = values
            text = ROSTER.replace("02,Bob,senior", f"02,Bob,{level}").replace(
                "03,Cid,junior,2025-07-01,", f"03,Cid,junior,{hired},{left}"
            )
            write(folder / "data/roster.csv", text)


def edits(months: tuple[str, ...]) -> st.SearchStrategy[Edit]:
    """Anything that can happen to a file of these months."""
    month = st.sampled_from(months)
    three = {
        "orders": AMOUNTS,
        "calls": st.integers(0, 5),
        "ratings": LEVELS,
    }
    made = [st.builds(Edit, month, st.just(what), st.tuples(one, one, one)) for what, one in three.items()]
    rude = st.lists(st.sampled_from(["01", "02", "03"]), max_size=4).map(tuple)
    people = st.tuples(
        st.sampled_from(["junior", "senior"]),
        st.sampled_from(["", "2026-08-14", "2026-09-30"]),
        st.sampled_from(["2026-01-01", "2025-08-15", "2026-07-20"]),
    )
    return st.one_of(
        *made, st.builds(Edit, month, st.just("events"), rude), st.builds(Edit, month, st.just("roster"), people)
    )


@dataclass(frozen=True)
class Life:
    """Three months are closed; then rounds of edits, each corrected; October is closed after some of them."""

    rounds: tuple[tuple[Edit, ...], ...]
    october_after: int


LIVES = st.builds(
    Life,
    st.lists(st.lists(edits(MONTHS[:3]), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
    st.integers(0, 3),
)


@pytest.fixture(scope="module")
def three_closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team with three months sealed. Not to be changed."""
    return seal(small_team(tmp_path_factory.mktemp("laws") / "ws"), MONTHS[:3])


@contextmanager
def copy_of(folder: Path, *left_out: str) -> Iterator[Path]:
    """A copy that is gone afterwards."""
    with tempfile.TemporaryDirectory() as room:
        yield Path(shutil.copytree(folder, Path(room) / "ws", ignore=shutil.ignore_patterns(*left_out)))


def _live(folder: Path, life: Life) -> None:
    for number, changes in enumerate(life.rounds):
        if number == life.october_after:
            seal(folder, [MONTHS[3]])
        for one in changes:
            one.do(folder)
        assert correct_all(folder, f"round {number}").state in ("booked", "nothing")


def _everything_paid(folder: Path) -> dict[str, int]:
    """Cents by agent over all months: closed ones as they were sealed, open ones as they would be paid now."""
    books = books_of(folder)
    closed = [books.sealed(month) for month in books.months]
    still_open = [computed(folder, month).result for month in MONTHS if month_of(month) not in books.seals]
    return paid([*closed, *still_open])


def _paid_afresh(folder: Path) -> dict[str, int]:
    """Cents by agent over all months of a workspace that never had a ledger, from the exports as they are now."""
    with copy_of(folder, ".csctl", "out") as fresh:
        found = computed(fresh, LAST)
        assert [str(one.month) for one in found.given.past] == list(MONTHS[:-1])
        return paid([*found.given.past, found.result])


def _holds(three_closed: Path, life: Life) -> None:
    with copy_of(three_closed) as folder:
        _live(folder, life)
        actual, expected = _everything_paid(folder), _paid_afresh(folder)
        names = actual.keys() | expected.keys()
        assert {name: actual.get(name, 0) for name in names} == {name: expected.get(name, 0) for name in names}
        books = books_of(folder)
        again, problems = again_from_exports(books, books.months)
        assert problems == []
        assert [one.differences for one in again] == [[] for _ in books.months]


ROSTER_AND_BACK = Life(
    (
        (Edit("2026-07", "roster", ("junior", "2026-08-14", "2025-08-15")), Edit("2026-09", "orders", (0, 20000, 1))),
        (Edit("2026-08", "ratings", ("poor", "good", "good")), Edit("2026-07", "events", ("01", "01"))),
        (Edit("2026-07", "roster", ("senior", "", "2026-01-01")), Edit("2026-08", "calls", (0, 5, 5))),
    ),
    1,
)
"""Somebody turns out to have left, pay falls and rises, October is closed in between, and all of it is taken back."""


@pytest.mark.slow
def test_corrections_make_up_for_everything_in_a_hard_life(three_closed: Path) -> None:
    """Sealed lines and corrections together pay everybody what a workspace with the right data pays; none is lost."""
    _holds(three_closed, ROSTER_AND_BACK)


@given(LIVES)
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_make_up_for_everything(three_closed: Path, life: Life) -> None:
    """The same for a few lives drawn at random."""
    _holds(three_closed, life)


@pytest.mark.slow
@given(LIVES)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_make_up_for_everything_in_many_lives(three_closed: Path, life: Life) -> None:
    """The same for many."""
    _holds(three_closed, life)


@pytest.mark.slow
def test_what_is_corrected_is_what_a_fresh_workspace_has(three_closed: Path) -> None:
    """Not the money alone: each month as corrected equals the month computed without a ledger, line by line."""
    with copy_of(three_closed) as folder:
        _live(folder, Life(ROSTER_AND_BACK.rounds[:1], 9))
        books = books_of(folder)
        with copy_of(folder, ".csctl", "out") as fresh:
            past = {one.month: one for one in computed(fresh, LAST).given.past}
            assert [differences(books.effective(month), past[month]) for month in books.months] == [[], [], []]
