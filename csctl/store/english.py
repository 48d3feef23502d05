"""Shipped policies in English: the Chinese ones through a catalogue of their texts, so that only words differ.

``policies/english/NAME.toml`` makes ``NAME-en`` of ``NAME``: ``[texts]`` are the strings of the policy, ``[cells]``
those of its example data that are other words there, such as names of people. A word with a number behind it (买家7716)
is the English word with that number. Headers are those of the tables. ``keys`` names the keys whose strings are
translated where words of data stay as exports have them, as in a library; without it they all are.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from csctl.headers import key_of, normalise
from csctl.tables import TABLES, Table

ENDING = "-en"
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_NUMBERED = re.compile(r"(\D+?) ?(\d+)")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Chinese texts to English ones; a list of rules keeps its numbers and takes the English comma."""

    name: str
    texts: Mapping[str, str]
    cells: Mapping[str, str]
    keys: Sequence[str] = ()

    def policy(self, text: str) -> str:
        """A policy's TOML in English, without the comments of the Chinese one."""
        lines = [self._line(line) for line in text.splitlines() if not line.startswith("#")]
        made = "\n".join(lines).lstrip() + "\n"
        return made.replace(f'id = "{self.name}"', f'id = "{self.name}{ENDING}"', 1)

    def _line(self, line: str) -> str:
        if self.keys and line.partition(" = ")[0] not in self.keys:
            return line
        return _STRING.sub(lambda found: f'"{self._text(found[1])}"', line)

    def example(self, place: str, content: bytes) -> bytes:
        """A CSV file of example data in English; ``place`` such as ``2026-10/surveys.csv`` names its table."""
        table = TABLES[place.rpartition("/")[2].partition(".")[0]]
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        made = io.StringIO(newline="")
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow([_header(table, head) for head in heads])
        writer.writerows([self._cell(cell) for cell in row] for row in rows)
        return made.getvalue().encode("utf-8-sig")

    def _cell(self, cell: str) -> str:
        numbered = _NUMBERED.fullmatch(cell)
        if cell not in self.cells and numbered and numbered[1] in self.cells:
            return f"{self.cells[numbered[1]]} {numbered[2]}"
        return self.cells.get(cell, self._text(cell))

    def _text(self, text: str) -> str:
        return self.texts.get(text, text.replace("、", ", "))


def _header(table: Table, head: str) -> str:
    """The first English header of the same column, with the unit that the Chinese one names."""
    key, unit = normalise(head)
    names = (column.aliases for column in table.columns if key in map(key_of, column.aliases))
    english = next((alias for aliases in names for alias in aliases if alias.isascii()), head)
    return f"{english} ({unit})" if unit else english


def translated_names() -> list[str]:
    """Ids of the Chinese policies that have a catalogue."""
    items = resources.files("csctl").joinpath("policies", "english").iterdir()
    return sorted(item.name.removesuffix(".toml") for item in items if item.name.endswith(".toml"))


def english_catalogue(name: str) -> Catalogue | None:
    """The catalogue behind an English policy such as ``insurance-en``; None for any other."""
    chinese = name.removesuffix(ENDING)
    if chinese == name or chinese not in translated_names():
        return None
    text = resources.files("csctl").joinpath("policies", "english", f"{chinese}.toml").read_text("utf-8")
    found = tomllib.loads(text)
    return Catalogue(chinese, found["texts"], found.get("cells", {}), found.get("keys", ()))
