"""Lines that a user is asked to write, as TOML: what csctl proposes can be pasted as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

_WRITTEN = 40
"""So many words stand in one line at the most."""


def texts_line(column: str, words: Iterable[str], known: Mapping[str, str] | None = None) -> str:
    """The line of ``csctl.toml`` that says what each word of a column means.

    ``known`` is what the source says already. The right sides of the others are left open: csctl never guesses.
    """
    known = known or {}
    said = [f"{quoted(text)} = {quoted(meant)}" for text, meant in known.items()]
    asked = [f'{quoted(text)} = ""' for text in list(words)[:_WRITTEN] if text not in known]
    return f"columns.{column}.texts = {{ {', '.join([*said, *asked])} }}"


def ignore_lines(column: str, words: Iterable[str]) -> str:
    """The section of a policy that ignores these words of a column such as ``complaints.category``."""
    listed = ", ".join(quoted(text) for text in list(words)[:_WRITTEN])
    return f'[words."{column}"] ⏎ ignore = [{listed}]'


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)
