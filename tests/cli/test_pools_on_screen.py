"""The line of a pool under the scoreboard: a commission names what was sold, a fixed amount rests on no sales."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow

SCALE = """of = "sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }, { from = 1000, rate = 0.02 }]
share = 1
"""


def line(folder: Path, language: str = "en") -> str:
    """What `csctl run` says of the pool."""
    done = csctl("run", "-w", folder, "--month", MONTH, "--language", language)
    assert done.code == 0, done.err
    return next(one for one in done.out.splitlines() if one.startswith(("Commission:", "Commission：")))


def test_a_commission_names_what_was_sold(small: Path) -> None:
    assert "sales" in line(small)


@pytest.mark.parametrize("key", mostly_slow(["amount", "per_head"]))
def test_a_fixed_amount_names_no_sales(small: Path, key: str) -> None:
    change(small / "policy.toml", SCALE, f"{key} = 600\n")
    assert "sales" not in line(small)
    assert "pool " in line(small)
    assert "业绩" not in line(small, "zh")
