"""The sample's eight months, closed one after another, as a team would live with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.workflow.ledger.verifying import VerifyAsked, verify_months
from csctl.workflow.simulating.what_if import SimulateAsked, simulate_months
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.end_to_end.samples import copy_workspace
from tests.months.team import TODAY, correct_all, seal

MONTHS = [f"2026-{number:02}" for number in range(3, 11)]


@pytest.mark.slow
def test_the_sample_lives_through_closing_late_data_and_a_what_if(sample: Path, tmp_path: Path) -> None:
    """Closed months recompute to the same lines; the same policy costs the same; a late row is booked once."""
    folder = seal(copy_workspace(sample, tmp_path / "ws"), MONTHS)
    assert csctl("close", "-w", folder, "--month", MONTHS[-1]).code == 0
    assert verify_months(VerifyAsked(folder, recompute=True)).sound
    found, problems = simulate_months(SimulateAsked(folder, "policy.toml", "", "", TODAY))
    assert (problems, found is not None) == ([], True)
    assert found is not None
    assert [
        one for one in found.simulation.cells if one.pay.difference or one.actual_score != one.simulated_score
    ] == []
    file = folder / "data/2026-09/订单_2026-09.csv"
    rows = file.read_bytes().decode("gb18030").splitlines(keepends=True)
    file.write_bytes("".join([*rows, rows[1].replace("2609770001", "2609779999")]).encode("gb18030"))
    booked = correct_all(folder)
    assert (booked.state, {str(one.new.month) for one in booked.months}) == ("booked", {"2026-09", "2026-10"})
    assert correct_all(folder).state == "nothing"
    assert verify_months(VerifyAsked(folder)).sound
    change(folder / "csctl.toml", 'language = "zh"', 'language = "en"')
    assert csctl("check", "-w", folder).code == 1
