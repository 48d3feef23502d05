"""The hints of the law checks as a block of rows below the warnings."""

from __future__ import annotations

from csctl.core.people.called import id_and_name
from csctl.core.records.advice import advice_remedy, advice_text, article_text, in_order_of_checks
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.messages.grammar import listed_text
from csctl.money import from_cents
from csctl.workbook.cells import Cell, Row, head_cells


def law_rows(result: MonthResult, language: str, amount_head: str) -> list[Row]:
    """A heading, column heads and a line for each hint; nothing if there is none. Amounts in yuan."""
    if not result.advice:
        return []
    columns = [
        say("sheet.law-check", language),
        say("sheet.law-agent", language),
        say("sheet.what", language),
        say("sheet.remedy", language),
        say("sheet.law-article", language),
        amount_head,
        say("sheet.rule", language),
    ]
    names = {agent.agent_id: id_and_name(agent) for agent in result.agents}
    found: list[Row] = [
        [
            Cell(advice.check),
            Cell(names.get(advice.agent_id, advice.agent_id) or say("sheet.law-everybody", language)),
            Cell(advice_text(advice, language), "wrap"),
            Cell(advice_remedy(advice, language), "wrap"),
            Cell(article_text(advice, language), "wrap"),
            Cell(None if advice.amount_cents is None else from_cents(advice.amount_cents), "money"),
            Cell(listed_text(advice.rule, language), "wrap"),
        ]
        for advice in in_order_of_checks(result.advice)
    ]
    heading = Cell(say("law-heading", language, count=len(result.advice)), "title")
    return [[], [heading], head_cells(columns), *found]
