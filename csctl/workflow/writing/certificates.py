"""The certificates of a month as workbooks, one for each that was earned."""

from __future__ import annotations

from dataclasses import replace

from csctl.core.certificates import earned_certificates
from csctl.core.measuring.terms import credited
from csctl.messages import problem
from csctl.problems import Place, Problem, errors
from csctl.sheets.certificate import fill_certificate
from csctl.sheets.names import safe_names
from csctl.workflow.month.compute import Computed
from csctl.workflow.month.credited import identity_of
from csctl.workspace import sheet_template


def certificate_files(computed: Computed) -> tuple[dict[str, bytes], list[Problem]]:
    """By name: ``certificates/<agent>_<certificate>.xlsx``, numbered where somebody earned several of a kind.

    A template that is missing or cannot be filled is an error, said once; then there is none of its certificates.
    """
    result, folder, language = computed.result, computed.workspace.folder, computed.workspace.config.language
    tables = {rule.table for rule in result.policy.certificate}
    names = safe_names((agent.agent_id, agent.name) for agent in result.agents)
    identity = identity_of(computed)
    frames = {name: credited(frame, identity) for name, frame in computed.frames.items() if name in tables}
    files: dict[str, bytes] = {}
    problems: dict[str, list[Problem]] = {}
    for earned in earned_certificates(result.policy, frames, result.month, names):
        name = earned.rule.template
        template = sheet_template(folder, name)
        if template is None:
            problems[name] = [problem("template-missing", Place(), name)]
            continue
        content, found = fill_certificate(template, result, earned, language)
        problems[name] = [replace(one, place=replace(one.place, file=f"templates/{name}")) for one in found]
        if not errors(found):
            files[_free(f"certificates/{names[earned.agent_id]}_{earned.rule.id}", files)] = content
    return files, [one for found in problems.values() for one in found]


def _free(plain: str, taken: dict[str, bytes]) -> str:
    name, number = f"{plain}.xlsx", 2
    while name in taken:
        name, number = f"{plain}_{number}.xlsx", number + 1
    return name
