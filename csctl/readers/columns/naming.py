"""Headers as messages show them, and as a user writes them into the configuration."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from csctl.headers import Header, key_of
from csctl.messages import problem
from csctl.problems import Place, Problem, shortened

_LONG_HEADER = 60
_LISTED_HEADERS = 40
_LISTED_RUNS = 20
LISTED = 100
"""So many problems of one kind and column are listed in full."""


def similar_headers(names: Sequence[str], headers: Sequence[Header]) -> tuple[str, ...]:
    """The header texts most like any of the names, for an error message; none if none is."""
    texts = {header.key: header.text for header in headers}
    close = [key for name in names for key in difflib.get_close_matches(key_of(name), list(texts), n=2, cutoff=0.5)]
    return tuple(texts[key] for key in dict.fromkeys(close))


def header_texts(headers: Sequence[Header]) -> tuple[str, ...]:
    """Header texts for a message: the first forty, and of a very long one its beginning."""
    texts = [header.text for header in headers]
    return shortened([one if len(one) <= _LONG_HEADER else one[:_LONG_HEADER] + "…" for one in texts], _LISTED_HEADERS)


def row_list(numbers: Iterable[int]) -> tuple[str, ...]:
    """Row numbers with runs joined: ``5-7`` and ``12``."""
    runs = _joined((number, number) for number in numbers)
    # Most come in their order: then this is all, and half a million of them never stand beside each other.
    if any(one[1] > other[0] for one, other in pairwise(runs)):
        runs = _joined(sorted(runs))
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return shortened(texts, _LISTED_RUNS)


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of numbers, those that follow each other as one."""
    found: list[tuple[int, int]] = []
    for first, last in runs:
        if found and found[-1][1] == first - 1:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def one_each(numbers: Sequence[int], say: Callable[[int], Problem]) -> list[Problem]:
    """A problem for each of these rows, up to LISTED; the others are one problem with their number."""
    said, more = [say(number) for number in numbers[:LISTED]], numbers[LISTED:]
    if more:
        first = say(more[0])
        said.append(problem("more-of-the-same", first.place, first.found, count=len(more), rows=row_list(more)))
    return said


def unmapped_note(headers: Sequence[Header], used: set[int], place: Place) -> list[Problem]:
    """One note with the headers that no column, metric or derived figure uses."""
    unused = [header for header in headers if header.column not in used]
    return [problem("headers-unused", place, header_texts(unused), count=len(unused))] if unused else []
