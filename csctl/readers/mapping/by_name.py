"""Columns bound to headers by exact alias, told apart by the unit where that can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from csctl.headers import Header, normalise
from csctl.messages import problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import named_days
from csctl.readers.mapping.bound_so_far import Matching, column_rule, first_of_doubles, refused, say_alike
from csctl.readers.mapping.day_clocks import clock_alone, the_day_among
from csctl.tables import AGENT_NAMES, Column, Kind
from csctl.unit_words import MONEY_UNITS

CLOCK_HEADERS = ("时间", "time", "时刻", "time of day", "call time")
_WITHOUT_UNIT = frozenset({Kind.MOMENT, Kind.DATE, Kind.FLAG, Kind.TEXT, Kind.ID})


def _clearest(column: Column, found: list[Header]) -> list[Header]:
    """Of headers that are alike those written as one of the names; else those that give a unit, where that matters."""
    exact = [header for header in found if header.text in {column.name, *column.aliases}]
    clear = [header for header in found if header.unit] if column.kind not in _WITHOUT_UNIT else []
    return exact or clear or found


def _names_of(column: Column) -> list[tuple[str, str]]:
    return [normalise(name) for name in (column.name, *column.aliases)]


def _counts_in(column: Column, header: Header) -> bool:
    """Whether a column can count in the unit that stands behind the header's name."""
    if header.unit in MONEY_UNITS:
        return column.kind is Kind.MONEY
    return column.kind is Kind.SECONDS or (column.kind is Kind.NUMBER and named_days(column.name))


_SAID_IN_FULL = {"count": ("次数", Kind.COUNT), "days": ("天数", Kind.NUMBER)}
"""What a unit in brackets stands for in the name of a column: 迟到(次) is 迟到次数."""
_LENGTH_IN_FULL = ("时长", Kind.SECONDS)


def _by_its_unit(header: Header, columns: Sequence[Column]) -> list[Column]:
    """The columns whose name says in full what the header has in brackets: 旷工(天) is 旷工天数."""
    lengths = _LENGTH_IN_FULL if header.of_time else None
    said = _SAID_IN_FULL.get(header.unit) or lengths
    if said is None:
        return []
    word, kind = said
    names = {f"{name}{word}" for name in (header.key, header.bare) if name}
    return [one for one in columns if one.kind is kind and names & dict(_names_of(one)).keys()]


def columns_for(header: Header, state: Matching) -> list[Column]:
    """The canonical columns that have this header among their aliases; told apart by the unit where that can."""
    open_columns = [column for column in state.table.columns if column.name not in state.bindings]
    if header.together and (found := [one for one in open_columns if header.together in dict(_names_of(one))]):
        return found
    named = {column.name: [unit for key, unit in _names_of(column) if key in {header.key, header.path}]
             for column in open_columns}  # fmt: skip
    columns = [column for column in open_columns if named[column.name]]
    if not columns and header.bare:
        # 通话时长_s is 通话时长 with its unit, 病假/小时 is 病假, 销售额/万元 an amount: nothing else is named so.
        return [one for one in open_columns if _counts_in(one, header) and header.bare in dict(_names_of(one))]
    if len(columns) > 1 and header.unit:
        columns = [column for column in columns if column.kind not in _WITHOUT_UNIT] or columns
    if len(columns) > 1:
        columns = [column for column in columns if bool(header.unit) in map(bool, named[column.name])] or columns
    return columns


def _settle(claims: dict[int, list[Column]], state: Matching) -> None:
    """A header two columns claim goes to the one that no other header serves; else it is an error."""
    served = {columns[0].name for columns in claims.values() if len(columns) == 1}
    for index, columns in claims.items():
        if len(columns) < 2:
            continue
        left = [column for column in columns if column.name not in served]
        agents = [column for column in left if column.name in AGENT_NAMES]
        claims[index] = agents[:1] or left
        if len(claims[index]) > 1:
            header = next(header for header in state.headers if header.column == index)
            names = " / ".join(column.name for column in columns)
            state.problems.append(
                problem("header-means-two", state.place.at(column=header.text), header.text, columns=names)
            )
            claims[index] = []


def _keys(header: Header) -> set[str]:
    return {header.key, header.path, header.together, header.bare}


def _choose(column: Column, found: list[Header], state: Matching) -> tuple[Header, ...]:
    """The headers of one column: all in alias order for agents, one for any other; two different ones are an error."""
    order = [key for key, _ in _names_of(column)]
    ranked = sorted(found, key=lambda header: min(
        (order.index(key) for key in _keys(header) if key in order), default=0))  # fmt: skip
    if column.name in AGENT_NAMES or len(ranked) == 1:
        return tuple(ranked)
    exact = _clearest(column, [header for header in ranked if header.key == order[0]])
    days = [header for header in ranked if header.key not in CLOCK_HEADERS]
    if column.kind is Kind.DATE and len(days) == 1:
        return tuple(days)
    if column.kind is Kind.DATE and (day := the_day_among(ranked, state.cells)):
        return (day,)
    if len(exact) == 1:
        say_alike(column, exact[0], ranked, state)
        return (exact[0],)
    if len({header.path for header in ranked}) == 1:
        read = first_of_doubles(column, clearest := _clearest(column, ranked), state)
        say_alike(column, read, [one for one in ranked if one not in clearest], state)
        return (read,)
    return refused(column, ranked, state)


def _claims_by_unit(
    headers: Sequence[Header], claims: Mapping[int, Sequence[Column]], state: Matching
) -> dict[int, list[Column]]:
    """The columns, claimed by no header under a name of theirs, that one other header means by name and unit."""
    taken = {*state.bindings, *(column.name for columns in claims.values() for column in columns)}
    open_columns = [column for column in state.table.columns if column.name not in taken]
    found = {header.column: columns for header in headers if (columns := _by_its_unit(header, open_columns))}
    named = Counter(column.name for columns in found.values() for column in columns)
    return {at: columns for at, columns in found.items() if len(columns) == 1 and named[columns[0].name] == 1}


def apply_aliases(state: Matching) -> None:
    """Bind the columns that headers still free name."""
    taken = state.taken()
    free = [header for header in state.headers if header.column not in taken]
    claims = {header.column: columns for header in free if (columns := columns_for(header, state))}
    claims |= _claims_by_unit([header for header in free if header.column not in claims], claims, state)
    _settle(claims, state)
    for column in state.table.columns:
        found = [header for header in free if column in claims.get(header.column, [])]
        if found:
            chosen = _choose(column, found, state)
            if len(chosen) == 1 and clock_alone(column, state.table, chosen[0], state.cells):
                continue
            # An ambiguous column counts as met: its error has been said.
            state.bindings[column.name] = Binding(column, chosen, column_rule(column, state))
