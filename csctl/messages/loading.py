"""The TOML catalogues beside this file, of which only those entries are read that somebody asks for.

All of them are fourteen thousand lines, which take longer to read than many a command takes; a command says a few of
them. Where an entry begins is plain to see, so that each can be read by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]
Entries = Mapping[str, Entry]
"""Entries by code, as they stand in the files."""
_HEAD, _HEAD_END = b"\n[", b"]\n"
"""What stands around the name of an entry of several lines. That no text holds such a line is held by a test."""
_LINE = re.compile(rb'^"?([^"\s]+)"? = \{.*\}$', re.MULTILINE)
"""An entry in one line; these stand before all others."""


class _Catalogue(Mapping[str, Entry]):
    """The entries of one text, each decoded and read when it is first asked for."""

    def __init__(self, text: bytes) -> None:
        """Raises ValueError for a code that stands twice: that is a bug."""
        first, *tables = (b"\n" + text.replace(b"\r\n", b"\n")).split(_HEAD)
        found = [(line[1].decode(), line[0]) for line in _LINE.finditer(first)]
        found += [(table.partition(_HEAD_END)[0].strip(b'"').decode(), b"[" + table) for table in tables]
        self._texts = dict(found)
        self._read: dict[str, Entry] = {}
        if len(self._texts) < len(found):
            raise ValueError("entries stand twice")

    def __getitem__(self, code: str) -> Entry:
        if code not in self._read:
            (self._read[code],) = tomllib.loads(self._texts[code].decode()).values()
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        return code in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class _Joined(Mapping[str, Entry]):
    """Several catalogues as one."""

    def __init__(self, where: Mapping[str, Entries]) -> None:
        self._where = where

    def __getitem__(self, code: str) -> Entry:
        return self._where[code][code]

    def __contains__(self, code: object) -> bool:
        return code in self._where

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)


def read_catalogues(folder: str = "", name: str = "*") -> dict[str, Entries]:
    """The catalogues of one folder by name, or one of them."""
    found = sorted(Path(__file__).parent.joinpath(folder).glob(f"{name}.toml"))
    return {item.stem: _Catalogue(item.read_bytes()) for item in found}


def merged_catalogues(*several: Entries) -> Entries:
    """Catalogues as one. Raises ValueError for a code that stands in two of them: that is a bug."""
    where: dict[str, Entries] = {}
    for one in several:
        doubles = where.keys() & one.keys()
        if doubles:
            raise ValueError(f"entries stand twice: {sorted(doubles)}")
        where |= dict.fromkeys(one, one)
    return _Joined(where)
