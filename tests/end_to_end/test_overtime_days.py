"""Overtime by kind of day, from a department's own files to the explanation of the pay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.end_to_end.running import csctl
from tests.policies.examples import EXAMPLES
from tests.policies.on_files import as_workspace
from tests.policies.runner import read_example
from tests.proofs import mostly_slow


@pytest.mark.parametrize(("language", "kind", "rota", "calendar"), mostly_slow([
    ("zh", "休息日 = 是", "日期类型依据 = 排班", "日期类型依据 = 日历"),
    ("en", "on_rest_day = yes", "day_by = the rota", "day_by = the calendar"),
]))  # fmt: skip
def test_the_explanation_says_what_made_a_day_a_day_of_rest(
    tmp_path: Path, language: str, kind: str, rota: str, calendar: str
) -> None:
    """By the rota of one, by the calendar for another who has none; in the words of the reader."""
    folder = as_workspace(read_example(EXAMPLES / "ecommerce-pay" / "overtime-days.toml"), tmp_path / "ws", {})
    for agent, decided, other in (("1", calendar, rota), ("2", rota, calendar)):
        done = csctl("explain", agent, "rest_days", "-w", folder, "--month", "2026-10", "--language", language)
        assert done.code == 0, done.err
        # A tree breaks its lines where the screen ends.
        told = re.sub(r"[\s│]+", "", done.out)
        assert "".join(kind.split()) in told
        assert "".join(decided.split()) in told
        assert "".join(other.split()) not in told
