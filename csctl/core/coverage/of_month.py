"""The fates of the rows of a month's files, now that it is known who is on the roster and who works here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.people.identity import Identity
from csctl.core.records.fates import ELSEWHERE, OUTSIDE, Fates
from csctl.month import Month
from csctl.tables import AGENT_NAMES, TABLES

NOBODY, NOT_EMPLOYED = "nobody", "not_employed"
_Sheet = tuple[str, str, str]
"""Table, file and sheet: one file may be the source of several tables."""
_FROM_BEST = ("", NOT_EMPLOYED, NOBODY, OUTSIDE)


def fates_of_month(
    files: Sequence[Fates], frames: Mapping[str, Frame], identity: Identity, month: Month, employed: Collection[str]
) -> tuple[Fates, ...]:
    """The fates of the month's files: of the rows that counted when they were read, those of other months, of nobody
    and of people who are not employed have others now. ``frames`` are canonical tables by name.
    """
    moved: dict[_Sheet, Counter[str]] = {}
    for table in sorted({one.table for one in files} & frames.keys()):
        names = [one.file for one in files if one.table == table]
        shared = sorted({one.file for one in files if one.table == table and one.shared})
        look = _Looking(table, identity, month, employed)
        own = frames[table].filter(nw.col("source_file").is_in(names))
        look.whole(moved, own.filter(~nw.col("source_file").is_in(shared)) if shared else own)
        if shared:
            look.shared(moved, own.filter(nw.col("source_file").is_in(shared)))
    return tuple(_moved(one, moved.get((one.table, one.file, one.sheet), Counter())) for one in files)


@dataclass(frozen=True, slots=True)
class _Looking:
    """For what the rows of one table are looked at."""

    table: str
    identity: Identity
    month: Month
    employed: Collection[str]

    def whole(self, moved: dict[_Sheet, Counter[str]], frame: Frame) -> None:
        """Rows of one person each, if of anybody."""
        filled, keys = self._keyed(frame)
        groups = filled.group_by("source_file", *keys).agg(nw.col("source_row").n_unique().alias("rows"))
        for row in records(groups):
            if fate := self._fate(row):
                moved.setdefault(self._sheet(row), Counter())[fate] += int(row["rows"])

    def shared(self, moved: dict[_Sheet, Counter[str]], frame: Frame) -> None:
        """Rows that may be those of several people, once for each: a row counts if it does for one of them."""
        filled, keys = self._keyed(frame)
        best: dict[tuple[_Sheet, int], str] = {}
        for row in records(filled.select("source_file", "source_row", *keys).unique()):
            at, fate = (self._sheet(row), int(row["source_row"])), self._fate(row)
            best[at] = min(best.get(at, fate), fate, key=_FROM_BEST.index)
        for (sheet, _), fate in best.items():
            if fate:
                moved.setdefault(sheet, Counter())[fate] += 1

    def _keyed(self, frame: Frame) -> tuple[Frame, list[str]]:
        names = ["source_sheet", "month", *(AGENT_NAMES if TABLES[self.table].has_agents else ())]
        filled = frame.with_columns(*[nw.col(name).fill_null("").alias(f"key_{name}") for name in names])
        return filled, [f"key_{name}" for name in names]

    def _fate(self, row: Mapping[str, object]) -> str:
        if row["key_month"] not in ("", str(self.month)):
            return OUTSIDE
        if not TABLES[self.table].has_agents:
            return ""
        agent = self.identity.resolve(str(row["key_agent_id"]), str(row["key_agent_name"]))
        if agent is None:
            return NOBODY
        return "" if agent in self.employed else NOT_EMPLOYED

    def _sheet(self, row: Mapping[str, object]) -> _Sheet:
        return self.table, str(row["source_file"]), str(row["key_source_sheet"])


def _moved(one: Fates, counts: Counter[str]) -> Fates:
    """With the rows moved that did not count after all. Where two sources take rows of one sheet for one table, the
    first has them, as many as it has, and what is left is the next one's.
    """
    fates = one.moved(OUTSIDE, _taken(counts, OUTSIDE, one.counted))
    nobody = _taken(counts, NOBODY, fates.counted)
    others = _taken(counts, NOT_EMPLOYED, fates.counted - nobody)
    return replace(fates, counted=fates.counted - nobody - others, nobody=nobody, not_employed=others, unread=())


def _taken(counts: Counter[str], fate: str, most: int) -> int:
    count = min(counts[fate], most)
    counts[fate] -= count
    return count


def with_left_out(fates: Sequence[Fates], table: str, left_out: Mapping[tuple[str, str], int]) -> tuple[Fates, ...]:
    """The same where so many rows that a file and sheet have for this table are the facts of another file."""
    return tuple(
        one.moved(ELSEWHERE, left_out.get((one.file, one.sheet), 0)) if one.table == table else one for one in fates
    )


def with_not_employed(fates: Sequence[Fates], rows: Mapping[_Sheet, int]) -> tuple[Fates, ...]:
    """The same where so many more rows, by table, file and sheet, are of people who were not here on their day. A row
    that several people share stays where it is.
    """
    left = dict(rows)
    found = []
    for one in fates:
        sheet = (one.table, one.file, one.sheet)
        count = 0 if one.shared else min(left.get(sheet, 0), one.counted)
        left[sheet] = left.get(sheet, 0) - count
        found.append(replace(one, counted=one.counted - count, not_employed=one.not_employed + count))
    return tuple(found)
