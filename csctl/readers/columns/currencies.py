"""Amounts in other currencies: their figures count as they stand, and that is said once per column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.amounts import foreign_sign
from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell
from csctl.words import FOREIGN_MONEY, fold

_BETWEEN = re.compile(r"[\s_\-/()\[\]{}【】·|:,.*]+")
_IN_CHINESE = tuple(sorted(word for word in FOREIGN_MONEY if not word.isascii() and word.isalpha()))


def foreign_money(distinct: Iterable[Cell], place: Place, header: str) -> list[Problem]:
    """A warning if the header or cells of a column carry signs of other currencies; it names the signs."""
    signs = dict.fromkeys(sign for cell in distinct if (sign := foreign_sign(cell)))
    return said_of(sorted({*signs, *currencies_named(header)}), place, header)


def said_of(signs: Iterable[str], place: Place, header: str) -> list[Problem]:
    """The warning that amounts are of these currencies."""
    found = tuple(signs)
    return [problem("money-foreign-sign", place.at(column=header), found, column=header)] if found else []


def currencies_named(header: str) -> list[str]:
    """The other currencies that a header names: ``Amount (USD)``, ``销售额（美元）``, ``GMV $``."""
    words = [word for word in _BETWEEN.split(narrow(header)) if word]
    return list(filter(is_foreign, words)) or [word[-2:] for word in words if word.endswith(_IN_CHINESE)]


def is_foreign(word: str) -> bool:
    """Whether a text is the name or sign of another currency."""
    return fold(word) in FOREIGN_MONEY
