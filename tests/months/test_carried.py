"""What a month below nothing leaves to later ones: sealed with it, set off by open months, corrected with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csctl.core.records.lines import PayLine, as_records
from csctl.core.records.result import MonthResult
from tests.months.team import POLICY, books_of, computed, correct_all, month_of, orders, paid, seal, small_team, write
from tests.proofs import mostly_slow

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
OWN = """
[[pay.commission]]
id = "own"
label = "Own sales"
of = "sales"
tiers = [{ from = 0, rate = 0.03 }]
negative = "carry"
"""
CARRIED = POLICY.replace("share = 1\n", 'share = 1\nnegative = "carry"\n', 1) + OWN


def _sales(folder: Path, month: str, ann: object, bob: object = 100) -> None:
    write(folder / f"data/{month}/orders.csv", orders(month, {"Ann": ann, "Bob": bob}))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Ann has 1,000 more taken back than sold in July, and the team 900; then she sells 300 and 5,000."""
    folder = small_team(tmp_path / "ws", MONTHS)
    write(folder / "policy.toml", CARRIED)
    for month, ann in zip(MONTHS, (-1000, 300, 5000, 2000), strict=True):
        _sales(folder, month, ann)
    return folder


def _own(result: MonthResult) -> list[tuple[str, int, str]]:
    """Ann's lines of the commission: line, cents, quantity."""
    lines = as_records(result.pay_lines, PayLine)
    return [
        (one.line, one.amount_cents, str(one.quantity))
        for one in lines
        if (one.agent_id, one.kind) == ("01", "commission")
    ]


def _pool(result: MonthResult) -> tuple[int, int, int]:
    (pool,) = result.pools
    return pool.brought_cents, pool.carried_cents, pool.pool_cents


EXPECTED = {
    "2026-07": [("own.carried", 0, "-1000.00")],
    "2026-08": [("own.carried", 0, "-700.00")],
    "2026-09": [("own.1", 129_00, "4300.00"), ("own.carried", 0, "0.00")],
    "2026-10": [("own.1", 60_00, "2000.00")],
}
POOLS = {
    "2026-07": (0, -900_00, 0),
    "2026-08": (-900_00, -500_00, 0),
    "2026-09": (-500_00, 0, 46_00),
    "2026-10": (0, 0, 21_00),
}


@pytest.mark.parametrize("closed", mostly_slow([0, 1, 2, 3]))
def test_open_months_set_off_what_closed_and_open_ones_left(team: Path, closed: int) -> None:
    """However many of them are closed: what is sealed is read again, what is open is computed."""
    seal(team, MONTHS[:closed])
    for month in MONTHS:
        result = computed(team, month).result
        assert (_own(result), _pool(result)) == (EXPECTED[month], POOLS[month])


@pytest.mark.slow
def test_a_late_refund_in_a_closed_month_is_set_off_by_what_followed(team: Path, tmp_path: Path) -> None:
    """400 more turn up in July when three months are closed: Ann had 12.00 too much of her own in September."""
    seal(team, MONTHS[:3])
    _sales(team, "2026-07", -1400)
    fresh = Path(shutil.copytree(team, tmp_path / "fresh", ignore=shutil.ignore_patterns(".csctl", "out")))
    assert correct_all(team).state == "booked"
    books = books_of(team)
    left = {"2026-07": "-1400.00", "2026-08": "-1100.00", "2026-09": "0.00"}
    for month, quantity in left.items():
        assert ("own.carried", 0, quantity) in _own(books.effective(month_of(month)))
    october, right = computed(team, "2026-10").result, computed(fresh, "2026-10")
    corrections = [one for one in as_records(october.pay_lines, PayLine) if one.kind == "correction"]
    assert {one.amount_cents for one in corrections if ".own." in one.line} == {-12_00}
    closed = [books.sealed(month) for month in books.months]
    assert paid([*closed, october]) == paid([*right.given.past, right.result])


@pytest.mark.slow
def test_a_correction_that_moves_no_money_moves_what_is_left(team: Path) -> None:
    """July pays nothing either way: 400 more taken back are set off by the months after it all the same."""
    seal(team, MONTHS[:1])
    _sales(team, "2026-07", -1400)
    assert correct_all(team).state == "booked"
    assert ("own.1", 117_00, "3900.00") in _own(computed(team, "2026-09").result)
    assert _pool(computed(team, "2026-08").result) == (-1300_00, -900_00, 0)
