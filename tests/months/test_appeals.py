"""Appeals: in time, about one item, decided once; what a decision moves, and what it leaves alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csctl.core.closing.differences import differences
from csctl.core.deciding.appeals import Filed
from csctl.core.records.lines import PayLine, as_records
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.workflow.appeals.appeal_forms import appealable_items, file_collected
from csctl.workflow.appeals.appealing import (
    Appealing,
    DecideAsked,
    FileAsked,
    decide_appeal,
    file_appeal,
    filing_draft,
    list_appeals,
)
from csctl.workflow.ledger.closed import append_to_ledger
from csctl.workflow.ledger.verifying import VerifyAsked, verify_months
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.months.team import AT, TODAY, asked, books_of, computed, correct_all, month_of, pay_of, write, yes
from tests.proofs import mostly_slow

OPEN, CLOSED = "2026-11", "2026-10"
CLOSED_ON = date(2026, 12, 1)


def _file(folder: Path, item: str = "tone", who: str = "Bob", **changes: object) -> Appealing:
    made = FileAsked(asked(folder, OPEN), who, item, "it was recorded", "good", "", AT)
    return file_appeal(replace(made, **changes))  # type: ignore[arg-type]


def _waiting(folder: Path, item: str = "tone", who: str = "02", month: str = OPEN, claim: str = "good") -> None:
    """An appeal that was filed in time, booked without looking at the month."""
    books = books_of(folder)
    number = len(books.appeals) + 1
    filed = Filed(number, month, who, item, "it was recorded", claim, "Bob", CLOSED_ON, date(2026, 12, 6))
    assert append_to_ledger(books, [filing_draft(filed, AT)]) == []


def _decide(folder: Path, outcome: str = "accepted", value: str = "", **changes: object) -> Appealing:
    made = DecideAsked(asked(folder), 1, outcome, value, "listened to the call", "Boss", AT)  # type: ignore[arg-type]
    return decide_appeal(replace(made, **changes), yes)  # type: ignore[arg-type]


def _codes(found: Appealing) -> list[str]:
    return [one.code for one in found.problems]


def _ledger(folder: Path) -> bytes:
    return (folder / ".csctl" / LEDGER_NAME).read_bytes()


# ---- filing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "in_time"), mostly_slow([(0, True), (7, True), (8, False)]))
def test_the_window_counts_from_closing_and_its_last_day_is_in_time(closed: Path, days: int, in_time: bool) -> None:
    """Seven days: on the seventh still, on the eighth not; the day named in the refusal is the last."""
    day = date(2026, 12, 1 + days)
    found = _file(closed, asked=asked(closed, CLOSED, day))
    if in_time:
        assert found.appeal is not None
        assert (found.state, found.appeal.filed.on, found.appeal.filed.due) == ("filed", day, date(2026, 12, 6 + days))
    else:
        assert (found.state, _codes(found)) == ("stopped", ["appeal-too-late"])
        assert found.problems[0].parameters["last"] == "2026-12-08"


def test_an_open_month_may_be_appealed_any_day(closed: Path) -> None:
    """Nothing was closed yet, so no window runs."""
    assert _file(closed, asked=asked(closed, OPEN, date(2027, 12, 1))).state == "filed"


def test_all_that_is_wrong_is_said_at_once(closed: Path) -> None:
    """Nobody of that name, no such item, no reason; nothing is booked."""
    before = _ledger(closed)
    found = _file(closed, "tona", "Eve", reason=" ")
    assert sorted(_codes(found)) == ["agent-not-found", "appeal-without-reason", "deciding-item-unknown"]
    assert "tone" in found.problems[1].parameters["known"]
    assert _ledger(closed) == before


@pytest.mark.slow
def test_the_same_thing_is_not_filed_twice(closed: Path) -> None:
    """While the first is open; another item, another month or another agent is another appeal, and so is a new one
    after the decision."""
    assert _file(closed).state == "filed"
    assert _codes(_file(closed, "Tone")) == ["appeal-filed-already"]
    assert [_file(closed, who=who, item=item).state for who, item in (("02", "cover"), ("03", "tone"))] == ["filed"] * 2
    _decide(closed, "rejected")
    found = _file(closed)
    assert found.appeal is not None
    assert (found.state, found.appeal.filed.number, len(books_of(closed).appeals)) == ("filed", 4, 4)


def test_an_appeal_is_overdue_after_its_last_day(closed: Path) -> None:
    """Decided, it is not."""
    _waiting(closed)
    appeals, _ = list_appeals(asked(closed))
    assert appeals is not None
    states = [appeals[0].state(day) for day in (TODAY, date(2026, 12, 6), date(2026, 12, 7))]
    assert states == ["open", "open", "overdue"]
    _decide(closed, "rejected")
    assert books_of(closed).appeals[0].state(date(2027, 1, 1)) == "rejected"


# ---- deciding an open month ------------------------------------------------------------------------------------


def test_in_an_open_month_that_item_alone_is_scored_again(closed: Path) -> None:
    """Bob's tone and what follows from it change; every other line and score is the same; the pool keeps its sum."""
    before = computed(closed, OPEN).result
    _waiting(closed)
    found = _decide(closed)
    after = computed(closed, OPEN).result
    changed = differences(before, after)
    assert {(one.agent_id, one.line) for one in changed if one.table == "score_lines"} == {("02", "tone")}
    assert not [one for one in changed if one.table in ("agents", "measures")]
    [moved] = found.moved
    assert (found.into, moved.closed, moved.old_score, moved.new_score) == (None, False, "73.00", "85.00")
    assert {move.agent_id for move in moved.moves} == {"01", "02", "03"}
    assert sum(move.new_cents - move.old_cents for move in moved.moves) == 0
    deltas = {one.agent_id: one.new_cents - one.old_cents for one in moved.deltas if one.line == "pool1"}
    assert deltas == {agent: pay_of(after, agent, "pool1") - pay_of(before, agent, "pool1") for agent in deltas}
    assert "listened to the call" in csctl("explain", "Bob", "tone", "-w", closed, "--month", OPEN).out


