"""``readings.toml``: what csctl decided by itself about columns, and somebody has looked at and accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from csctl.policy.load import SourceText
from csctl.policy.parts import Part
from csctl.policy.to_write import toml_string
from csctl.policy.validate import read_as
from csctl.problems import Problem
from csctl.readers.columns.source import Unit

READINGS_NAME = "readings.toml"
Order = Literal["d/m/y", "m/d/y"]
Mark = Literal[".", ","]


class AcceptedColumn(Part):
    """What one column may go on being read as, where nothing in mapping or file says it."""

    unit: Unit | None = Field(None, description="what bare numbers count")
    order: Order | None = Field(None, description="which of day and month stands first")
    mark: Mark | None = Field(None, description="the decimal mark")


class AcceptedSource(Part):
    """The accepted columns of one source, which is known by its table and its pattern of files."""

    table: str
    files: str
    columns: dict[str, AcceptedColumn] = Field({}, description="canonical column (or metric) and what was accepted")


class _Readings(Part):
    source: list[AcceptedSource] = Field([], description="the sources")


@dataclass(frozen=True, slots=True)
class Accepted:
    """All that was accepted, by table and pattern of files; ``text`` is as written, "" without a file."""

    sources: Mapping[tuple[str, str], Mapping[str, AcceptedColumn]]
    text: str = ""

    def of(self, table: str, files: str) -> dict[str, AcceptedColumn]:
        """What was accepted of the columns of a source."""
        return dict(self.sources.get((table, files), {}))


NOTHING = Accepted({})
"""Nothing was accepted."""


def accepted_of(text: str) -> tuple[Accepted | None, list[Problem]]:
    """What a text of ``readings.toml`` says; all that is wrong with it at once."""
    if not text.strip():
        return NOTHING, []
    read, problems = read_as(_Readings, SourceText(READINGS_NAME, text))
    if read is None:
        return None, problems
    return Accepted({(one.table, one.files): one.columns for one in read.source}, text), []


def with_accepted(known: Accepted, new: Iterable[tuple[str, str, str, AcceptedColumn]]) -> str:
    """The text of ``readings.toml`` with more columns accepted: (table, files, column, what); sorted, one line each."""
    sources = {key: dict(columns) for key, columns in known.sources.items()}
    for table, files, column, accepted in new:
        sources.setdefault((table, files), {})[column] = accepted
    blocks = [_block(table, files, columns) for (table, files), columns in sorted(sources.items()) if columns]
    return "\n".join(blocks)


def _block(table: str, files: str, columns: Mapping[str, AcceptedColumn]) -> str:
    lines = ["[[source]]", f"table = {toml_string(table)}", f"files = {toml_string(files)}", "[source.columns]"]
    for name, column in sorted(columns.items()):
        said = column.model_dump(exclude_none=True)
        inside = ", ".join(f"{key} = {toml_string(value)}" for key, value in sorted(said.items()))
        lines.append(f"{name if name.isascii() and name.isidentifier() else toml_string(name)} = {{ {inside} }}")
    return "\n".join(lines) + "\n"
