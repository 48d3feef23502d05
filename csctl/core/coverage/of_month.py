"""The fates of the rows of a month's files, now that it is known who is on the roster and who works here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import narwhals as nw

from csctl.core.coverage.fates import ELSEWHERE, OUTSIDE, Fates
from csctl.core.measuring.columns import Frame, records
from csctl.core.people.identity import Identity
from csctl.month import Month
from csctl.tables import AGENT_NAMES, TABLES

NOBODY, NOT_EMPLOYED = "nobody", "not_employed"
_Sheet = tuple[str, str]
"""File and sheet."""


def fates_of_month(
    files: Sequence[Fates], frames: Mapping[str, Frame], identity: Identity, month: Month, employed: Collection[str]
) -> tuple[Fates, ...]:
    """The fates of the month's files: of the rows that counted when they were read, those of other months, of nobody
    and of people who are not employed have others now. ``frames`` are canonical tables by name.
    """
    moved: dict[_Sheet, Counter[str]] = {}
    for table in sorted({one.table for one in files} & frames.keys()):
        names = [one.file for one in files if one.table == table]
        _look(moved, table, frames[table].filter(nw.col("source_file").is_in(names)), identity, month, employed)
    return tuple(_moved(one, moved.get((one.file, one.sheet), Counter())) for one in files)


def _look(
    moved: dict[_Sheet, Counter[str]],
    table: str,
    frame: Frame,
    identity: Identity,
    month: Month,
    employed: Collection[str],
) -> None:
    keys = ["source_sheet", "month", *(AGENT_NAMES if TABLES[table].has_agents else ())]
    filled = frame.with_columns(*[nw.col(key).fill_null("").alias(f"key_{key}") for key in keys])
    groups = filled.group_by("source_file", *(f"key_{key}" for key in keys)).agg(
        nw.col("source_row").n_unique().alias("rows")
    )
    for row in records(groups):
        fate = _fate(row, identity, month, employed) if TABLES[table].has_agents else _place_in_time(row, month)
        if fate:
            moved.setdefault((row["source_file"], row["key_source_sheet"]), Counter())[fate] += int(row["rows"])


def _place_in_time(row: Mapping[str, object], month: Month) -> str:
    return OUTSIDE if row["key_month"] not in ("", str(month)) else ""


def _fate(row: Mapping[str, object], identity: Identity, month: Month, employed: Collection[str]) -> str:
    if outside := _place_in_time(row, month):
        return outside
    agent = identity.resolve(str(row["key_agent_id"]), str(row["key_agent_name"]))
    if agent is None:
        return NOBODY
    return "" if agent in employed else NOT_EMPLOYED


def _moved(one: Fates, counts: Counter[str]) -> Fates:
    fates = one.moved(OUTSIDE, counts[OUTSIDE])
    nobody, others = counts[NOBODY], counts[NOT_EMPLOYED]
    return replace(fates, counted=fates.counted - nobody - others, nobody=nobody, not_employed=others)


def with_left_out(fates: Sequence[Fates], left_out: Mapping[_Sheet, int]) -> tuple[Fates, ...]:
    """The same where so many rows of a sheet are the facts of another file."""
    return tuple(one.moved(ELSEWHERE, left_out.get((one.file, one.sheet), 0)) for one in fates)
