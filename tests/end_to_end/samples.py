"""The sample workspace, run once and shared: by all tests, and by all processes that run tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.end_to_end.running import MONTH, SAMPLE, csctl


def copy_workspace(source: Path, target: Path, *left_out: str) -> Path:
    """A workspace of one's own: with the cache of what was read, without what was written."""
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns("out", "lock", *left_out)))


def once(factory: pytest.TempPathFactory, name: str, worker: str) -> tuple[Path, Path, FileLock]:
    """A folder that all test processes share, the file that says it is ready, and the lock to make it under."""
    base = factory.getbasetemp()
    folder = (base if worker == "master" else base.parent) / name
    return folder, folder.with_suffix(".done"), FileLock(folder.with_suffix(".lock"))


def sample_run(factory: pytest.TempPathFactory, worker: str) -> Path:
    """The whole sample after its first ``csctl run``; what that said stands beside it. Not to be changed."""
    folder, done, lock = once(factory, "sample-run", worker)
    with lock:
        if not done.exists():
            copy_workspace(SAMPLE, folder, ".csctl")
            first = csctl("run", "-w", folder)
            done.write_text(f"{first.code}\n{first.out}\n{first.err}", "utf-8")
    return folder


def one_month(factory: pytest.TempPathFactory, worker: str) -> Path:
    """The sample with the exports of its last month only, run once: quick to compute. Not to be changed."""
    folder, done, lock = once(factory, "one-month", worker)
    whole = sample_run(factory, worker)
    with lock:
        if not done.exists():
            copy_workspace(whole, folder, "2026-0*")
            first = csctl("run", "-w", folder, "--month", MONTH)
            done.write_text(f"{first.code}\n{first.out}\n{first.err}", "utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The whole sample workspace, already run. Not to be changed."""
    return sample_run(tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample with its last month only, already run. Not to be changed."""
    return one_month(tmp_path_factory, worker_id)


@pytest.fixture
def fresh_october(october: Path, tmp_path: Path) -> Path:
    """A copy of the sample's last month to change at will; its exports are in the cache."""
    return copy_workspace(october, tmp_path / "october")
