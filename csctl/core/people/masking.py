"""Staff numbers for a notice board: whoever knows the own number finds it, nobody reads off a colleague's (W-08)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase

HIDDEN = "**"
"""Stands for everything hidden, however long: the length of a number says nothing."""


def masked_ids(agent_ids: Iterable[str], salt: str) -> dict[str, str]:
    """A masked form for each id, unique among them: ``00127`` is ``00**7``.

    At most the first two characters and the last are shown, and two at least are hidden. Where several ids would look
    the same, each gets a letter: ``0**1-a``, ``0**1-b``, in an order that depends on ``salt`` (the month, say) and not
    on the ids' own order. This keeps numbers off a notice board; it is no secret from somebody who has all of them.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for agent_id in sorted(set(agent_ids)):
        alike[_masked(agent_id)].append(agent_id)
    masks: dict[str, str] = {}
    for mask, ids in alike.items():
        drawn = sorted(ids, key=lambda agent_id: (_lot(agent_id, salt), agent_id))
        masks |= {agent_id: f"{mask}-{_letters(at)}" if len(ids) > 1 else mask for at, agent_id in enumerate(drawn)}
    return masks


def _masked(agent_id: str) -> str:
    shown = min(max(len(agent_id) - 2, 0), 3)
    first, last = agent_id[: (shown + 1) // 2], agent_id[-1:] if shown > 1 else ""
    return f"{first}{HIDDEN}{last}"


def _lot(agent_id: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{agent_id}".encode("utf-8", "surrogatepass")).hexdigest()


def _letters(at: int) -> str:
    """a … z, aa, ab …"""
    before = _letters(at // 26 - 1) if at >= 26 else ""
    return before + ascii_lowercase[at % 26]
