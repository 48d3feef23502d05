"""Which header is which canonical column: by what the source says, else by exact alias; never by likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.headers import Header
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.layout import Row
from csctl.readers.columns.orders import order_in
from csctl.readers.columns.source import Source
from csctl.readers.mapping.bound_so_far import Matching, column_rule
from csctl.readers.mapping.by_name import CLOCK_HEADERS, apply_aliases, columns_for
from csctl.readers.mapping.by_rule import apply_rules
from csctl.readers.mapping.day_clocks import bind_clocks
from csctl.readers.mapping.lacking import missing_columns
from csctl.readers.mapping.own_units import with_own_units
from csctl.readers.mapping.punch_verdicts import bind_verdicts
from csctl.readers.mapping.suggest import first_cells, fits
from csctl.tables import AGENT_NAMES, Column, Kind, Table

DAY_HEADERS = ("日期", "date", "day", "来电日期", "通话日期", "会话日期", "接入日期", "创建日期", "call date")


def header_names(table: Table, source: Source) -> list[str]:
    """Every name under which a header of this source is recognised."""
    names = [name for column in table.columns for name in (column.name, *column.aliases)]
    rules = source.columns.values()
    named = [name for rule in rules for name in (*rule.from_, *rule.since, *rule.written, *rule.join)]
    said = [part for name in named for part in (name, *name.split(" + "))]
    derived = [name for rule in source.derive.values() for name in rule.headers if "*" not in name]
    moments = [*DAY_HEADERS, *CLOCK_HEADERS] if any(column.kind is Kind.MOMENT for column in table.columns) else []
    keys = [source.key] if source.key else []
    return [*names, *said, *derived, *source.keep, *source.leave_out, *keys, *moments]


def _take_verdicts(state: Matching) -> None:
    """The columns of verdicts on each punch, where no rule says what a day's verdict is."""
    free = [header for header in state.headers if header.column not in state.taken()]
    column = state.table.column("result")
    if column is None or column.name in state.bindings:
        return
    bound = bind_verdicts(state.table, free, column_rule(column, state))
    if bound is not None:
        state.bindings[bound.column.name] = bound


def _share_headers(state: Matching) -> None:
    """A header that the source gives to one column still serves another that knows it by name.

    Not where one of them names the agent, or both hold the same kind of figure: there the source has said which it is.
    """
    for header in state.headers:
        takers = [one.column for one in state.bindings.values() if header in one.headers]
        if not takers:
            continue
        columns = [column for column in columns_for(header, state) if _may_share(column, takers, header, state)]
        if len(columns) == 1:
            state.bindings[columns[0].name] = Binding(columns[0], (header,), column_rule(columns[0], state))


def _may_share(column: Column, takers: Sequence[Column], header: Header, state: Matching) -> bool:
    if any(one.name in AGENT_NAMES for one in (column, *takers)):
        return False
    if column.kind in {Kind.DATE, Kind.MOMENT} and not header.unit:
        return fits(column, state.cells(header)) and all(one.kind is not column.kind for one in takers)
    return column.kind is Kind.TEXT


def _word(words: Sequence[str], state: Matching) -> Header | None:
    free = [header for header in state.headers if header.column not in state.taken()]
    return next((header for header in free if header.key in words), None)


def _join_moments(state: Matching) -> None:
    """Moments whose day and time stand in two columns, told by the headers ``日期`` and ``时间`` alone."""
    dated = state.table.column(state.table.dated or "")
    if not any(column.kind is Kind.MOMENT for column in state.table.columns):
        return
    own_day = state.bindings.get("date")
    base = own_day.headers[0] if own_day and own_day.headers else _word(DAY_HEADERS, state)
    if dated and dated.kind is Kind.MOMENT and dated.name not in state.bindings and base:
        clock = _word(CLOCK_HEADERS, state)
        state.bindings[dated.name] = Binding(
            dated, (clock or base,), column_rule(dated, state), base if clock else None
        )
    for name, binding in state.bindings.items():
        own = state.bindings.get(binding.column.on_day)
        day = own.headers[0] if own and own.headers else base
        if day and (binding.column.kind is Kind.MOMENT or binding.since):
            start = _on_day(binding.since, day) if binding.since else None
            state.bindings[name] = replace(_on_day(binding, day), since=start)


def _on_day(binding: Binding, base: Header) -> Binding:
    """A moment with the column that holds its day, unless that is known or the moment is written in full."""
    usual = not binding.rule.format or order_in(binding.rule.format)
    return replace(binding, base=base) if usual and binding.base is None and binding.headers else binding


def bind(
    table: Table, source: Source, headers: Sequence[Header], place: Place, rows: Sequence[Row] = ()
) -> tuple[dict[str, Binding], list[Problem]]:
    """Canonical column name to how it is filled, for every column that can be; and what could not be settled.

    ``rows`` are those below the header: nothing is proposed that does not fit its cells.

    A column that is required and not found, and a header or column that could mean two things, is an error.
    Headers nobody claimed are in no binding; ``unmapped_note`` lists them.
    """
    state = Matching(table, source, list(headers), place, first_cells(rows), {}, [])
    apply_rules(state)
    _take_verdicts(state)
    apply_aliases(state)
    alone = {"metric", "value"} & state.bindings.keys() == {"value"}
    if table.name == "kpis" and alone and "value" not in source.columns:
        # 数值 without a column that says of what is itself the name of a figure.
        del state.bindings["value"]
    free = [header for header in state.headers if header.column not in state.taken()]
    state.bindings |= bind_clocks(table, free, state.bindings, state.cells, lambda column: column_rule(column, state))
    _join_moments(state)
    _share_headers(state)
    state.problems += missing_columns(table, source, state.bindings, state.headers, state.cells, place)
    return with_own_units(state.bindings, source), state.problems
