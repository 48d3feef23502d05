"""How a canonical column is filled: what matching decides, and what reading works from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from csctl.headers import Header
from csctl.readers.columns.source import ColumnRule, Source
from csctl.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Binding:
    """How one canonical column is filled: from the first filled of ``headers``, or with the rule's constant.

    ``rule.filled`` says that it is the first filled of each row, ``rule.join`` that they are read one after the other,
    ``rule.sum`` that they are added up; else one header serves all rows.

    ``base`` is the column that holds the day of a moment whose own column holds the time. A length of time that is not
    written anywhere is the moment of ``headers`` less the moment of ``since``; ``written`` is the column of that length
    in a file that has it too. ``each``: all of the headers tell of the row, each of a part of it.
    """

    column: Column
    headers: tuple[Header, ...]
    rule: ColumnRule
    base: Header | None = None
    since: Binding | None = None
    written: Binding | None = None
    each: bool = False

    @property
    def used(self) -> tuple[Header, ...]:
        """Every header of the sheet that takes part."""
        own = self.headers if self.base is None else (*self.headers, self.base)
        beside = [one for one in (self.since, self.written) if one]
        return (*own, *(header for one in beside for header in one.used))

    @property
    def summands(self) -> dict[str, Binding]:
        """Each header of a sum as a column by itself, under names that no column of a table has; {} if it is none.

        A part of a sum need not be filled in, even where the sum must be there.
        """
        if not self.rule.sum or len(self.headers) < 2:
            return {}
        column = replace(self.column, required=False)
        return {f"{column.name}:{one.column}": replace(self, column=column, headers=(one,)) for one in self.headers}


def melts(table: Table, source: Source, bindings: Mapping[str, Binding]) -> bool:
    """Whether unmapped columns become metrics: the source says so, or it is a wide table of figures."""
    return source.melt or (table.name == "kpis" and not {"metric", "value"} & bindings.keys())
