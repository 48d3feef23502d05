"""A busy workspace, a killed run, a bug: what is left behind, and what the next run makes of it."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from csctl.store.publish import publish
from tests.cli.small import MONTH, change
from tests.end_to_end.running import command, csctl, csctl_process, environment, outputs

HOLD = """
import sys, time
from pathlib import Path
from csctl.store.lock import workspace_lock
with workspace_lock(Path(sys.argv[1])) as mine:
    print("held" if mine else "refused", flush=True)
    time.sleep(60)
"""


def _holder(workspace: Path) -> subprocess.Popen[str]:
    """Another process that has the workspace's lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace / ".csctl")], stdout=subprocess.PIPE, text=True, env=environment()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_busy_workspace_is_left_alone_and_free_again_when_its_holder_is_killed(small: Path) -> None:
    """Exit 3 in one line for every command that writes, while reading goes on; after a kill -9 the lock is free."""
    before = outputs(small)
    holder = _holder(small)
    try:
        for name in ("run", "score", "sheets", "pay"):
            done = csctl(name, "-w", small, "--month", MONTH)
            assert (done.code, done.out, len(done.faults)) == (3, "", 1)
            assert "another csctl" in done.faults[0]
        as_data = csctl("run", "-w", small, "--month", MONTH, "--json")
        assert (as_data.code, [one["code"] for one in as_data.data["problems"]["list"]]) == (3, ["workspace-busy"])
        assert csctl("check", "-w", small, "--month", MONTH).code == 0
        assert csctl("explain", "01", "-w", small, "--month", MONTH).code == 0
    finally:
        _end(holder)
    assert outputs(small) == before
    assert csctl("run", "-w", small, "--month", MONTH).code == 0


def test_the_lock_is_free_after_a_run_that_failed(small: Path) -> None:
    """A refused run does not keep the next one out."""
    config = (small / "csctl.toml").read_text("utf-8")
    change(small / "csctl.toml", '"orders"', '"order"')
    assert csctl("run", "-w", small, "--month", MONTH).code == 2
    (small / "csctl.toml").write_text(config, "utf-8")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0


def _kill_while_writing(workspace: Path, delay: float) -> bool:
    """Start a run and kill it ``delay`` seconds after it begins to write; whether it was still alive then."""
    folder = workspace / "out" / MONTH
    run = command("run", "-w", workspace, "--month", MONTH)
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    end = time.monotonic() + 60
    while process.poll() is None and not any(folder.glob(".csctl-writing-*")) and time.monotonic() < end:
        time.sleep(0.0005)
    time.sleep(delay)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


@pytest.mark.slow
def test_a_run_killed_while_it_writes_is_healed_by_the_next(small: Path) -> None:
    """Killed at four moments: what the next start finds and heals is the whole old set or the whole new one."""
    old = outputs(small)
    orders = small / "data" / MONTH / "orders.csv"
    old_orders = orders.read_text("utf-8")
    change(orders, "600.50", "99600.50")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    new = outputs(small)
    new_orders = orders.read_text("utf-8")
    assert set(old) == set(new)
    assert {name for name in new if new[name] != old[name]} >= {f"{MONTH}/{name}" for name in ("pay.xlsx", "run.json")}
    chance = random.Random(6)  # noqa: S311 - a reproducible choice of moments
    interrupted = 0
    for _ in range(4):
        orders.write_text(old_orders if outputs(small) == new else new_orders, "utf-8")
        interrupted += _kill_while_writing(small, chance.uniform(0, 0.03))
        assert publish(small / "out" / MONTH, {}) == []
        assert outputs(small) in (old, new)
        done = csctl("run", "-w", small, "--month", MONTH)
        assert (done.code, done.faults) == (0, [])
        assert outputs(small) == (old if orders.read_text("utf-8") == old_orders else new)
    assert interrupted > 0


