"""A random sample that anybody can draw again: the same contacts on any machine and in any order of rows.

Chance comes from SHA-256 over seed, month and the contact itself, so that a contact's place in the draw depends on
nothing else. Agents first, then the channels of each agent, get their share of the sample by their share of the
contacts (stratified sampling with proportional allocation; Cochran, Sampling Techniques, chapter 5).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from csctl.core.frames.frame import Frame, records
from csctl.core.people.roster import row_place
from csctl.money import apportion
from csctl.month import Month
from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of an agent. Texts are "" where the export has none."""

    agent_id: str
    channel: str
    interaction_id: str
    customer_id: str
    topic: str
    started_at: datetime
    place: Place

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it this contact, wherever it was read: its number, or agent, moment and customer."""
        if self.interaction_id:
            return self.agent_id, self.interaction_id
        return self.agent_id, self.started_at.isoformat(), self.customer_id, self.channel


@dataclass(frozen=True, slots=True)
class Sample:
    """The contacts drawn, by agent, channel and time, and how many each agent had and how many were drawn."""

    seed: str
    contacts: tuple[Contact, ...]
    population: Mapping[str, int]
    drawn: Mapping[str, int]


Share = Callable[[Mapping[str, int]], Mapping[str, int]]
"""How many to draw of each agent, by the number of contacts of each."""


def contacts_of(frame: Frame, month: Month, channels: Iterable[str] = ()) -> list[Contact]:
    """The month's contacts that a person answered, each once; only those of some channels, if any are named.

    ``frame`` are credited rows of ``interactions``; rows with the same number are one contact.
    """
    wanted = frozenset(channels)
    found: dict[tuple[str, ...], Contact] = {}
    for row in records(frame):
        if row["month"] != str(month) or row["answered"] is False or row["abandoned"]:
            continue
        contact = Contact(
            agent_id=row["agent"],
            channel=row["channel"] or "",
            interaction_id=row["interaction_id"] or "",
            customer_id=row["customer_id"] or "",
            topic=row["topic"] or "",
            started_at=row["started_at"],
            place=row_place(row),
        )
        if not wanted or contact.channel in wanted:
            known = found.setdefault(contact.key, contact)
            found[contact.key] = min(known, contact, key=_order)
    return sorted(found.values(), key=_order)


def proportional(size: int) -> Share:
    """So many in all, each agent by share, at least one where the size allows."""
    return lambda population: allocate(size, population)


def equal(each: int) -> Share:
    """So many of each agent, or all there are."""
    return lambda population: {agent: min(each, count) for agent, count in population.items()}


def draw_sample(contacts: Sequence[Contact], share: Share, seed: str, month: Month) -> Sample:
    """Draw from every agent, and from every channel of each."""
    population = Counter(one.agent_id for one in contacts)
    wanted = share(population)
    drawn: list[Contact] = []
    for agent, size in wanted.items():
        own = [one for one in contacts if one.agent_id == agent]
        by_channel = allocate(size, Counter(one.channel for one in own))
        for channel, count in by_channel.items():
            there = sorted((one for one in own if one.channel == channel), key=lambda one: _chance(one, seed, month))
            drawn += there[:count]
    counts = {agent: wanted[agent] for agent in sorted(population)}
    return Sample(seed, tuple(sorted(drawn, key=_order)), dict(sorted(population.items())), counts)


def allocate(size: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Split a sample by the sizes of its strata: none gets more than it has, each at least one where that is possible.

    A stratum whose share would be less than one gets one, and the others share what is left; what does not come out
    even goes to the largest remainders. With fewer places than strata, the largest remainders alone decide.
    """
    size = min(size, sum(sizes.values()))
    if size < len(sizes):
        return apportion(size, sizes)
    small: set[str] = set()
    while True:
        left = {name: count for name, count in sizes.items() if name not in small}
        places, whole = size - len(small), sum(left.values())
        smaller = {name for name, count in left.items() if places * count < whole}
        if not smaller:
            return dict.fromkeys(small, 1) | apportion(places, left)
        small |= smaller


def _order(contact: Contact) -> tuple[object, ...]:
    place = contact.place
    where = (place.file, place.sheet, place.row or 0)
    return (contact.agent_id, contact.channel, contact.started_at, contact.interaction_id, contact.customer_id, where)


def _chance(contact: Contact, seed: str, month: Month) -> tuple[str, tuple[str, ...]]:
    text = "\x1f".join((seed, str(month), *contact.key))
    return hashlib.sha256(text.encode()).hexdigest(), contact.key
