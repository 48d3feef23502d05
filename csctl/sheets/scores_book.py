"""``scores.xlsx``: the scoreboard, every score line behind it, the measures, and the assumptions."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.messages.units import missing_word, unit_word
from csctl.policy.refs import named_figures
from csctl.sheets.groups_page import groups_pages
from csctl.sheets.published_list import masks_of
from csctl.sheets.words import (
    assumptions_page,
    everybody,
    marks_cell,
    running_numbers,
    sheet_word,
    title_row,
    warnings_page,
)
from csctl.workbook.cells import Cell, Content, Formula, Row, SheetPage, address, column_range, head_cells, used_columns
from csctl.workbook.pages import write_book

_NUMBER, _CONTRIBUTION = 0, 15
"""Columns of the page of lines that formulas refer to."""
_FIRST = 2
_ON_SCREEN = 2
"""So many last columns of the pages of lines and measures are for programs: tables and ids."""


def scores_book(result: MonthResult, language: str) -> bytes:
    """The workbook of scores. Raises ValueError if an agent's lines do not sum to the score (a bug)."""
    return write_book(scores_pages(result, language), result.month.first)


def scores_pages(result: MonthResult, language: str) -> list[SheetPage]:
    """All worksheets as planned."""
    agents = everybody(result)
    lines = sorted(as_records(result.score_lines, ScoreLine), key=lambda line: line.agent_id)
    board = _scores_page(result, agents, lines, language)
    return [
        board,
        *groups_pages(result, agents, board, language),
        _lines_page(result, agents, lines, language),
        _measures_page(result, agents, language),
        # What somebody earns is not for everybody who may see scores.
        warnings_page(result, language, law=result.policy.pay is None),
        assumptions_page(result, language),
    ]


def _scores_page(result: MonthResult, agents: list[Agent], lines: list[ScoreLine], language: str) -> SheetPage:
    """Best first; who is not scored stands below."""
    title = sheet_word("page-scores", language)
    columns = (
        "rank", "number", "agent-id", "agent-name", "group", "level", "card", "self-total", "superior-total",
        "indicator-total", "adjustment-total", "score", "grade", "grade-by-score", "coefficient", "status", "marks",
        "published-code",
    )  # fmt: skip
    rows: list[Row] = [title_row(title, result, language), head_cells([sheet_word(name, language) for name in columns])]
    numbers = running_numbers(agents)
    scores = {score.agent_id: score for score in as_records(result.scores, Score)}
    masks = masks_of(result)
    no_rank = len(agents) + 1
    own: dict[str, list[Decimal]] = {}
    for line in lines:
        own.setdefault(line.agent_id, []).append(line.contribution)

    def place(agent: Agent) -> tuple[int, str]:
        score = scores.get(agent.agent_id)
        return (score.rank if score and score.rank else no_rank, agent.agent_id)

    for agent in sorted(agents, key=place):
        score = scores.get(agent.agent_id)
        total = _total(result, score, own.get(agent.agent_id, []), len(rows), len(lines), language)
        row = _score_row(agent, numbers[agent.agent_id], score, total, language)
        rows.append([*row, Cell(masks.get(agent.agent_id), "mark")])
    return SheetPage(title, used_columns(rows, 4), head_row=1, frozen_columns=4)


def _score_row(agent: Agent, number: int, score: Score | None, total: Content, language: str) -> Row:
    who = [Cell(agent.agent_id), Cell(agent.name), Cell(agent.group), Cell(agent.level)]
    if score is None:
        return [Cell(None), Cell(number, "count"), *who, *(Cell(None) for _ in range(11))]
    parts = (score.self_total, score.superior_total, score.indicator_total, score.adjustment_total, total)
    return [
        Cell(score.rank, "count"),
        Cell(number, "count"),
        *who,
        Cell(score.card),
        *(Cell(part, "score") for part in parts),
        Cell(score.grade),
        Cell(score.grade_by_score),
        Cell(score.coefficient, "points"),
        Cell(sheet_word(score.status, language)),
        Cell(marks_cell(score.marks, language), "fold"),
    ]


