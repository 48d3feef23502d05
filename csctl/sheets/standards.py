"""How an indicator is judged, in words: the policy's own, or what its bands say."""

from __future__ import annotations

from decimal import Decimal

from csctl.messages.grammar import clauses, joined_parts
from csctl.messages.units import unit_word
from csctl.policy.model import Policy
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Band, Indicator
from csctl.sheets.words import sheet_word


def standard_of(policy: Policy, indicator: Indicator, language: str) -> str:
    """The standard as the policy words it; without words, its bands or its line; empty where a rater judges."""
    if indicator.standard or indicator.measure is None:
        return indicator.standard
    declared = named_figures(policy).get(indicator.measure)
    unit = declared.unit if declared else ""
    if indicator.linear is not None:
        edges = (figure_with_unit(edge, unit, language) for edge in (indicator.linear.zero, indicator.linear.full))
        return sheet_word("standard-linear", language, **dict(zip(("zero", "full"), edges, strict=True)))
    own = [band for band in indicator.bands if band.measure in (None, indicator.measure)]
    return clauses((_band_said(band, unit, language) for band in own), language) if own == indicator.bands else ""


def _band_said(band: Band, unit: str, language: str) -> str:
    marks = (
        ("≥", band.at_least), (">", band.above), ("≤", band.at_most), ("<", band.below), ("=", band.equals)
    )  # fmt: skip
    edges = [f"{mark} {figure_with_unit(edge, unit, language)}" for mark, edge in marks if edge is not None]
    if not edges:
        return sheet_word("standard-otherwise", language, level=band.level)
    return sheet_word("standard-band", language, edges=joined_parts(edges, language), level=band.level)


def figure_with_unit(value: Decimal, unit: str, language: str) -> str:
    """A figure as people write it, with its unit behind it."""
    number = f"{value.normalize():,f}" if value else "0"
    gap = "" if language == "zh" or unit == "%" else " "
    return f"{number}{gap}{unit_word(unit, language, value)}".strip()
