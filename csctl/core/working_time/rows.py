"""Attendance rows before they are days: the same day read twice, single punches, a month's sums."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from csctl.core.working_time.marks import Row, place_key
from csctl.tables import TABLES, UNREADABLE

COLUMNS = tuple(column.name for column in TABLES["attendance"].columns if not column.name.startswith("agent_"))
FACTS = (*COLUMNS, UNREADABLE)
TELLING = tuple(name for name in COLUMNS if name not in ("date", "meal_seconds"))
"""Columns that tell something of a day."""
PUNCH_COLUMNS = ("in_at", "out_at")
DAY_LENGTHS = ("due_days", "worked_days")
SUM_LENGTHS = tuple(name for name in FACTS if name.endswith("_days"))
"""Columns of days: of a single day no more than 1."""


def file_of(row: Row) -> tuple[str, str]:
    """File and sheet."""
    return row["source_file"] or "", row["source_sheet"] or ""


def unreadable_punch(row: Row) -> bool:
    """Whether a punch is there that could not be read."""
    return not set(PUNCH_COLUMNS).isdisjoint((row["unreadable"] or "").split())


def has_punches(row: Row) -> bool:
    """Whether there is a punch, readable or not."""
    return any(row[name] is not None for name in PUNCH_COLUMNS) or unreadable_punch(row)


def missing_punches_said(row: Row) -> int | None:
    """Missing punches as the export counts them; None if it does not."""
    if row["missed_count"] is not None:
        return int(row["missed_count"])
    both = [row[name] for name in ("missed_in_count", "missed_out_count") if row[name] is not None]
    return sum(both) if both else None


def is_sum(row: Row) -> bool:
    """Whether a row holds a month's sums and no day: neither shift nor punches, and more than a day of something."""
    if row["shift"] is not None or has_punches(row):
        return False
    return any(row[name] is not None and row[name] > 1 for name in SUM_LENGTHS)


def distinct_day_rows(rows: Sequence[Row], summed: Collection[tuple[str, str]]) -> list[Row]:
    """The rows in order of date and place; the same day read twice stands once, sums as often as they were read.

    ``summed`` are files of sums.
    """
    kept, seen = [], set()
    for row in sorted(rows, key=lambda row: (row["date"], place_key(row))):
        facts = (row["agent"], *(row[name] for name in FACTS))
        if facts not in seen or file_of(row) in summed or is_sum(row):
            kept.append(row)
        seen.add(facts)
    return kept


def first_and_last(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows, single punches of one person, day and shift made one: the first punch and the last.

    And the first row of each day on which several rows of one shift differ in more than their punches: all of them
    stand. ``rows`` are in order.
    """
    lists = lists_of_punches(rows)
    kept: list[Row] = []
    odd: list[Row] = []
    for several in _by_day(rows):
        own = _without_blank(several)
        if len({row["shift"] for row in own} - {None}) > 1:
            kept += own
        elif _only_punches(own):
            kept += _joined(own) if len(own) > 1 or file_of(own[0]) in lists else own
        else:
            kept += own
            odd += own[:1] if len(own) > 1 else []
    return kept, odd


def punched_otherwise(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows of one person, day and shift in two files, each with first and last punch, that tell other moments.

    Files that list single punches belong together: each may hold one door's.
    """
    lists = lists_of_punches(rows)
    found: list[tuple[Row, Row]] = []
    for several in _by_day(rows):
        whole = [
            row for row in several
            if row["in_at"] and row["out_at"] and row["in_at"] != row["out_at"] and file_of(row) not in lists
        ]  # fmt: skip
        others = [
            row for row in whole[1:]
            if file_of(row) != file_of(whole[0]) and row["shift"] == whole[0]["shift"]
            and any(row[name] != whole[0][name] for name in PUNCH_COLUMNS)
        ]  # fmt: skip
        found += [(whole[0], row) for row in others[:1]]
    return found


def _without_blank(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of one day, without those that tell nothing but a shift where another tells more and that shift."""
    named = [name for name in TELLING if name != "shift"]
    told = [row for row in rows if has_punches(row) or any(row[name] is not None for name in named)]
    shifts = {row["shift"] for row in rows} - {row["shift"] for row in told} - {None}
    return told if told and not shifts else rows


def _by_day(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one person and date together; sums each by itself."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for number, row in enumerate(rows):
        groups.setdefault((row["agent"], row["date"], number if is_sum(row) else None), []).append(row)
    return list(groups.values())


def lists_of_punches(rows: Sequence[Row]) -> set[tuple[str, str]]:
    """Files that list single punches: no row has a last one, and some day has several rows."""
    several = {file_of(own[0]) for own in _by_day(rows) if len(own) > 1 and _only_punches(own)}
    return several - {file_of(row) for row in rows if row["out_at"] is not None}


def _only_punches(rows: Sequence[Row]) -> bool:
    """Whether nothing but punches, and what the system says of each, tells the rows apart."""
    told = {tuple(row[name] for name in TELLING if name not in (*PUNCH_COLUMNS, "shift", "result")) for row in rows}
    return len(told) == 1 and all(has_punches(row) for row in rows)


def _joined(rows: Sequence[Row]) -> Sequence[Row]:
    """One row of several; a lone punch stands as the first and the last one."""
    at = sorted(row[name] for row in rows for name in PUNCH_COLUMNS if row[name] is not None)
    if not at:
        return rows
    shift = next((row["shift"] for row in rows if row["shift"] is not None), None)
    said = {name: _words(rows, name) for name in ("result", "unreadable")}
    return [{**rows[0], **said, "shift": shift, "in_at": at[0], "out_at": at[-1]}]


def _words(rows: Sequence[Row], name: str) -> str | None:
    """The words of a column of several rows, each once; None if there are none."""
    return " ".join(dict.fromkeys(word for row in rows for word in (row[name] or "").split())) or None
