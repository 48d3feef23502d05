"""A length of time that no cell writes: from one moment of a row to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from csctl.core.coverage.readings import MAPPING, ColumnReading
from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.hours import NO_WORKDAYS, WHOLE_DAY, Window, Workdays, time_within, window_of
from csctl.readers.columns.naming import row_list
from csctl.readers.columns.row_marks import RowSet
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.summaries import length_text
from csctl.readers.columns.values import Value
from csctl.tables import Kind

Moments = Sequence[datetime | None]
_MILLISECOND = timedelta(milliseconds=1)
_MINUTE = Decimal(60)


@dataclass(frozen=True, slots=True)
class SpanLengths:
    """The lengths of all rows in seconds. The rows, by index, in which the later moment comes first, have none; nor
    have those between whose moments lies a year of which the calendar does not know the workdays.
    """

    lengths: tuple[Decimal | None, ...]
    negative: tuple[int, ...]
    unknown: tuple[int, ...]
    end: Moments
    start: Moments


def ends_named(name: str) -> tuple[str, str]:
    """Under which names the moments of a length are known besides the columns of the table, the later one first."""
    return f"{name}:from", f"{name}:since"


def written_named(name: str) -> str:
    """The same of the column in which the length itself is written."""
    return f"{name}:written"


def ends_of(binding: Binding) -> dict[str, Binding]:
    """The two moments of a length, as columns of moments."""
    assert binding.since is not None  # noqa: S101 - the caller has looked
    moment = replace(binding.column, kind=Kind.MOMENT)
    later, earlier = ends_named(binding.column.name)
    # Words that stand for something are those of moments here; nothing counts in a unit.
    return {
        later: replace(binding, column=moment, since=None, written=None),
        earlier: replace(binding.since, column=moment),
    }


def time_between(end: Moments, start: Moments, rule: ColumnRule, calendar: Workdays | None = None) -> SpanLengths:
    """From ``start`` to ``end`` in each row, within the hours and days of the rule if it has any.

    ``calendar`` are the workdays, where the rule asks for them; without one no day is known.
    """
    windows = [window for text in (rule.within.hours if rule.within else ()) if (window := window_of(text))]
    workdays = (calendar or NO_WORKDAYS) if rule.within and rule.within.days else None
    both = [(at, one, other) for at, (one, other) in enumerate(zip(start, end, strict=True)) if one and other]
    negative = tuple(at for at, first, last in both if last < first)
    unknown = tuple(at for at, first, last in both if workdays and first <= last and not workdays.know(first, last))
    never = {*negative, *unknown}
    lengths: list[Decimal | None] = [None] * len(end)
    for at, first, last in both:
        lengths[at] = None if at in never else _seconds(first, last, windows, workdays)
    return SpanLengths(tuple(lengths), negative, unknown, end, start)


def _seconds(start: datetime, end: datetime, windows: Sequence[Window], workdays: Workdays | None) -> Decimal:
    """Seconds to the millisecond, as cells of lengths have them."""
    limited = windows or workdays
    length = time_within(start, end, windows or [WHOLE_DAY], workdays) if limited else end - start
    milliseconds, rest = divmod(length, _MILLISECOND)
    milliseconds += rest * 2 >= _MILLISECOND
    return Decimal(milliseconds).scaleb(-3)


@dataclass(frozen=True, slots=True)
class FilledLengths:
    """Lengths as they are written, and the rows, by index, in which only the moments tell one.

    ``agree``: in the rows that have both they are the same, so that the moments filled the holes.
    """

    values: Sequence[Value]
    holes: tuple[int, ...]
    agree: bool


def fill_lengths(written: Sequence[Value], between: Sequence[Value], unreadable: RowSet) -> FilledLengths:
    """Written lengths with their holes filled from ``between``, if nothing speaks against it.

    Systems write hours of service here and the calendar's there: only equal lengths show that both are one thing.
    """
    both = [(one, other) for one, other in zip(written, between, strict=True) if one is not None and other is not None]
    holes = tuple(
        at
        for at, (one, other) in enumerate(zip(written, between, strict=True))
        if one is None and other is not None and at not in unreadable
    )
    agree = bool(both) and all(_are_same(one, other) for one, other in both)
    to_fill = frozenset(holes if agree else ())
    values = [other if at in to_fill else one
              for at, (one, other) in enumerate(zip(written, between, strict=True))]  # fmt: skip
    return FilledLengths(values, holes, agree)


def _are_same(one: Value, other: Value) -> bool:
    """Whether two lengths are one, where one of them may be written in whole minutes."""
    return isinstance(one, Decimal) and isinstance(other, Decimal) and abs(one - other) < _MINUTE


def not_filled(ends: Sequence[Cells], rows: Sequence[int], header: str, place: Place) -> list[Problem]:
    """One warning for the rows without a written length whose moments may tell another kind of length."""
    if not rows:
        return []
    end, start = (one.binding.headers[0].text for one in ends)
    line = column_line(ends[0].binding.column.name, {"from": end, "since": start})
    at = place.at(row=rows[0], column=header)
    found = problem(
        "lengths-not-filled", at, header, count=len(rows), rows=row_list(rows), start=start, end=end, line=line
    )
    return [found]


def negative_said(
    span: SpanLengths, ends: Sequence[Cells], numbers: Sequence[int], rule: Mapping[str, object], place: Place
) -> list[Problem]:
    """One warning for the rows in which the moments lie the wrong way round; most of them: how to turn the two."""
    if not span.negative:
        return []
    later, earlier = (one.binding.headers[0].text for one in ends)
    turned = len(span.negative) * 2 > sum(length is not None for length in span.lengths) + len(span.negative)
    line = column_line(ends[0].binding.column.name, {**rule, "from": rule["since"], "since": rule["from"]}) if (
        turned and {"from", "since"} <= rule.keys()
    ) else ""  # fmt: skip
    first = span.negative[0]
    said = problem(
        "span-negative",
        place.at(row=numbers[first], column=later),
        row_list(numbers[at] for at in span.negative),
        count=len(span.negative),
        end=later,
        start=earlier,
        example=f"{span.start[first]} → {span.end[first]}",
        line=line,
    )
    return [said]


def unknown_workdays_warning(
    span: SpanLengths, ends: Sequence[Cells], numbers: Sequence[int], place: Place
) -> list[Problem]:
    """One warning for the rows that reach into a year of which the calendar does not say which days are worked."""
    if not span.unknown:
        return []
    later = ends[0].binding.headers[0].text
    moments = [one for at in span.unknown for one in (span.start[at], span.end[at]) if one]
    said = problem(
        "span-days-unknown",
        place.at(row=numbers[span.unknown[0]], column=later),
        row_list(numbers[at] for at in span.unknown),
        count=len(span.unknown),
        years=tuple(dict.fromkeys(str(one.year) for one in sorted(moments))),
    )
    return [said]


def reading_of_span(span: SpanLengths, ends: Sequence[Cells], unreadable: int, sheet: str) -> ColumnReading:
    """The record of a length that is worked out: both headers, and the lengths."""
    binding = ends[0].binding
    later, earlier = (one.binding.headers[0].text for one in ends)
    limits = binding.rule.within
    parts = [*limits.hours, *([limits.days] if limits.days else [])] if limits else []
    within = f" ({', '.join(parts)})" if parts else ""
    found = sorted(length for length in span.lengths if length is not None)
    told = (found[0], found[(len(found) - 1) // 2], found[-1]) if found else ()
    shown = tuple(map(length_text, told)) or ("", "", "")
    return ColumnReading(
        sheet=sheet,
        column=binding.column.name,
        header=f"{earlier} → {later}{within}",
        kind=str(Kind.SECONDS),
        decided=MAPPING,
        rows=len(span.lengths),
        empty=len(span.lengths) - len(found) - unreadable,
        unreadable=unreadable,
        smallest=shown[0],
        median=shown[1],
        largest=shown[2],
        middle=told[1] if told else None,
    )
