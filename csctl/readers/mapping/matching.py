"""Which header is which canonical column: by what the source says, else by exact alias; never by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csctl.headers import Header, column_of, find, lettered, normalise
from csctl.messages import problem
from csctl.policy.to_write import named_line
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import named_days
from csctl.readers.columns.layout import Row
from csctl.readers.columns.naming import nearest, shown
from csctl.readers.columns.orders import order_in
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.columns.values import text_of
from csctl.readers.mapping.day_clocks import bind_clocks, clock_alone, the_day_among
from csctl.readers.mapping.lacking import missing_columns
from csctl.readers.mapping.own_units import with_own_units
from csctl.readers.mapping.punch_verdicts import bind_verdicts
from csctl.readers.mapping.suggest import Cells, cells_of, fits
from csctl.tables import AGENT_NAMES, Column, Kind, Table
from csctl.unit_words import MONEY_UNITS

DATE_WORDS = ("日期", "date", "day", "来电日期", "通话日期", "会话日期", "接入日期", "创建日期", "call date")
TIME_WORDS = ("时间", "time", "时刻", "time of day", "call time")
_WITHOUT_UNIT = frozenset({Kind.MOMENT, Kind.DATE, Kind.FLAG, Kind.TEXT, Kind.ID})


@dataclass
class _State:
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


def header_names(table: Table, source: Source) -> list[str]:
    """Every name under which a header of this source is recognised."""
    names = [name for column in table.columns for name in (column.name, *column.aliases)]
    rules = source.columns.values()
    named = [name for rule in rules for name in (*rule.from_, *rule.since, *rule.written, *rule.join)]
    said = [part for name in named for part in (name, *name.split(" + "))]
    derived = [name for rule in source.derive.values() for name in rule.headers if "*" not in name]
    moments = [*DATE_WORDS, *TIME_WORDS] if any(column.kind is Kind.MOMENT for column in table.columns) else []
    keys = [source.key] if source.key else []
    return [*names, *said, *derived, *source.keep, *source.leave_out, *keys, *moments]


def _clearest(column: Column, found: list[Header]) -> list[Header]:
    """Of headers that are alike those written as one of the names; else those that give a unit, where that matters."""
    exact = [header for header in found if header.text in {column.name, *column.aliases}]
    clear = [header for header in found if header.unit] if column.kind not in _WITHOUT_UNIT else []
    return exact or clear or found


def _first_of_doubles(column: Column, found: list[Header], state: _State) -> Header:
    if len(found) > 1:
        place, line = state.place.at(column=found[0].text), named_line(column.name, lettered(found[1].column))
        state.problems.append(problem("header-twice", place, found[0].text, count=len(found), line=line))
    return found[0]


def _refused(column: Column, found: list[Header], state: _State) -> tuple[Header, ...]:
    texts = tuple(header.text for header in found)
    state.problems.append(problem("headers-mean-one", state.place.at(column=column.name), texts, name=column.name))
    return ()


def _by_rule(name: str, rule: ColumnRule, state: _State) -> Binding | None:
    column = state.table.column(name)
    assert column is not None, name  # noqa: S101 - resolve_source has checked it
    if rule.ignore or rule.value is not None:
        return _header_or_constant(column, rule, state)
    if rule.join:
        return _joined(column, rule, state)
    if rule.since:
        return _between(column, rule, state)
    if name in AGENT_NAMES or rule.filled or rule.sum:
        several = [header for wanted in rule.from_ for header in find(state.headers, wanted)]
        if several:
            _say_what_lacks(column, rule, state)
            return Binding(column, tuple(dict.fromkeys(several)), rule)
    return _first_found(column, rule, rule.from_, state)


def _header_or_constant(column: Column, rule: ColumnRule, state: _State) -> Binding:
    """The header of a rule that has a constant too; the constant where the file has none, or nothing at all."""
    if rule.ignore or not rule.from_:
        return Binding(column, (), rule)
    headed = rule.model_copy(update={"value": None, "optional": True})
    return _first_found(column, headed, rule.from_, state) or Binding(column, (), rule)


def _first_found(column: Column, rule: ColumnRule, names: Sequence[str], state: _State) -> Binding | None:
    """The first of these headers that the file has; ``日期 + 时间`` are two that it has."""
    for wanted in names:
        found = find(state.headers, wanted)
        if len({header.path for header in found}) > 1:
            return Binding(column, _refused(column, found, state), rule)
        if found:
            return Binding(column, (_first_of_doubles(column, found, state),), rule)
        day, plus, clock = wanted.partition(" + ")
        days, times = find(state.headers, day), find(state.headers, clock)
        if plus and days and times:
            return Binding(column, (times[0],), rule, days[0])
    if names and not rule.optional:
        _say_not_found(column, names, state)
        return Binding(column, (), rule)
    return None


def _say_not_found(column: Column, names: Sequence[str], state: _State) -> None:
    wanted = " / ".join(_lacking_part(one, state) for one in names)
    if all(column_of(name) is not None for name in names):
        row = " · ".join(text for one in state.headers for text in map(text_of, state.cells(one)[:1]) if text)
        count = len(state.headers)
        state.problems.append(
            problem("place-not-there", state.place.at(column=column.name), wanted, count=count, row=row)
        )
        return
    near = nearest(names, state.headers)
    state.problems.append(
        problem(
            "header-not-found", state.place.at(column=column.name), wanted, headers=shown(state.headers), nearest=near
        )
    )


def _joined(column: Column, rule: ColumnRule, state: _State) -> Binding | None:
    """All the headers whose texts are one, in the order in which the source names them; it takes every one."""
    found = {wanted: find(state.headers, wanted) for wanted in rule.join}
    lacking = [wanted for wanted, headers in found.items() if not headers]
    if not lacking:
        return Binding(column, tuple(_first_of_doubles(column, headers, state) for headers in found.values()), rule)
    if rule.optional:
        return None
    _say_not_found(column, lacking, state)
    return Binding(column, (), rule)


def _between(column: Column, rule: ColumnRule, state: _State) -> Binding | None:
    """The two moments between which the time counts; without one of them only the length as it is written."""
    moment, quiet = replace(column, kind=Kind.MOMENT), rule.model_copy(update={"optional": True})
    written = _first_found(column, quiet, rule.written, state)
    wanted = quiet if written else rule
    ends = [_first_found(moment, wanted, names, state) for names in (rule.from_, rule.since)]
    end, start = ends
    if end is None or start is None:
        return written
    if not end.headers or not start.headers:
        return Binding(column, (), rule)
    return replace(end, column=column, since=start, written=written)


def _say_what_lacks(column: Column, rule: ColumnRule, state: _State) -> None:
    """Where each row takes the first header that is filled in, or all, all of them are expected in the file."""
    lacking = tuple(wanted for wanted in rule.from_ if not find(state.headers, wanted))
    if (rule.filled or rule.sum) and lacking and not rule.optional:
        near = nearest(lacking, state.headers)
        state.problems.append(
            problem("header-of-list-missing", state.place.at(column=column.name), lacking, nearest=near)
        )


def _lacking_part(wanted: str, state: _State) -> str:
    """Of a day and a time that are joined the one that is not there; else all that was wanted."""
    parts = wanted.split(" + ")
    lacking = [part for part in parts if not find(state.headers, part)]
    return " + ".join(lacking) if len(parts) == 2 else wanted


def _apply_rules(state: _State) -> None:
    for name, rule in state.source.columns.items():
        binding = _by_rule(name, rule, state)
        if binding:
            state.bindings[name] = binding


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


def _columns_for(header: Header, state: _State) -> list[Column]:
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


def _settle(claims: dict[int, list[Column]], state: _State) -> None:
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


def _choose(column: Column, found: list[Header], state: _State) -> tuple[Header, ...]:
    """The headers of one column: all in alias order for agents, one for any other; two different ones are an error."""
    order = [key for key, _ in _names_of(column)]
    ranked = sorted(found, key=lambda header: min(
        (order.index(key) for key in _keys(header) if key in order), default=0))  # fmt: skip
    if column.name in AGENT_NAMES or len(ranked) == 1:
        return tuple(ranked)
    exact = _clearest(column, [header for header in ranked if header.key == order[0]])
    days = [header for header in ranked if header.key not in TIME_WORDS]
    if column.kind is Kind.DATE and len(days) == 1:
        return tuple(days)
    if column.kind is Kind.DATE and (day := the_day_among(ranked, state.cells)):
        return (day,)
    if len(exact) == 1:
        return (exact[0],)
    if len({header.path for header in ranked}) == 1:
        return (_first_of_doubles(column, _clearest(column, ranked), state),)
    return _refused(column, ranked, state)


def _rule(column: Column, state: _State) -> ColumnRule:
    """What the source says of a column besides its header: a unit, a format, texts."""
    return state.source.columns.get(column.name, ColumnRule())


def _claims_by_unit(
    headers: Sequence[Header], claims: Mapping[int, Sequence[Column]], state: _State
) -> dict[int, list[Column]]:
    """The columns, claimed by no header under a name of theirs, that one other header means by name and unit."""
    taken = {*state.bindings, *(column.name for columns in claims.values() for column in columns)}
    open_columns = [column for column in state.table.columns if column.name not in taken]
    found = {header.column: columns for header in headers if (columns := _by_its_unit(header, open_columns))}
    named = Counter(column.name for columns in found.values() for column in columns)
    return {at: columns for at, columns in found.items() if len(columns) == 1 and named[columns[0].name] == 1}


def _take_verdicts(state: _State) -> None:
    """The columns of verdicts on each punch, where no rule says what a day's verdict is."""
    free = [header for header in state.headers if header.column not in state.taken()]
    column = state.table.column("result")
    if column is None or column.name in state.bindings:
        return
    bound = bind_verdicts(state.table, free, _rule(column, state))
    if bound is not None:
        state.bindings[bound.column.name] = bound


