"""A condition explained: each part with what was asked, what was found, how far off it was, and what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from csctl.core.explaining.explain_measures import measure_node, measured_by_name
from csctl.core.explaining.nodes import Explained, Node, trimmed_number
from csctl.core.people.roster import competing
from csctl.core.records.lines import Measured, Score, as_records
from csctl.core.scoring.conditions import SCORE, Facts, holds
from csctl.core.scoring.fields import compared_by
from csctl.core.scoring.scores import values_by_agent
from csctl.messages.grammar import clauses, joined_parts, listed
from csctl.policy.parts import Bounds, Composite, Condition
from csctl.policy.refs import COMPOSITE_PREFIX, named_figures
from csctl.tables import TABLES

_MARKS = (("at_least", "≥"), ("above", ">"), ("at_most", "≤"), ("below", "<"), ("equals", "="))


def condition_facts(given: Explained) -> Facts:
    """What conditions looked at in the month, as far as its lines tell."""
    result = given.result
    values = values_by_agent(as_records(result.measures, Measured))
    everybody = {agent.agent_id: values.get(agent.agent_id, {}) for agent in result.agents}
    ranked = competing(result.policy, result.agents) if given.regulars is None else given.regulars
    scores = as_records(result.scores, Score)
    shown = {one.agent_id: one.score for one in scores}
    coefficients = {one.agent_id: one.coefficient for one in scores}
    return Facts(everybody, shown, ranked, coefficients=coefficients, cards=compared_by(result.policy, scores))


def asked_of(bounds: Bounds) -> str:
    """Bounds as people write them: ``≥ 80, < 90``."""
    edges = ((mark, getattr(bounds, key)) for key, mark in _MARKS)
    return ", ".join(f"{mark} {trimmed_number(edge)}" for mark, edge in edges if edge is not None)


def lacks(bounds: Bounds, value: Decimal) -> Decimal:
    """How far a value is from where the bounds begin; 0 inside, and on an edge that does not belong to them."""
    below = [edge - value for edge in (bounds.at_least, bounds.above, bounds.equals) if edge is not None]
    over = [value - edge for edge in (bounds.at_most, bounds.below, bounds.equals) if edge is not None]
    return max((Decimal(0), *below, *over))


def condition_nodes(given: Explained, condition: Condition, facts: Facts) -> Iterator[Node]:
    """A node for each part that must hold, those within parts included."""
    if condition.measure is not None:
        yield _measured(given, condition.measure, condition)
    if condition.score is not None:
        yield _scored(given, condition.score, facts)
    if condition.first is not None:
        yield first_node(given, condition.first, facts)
    for part in condition.all or ():
        yield from condition_nodes(given, part, facts)


def met(given: Explained, condition: Condition, facts: Facts) -> bool:
    """Whether the agent meets it."""
    return holds(condition, given.agent.agent_id, facts)


def _measured(given: Explained, name: str, bounds: Bounds) -> Node:
    value = measured_by_name(given.result, given.agent.agent_id).get(name)
    figure = named_figures(given.result.policy).get(name)
    node = measure_node(given, name) or Node(figure.label if figure else name, given.words("no-value"), name)
    unit = figure.unit if figure else ""
    found = value.value if value else None
    said = _verdict(given, bounds, found, unit) if found is not None else missing_note(given, name)
    asked = given.words("why-asked", asked=_asked(given, bounds, unit))
    return replace(node, note=clauses((joined_parts((asked, said), given.language), node.note), given.language))


def _scored(given: Explained, bounds: Bounds, facts: Facts) -> Node:
    score = facts.scores.get(given.agent.agent_id)
    said = given.words("why-no-score") if score is None else _verdict(given, bounds, score, "points")
    asked = given.words("why-asked", asked=_asked(given, bounds, "points"))
    shown = given.words("no-value") if score is None else trimmed_number(score)
    return Node(given.words("explain-score"), shown, SCORE, note=joined_parts((asked, said), given.language))


def _verdict(given: Explained, bounds: Bounds, value: Decimal, unit: str) -> str:
    if bounds.holds(value):
        return given.words("why-met")
    far = lacks(bounds, value)
    return given.words("why-off", off=given.in_unit(far, unit)) if far else given.words("why-edge")


def _asked(given: Explained, bounds: Bounds, unit: str) -> str:
    """The bounds in words, with their unit."""
    return f"{asked_of(bounds)} {given.unit(unit, bounds.edges[-1] if bounds.edges else None)}".strip()


def missing_note(given: Explained, name: str) -> str:
    """Which data a measure without a value lacks: the tables, and how many rows of the agent there were; of a composite
    the measures without a value.
    """
    values = measured_by_name(given.result, given.agent.agent_id)
    composite = given.result.policy.composite.get(name.removeprefix(COMPOSITE_PREFIX))
    if composite is not None and name.startswith(COMPOSITE_PREFIX):
        return _lacking_parts(given, composite, values)
    found = values.get(name)
    # What attendance measures rest on is called ``attendance.punches``: the table stands before the point.
    named = [] if found is None else [part.partition(".")[0] for part in found.source.split("+")]
    known = [table for table in dict.fromkeys(named) if table in TABLES]
    if found is None or not known:
        return given.words("why-no-data")
    tables = listed((given.words(f"table-{table}") for table in known), given.language)
    return given.words("why-no-rows" if not found.n else "why-few-rows", tables=tables, count=found.n)


def _lacking_parts(given: Explained, composite: Composite, values: Mapping[str, Measured]) -> str:
    known = named_figures(given.result.policy)
    there = {name for name, one in values.items() if one.value is not None}
    without = [part.measure for part in composite.of if part.measure not in there]
    labels = listed((known[name].label if name in known else name for name in without), given.language)
    return given.words("why-parts-missing", measures=labels) if labels else given.words("why-no-data")


def first_node(given: Explained, name: str, facts: Facts, places: int = 1) -> Node:
    """Being the first, or on one of the first places: the agent's own value beside the lowest that is on them, which is
    nobody's by name.
    """
    own = facts.value(given.agent.agent_id, name)
    groups = facts.contest_of(name, given.agent.agent_id)
    placed = [tied for at, tied in enumerate(groups) if sum(map(len, groups[:at])) < places]
    winners = placed[-1] if placed else []
    figure = named_figures(given.result.policy).get(name)
    label = given.words("explain-score") if name == SCORE or figure is None else figure.label
    unit = figure.unit if figure else "points"
    best = facts.value(winners[0], name) if winners else None
    if best is None:
        said = given.words("why-nobody-first")
    elif own is None:
        said = given.words("why-no-score") if name == SCORE else missing_note(given, name)
    elif any(given.agent.agent_id in tied for tied in placed):
        said = given.words("why-tied", count=len(winners)) if len(winners) > 1 else given.words("why-met")
    else:
        said = given.words("why-not-first", best=given.in_unit(best, unit), off=given.in_unit(best - own, unit))
    shown = given.words("no-value") if own is None else given.in_unit(own, unit)
    return Node(label, shown, name, note=joined_parts((_asked_place(given, places), said), given.language))


def _asked_place(given: Explained, places: int) -> str:
    return given.words("why-asked-first") if places == 1 else given.words("why-asked-place", places=places)
