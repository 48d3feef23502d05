"""What stands on a command line, before any of it is understood: options and what they are given."""

from __future__ import annotations

from collections.abc import Sequence


def value_of(words: Sequence[str], names: Sequence[str]) -> str | None:
    """What an option is given on a command line, the last time it stands there; None if it does not."""
    place = option_place(words, names)
    if place is None:
        return None
    first, last = place
    return words[last - 1] if last - first > 1 else words[first].partition("=")[2]


def option_place(words: Sequence[str], names: Sequence[str]) -> tuple[int, int] | None:
    """Where an option and its value stand (first word, word after the last); what follows ``--`` are no options."""
    end = words.index("--") if "--" in words else len(words)
    for index in reversed(range(end)):
        if words[index] in names and index + 1 < end:
            return index, index + 2
        if words[index].startswith("--") and words[index].partition("=")[0] in names and "=" in words[index]:
            return index, index + 1
    return None
