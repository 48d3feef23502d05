"""Closing: in order, with a signature, once; and from then on the ledger is what counts."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csctl.core.closing.sign_off import has_findings
from csctl.core.records.lines import PayLine, as_frame, as_records
from csctl.problems import Problem
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.workflow.closing import one_month
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.writing.outputs import run_record
from tests.cli.small import change
from tests.end_to_end.running import csctl, outputs, tree
from tests.months.team import MONTHS, TODAY, asked, books_of, close_one, computed, seal, small_team
from tests.proofs import mostly_slow

LEDGER = Path(".csctl") / LEDGER_NAME


# ---- in order --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "month", "today", "code"),
    mostly_slow(
        [
            ((), "2026-08", date(2026, 8, 31), "close-not-over"),
            ((), "2026-08", date(2026, 7, 1), "close-not-over"),
            (("2026-07",), "2026-09", TODAY, "close-earlier-first"),
            (("2026-08",), "2026-07", TODAY, "close-later-closed"),
        ]
    ),
)
def test_months_close_one_after_another_and_none_before_it_is_over(
    tmp_path: Path, before: tuple[str, ...], month: str, today: date, code: str
) -> None:
    """On its last day a month is not over; an open month before it, or a closed one after it, stands in the way."""
    folder = seal(small_team(tmp_path / "ws", MONTHS[:3]), before)
    found = close_one(folder, month, today)
    assert (found.state, [one.code for one in found.problems]) == ("stopped", [code])
    assert [str(one) for one in books_of(folder).months] == list(before)


def test_a_month_closes_on_the_day_after_its_last(team: Path) -> None:
    """The first of the next month is early enough; the first month closed may be any."""
    assert close_one(team, "2026-08", date(2026, 9, 1)).state == "closed"


def test_without_a_workspace_nothing_is_closed(tmp_path: Path) -> None:
    """One problem, and no folder is made."""
    found = close_one(tmp_path / "nowhere", "2026-08")
    assert (found.state, [one.code for one in found.problems]) == ("stopped", ["workspace-missing"])
    assert not (tmp_path / "nowhere").exists()


# ---- looked at and signed --------------------------------------------------------------------------------------


def test_off_a_terminal_findings_need_yes(team: Path) -> None:
    """The page is shown, exit 1, no ledger; with --yes it closes."""
    shown = csctl("close", "-w", team, "--month", "2026-08")
    assert (shown.code, shown.faults) == (1, [])
    assert "Before closing · Late desk · 2026-08" in shown.out
    assert "\n  ! " in shown.out
    assert "--yes" in shown.out.splitlines()[-1]
    assert re.search(r"calls\.csv +\d+ +1 +\d+", shown.out), "rows, heads and counted rows of each file"
    assert not (team / LEDGER).exists()
    assert not (team / "out").exists()
    done = csctl("close", "-w", team, "--month", "2026-08", "--yes", "--by", "Lead")
    assert done.code == 0
    books = books_of(team)
    assert [(str(month), seal.by) for month, seal in books.seals.items()] == [("2026-08", "Lead")]
    assert done.out.splitlines()[-1] == f"head of the ledger {books.head}"


class _Terminal(io.StringIO):
    """Somebody at a keyboard who types this."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), mostly_slow([("y\n", 0), ("\n", 1)]))
def test_at_a_terminal_it_asks(team: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int) -> None:
    """Only a yes closes; just the return key is none."""
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    done = csctl("close", "-w", team, "--month", "2026-08")
    assert done.code == code
    assert "shall the month be closed?" in done.out
    assert (team / LEDGER).exists() == (code == 0)


