"""Small workspaces with the right answer worked out by hand, where a checkout has them beside it; else skipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
RUNNER = CASES / "run_cases.py"
KINDS = ("guard-", "door-", "crash-", "words-days-", "words-proposed-", "words-one-unknown-")
NOT_YET = ("door-dingtalk-", "door-profile-", "door-raw-punches-", "door-xml-", "door-zeros-behind-")
"""Kinds that need a shape of file that is not read yet."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not RUNNER.is_file(), reason="the worked cases do not lie beside this checkout"),
]


def test_every_worked_case_holds() -> None:
    """The runner prints a line for each case that does not hold, and fails."""
    names = sorted(path.parent.name for path in CASES.glob("*/check.py"))
    wanted = [name for name in names if name.startswith(KINDS) and not name.startswith(NOT_YET)]
    csctl = Path(sys.executable).with_name("csctl")
    told = subprocess.run(
        [sys.executable, str(RUNNER), "--csctl", str(csctl), *wanted], capture_output=True, text=True, timeout=900
    )
    assert told.returncode == 0, told.stdout + told.stderr