def _total(
    result: MonthResult, score: Score | None, own: list[Decimal], row: int, lines: int, language: str
) -> Content:
    """The score as the sum of the agent's lines."""
    if score is None or score.score is None:
        return None
    if sum(own, Decimal(0)) != score.score:
        raise ValueError(f"{score.agent_id}: the score is {score.score}, its lines sum to {sum(own)}")
    decimals = result.policy.score_decimals
    page = sheet_word("page-score-lines", language)
    contributions, numbers = (
        column_range(_FIRST, _FIRST + max(lines, 1) - 1, column, page) for column in (_CONTRIBUTION, _NUMBER)
    )
    return Formula(f"ROUND(SUMIFS({contributions},{numbers},{address(row, 1)}),{decimals})", score.score)


def _lines_page(result: MonthResult, agents: list[Agent], lines: list[ScoreLine], language: str) -> SheetPage:
    """Every indicator and adjustment with what it rests on."""
    title = sheet_word("page-score-lines", language)
    columns = (
        "number", "agent-id", "agent-name", "dimension", "label", "kind", "value", "unit", "rows", "band", "points",
        "out-of", "self-points", "superior-points", "weight", "contribution", "missing", "rule", "note", "marks",
        "source", "line",
    )  # fmt: skip
    rows: list[Row] = [title_row(title, result, language), head_cells([sheet_word(name, language) for name in columns])]
    names, numbers = {agent.agent_id: agent.name for agent in agents}, running_numbers(agents)
    dimensions = {dimension.id: dimension.label for dimension in result.policy.dimension}
    scored = {one.agent_id for one in as_records(result.scores, Score) if one.score is not None}
    for line in lines:
        at_stake = (line.weight, line.contribution) if line.agent_id in scored else (None, None)
        rows.append(
            [
                Cell(numbers[line.agent_id], "count"),
                Cell(line.agent_id),
                Cell(names[line.agent_id]),
                Cell(dimensions.get(line.dimension, line.dimension), "fold"),
                Cell(line.label, "fold"),
                Cell(sheet_word(f"line-{line.kind}", language)),
                Cell(line.text if line.value is None else line.value, "plain"),
                Cell(unit_word(line.unit, language, line.value)),
                Cell(line.n, "count"),
                Cell(line.band),
                *(Cell(part, "points") for part in (line.points, line.out_of, line.self_points, line.superior_points)),
                *(Cell(part, "points") for part in at_stake),
                Cell(missing_word(line.missing, language)),
                Cell(line.rule, "fold"),
                Cell(line.note, "wrap"),
                Cell(marks_cell(line.marks, language), "fold"),
                *(Cell(text) for text in (line.source, line.line)),
            ]
        )
    used = used_columns(rows, _CONTRIBUTION + 1)
    return SheetPage(title, used, head_row=1, frozen_columns=3, printed_columns=len(used[1]) - _ON_SCREEN)


def _measures_page(result: MonthResult, agents: list[Agent], language: str) -> SheetPage:
    """Every measured figure with the rows and parts it was made from."""
    title = sheet_word("page-measures", language)
    columns = (
        "agent-id",
        "agent-name",
        "measure",
        "value",
        "unit",
        "rows",
        "numerator",
        "denominator",
        "source",
        "line",
    )
    rows: list[Row] = [title_row(title, result, language), head_cells([sheet_word(name, language) for name in columns])]
    names = {agent.agent_id: agent.name for agent in agents}
    records, known = as_records(result.measures, Measured), named_figures(result.policy)
    for measured in sorted(records, key=lambda record: (record.agent_id, record.measure)):
        declared = known.get(measured.measure)
        rows.append(
            [
                Cell(measured.agent_id),
                Cell(names[measured.agent_id]),
                Cell(declared.label if declared else measured.measure),
                Cell(sheet_word("absent", language) if measured.value is None else measured.value, "plain"),
                Cell(unit_word(declared.unit, language, measured.value) if declared else ""),
                Cell(measured.n, "count"),
                Cell(measured.numerator, "plain"),
                Cell(measured.denominator, "plain"),
                Cell(measured.source),
                Cell(measured.measure),
            ]
        )
    return SheetPage(title, rows, head_row=1, frozen_columns=2, printed_columns=len(columns) - _ON_SCREEN)
