"""Figures that an export states and that stand empty for somebody: what nobody wrote down is not 0.

Among several figures of a row an empty one is 0 where the export leaves its zeros out: where no cell of the column
says 0 in that file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import narwhals as nw

from csctl.core.frames.columns import comparable, declared_column, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.doubts import Filled
from csctl.core.measuring.presence import people_by_table
from csctl.core.measuring.terms import window_months
from csctl.core.people.called import people_named
from csctl.core.people.peers import by_peers
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.core.records.marks import MISSING, Marks
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import SignedTerm, Term, compared_texts
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import TABLES, Stated


@dataclass(frozen=True, slots=True)
class BlankFigure:
    """A figure of an agent that one of its terms leaves open. ``told``: nothing else says so, and it makes a
    difference.
    """

    agent_id: str
    measure: str
    table: str
    names: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows of one term tell, as agents. ``any``: have the figure in a month of the window, ``now``: in the
    assessed one. ``left_out``: in some month it is empty in all of their rows, in an export that writes its zeros.
    ``there``: have a row of the table in the assessed month. ``empty``: how many rows lack the figure.
    """

    any: frozenset[str]
    now: frozenset[str]
    left_out: frozenset[str]
    there: frozenset[str]
    empty: int


def blank_figures(
    policy: Policy, measured: Iterable[Measured], tables: Mapping[str, Frame], month: Month
) -> list[BlankFigure]:
    """Every figure that has a value and should have none. ``tables`` are credited."""
    found: list[BlankFigure] = []
    known: dict[str, dict[str, Decimal]] = {}
    for record in measured:
        if record.value is not None:
            known.setdefault(record.measure, {})[record.agent_id] = record.value
    for name, measure in policy.measure.items():
        for side in (measure.signed, measure.per.signed if measure.per else []):
            stated = [one for one in side if _is_stated(one.term) and one.term.table in tables]
            rows = {id(one): _rows_of(tables[one.term.table], one.term, month) for one in stated}
            for agent, value in known.get(name, {}).items():
                if value and _at_least(side):
                    continue
                if lacking := next((one for one in stated if _is_open(agent, one, stated, rows)), None):
                    told = _is_told(agent, lacking.term, rows[id(lacking)], value)
                    found.append(BlankFigure(agent, name, lacking.term.table, _names(lacking.term), told))
    return found


def without_blank(measured: Iterable[Measured], found: Iterable[BlankFigure]) -> list[Measured]:
    """The records, those that such a figure leaves open without a value."""
    blank = {(one.agent_id, one.measure) for one in found}
    return [replace(one, value=None) if (one.agent_id, one.measure) in blank else one for one in measured]


def blank_marks(found: Iterable[BlankFigure]) -> dict[tuple[str, str], Marks]:
    """The marks of these figures, by agent and measure."""
    return {(one.agent_id, one.measure): (MISSING,) for one in found}


def blank_said(
    policy: Policy, found: Sequence[BlankFigure], agents: Sequence[Agent], away: Iterable[str], month: Month
) -> list[Problem]:
    """One warning for each column and the people of whom it is empty, naming the measures that are missing.

    Of whoever has no row in the table at all that is said, and of whoever is ``away`` all month none is due; nor of a
    group and post of whom nobody has the figure: it is not their work.
    """
    others = _whose_work(found, agents)
    quiet = frozenset(away)
    people: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    measures: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for one in found:
        if one.told and one.agent_id not in quiet and one.agent_id not in others.get(one.measure, ()):
            key = (one.table, one.names)
            people.setdefault(key, {})[one.agent_id] = None
            measures.setdefault(key, {})[f"{policy.measure[one.measure].label} ({one.measure})"] = None
    by_id = {one.agent_id: one for one in agents}
    return [
        problem(
            "figures-blank",
            found=people_named([by_id[agent] for agent in own if agent in by_id]),
            table=table,
            names=names,
            measures=tuple(measures[table, names]),
            month=month,
        )
        for (table, names), own in people.items()
    ]


def _whose_work(found: Iterable[BlankFigure], agents: Sequence[Agent]) -> dict[str, set[str]]:
    """By measure, the people of groups and posts of several of whom all lack it, where others have it."""
    lacking: dict[str, set[str]] = {}
    for one in found:
        lacking.setdefault(one.measure, set()).add(one.agent_id)
    cells = [{one.agent_id for one in cell} for cell in by_peers(agents)]
    return {
        name: set().union(*(cell for cell in cells if len(cell) > 1 and cell <= own))
        for name, own in lacking.items()
        if len(own) < len(agents)
    }


