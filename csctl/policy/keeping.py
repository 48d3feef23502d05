"""What follows from a policy or a part of one alone, kept for those who ask again: neither changes once it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Generic, TypeVar

from csctl.policy.parts import Part

P = TypeVar("P", bound=Part)
R = TypeVar("R")
POLICIES = 8
"""So many policies are at hand: that of a month, those of the months before it, and one that is tried."""
PARTS = 512
"""So many parts of them."""


@dataclass(frozen=True, slots=True)
class _Same(Generic[P]):
    """A part as a key: the same one, not one that is equal; comparing two takes longer than most answers."""

    part: P

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.part is self.part

    def __hash__(self) -> int:
        return id(self.part)


def kept(most: int = POLICIES) -> Callable[[Callable[[P], R]], Callable[[P], R]]:
    """A function that works its answer out once for each of the last ``most`` it was asked about.

    Nobody may change what it answers.
    """

    def keeping(function: Callable[[P], R]) -> Callable[[P], R]:
        @lru_cache(maxsize=most)
        def of(same: _Same[P]) -> R:
            return function(same.part)

        @wraps(function)
        def asked(part: P) -> R:
            return of(_Same(part))

        return asked

    return keeping
