"""Scores out of different full scores, brought to the one that a term counts in.

A term with ``out_of`` reads each score as a part of its row's ``full_score``: 80 of 100 is 4 of 5. What comes out keeps
the places that scores are stored with, HALF_UP. A row that names no full score stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from csctl.core.frames.columns import declared_column, scale_of
from csctl.core.frames.frame import Frame
from csctl.money import exact
from csctl.policy.parts import FULL_SCORE, SCORE, Number, Term


def converted_name(out_of: Number) -> str:
    """The column that holds the scores brought to this full score, for the time of a computation."""
    return f"{SCORE} of {out_of.normalize():f}"


def columns_meant(term: Term) -> dict[str, str]:
    """Which column stands for which one in the tests and the aggregate of a term."""
    return {} if term.out_of is None else {SCORE: converted_name(term.out_of)}


def with_converted(frame: Frame, terms: Iterable[Term]) -> Frame:
    """The frame, its columns as whole numbers already, with the converted scores that these terms work on."""
    wanted = {converted_name(term.out_of): term for term in terms if term.out_of is not None}
    return frame.with_columns(*[_converted(term).alias(name) for name, term in wanted.items()]) if wanted else frame


def _converted(term: Term) -> nw.Expr:
    """score × out_of ÷ full_score in whole numbers of the smallest unit; halves away from zero, as HALF_UP does."""
    best = exact(term.out_of or 1)
    score, full = nw.col(SCORE), nw.col(FULL_SCORE)
    size = (
        nw.when(score < 0).then(-score).otherwise(score) * best.numerator * scale_of(declared_column(term.table, SCORE))
    )
    parts = nw.when(full > 0).then(full) * best.denominator
    rounded = (2 * size + parts) // (2 * parts)
    signed = nw.when(score < 0).then(-rounded).otherwise(rounded)
    return nw.when(full > 0).then(signed).otherwise(score)
