"""File names for people's sheets: readable, harmless on every system, and never the same for two people."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

_LONGEST_ID, _LONGEST_NAME = 24, 26
_KEPT = "-·."
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
)


def safe_name(agent_id: str, name: str) -> str:
    """``<id>_<name>`` without an ending, at most 60 characters, usable as a file name on Windows, macOS and Linux.

    Letters and digits of all scripts stay; everything else becomes a dash; no dot or dash stands at an end.
    Two people may get the same name: see ``safe_names``.
    """
    parts = [_slug(agent_id, _LONGEST_ID), _slug(name, _LONGEST_NAME)]
    joined = "_".join(part for part in parts if part) or _mark(agent_id)
    return f"{joined}_" if joined.partition(".")[0].casefold() in _RESERVED else joined


def safe_names(people: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """File names by id for pairs of id and name; whoever would share one gets eight digits of the id's hash added.

    Names are the same where file systems say so: whatever the case, and however accents are written. The names do
    not depend on the order of the people.
    """
    plain = {agent_id: safe_name(agent_id, name) for agent_id, name in people}
    seen = Counter(_folded(name) for name in plain.values())
    return {key: name if seen[_folded(name)] == 1 else f"{name}_{_mark(key)}" for key, name in plain.items()}


def _slug(text: str, longest: int) -> str:
    kept = "".join(_kept(character) for character in unicodedata.normalize("NFC", text))
    while "--" in kept or ".." in kept:
        kept = kept.replace("--", "-").replace("..", ".")
    return unicodedata.normalize("NFC", kept.strip("-. ")[:longest]).strip("-.")


def _kept(character: str) -> str:
    if character in _KEPT or unicodedata.category(character)[0] in "LNM":
        return character
    return "" if unicodedata.category(character)[0] == "C" else "-"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _mark(agent_id: str) -> str:
    return hashlib.sha256(agent_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
