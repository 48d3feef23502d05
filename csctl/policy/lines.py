"""On which line a key of a TOML text stands: the standard parser gives values without places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache

Path = tuple[str | int, ...]
"""Keys and indices (from 0) from the top of a document: ``("dimension", 0, "indicator", 2, "bands")``."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_SCALAR = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?""""{0,2}'
    r"|'''[\s\S]*?''''{0,2}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[^,\]}#\r\n]*"
)


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, on which the key or entry stands; that of its nearest known ancestor if it stands nowhere.

    ``text`` must be valid TOML. None if not even the first key is known.
    """
    known = line_map(text)
    for length in range(len(path), 0, -1):
        if path[:length] in known:
            return known[path[:length]]
    return None


@lru_cache(maxsize=64)
def line_map(text: str) -> Mapping[Path, int]:
    """Line of every table, key and array entry of a valid TOML text.

    A table that several headers extend stands where it is first named; a key of an inline table where it is written.
    """
    offsets: dict[Path, int] = {}
    _document(text, offsets)
    ends = [match.start() for match in re.finditer("\n", text)]
    return {path: bisect_right(ends, offset - 1) + 1 for path, offset in offsets.items()}


def _document(text: str, offsets: dict[Path, int]) -> None:
    counts: dict[Path, int] = {}
    table: Path = ()
    position = _skip(text, 0)
    while position < len(text):
        if text.startswith("[", position):
            table, position = _header(text, position, offsets, counts)
        else:
            position = _pair(text, position, table, offsets)
        position = _skip(text, position)


def _skip(text: str, position: int) -> int:
    """Past blanks, line ends and comments."""
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _keys(text: str, position: int) -> tuple[tuple[str, ...], int]:
    """A dotted key and the place behind it; the end of the text where no key stands."""
    keys: list[str] = []
    while match := _KEY.match(text, position):
        written = match[1]
        keys.append(tomllib.loads(f"key = {written}")["key"] if written[0] in "\"'" else written)
        position = match.end()
        if not match[2]:
            return tuple(keys), position
    return tuple(keys), len(text)


def _header(text: str, position: int, offsets: dict[Path, int], counts: dict[Path, int]) -> tuple[Path, int]:
    """Path of the table that a header opens, and the place behind it. ``counts`` are entries per array of tables."""
    array = text.startswith("[[", position)
    keys, end = _keys(text, position + (2 if array else 1))
    path: Path = ()
    for place, key in enumerate(keys, start=1):
        path = (*path, key)
        offsets.setdefault(path, position)
        if array and place == len(keys):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
            offsets.setdefault(path, position)
    return path, end + (2 if array else 1)


def _pair(text: str, position: int, table: Path, offsets: dict[Path, int]) -> int:
    """Past one ``key = value``, noting both."""
    keys, end = _keys(text, position)
    for length in range(1, len(keys) + 1):
        offsets.setdefault((*table, *keys[:length]), position)
    return _value(text, _skip(text, end + 1), (*table, *keys), offsets)


def _value(text: str, position: int, path: Path, offsets: dict[Path, int]) -> int:
    if text.startswith("[", position):
        return _array(text, position + 1, path, offsets)
    if text.startswith("{", position):
        return _inline(text, position + 1, path, offsets)
    match = _SCALAR.match(text, position)
    return match.end() if match else len(text)


def _array(text: str, position: int, path: Path, offsets: dict[Path, int]) -> int:
    index = 0
    position = _skip(text, position)
    while position < len(text) and text[position] != "]":
        offsets.setdefault((*path, index), position)
        position = _skip(text, _value(text, position, (*path, index), offsets))
        position = _skip(text, position + 1) if text.startswith(",", position) else position
        index += 1
    return position + 1


def _inline(text: str, position: int, path: Path, offsets: dict[Path, int]) -> int:
    position = _skip(text, position)
    while position < len(text) and text[position] != "}":
        position = _skip(text, _pair(text, position, path, offsets))
        position = _skip(text, position + 1) if text.startswith(",", position) else position
    return position + 1
