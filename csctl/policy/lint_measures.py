"""Measures: the tables, columns and tests they name exist and are of the right kind."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Comparison, Term
from csctl.policy.refs import figures, happenings, nearest, terms, wheres
from csctl.policy.tree import Locate
from csctl.problems import Place, Problem
from csctl.tables import DECIMALS, TABLES, Column, Kind

WORDS = (Kind.TEXT, Kind.ID)


def lint_measures(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Tables, columns, aggregates and tests; and units where only one makes sense."""
    for path, term in terms(policy):
        yield from _term(path, term, where)
    for path, table, tests in wheres(policy):
        for name, test in tests.items():
            yield from _column_test((*path, name), table, name, test, where)
    yield from _units(policy, where)


def _term(path: Path, term: Term, where: Locate) -> Iterator[Problem]:
    table = TABLES.get(term.table)
    if table is None:
        yield problem("policy-unknown-table", where((*path, "table")), term.table, near=nearest(term.table, TABLES))
        return
    if term.column is None:
        return
    at = where((*path, term.aggregate))
    column = table.measurable(term.column)
    if column is None:
        yield _unknown_column(at, term.table, term.column)
    elif term.aggregate != "distinct" and column.kind not in DECIMALS:
        numeric = [other.name for other in (*table.columns, *table.derived) if other.kind in DECIMALS]
        yield problem(
            "policy-column-not-numeric",
            at,
            term.column,
            aggregate=term.aggregate,
            kind=column.kind,
            numeric=", ".join(numeric) or "-",
        )


def _unknown_column(at: Place, table: str, name: str) -> Problem:
    return problem("policy-unknown-column", at, name, table=table, near=nearest(name, _columns(table)))


def _columns(table: str) -> list[str]:
    return [column.name for column in (*TABLES[table].columns, *TABLES[table].derived)]


def _column_test(path: Path, table: str, name: str, test: object, where: Locate) -> Iterator[Problem]:
    if table not in TABLES:
        return  # said once, where the table is named
    column = TABLES[table].measurable(name)
    if column is None:
        yield _unknown_column(where(path), table, name)
    elif isinstance(test, Comparison) and test == Comparison():
        yield problem("policy-test-empty", where(path), name)
    elif not _suits(column, test):
        about = {"column": name, "kind": column.kind, "want": _want(column)}
        yield problem("policy-test-unsuited", where(path), _words(test), **about)


def _suits(column: Column, test: object) -> bool:
    """Whether a column of that kind can be compared so."""
    if isinstance(test, bool):
        return column.kind is Kind.FLAG
    if isinstance(test, Decimal):
        return column.kind in DECIMALS
    if isinstance(test, Comparison):
        if test.edges and column.kind not in DECIMALS:
            return False
        return test.not_ is None or column.kind in WORDS
    return column.kind in WORDS


def _want(column: Column) -> str:
    if column.kind is Kind.FLAG:
        return "true / false"
    if column.kind in DECIMALS:
        return f"{column.name} = 5, {column.name} = {{ at_least = 5 }}"
    if column.kind in WORDS:
        return f'{column.name} = "…", {column.name} = ["…", "…"]'
    return f"{column.name} = {{ known = true }}"


def _words(test: object) -> str:
    if isinstance(test, bool):
        return "true" if test else "false"
    if isinstance(test, Comparison):
        return ", ".join(test.model_dump(exclude_none=True, by_alias=True))
    return str(test)


def _units(policy: Policy, where: Locate) -> Iterator[Problem]:
    for path, happening in happenings(policy):
        if happening.measure is not None:
            yield from _unit_among(policy, (*path, "measure"), happening.measure, ("count",), where)
    if policy.pay is None:
        return
    for index, pool in enumerate(policy.pay.pool):
        yield from _unit_among(policy, ("pay", "pool", index, "of"), pool.of, ("yuan",), where)
    for index, deduction in enumerate(policy.pay.deduction):
        path = ("pay", "deduction", index, "quantity")
        yield from _unit_among(policy, path, deduction.quantity, ("days", "hours"), where)


def _unit_among(policy: Policy, path: Path, name: str, wanted: tuple[str, ...], where: Locate) -> Iterator[Problem]:
    figure = figures(policy).get(name)
    if figure is None:
        return  # an unknown measure is said elsewhere
    if figure.unit not in wanted:
        yield problem("policy-wrong-unit", where(path), name, unit=figure.unit or '""', want=" / ".join(wanted))
    elif wanted == ("count",) and figure.places:
        yield problem("policy-count-with-decimals", where(path), name, places=figure.places)
