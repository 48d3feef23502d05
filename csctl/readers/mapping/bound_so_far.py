"""What is bound of a sheet while its headers are matched, and what is said of headers that mean one column."""

from __future__ import annotations

from dataclasses import dataclass

from csctl.headers import Header, lettered
from csctl.messages import problem
from csctl.policy.to_write import named_line
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.mapping.suggest import Cells
from csctl.tables import Column, Table


@dataclass
class Matching:
    """The headers of a sheet, the columns bound so far, and what could not be settled."""

    table: Table
    source: Source
    headers: list[Header]
    place: Place
    cells: Cells
    bindings: dict[str, Binding]
    problems: list[Problem]

    def taken(self) -> set[int]:
        """Columns of the sheet that a rule of the source has spoken for."""
        return {header.column for binding in self.bindings.values() for header in binding.headers}


def first_of_doubles(column: Column, found: list[Header], state: Matching) -> Header:
    """The first of headers that are the same; that there are several is said."""
    if len(found) > 1:
        place, line = state.place.at(column=found[0].text), named_line(column.name, lettered(found[1].column))
        state.problems.append(problem("header-twice", place, found[0].text, count=len(found), line=line))
    return found[0]


def say_alike(column: Column, read: Header, found: list[Header], state: Matching) -> None:
    """That a header was read because it is written as the name itself, and others that are like it were not."""
    others = [one for one in found if one is not read and (one.path, one.unit) == (read.path, read.unit)]
    if others:
        texts = tuple(f"{one.text} ({lettered(one.column)})" for one in others)
        line = named_line(column.name, lettered(others[0].column))
        state.problems.append(
            problem("headers-alike", state.place.at(column=read.text), texts, read=read.text, line=line)
        )


def refused(column: Column, found: list[Header], state: Matching) -> tuple[Header, ...]:
    """None of headers that are different and mean one column: it is an error."""
    texts = tuple(header.text for header in found)
    state.problems.append(problem("headers-mean-one", state.place.at(column=column.name), texts, name=column.name))
    return ()


def column_rule(column: Column, state: Matching) -> ColumnRule:
    """What the source says of a column besides its header: a unit, a format, texts."""
    return state.source.columns.get(column.name, ColumnRule())
