"""A sheet or slip that contradicts itself: the people are named, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csctl.sheets.form_values import form_values
from csctl.workflow.writing import payslips
from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl, outputs

SLIP, SHEET = "csctl.workflow.writing.payslips._slip", "csctl.workflow.writing.outputs.form_values"
PLANS: dict[str, Callable[..., Any]] = {SLIP: payslips._slip, SHEET: form_values}
WRONG = {"01", "03"}


def contradicting(real: Callable[..., Any]) -> Callable[..., Any]:
    """What plans a workbook, and finds that two people's lines do not make their sums."""

    def plan(given: Any, agent: Any, *more: Any) -> Any:
        if agent.agent_id in WRONG:
            raise ValueError(f"{agent.agent_id}: the line says 1 cent, its parts make 2")
        return real(given, agent, *more)

    return plan


@pytest.mark.parametrize(("command", "place"), [("run", SLIP), ("payslips", SLIP), ("run", SHEET), ("sheets", SHEET)])
def test_it_keeps_everything_back_and_names_everybody_of_whom_it_is_so(
    small: Path, monkeypatch: pytest.MonkeyPatch, command: str, place: str
) -> None:
    """Exit 2; the files of the run before, which are one set, stay as they were though the figures are others now."""
    before = outputs(small)
    change(small / "policy.toml", 'label = "Small desk"', 'label = "Other desk"')
    monkeypatch.setattr(place, contradicting(PLANS[place]))
    done = csctl(command, "-w", small, "--month", MONTH)
    assert (done.code, done.out) == (2, "")
    assert all(f"{who}: the line says 1 cent, its parts make 2" in done.err for who in WRONG)
    assert outputs(small) == before


def test_a_month_is_sealed_whose_files_cannot_be_written_and_they_are_written_once_they_can(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing says so, with exit 2; closing it again books nothing and publishes."""
    before = outputs(small)
    with monkeypatch.context() as patched:
        patched.setattr(SLIP, contradicting(PLANS[SLIP]))
        done = csctl("close", "-w", small, "--month", MONTH, "--yes", "--by", "Lead")
    assert done.code == 2
    assert all(f"{who}: the line says 1 cent" in done.err + done.out for who in WRONG)
    assert outputs(small) == before
    assert csctl("close", "-w", small, "--month", MONTH, "--yes", "--by", "Lead").code == 0
    assert outputs(small) != before