@pytest.mark.slow
def test_a_run_killed_while_it_reads_leaves_the_old_outputs_and_a_sound_cache(small: Path, tmp_path: Path) -> None:
    """Killed at once and a little later, with everything to read anew: the outputs stay, the next run is whole."""
    before = outputs(small)
    for delay in (0.2, 0.6):
        for entry in (small / ".csctl" / "canonical").rglob("*.json"):
            entry.unlink()
        process = subprocess.Popen(
            command("run", "-w", small, "--month", MONTH),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(),
        )  # fmt: skip
        time.sleep(delay)
        process.kill()
        process.wait()
        assert outputs(small) == before
    assert csctl("run", "-w", small, "--month", MONTH, "--strict").code == 0
    assert outputs(small) == before


def test_a_damaged_cache_is_read_anew(small: Path) -> None:
    """Half-written and foreign entries are as good as none."""
    before = outputs(small)
    for entry in (small / ".csctl" / "canonical").rglob("*.parquet"):
        entry.write_bytes(entry.read_bytes()[:-20])
    done = csctl("run", "-w", small, "--month", MONTH)
    assert (done.code, outputs(small)) == (0, before)
    assert "3 files read, 0 unchanged" in done.out


AMOUNT = "98765.43"


def test_a_bug_is_one_line_and_its_traceback_a_private_file(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 70; no traceback and no amount on the screen; the file is for its owner only; outputs stay."""
    before = outputs(small)
    logs = tmp_path / "logs"
    logs.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(logs))
    with mock.patch("csctl.workflow.writing.outputs.pay_book", side_effect=RuntimeError(f"cannot pay {AMOUNT}")):
        done = csctl("run", "-w", small, "--month", MONTH)
    assert (done.code, done.out) == (70, "")
    (line,) = done.err.splitlines()
    assert re.fullmatch(r"csctl: a bug, RuntimeError; details are in \S+", line)
    assert AMOUNT not in line
    (log,) = logs.iterdir()
    assert str(log) in line
    assert "Traceback" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    assert outputs(small) == before
    assert csctl("run", "-w", small, "--month", MONTH).code == 0


def test_a_bug_frees_the_lock_and_leaves_no_half_of_anything(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault between two moves of files: the old set is back at once."""
    before = outputs(small)
    change(small / "data" / MONTH / "orders.csv", "600.50", "99600.50")
    moved = os.replace
    seen: list[str] = []

    def third_move_fails(source: str | Path, target: str | Path) -> None:
        if Path(target).is_relative_to(small / "out") and Path(source).name.startswith("new-"):
            seen.append(str(target))
            if len(seen) == 3:
                raise MemoryError
        moved(source, target)

    monkeypatch.setattr("tempfile.tempdir", str(small.parent))
    with mock.patch("os.replace", third_move_fails):
        assert csctl("run", "-w", small, "--month", MONTH).code == 70
    assert len(seen) >= 3
    assert outputs(small) == before


def test_an_interrupted_run_says_little_and_changes_nothing(small: Path) -> None:
    """Ctrl-C while reading: no traceback, no output file, an exit code of its own."""
    before = outputs(small)
    with mock.patch("csctl.workflow.inputs.gathering.bring_in", side_effect=KeyboardInterrupt):
        done = csctl("run", "-w", small, "--month", MONTH)
    assert done.code not in (0, 2)
    assert "Traceback" not in done.err
    assert outputs(small) == before


def test_a_reader_of_the_output_that_goes_away_is_no_bug() -> None:
    """As in ``csctl … | head -1``: no bug report, no traceback."""
    show = subprocess.Popen(
        command("policy", "show", "insurance"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert show.stdout is not None
    assert show.stderr is not None
    assert b"insurance" in show.stdout.readline()
    show.stdout.close()
    said = show.stderr.read()
    show.stderr.close()
    assert show.wait(timeout=60) != 70
    assert b"Traceback" not in said
    assert b"bug" not in said


@pytest.mark.slow
def test_two_runs_at_once_end_in_one_whole_set(small: Path) -> None:
    """Both started together: each ends with 0 or 3, at least one with 0, and the files are those of one run."""
    before = outputs(small)
    runs = [
        subprocess.Popen(command("run", "-w", small, "--month", MONTH), stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL, env=environment())
        for _ in range(2)
    ]  # fmt: skip
    codes = [run.wait(timeout=120) for run in runs]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    assert outputs(small) == before
    assert csctl_process("check", "-w", small, "--month", MONTH).code == 0
