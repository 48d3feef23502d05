"""``report.xlsx``: the figures of the report as tables, each with a native chart on its own cells."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.people.called import name_and_id
from csctl.core.records.result import MonthResult
from csctl.messages import problem_fix, problem_text, say
from csctl.messages.units import currency_word, unit_word
from csctl.money import round_half_up
from csctl.reports.changes import Reason, agent_changes
from csctl.reports.fates_view import fate_name, fate_numbers, fate_titles, table_name, table_word
from csctl.reports.money_sheets import composition_sheet, pools_sheets
from csctl.reports.people_sheets import board_sheet, heat_sheet, trends_sheets
from csctl.reports.readings_view import reading_heads, reading_lines
from csctl.reports.sheet_parts import ACCENT, optional_amount, repeated_look, sheet_heading, solid, step_of
from csctl.reports.view import Listed, ReportInput, listed_said, quality
from csctl.reports.weekly import Weekly
from csctl.reports.words import report_word
from csctl.workbook.charted import Cell, ChartBook, ChartTable
from csctl.workbook.looks import Look


def report_book(given: ReportInput, weeks: Weekly | None = None) -> bytes:
    """The workbook; with ``weeks``, a sheet of them. It names everybody and every amount, as the page does."""
    book = ChartBook(given.result.month.first)
    board_sheet(book, given)
    heat_sheet(book, given)
    trends_sheets(book, given)
    pools_sheets(book, given)
    composition_sheet(book, given)
    _moved(book, given)
    _causes(book, given)
    if weeks is not None:
        _weekly(book, given.result, weeks, given.language)
    _data(book, given)
    _files(book, given)
    _columns(book, given)
    return book.content()


def week_book(result: MonthResult, weeks: Weekly, language: str) -> bytes:
    """The measures of some weeks alone."""
    book = ChartBook(result.month.first)
    _weekly(book, result, weeks, language)
    return book.content()


def _moved(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    found = agent_changes(given.result, given.previous)
    if not found:
        return
    rows: list[list[Cell]] = []
    for one in found:
        name = name_and_id(one.agent)
        before, now = optional_amount(one.pay_before_cents), optional_amount(one.pay_cents)
        rows += [
            [name, report_word("score", language), one.score_before, one.score, *_why(why)] for why in one.score_reasons
        ]
        pay = report_word("pay", language, currency=currency_word(given.result.policy.currency, language))
        rows += [[name, pay, before, now, *_why(why)] for why in one.pay_reasons]
    heads = [report_word(name, language) for name in ("name", "kind", "before", "now", "line", "change")]
    sheet = book.sheet(report_word("page-moved", language), sheet_heading("moved", given.result, language))
    sheet.table(ChartTable(heads, ["text", "text", "money", "money", "wrap", "money"], rows), frozen=1)


def _why(reason: Reason) -> list[Cell]:
    return [reason.label, reason.change]


def _causes(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    if not given.listed:
        return
    sheet = book.sheet(report_word("page-causes", language), sheet_heading("causes", given.result, language))
    for one in given.listed:
        put = sheet.table(_listed(one, language))
        series = {"name": put.head_of(1), "categories": put.column(0), "values": put.column(1), **solid(ACCENT)}
        rows, step = len(one.values) + 5, step_of([value for _, value in one.values])
        labelled = series | {"data_labels": {"value": True}}
        sheet.chart({"type": "bar"}, [labelled], one.label.lstrip("="), rows, step=step)


def _listed(one: Listed, language: str) -> ChartTable:
    heads = [one.label, report_word("count", language), report_word("part", language)]
    rows: list[list[Cell]] = [
        [value, count, round_half_up(Decimal(count) / one.total, 4)] for value, count in one.values
    ]
    return ChartTable(heads, ["wrap", "count", "share"], rows, caption=listed_said(one, language))


def _weekly(book: ChartBook, result: MonthResult, weeks: Weekly, language: str) -> None:
    """One line for the team and each agent of every measure, weeks across."""
    heads = [report_word(name, language) for name in ("measure", "unit", "name")]
    heads += [f"{week.name} ({week.first:%m-%d}…{week.last:%m-%d})" for week in weeks.weeks]
    rows: list[list[Cell]] = []
    for one in weeks.figures:
        unit = unit_word(one.unit, language)
        if any(value is not None for value in one.of_team):
            rows.append([one.label, unit, report_word("team", language), *one.of_team])
        rows += [[one.label, unit, name_and_id(agent), *one.of_agents[agent.agent_id]] for agent in weeks.agents]
    looks: list[Look] = [*repeated_look("text", 3), *repeated_look("number", len(weeks.weeks))]
    remark = report_word("weekly-left-out", language, names=weeks.left_out) if weeks.left_out else ""
    sheet = book.sheet(report_word("page-weekly", language), sheet_heading("weekly", result, language), remark)
    sheet.table(ChartTable(heads, looks, rows), frozen=3)


def _data(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    sheet = book.sheet(report_word("page-data", language), sheet_heading("data", given.result, language))
    rows: list[list[Cell]] = [
        [
            say(f"severity.{line.first.severity}", language), problem_text(line.first, language),
            problem_fix(line.first, language), line.count, "\n".join(line.files),
        ]
        for line in quality(given.problems)
    ]  # fmt: skip
    heads = [report_word(name, language) for name in ("severity", "what", "remedy", "count", "file")]
    looks: list[Look] = ["text", "wrap", "wrap", "count", "wrap"]
    nothing: list[Cell] = [None, say("screen-no-problems", language), None, None, None]
    sheet.table(ChartTable(heads, looks, rows or [nothing]), frozen=0)


def _files(book: ChartBook, given: ReportInput) -> None:
    """What became of every row, file by file; of older months only what counted."""
    language, fates = given.language, given.result.coverage
    sheet = book.sheet(report_word("page-files", language), sheet_heading("fates", given.result, language))
    rows: list[list[Cell]]
    if fates:
        rows = [
            [fate_name(one), table_word(one.table, language), *numbers]
            for one, numbers in zip(fates, fate_numbers(fates), strict=True)
        ]
        heads = [report_word("file", language), report_word("table", language), *fate_titles(fates, language)]
        sheet.table(ChartTable(heads, ["wrap", "text", *repeated_look("count", len(heads) - 2)], rows), frozen=1)
        return
    rows = [[one.file, table_word(one.table, language), one.accepted, one.rejected] for one in given.inputs]
    heads = [report_word(name, language) for name in ("file", "table", "accepted", "rejected")]
    sheet.table(ChartTable(heads, ["wrap", "text", "count", "count"], rows), frozen=1)


def _columns(book: ChartBook, given: ReportInput) -> None:
    """What every column was read as."""
    language = given.language
    lines = reading_lines(given.readings, language)
    if not lines:
        return
    sheet = book.sheet(report_word("page-columns", language), sheet_heading("readings", given.result, language))
    heads = [report_word("file", language), *reading_heads(language)]
    rows: list[list[Cell]] = [[table_name(one.file.rpartition("/")[2], one.sheet), *one.cells] for one in lines]
    sheet.table(ChartTable(heads, ["text", *repeated_look("fold", len(heads) - 1)], rows), frozen=2)
