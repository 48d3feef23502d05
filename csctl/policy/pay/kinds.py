"""The kinds of pay lines, each once."""

from __future__ import annotations

from typing import Literal, get_args

PayKind = Literal[
    "base", "unworked", "overtime", "allowance", "performance", "commission", "piece", "draw", "guarantee", "bonus",
    "award", "cut", "manual", "compensation", "fine", "rounding", "correction",
]  # fmt: skip
PAY_KINDS: tuple[PayKind, ...] = get_args(PayKind)
"""Order in which pay lines stand on a slip. A cut is what lies above a limit; a correction settles a closed month in
the open one.
"""

VariableKind = Literal["performance", "commission", "piece", "bonus", "award"]
"""What results make, and what may be limited."""
VARIABLE_KINDS: tuple[VariableKind, ...] = get_args(VariableKind)

WageKind = Literal["base", "performance", "commission", "piece", "draw", "guarantee", "bonus", "award"]
"""Wage for normal working time; overtime pay and allowances for its conditions come on top of a minimum wage."""
WAGE_KINDS: tuple[WageKind, ...] = get_args(WageKind)
EarnedKind = Literal[
    "base", "unworked", "overtime", "allowance", "performance", "commission", "piece", "draw", "bonus", "award"
]  # fmt: skip
"""What a guarantee may look at."""
TOPPING_KINDS: frozenset[PayKind] = frozenset({"draw", "guarantee"})
"""What rests on the lines of other kinds, and on earlier months."""
_OF_THE_MONTH = {*TOPPING_KINDS, "base", "bonus", "cut", "manual", "rounding", "correction"}
FOLLOWING: frozenset[PayKind] = frozenset(PAY_KINDS) - _OF_THE_MONTH
"""Kinds that hang on an agent's own figures; a pool moves with every score."""
