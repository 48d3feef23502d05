"""Whom an unknown number or name may mean: suggested to whoever reads the warning, never taken."""

from __future__ import annotations

import re

from csctl.core.people.identity import Identity
from csctl.words import fold

_BETWEEN = re.compile(
    r"([、,，;；/／|｜+＋&＆和与]|\s(?:and|und|et)\s|\s*\n\s*|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff]))"
)
"""What stands between two people in one cell; a blank only where names have none themselves."""
_BEHIND = re.compile(r"\s*(?:[(（\[【<《].*|[-_–—·・@].*)")
"""What exports write behind a name: a group in brackets, a shop, a mail address."""
_PARTS = re.compile(r"([^0-9]*)([0-9]+)")


def may_be(key: str, identity: Identity) -> tuple[str, ...]:
    """Staff numbers that are this number but for zeros in front of its digits, or this name but for spaces and for what
    stands behind it.
    """
    wanted = _bare(key)
    found = {agent for text, agent in identity.ids.items() if _bare(text) == wanted}
    found |= {agent for text, agents in identity.names.items() if _bare(text) == wanted for agent in agents}
    behind = _BEHIND.search(key)
    if not found and behind and behind.start():
        return may_be(key[: behind.start()], identity)
    return tuple(sorted(found))


def signs_between(text: str, identity: Identity) -> tuple[str, ...]:
    """The signs that part a text into people who are known, each once; none if it is not such a list of people."""
    parts = _BETWEEN.split(text)
    people = [part.strip() for part in parts[::2] if part.strip()]
    known = len(people) > 1 and all(identity.knows(one) for one in people)
    return tuple(dict.fromkeys(parts[1::2])) if known else ()


def _bare(text: str) -> str:
    folded = "".join(fold(text).split())
    match = _PARTS.fullmatch(folded)
    return match[1] + (match[2].lstrip("0") or "0") if match else folded