def test_sums_that_do_not_agree_stop_it(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even --yes closes a month whose pay lines are not their products; nobody is asked, nothing is kept."""

    def tampered(wanted: Asked) -> tuple[Computed | None, list[Problem]]:
        found, problems = compute(wanted)
        assert found is not None
        first, *rest = as_records(found.result.pay_lines, PayLine)
        lines = as_frame([replace(first, amount_cents=first.amount_cents + 1), *rest], PayLine)
        return replace(found, result=replace(found.result, pay_lines=lines)), problems

    monkeypatch.setattr(one_month, "compute", tampered)
    done = close_one(team, "2026-08")
    assert (done.state, [one.code for one in done.problems]) == ("stopped", ["closing-product-unequal"])
    assert not (team / LEDGER).exists()


def test_the_month_before_is_the_closed_one(closed: Path) -> None:
    """The page compares with the ledger's lines, not with what the exports say today."""
    shutil.rmtree(closed / "data/2026-10")
    page = one_month.sign_off_of(computed(closed, "2026-11"))
    assert str(page.previous) == "2026-10"
    assert has_findings(page)


# ---- once ------------------------------------------------------------------------------------------------------


def test_closing_twice_changes_nothing(closed: Path) -> None:
    """The same state of every file but the lock; it says that the numbers are the same."""
    before = tree(closed)
    again = close_one(closed, "2026-10", at="2026-12-24T10:00:00+08:00")
    assert again.state == "already"
    assert tree(closed) == before


def test_closing_twice_with_other_exports_says_what_differs(closed: Path) -> None:
    """Exit 1, the line that differs, and the ledger and the outputs stay."""
    ledger, made = (closed / LEDGER).read_bytes(), outputs(closed)
    change(closed / "data/2026-10/orders.csv", ",3000", ",3500")
    done = csctl("close", "-w", closed, "--month", "2026-10", "--yes", "--json")
    assert (done.code, done.data["state"]) == (1, "differs")
    assert ("02", "pool1", "amount") in {
        (one["agent_id"], one["line"], one["field"]) for one in done.data["differences"]
    }
    assert ((closed / LEDGER).read_bytes(), outputs(closed)) == (ledger, made)


# ---- closed is closed ------------------------------------------------------------------------------------------


def test_outputs_come_from_the_ledger(closed: Path) -> None:
    """Exports gone, roster and policy edited: a closed month comes out as it was, byte for byte."""
    made = outputs(closed)
    shutil.rmtree(closed / "out")
    shutil.rmtree(closed / "data/2026-10")
    change(closed / "data/2026-09/orders.csv", ",3000", ",9999")
    change(closed / "data/roster.csv", "Bob,senior", "Bob,junior")
    change(closed / "policy.toml", "senior = 3600", "senior = 9600")
    done = csctl("run", "-w", closed, "--month", "2026-10", "--quiet")
    assert (done.code, done.faults) == (0, [])
    assert outputs(closed) == made


def test_each_command_works_on_a_closed_month(closed_once: Path, tmp_path: Path) -> None:
    """Scores, pay, check and explain; the tree ends in the sealed rows though the folder is empty."""
    folder = Path(shutil.copytree(closed_once, tmp_path / "ws"))
    shutil.rmtree(folder / "data")
    for name in ("score", "pay"):
        assert csctl(name, "-w", folder, "--month", "2026-09").code == 0
    told = csctl("explain", "Ann", "fcr", "-w", folder, "--month", "2026-09")
    assert told.code == 0
    assert "data/2026-09/calls.csv" in told.out
    assert csctl("check", "-w", folder, "--month", "2026-09").code == 0


def test_the_default_month_may_be_known_from_the_ledger_alone(closed: Path) -> None:
    """Without exports the latest closed month that is over is meant."""
    shutil.rmtree(closed / "data")
    found, _ = compute(asked(closed))
    assert found is not None
    assert (str(found.month), found.closed) == ("2026-10", True)


@pytest.mark.slow
def test_the_record_says_who_closed_it(team: Path) -> None:
    """``closed`` is null before; after it names time, signer and link, and stays the same byte for byte."""
    assert run_record(computed(team, "2026-08"), [], [])["closed"] is None
    file = team / "out/2026-08/run.json"
    close_one(team, "2026-08", at="2026-09-02T08:00:00+08:00")
    record, entry = file.read_bytes(), books_of(team).ledger.entries[0]  # type: ignore[union-attr]
    signed = {"at": "2026-09-02T08:00:00+08:00", "by": "Lead", "chain": entry.chain}
    assert json.loads(record)["closed"] == signed
    assert csctl("run", "-w", team, "--quiet").code == 0
    assert file.read_bytes() == record


def test_the_page_that_was_signed_is_in_the_report(closed_once: Path) -> None:
    """Every topic's heading stands in ``report.html``."""
    page = one_month.sign_off_of(computed(closed_once, "2026-10"))
    text = (closed_once / "out/2026-10/report.html").read_text("utf-8")
    titles = [closing_title(topic) for topic in page.topics]
    assert [title for title in titles if title not in text] == []


def closing_title(topic: Any) -> str:
    """The heading of a topic in the workspace's language."""
    from csctl.core.closing.sign_off import topic_title

    return topic_title(topic, "en")
