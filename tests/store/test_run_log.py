"""The log of runs: one line each, private, bounded, and never in the way of a run."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from csctl.store import run_log
from csctl.store.run_log import KEPT, NAME, append_line

AT = datetime(2026, 11, 1, 2, 30, 5, 123456, ZoneInfo("Asia/Shanghai"))


def mode(path: Path) -> int:
    """Who may do what."""
    return path.stat().st_mode & 0o777


def test_a_line_has_time_with_offset_level_and_text(tmp_path: Path) -> None:
    """Two runs, two lines; a line break cannot make a third."""
    assert append_line(tmp_path / "log", logging.INFO, "run month=2026-10 exit=0", AT) == []
    assert append_line(tmp_path / "log", logging.ERROR, "run\nexit=2  客服", AT) == []
    assert (tmp_path / "log" / NAME).read_bytes().decode() == (
        "2026-11-01T02:30:05+08:00 INFO run month=2026-10 exit=0\n2026-11-01T02:30:05+08:00 ERROR run exit=2 客服\n"
    )


def test_it_is_for_its_owner_only_whatever_the_umask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, the file, and the files it was rotated into; an open one is closed to others."""
    monkeypatch.setattr(run_log, "MOST_BYTES", 200)
    before = os.umask(0)
    try:
        folder = tmp_path / "log"
        append_line(folder, logging.INFO, "first", AT)
        (folder / NAME).chmod(0o666)
        for number in range(20):
            assert append_line(folder, logging.INFO, f"run {number}", AT) == []
    finally:
        os.umask(before)
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_it_keeps_the_latest_lines_and_a_bounded_number_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rotated by size; nothing of the last files is missing or out of order."""
    monkeypatch.setattr(run_log, "MOST_BYTES", 500)
    for number in range(200):
        append_line(tmp_path, logging.INFO, f"run number={number}", AT)
    files = [tmp_path / NAME, *(tmp_path / f"{NAME}.{age}" for age in range(1, KEPT + 1))]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in files} | {"lock"}
    assert all(path.stat().st_size <= 500 for path in files)
    lines = [line for path in reversed(files) for line in path.read_text("utf-8").splitlines()]
    assert [int(line.rpartition("=")[2]) for line in lines] == list(range(200))[-len(lines) :]
    assert len(lines) > 40


def test_a_link_or_a_folder_in_its_place_is_a_problem_and_is_left_alone(tmp_path: Path) -> None:
    """No traceback, nothing written through the link."""
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / NAME).symlink_to(target)
    assert [one.code for one in append_line(tmp_path / "log", logging.INFO, "x", AT)] == ["unattended-log-not-written"]
    assert target.read_text() == "mine"
    (tmp_path / "other" / NAME).mkdir(parents=True)
    assert [one.code for one in append_line(tmp_path / "other", logging.INFO, "x", AT)] == [
        "unattended-log-not-written"
    ]
    (tmp_path / "file").write_text("")
    assert [one.code for one in append_line(tmp_path / "file", logging.INFO, "x", AT)] == ["unattended-log-not-written"]


def test_a_pipe_in_its_place_does_not_hang_the_run(tmp_path: Path) -> None:
    """Nobody reads it; the run goes on."""
    os.mkfifo(tmp_path / NAME)
    assert [one.code for one in append_line(tmp_path, logging.INFO, "x", AT)] == ["unattended-log-not-written"]


def test_a_run_that_cannot_have_the_log_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while; the other's file is not touched."""
    monkeypatch.setattr(run_log, "_PATIENCE_SECONDS", 0)
    with FileLock(tmp_path / "lock"):
        assert [one.code for one in append_line(tmp_path, logging.INFO, "x", AT)] == ["unattended-log-busy"]
    assert not (tmp_path / NAME).exists()
