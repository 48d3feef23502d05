"""Lines that a user is asked to write, as TOML: what csctl proposes can be pasted as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

NEW_LINE = "⏎ "
"""Before each of several lines to write."""
_WRITTEN = 40
"""So many words stand in one line at the most."""


def texts_line(column: str, words: Iterable[str], known: Mapping[str, str] | None = None) -> str:
    """The line of ``csctl.toml`` that says what each word of a column means.

    ``known`` is what the source says already. The right sides of the others are left open: csctl never guesses.
    """
    return column_line(column, {"texts": open_texts(words, known or {})})


def open_texts(words: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What is known of the words of a column, and the others with nothing to the right of their sign."""
    return {**known, **{text: "" for text in list(words)[:_WRITTEN] if text not in known}}


def column_line(column: str, rule: Mapping[str, object]) -> str:
    """The line of ``csctl.toml`` that says all this of a column: it can stand in the place of one that says less.

    ``rule`` are the keys of a rule as the file has them: texts, flags, lists of texts and tables of texts.
    """
    if len(rule) == 1:
        ((key, value),) = rule.items()
        return f"columns.{column}.{key} = {as_toml(value)}"
    return f"columns.{column} = {_as_rule(rule)}"


def _as_rule(rule: Mapping[str, object]) -> str:
    return f"{{ {', '.join(f'{key} = {as_toml(value)}' for key, value in rule.items())} }}"


def named_line(column: str, header: str | int) -> str:
    """The line that says under which header a column stands, or at which place from 1."""
    return f"columns.{column} = {as_toml(header)}"


def metric_line(header: str, rule: Mapping[str, object]) -> str:
    """The line that says all this of the figures under a header."""
    said = rule["unit"] if list(rule) == ["unit"] else None
    return f"metrics.{toml_string(header)} = {as_toml(said) if said else _as_rule(rule)}"


def as_toml(value: object) -> str:
    """A value of a source as TOML writes it; a list of one text is that text."""
    if isinstance(value, Mapping):
        pairs = (f"{toml_string(str(text))} = {as_toml(item)}" for text, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list | tuple):
        return as_toml(value[0]) if len(value) == 1 else f"[{', '.join(map(as_toml, value))}]"
    return toml_string(value) if isinstance(value, str) else json.dumps(value)


def ignore_lines(column: str, words: Iterable[str]) -> str:
    """The section of a policy that ignores these words of a column such as ``complaints.category``."""
    listed = ", ".join(toml_string(text) for text in list(words)[:_WRITTEN])
    return several_lines([f'[words."{column}"]', f"ignore = [{listed}]"])


def several_lines(lines: Iterable[str]) -> str:
    """Lines to write, in the one text of a remedy: a mark stands before each of several, where a screen begins anew."""
    written = list(lines)
    return "".join(written) if len(written) < 2 else "".join(f"{NEW_LINE}{line} " for line in written).rstrip()


def toml_string(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)
