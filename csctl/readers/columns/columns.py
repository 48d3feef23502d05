"""A column of cells as typed values, each distinct cell parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from decimal import Decimal
from functools import cache, partial

from csctl.money import exact, round_half_up
from csctl.month import Month
from csctl.readers.columns import amounts, identifiers, values
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.dates import OPEN_END, is_open_end, parse_date, parse_moment
from csctl.readers.columns.durations import SECONDS_OF, parse_seconds
from csctl.readers.columns.forms import LOCAL, PLAIN, Forms
from csctl.readers.columns.orders import order_in
from csctl.readers.columns.ratings import is_score, parse_rating
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.values import CellFault, Value, cell_as_text, narrow
from csctl.readers.grid import Cell, Shown
from csctl.tables import DECIMALS, Kind
from csctl.words import DURATIONS, EMPTY, UNITS, any_word_pattern, same_word

Parsed = Value | CellFault
Parser = Callable[[Cell], Parsed]

_HALF_A_DAY = re.compile(r"(?:上午|下午)?\s*(?:半天|半日|半个工作日)|half\s*(?:a\s*)?day", re.IGNORECASE)
_HOURS = re.compile(rf"([0-9.,]+)\s*(?:{any_word_pattern(UNITS['hours'])})", re.IGNORECASE)
_IN_PARTS = re.compile(
    r"\s*".join(
        rf"(?:(?P<{unit}>[0-9]+(?:\.[0-9]+)?)\s*(?:{any_word_pattern(DURATIONS[unit])}))?"
        for unit in ("days", "hours", "minutes")
    ),
    re.IGNORECASE,
)
_DAYLESS = CellFault("value-time-without-date")
_PER_DAY = {"days": 1, "hours": 8, "minutes": 480}


_REMEMBERED = 50_000
"""So many distinct cells are kept: a column with more of them seldom says one twice."""


def memoized(parse: Parser) -> Parser:
    """The same parser, remembering what each distinct cell became: files have hundreds of thousands of rows."""
    memo: dict[object, Parsed] = {}

    def remembered(cell: Cell) -> Parsed:
        # 1, 1.0 and True are equal keys and different cells.
        key: object = cell if cell.__class__ is str else (cell.__class__, cell)
        try:
            return memo[key]
        except KeyError:
            if len(memo) >= _REMEMBERED:
                memo.clear()
            return memo.setdefault(key, parse(cell))

    return remembered


def time_unit(kind: Kind, unit: str) -> str:
    """The unit of a duration column as ``parse_seconds`` wants it; ``分`` counts as minutes there. "" if none."""
    unit = "minutes" if unit == "分" and kind is Kind.SECONDS else unit
    return unit if unit in SECONDS_OF else ""


def _parse_days(cell: Cell, forms: Forms = PLAIN) -> Parsed:
    unit = forms.unit
    if isinstance(cell, str) and _HALF_A_DAY.fullmatch(narrow(cell)):
        return Decimal("0.5")
    parts = _IN_PARTS.fullmatch(narrow(cell)) if isinstance(cell, str) else None
    if parts and any(parts.groups()):
        told = (exact(Decimal(part)) / _PER_DAY[name] for name, part in parts.groupdict().items() if part)
        return round_half_up(sum(told, exact(Decimal(0))), DECIMALS[Kind.NUMBER])
    hours = _HOURS.fullmatch(narrow(cell)) if isinstance(cell, str) else None
    cell, unit = (hours[1], "hours") if hours else (cell, unit)
    number = values.counted_number(cell, forms)
    if not isinstance(number, Decimal):
        return number
    return round_half_up(exact(number) / _PER_DAY.get(unit, 1), DECIMALS[Kind.NUMBER])


def named_days(name: str) -> bool:
    """Whether a column of numbers is one of days."""
    return name == "days" or name.endswith("_days")


def _unit_of(binding: Binding) -> str:
    """What the rule says; else what the header does."""
    header = binding.headers[0] if binding.headers else None
    named, of_time = (header.unit, header.of_time) if header else ("", "")
    said = (binding.rule.unit or "").replace("percent", "%")
    kind = binding.column.kind
    if kind is Kind.SECONDS:
        return time_unit(kind, said) or time_unit(kind, named) or time_unit(kind, of_time)
    if kind is Kind.NUMBER and named_days(binding.column.name):
        named = named or of_time
    return said or ("" if named == "count" else named)


def forms_of(binding: Binding, zone: tzinfo = LOCAL, near: Month | None = None, epoch_1904: bool = False) -> Forms:
    """How the cells of a bound column are read, as its rule and its header say."""
    keys = "".join(header.key for header in binding.headers)
    order = order_in(binding.rule.format or "")
    return Forms(
        unit=_unit_of(binding),
        pattern="" if order else binding.rule.format or "",
        order=order,
        month_only="月" in keys or "month" in keys,
        epoch_1904=epoch_1904,
        near=near,
        zone=zone,
    )


def _parser(binding: Binding, forms: Forms) -> Parser:
    name, kind = binding.column.name, binding.column.kind
    if kind is Kind.NUMBER and named_days(name):
        return partial(_parse_days, forms=forms)
    if kind is Kind.NUMBER and binding.rule.unit in SECONDS_OF:
        # A figure that is a length of time counts in seconds, as every one does that becomes a metric by its header.
        return partial(parse_seconds, forms=forms)
    if binding.column.as_written:
        return values.parse_as_written
    if kind is Kind.TEXT and name == "agent_name":
        return identifiers.parse_name
    if kind is Kind.DATE:
        last = {"left_on": None, "ends_on": OPEN_END}
        return _with_open_end(forms, last[name]) if name in last else partial(parse_date, forms=forms)
    if kind is Kind.ID and binding.rule.digits:
        return partial(identifiers.parse_padded_id, digits=binding.rule.digits)
    parsers: dict[Kind, Parser] = {
        Kind.TEXT: values.parse_text,
        Kind.ID: identifiers.parse_id,
        Kind.FLAG: values.parse_flag,
        Kind.COUNT: partial(values.parse_count, forms=forms),
        Kind.NUMBER: partial(parse_rating if is_score(binding.column) else values.parse_number, forms=forms),
        Kind.RATIO: partial(values.parse_ratio, forms=forms),
        Kind.SECONDS: partial(parse_seconds, forms=forms),
        Kind.MONEY: partial(amounts.parse_money, forms=forms),
        Kind.MOMENT: partial(parse_moment, forms=forms),
    }
    return parsers[kind]


def _with_open_end(forms: Forms, last: date | None) -> Parser:
    """A last day; ``last`` is what one is read as that says that there is none."""
    return lambda cell: last if is_open_end(cell) else parse_date(cell, forms)


def translating(parse: Parser, rule: ColumnRule) -> Parser:
    """The same parser for what the texts of a rule stand for."""
    if not rule.texts:
        return parse
    texts = {same_word(found): meant for found, meant in rule.texts.items()}
    return lambda cell: parse(texts.get(same_word(cell_as_text(cell)), cell))


def nothing_meant(rule: ColumnRule) -> Callable[[Cell], bool] | None:
    """Which cells a rule calls nothing: those whose text has a mark of nothing to the right of its sign; or None."""
    texts = {
        same_word(found) for found, meant in (rule.texts or {}).items() if meant.strip() and same_word(meant) in EMPTY
    }
    return (lambda cell: same_word(cell_as_text(cell)) in texts) if texts else None


def by_mark(make: Callable[[Forms], Parser], forms: Forms) -> Parser:
    """The parser for these forms. A number that a workbook shows has a point as its mark, whatever the column has."""
    parse = make(forms)
    if not forms.decimal_comma:
        return parse
    pointed = make(replace(forms, decimal_comma=False))
    return lambda cell: pointed(cell) if isinstance(cell, Shown) else parse(cell)


def parser_for(binding: Binding, forms: Forms) -> Parser:
    """How the cells of a bound column are read: by its kind, its forms, and the texts of its rule."""
    return memoized(translating(by_mark(partial(_parser, binding), forms), binding.rule))


def _day_parser(forms: Forms) -> Parser:
    return memoized(partial(parse_date, forms=replace(forms.days or forms, month_only=False)))


def unread_days(moments: Sequence[Parsed], days: Sequence[Cell], forms: Forms) -> dict[int, CellFault]:
    """What is wrong with the days of the moments that have none because theirs cannot be read, by their place."""
    day_of = _day_parser(forms)
    daily = ((at, day_of(days[at])) for at, moment in enumerate(moments) if moment == _DAYLESS)
    return {at: day for at, day in daily if isinstance(day, CellFault)}


def read_moments(cells: Sequence[Cell], days: Sequence[Cell], binding: Binding, forms: Forms) -> list[Parsed]:
    """Moments whose day stands in a column of its own. A day that cannot be read leaves the time without one."""
    day_of = _day_parser(forms)
    # The format of a mapping is the day's: a time beside it is read in the usual forms.
    at_day = replace(forms, pattern="")

    @cache
    def parser_at(base: date | None) -> Parser:
        parse = partial(parse_moment, forms=at_day, base=base) if base else partial(parse_moment, forms=forms)
        return memoized(translating(parse, binding.rule))

    found: list[Parsed] = []
    for cell, day_cell in zip(cells, days, strict=True):
        day = day_of(day_cell)
        found.append(parser_at(day if isinstance(day, date) else None)(cell))
    return found
