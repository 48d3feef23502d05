"""The TOML catalogues beside this file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

Entries = dict[str, dict[str, Any]]
"""Entries by code, as they stand in the files."""


def read(folder: str = "", name: str = "*") -> dict[str, Entries]:
    """The catalogues of one folder by name, or one of them."""
    found = sorted(Path(__file__).parent.joinpath(folder).glob(f"{name}.toml"))
    return {item.stem: tomllib.loads(item.read_text("utf-8")) for item in found}


def joined(*several: Entries) -> Entries:
    """Catalogues as one. Raises ValueError for a code that stands in two of them: that is a bug."""
    entries: Entries = {}
    for one in several:
        doubles = entries.keys() & one.keys()
        if doubles:
            raise ValueError(f"entries stand twice: {sorted(doubles)}")
        entries |= one
    return entries
