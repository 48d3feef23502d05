"""Killed, out of space or broken at each call that writes: nothing is lost, nothing is half, one rerun heals."""

from __future__ import annotations

import pytest

from tests.crashes.injecting import FAULTS, Fault
from tests.crashes.rig import Rig, disturbed, known

SLICES = 4
"""Into how many tests the calls of a command are cut, so that they can run side by side."""
EVERY = {"close": 1, "run": 1, "backup": 1, "restore": 1, "migrate": 1, "publish": 1, "append": 1, "first append": 1,
         "first close": 6, "correct": 6}  # fmt: skip
"""Every how manieth call of a case meets a fault; what the last two do is done by others at every call."""
THIN = 12
STARTS = {"killed": 0, "full": 4, "broken": 8}
"""The first call of the thin choice, so that the three faults together meet every fourth."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["append", "first append", "publish", "migrate"])
def test_a_fault_while_the_store_writes_loses_nothing(traced: Rig, name: str, fault: Fault) -> None:
    """A thin choice of the calls of the ledger and of publishing, which every command is made of."""
    chosen = known(traced, name).points[STARTS[fault] :: THIN]
    assert [wrong for point in chosen for wrong in disturbed(traced, name, point, fault)] == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("name", EVERY)
def test_a_fault_at_any_call_of_a_command_loses_nothing(traced: Rig, name: str, part: int, fault: Fault) -> None:
    """Every call that writes, of every command that changes what lasts."""
    chosen = known(traced, name).points[:: EVERY[name]][part::SLICES]
    assert [wrong for point in chosen for wrong in disturbed(traced, name, point, fault)] == []
