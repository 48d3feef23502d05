"""Long lines broken for a screen: never inside a file's name, a word, a number, a person or a short quotation; later
lines hang below the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.text import Text

_IN_NAMES = r"[^\s，。；：、（）“”「」→·]*"
_PATH = rf"{_IN_NAMES}(?:[/\\]|\.(?:xlsx?|csv|toml|json|html|md|zip|ods|txt|pdf)\b){_IN_NAMES}"
_QUOTED = r'“[^\s，。；：“”]{1,30}”|"[^\s"，。；]{1,30}"'
_PERSON = r"(?<![!-~])[A-Za-z]*-?[0-9]+ [\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])"
"""A staff number and the Chinese name behind it."""
_WORDS = re.compile(r"\s+|[!-~]+|.", re.DOTALL)
"""The pieces of csctl's own words."""
_CLOSING = frozenset("，。；：、）”」》！？…％]")
"""Marks that no line begins with."""
_OPENING = frozenset("（“「《")
"""Marks that no line ends with."""


class _Chunk(NamedTuple):
    """What is never parted, with the spaces before it."""

    start: int
    text: str
    spaces: int


def wrapped(text: Text, width: int, indent: int = 0) -> Text:
    """The text in lines of at most so many columns, the later ones indented; a name longer than a line stays whole."""
    if cell_len(text.plain) <= width:
        return text
    from rich.text import Text  # help pages are folded without it

    lines = text.divide(_breaks(_chunks(text.plain, _pieces()), width, indent))
    joined = Text(style=text.style)
    for number, line in enumerate(lines):
        line.rstrip()
        joined.append("\n" + " " * indent if number else "")
        joined.append_text(line)
    return joined


def folded(text: str, width: int) -> list[str]:
    """Words of csctl's own in lines of at most so many columns; a line end in them stays one."""
    lines: list[str] = []
    for line in text.split("\n"):
        ends = [0, *_breaks(_chunks(line, _WORDS), width, 0), len(line)]
        lines += [line[start:end].rstrip() for start, end in pairwise(ends)]
    return lines


def longest_piece(text: str) -> int:
    """Columns of the longest piece that is never parted."""
    return max((cell_len(chunk.text) for chunk in _chunks(text, _pieces())), default=0)


@cache
def _pieces() -> re.Pattern[str]:
    """The pieces of what users wrote; help pages do not wait for it."""
    return re.compile(rf"\s+|{_PATH}|{_QUOTED}|{_PERSON}|[!-~]+|.", re.DOTALL)


def _breaks(chunks: Iterable[_Chunk], width: int, indent: int) -> list[int]:
    """Where a new line begins."""
    found: list[int] = []
    used = 0
    for chunk in chunks:
        size = cell_len(chunk.text)
        if used and used + chunk.spaces + size > width:
            found.append(chunk.start)
            used = indent + size
        else:
            used += chunk.spaces + size
    return found


def _chunks(text: str, pieces: re.Pattern[str]) -> Iterator[_Chunk]:
    """The text in pieces that stay whole: marks that close stay with what is before them, those that open with what
    comes.
    """
    start, whole, spaces, waiting = 0, "", 0, 0
    for match in pieces.finditer(text):
        piece = match[0]
        if piece.isspace():
            waiting += len(piece)
            continue
        if whole and not waiting and (piece[0] in _CLOSING or whole[-1] in _OPENING):
            whole += piece
            continue
        if whole:
            yield _Chunk(start, whole, spaces)
        start, whole, spaces, waiting = match.start(), piece, waiting, 0
    if whole:
        yield _Chunk(start, whole, spaces)
