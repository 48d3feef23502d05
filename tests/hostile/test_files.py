"""Hostile files get their verdicts, one by one, and none costs more than a refusal may."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.files import all_files
from tests.hostile.judge import judged
from tests.hostile.kinds import Hostile

FILES = list(all_files())


def test_there_are_as_many_files_as_names() -> None:
    """A name says which one failed."""
    assert len({one.name for one in FILES}) == len(FILES) >= 250


@pytest.mark.slow
@pytest.mark.parametrize("one", FILES, ids=lambda one: ascii(one.name))
def test_a_hostile_file_gets_its_verdict(tmp_path: Path, one: Hostile) -> None:
    """Read whole, read with a word, or refused in words, within five seconds of CPU and 300 MiB."""
    found = judged(one, tmp_path)
    assert not found.fault, found
