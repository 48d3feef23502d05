"""The workbook of one person, made as the workflow makes those of everybody."""

from __future__ import annotations

from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.problems import Problem
from csctl.sheets.form_fill import fill_template
from csctl.sheets.form_values import Interview, form_values
from csctl.sheets.payslip import SlipAbout, payslip_page
from csctl.workbook.pages import write_page


def fill_form(
    template: bytes, result: MonthResult, agent_id: str, language: str, interview: Interview | None = None
) -> tuple[bytes, list[Problem]]:
    """A performance sheet, and what is wrong with it."""
    values = form_values(result, result.everybody[agent_id], language, interview)
    return fill_template(template, values, result.month, language)


def payslip(result: MonthResult, agent: Agent, about: SlipAbout, language: str) -> bytes:
    """A payslip."""
    return write_page(result.month.first, payslip_page(result, agent, about, language))
