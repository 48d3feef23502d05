"""A disk that fills up for real: files that may not grow, and a file system of one MiB."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.small import MONTH
from tests.crashes.cases import leftovers, state
from tests.crashes.rig import Rig, fresh, healing_wrong, known, left_wrong, said_wrong, seen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")


def _close_with_little_room(rig: Rig, here: Path, limit: int | None) -> None:
    """Old or new, never half; exit 2 unless everything is there."""
    case = known(rig, "close")
    ended = rig.started.csctl("close", "-w", here, "--month", MONTH, "--yes", limit=limit)
    left = seen(here)
    assert left_wrong(here, left, case.old, case.new) == []
    assert said_wrong(ended, done=left == case.new) == []


@pytest.mark.parametrize("limit", [4_000, 50_000])
def test_files_that_may_not_grow_are_as_good_as_a_full_disk(rig: Rig, limit: int) -> None:
    """Too little for the journal of the ledger, and for the ledger itself; once there is room, a rerun heals."""
    here = fresh(rig, "close")
    _close_with_little_room(rig, here, limit)
    assert healing_wrong(rig, "close") == []


@pytest.mark.parametrize("words", [["history", "--json"], ["close", "--month", MONTH, "--yes"]])
def test_an_answer_that_cannot_be_written_is_no_success(rig: Rig, words: list[str]) -> None:
    """The screen is a file on a full disk: one line, exit 2, and nothing half."""
    here, case = fresh(rig, "close"), known(rig, "close")
    ended = rig.started.csctl(*words, "-w", here, out="/dev/full")
    assert ended.code == 2
    (line,) = ended.err_lines
    assert line.startswith("csctl: the system refused to read or write: No space left on device →")
    assert left_wrong(here, seen(here), case.old, case.new) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one MiB, where the tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("kib", [0, 70])
def test_a_full_file_system_loses_nothing(rig: Rig, small_disk: Path, kib: int) -> None:
    """No room at all, and room for the ledger but not for the files; then plenty."""
    known(rig, "close")
    (small_disk / "tmp").mkdir()
    here = Path(shutil.copytree(rig.root.parent / "close", small_disk / "here"))
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - kib * 1024))
    _close_with_little_room(rig, here, None)
    ballast.unlink()
    again = rig.started.csctl("close", "-w", here, "--month", MONTH, "--yes")
    assert (again.code, again.err_lines) == (0, [])
    assert state(here) == known(rig, "close").new
    assert leftovers(here) == []
