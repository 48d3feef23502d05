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
from csctl.readers.mapping.binding import Binding
from csctl.readers.mapping.deciding import Cells
from csctl.readers.mapping.hours import Window, time_within, window_of
from csctl.readers.mapping.naming import row_list
from csctl.readers.mapping.source import ColumnRule
from csctl.readers.mapping.summaries import length_text
from csctl.tables import Kind

Moments = Sequence[datetime | None]
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The lengths of all rows in seconds; the rows, by index, in which the later moment comes first, have none."""

    lengths: tuple[Decimal | None, ...]
    negative: tuple[int, ...]
    end: Moments
    start: Moments


def ends_named(name: str) -> tuple[str, str]:
    """Under which names the moments of a length are known besides the columns of the table, the later one first."""
    return f"{name}:from", f"{name}:since"


def ends_of(binding: Binding) -> dict[str, Binding]:
    """The two moments of a length, as columns of moments."""
    assert binding.since is not None  # noqa: S101 - the caller has looked
    moment = replace(binding.column, kind=Kind.MOMENT)
    later, earlier = ends_named(binding.column.name)
    # Words that stand for something are those of moments here; nothing counts in a unit.
    return {later: replace(binding, column=moment, since=None), earlier: replace(binding.since, column=moment)}


def time_between(end: Moments, start: Moments, rule: ColumnRule) -> Span:
    """From ``start`` to ``end`` in each row, within the hours of the rule if it has any."""
    windows = [window for text in rule.within if (window := window_of(text))]
    negative = tuple(
        at for at, (last, first) in enumerate(zip(end, start, strict=True)) if last and first and last < first
    )
    never = set(negative)
    lengths = tuple(
        _seconds(first, last, windows) if first and last and at not in never else None
        for at, (first, last) in enumerate(zip(start, end, strict=True))
    )
    return Span(lengths, negative, end, start)


def _seconds(start: datetime, end: datetime, windows: Sequence[Window]) -> Decimal:
    """Seconds to the millisecond, as cells of lengths have them."""
    length = time_within(start, end, windows) if windows else end - start
    milliseconds, rest = divmod(length, _MILLISECOND)
    milliseconds += rest * 2 >= _MILLISECOND
    return Decimal(milliseconds).scaleb(-3)


def negative_said(
    span: Span, ends: Sequence[Cells], numbers: Sequence[int], rule: Mapping[str, object], place: Place
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


def reading_of_span(span: Span, ends: Sequence[Cells], unreadable: int, sheet: str) -> ColumnReading:
    """The record of a length that is worked out: both headers, and the lengths."""
    binding = ends[0].binding
    later, earlier = (one.binding.headers[0].text for one in ends)
    within = f" ({', '.join(binding.rule.within)})" if binding.rule.within else ""
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
