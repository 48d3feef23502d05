"""Rows of days and rows of the month's sums about the same people: the days count, the sums check them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import as_whole_numbers, cell_text, declared_column, scale_of
from csctl.core.frames.frame import Frame, records
from csctl.core.working_time.rows import SUM_LENGTHS
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, shortened
from csctl.tables import TABLES, Kind

_TABLE = "attendance"
_FIGURES = tuple(
    column.name for column in TABLES[_TABLE].columns if column.kind in (Kind.COUNT, Kind.NUMBER, Kind.SECONDS)
)

_DERIVED = {
    "late_count": "late_count",
    "early_count": "early_count",
    "missed_count": "missed_punches",
    "absent_days": "absent_days",
}
"""Columns of sums, and the measures that follow from days."""
_COMPARED = ("due_days", "worked_days", *_DERIVED)
_SHOWN = 6


def _marked(frame: Frame, undated: Collection[str]) -> Frame:
    """With ``sums``: the row stands for no day; ``both``: its agent has rows of days in the same month as well."""
    marked = frame.with_columns((nw.col("source_file").is_in(list(undated)) | _is_sum()).alias("sums"))
    days = marked.filter(~nw.col("sums")).select("agent", "month").unique().with_columns(nw.lit(1).alias("both"))
    return marked.join(days, on=["agent", "month"], how="left").with_columns(~nw.col("both").is_null())


def _is_sum() -> nw.Expr:
    """A row that names neither shift nor punches and more than a day of something (as ``is_sum`` of one row)."""
    unread = nw.col("unreadable").fill_null("")
    named = ~nw.col("shift").is_null() | unread.str.contains("in_at") | unread.str.contains("out_at")
    punched = ~nw.col("in_at").is_null() | ~nw.col("out_at").is_null()
    lengths = [_whole(name).fill_null(0) > scale_of(declared_column(_TABLE, name)) for name in SUM_LENGTHS]
    return reduce(or_, lengths) & ~named & ~punched


def _whole(name: str) -> nw.Expr:
    return (nw.col(name) * scale_of(declared_column(_TABLE, name))).cast(nw.Int64)


def days_before_sums(frame: Frame, undated: Collection[str]) -> Frame:
    """Attendance, credited, without the sums of whoever has days in the same month.

    ``undated`` are files whose rows have no day of their own.
    """
    marked = _marked(frame, undated)
    return marked.filter(~(nw.col("sums") & nw.col("both"))).drop("sums", "both")


def checked_by_sums(
    frame: Frame, undated: Collection[str], month: Month
) -> tuple[dict[tuple[str, str], int], list[Problem]]:
    """How many rows of sums do not count in the month, by file and sheet; a warning for each figure that differs."""
    of_month = _marked(frame.filter(nw.col("month") == str(month)), undated).filter(nw.col("both"))
    whole = as_whole_numbers(of_month, _TABLE, _FIGURES).with_columns(
        nw.col("source_sheet").fill_null("").alias("sheet")
    )
    figures = [nw.col(name).sum().alias(name) for name in _FIGURES]
    known = [nw.col(name).count().alias(f"n_{name}") for name in _FIGURES]
    sums = records(
        whole.filter(nw.col("sums"))
        .group_by("source_file", "sheet", "agent")
        .agg(nw.len().alias("rows"), nw.col("source_row").min().alias("first"), *figures, *known)
    )
    days = records(whole.filter(~nw.col("sums")).group_by("agent").agg(*figures, *known))
    by_agent = {row["agent"]: row for row in days}
    left_out: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for row in sorted(sums, key=lambda one: (one["source_file"], one["sheet"], one["agent"])):
        sheet = (row["source_file"], row["sheet"])
        left_out[sheet] = left_out.get(sheet, 0) + int(row["rows"])
        problems += _differences(row, by_agent[row["agent"]])
    return left_out, problems


def sums_against_days(
    frame: Frame,
    undated: Collection[str],
    month: Month,
    values: Mapping[tuple[str, str], Decimal | None],
    spans: Mapping[tuple[str, str], tuple[Decimal, Decimal]],
) -> list[Problem]:
    """One warning for each figure that the sums of a month give and that follows otherwise from punches and verdicts.

    ``values`` are the measures of working time by agent and name, without prefix; ``spans``, by agent and column, the
    least and the most days that the rows of days leave open. Figures that the rows of days count
    themselves are compared elsewhere.
    """
    of_month = _marked(frame.filter(nw.col("month") == str(month)), undated).filter(nw.col("both"))
    rows = list(records(of_month))
    counted = {(row["agent"], name) for row in rows if not row["sums"] for name in _COMPARED if row[name] is not None}
    found: dict[str, list[tuple[Mapping[str, Any], str]]] = {}
    for row in sorted((row for row in rows if row["sums"]), key=lambda row: (row["source_file"], row["source_row"])):
        for name in _COMPARED:
            at = (row["agent"], name)
            if row[name] is None or at in counted:
                continue
            own = values.get((row["agent"], _DERIVED[name])) if name in _DERIVED else _nearest(row[name], spans.get(at))
            if own is None or own == row[name]:
                continue
            texts = (cell_text(_TABLE, name, value) for value in (row[name], own))
            found.setdefault(name, []).append((row, f"{row['agent']} {' ≠ '.join(texts)}"))
    return [
        problem(
            "sums-differ-from-days",
            Place(pairs[0][0]["source_file"], pairs[0][0]["source_sheet"] or "", pairs[0][0]["source_row"], name),
            shortened([text for _, text in pairs], _SHOWN),
            count=len(pairs),
        )
        for name, pairs in found.items()
    ]


def _nearest(said: Decimal, span: tuple[Decimal, Decimal] | None) -> Decimal | None:
    """The figure between the two of the span that is nearest to the one said."""
    return None if span is None else min(max(said, span[0]), span[1])


def _differences(sums: Mapping[str, Any], days: Mapping[str, Any]) -> list[Problem]:
    place = Place(sums["source_file"], sums["sheet"], int(sums["first"]))
    return [
        problem("sums-differ", place.at(column=name), sums["agent"], left=_shown(name, sums), right=_shown(name, days))
        for name in _FIGURES
        if sums[f"n_{name}"] and days[f"n_{name}"] and sums[name] != days[name]
    ]


def _shown(name: str, row: Mapping[str, Any]) -> str:
    value = row[name]
    return cell_text(_TABLE, name, value if isinstance(value, Decimal) else int(value))
