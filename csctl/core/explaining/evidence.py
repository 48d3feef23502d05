"""The rows behind a measure: which file, sheet and row each figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw

from csctl.core.checking.checks import run_check
from csctl.core.frames.columns import cell_text
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.measures import SHOWN_PARTS_DECIMALS, Ratio, event_formula, formula_of
from csctl.core.measuring.terms import columns_used, compute_terms, empty_figure, term_rows
from csctl.core.records.evidence import Evidence, EvidenceRow
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.checks import CHECK_PREFIX
from csctl.policy.model import Policy
from csctl.policy.parts import SignedTerm, Term
from csctl.policy.refs import EVENT_PREFIX
from csctl.problems import Place
from csctl.tables import DAY_BY, DAY_FLAGS, TABLES, Kind

CAUSES = ("cause", "reason")
"""Columns that say why something happened: shown with a row wherever they are filled in."""


def formula_by_name(policy: Policy, name: str) -> Ratio | None:
    """The formula of a declared measure or of an event count (``event.<id>``)."""
    if name.startswith(EVENT_PREFIX):
        event = policy.event.get(name.removeprefix(EVENT_PREFIX))
        return event_formula(name.removeprefix(EVENT_PREFIX), event.label) if event else None
    measure = policy.measure.get(name)
    return formula_of(name, measure) if measure else None


def evidence(
    policy: Policy, name: str, tables: Mapping[str, Frame], agent_id: str, month: Month, limit: int
) -> list[Evidence]:
    """The rows of each term of a measure, numerator first. ``tables`` are credited; ``limit`` rows a term are shown."""
    if name.startswith(CHECK_PREFIX):
        return _of_check(policy, name, tables, agent_id, month, limit)
    formula = formula_by_name(policy, name)
    if formula is None:
        return []
    sides = [("numerator" if formula.bottom else "rows", formula.top), ("denominator", formula.bottom)]
    found = [
        _of_term(role, signed, tables[signed.term.table], agent_id, month, limit, summed=len(side) > 1)
        for role, side in sides
        for signed in side
        if signed.term.table in tables
    ]
    return [one for one in found if one.total] or found[:1]


def _of_check(
    policy: Policy, name: str, tables: Mapping[str, Frame], agent_id: str, month: Month, limit: int
) -> list[Evidence]:
    """The agent's rows that failed the check."""
    check = next((one for one in policy.check if name.startswith(f"{CHECK_PREFIX}{one.id}.")), None)
    if check is None or check.table not in tables:
        return []
    own = tables[check.table].filter(nw.col("agent") == agent_id)
    failed = run_check(check, own, policy.language, month, month.last).findings
    rows = tuple(EvidenceRow(one.place, (one.text,)) for one in failed[:limit])
    return [Evidence("failed", check.table, len(failed), rows)]


def _of_term(
    role: str, signed: SignedTerm, frame: Frame, agent_id: str, month: Month, limit: int, *, summed: bool
) -> Evidence:
    sign, term = signed
    own = frame.filter(nw.col("agent") == agent_id)
    shown = _with_what_says_so(sorted(columns_used(term))) or _identifying(term.table)
    causes = [name for name in CAUSES if TABLES[term.table].column(name) and name not in shown]
    day = TABLES[term.table].dated
    beside = [name for name in (*causes, *([day] if day and day not in shown else [])) if name in own.columns]
    kept = term_rows(own, term, month).select("source_file", "source_sheet", "source_row", *shown, *beside)
    rows = records(kept.sort("source_file", "source_sheet", "source_row"))
    first = tuple(_row(term.table, [*shown, *causes], row) for row in rows[:limit])
    value = _value(own, term, agent_id, month) if summed else None
    return Evidence(role, term.table, len(rows), first, sign, value)


def _value(own: Frame, term: Term, agent_id: str, month: Month) -> Decimal | None:
    (figures,) = compute_terms(own, term.table, [term], month)
    figure = figures.get(agent_id) or empty_figure(term)
    return None if figure.value is None else round_half_up(figure.value, SHOWN_PARTS_DECIMALS)


def _with_what_says_so(columns: Sequence[str]) -> list[str]:
    """Beside the kind of a row's day, what decided it."""
    beside = [DAY_BY] if DAY_BY not in columns and not DAY_FLAGS.keys().isdisjoint(columns) else []
    return [*columns, *beside]


def _identifying(table: str) -> list[str]:
    """The column that names a row, for terms that look at no column."""
    return [column.name for column in TABLES[table].columns if _names_a_row(table, column.name)][:1]


def _names_a_row(table: str, name: str) -> bool:
    column = TABLES[table].column(name)
    return column is not None and column.kind is Kind.ID and name != "agent_id"


def _row(table: str, columns: Sequence[str], row: Mapping[str, Any]) -> EvidenceRow:
    place = Place(row["source_file"] or "", row["source_sheet"] or "", row["source_row"])
    told = [name for name in columns if row.get(name) or not (name in CAUSES or _names_a_row(table, name))]
    day = TABLES[table].dated
    when = cell_text(table, day, row[day]) if day and row.get(day) is not None else ""
    return EvidenceRow(place, tuple(f"{name} = {cell_text(table, name, row[name])}" for name in told), when)
