"""Filling a performance sheet: a shipped template or the user's own workbook in, a filled workbook out."""

from __future__ import annotations

from csctl.core.certificates import Earned
from csctl.core.records.result import MonthResult
from csctl.problems import Problem
from csctl.sheets.form_fill import fill_template
from csctl.sheets.form_values import Interview, certificate_values, form_values


def fill_form(
    template: bytes, result: MonthResult, agent_id: str, language: str, interview: Interview | None = None
) -> tuple[bytes, list[Problem]]:
    """The template with every ``{{placeholder}}`` and known defined name filled in for one agent.

    A cell that is one placeholder gets a number where the value is one, and keeps its format. Text never becomes a
    formula. Problems name sheet and cell; with an error among them, such as a placeholder that nothing fills, the
    bytes are empty. Raises KeyError for an agent the month does not know.
    """
    agent = result.everybody[agent_id]
    return fill_template(template, form_values(result, agent, language, interview), result.month, language)


def fill_certificate(
    template: bytes, result: MonthResult, earned: Earned, language: str
) -> tuple[bytes, list[Problem]]:
    """The template filled in for one certificate: its own placeholders, and those of the agent and of fixed words.

    As ``fill_form`` otherwise; a number that is not written down leaves room to write it.
    """
    agent = result.everybody[earned.agent_id]
    return fill_template(template, certificate_values(result, agent, earned, language), result.month, language)
