"""Measures: tests suit the columns that they look at."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.keys import Columns
from csctl.policy.model import Policy
from csctl.policy.parts import Comparison
from csctl.policy.refs import COLUMNS, references, table_around
from csctl.policy.tree import Locate
from csctl.problems import Problem
from csctl.tables import DECIMALS, Column, Kind

WORDS = Columns.WORDS.kinds


def lint_measures(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Columns are compared with what they hold."""
    for met, ref in references(policy):
        table = table_around(met) if ref.to in COLUMNS and met.content is not None else None
        column = table.measurable(met.text) if table else None
        if column is None:
            continue  # no test, or an unknown name that is said elsewhere
        if isinstance(met.content, Comparison) and met.content == Comparison():
            yield problem("policy-test-empty", where(met.path), column.name)
        elif not _suits(column, met.content):
            about = {"column": column.name, "kind": column.kind, "want": _want(column)}
            yield problem("policy-test-unsuited", where(met.path), _words(met.content), **about)


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
