"""The form in which two words are one: width, case, dashes and invisible signs do not part them."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_HAN = "[\u3005\u3007\u3400-\u9fff\uf900-\ufaff]"
_BESIDE_HAN = re.compile(f"(?<={_HAN}) | (?={_HAN})")
_INVISIBLE = _UNSEEN | dict.fromkeys(map(ord, "\ufe0e\ufe0f"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b"), "-")
"""What programs make of a hyphen, or people take for one."""


def tidy(text: str) -> str:
    """Without invisible characters and outer white space; otherwise as written."""
    return text.strip() if text.isascii() else text.translate(_UNSEEN).strip()


def letters(text: str) -> str:
    """Without differences of width and case: the form in which a phrase is searched for in what was said."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    # Folding case may take the form away again; asking is quicker than making it twice.
    return lower if unicodedata.is_normalized("NFKC", lower) else unicodedata.normalize("NFKC", lower)


def fold(text: str) -> str:
    """The form in which two words are one: width, case, invisible signs, outer spaces and runs of spaces are gone, and
    every dash is a hyphen.
    """
    folded = text.casefold() if text.isascii() else letters(text.translate(_INVISIBLE)).translate(_DASHES)
    return " ".join(folded.split())


def same_word(text: str) -> str:
    """The form in which two words are one: folded, and without spaces beside Chinese letters, which part nothing.

    Names and numbers of people are only folded: 张 丽华 may be somebody else.
    """
    folded = fold(text)
    return folded if " " not in folded or folded.isascii() else _BESIDE_HAN.sub("", folded)


def declared(*lines: str) -> frozenset[str]:
    """The words of some lines in the form in which they are compared. ``_`` stands for a space within a word."""
    return frozenset(same_word(word.replace("_", " ")) for line in lines for word in line.split())
