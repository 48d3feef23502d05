"""One cell of a wide table of figures: seconds for a length of time, a share for a percentage, else the number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from csctl.headers import Header
from csctl.money import round_half_up
from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import Parsed, Parser, by_mark, memoized, parser_for, time_unit, translating
from csctl.readers.columns.durations import SECONDS_OF, parse_seconds
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.looks import is_time
from csctl.readers.columns.values import (
    IN_FIGURES,
    PARTS,
    THOUSANDS,
    CellFault,
    counted_number,
    exact_number,
    is_early,
    is_empty,
    narrow,
    plain_figure,
    says_scale,
    with_leading_minus,
)
from csctl.readers.grid import Cell
from csctl.tables import DECIMALS, Kind
from csctl.unit_words import STATE_WORDS, TIME_WORDS, names_length
from csctl.words import UNITS

VALUE = "value"
"""The column of what a metric came to."""
_SCALE = {"%": Decimal("0.01"), "percent": Decimal("0.01"), "‰": Decimal("0.001"), **THOUSANDS}
_BEHIND = {"%": ("%", "％", "百分比"), "‰": tuple(sorted(UNITS["‰"]))}
_LEAST_SHARE = 3
"""One figure in so many filled cells makes a column one of figures."""
_DECIMALS = DECIMALS[Kind.NUMBER]
_MARK_INSIDE = re.compile(r"[0-9][., '][0-9]")
_FIGURE_LIKE = re.compile(rf"[^0-9]{{0,4}}[0-9][{IN_FIGURES}]*[^0-9]{{0,4}}")


def own_unit(header: Header) -> str:
    """The time unit of a header's figures, in brackets or at its end; "" if it names none.

    ``分`` and ``天`` count time only where the name speaks of time, or is a state such as 小休.
    """
    timed = any(word in header.key for word in TIME_WORDS) or header.key.endswith(STATE_WORDS)
    timed = timed or names_length(header.key)
    if header.unit in {"分", "days"} and not timed:
        return ""
    return time_unit(Kind.SECONDS, header.unit) or time_unit(Kind.SECONDS, header.of_time)


def parts_said(header: Header) -> str:
    """Into what parts bare numbers divide the whole, by the header: ``满意率(%)``, ``差错率‰``; or ""."""
    if header.unit in PARTS:
        return header.unit
    return next((sign for sign, words in _BEHIND.items() if header.key.endswith(words)), "")


def is_length(cell: Cell) -> bool:
    """Whether a text can only be a length of time: ``1小时2分30秒`` and ``0:02:30``, but not ``37分``."""
    if not isinstance(cell, str) or not isinstance(counted_number(cell), CellFault):
        return False
    return isinstance(parse_money(cell), CellFault) and isinstance(parse_seconds(cell), Decimal)


def has_marks(cell: Cell) -> bool:
    """Whether a text is a number with marks inside: ``1 234.50``, ``95,3%``, ``1.5k``; ``1组`` and days are none."""
    text = plain_figure(narrow(cell)) if isinstance(cell, str) else ""
    return bool(_FIGURE_LIKE.fullmatch(text) and _MARK_INSIDE.search(text))


def _is_figure_like(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_FIGURE_LIKE.fullmatch(plain_figure(narrow(cell)))) or is_time(cell)
    return not is_empty(cell) and not isinstance(cell, bool)


def figure_kind(header: Header, counts: Mapping[Cell, int]) -> Kind:
    """What a column of figures without a canonical name holds: lengths of time, other numbers, or words.

    ``counts``: how often each distinct cell stands there. A header that names a length of time, as 平均响应时长 or AHT,
    heads lengths unless its cells are shares or amounts.
    """
    filled = {cell: count for cell, count in counts.items() if not _is_nothing(cell)}
    if sum(count for cell, count in filled.items() if _is_figure_like(cell)) * _LEAST_SHARE < sum(filled.values()):
        return Kind.TEXT
    if own_unit(header) or header.clock or any(map(_shows_length, filled)):
        return Kind.SECONDS
    named = names_length(header.key) and not header.unit
    other = any(isinstance(cell, str) and set(narrow(cell)) & set("%‰¥￥$€£元") for cell in filled)
    return Kind.SECONDS if named and not other else Kind.NUMBER


def _is_nothing(cell: Cell) -> bool:
    """An empty cell, or one that says that there is no figure: ``/``."""
    return is_empty(cell) or (isinstance(cell, str) and exact_number(cell) is None)


def _shows_length(cell: Cell) -> bool:
    # Beyond a day a time is kept as one of the first days that a workbook knows.
    beyond = isinstance(cell, datetime) and is_early(cell) and cell.time() != time()
    return isinstance(cell, (time, timedelta)) or beyond or is_length(cell)


def figure_parser(forms: Forms, kind: Kind, header: Header) -> Parser:
    """How the cells of a column of figures are read that was decided to be read so.

    A unit decides for bare numbers: ``(分钟)`` multiplies by 60, ``(%)`` divides by 100. Beside ``1小时2分30秒`` is
    ``37分`` a length of time, too.
    """
    if kind is Kind.SECONDS and (forms.unit in SECONDS_OF or forms.dotted):
        return by_mark(_length_parser, forms)
    scale = _SCALE.get(forms.unit or header.unit or parts_said(header), Decimal(1))
    lengths = kind is Kind.SECONDS
    return by_mark(lambda told: partial(_parse, forms=replace(told, unit=""), scale=scale, lengths=lengths), forms)


def bound_parser(binding: Binding, forms: Forms) -> Parser:
    """How the cells of a bound column are read. The value of a metric is read by its header and its cells as one is
    that becomes a metric by its header: a rate as a share, a length of time in seconds. Days are days.
    """
    if (binding.column.name, binding.column.kind) != (VALUE, Kind.NUMBER):
        return parser_for(binding, forms)
    named = forms.unit if binding.rule.unit or forms.unit != "days" else ""
    kind = Kind.SECONDS if named in SECONDS_OF else Kind.NUMBER
    return memoized(translating(figure_parser(replace(forms, unit=named), kind, binding.headers[0]), binding.rule))


def _length_parser(forms: Forms) -> Parser:
    return lambda cell: _rounded(parse_seconds(cell, forms))


def _rounded(found: Parsed) -> Parsed:
    return round_half_up(found, _DECIMALS) if isinstance(found, Decimal) else found


def _parse(cell: Cell, forms: Forms, scale: Decimal, lengths: bool) -> Parsed:
    if isinstance(cell, (date, time, timedelta)) and (lengths or not isinstance(cell, date)):
        return _rounded(parse_seconds(cell, forms))
    found = exact_number(cell, forms)
    scale = Decimal(1) if says_scale(cell) else scale
    if not isinstance(found, CellFault) or not isinstance(cell, str):
        return _rounded(found * scale if isinstance(found, Decimal) else found)
    text = with_leading_minus(narrow(cell))
    part = PARTS.get(text[-1:])
    if part:
        share = exact_number(text[:-1].rstrip(), forms)
        return _rounded(share / part) if isinstance(share, Decimal) else CellFault("value-not-a-number")
    return _rounded(_in_words(cell, forms, scale, lengths, found))


def _in_words(cell: str, forms: Forms, scale: Decimal, lengths: bool, fault: CellFault) -> Parsed:
    """A figure with a counting word, a currency or a unit of time, whichever the column lets come first."""
    as_length: Parsed = parse_seconds(cell, forms)
    if lengths and isinstance(as_length, Decimal):
        return as_length
    parsers: tuple[Callable[[Cell, Forms], Parsed], ...] = (counted_number, parse_money)
    for parse in parsers:
        found = parse(cell, forms)
        if isinstance(found, Decimal):
            return found * scale
    if isinstance(as_length, Decimal):
        return as_length
    ambiguous = isinstance(as_length, CellFault) and as_length.code == "value-duration-ambiguous"
    return as_length if ambiguous else fault
