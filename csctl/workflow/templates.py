"""The template of the performance sheets, looked through before anybody's sheet is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Place, Problem
from csctl.sheets.form import check_form
from csctl.workspace import sheet_template


def template_problems(folder: Path, policy: Policy, language: str) -> list[Problem]:
    """What is wrong with the policy's sheet, in a workspace's folder or among the shipped ones; the file is named."""
    name = policy.sheet.template
    template = sheet_template(folder, name)
    if template is None:
        return [problem("template-missing", Place(), name)]
    return [_in_template(name, found) for found in check_form(template, policy, language)]


def _in_template(name: str, found: Problem) -> Problem:
    """A problem of a template with the name the policy calls it by, so that one finds the file."""
    return replace(found, place=replace(found.place, file=found.place.file or f"templates/{name}"))
