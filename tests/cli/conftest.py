"""Fixtures of the proofs about commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.small import MONTH, small_workspace
from tests.end_to_end.running import csctl
from tests.end_to_end.samples import fresh_october, october

__all__ = ["fresh_october", "october", "small", "small_run"]


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace after a run. Not to be changed."""
    folder = small_workspace(tmp_path_factory.mktemp("small") / "ws")
    done = csctl("run", "-w", folder, "--month", MONTH, "--strict")
    assert (done.code, done.faults) == (0, [])
    return folder


@pytest.fixture
def small(small_run: Path, tmp_path: Path) -> Path:
    """A copy of the small workspace to change at will, with outputs and cache of one run."""
    return Path(shutil.copytree(small_run, tmp_path / "ws"))
