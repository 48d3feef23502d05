"""Another program than the one that closed: what it computes differently is said, and moves no money by itself."""

from __future__ import annotations

import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from csctl.core.closing.telling import one_per_line
from csctl.core.deciding.appeals import Outcome
from csctl.core.paying.components import award as paying
from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.workflow.appeals.appealing import Appealing, DecideAsked, FileAsked, decide_appeal, file_appeal
from csctl.workflow.closing.correcting import CorrectAsked, Correcting, correct_months
from csctl.workflow.inputs.material import MaterialPart
from csctl.workflow.ledger.closed import Books
from csctl.workflow.ledger.recomputing import now_for_then
from csctl.workflow.ledger.verifying import Verified, VerifyAsked, verify_months
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.months.team import AT, another_program, asked, books_of, close_one, correct_all, month_of, yes

OLD = Path(__file__).with_name("old_ledger") / "closed_by_0.1.0.zip"
AUGUST = "2026-08"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A workspace whose months July to September were closed by csctl 0.1.0; see ``old_ledger/make.py``."""
    with zipfile.ZipFile(OLD) as kept:
        kept.extractall(tmp_path / "ws")
    return tmp_path / "ws"


Lines = Callable[..., list[PayLine]]


@contextmanager
def awards(made: Callable[[list[PayLine]], list[PayLine]], digest: str = "another") -> Iterator[None]:
    """Within, csctl is a program that makes other award lines."""
    original: Lines = vars(paying)["award_lines"]
    with (
        another_program(digest),
        mock.patch.object(paying, "award_lines", lambda *given: made(original(*given))),
    ):
        yield


def without_k03(lines: list[PayLine]) -> list[PayLine]:
    """K03's award is not paid."""
    return [line for line in lines if line.agent_id != "K03"]


def _appeal(folder: Path, who: str = "K02", value: str = "95", month: str = AUGUST, number: int = 1) -> Appealing:
    """An appeal about the exam, filed and won."""
    filed = file_appeal(FileAsked(asked(folder, month), who, "exam", "it was 95", value, "", AT))
    assert filed.state == "filed", filed.problems
    outcome: Outcome = "accepted"
    return decide_appeal(DecideAsked(asked(folder), number, outcome, value, "seen", "Boss", AT), yes)


def _by_program(folder: Path, reason: str = "the award was a mistake of csctl 0.1.0") -> Correcting:
    return correct_months(CorrectAsked(folder, "", reason, "Lead", AT, program=True), yes)


def _otherwise(found: Verified) -> list[tuple[str, str, str, str, str]]:
    """Month, agent, line and both figures of the money that this program computes differently."""
    return [
        (str(month.month), one.agent_id, one.line, one.old, one.new)
        for month in found.months
        for one in one_per_line(month.otherwise or ())
        if one.table == "pay_lines"
    ]


def _cents(result: MonthResult) -> Counter[tuple[str, str]]:
    """Cents by agent and line."""
    found: Counter[tuple[str, str]] = Counter()
    for line in as_records(result.pay_lines, PayLine):
        found[line.agent_id, line.line] += line.amount_cents
    return found


def sums_hold(books: Books) -> None:
    """Of each agent and line, every closed month is what was sealed plus all that was booked about it."""
    for month in books.months:
        expected = _cents(books.sealed(month))
        for _, one in books.corrections:
            for delta in one.deltas if one.of == str(month) else ():
                expected[delta.agent_id, delta.line] += delta.new_cents - delta.old_cents
        held = _cents(books.effective(month))
        assert {key: cents for key, cents in held.items() if cents} == {
            key: cents for key, cents in expected.items() if cents
        }


def products_hold(result: MonthResult) -> None:
    """Every line is worth its quantity times its rate; contributions add up to the scores."""
    for line in as_records(result.pay_lines, PayLine):
        assert line.basis != "product" or line.quantity * line.rate / line.divisor * 100 == line.amount_cents
    sums: Counter[str] = Counter()
    for one in as_records(result.score_lines, ScoreLine):
        sums[one.agent_id] += one.contribution  # type: ignore[assignment]
    scores = dict(zip(result.scores["agent_id"], result.scores["score"], strict=True))
    assert {key: value for key, value in scores.items() if value is not None} == dict(sums)


# ---- a ledger that csctl 0.1.0 closed --------------------------------------------------------------------------


