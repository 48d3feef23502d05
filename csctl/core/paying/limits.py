"""What is cut of several amounts, in whole cents, so that they come to no more than they may."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.money import apportion


def above_each(cents: Mapping[str, int], most: int) -> dict[str, int]:
    """What each has above the limit; nothing of whoever has none."""
    return {key: own - most for key, own in cents.items() if own > most}


def above_together(cents: Mapping[str, int], most: int) -> dict[str, int]:
    """What is cut of each so that all come to exactly the limit; nothing where they come to no more.

    In proportion to what is there, to the cent: who has more keeps no less. What is below nothing is not cut, and
    leaves as much more to the others.
    """
    excess = sum(cents.values()) - most
    if excess <= 0:
        return {}
    there = {key: own for key, own in cents.items() if own > 0}
    kept = apportion(sum(there.values()) - excess, there)
    return {key: own - kept[key] for key, own in there.items() if own > kept[key]}
