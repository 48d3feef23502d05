"""Headers as messages show them, and as a user writes them into the configuration."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence

from csctl.headers import Header, key_of
from csctl.messages import problem
from csctl.problems import Place, Problem, shortened

_LONG_HEADER = 60
_LISTED_HEADERS = 40
_LISTED_RUNS = 20


def nearest(names: Sequence[str], headers: Sequence[Header]) -> tuple[str, ...]:
    """The header texts most like any of the names, for an error message; none if none is."""
    texts = {header.key: header.text for header in headers}
    close = [key for name in names for key in difflib.get_close_matches(key_of(name), list(texts), n=2, cutoff=0.5)]
    return tuple(texts[key] for key in dict.fromkeys(close))


def shown(headers: Sequence[Header]) -> tuple[str, ...]:
    """Header texts for a message: the first forty, and of a very long one its beginning."""
    texts = [header.text for header in headers]
    return shortened([one if len(one) <= _LONG_HEADER else one[:_LONG_HEADER] + "…" for one in texts], _LISTED_HEADERS)


def quoted(text: str) -> str:
    """A header as TOML writes a text."""
    return json.dumps(text, ensure_ascii=False)


def row_list(numbers: Iterable[int]) -> tuple[str, ...]:
    """Row numbers with runs joined: ``5-7`` and ``12``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return shortened(texts, _LISTED_RUNS)


def unmapped_note(headers: Sequence[Header], used: set[int], place: Place) -> list[Problem]:
    """One note with the headers that no column, metric or derived figure uses."""
    unused = [header for header in headers if header.column not in used]
    return [problem("headers-unused", place, shown(unused), count=len(unused))] if unused else []
