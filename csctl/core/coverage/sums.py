"""Rows of days and rows of the month's sums about the same people: the days count, the sums check them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from csctl.core.measuring.columns import Frame, as_whole_numbers, cell_text, column_of, records, scale_of
from csctl.core.working_time.rows import SUM_LENGTHS
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.tables import TABLES, Kind

_TABLE = "attendance"
_FIGURES = tuple(
    column.name for column in TABLES[_TABLE].columns if column.kind in (Kind.COUNT, Kind.NUMBER, Kind.SECONDS)
)


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
    lengths = [_whole(name).fill_null(0) > scale_of(column_of(_TABLE, name)) for name in SUM_LENGTHS]
    return reduce(or_, lengths) & ~named & ~punched


def _whole(name: str) -> nw.Expr:
    return (nw.col(name) * scale_of(column_of(_TABLE, name))).cast(nw.Int64)


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