def all_blank_said(policy: Policy, tables: Mapping[str, Frame], month: Month, filled: Filled) -> list[Problem]:
    """A warning for each column that files of the month have and in which no row says anything. ``filled``: the columns
    that they have.
    """
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for name, measure in policy.measure.items():
        for _, term in uses(measure, Term):
            there = term.table in tables and term.sum in filled.get(term.table, ())
            if there and TABLES[term.table].stated is Stated.IN_ROWS and _is_all_blank(tables[term.table], term, month):
                names, measures = found.setdefault(term.table, ({}, {}))
                names.update(dict.fromkeys(_names(term)))
                measures[f"{measure.label} ({name})"] = None
    return [
        problem("figures-all-blank", table=table, names=tuple(names), measures=tuple(measures), month=month)
        for table, (names, measures) in found.items()
    ]


def _is_all_blank(frame: Frame, term: Term, month: Month) -> bool:
    rows = _rows_of(frame, term.model_copy(update={"where": {}}), month)
    return rows.empty > 0 and not rows.any


def _at_least(side: Sequence[SignedTerm]) -> bool:
    """Whether what is known is the least that it can be: then only none at all is not known."""
    return all(one.sign > 0 and TABLES[one.term.table].stated in (Stated.NOT, Stated.IN_ROWS) for one in side)


def _is_stated(term: Term) -> bool:
    column = TABLES[term.table].column(term.sum) if term.sum else None
    return column is not None and TABLES[term.table].stated is not Stated.NOT


def _rows_of(frame: Frame, term: Term, month: Month) -> _Rows:
    """How the rows of a term's months stand to it."""
    within = frame.filter(nw.col("month").is_in(window_months(term, month)))
    kept = comparable(within, term.table, [term.where], {term.sum or ""})
    test = where_expression(term.table, term.where)
    kept = (kept if test is None else kept.filter(test)).with_columns(_is_zero(term).alias("zero"))
    grouped = kept.group_by("agent", "month", "source_file", "source_sheet").agg(
        nw.len().alias("rows"), nw.col(term.sum or "").count().alias("filled"), nw.col("zero").count().alias("zeros")
    )
    found = records(grouped)
    filled = {(row["agent"], row["month"]) for row in found if row["filled"]}
    writing = {_file(row) for row in found if row["zeros"]}
    blank = {(row["agent"], row["month"]) for row in found if row["rows"] > row["filled"] and _file(row) in writing}
    return _Rows(
        any=frozenset(agent for agent, _ in filled),
        now=frozenset(agent for agent, of in filled if of == str(month)),
        left_out=frozenset(agent for agent, _ in blank - filled),
        there=people_by_table({term.table: frame}, month)[term.table],
        empty=sum(row["rows"] - row["filled"] for row in found),
    )


def _file(row: Mapping[str, object]) -> tuple[object, object]:
    return row["source_file"], row["source_sheet"]


def _is_zero(term: Term) -> nw.Expr:
    """1 where the figure is 0, empty elsewhere."""
    return nw.when(nw.col(term.sum or "") == 0).then(nw.lit(1))


def _is_open(agent: str, one: SignedTerm, side: Sequence[SignedTerm], rows: Mapping[int, _Rows]) -> bool:
    own = rows[id(one)]
    match TABLES[one.term.table].stated:
        case Stated.IN_ROWS:
            return agent in own.left_out
        case Stated.ALWAYS:
            return agent not in own.any
    others = one.sign > 0 and any(agent in rows[id(other)].now for other in _added(side))
    return agent not in own.now and not others


def _added(side: Iterable[SignedTerm]) -> Iterator[SignedTerm]:
    """What is added up: who does one kind of work need not have figures of the other."""
    return (one for one in side if one.sign > 0)


def _is_told(agent: str, term: Term, rows: _Rows, value: Decimal) -> bool:
    """Of whoever has no row in the table at all it is said that there is none; where nothing was brought about, no
    target is missed.
    """
    return bool(value) if TABLES[term.table].stated is Stated.ALWAYS else agent in rows.there


def _names(term: Term) -> tuple[str, ...]:
    """What the export calls the figure: its metric, or the header of the column."""
    asked = [text for test in [term.where.get("metric")] if test is not None for text in compared_texts(test) or []]
    column = declared_column(term.table, term.sum or "")
    return tuple(asked) or (next(iter(column.aliases), column.name),)
