"""The report's parts about what was read of each file: what became of its rows, and how its columns were understood."""

from __future__ import annotations

from itertools import groupby

from csctl.reports.fates_view import fate_name, fate_numbers, fate_titles, table_name, table_word
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.tables import Column, details_block, table
from csctl.reports.readings_view import ReadingLine, reading_heads, reading_lines
from csctl.reports.view import ReportInput
from csctl.reports.words import report_word


def rows_part(given: ReportInput) -> Html | None:
    """What became of every row, file by file; of older months only what counted. None if no file was read."""
    if not given.inputs:
        return None
    title = report_word("files-read", given.language, count=len(given.inputs))
    return details_block(title, fates_table(given) if given.result.coverage else _accepted(given))


def fates_table(given: ReportInput) -> Html:
    """Files × fates, of a month whose rows' fates are known."""
    language, fates = given.language, given.result.coverage
    heads: list[Column] = [(report_word("file", language), "name"), (report_word("table", language), "short")]
    heads += [(head, "num") for head in fate_titles(fates, language)]
    lines: list[list[Content]] = [
        [fate_name(one), table_word(one.table, language), *numbers]
        for one, numbers in zip(fates, fate_numbers(fates), strict=True)
    ]
    return table(heads, lines, look="wide")


def _accepted(given: ReportInput) -> Html:
    language = given.language
    columns: list[Column] = [
        (report_word("file", language), "name"), (report_word("table", language), "short"),
        (report_word("accepted", language), "num"),
        (report_word("rejected", language), "num"),
    ]  # fmt: skip
    rows = [(one.file, table_word(one.table, language), one.accepted, one.rejected) for one in given.inputs]
    return table(columns, rows)


def columns_part(given: ReportInput) -> Html | None:
    """What every column was read as, by what that was decided, and what came out. None where nothing is known of it."""
    language = given.language
    lines = reading_lines(given.readings, language)
    if not lines:
        return None
    parts: list[Html] = []
    for (file, sheet), columns in groupby(lines, key=lambda one: (one.file, one.sheet)):
        parts += [element("h4", table_name(file, sheet)), _columns(list(columns), language)]
    return details_block(report_word("columns-read", language, count=len(lines)), *parts)


def _columns(lines: list[ReadingLine], language: str) -> Html:
    kinds = ("name", "short", "", "", "", "", "", "")
    heads: list[Column] = list(zip(reading_heads(language), kinds, strict=True))
    return table(heads, [[_marked(one), *one.cells[1:]] for one in lines], look="wide")


def _marked(one: ReadingLine) -> Content:
    """The header; marked where nothing proves how the column is read, which the cell beside it says in words."""
    return element("span", one.header, class_="warn") if one.doubtful else one.header
