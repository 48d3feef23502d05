"""Canonical figures counted from cell texts, as a daily attendance sheet needs them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.headers import Header, key_of
from csctl.money import round_half_up
from csctl.readers.columns.layout import Row
from csctl.readers.columns.rows import cell_at
from csctl.readers.columns.source import DeriveRule
from csctl.readers.columns.values import Value, cell_as_text, is_empty
from csctl.tables import DECIMALS, Kind


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(key_of(part)) for part in name.split("*")))


def derived_headers(rule: DeriveRule, headers: Sequence[Header]) -> list[Header]:
    """The headers a rule looks at. A pattern may be written as ``组/列``, as both run together, or as ``列``."""
    patterns = [_pattern(name) for name in rule.headers]
    return [
        header
        for header in headers
        if any(
            pattern.fullmatch(name)
            for pattern in patterns
            for name in (header.path, f"{header.group}{header.key}", header.key)
        )
    ]


def _counts(text: str, rule: DeriveRule) -> bool:
    if any(part in text for part in rule.lacks):
        return False
    return not rule.contains or any(part in text for part in rule.contains)


def derive_column(
    rule: DeriveRule, headers: Sequence[Header], rows: Sequence[Row], kind: Kind
) -> list[Decimal | int | None]:
    """One figure per row: the weight times the number of matching cells among ``headers``; None without headers."""
    if not headers:
        return [None] * len(rows)
    found: list[Decimal | int | None] = []
    memo: dict[str, bool] = {}
    for row in rows:
        cells = [cell_at(row, header.column) for header in headers]
        texts = [cell_as_text(cell) for cell in cells if not is_empty(cell)]
        for text in texts:
            if text not in memo:
                memo[text] = _counts(text, rule)
        hits = sum(memo[text] for text in texts)
        figure = round_half_up(rule.weight * (min(hits, 1) if rule.when_any else hits), DECIMALS[kind])
        found.append(int(figure) if kind is Kind.COUNT else figure)
    return found


def counting_nothing(
    rule: DeriveRule, counted: Sequence[Decimal | int | None], columns: Mapping[str, Sequence[Value]]
) -> list[Decimal | int | None]:
    """The figures, 0 in rows in which one of the columns of ``rule.unless`` has 1 or more: a day absent misses no
    punch.
    """
    found = list(counted)
    for name in rule.unless:
        for at, value in enumerate(columns.get(name, ())):
            if isinstance(value, int | Decimal) and value >= 1 and found[at] is not None:
                found[at] = 0
    return found


@dataclass(frozen=True, slots=True)
class ComparedCounts:
    """A column that the file has and that was counted too: its values, and where the two differ, as (index, the
    file's, counted).
    """

    values: Sequence[Value]
    differing: Sequence[tuple[int, Decimal | int, Decimal | int]]


def compare_counts(rule: DeriveRule, own: Sequence[Value], counted: Sequence[Decimal | int | None]) -> ComparedCounts:
    """The file's figures, those counted where it has none."""
    both = list(zip(own, counted, strict=True))
    differing = [
        (at, said, count)
        for at, (said, count) in enumerate(both)
        if isinstance(said, int | Decimal) and count is not None and said != count
        if count > said or rule.check == "both"
    ]
    return ComparedCounts([count if said is None else said for said, count in both], differing)
