"""What a score line shows after a decision: only what was decided moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.money import exact, round_half_up, round_together


@dataclass(frozen=True, slots=True)
class ShownScore:
    """The exact contributions of an agent's lines, and as they are shown; the shown ones sum to the shown score."""

    parts: Mapping[str, Fraction]
    shown: Mapping[str, Decimal]

    @classmethod
    def of(cls, parts: Mapping[str, Fraction], decimals: int) -> ShownScore:
        """Rounded together, as a month without decisions shows them."""
        return cls(parts, round_together(parts, decimals))


def shown_after(before: ShownScore, parts: Mapping[str, Fraction], decimals: int) -> dict[str, Decimal]:
    """The contributions once decisions have changed some parts.

    A part that did not change shows what it showed before, even where rounding everything anew would move it by its
    last place. The changed ones share what is left to the exact total, rounded once: each is less than three units of
    the last place from its own exact value.
    """
    kept = {key: before.shown[key] for key, part in parts.items() if before.parts.get(key) == part}
    moved = {key: part for key, part in parts.items() if key not in kept}
    if not moved:
        return kept
    total = round_half_up(sum(parts.values(), Fraction(0)), decimals)
    left = exact(total) - sum((exact(part) for part in kept.values()), Fraction(0))
    each = (left - sum(moved.values(), Fraction(0))) / len(moved)
    return kept | round_together({key: part + each for key, part in moved.items()}, decimals)
