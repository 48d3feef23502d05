"""Forms out: who is to judge whom this month, and a workbook for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from csctl.core.forms.model import ROLES, Form, Role, slots_of
from csctl.core.forms.plan import forms_for, roles_of
from csctl.messages import problem, say
from csctl.month import Month
from csctl.problems import Problem, errors
from csctl.sheets.names import safe_name
from csctl.sheets.rating_form import About
from csctl.sheets.rating_form_write import form_book
from csctl.store.publish import publish
from csctl.words import FILLERS, fold
from csctl.workflow.forms.form_month import BACK, OUT, FormMonth, month_folder, month_of_forms
from csctl.workflow.month.compute import Asked
from csctl.workflow.session import session


@dataclass(frozen=True, slots=True)
class WantedForms:
    """Which forms are wanted. Without roles those of everybody who has a say in the score.

    ``agents`` are staff numbers or names: only pages about these. ``panel`` and ``superiors`` are raters besides
    the supervisors of the roster; ``voters`` are the only ones who vote, ``checkers`` the only ones who inspect and
    review, where any are named.
    """

    roles: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    panel: tuple[str, ...] = ()
    superiors: tuple[str, ...] = ()
    voters: tuple[str, ...] = ()
    checkers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormsSent:
    """Forms of one role: how many, about how many people, how many cells to fill in, and the first file."""

    role: Role
    forms: int
    pages: int
    cells: int
    first: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What ``send`` came to. ``month`` is None where nothing was written."""

    month: Month | None
    folder: Path
    sent: tuple[FormsSent, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def send_forms(asked: Asked, wanted: WantedForms) -> Sending:
    """Write the forms of a month. What came back is never touched."""
    with session(asked.folder) as hindered:
        if hindered:
            return Sending(None, asked.folder, problems=hindered)
        found, problems = month_of_forms(asked, evidence=True)
        if found is None:
            return Sending(None, asked.folder, problems=tuple(problems))
        folder = month_folder(asked.folder, found.month) / OUT
        forms, refused = chosen_forms(found, wanted)
        problems += refused
        if refused:
            return Sending(None, folder, problems=tuple(problems))
        named = _named(forms)
        problems += publish(folder, {name: form_book(form, about_of(found)) for name, form in named})
        problems += publish(folder.parent / BACK, {})  # the empty folder that filled forms are put into
        if errors(problems):
            return Sending(None, folder, problems=tuple(problems))
        return Sending(found.month, folder, _counted(named), tuple(name for name, _ in named), tuple(problems))


def chosen_forms(found: FormMonth, wanted: WantedForms) -> tuple[list[Form], list[Problem]]:
    """The forms wanted, or why there are none."""
    given = replace(
        found.given,
        panel=wanted.panel,
        superiors=wanted.superiors,
        voters=wanted.voters,
        checkers=wanted.checkers,
    )
    known = {word: role for role in ROLES for word in FILLERS[role]}
    strange = [name for name in wanted.roles if fold(name) not in known]
    if strange:
        return [], [problem("forms-role-wrong", found=tuple(strange), known=", ".join(ROLES))]
    roles = tuple(dict.fromkeys(known[fold(name)] for name in wanted.roles)) or roles_of(given)
    if "panel" in roles and not given.panel:
        return [], [problem("forms-no-panel")]
    ids: list[str] = []
    problems: list[Problem] = []
    for who in wanted.agents:
        meant = [one.agent_id for one in given.agents if fold(who) in (fold(one.agent_id), fold(one.name))]
        if not meant:
            listed = tuple(f"{agent.agent_id} {agent.name}" for agent in given.agents)
            problems.append(problem("agent-not-found", found=who, month=found.month, known=listed))
        ids += meant
    if problems:
        return [], problems
    forms = [_about_some(form, ids) for form in forms_for(given, roles)]
    forms = [form for form in forms if form.pages]
    return forms, [] if forms else [problem("forms-nothing-to-ask", found=found.month)]


def _about_some(form: Form, ids: Sequence[str]) -> Form:
    return replace(form, pages=tuple(page for page in form.pages if not ids or page.agent.agent_id in ids))


def about_of(found: FormMonth) -> About:
    """What stands at the top of every form of the month."""
    policy = found.loaded.policy
    language = found.workspace.config.language
    heading = policy.sheet.title or say("form.title", language)
    return About(found.month, heading, f"{policy.label} {policy.version}", found.loaded.fingerprint, language)


def _named(forms: Sequence[Form]) -> list[tuple[str, Form]]:
    """Each form with its file's name: ``<role>_<id>_<name>.xlsx``; no two names are the same to a file system."""
    named: dict[str, Form] = {}
    for form in forms:
        plain = f"{form.role}_{safe_name(form.rater_id, form.rater)}"
        name, number = plain, 2
        while f"{name}.xlsx".casefold() in {other.casefold() for other in named}:
            name, number = f"{plain}_{number}", number + 1
        named[f"{name}.xlsx"] = form
    return list(named.items())


def _counted(named: Sequence[tuple[str, Form]]) -> tuple[FormsSent, ...]:
    counted = []
    for role in ROLES:
        own = [(name, form) for name, form in named if form.role == role]
        pages = [page for _, form in own for page in form.pages]
        if own:
            counted.append(FormsSent(role, len(own), len(pages), sum(len(slots_of(page)) for page in pages), own[0][0]))
    return tuple(counted)
