"""What measures rest on that the month's rows do not tell: columns and flags that nothing fills in, scores of several
scales.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

import narwhals as nw

from csctl.core.frames.columns import cell_text, comparable, declared_column, each_test, scale_of, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.terms import window_months
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import FULL_SCORE, SCORE, Comparison, Measure, Term
from csctl.policy.walk import uses
from csctl.problems import Problem, shortened
from csctl.tables import TABLES, Kind

EXCUSED = {"events": {"counted": "excused"}}
"""By table, what a rule asks for so as to leave out what is excused, and the column that tells it."""
NAMED = 6
"""So many measures one line names."""


def flags_asked(term: Term) -> set[str]:
    """The yes-or-no columns whose answer decides which rows the term counts."""
    return {
        name
        for name, given in term.where.items()
        if declared_column(term.table, name).kind is Kind.FLAG
        and any(isinstance(test, bool) for test in each_test(given))
    }


Filled = Mapping[str, Collection[str]]
"""By table, the columns that a file of the month has; of a table that is not named every column may be there."""


def columns_asked(term: Term) -> set[str]:
    """The stored columns whose cells decide what the term comes to; whether a cell is empty is answered by none."""
    stored = TABLES[term.table].column
    tested = {
        name
        for name, given in term.where.items()
        if any(not isinstance(test, Comparison) or test.known is None for test in each_test(given))
    }
    return {name for name in tested | ({term.column} if term.column else set()) if stored(name) is not None}


def columns_tested_empty(terms: Iterable[Term]) -> set[tuple[str, str]]:
    """Tables and columns of which some term counts the empty cells: what an empty one means is said by the rule itself,
    and no file has to have the column.
    """
    return {
        (term.table, name)
        for term in terms
        for name, given in term.where.items()
        if any(isinstance(test, Comparison) and test.known is False for test in each_test(given))
    }


def unfilled(frame: Frame, terms: Sequence[Term], month: Month, filled: Filled) -> list[set[str]]:
    """Of each term, what it asks for that no row of its months fills in: flags, and columns that no file has.

    Without any row there is no doubt. ``frame`` is the table of all these terms. Of a column that a file has, empty
    cells say that nothing happened.
    """
    windows = [tuple(window_months(term, month)) for term in terms]
    asked = [
        flags_asked(term) | (columns_asked(term) - set(filled[term.table]) if term.table in filled else set())
        for term in terms
    ]
    empty = {
        window: _empty(
            frame, window, set().union(*(flags for own, flags in zip(windows, asked, strict=True) if own == window))
        )
        for window in dict.fromkeys(windows)
    }
    return [flags & empty[window] for window, flags in zip(windows, asked, strict=True)]


def _empty(frame: Frame, months: Collection[str], flags: Collection[str]) -> set[str]:
    if not flags:
        return set()
    kept = frame.filter(nw.col("month").is_in(list(months)))
    (counts,) = records(kept.select(nw.len().alias("rows"), *(nw.col(name).count() for name in sorted(flags))))
    return {name for name in flags if counts["rows"] and not counts[name]}


def unfilled_said(
    policy: Policy, tables: Mapping[str, Frame], month: Month, filled: Filled = MappingProxyType({})
) -> list[Problem]:
    """One warning for each table and column, naming all measures that are unknown because of it."""
    unknown: dict[tuple[str, str], list[str]] = {}
    lacking = _lacking(policy, tables, month, filled)
    for name, measure in policy.measure.items():
        for table in sorted({term.table for term in _terms(measure)} & tables.keys()):
            terms = [term for term in _terms(measure) if term.table == table]
            known = {column for own, column in columns_tested_empty(terms) if own == table}
            for column in sorted(lacking[name, table] - known):
                unknown.setdefault((table, column), []).append(f"{measure.label} ({name})")
    return [
        problem(
            "column-unfilled" if column not in filled.get(table, (column,)) else "flag-unfilled",
            found=column,
            table=table,
            names=_header(table, column),
            measures=measures,
        )
        for (table, column), measures in unknown.items()
    ]


def _lacking(
    policy: Policy, tables: Mapping[str, Frame], month: Month, filled: Filled
) -> Mapping[tuple[str, str], set[str]]:
    """By measure and table, what nothing fills in; a table is gone through once for all measures of a window."""
    asked = [(name, term) for name, measure in policy.measure.items() for term in _terms(measure)]
    found: dict[tuple[str, str], set[str]] = {}
    for table, frame in tables.items():
        own = [(name, term) for name, term in asked if term.table == table]
        of_terms = unfilled(frame, [term for _, term in own], month, filled)
        for (name, _), columns in zip(own, of_terms, strict=True):
            found.setdefault((name, table), set()).update(columns)
    return found


def excuses_said(policy: Policy, tables: Mapping[str, Frame], month: Month, filled: Filled) -> list[Problem]:
    """A warning where rules leave out what is excused and no file of the happenings has the column that would tell:
    everything counts then.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for name, measure in policy.measure.items():
        for term in _terms(measure):
            asked = set(term.where) & EXCUSED.get(term.table, {}).keys()
            for column in sorted({EXCUSED[term.table][one] for one in asked}):
                if term.table in tables and column not in filled.get(term.table, (column,)):
                    found.setdefault((term.table, column), []).append(f"{measure.label} ({name})")
    return [
        problem(
            "excuse-column-missing",
            found=column,
            table=table,
            names=_header(table, column),
            measures=shortened(list(dict.fromkeys(measures)), NAMED),
        )
        for (table, column), measures in found.items()
        if _has_rows(tables[table], month)
    ]


