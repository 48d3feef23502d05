"""Screens of the ledger say what people, items and steps are called, and not their ids alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.workflow.calling import Calling
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.months.team import MONTHS, TODAY, books_of
from tests.proofs import mostly_slow

CLOSED, OPEN = MONTHS[-2], MONTHS[-1]


@pytest.fixture
def appealed(closed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An appeal about a closed month, decided, and one about the open month; a wide screen."""
    monkeypatch.setenv("COLUMNS", "200")
    for who, item, month, claim in (("Bob", "tone", CLOSED, "good"), ("Ann", "fcr", OPEN, "100")):
        words = ("appeal", "file", who, item, "--reason", "heard", "--claim", claim, "--month", month)
        assert csctl(*words, "-w", closed).code == 0
    decided = csctl("appeal", "decide", "1", "accepted", "--by", "Boss", "--reason", "so", "--yes", "-w", closed)
    assert "02 Bob" in decided.out
    assert "Tone [tone]" in decided.out
    return closed


@pytest.mark.parametrize("words", mostly_slow(["appeal list", "history"]))
def test_appeals_of_closed_and_open_months_name_person_and_item(appealed: Path, words: str) -> None:
    """Bob of the closed month, Ann of the open one; each item by its label, with its id."""
    text = " ".join(csctl(*words.split(), "-w", appealed).out.split())
    for name in ("02 Bob", "Tone [tone]", "01 Ann", "First contact resolution [fcr]"):
        assert name in text


def test_what_is_to_be_done_names_the_item(appealed: Path) -> None:
    """The appeal that is not decided."""
    text = " ".join(csctl("tasks", "-w", appealed).out.split())
    assert "First contact resolution [fcr]" in text


def test_a_decision_in_the_history_says_whom_it_is_about(appealed: Path) -> None:
    """Not its number alone."""
    text = " ".join(csctl("history", "-w", appealed).out.split())
    assert "no. 1 accepted (02 Bob, Tone [tone]): Boss, so" in text


@pytest.mark.slow
def test_an_open_month_that_cannot_be_read_leaves_the_last_known_name_and_the_id(appealed: Path) -> None:
    """A broken policy hides no entry: the people of the last closed month are known, the item goes by its id."""
    change(appealed / "policy.toml", 'id = "late"', "id = 7")
    done = csctl("history", "-w", appealed)
    text = " ".join(done.out.split())
    assert (done.code, "02 Bob, Tone [tone]" in text, "01 Ann, fcr, heard" in text) == (0, True, True)


def test_who_and_what_nobody_knows_stands_by_its_id(closed: Path) -> None:
    """In a closed month, an open one, and one that is none; without a ledger as well."""
    for calling in (Calling(books_of(closed), TODAY, "en"), Calling(None, TODAY, "en")):
        for month in (CLOSED, OPEN, "x"):
            assert (calling.person("99", month), calling.item("gone", month), calling.step("up", month)) == (
                "99", "gone", "up"
            )  # fmt: skip


def test_who_left_before_an_open_month_is_still_known_by_name(closed: Path) -> None:
    """From the last month that is closed."""
    calling = Calling(books_of(closed), TODAY, "en")
    change(closed / "data/roster.csv", "03,Cid,junior,2025-07-01,", "03,Cid,junior,2025-07-01,2026-10-31")
    assert calling.person("03", OPEN) == "03 Cid"
    assert calling.person("04", "2026-08") == "04 Dan"
