"""Text of one byte a letter in a script of its own: Cyrillic, Greek, Hebrew or Arabic, as Windows writes it.

Two such letters are the bytes of a Chinese character, and at times of a common one. What tells are words: theirs are of
letters of one alphabet with a capital nowhere but in front, and Chinese read so is a jumble of signs and capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from csctl.readers.opening.european import MARKS

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ALPHABETS: dict[str, Sequence[str]] = {
    "cp1251": (_RUSSIAN, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
               "абвгдђежзијклљмнњопрстћуфхцчџш", "абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
    "cp1253": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", "آأؤئابپتثجچحخدذرزژسشصضطظعغفقكگلمنهويءىة"),
}  # fmt: skip
"""The letters of Russian and Bulgarian, Ukrainian, Belarusian, Serbian, Macedonian; Greek; Hebrew; Arabic, Persian."""
_EVERYDAY = {"cp1251": "оеаинтсрвл", "cp1253": "αοιετσνηυρςάόίέή", "cp1255": "יוהלאתרמבש", "cp1256": "اليمنوتربعدةه"}
"""The letters of which two thirds of a text are made."""
_SIGNS = MARKS | frozenset("№،؛؟ـ\u200c\u200d\u200e\u200f₪״׳־")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4
"""Words of so many letters tell: they are two Chinese characters or more."""
_ACCENTED = re.compile("[άέήίόύώΐΰ]")
"""Greek in small letters has one in nearly every word."""
_RIGHT = 0.95
_CLEAR = 0.1


@dataclass(frozen=True, slots=True)
class Script:
    """A code page in which a text is words of one alphabet: how many different long words, and which share of its
    letters are everyday ones. ``rivals`` are pages in which about as many are.
    """

    page: str
    words: int
    everyday: float
    rivals: tuple[str, ...] = ()


def script_of(sample: bytes) -> Script | None:
    """The page in which nearly all words are of one alphabet; None if there is none, or no long word.

    The letters of one stand where those of another do: whose everyday letters are more of the text counts.
    """
    found = [Script(page, *told) for page in _ALPHABETS if (told := _told(sample, page))]
    if not found:
        return None
    best, *others = sorted(found, key=lambda one: -one.everyday)
    rivals = tuple(one.page for one in others if best.everyday - one.everyday < _CLEAR)
    return replace(best, rivals=rivals)


def _told(sample: bytes, page: str) -> tuple[int, float] | None:
    words = _foreign_words(sample, page)
    if page == "cp1253" and not any(map(_ACCENTED.search, words)):
        return None
    for alphabet in _ALPHABETS[page]:
        right = [word for word in words if _is_of(word, alphabet)]
        long = sum(len(word) >= _LONG for word in right)
        if long and sum(map(len, right)) >= _RIGHT * sum(map(len, words)):
            letters = "".join(right).lower()
            return long, sum(map(letters.count, _EVERYDAY[page])) / len(letters)
    return None


def _foreign_words(sample: bytes, page: str) -> set[str]:
    """The different words that are not plain ones; none if a sign of the text is neither letter nor mark."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return set()
    if any(sign > "\x7f" and not (sign.isalpha() or sign in _SIGNS) for sign in set(text)):
        return set()
    return {word for word in _WORD.findall(text) if not word.isascii()}


def _is_of(word: str, alphabet: str) -> bool:
    """Whether the letters are of the alphabet, with a capital in front at most, or capitals alone."""
    in_order = word.islower() or word.isupper() or word[1:].islower() or word.lower() == word.upper()
    return in_order and set(word.lower()) <= set(alphabet)
