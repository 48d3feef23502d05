"""The same export twice in a month: a copy counts once, and what two files share is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.readers.imports import Brought

_IDS = {"interactions": "interaction_id", "orders": "order_id", "complaints": "complaint_id"}


def without_copies(brought: Sequence[Brought]) -> list[Brought]:
    """The same files in the same order, where a copy has no rows and one warning instead of its problems.

    A copy has the bytes, the mapping and the month of a file before it: a download saved twice, or two patterns
    that meet the same file. Counting it would double the month's contacts and pay without a word.
    """
    first: dict[tuple[str, str, Month | None], Brought] = {}
    kept: list[Brought] = []
    for one in brought:
        wanted = one.wanted
        mapping = wanted.source.model_dump_json(exclude={"files", "accepted"})
        original = first.setdefault((one.content, mapping, wanted.month), one)
        kept.append(one if original is one or one.entry is None else _as_copy(one, original))
    return kept


def _as_copy(one: Brought, original: Brought) -> Brought:
    fault = problem("file-twice", Place(one.wanted.shown_as), first=original.wanted.shown_as)
    return replace(one, entry=None, problems=(fault,))


def shared_numbers(brought: Iterable[Brought]) -> list[Problem]:
    """One warning for each group of files of a table that hold the same contact, order or complaint numbers.

    The rows all stay: two systems may number alike, and only the user knows.
    """
    import polars as pl

    problems: list[Problem] = []
    entries = [(one.wanted.source.table, one.entry) for one in brought if one.entry is not None]
    for table, number in _IDS.items():
        paths = [entry.path for name, entry in entries if name == table]
        if len(paths) < 2:
            continue
        files = pl.scan_parquet(paths).select(number, "source_file").drop_nulls().unique()
        by_number = (
            files.group_by(number).agg(pl.col("source_file").sort()).filter(pl.col("source_file").list.len() > 1)
        )
        groups = by_number.group_by("source_file").agg(pl.col(number).min(), pl.len()).sort("source_file").collect()
        problems += [
            problem("numbers-shared", Place(names[-1], column=number), example, count=count, files=tuple(names[:-1]))
            for names, example, count in groups.iter_rows()
        ]
    return problems
