"""Text of one byte a letter, as programs of Europe write it: whether a file is such text, and of which code page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PAGES = ("cp1252", "cp1250", "cp1254")
"""Code pages of Windows: Western, Central European, Turkish. What fits the first is read as that."""
MARKS = frozenset("‘’‚“”„–—…•€£¥¢°§©®™·«»‹›¿¡½¼¾±²³×ªº´¨¸\u00a0")
_ALPHABETS: dict[str, Sequence[str]] = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áâãàçéêíóôõú", "àèéìíîòóùú", "åäöæøéü", "áðéíóúýþæö", "éèëïóöü",
    ),
    "cp1250": ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
    "cp1254": ("çğıi\u0307öşüâîû",),
}  # fmt: skip
"""The letters beside a to z of German, French, Spanish, …; Polish, Czech and Slovak, Hungarian, …; Turkish."""
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE_SMALL = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]")
_MOST, _THIRD, _SEVERAL = 0.6, 1 / 3, 3
"""Of the different words, so many must be plain ones; fewer where these are several, and all letters those of one
language (Żółć).
"""


def page_of(sample: bytes) -> str | None:
    """The first page in which all letters are those of one language; else the first in which all are letters and marks.

    None if there is none.
    """
    read = {page: text for page in PAGES if (text := _decoded(sample, page)) is not None}
    fitting = [page for page, text in read.items() if _of_one_language(text, page)]
    return next(iter(fitting or read), None)


def is_european(sample: bytes) -> bool:
    """Whether the foreign bytes are letters within plain words: ``Müller``, ``Wąsik``. Bytes of Chinese make words with
    hardly a plain letter, or with capitals in the middle.
    """
    page = page_of(sample)
    text = _decoded(sample, page) if page else None
    words = {word for word in _WORD.findall(text or "") if not word.isascii()}
    plain = sum(map(_is_plain_word, words))
    of_one = text and page and plain >= _SEVERAL and _of_one_language(text, page)
    return plain > 0 and plain >= (_THIRD if of_one else _MOST) * len(words)


def _is_plain_word(word: str) -> bool:
    """At least half of the letters are plain ones, a small one beside a foreign one, and no capital behind a small."""
    plain = sum(letter.isascii() for letter in word)
    capital_inside = any(one.islower() and other.isupper() for one, other in pairwise(word))
    return 2 * plain >= len(word) and not capital_inside and _BESIDE_SMALL.search(word) is not None


def _decoded(sample: bytes, page: str) -> str | None:
    """The text in that page; None if a byte is none of it, or neither letter nor mark."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return None
    foreign = set(filter(lambda sign: sign > "\x7f", text))
    return text if all(sign.isalpha() or sign in MARKS for sign in foreign) else None


def _of_one_language(text: str, page: str) -> bool:
    letters = {letter for sign in set(text) if sign > "\x7f" and sign.isalpha() for letter in sign.lower()}
    inside = any(sign in MARKS for pair in _INSIDE.findall(text) for sign in pair)
    return not inside and any(letters <= set(alphabet) for alphabet in _ALPHABETS[page])


_INSIDE = re.compile(r"(?<=[A-Za-z])[³¹¾ºªŸ£¯¥¿](?=[a-z])|(?<![^\s,;])[£¯¥](?=[a-z])")
"""What is a mark in the Western page and a letter in the Central European one, within a word."""
