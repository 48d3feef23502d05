"""Canonical figures counted from cell texts, as a daily attendance sheet needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from csctl.headers import Header, key_of
from csctl.money import round_half_up
from csctl.readers.mapping.layout import Row
from csctl.readers.mapping.rows import cell_at
from csctl.readers.mapping.source import DeriveRule
from csctl.readers.mapping.values import is_empty, text_of
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
        texts = [text_of(cell) for cell in cells if not is_empty(cell)]
        for text in texts:
            if text not in memo:
                memo[text] = _counts(text, rule)
        hits = sum(memo[text] for text in texts)
        figure = round_half_up(rule.weight * (min(hits, 1) if rule.when_any else hits), DECIMALS[kind])
        found.append(int(figure) if kind is Kind.COUNT else figure)
    return found
