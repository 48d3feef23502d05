"""A month as far as forms need it: rules, people, and what the data say already."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from csctl.core.forms.log import Notes, notes_of
from csctl.core.forms.plan import Figures, FormInput
from csctl.core.people.identity import Identity, build_identity
from csctl.core.people.roster import agents_of_month, people_on_roster
from csctl.core.preparing.month import prepare_month
from csctl.core.preparing.tables import own_tables
from csctl.core.scoring.scores import values_by_agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.load import Loaded
from csctl.problems import Problem, errors
from csctl.workflow.inputs.calendars import calendar_of
from csctl.workflow.inputs.gathering import Gathering
from csctl.workflow.inputs.material import Material
from csctl.workflow.inputs.months import check_effective, choose_month, months_to_read
from csctl.workflow.month.compute import Asked
from csctl.workspace import Workspace, months_in_names, open_workspace, sheet_template, workspace_policy

FOLDER, OUT, BACK = "forms", "out", "in"
_JUDGED = ("ratings", "appeals")
"""Tables that forms are there to fill."""


@dataclass(frozen=True, slots=True)
class FormMonth:
    """Rules and people of a month, and how exports name them."""

    workspace: Workspace
    loaded: Loaded
    month: Month
    identity: Identity
    given: FormInput


def month_folder(workspace: Path, month: Month) -> Path:
    """Where a month's forms are: ``out`` is written to, ``in`` is for what comes back and is only read."""
    return workspace / FOLDER / str(month)


def month_of_forms(asked: Asked, *, evidence: bool) -> tuple[FormMonth | None, list[Problem]]:
    """The month asked for; of the exports only the roster has to be there, the others are ``evidence``."""
    workspace, problems = open_workspace(asked.folder, asked.language)
    if workspace is None:
        return None, problems
    loaded, problems = workspace_policy(workspace)
    if loaded is None:
        return None, problems
    month, problems = _month(asked, workspace)
    if month is None:
        return None, problems
    problems += check_effective(loaded.policy, month)
    kept = [one for one in workspace.sources if one.table == "roster" or (evidence and one.table not in _JUDGED)]
    gathering = Gathering(replace(workspace, sources=tuple(kept)), asked.progress)
    material, found = _material(gathering, workspace, loaded, month)
    problems += found
    if material is None or errors(problems):
        return None, problems
    roster = material.roster(month)
    agents, found = agents_of_month(roster, month, loaded.policy)
    identity, doubtful = build_identity(people_on_roster(roster), workspace.config.aliases)
    problems += [*found, *errors(doubtful)]
    if not agents:
        problems.append(problem("roster-empty", found=month))
    if errors(problems):
        return None, problems
    values, notes = _known(material, month, identity) if evidence else ({}, None)
    interview = _has_interview(workspace, loaded)
    given = FormInput(loaded.policy, month, agents, workspace.config.language, values, notes, interview)
    return FormMonth(workspace, loaded, month, identity, given), problems


def _month(asked: Asked, workspace: Workspace) -> tuple[Month | None, list[Problem]]:
    """The month asked for, with data or without; else the latest that has some."""
    if asked.month is None:
        return choose_month(None, months_in_names(workspace), asked.today)
    month = Month.parse(asked.month)
    return month, [] if month else [problem("month-malformed", found=asked.month)]


def _material(
    gathering: Gathering, workspace: Workspace, loaded: Loaded, month: Month
) -> tuple[Material | None, list[Problem]]:
    """The rows there are. What is wrong with the roster stops everything, a faulty export only lacks on the forms."""
    gathering.undated()
    with_data = months_in_names(gathering.workspace) | {month}
    gathering.months(months_to_read(loaded.policy, [month], with_data))
    rosters = [one for one in gathering.brought if one.wanted.source.table == "roster"]
    faulty = [one for one in gathering.brought if one.entry is None and one not in rosters and errors(one.problems)]
    problems = [fault for one in rosters for fault in one.problems]
    problems += [problem("forms-evidence-partial", found=len(faulty))] if faulty else []
    calendar, found = calendar_of(workspace, loaded.policy)
    if calendar is None:
        return None, [*problems, *found]
    tables = tuple(sorted({source.table for source in gathering.workspace.sources} - {"roster"}))
    return Material(workspace.config, loaded, calendar, tables, gathering.pieces), problems


def _known(material: Material, month: Month, identity: Identity) -> tuple[Figures, Notes | None]:
    """What is measured already, by agent and measure, and what was noted of each."""
    roster = material.roster(month)
    given, _ = prepare_month(
        material.loaded.policy,
        month,
        roster,
        material.frames,
        material.config.aliases,
        material.calendar,
        (),
        files=material.fates(month),
        read=material.months_read,
    )
    policy, frames = material.loaded.policy, material.frames
    if "events" not in frames:
        return values_by_agent(given.measured), None
    own = own_tables(
        policy, {"events": frames["events"]}, identity, given.coverage, given.agents, month, material.calendar
    )
    return values_by_agent(given.measured), notes_of(policy, own["events"], month)


def _has_interview(workspace: Workspace, loaded: Loaded) -> bool:
    """Whether the performance sheet has a place for the interview: then the superior's form asks for it."""
    template = sheet_template(workspace.folder, loaded.policy.sheet.template)
    try:
        with zipfile.ZipFile(io.BytesIO(template or b"")) as book:
            texts = [book.read(name) for name in book.namelist() if name == "xl/sharedStrings.xml"]
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False
    return any(mark in text for text in texts for mark in (b"word.interview", b"interview."))
