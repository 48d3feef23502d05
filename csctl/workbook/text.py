"""Text on its way into a cell or a file name: harmless characters only, and how wide it will look."""

from __future__ import annotations

import re
import unicodedata

CELL_LIMIT = 32_767
"""Characters a spreadsheet cell holds, counted as UTF-16 units."""
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_NOT_IN_XML = frozenset("\ufffe\uffff")
_UNBROKEN = re.compile(r"[\u2e80-\uffef]\s*|[^\s\u2e80-\uffef-]*-+\s*|[^\s\u2e80-\uffef-]+\s*|\s+")
"""A Chinese character, or a word or its part up to a hyphen, with the spaces behind it."""
_DROPPED_CATEGORIES = ("Cc", "Cs")


def _harmless(character: str) -> bool:
    if character in "\n\t":
        return True
    return character not in _BIDI | _NOT_IN_XML and unicodedata.category(character) not in _DROPPED_CATEGORIES


def clean(text: str) -> str:
    """The text without control and direction-changing characters, cut to what a cell holds.

    Workbook libraries refuse, escape or silently drop such text; a person never typed it on purpose.
    """
    if text.isprintable() and len(text) <= CELL_LIMIT // 2:
        return text
    kept = "".join(filter(_harmless, text))
    return kept.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", "ignore")


def shown_width(text: str) -> int:
    """Columns of a fixed-width screen the longest line takes: Chinese characters count twice."""
    if text.isascii() and text.isprintable():
        return len(text)
    return max((sum(_columns(character) for character in line) for line in text.splitlines()), default=0)


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes in a column so wide: not every program that shows a workbook finds it out itself.

    Words are broken after a hyphen, or where they are longer than a line; Chinese text anywhere.
    """
    return sum(_broken(line, max(width, 1)) for line in text.splitlines()) or 1


def _broken(line: str, width: int) -> int:
    if shown_width(line) <= width:
        return 1
    lines, used = 1, 0
    for part in _UNBROKEN.findall(line):
        wide = shown_width(part.rstrip())
        if used and used + wide > width:
            lines, used = lines + 1, 0
        if wide > width:
            lines, wide = lines + (wide - 1) // width, (wide - 1) % width + 1
        used += wide + len(part) - len(part.rstrip())
    return lines