def test_what_an_earlier_version_closed_is_read_and_verified(old: Path) -> None:
    """Its policy is one that today's linter refuses; every figure is the same, and verify names both programs."""
    found = verify_months(VerifyAsked(old))
    assert (found.sound, [one.program for one in found.months]) == (True, ["0.1.0"] * 3)
    assert _cents(books_of(old).sealed(month_of(AUGUST)))["K03", "star"] == 50000
    for command in ("run", "explain K03", "history", "verify"):
        month = () if command in ("history", "verify") else ("-m", AUGUST)
        assert csctl(*command.split(), "-w", old, *month).code == 0, command
    assert "csctl 0.1.0" in csctl("history", "-w", old).out


def test_an_appeal_moves_the_appellant_and_those_who_share_a_pool_with_him_alone(old: Path) -> None:
    """Bob's exam moves four shares and what the guarantee makes of them; nobody's base pay, nobody's award."""
    found = _appeal(old)
    assert (found.state, {one.line for moved in found.moved for one in moved.deltas}) == (
        "decided",
        {"pool1", "guarantee"},
    )
    books = books_of(old)
    sums_hold(books)
    # 60 yuan, shared 90 : 50 : 70 : 80 before and 90 : 95 : 70 : 80 after.
    shares = {
        agent: cents for (agent, line), cents in _cents(books.effective(month_of(AUGUST))).items() if line == "pool1"
    }
    assert shares == {"K01": 1612, "K02": 1701, "K03": 1254, "K04": 1433}
    assert verify_months(VerifyAsked(old)).sound


def test_a_file_that_changed_is_corrected(old: Path) -> None:
    """An order of Ann's more: one percent of it is shared."""
    change(old / "data/2026-08/orders.csv", "Ann,2026-08-04,1000", "Ann,2026-08-04,2000")
    found = correct_all(old)
    moved = sum(one.new_cents - one.old_cents for one in found.deltas if one.line == "pool1")
    assert (found.state, moved, {str(one.of) for one in found.deltas}) == ("booked", 1000, {AUGUST})
    sums_hold(books_of(old))


# ---- a program that computes an award otherwise ----------------------------------------------------------------


def test_verify_lists_what_this_program_alone_computes_differently(old: Path) -> None:
    """By agent and line, apart from what files change, in words of its own; exit 1, for somebody should look."""
    with awards(without_k03):
        found = verify_months(VerifyAsked(old))
        shown = csctl("--language", "en", "verify", "-w", old)
    assert [one for one in _otherwise(found) if one[2] == "star"] == [
        (str(month.month), "K03", "star", "500.00", "") for month in found.months
    ]
    assert {one[1] for one in _otherwise(found)} == {"K03"}
    assert [one.differences for one in found.months] == [None] * 3
    assert shown.code == 1
    assert "2026-07: this program computes it differently from csctl 0.1.0" in shown.out
    assert "differs from the ledger" not in shown.out
    assert "Files and ledger are as they were" in shown.out


def test_a_decision_books_nothing_that_only_the_program_does(old: Path) -> None:
    """The demo: K02's appeal, and K03 keeps the award in full; only shares move."""
    with awards(without_k03):
        found = _appeal(old)
        books = books_of(old)
        again = correct_all(old)
        assert {
            (one.agent_id, one.line) for moved in found.moved for one in moved.deltas if one.line == "star"
        } == set()
        sums_hold(books)
        assert _cents(books.effective(month_of(AUGUST)))["K03", "star"] == 50000
        assert (again.state, again.months) == ("nothing", ())
        assert {one[1] for one in _otherwise(verify_months(VerifyAsked(old)))} == {"K03"}


def test_correct_without_a_changed_file_books_nothing(old: Path) -> None:
    """Whatever the program computes differently."""
    with awards(without_k03):
        done = csctl("--language", "en", "correct", "-w", old, "--reason", "look", "--yes")
    assert (done.code, done.out) == (0, "No closed month has changed; there is nothing to correct.\n")
    assert books_of(old).corrections == ()


@pytest.mark.slow
def test_what_the_program_computes_differently_is_booked_on_request_with_a_reason(old: Path) -> None:
    """Shown first; then the reason stands on the line, and from then on this program is the one that computed."""
    with awards(without_k03):
        shown = csctl("--language", "en", "correct", "-w", old, "--program")
        assert (shown.code, books_of(old).corrections) == (1, ())
        found = _by_program(old)
        assert found.state == "booked"
        assert {
            (one.agent_id, one.line, one.new_cents - one.old_cents) for one in found.deltas if one.line == "star"
        } == {("K03", "star", -50000)}
        books = books_of(old)
        sums_hold(books)
        assert {delta.reason for _, one in books.corrections for delta in one.deltas} == {
            "the award was a mistake of csctl 0.1.0"
        }
        assert verify_months(VerifyAsked(old)).sound
        assert (_by_program(old).state, correct_all(old).state) == ("nothing", "nothing")


