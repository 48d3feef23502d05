"""Odd workspaces and odd arguments end as they must: with the right exit code, in words, and never as a bug."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.cli.small import MONTH, small_workspace
from tests.end_to_end.running import csctl
from tests.hostile.inputs import Odd, all_odd

INPUTS = list(all_odd())
_STEERS = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x202E)))
"""Marks that steer a terminal or turn text around."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace after a run. Not to be changed."""
    folder = small_workspace(tmp_path_factory.mktemp("odd") / "ws")
    assert csctl("run", "-w", folder, "--month", MONTH).code == 0
    return folder


def test_there_are_as_many_inputs_as_names() -> None:
    """A name says which one failed."""
    assert len({odd.name for odd in INPUTS}) == len(INPUTS) >= 150


@pytest.mark.slow
@pytest.mark.parametrize("odd", INPUTS, ids=lambda odd: ascii(odd.name))
def test_an_odd_input_ends_as_it_must(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: Odd) -> None:
    """The exit code is right, words name the place, nothing on the screen steers it, no file of a traceback is left."""
    logs = tmp_path / "logs"
    logs.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(logs))
    folder = Path(shutil.copytree(sound, tmp_path / "ws", symlinks=True))
    odd.spoil(folder)
    monkeypatch.chdir(folder)
    done = csctl(*odd.command, *(() if odd.command[0] == "policy" else ("-w", folder)))
    screen = done.out + done.err
    assert (done.code, [name for name in os.listdir(logs) if name.endswith(".log")]) == (odd.code, []), screen[:2000]
    assert [word for word in odd.words if word not in screen] == []
    assert not _STEERS & set(screen)
    assert not [line for line in done.err.splitlines() if len(line) > 3_000]