def _apply_aliases(state: _State) -> None:
    taken = state.taken()
    free = [header for header in state.headers if header.column not in taken]
    claims = {header.column: columns for header in free if (columns := _columns_for(header, state))}
    claims |= _claims_by_unit([header for header in free if header.column not in claims], claims, state)
    _settle(claims, state)
    for column in state.table.columns:
        found = [header for header in free if column in claims.get(header.column, [])]
        if found:
            chosen = _choose(column, found, state)
            if len(chosen) == 1 and clock_alone(column, state.table, chosen[0], state.cells):
                continue
            # An ambiguous column counts as met: its error has been said.
            state.bindings[column.name] = Binding(column, chosen, _rule(column, state))


def _share_headers(state: _State) -> None:
    """A header that the source gives to one column still serves another that knows it by name.

    Not where one of them names the agent, or both hold the same kind of figure: there the source has said which it is.
    """
    for header in state.headers:
        takers = [one.column for one in state.bindings.values() if header in one.headers]
        if not takers:
            continue
        columns = [column for column in _columns_for(header, state) if _may_share(column, takers, header, state)]
        if len(columns) == 1:
            state.bindings[columns[0].name] = Binding(columns[0], (header,), _rule(columns[0], state))


def _may_share(column: Column, takers: Sequence[Column], header: Header, state: _State) -> bool:
    if any(one.name in AGENT_NAMES for one in (column, *takers)):
        return False
    if column.kind in {Kind.DATE, Kind.MOMENT} and not header.unit:
        return fits(column, state.cells(header)) and all(one.kind is not column.kind for one in takers)
    return column.kind is Kind.TEXT