def test_a_line_that_both_change_moves_by_what_the_cause_changes(old: Path) -> None:
    """Another rate by the program, sales by the file: the award follows the file by this program, the rest stays."""

    def of_sales(lines: list[PayLine]) -> list[PayLine]:
        return [replace(line, rate=line.rate - 100, amount_cents=line.amount_cents - 10000) for line in lines]

    with awards(of_sales):
        change(old / "data/2026-08/orders.csv", "Cid,2026-08-04,3000", "Cid,2026-08-04,2900")
        found = correct_all(old)
        [star] = [one for one in found.deltas if one.line == "star"]
        # Without the file this program pays 400; with it nothing. What 0.1.0 paid more, 100, is no part of it.
        assert (star.agent_id, star.old_cents, star.new_cents) == ("K03", 50000, 10000)
        books = books_of(old)
        held = books.effective(month_of(AUGUST))
        sums_hold(books)
        products_hold(held)
        [rest] = [line for line in as_records(held.pay_lines, PayLine) if line.line == "star"]
        assert (rest.amount_cents, "difference of the program that closed" in rest.label) == (10000, True)
        assert correct_all(old).state == "nothing"


def test_closing_again_says_already_where_only_the_program_differs(old: Path) -> None:
    """The exports are what was sealed."""
    with awards(without_k03):
        assert close_one(old, AUGUST).state == "already"


def _piece(file: str, content: str, path: str | None) -> MaterialPart:
    return MaterialPart(file, "orders", month_of(AUGUST), content, Path(path) if path else None, 1, 0)


def test_a_file_counts_with_its_sealed_rows_while_it_is_what_it_was() -> None:
    """Late data are the files that changed; how this program reads the others is the program's affair."""
    then = [_piece("same", "s", "sealed"), _piece("changed", "c", "sealed"), _piece("gone", "g", "sealed")]
    now = [_piece("same", "s", "read"), _piece("changed", "c2", "read"), _piece("new", "n", "read")]
    late = now_for_then(then, now, changed=True)
    assert [(one.file, str(one.path)) for one in late] == [("same", "sealed"), ("changed", "read"), ("new", "read")]
    reread = now_for_then(then, now, changed=False)
    assert [(one.file, str(one.path)) for one in reread] == [
        ("same", "read"),
        ("changed", "sealed"),
        ("gone", "sealed"),
    ]


def test_a_copy_counts_when_the_file_it_is_a_copy_of_has_gone() -> None:
    """Of two equal files one had the rows; the other has them now."""
    then = [_piece("one", "s", "sealed"), _piece("copy", "s", None)]
    assert [str(one.path) for one in now_for_then(then, [_piece("copy", "s", "read")], changed=True)] == ["read"]


# ---- in whatever order ------------------------------------------------------------------------------------------


def _steps(folder: Path, seed: int) -> None:
    """A few decisions, late files and requests, each by one program or another."""
    dice, number = random.Random(seed), 0  # noqa: S311 - orders of events, no secrets
    programs: list[Callable[[list[PayLine]], list[PayLine]]] = [list, without_k03, lambda lines: lines[:0]]
    for _ in range(4):
        chosen = dice.randrange(len(programs))
        with awards(programs[chosen], f"program{chosen}"):
            what, month = dice.choice(["appeal", "file", "program"]), dice.choice(["2026-07", "2026-08", "2026-09"])
            if what == "appeal":
                number += 1
                who, value = dice.choice(["K01", "K02", "K03", "K04"]), dice.choice(["10", "77", "100"])
                _appeal(folder, who, value, month, number)
            elif what == "file":
                path = folder / f"data/{month}/orders.csv"
                kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("late")]
                amount = dice.choice([500, 1000, 4000])
                path.write_text("\n".join([*kept, f"late,Dee,{month}-05,{amount}"]) + "\n", "utf-8")
                assert correct_all(folder).state in ("booked", "nothing")
            else:
                assert _by_program(folder).state in ("booked", "nothing")
            sums_hold(books_of(folder))
            assert correct_all(folder).state == "nothing"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in (1, 2))])
def test_the_sums_hold_whatever_happens_in_whatever_order(old: Path, seed: int) -> None:
    """Sealed lines and booked differences are the month that holds, of every agent and line; twice corrects nothing."""
    _steps(old, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 40))
def test_the_sums_hold_in_many_orders(old: Path, seed: int) -> None:
    """The same for many."""
    _steps(old, seed)