def test_partly_takes_what_was_decided_not_what_was_claimed(closed: Path) -> None:
    """A number instead of the level."""
    _waiting(closed)
    found = _decide(closed, "partly", "85")
    assert found.moved[0].new_score == "79.00"


@pytest.mark.slow
def test_rejected_changes_nothing(closed: Path) -> None:
    """The month is computed as before, and no correction is booked."""
    before = computed(closed, OPEN).result
    _waiting(closed)
    _waiting(closed, month=CLOSED)
    for number in (1, 2):
        found = _decide(closed, "rejected", number=number)
        assert (found.state, [(one.deltas, one.moves) for one in found.moved]) in (
            ("decided", []),
            ("decided", [((), ())]),
        )
    assert differences(before, computed(closed, OPEN).result) == []
    assert books_of(closed).corrections == ()


def test_a_fine_can_be_revoked(closed: Path) -> None:
    """Decided as 0 times: the fine is 0, and the law has nothing more to say about it."""
    assert "law-fine" in [one.code for one in computed(closed, OPEN).result.advice if one.agent_id == "03"]
    _waiting(closed, "rude", "03", claim="0")
    _decide(closed)
    result = computed(closed, OPEN).result
    assert pay_of(result, "03", "rude") == 0
    assert [one.code for one in result.advice if one.agent_id == "03" and one.code == "law-fine"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 2}, "appeal-unknown"),
        ({"by": " "}, "appeal-nobody-decides"),
        ({"reason": ""}, "appeal-decision-without-reason"),
        ({"value": "brilliant"}, "deciding-value-unfit"),
        ({"value": "101"}, "deciding-value-unfit"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(closed: Path, changes: dict[str, object], code: str) -> None:
    """Nothing is booked."""
    _waiting(closed)
    before = _ledger(closed)
    assert _codes(_decide(closed, **changes)) == [code]  # type: ignore[arg-type]
    assert _ledger(closed) == before


def test_what_was_not_claimed_must_be_decided(closed: Path) -> None:
    """Without a claim a decision needs a value; a decided appeal is not decided again."""
    _waiting(closed, claim="")
    assert _codes(_decide(closed)) == ["appeal-without-value"]
    assert _decide(closed, value="good").state == "decided"
    assert _codes(_decide(closed, value="good")) == ["appeal-decided-already"]


def test_nobody_agreed(closed: Path) -> None:
    """What it would move is shown; nothing is booked."""
    _waiting(closed)
    before = _ledger(closed)
    done = csctl("appeal", "decide", "1", "accepted", "--by", "Boss", "--reason", "heard", "-w", closed)
    assert (done.code, "Run again with --yes" in done.out) == (1, True)
    assert "73.00 → 85.00" in done.out
    assert _ledger(closed) == before


# ---- deciding a closed month -----------------------------------------------------------------------------------


def test_in_a_closed_month_the_difference_is_booked_with_the_decision(closed: Path) -> None:
    """Decision and corrections are one step; September's is paid in November, with October's that builds on it."""
    _waiting(closed, month="2026-09")
    entries = len(books_of(closed).ledger.entries)  # type: ignore[union-attr]
    found = _decide(closed)
    assert (found.state, str(found.into), found.moved[0].closed) == ("decided", OPEN, True)
    kinds = [one.kind for one in books_of(closed).ledger.entries[entries:]]  # type: ignore[union-attr]
    assert kinds == ["appeal-decision", *["correction"] * len(found.moved)]
    booked = [one for _, one in books_of(closed).corrections]
    assert (booked[0].of, booked[0].appeal, booked[0].reason) == ("2026-09", 1, "listened to the call")
    lines = as_records(computed(closed, OPEN).result.pay_lines, PayLine)
    paid = {(one.agent_id, one.line): one.amount_cents for one in lines if one.kind == "correction"}
    number = books_of(closed).corrections[0][0]
    for delta in found.moved[0].deltas:
        owed = delta.new_cents - delta.old_cents
        assert paid[delta.agent_id, f"correction.2026-09.{delta.line}.{number}"] == owed
    assert verify_months(VerifyAsked(closed, recompute=True)).sound


@pytest.mark.slow
def test_a_measured_item_is_decided_in_the_unit_of_its_measure(closed: Path) -> None:
    """Resolved first time, in percent: both the percent and the points are shown, before and after, and it is kept."""
    _waiting(closed, "fcr", month=CLOSED, claim="50 %")
    words = ["--by", "Boss", "--reason", "heard", "--yes", "-w", str(closed)]
    done = csctl("appeal", "decide", "1", "accepted", *words)
    assert done.code == 0
    shown = next(line for line in done.out.splitlines() if "First contact resolution" in line)
    assert re.search(r"[\d.]+ % \([\d.]+ points\) → 50 % \(50 points\)", shown)
    [appeal] = books_of(closed).appeals
    assert appeal.decided is not None
    assert (appeal.decided.value, appeal.decided.measured) == ("50", True)
    assert verify_months(VerifyAsked(closed, recompute=True)).sound


def test_points_and_a_value_that_the_measure_cannot_have(closed: Path) -> None:
    """Points are written as such; what is neither is refused with the unit that is meant."""
    _waiting(closed, "fcr", claim="")
    refused = _decide(closed, value="50 s")
    assert _codes(refused) == ["deciding-value-unfit"]
    assert "%" in refused.problems[0].parameters["may"]
    found = _decide(closed, value="50 points")
    assert found.appeal is not None
    assert found.appeal.decided is not None
    assert (found.appeal.decided.value, found.appeal.decided.measured) == ("50", False)


@pytest.mark.slow
def test_late_data_after_a_won_appeal_keeps_the_decision(closed: Path) -> None:
    """A rating that comes in worse changes nothing about an item that was decided; an order does about the pool."""
    _waiting(closed, month=CLOSED)
    _decide(closed)
    change(closed / "data/2026-10/orders.csv", ",3000", ",3100")
    correct_all(closed)
    result = books_of(closed).effective(month_of(CLOSED))
    scores = dict(zip(result.scores["agent_id"], result.scores["score"], strict=True))
    assert str(scores["02"]) == "85.00"


# ---- together --------------------------------------------------------------------------------------------------

FORM = """\
staff id,name,date,item,reason,decision
02,Bob,2026-12-02,Tone,score of 2026-10; should be: good,
03,Cid,2026-12-03,rude,was not me,
03,Cid,2026-12-09,tone,too late,
09,Eve,2026-12-03,tone,who am I,
02,Bob,2026-12-03,charm,no such thing,
01,Ann,2026-12-03,tone,settled in the talk,accepted
02,Bob,2026-12-02,tone,score of 2026-10; should be: good,
"""


def _collected(folder: Path) -> list[Filed]:
    found = file_collected(asked(folder, CLOSED, date(2026, 12, 10)), AT)
    assert found.state == "filed"
    return [one.filed for one in found.collected]


def test_what_came_back_on_forms_is_filed_together(closed: Path) -> None:
    """Each row by its own day, once; what cannot be filed is a warning at its row; a second time nothing is new."""
    write(closed / "forms/2026-12/appeals_2026-10.csv", FORM)
    write(closed / "forms/2026-12/appeals_2026-09.csv", FORM.replace("2026-10", "2026-09"))
    found = file_collected(asked(closed, CLOSED, date(2026, 12, 10)), AT)
    filed = [one.filed for one in found.collected]
    assert [(one.number, one.month, one.agent_id, one.item, one.on, one.due, one.by) for one in filed] == [
        (1, CLOSED, "02", "tone", date(2026, 12, 2), date(2026, 12, 7), "Bob"),
        (2, CLOSED, "03", "rude", date(2026, 12, 3), date(2026, 12, 8), "Cid"),
    ]
    said = {(one.place.row, one.code, str(one.severity)) for one in found.problems}
    assert said == {
        (4, "appeal-too-late", "warning"),
        (5, "agent-not-found", "warning"),
        (6, "deciding-item-unknown", "warning"),
    }
    assert _collected(closed) == []
    _decide(closed, "rejected")
    assert _collected(closed) == []


def test_an_export_of_the_month_is_filed_too(closed: Path) -> None:
    """A table of the workspace's own, in the month's folder; the screen lists what was filed and what was not."""
    write(closed / "data/2026-11/appeals.csv", FORM.replace("2026-12", "2026-11"))
    done = csctl("appeal", "file", "--collected", "-w", closed, "--month", OPEN)
    assert done.code == 0
    assert "appeal 1 is filed: 02 Bob, 2026-11, Tone [tone]" in done.out.splitlines()
    assert done.out.splitlines()[-1] == "3 appeals filed."
    assert "data/2026-11/appeals.csv · row 5" in done.out


@pytest.mark.parametrize("words", [["--collected", "Bob"], ["Bob"], [], ["--collected", "--reason", "x"]])
def test_one_appeal_or_all_collected(closed_once: Path, words: list[str]) -> None:
    """Neither half an appeal nor both."""
    done = csctl("appeal", "file", *words, "-w", closed_once)
    assert done.code == 2
    assert "--collected" in done.err


def test_everything_that_can_be_appealed_is_listed(closed_once: Path) -> None:
    """Indicators, adjustments, fines and awards of the month's policy, and what may be written for each."""
    found, problems = appealable_items(asked(closed_once, CLOSED))
    assert found is not None
    assert ([one.name for one in found], problems) == (["fcr", "tone", "cover", "rude"], [])
    done = csctl("appeal", "items", "-w", closed_once)
    assert (done.code, done.err) == (0, "")
    assert {line.split()[0] for line in done.out.splitlines()} >= {"fcr", "tone", "cover", "rude"}
    assert csctl("appeal", "items", "-w", closed_once, "--month", "x").code == 2