def _word(words: Sequence[str], state: _State) -> Header | None:
    free = [header for header in state.headers if header.column not in state.taken()]
    return next((header for header in free if header.key in words), None)


def _join_moments(state: _State) -> None:
    """Moments whose day and time stand in two columns, told by the headers ``日期`` and ``时间`` alone."""
    dated = state.table.column(state.table.dated or "")
    if not any(column.kind is Kind.MOMENT for column in state.table.columns):
        return
    own_day = state.bindings.get("date")
    base = own_day.headers[0] if own_day and own_day.headers else _word(DATE_WORDS, state)
    if dated and dated.kind is Kind.MOMENT and dated.name not in state.bindings and base:
        clock = _word(TIME_WORDS, state)
        state.bindings[dated.name] = Binding(dated, (clock or base,), _rule(dated, state), base if clock else None)
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
    state = _State(table, source, list(headers), place, cells_of(rows), {}, [])
    _apply_rules(state)
    _take_verdicts(state)
    _apply_aliases(state)
    alone = {"metric", "value"} & state.bindings.keys() == {"value"}
    if table.name == "kpis" and alone and "value" not in source.columns:
        # 数值 without a column that says of what is itself the name of a figure.
        del state.bindings["value"]
    free = [header for header in state.headers if header.column not in state.taken()]
    state.bindings |= bind_clocks(table, free, state.bindings, state.cells, lambda column: _rule(column, state))
    _join_moments(state)
    _share_headers(state)
    state.problems += missing_columns(table, source, state.bindings, state.headers, state.cells, place)
    return with_own_units(state.bindings, source), state.problems
