"""Damaged, odd and hostile files, each with the verdict that reading it must come to."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.kinds import Hostile
from tests.hostile.packed_files import all_packed_files
from tests.hostile.sheet_files import all_sheet_files
from tests.hostile.text_files import all_text_files


def all_files() -> Iterator[Hostile]:
    """Every file."""
    yield from all_text_files()
    yield from all_sheet_files()
    yield from all_packed_files()
