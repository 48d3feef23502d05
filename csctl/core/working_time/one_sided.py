"""Who punches once a day only: files, or people in a file, without any first punch or without any last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from csctl.core.records.fates import Fates
from csctl.core.working_time.corrections import verdict_parts
from csctl.core.working_time.marks import Row
from csctl.core.working_time.rows import PUNCH_COLUMNS, file_of, has_punches, missing_punches_said, unreadable_punch
from csctl.words import NO_PUNCH

LEAST_DAYS = 10
"""Two weeks of work: from so many days on, all without the same punch, that side is taken for not recorded."""
OneSided = Mapping[tuple[str, str], str]
"""By file and sheet, the column of punches that it does not have, though it has the other one."""


def one_sided_files(files: Iterable[Fates]) -> dict[tuple[str, str], str]:
    """The sheets of attendance that have a column of first punches or of last ones, and not both."""
    found = {}
    for one in files:
        if one.table == "attendance" and len(named := set(PUNCH_COLUMNS) & set(one.columns)) == 1:
            (lacking,) = set(PUNCH_COLUMNS) - named
            found[one.file, one.sheet] = lacking
    return found


def one_sided_people(rows: Iterable[Row]) -> dict[tuple[str, str, str], str]:
    """By agent, file and sheet the column of punches that all of somebody's days there lack.

    Not of who has few days, nor where the export itself calls a punch missing on one of them.
    """
    own: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if has_punches(row):
            own.setdefault((row["agent"], *file_of(row)), []).append(row)
    found = {}
    for key, several in own.items():
        lacking = [name for name in PUNCH_COLUMNS if all(row[name] is None for row in several)]
        told = any(unreadable_punch(row) or _names_one(row) for row in several)
        if len(several) >= LEAST_DAYS and len(lacking) == 1 and not told:
            found[key] = lacking[0]
    return found


def _names_one(row: Row) -> bool:
    said = any(word in text for text, _ in verdict_parts(row["result"]) for word in NO_PUNCH)
    return said or bool(missing_punches_said(row))
