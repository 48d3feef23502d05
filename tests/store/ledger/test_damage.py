"""Bit rot: a ledger with one wrong bit is either found out, or still says exactly what was booked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from csctl.store.ledger.ledger import LEDGER_NAME, open_ledger
from csctl.store.ledger.verify import verify_ledger
from tests.store.ledger.books import opened, six_months


def _flips(folder: Path, count: int) -> None:
    contents = six_months(folder)
    entries = opened(folder).entries
    file = folder / LEDGER_NAME
    whole = file.read_bytes()
    dice = random.Random(20261031)  # noqa: S311  the same flips on every run
    seen = 0
    for bit in (dice.randrange(len(whole) * 8) for _ in range(count)):
        rotten = bytearray(whole)
        rotten[bit // 8] ^= 1 << bit % 8
        file.write_bytes(rotten)
        problems = verify_ledger(file)
        seen += bool(problems)
        ledger, refused = open_ledger(folder)
        assert (ledger is None) == bool(refused), bit
        assert not refused or problems, f"bit {bit}: opening refuses what verify lets pass"
        if ledger is not None:
            with ledger:
                assert ledger.entries == entries, bit
                for name, content in contents.items():
                    try:
                        assert ledger.content(name) == content, bit
                    except KeyError:
                        assert problems, f"bit {bit}: a content is gone and verify lets it pass"
        assert file.read_bytes() == rotten, f"bit {bit}: looking at it changed it"
    assert count // 2 < seen, "most of the file is contents, and each of their bits counts"


def test_a_flipped_bit_is_found_out_or_harmless(tmp_path: Path) -> None:
    """150 bits."""
    _flips(tmp_path, 150)


@pytest.mark.slow
def test_many_flipped_bits_are_found_out_or_harmless(tmp_path: Path) -> None:
    """1,500 bits."""
    _flips(tmp_path, 1_500)


@pytest.mark.slow
def test_bits_of_the_first_page_count_or_do_no_harm(tmp_path: Path) -> None:
    """The header and the texts of the tables, every bit or every seventh, where a flip does the oddest things."""
    six_months(tmp_path)
    entries = opened(tmp_path).entries
    file = tmp_path / LEDGER_NAME
    whole = file.read_bytes()
    for bit in (*range(100 * 8), *range(100 * 8, 4096 * 8, 7)):
        rotten = bytearray(whole)
        rotten[bit // 8] ^= 1 << bit % 8
        file.write_bytes(rotten)
        ledger, refused = open_ledger(tmp_path)
        assert (ledger is None) == bool(refused)
        if ledger is not None:
            with ledger:
                assert ledger.entries == entries, bit
        assert file.read_bytes() == rotten, bit


@pytest.mark.parametrize("kept", [1, 99, 100, 4096, 20_000, 40_960])
def test_a_truncated_ledger_is_found_out(tmp_path: Path, kept: int) -> None:
    """Wherever it ends; it is opened only if the entries themselves are all there."""
    six_months(tmp_path)
    entries = opened(tmp_path).entries
    file = tmp_path / LEDGER_NAME
    assert kept < file.stat().st_size
    file.write_bytes(file.read_bytes()[:kept])
    assert verify_ledger(file)
    ledger, _ = open_ledger(tmp_path)
    assert (ledger.entries if ledger else entries) == entries
    assert file.stat().st_size == kept
