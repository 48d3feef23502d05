"""The same export twice in a month: a copy counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.core.records.fates import ELSEWHERE
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place
from csctl.readers.imports import Brought


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
    fates = tuple(
        replace(each, file=one.wanted.shown_as).moved(ELSEWHERE, each.counted)
        for each in (original.entry.fates if original.entry else ())
    )
    return replace(one, entry=None, problems=(fault,), fates=fates)
