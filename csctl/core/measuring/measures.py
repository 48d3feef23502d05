"""The measures of a policy, per agent: exact, with the rows behind them.

A count or sum without rows is 0, since the table was there; a mean or ratio without rows is missing, and so is every
measure on a table of presence in which the agent has no row of the month (who has no attendance was not on time), of
work of the month if the agent was on leave for all of it, on
a table that the workspace has no source for, and one that asks yes or no of a column that no row of its
months fills in: nobody knows how many gave up where no column says so. Counts of events are measures too, named
``event.<id>``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from csctl.core.frames.columns import both
from csctl.core.frames.frame import Frame
from csctl.core.measuring.doubts import Filled, columns_tested_empty, unfilled
from csctl.core.measuring.presence import people_by_table
from csctl.core.measuring.terms import Figure, compute_terms, empty_figure, window_months
from csctl.core.records.lines import Measured
from csctl.money import exact, round_half_up
from csctl.month import Month
from csctl.policy.keeping import kept
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS, Comparison, Measure, SignedTerm, Term, Test
from csctl.tables import TABLES, NoRow

KNOWN = Comparison.model_validate({"known": True})

SHOWN_PARTS_DECIMALS = 4
"""Places at which numerator and denominator are shown beside a measure."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure as sums of terms: numerator over denominator, or the numerator alone (no ``bottom``).

    ``unsaid_is_no``: a flag that no row fills in is no; else the measure is unknown then.
    """

    name: str
    top: tuple[SignedTerm, ...]
    bottom: tuple[SignedTerm, ...]
    factor: Fraction
    places: int
    min_n: int
    min_per: Decimal | None = None
    unsaid_is_no: bool = False

    @property
    def terms(self) -> list[Term]:
        """Every term, numerator first."""
        return [term for _, term in (*self.top, *self.bottom)]

    @property
    def source(self) -> str:
        """The tables it is worked out from, joined by ``+``."""
        return "+".join(dict.fromkeys(term.table for term in self.terms))

    @property
    def adds_up(self) -> bool:
        """Whether the figure of two rows together is the sum of theirs."""
        return not self.bottom and all(term.aggregate in ("rows", "sum") for term in self.terms)


@kept()
def formulas(policy: Policy) -> Sequence[Ratio]:
    """Every measure and every event count of the policy, in the policy's order."""
    measures = [formula_of(name, measure) for name, measure in policy.measure.items()]
    return (*measures, *(event_formula(name, event.label) for name, event in policy.event.items()))


def formula_of(name: str, measure: Measure) -> Ratio:
    """The terms of a declared measure."""
    top, bottom = measure.signed, measure.per.signed if measure.per else []
    if measure.share is not None:
        # A row that leaves the question open is no answer; unless the question is whether the cell is filled in.
        asked = {name: KNOWN for name, test in measure.share.items() if not _about_known(test)}
        rows = top[0].term
        bottom = [SignedTerm(1, rows.model_copy(update={"where": both(rows.where, asked)}))]
        top = [SignedTerm(1, rows.model_copy(update={"where": both(rows.where, measure.share)}))]
    factor = UNIT_FACTORS.get(measure.unit, Fraction(1))
    return Ratio(name, tuple(top), tuple(bottom), factor, measure.places, measure.min_n, measure.min_per)


def _about_known(test: Test) -> bool:
    return isinstance(test, Comparison) and test.known is not None


def event_formula(name: str, label: str) -> Ratio:
    """How often an event happened without excuse: the ``count`` column, 1 where it is empty."""
    base = {"event": [name, label], "excused": Comparison.model_validate({"known": False})}
    not_excused = {"event": [name, label], "excused": False}
    top = []
    for where in (base, not_excused):
        top.append(Term.model_validate({"table": "events", "sum": "count", "where": where}))
        uncounted = {**where, "count": Comparison.model_validate({"known": False})}
        top.append(Term.model_validate({"table": "events", "rows": True, "where": uncounted}))
    return Ratio(f"event.{name}", tuple(SignedTerm(1, term) for term in top), (), Fraction(1), 0, 1, unsaid_is_no=True)


def compute_measures(
    policy: Policy,
    frames: Mapping[str, Frame],
    agents: Sequence[str],
    month: Month,
    filled: Filled = MappingProxyType({}),
    away: Collection[str] = (),
) -> list[Measured]:
    """One record per agent and measure, agents in the order given. ``frames`` are credited tables by name, ``filled``
    the columns that the month's files have, ``away`` who is on leave on every day of the month.
    """
    wanted = formulas(policy)
    figures = _figures(wanted, frames, month, filled)
    tables = {term.table for one in wanted for term in one.terms}
    telling = [name for name in sorted(tables & frames.keys()) if TABLES[name].no_row is not NoRow.HAPPENING]
    there = people_by_table({name: frames[name] for name in telling}, month)

    def untold(agent: str, term: Term) -> bool:
        if agent in there.get(term.table, (agent,)):
            return False
        # Of whoever is away no work is due: none of it is not too little.
        of_month = window_months(term, month) == [str(month)]
        return TABLES[term.table].no_row is NoRow.PRESENCE or (agent in away and of_month)

    return [
        _unknown(agent, formula)
        if any(untold(agent, term) for term in formula.terms)
        else _measured(agent, formula, figures)
        for agent in agents
        for formula in wanted
    ]


