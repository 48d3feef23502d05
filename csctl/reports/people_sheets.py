"""The sheets of ``report.xlsx`` about people: scoreboard, spread of scores, heat map, trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from csctl.core.people.called import name_and_id
from csctl.core.records.marks import marks_text
from csctl.core.scoring.grades import grade_text
from csctl.messages.units import currency_word, unit_word
from csctl.money import round_half_up
from csctl.reports.figures import round_span, spans_of
from csctl.reports.sheet_parts import ACCENT, MOST_SHOWN, optional_amount, repeated_look, sheet_heading, solid, step_of
from csctl.reports.trends import Series, months_shown, score_trends, team_trends, telling_series
from csctl.reports.view import ReportInput, board, heat, marks_by_agent
from csctl.reports.words import report_word
from csctl.workbook.charted import Cell, ChartBook, ChartSheet, ChartTable, Put
from csctl.workbook.looks import Look

_LINES = ("#1F5F99", "#2A8C78", "#8B6FB3", "#B58B00", "#C0603A", "#A33A22")
_MOST_COLOURED = len(_LINES)
_LINE_CHART, _SMALL_CHART = 22, 10
"""Rows."""


def board_sheet(book: ChartBook, given: ReportInput) -> None:
    """Everybody, best first, with a chart of the scores."""
    result, language = given.result, given.language
    rows = board(result, given.previous)
    names = ["rank", "name", "group", "level", "score", "change", "grade"]
    heads = [report_word(name, language) for name in names]
    looks: list[Look] = ["count", "text", "text", "text", "score", "score", "text"]
    if result.policy.pay is not None:
        currency = currency_word(result.policy.currency, language)
        heads += [report_word("pay", language, currency=currency), report_word("change", language)]
        looks += ["money", "money"]
    cells: list[list[Cell]] = [
        [
            one.row.score.rank, name_and_id(one.row.agent), one.row.agent.group, one.row.agent.level,
            one.row.score.score, one.score_change, grade_text(one.row.score, language),
            optional_amount(one.row.pay_cents),
            optional_amount(one.pay_change_cents),
        ][: len(heads)]
        for one in rows
    ]  # fmt: skip
    if marks := marks_by_agent(result):
        heads.append(report_word("marked", language))
        looks.append("text")
        texts = (marks_text(marks.get(one.row.agent.agent_id, ()), language) for one in rows)
        cells = [[*row, text] for row, text in zip(cells, texts, strict=True)]
    sheet = book.sheet(report_word("page-board", language), sheet_heading("scoreboard", result, language))
    put = sheet.table(ChartTable(heads, looks, cells), frozen=2)
    scores = [one.row.score.score for one in rows if one.row.score.score is not None]
    if len(scores) > MOST_SHOWN:
        _spans(book, given, scores)
    elif scores:
        put = replace(put, last=put.first + len(scores) - 1)
        series = {"name": put.head_of(4), "categories": put.column(1), "values": put.column(4), **solid(ACCENT)}
        labelled = series | {"data_labels": {"value": True}}
        sheet.chart({"type": "bar"}, [labelled], report_word("spread", language), len(scores) + 5)


def _spans(book: ChartBook, given: ReportInput, scores: Sequence[Decimal]) -> None:
    """How many have which score, in tens: of a team too large to be drawn one by one."""
    language = given.language
    sheet = book.sheet(report_word("page-spread", language), sheet_heading("spread", given.result, language))
    rows: list[list[Cell]] = [[span, count] for span, count in spans_of(scores, 10)]
    heads = [report_word("score", language), report_word("people", language)]
    put = sheet.table(ChartTable(heads, ["text", "count"], rows, caption=report_word("spans-caption", language)))
    series = {"name": put.head_of(1), "categories": put.column(0), "values": put.column(1), **solid(ACCENT)}
    labelled = series | {"data_labels": {"value": True}}
    step = step_of([count for _, count in spans_of(scores, 10)])
    sheet.chart({"type": "bar"}, [labelled], report_word("spread", language), len(rows) + 6, step=step)


def heat_sheet(book: ChartBook, given: ReportInput) -> None:
    """Agent × indicator as shares of the points."""
    found, language = heat(given.result), given.language
    if not found.rows:
        return
    looks: list[Look] = ["text", *repeated_look("share", len(found.columns))]
    rows: list[list[Cell]] = [
        [
            name_and_id(agent),
            *(None if cell is None or cell.share is None else round_half_up(cell.share, 4) for cell in cells),
        ]
        for agent, cells in found.rows
    ]
    said = report_word("share-of-points", language)
    sheet = book.sheet(report_word("page-heat", language), sheet_heading("heat", given.result, language), said)
    put = sheet.table(
        ChartTable([report_word("name", language), *(label for _, label, _ in found.columns)], looks, rows, gaps=True),
        frozen=1,
    )
    sheet.shades(put, 1, len(found.columns))


def trends_sheets(book: ChartBook, given: ReportInput) -> None:
    """A sheet of people and one of the team."""
    months, language = months_shown(given.result, given.past), given.language
    if len(months) < 2:
        return
    names = [str(one.month) for one in months]
    people, team = score_trends(months), team_trends(months, language)
    if people:
        sheet = book.sheet(report_word("page-trends", language), sheet_heading("trends", given.result, language))
        _trends_of_people(sheet, people, names, language)
    sheet = book.sheet(report_word("page-team-trends", language), sheet_heading("trends-team", given.result, language))
    put = sheet.table(_by_month(team, names, "score", language))
    drawn = []
    for at, one in enumerate(team):
        series = {"name": put.name_of(at), "categories": put.heads(), "values": put.row(at), **solid(ACCENT)}
        title = report_word("with-unit", language, label=one.label, unit=unit_word(one.unit, language))
        drawn.append(({"type": "column"}, [series], title))
    sheet.charts(drawn, _SMALL_CHART)


def _trends_of_people(sheet: ChartSheet, people: Sequence[Series], months: Sequence[str], language: str) -> None:
    """A few lines in colour, those of others grey behind them; of a large team the few alone."""
    room = sheet.room(_LINE_CHART)
    put = sheet.table(_by_month(people, months, "points", language))
    telling = telling_series(people, _MOST_COLOURED)
    behind = [at for at in range(len(people)) if at not in telling] if len(people) <= MOST_SHOWN else []
    lines = [_line(put, at, None) for at in behind]
    lines += [_line(put, at, colour) for at, colour in zip(telling, _LINES, strict=False)]
    low, _ = round_span([value for one in people for value in one.values if value is not None], 10)
    title = report_word("trends-people", language)
    if len(telling) < len(people):
        title += f" · {report_word('trends-grey' if behind else 'trends-alone', language)}"
    sheet.chart({"type": "line"}, lines, title, _LINE_CHART, low=low, at=room, unnamed=range(len(behind)))


def _line(put: Put, at: int, colour: str | None) -> dict[str, Any]:
    """The line of one person; without a colour thin and grey."""
    drawn = {"name": put.name_of(at), "categories": put.heads(), "values": put.row(at)}
    if colour is None:
        return drawn | {"line": {"color": "#D0D4DA", "width": 1}, "marker": {"type": "none"}}
    point = {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}
    return drawn | {"line": {"color": colour, "width": 2.25}, "marker": point}


def _by_month(series: Sequence[Series], months: Sequence[str], look: Look, language: str) -> ChartTable:
    """Series down, months across."""
    rows: list[list[Cell]] = [[f"{one.label} {one.about}".strip(), *one.values] for one in series]
    return ChartTable([report_word("name", language), *months], ["text", *repeated_look(look, len(months))], rows)
