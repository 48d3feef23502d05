"""Corrections: shown first, booked with a reason, paid in the open month, each month to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.core.career.given import career_month
from csctl.core.closing.corrections import paid_late
from csctl.core.records.lines import PayLine, as_records
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.workflow.closing.correcting import CorrectAsked, correct_months
from csctl.workflow.closing.one_month import sign_off_of
from tests.cli.small import change
from tests.end_to_end.running import csctl, outputs
from tests.months.team import (
    TODAY,
    books_of,
    close_one,
    computed,
    correct_all,
    month_of,
    page_codes,
    paid,
    write,
    yes,
)


def _corrections(folder: Path, month: str) -> list[PayLine]:
    lines = as_records(computed(folder, month).result.pay_lines, PayLine)
    return [line for line in lines if line.kind == "correction"]


def _late_order(folder: Path) -> None:
    change(folder / "data/2026-10/orders.csv", "Bob,2026-10-04,3000", "Bob,2026-10-04,3100")


def test_without_a_reason_it_is_only_shown(closed: Path) -> None:
    """Exit 1: the difference line by line, the money and where it would go; ledger and files stay."""
    _late_order(closed)
    ledger, made = (closed / ".csctl" / LEDGER_NAME).read_bytes(), outputs(closed)
    done = csctl("correct", "-w", closed)
    assert done.code == 1
    assert "This would go into 2026-11. Give a --reason to book it." in done.out
    assert "Commission" in done.out
    assert ((closed / ".csctl" / LEDGER_NAME).read_bytes(), outputs(closed)) == (ledger, made)


def test_with_a_reason_it_asks_and_off_a_terminal_needs_yes(closed: Path) -> None:
    """Declined books nothing."""
    _late_order(closed)
    done = csctl("correct", "-w", closed, "--reason", "order came late")
    assert (done.code, done.out.splitlines()[-1]) == (1, "Nothing was booked. Run again with --yes to do so.")
    assert books_of(closed).corrections == ()


def test_what_is_booked_is_paid_in_the_open_month(closed: Path) -> None:
    """2 % of 100 more goes into the pool: each share's difference is a line with month, both amounts and reason."""
    _late_order(closed)
    done = csctl("correct", "-w", closed, "--reason", "order came late", "--by", "Lead", "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "The correction is booked into 2026-11.")
    lines = _corrections(closed, "2026-11")
    pool = [line for line in lines if line.line.startswith("correction.2026-10.pool1.")]
    assert sum(line.amount_cents for line in pool) == 200
    assert {line.agent_id for line in pool} == {"01", "02", "03"}
    assert all("order came late" in line.note and "2026-10" in line.label for line in pool)
    # What the pool gives more, Cid's guarantee takes back.
    [taken] = [line for line in lines if line.line.startswith("correction.2026-10.guarantee.")]
    assert taken.amount_cents == -next(line.amount_cents for line in pool if line.agent_id == taken.agent_id)
    assert "order came late" in csctl("explain", "Bob", "-w", closed, "--month", "2026-11").out


@pytest.mark.slow
def test_the_same_correction_is_not_booked_twice(closed: Path) -> None:
    """A second time there is nothing to correct."""
    _late_order(closed)
    correct_all(closed)
    done = csctl("correct", "-w", closed, "--reason", "again", "--yes")
    assert (done.code, done.out) == (0, "No closed month has changed; there is nothing to correct.\n")
    assert len(books_of(closed).corrections) == 1


@pytest.mark.slow
def test_a_correction_of_a_correction_books_the_rest(closed: Path) -> None:
    """Back to what it was: both corrections stand, and together they are worth nothing."""
    file = closed / "data/2026-10/orders.csv"
    text = file.read_text("utf-8")
    _late_order(closed)
    correct_all(closed)
    write(file, text)
    correct_all(closed, "the order was cancelled")
    assert len(books_of(closed).corrections) == 2
    lines = _corrections(closed, "2026-11")
    assert lines
    assert sum(line.amount_cents for line in lines) == 0
    assert {line.source for line in lines} == {str(number) for number, _ in books_of(closed).corrections}


@pytest.mark.slow
def test_closed_outputs_stay_when_a_month_is_corrected(closed: Path) -> None:
    """Slips, salary workbook and record of the corrected month are what was paid then."""
    made = outputs(closed)
    _late_order(closed)
    correct_all(closed)
    assert csctl("run", "-w", closed, "--month", "2026-10", "--quiet").code == 0
    again = outputs(closed)
    assert {name for name in made if made[name] != again[name]} == set()


@pytest.mark.slow
def test_somebody_who_has_left_is_still_paid(closed: Path) -> None:
    """Dan left in August: his line is in November, he is neither scored nor counted, and the ladder knows him not."""
    write(closed / "data/2026-08/events.csv", "staff id,date,event\n04,2026-08-05,rude\n03,2026-08-05,rude\n")
    correct_all(closed, "complaint upheld")
    found = computed(closed, "2026-11")
    result = found.result
    own = [line for line in as_records(result.pay_lines, PayLine) if line.agent_id == "04"]
    assert [(line.kind, line.amount_cents) for line in own] == [("correction", -5000)]
    assert paid_late(result) == {"04"}
    assert [agent.agent_id for agent in career_month(result).agents] == ["01", "02", "03"]
    assert [score.agent_id for score in career_month(result).scores] == ["01", "02", "03"]
    assert "closing-paid-late" in page_codes(sign_off_of(found))


@pytest.mark.slow
def test_money_for_a_month_without_data_is_paid_in_the_next(closed: Path) -> None:
    """November was never worked: December pays, before and after it is closed."""
    (closed / "data/2026-11").rename(closed / "data/2026-12")
    for file in (closed / "data/2026-12").glob("*.csv"):
        file.write_text(file.read_text("utf-8").replace("2026-11", "2026-12"), "utf-8")
    (closed / "data/2026-12/ratings.xlsx").unlink()
    with (closed / "csctl.toml").open("a", encoding="utf-8") as config:
        config.write('\n[sign_off]\nnever = ["2026-11"]\n')
    _late_order(closed)
    found = correct_all(closed)
    later = TODAY.replace(year=2027)
    owed = sum(delta.new_cents - delta.old_cents for delta in found.deltas)
    lines = as_records(computed(closed, "2026-12", later).result.pay_lines, PayLine)
    assert sum(line.amount_cents for line in lines if line.kind == "correction") == owed != 0
    assert close_one(closed, "2026-12", later).state == "closed"
    books = books_of(closed)
    assert books.effective(month_of("2026-12")).pay_lines.equals(books.sealed(month_of("2026-12")).pay_lines)
    assert close_one(closed, "2026-12", later).state == "already"


def test_from_which_month_on_can_be_said(closed: Path) -> None:
    """Months before it are left alone; a month that is open, or is none, is refused."""
    change(closed / "data/2026-07/orders.csv", "Bob,2026-07-04,3000", "Bob,2026-07-04,3100")
    _late_order(closed)
    found = correct_months(CorrectAsked(closed, "2026-10", "late", "Lead", "2026-12-01T09:00:00+08:00"), yes)
    assert [str(one.new.month) for one in found.months] == ["2026-10"]
    for text, code in (("2026-11", "correct-not-closed"), ("October", "month-malformed")):
        assert [one.code for one in correct_all(closed, month=text).problems] == [code]


def test_a_sealed_month_with_corrections_is_what_it_paid(closed: Path) -> None:
    """Closed with the correction in it, November's seal has the line; no later correction touches it."""
    _late_order(closed)
    correct_all(closed)
    before = paid([computed(closed, "2026-11").result])
    assert close_one(closed, "2026-11").state == "closed"
    change(closed / "data/2026-10/orders.csv", "Bob,2026-10-04,3100", "Bob,2026-10-04,3300")
    correct_all(closed)
    assert paid([books_of(closed).sealed(month_of("2026-11"))]) == before
