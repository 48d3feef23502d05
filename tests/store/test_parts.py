"""Files of the caches: whole or not there, and nothing left lying about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csctl.store.lock import workspace_lock
from csctl.store.parts import write_atomically


def names(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_private_and_alone(tmp_path: Path) -> None:
    """Written twice, the second content holds; folders are made."""
    for content in (b"old", b"new rows"):
        write_atomically(tmp_path / "canonical" / "orders" / "key.json", content)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new rows", 0o600)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no part of the new one."""
    write_atomically(tmp_path / "key.json", b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "key.json", b"new")
    assert (names(tmp_path), (tmp_path / "key.json").read_bytes()) == (["key.json"], b"old")


@pytest.mark.parametrize("swept", [1, 2])
def test_a_part_swept_away_by_another_run_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swept: int
) -> None:
    """A command that only reads writes to the caches too, without the lock."""
    real, calls = os.replace, 0

    def replace(source: str, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls <= swept:
            Path(source).unlink()
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_atomically(tmp_path / "key.json", b"rows")
    assert (names(tmp_path), (tmp_path / "key.json").read_bytes()) == (["key.json"], b"rows")


def test_whoever_takes_the_workspace_sweeps_what_killed_runs_left(tmp_path: Path) -> None:
    """In the caches only: other files are not csctl's to remove, and the caches' own stay."""
    kept = ["canonical/orders/key.parquet", "elsewhere/other.part", "sealed/digest.parquet", "top.part"]
    for name in [*kept, "canonical/orders/tmp1.part", "sealed/tmp2.part"]:
        write_atomically(tmp_path / name, b"rows")
    with workspace_lock(tmp_path) as mine:
        assert mine
        assert [name for name in names(tmp_path) if name != "lock"] == kept