@dataclass(frozen=True, slots=True)
class _Side:
    """A numerator or denominator: its terms with their figures per agent, and how many rows it rests on.

    ``rows`` has one entry per table: the rows that any of the terms counts.
    """

    terms: list[tuple[SignedTerm, dict[str, Figure]]]
    rows: list[dict[str, Figure]]

    def total(self, agent: str) -> Figure:
        """The sum for one agent; without a value if any term has none."""
        figures = [(sign, found.get(agent) or empty_figure(term)) for (sign, term), found in self.terms]
        values = [sign * figure.value for sign, figure in figures if figure.value is not None]
        n = sum(found[agent].n for found in self.rows if agent in found)
        return Figure(sum(values, Fraction(0)) if len(values) == len(figures) else None, n)


_Key = tuple[str, bool]
"""Name of a formula, and whether the denominator is meant."""


def _figures(wanted: Iterable[Ratio], frames: Mapping[str, Frame], month: Month, filled: Filled) -> dict[_Key, _Side]:
    """Every numerator and denominator. Left out are terms on absent tables, or on what nothing fills in."""
    sides = {(one.name, below): one.bottom if below else one.top for one in wanted for below in (False, True)}
    lenient = {one.name for one in wanted if one.unsaid_is_no}
    said = {one.name: columns_tested_empty(one.terms) for one in wanted}
    entries = [(key, signed) for key, side in sides.items() for signed in side]
    found: dict[_Key, _Side] = {key: _Side([], []) for key in sides}
    for table in sorted({signed.term.table for _, signed in entries} & frames.keys()):
        own = [entry for entry in entries if entry[1].term.table == table]
        lacking = unfilled(frames[table], [signed.term for _, signed in own], month, filled)
        known = [
            entry
            for entry, names in zip(own, lacking, strict=True)
            if entry[0][0] in lenient or {(table, name) for name in names} <= said[entry[0][0]]
        ]
        if known:
            _add_figures(found, known, frames[table], month)
    return found


def _add_figures(
    found: Mapping[_Key, _Side], entries: Sequence[tuple[_Key, SignedTerm]], frame: Frame, month: Month
) -> None:
    """Compute the terms of one table and put each to its side."""
    members: dict[_Key, list[int]] = {}
    for number, (key, _) in enumerate(entries):
        members.setdefault(key, []).append(number)
    unions = {key: numbers for key, numbers in members.items() if len(numbers) > 1}
    terms = [signed.term for _, signed in entries]
    results = compute_terms(frame, terms[0].table, terms, month, list(unions.values()))
    united = dict(zip(unions, results[len(terms) :], strict=True))
    for key, numbers in members.items():
        found[key].terms.extend((entries[number][1], results[number]) for number in numbers)
        found[key].rows.append(united.get(key, results[numbers[0]]))


def _measured(agent: str, formula: Ratio, figures: Mapping[_Key, _Side]) -> Measured:
    top, bottom = figures[formula.name, False], figures[formula.name, True]
    if (len(top.terms), len(bottom.terms)) != (len(formula.top), len(formula.bottom)):
        return _unknown(agent, formula)
    if not formula.bottom:
        return _single(agent, formula, top.total(agent))
    return _ratio(agent, formula, top.total(agent), bottom.total(agent))


def _unknown(agent: str, formula: Ratio) -> Measured:
    return Measured(agent, formula.name, None, 0, None, None, formula.source)


def _single(agent: str, formula: Ratio, top: Figure) -> Measured:
    value = None if top.value is None else round_half_up(top.value * formula.factor, formula.places)
    enough = top.n >= formula.min_n or (formula.min_n == 1 and value is not None)
    return Measured(agent, formula.name, value if enough else None, top.n, None, None, formula.source)


def _ratio(agent: str, formula: Ratio, top: Figure, bottom: Figure) -> Measured:
    value = None
    enough = formula.min_per is None or (bottom.value is not None and bottom.value >= exact(formula.min_per))
    if top.value is not None and bottom.value and bottom.n >= formula.min_n and enough:
        value = round_half_up(top.value / bottom.value * formula.factor, formula.places)
    return Measured(agent, formula.name, value, bottom.n, _shown(top.value), _shown(bottom.value), formula.source)


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, SHOWN_PARTS_DECIMALS)
