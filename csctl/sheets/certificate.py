"""Filling a certificate: a shipped template or the user's own workbook in, a filled workbook out."""

from __future__ import annotations

from csctl.core.certificates import Earned
from csctl.core.records.result import MonthResult
from csctl.problems import Problem
from csctl.sheets.form_fill import fill_template
from csctl.sheets.form_values import certificate_values


def fill_certificate(
    template: bytes, result: MonthResult, earned: Earned, language: str
) -> tuple[bytes, list[Problem]]:
    """The template filled in for one certificate: its own placeholders, and those of the agent and of fixed words.

    As ``fill_template`` otherwise; a number that is not written down leaves room to write it. Raises KeyError for an
    agent the month does not know.
    """
    agent = result.everybody[earned.agent_id]
    return fill_template(template, certificate_values(result, agent, earned, language), result.month, language)
