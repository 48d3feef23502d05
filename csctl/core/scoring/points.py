"""From a value or a level to points: bands, a line, or the value itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.money import exact
from csctl.policy.model import Policy
from csctl.policy.scoring import Band, Indicator
from csctl.rating_words import rating_in
from csctl.words import answer_on_scale, same_word

FULL = Decimal(100)
"""Points of a perfect indicator, unless it is scored out of something else."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Points:
    """What a value earned: exact points and, where there are steps, the level."""

    points: Fraction
    level: str


def out_of(indicator: Indicator) -> Decimal:
    """The points of a perfect result."""
    return indicator.out_of or FULL


def points_of_level(policy: Policy, indicator: Indicator, level: str) -> Points | None:
    """Points of a level named by a rater: those of the indicator's band, else those of the scale.

    The scale's points are out of 100; an indicator that is out of something else gets the same part of it.
    """
    word = same_word(level)
    for band in indicator.bands:
        if band.points is not None and same_word(band.level) == word:
            return Points(exact(band.points), band.level)
    name = next((one for one in policy.scale if same_word(one) == word), None)
    if name is None:
        return None
    return Points(exact(policy.scale[name]) * exact(out_of(indicator)) / exact(FULL), name)


def points_of_value(
    policy: Policy, indicator: Indicator, value: Decimal, other: Callable[[str], Decimal | None]
) -> Points | None:
    """Points of a number. ``other`` gives the agent's value of another measure that a band tests.

    None if the number fits nowhere: no band holds, or it lies outside 0 … ``out_of``.
    """
    if indicator.linear is not None:
        zero, full = exact(indicator.linear.zero), exact(indicator.linear.full)
        part = (exact(value) - zero) / (full - zero)
        return Points(min(max(part, Fraction(0)), Fraction(1)) * exact(FULL), "")
    if indicator.out_of is not None:
        return Points(exact(value), "") if 0 <= value <= indicator.out_of else None
    band = first_band(indicator.bands, value, other)
    return None if band is None else _points_of_band(policy, band)


def first_band(bands: list[Band], value: Decimal | None, other: Callable[[str], Decimal | None]) -> Band | None:
    """The first band that holds. A band on a measure without value does not hold."""
    for band in bands:
        tested = value if band.measure is None else other(band.measure)
        if tested is not None and band.holds(tested):
            return band
    return None


def _points_of_band(policy: Policy, band: Band) -> Points:
    points = band.points if band.points is not None else policy.scale[band.level]
    return Points(exact(points), band.level)


def points_of_text(
    policy: Policy, indicator: Indicator, text: str, values: Mapping[str, Decimal | None]
) -> Points | None:
    """Points of what a rater wrote: a level by name, a number, or full and none for a yes and no that are no levels.

    ``4/5`` and ``★★★★`` are numbers where the indicator is out of as many.
    """
    named = points_of_level(policy, indicator, text)
    rated = rating_in(text)
    if rated is not None and rated.full == out_of(indicator):
        text = f"{rated.points:f}"
    if named is not None or not _NUMBER.fullmatch(text):
        return named or _answer(indicator, text)
    number = Decimal(text)
    if indicator.measure is None and (indicator.bands or indicator.linear or indicator.out_of):
        return points_of_value(policy, indicator, number, values.get)
    return Points(exact(number), "") if 0 <= number <= out_of(indicator) else None


def _answer(indicator: Indicator, text: str) -> Points | None:
    answer = answer_on_scale(text)
    return None if answer is None else Points(exact(out_of(indicator)) if answer else Fraction(0), text)
