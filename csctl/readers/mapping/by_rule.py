"""Columns bound to the headers that a rule of the source names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.headers import column_by_letter, find_headers
from csctl.messages import problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.naming import header_texts, similar_headers
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.values import cell_as_text
from csctl.readers.mapping.bound_so_far import Matching, first_of_doubles, refused
from csctl.tables import AGENT_NAMES, Column, Kind


def _by_rule(name: str, rule: ColumnRule, state: Matching) -> Binding | None:
    column = state.table.column(name)
    assert column is not None, name  # noqa: S101 - resolve_source has checked it
    if rule.ignore or rule.value is not None:
        return _header_or_constant(column, rule, state)
    if rule.join:
        return _joined(column, rule, state)
    if rule.since:
        return _between(column, rule, state)
    if name in AGENT_NAMES or rule.filled or rule.sum:
        several = [header for wanted in rule.from_ for header in find_headers(state.headers, wanted)]
        if several:
            _say_what_lacks(column, rule, state)
            return Binding(column, tuple(dict.fromkeys(several)), rule)
    return _first_found(column, rule, rule.from_, state)


def _header_or_constant(column: Column, rule: ColumnRule, state: Matching) -> Binding:
    """The header of a rule that has a constant too; the constant where the file has none, or nothing at all."""
    if rule.ignore or not rule.from_:
        return Binding(column, (), rule)
    headed = rule.model_copy(update={"value": None, "optional": True})
    return _first_found(column, headed, rule.from_, state) or Binding(column, (), rule)


def _first_found(column: Column, rule: ColumnRule, names: Sequence[str], state: Matching) -> Binding | None:
    """The first of these headers that the file has; ``日期 + 时间`` are two that it has."""
    for wanted in names:
        found = find_headers(state.headers, wanted)
        if len({header.path for header in found}) > 1:
            return Binding(column, refused(column, found, state), rule)
        if found:
            return Binding(column, (first_of_doubles(column, found, state),), rule)
        day, plus, clock = wanted.partition(" + ")
        days, times = find_headers(state.headers, day), find_headers(state.headers, clock)
        if plus and days and times:
            return Binding(column, (times[0],), rule, days[0])
    if names and not rule.optional:
        _say_not_found(column, names, state)
        return Binding(column, (), rule)
    return None


def _say_not_found(column: Column, names: Sequence[str], state: Matching) -> None:
    wanted = " / ".join(_lacking_part(one, state) for one in names)
    if all(column_by_letter(name) is not None for name in names):
        row = " · ".join(text for one in state.headers for text in map(cell_as_text, state.cells(one)[:1]) if text)
        count = len(state.headers)
        state.problems.append(
            problem("place-not-there", state.place.at(column=column.name), wanted, count=count, row=row)
        )
        return
    near = similar_headers(names, state.headers)
    state.problems.append(
        problem(
            "header-not-found",
            state.place.at(column=column.name),
            wanted,
            headers=header_texts(state.headers),
            nearest=near,
        )
    )


def _joined(column: Column, rule: ColumnRule, state: Matching) -> Binding | None:
    """All the headers whose texts are one, in the order in which the source names them; it takes every one."""
    found = {wanted: find_headers(state.headers, wanted) for wanted in rule.join}
    lacking = [wanted for wanted, headers in found.items() if not headers]
    if not lacking:
        return Binding(column, tuple(first_of_doubles(column, headers, state) for headers in found.values()), rule)
    if rule.optional:
        return None
    _say_not_found(column, lacking, state)
    return Binding(column, (), rule)


def _between(column: Column, rule: ColumnRule, state: Matching) -> Binding | None:
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


def _say_what_lacks(column: Column, rule: ColumnRule, state: Matching) -> None:
    """Where each row takes the first header that is filled in, or all, all of them are expected in the file."""
    lacking = tuple(wanted for wanted in rule.from_ if not find_headers(state.headers, wanted))
    if (rule.filled or rule.sum) and lacking and not rule.optional:
        near = similar_headers(lacking, state.headers)
        state.problems.append(
            problem("header-of-list-missing", state.place.at(column=column.name), lacking, nearest=near)
        )


def _lacking_part(wanted: str, state: Matching) -> str:
    """Of a day and a time that are joined the one that is not there; else all that was wanted."""
    parts = wanted.split(" + ")
    lacking = [part for part in parts if not find_headers(state.headers, part)]
    return " + ".join(lacking) if len(parts) == 2 else wanted


def apply_rules(state: Matching) -> None:
    """Bind the columns that the source has a rule for."""
    for name, rule in state.source.columns.items():
        binding = _by_rule(name, rule, state)
        if binding:
            state.bindings[name] = binding
