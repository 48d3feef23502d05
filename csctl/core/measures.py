"""The measures of a policy, per agent: exact, with the rows behind them.

A count or sum without rows is 0, since the table was there; a mean or ratio without rows is missing, and so is every
measure on a table that the workspace has no source for. Counts of events are measures too, named ``event.<id>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.columns import Frame, both
from csctl.core.lines import Measured
from csctl.core.terms import Figure, compute_terms, empty_figure
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS, Comparison, Measure, Term, Test

KNOWN = Comparison.model_validate({"known": True})

SHOWN_PARTS_DECIMALS = 4
"""Places at which numerator and denominator are shown beside a measure."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure as terms: numerator over denominator, or the numerator alone."""

    name: str
    top: tuple[Term, ...]
    bottom: Term | None
    factor: Fraction
    places: int
    min_n: int


def formulas(policy: Policy) -> list[Formula]:
    """Every measure and every event count of the policy, in the policy's order."""
    measures = [formula_of(name, measure) for name, measure in policy.measure.items()]
    return measures + [event_formula(name, event.label) for name, event in policy.event.items()]


def formula_of(name: str, measure: Measure) -> Formula:
    """The terms of a declared measure."""
    top: Term = Term.model_validate(measure.model_dump(include=set(Term.model_fields), by_alias=True))
    bottom = measure.per
    if measure.share is not None:
        # A row that leaves the question open is no answer; unless the question is whether the cell is filled in.
        asked = {name: KNOWN for name, test in measure.share.items() if not _about_known(test)}
        bottom = top.model_copy(update={"where": both(top.where, asked)})
        top = top.model_copy(update={"where": both(top.where, measure.share)})
    factor = UNIT_FACTORS.get(measure.unit, Fraction(1))
    return Formula(name, (top,), bottom, factor, measure.places, measure.min_n)


def _about_known(test: Test) -> bool:
    return isinstance(test, Comparison) and test.known is not None


def event_formula(name: str, label: str) -> Formula:
    """How often an event happened without excuse: the ``count`` column, 1 where it is empty."""
    base = {"event": [name, label], "excused": Comparison.model_validate({"known": False})}
    not_excused = {"event": [name, label], "excused": False}
    top = []
    for where in (base, not_excused):
        top.append(Term.model_validate({"table": "events", "sum": "count", "where": where}))
        uncounted = {**where, "count": Comparison.model_validate({"known": False})}
        top.append(Term.model_validate({"table": "events", "rows": True, "where": uncounted}))
    return Formula(f"event.{name}", tuple(top), None, Fraction(1), 0, 1)


def compute_measures(
    policy: Policy, frames: Mapping[str, Frame], agents: Sequence[str], month: Month
) -> list[Measured]:
    """One record per agent and measure, agents in the order given. ``frames`` are credited tables by name."""
    wanted = formulas(policy)
    figures = _figures(wanted, frames, month)
    return [_measured(agent, formula, figures) for agent in agents for formula in wanted]


def _terms(formula: Formula) -> list[Term]:
    return [*formula.top, *([formula.bottom] if formula.bottom else [])]


Figures = dict[str, list[tuple[Term, dict[str, Figure]]]]


def _figures(wanted: Iterable[Formula], frames: Mapping[str, Frame], month: Month) -> Figures:
    """By formula name: its terms in the formula's order, each with its figures per agent.

    Terms on absent tables are left out.
    """
    numbered = [(formula.name, number, term) for formula in wanted for number, term in enumerate(_terms(formula))]
    found: dict[tuple[str, int], dict[str, Figure]] = {}
    for table in sorted({term.table for _, _, term in numbered} & frames.keys()):
        entries = [entry for entry in numbered if entry[2].table == table]
        results = compute_terms(frames[table], table, [term for _, _, term in entries], month)
        found |= {(name, number): figures for (name, number, _), figures in zip(entries, results, strict=True)}
    by_formula: Figures = {}
    for name, number, term in numbered:
        if (name, number) in found:
            by_formula.setdefault(name, []).append((term, found[name, number]))
    return by_formula


def _measured(agent: str, formula: Formula, figures: Figures) -> Measured:
    source = "+".join(dict.fromkeys(term.table for term in _terms(formula)))
    entries = figures.get(formula.name, [])
    if len(entries) < len(_terms(formula)):
        return Measured(agent, formula.name, None, 0, None, None, source)
    by_term = [found.get(agent) or empty_figure(term) for term, found in entries]
    tops = by_term[: len(formula.top)]
    top = Figure(_sum([figure.value for figure in tops]), sum(figure.n for figure in tops))
    if formula.bottom is None:
        return _single(agent, formula, top, source)
    return _ratio(agent, formula, top, by_term[-1], source)


def _sum(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _single(agent: str, formula: Formula, top: Figure, source: str) -> Measured:
    value = None if top.value is None else round_half_up(top.value * formula.factor, formula.places)
    enough = top.n >= formula.min_n or (formula.min_n == 1 and value is not None)
    return Measured(agent, formula.name, value if enough else None, top.n, None, None, source)


def _ratio(agent: str, formula: Formula, top: Figure, bottom: Figure, source: str) -> Measured:
    value = None
    if top.value is not None and bottom.value and bottom.n >= formula.min_n:
        value = round_half_up(top.value / bottom.value * formula.factor, formula.places)
    return Measured(agent, formula.name, value, bottom.n, _shown(top.value), _shown(bottom.value), source)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, SHOWN_PARTS_DECIMALS)