def _has_rows(frame: Frame, month: Month) -> bool:
    return bool(records(frame.filter(nw.col("month") == str(month)).head(1)))


def _terms(measure: Measure) -> list[Term]:
    """All terms of a measure; those of a share are its own one with the tests of the share."""
    own = [term for _, term in uses(measure, Term)]
    if measure.share is None:
        return own
    return [*own, Term.model_construct(table=measure.table, where=measure.share, window=measure.window, rows=True)]


def _header(table: str, column: str) -> str:
    """The name under which exports carry a column."""
    aliases = declared_column(table, column).aliases
    return aliases[0] if aliases else column


def scales_said(policy: Policy, tables: Mapping[str, Frame], month: Month) -> list[Problem]:
    """Measures that put scores of different full scores together, or scores that exceed the one they count in."""
    found: list[Problem] = []
    for name, measure in policy.measure.items():
        divided = any(term.column == FULL_SCORE for _, term in uses(measure, Term))
        for term in _scored(_terms(measure)):
            if term.table in tables and not divided:
                found += _doubts(f"{measure.label} ({name})", term, tables[term.table], month)
    return list(dict.fromkeys(found))


def _scored(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if term.column == SCORE and TABLES[term.table].column(FULL_SCORE)]


def _doubts(measure: str, term: Term, frame: Frame, month: Month) -> list[Problem]:
    rows = comparable(frame, term.table, [term.where], {SCORE, FULL_SCORE})
    rows = rows.filter(nw.col("month").is_in(window_months(term, month)) & ~nw.col(SCORE).is_null())
    test = None if term.out_of is not None else where_expression(term.table, term.where)
    rows = rows if test is None else rows.filter(test)
    counts = {
        one[FULL_SCORE]: one
        for one in records(rows.group_by(FULL_SCORE).agg(nw.len().alias("rows"), nw.col(SCORE).max()))
    }
    header = _header(term.table, FULL_SCORE)
    if term.out_of is None:
        texts = [
            cell_text(term.table, FULL_SCORE, full) for full in sorted(full for full in counts if full is not None)
        ]
        return (
            [problem("scores-of-several-scales", found=texts, measure=measure, names=header)] if len(texts) > 1 else []
        )
    best = Decimal(term.out_of) * scale_of(declared_column(term.table, SCORE))
    bare = counts.get(None)
    if bare is None or bare[SCORE] <= best:
        return []
    highest = cell_text(term.table, SCORE, bare[SCORE])
    return [problem("scores-beyond-scale", found=highest, measure=measure, best=f"{term.out_of:f}", names=header)]
