"""A source as it is being proposed: the lines of a ``[[source]]``, which are read exactly as they will be written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from csctl.policy.to_write import NEW_LINE, as_toml, column_line, metric_line, named_line, toml_string
from csctl.readers.columns.profile import Resolved, resolve_source
from csctl.readers.columns.source import Source

Keys = Mapping[str, Any]
_TABLES = ("columns", "metrics", "codes")
"""Keys of a source whose own keys stand each in a line of theirs."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A table, and what else is proposed of its source, as the keys of a ``[[source]]`` without ``files``."""

    table: str
    keys: Keys = field(default_factory=dict)

    def saying(self, lines: Iterable[str]) -> Draft:
        """With more lines, as the reader proposes them; what they say goes before what was said."""
        written = [part for line in lines for part in line.split(NEW_LINE.strip()) if part.strip()]
        more = tomllib.loads("\n".join(part.strip() for part in written))
        return replace(self, keys=_merged(self.keys, _normal(more)))

    def source(self, files: str = "*") -> Resolved | None:
        """The source it makes, with all it inherits; None if that is none."""
        raw = Source.model_validate({"table": self.table, "files": files, **self.keys})
        return resolve_source(raw)[0]

    def lines(self, files: str) -> list[str]:
        """The lines below ``[[source]]``."""
        head = [f"table = {toml_string(self.table)}", f"files = {toml_string(files)}"]
        plain = [f"{key} = {as_toml(value)}" for key, value in self.keys.items() if key not in _TABLES]
        return [*head, *plain, *(line for key in _TABLES for line in _below(key, self.keys.get(key, {})))]


def _below(key: str, said: Keys) -> Iterator[str]:
    for name, rule in said.items():
        if key == "columns":
            yield named_line(name, rule["from"]) if list(rule) == ["from"] else column_line(name, rule)
        elif key == "metrics":
            yield metric_line(name, rule)
        else:
            yield f"codes.{toml_string(name)} = {as_toml(rule)}"


def _normal(keys: Keys) -> dict[str, Any]:
    """With rules of columns and metrics as tables, however short they were written."""
    made = dict(keys)
    for key, short in (("columns", "from"), ("metrics", "unit")):
        if key in made:
            made[key] = {name: rule if isinstance(rule, dict) else {short: rule} for name, rule in made[key].items()}
    return made


def _merged(said: Keys, more: Keys) -> dict[str, Any]:
    made = dict(said)
    for key, value in more.items():
        own = made.get(key)
        made[key] = _merged(own, value) if isinstance(own, Mapping) and isinstance(value, Mapping) else value
    return made
