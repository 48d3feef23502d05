"""Ratings in words and signs that say how many points were given, and of how many: ``★★★☆☆``, ``4/5``, ``4 out of 5``.

Only what can be read in one way is: hollow stars alone may be none or all of them, and 8/5 is no rating.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from csctl.words import letters

STARS = 5
"""So many stars are the most, where nothing else says it."""

_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,4})?"
_SIGNS = re.compile(r"(?P<given>(?:[★⭐🌟]\s*)+)(?P<rest>(?:☆\s*)*)")
_STARS = re.compile(rf"(?P<given>{_NUMBER}|[一二三四五])\s*[颗个]?\s*(?:星|-?\s?stars?)(?:好?评)?")
_PARTS = re.compile(
    rf"(?P<given>{_NUMBER})\s*分?\s*(?:/|out of|of)\s*(?P<full>{_NUMBER})\s*分?"
    rf"|(?P<points>{_NUMBER})\s*分?\s*\((?:满分|总分|共|out of|of)\s*:?\s*(?P<best>{_NUMBER})\s*分?\)"
)
_HAN = {sign: str(number) for number, sign in enumerate("一二三四五", start=1)}
_UNSEEN = dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200d"))


@dataclass(frozen=True, slots=True)
class Rated:
    """Points that were given, and the most that there are: 0 ≤ ``points`` ≤ ``full``."""

    points: Decimal
    full: Decimal


@lru_cache(maxsize=4096)
def rating_in(text: str) -> Rated | None:
    """What a text says that is a rating out of so many, and nothing else; None for any other, plain numbers too."""
    if text.isdecimal():
        return None
    word = letters(text.translate(_UNSEEN)).strip()
    if match := _SIGNS.fullmatch(word):
        given, rest = (len("".join(match[name].split())) for name in ("given", "rest"))
        return _rated(str(given), str(given + rest if rest else STARS))
    if match := _STARS.fullmatch(word):
        return _rated(_HAN.get(match["given"], match["given"]), str(STARS))
    if match := _PARTS.fullmatch(word):
        return _rated(match["given"] or match["points"], match["full"] or match["best"])
    return None


def _rated(points: str, full: str) -> Rated | None:
    found = Rated(Decimal(points), Decimal(full))
    return found if found.points <= found.full and found.full else None
