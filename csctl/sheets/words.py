"""Fixed words of the workbooks, and the parts all their pages share."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.records.agent import Agent
from csctl.core.records.marks import SIGN, marks_text
from csctl.core.records.result import MonthResult
from csctl.messages import place_text, problem_fix, problem_text, say
from csctl.messages.units import currency_word
from csctl.problems import errors_and_warnings, in_order
from csctl.sheets.law_block import law_rows
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells


def sheet_word(name: str, language: str, /, **blanks: object) -> str:
    """A word of the workbooks. Raises KeyError for one the catalogue lacks."""
    return say(f"sheet.{name}", language, **blanks)


def marks_cell(marks: Sequence[str], language: str) -> str:
    """The sign and what it means here; empty where a line has no mark."""
    return f"{SIGN} {marks_text(marks, language)}" if marks else ""


def title_row(page: str, result: MonthResult, language: str) -> Row:
    """The first row of a page: which page, month and policy."""
    policy = result.policy
    heading = sheet_word(
        "heading", language, page=page, month=result.month, policy=policy.label, version=policy.version
    )
    return [Cell(heading, "title")]


def everybody(result: MonthResult) -> list[Agent]:
    """The roster by id, and whoever has a line without standing in it: a late correction for one who left."""
    return list(result.everybody.values())


def running_numbers(agents: list[Agent]) -> dict[str, int]:
    """A running number per id, from 1.

    Sums in the workbooks look agents up by it, for spreadsheets take 007 and 7, or two ids of 18 digits, as equal.
    """
    return {agent.agent_id: index for index, agent in enumerate(agents, start=1)}


def warnings_page(result: MonthResult, language: str, *, law: bool = True) -> SheetPage:
    """Every error and warning of the run, worst first; one line that says so if there is none.

    ``law``: the hints of the law checks stand below; they name amounts of pay.
    """
    title = sheet_word("page-warnings", language)
    rows: list[Row] = [title_row(title, result, language)]
    rows.append(head_cells([sheet_word(name, language) for name in ("severity", "place", "what", "remedy")]))
    rows += [
        [
            Cell(sheet_word(f"severity-{problem.severity}", language)),
            Cell(place_text(problem, language)),
            Cell(problem_text(problem, language), "wrap"),
            Cell(problem_fix(problem, language), "wrap"),
        ]
        for problem in in_order(errors_and_warnings(result.problems))
    ]
    amount = sheet_word("amount", language, currency=currency_word(result.policy.currency, language))
    hints = law_rows(result, language, amount) if law else []
    return SheetPage(title, [*_or_none(rows, language), *hints], head_row=1)


def assumptions_page(result: MonthResult, language: str) -> SheetPage:
    """What the policy assumes where its source is silent."""
    title = sheet_word("page-assumptions", language)
    rows: list[Row] = [title_row(title, result, language)]
    rows.append(
        head_cells(
            [
                sheet_word(name, language)
                for name in ("assumption-id", "kind", "assumption-text", "assumption-keys", "rule")
            ]
        )
    )
    rows += [
        [
            Cell(item.id),
            Cell(sheet_word(f"kind-{item.kind}", language)),
            Cell(item.text, "wrap"),
            Cell(", ".join(item.keys), "wrap"),
            Cell(item.rule),
        ]
        for item in result.policy.assumption
    ]
    return SheetPage(title, _or_none(rows, language), head_row=1)


def _or_none(rows: list[Row], language: str) -> list[Row]:
    return rows if len(rows) > 2 else [*rows, [Cell(sheet_word("none", language))]]
