"""The closed team, made once and shared; whoever changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.samples import once, sample
from tests.months.team import MONTHS, close_one, seal, small_team

__all__ = ["closed", "closed_once", "sample", "team"]


@pytest.fixture(scope="session")
def closed_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The team with all months closed but the last; only the latest has its files. Not to be changed."""
    folder, done, lock = once(tmp_path_factory, "closed-team", worker_id)
    with lock:
        if not done.exists():
            *earlier, last = MONTHS[:-1]
            assert close_one(seal(small_team(folder), earlier), last).state == "closed"
            done.touch()
    return folder


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """A copy of the closed team to change at will."""
    return Path(shutil.copytree(closed_once, tmp_path / "ws"))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """The team of two months, nothing closed."""
    return small_team(tmp_path / "ws", MONTHS[:2])
