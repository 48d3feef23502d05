"""The templates of performance sheets and certificates, looked through before anybody's is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Place, Problem
from csctl.sheets.form_check import check_certificate, check_form
from csctl.workspace import sheet_template


def template_problems(folder: Path, policy: Policy, language: str) -> list[Problem]:
    """What is wrong with any template that the policy names, each looked through once."""
    found = sheet_problems(folder, policy, language)
    for name in dict.fromkeys(rule.template for rule in policy.certificate):
        template = sheet_template(folder, name)
        faults = [problem("template-missing", Place(), name)] if template is None else []
        if template is not None:
            faults = [_in_template(name, one) for one in check_certificate(template, policy, language)]
        found += [one for one in faults if one not in found]
    return found


def sheet_problems(folder: Path, policy: Policy, language: str) -> list[Problem]:
    """What is wrong with the policy's performance sheet, in a workspace's folder or among the shipped ones; the file is
    named.
    """
    name = policy.sheet.template
    template = sheet_template(folder, name)
    if template is None:
        return [problem("template-missing", Place(), name)]
    return [_in_template(name, found) for found in check_form(template, policy, language)]


def _in_template(name: str, found: Problem) -> Problem:
    """A problem of a template with the name the policy calls it by, so that one finds the file."""
    return replace(found, place=replace(found.place, file=found.place.file or f"templates/{name}"))
