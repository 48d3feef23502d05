"""A measure explained: what it was divided by, the terms and rows it comes from, the parts of a composite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.core.explaining.nodes import Explained, Node, trimmed_number
from csctl.core.measuring.composites import positions
from csctl.core.people.roster import competing
from csctl.core.records.evidence import Evidence, EvidenceRow
from csctl.core.records.lines import Measured, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.scores import values_by_agent
from csctl.messages.grammar import clauses
from csctl.money import round_half_up
from csctl.policy.refs import COMPOSITE_PLACES, COMPOSITE_PREFIX, named_figures
from csctl.problems import Place
from csctl.tables import DAY_BY, TABLES, Kind

FLAGS = {"True": "explain-yes", "False": "explain-no"}


def measure_node(given: Explained, name: str, spans: Sequence[int] | None = None) -> Node | None:
    """A measure, what it was divided by, and its rows; of a composite, its parts. ``spans``: of their days alone."""
    found = measured_by_name(given.result, given.agent.agent_id).get(name)
    if found is None:
        return None
    figure = named_figures(given.result.policy).get(name)
    unit = figure.unit if figure else ""
    on_days = given.on_days(name, spans) if spans is not None and found.value is not None else None
    counted, rows = on_days or (found.value, given.evidence(name))
    value = given.words("no-value") if counted is None else given.in_unit(counted, unit)
    parts = ""
    if found.numerator is not None and found.denominator is not None:
        parts = f"{trimmed_number(found.numerator)} ÷ {trimmed_number(found.denominator)}"
    inside = _part_nodes(given, name) + tuple(_evidence_node(given, one) for one in rows)
    label, rule = (figure.label, figure.rule) if figure else (name, "")
    return Node(label, value, name, rule, parts, None, inside)


def measure_called(given: Explained, asked: str) -> Node | None:
    """Any measure of the month by name or label, also one that nothing is scored or paid by."""
    known = named_figures(given.result.policy)
    names = [name for name in measured_by_name(given.result, given.agent.agent_id) if name in known]
    called = [name for name in names if asked in (name, known[name].label)]
    return measure_node(given, called[0]) if called else None


def _part_nodes(given: Explained, name: str) -> tuple[Node, ...]:
    """The measures of a composite, each with its weight and the agent's position among the others."""
    composite = given.result.policy.composite.get(name.removeprefix(COMPOSITE_PREFIX))
    if composite is None or not name.startswith(COMPOSITE_PREFIX):
        return ()
    ranked = competing(given.result.policy, given.result.agents)
    values = values_by_agent(as_records(given.result.measures, Measured))
    nodes = []
    for part in composite.of:
        node = measure_node(given, part.measure)
        position = positions(part, values, ranked).get(given.agent.agent_id)
        if node is not None:
            shown = trimmed_number(None if position is None else round_half_up(position, COMPOSITE_PLACES))
            words = given.words("explain-part", weight=trimmed_number(part.weight), position=shown)
            nodes.append(replace(node, note=clauses((words, node.note), given.language)))
    return tuple(nodes)


def _evidence_node(given: Explained, one: Evidence) -> Node:
    rows = tuple(Node(_row_text(given, one.table, row), "", place=row.place) for row in one.rows)
    code = "explain-rows-of" if one.role == "rows" and one.sign > 0 else f"explain-{one.role}"
    label = given.words(code if one.sign > 0 else f"{code}-less", table=given.words(f"table-{one.table}"))
    cut = one.total > len(rows)
    notes = [given.words("explain-more", more=one.total - len(rows)) if cut else ""]
    if one.value is not None:
        notes.insert(0, given.words("explain-term", value=f"{'+' if one.sign > 0 else '−'}{trimmed_number(one.value)}"))
    note = clauses(notes, given.language)
    return Node(label, given.words("explain-rows", count=one.total), note=note, children=rows, cut=cut)


def _row_text(given: Explained, table: str, row: EvidenceRow) -> str:
    """When it happened, and the cells of a row as its file calls them, with yes or no for a flag.

    A day that the file does not say, such as the first of its month, is none; a figure is called by its own header.
    """
    here = {column for file, sheet, column in given.headers if (file, sheet) == (row.place.file, row.place.sheet)}
    told = dict(cell.split(" = ", 1) for cell in row.cells if " = " in cell)
    if here and "metric" not in here and {"metric", "value"} <= told.keys():
        cells = [f"{told['metric']} = {told['value']}"]
    else:
        cells = [_cell_text(given, table, cell, row.place) for cell in row.cells]
    day = row.day if not here or TABLES[table].dated in here else ""
    return given.words("explain-between").join(filter(None, [day, *cells]))


def _cell_text(given: Explained, table: str, cell: str, place: Place) -> str:
    name, equals, value = cell.partition(" = ")
    column = TABLES[table].measurable(name)
    if not equals or column is None:
        return cell
    chinese = [alias for alias in column.aliases if not alias.isascii()] if given.language == "zh" else []
    if column.kind is Kind.FLAG and value in FLAGS:
        value = given.words(FLAGS[value])
    elif name == DAY_BY and value:
        value = given.words(f"day-by-{value}")
    elif column.kind is Kind.SECONDS and value:
        # The header may name the unit of the file: what is told here counts in seconds.
        value = f"{value} {given.unit('s')}"
    header = given.headers.get((place.file, place.sheet, name))
    return f"{header or (chinese or [name])[0]} = {value}"


def measured_by_name(result: MonthResult, agent_id: str) -> Mapping[str, Measured]:
    """The agent's measures by name."""
    return {one.measure: one for one in result.own(agent_id).measures}
