"""Amounts in other currencies: their figures count as they stand, and that is said once per column."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.values import foreign_sign
from csctl.readers.grid import Cell


def foreign_money(distinct: Iterable[Cell], place: Place, header: str) -> list[Problem]:
    """A warning if cells of a column carry signs of other currencies; it names the signs."""
    signs = dict.fromkeys(sign for cell in distinct if (sign := foreign_sign(cell)))
    if not signs:
        return []
    return [problem("money-foreign-sign", place.at(column=header), tuple(sorted(signs)), column=header)]
