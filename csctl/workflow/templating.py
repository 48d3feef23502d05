"""Templates of performance sheets in a workspace: copied from a shipped one, looked through, made of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Place, Problem, errors
from csctl.sheets.form_adopt import form_sheet_titles, proposed_for, with_placeholders
from csctl.sheets.form_check import Looked, look_at_certificate, look_at_form, values_of_form
from csctl.sheets.form_propose import Proposal, placeholder_text
from csctl.sheets.names import safe_name
from csctl.sheets.placeholders import meaning, repeating
from csctl.store.publish import publish
from csctl.store.shipped import template, template_names
from csctl.workspace import Workspace, open_workspace, sheet_template, workspace_policy

FOLDER = "templates"
ENDING = ".xlsx"
_CHOICE = re.compile(r"(?:(.+)!)?([A-Za-z]{1,3}[0-9]{1,5})=(.*)")


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was looked through: its name, what is filled, what its labels propose, what is wrong."""

    name: str
    looked: Looked
    proposals: tuple[Proposal, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, each with the file's name."""
        named = f"{FOLDER}/{self.name}"
        return tuple(
            replace(one, place=replace(one.place, file=one.place.file or named)) for one in self.looked.problems
        )


@dataclass(frozen=True, slots=True)
class Templating:
    """What became of a command about templates. ``policy`` is that of the workspace."""

    workspace: Workspace | None = None
    policy: Policy | None = None
    templates: tuple[Template, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A form and what its labels propose; ``open`` are the doubts that nobody settled, ``chosen`` what is written."""

    form: bytes
    name: str
    chosen: dict[tuple[str, str], str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    open: tuple[Proposal, ...] = ()


def new_template(folder: Path, name: str, start: str, language: str | None) -> Templating:
    """A shipped template copied into a workspace under a name of its own."""
    opened = _opened(folder, language)
    content = template(start)
    if opened.workspace is None:
        return opened
    if content is None:
        found = problem("template-not-shipped", found=start, known=tuple(template_names()))
        return replace(opened, problems=(found,))
    return _write(opened, name, content)


def check_templates(folder: Path, asked: Path | None, language: str | None) -> Templating:
    """The template asked for, by name or as a file; without one all that the policy names."""
    opened = _opened(folder, language)
    if opened.workspace is None or opened.policy is None:
        return opened
    policy, workspace = opened.policy, opened.workspace
    certificates = dict.fromkeys(rule.template for rule in policy.certificate)
    names = [policy.sheet.template, *certificates] if asked is None else [str(asked)]
    found: list[Template] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        content = _content(workspace.folder, name)
        if content is None:
            problems.append(problem("template-missing", Place(), name))
        else:
            kind = name in certificates and name != policy.sheet.template
            found.append(_looked_through(name, content, policy, workspace.config.language, certificate=kind))
    return replace(opened, templates=tuple(found), problems=tuple(problems))


def propose(
    folder: Path, form: Path, name: str, settled: Sequence[str], language: str | None
) -> tuple[Templating, Adoption | None]:
    """What the labels of a company's own form propose, with the doubts that the user settles."""
    opened = _opened(folder, language)
    if opened.workspace is None or opened.policy is None:
        return opened, None
    if not form.is_file():
        return replace(opened, problems=(problem("template-missing", Place(), str(form)),)), None
    content = form.read_bytes()
    spoken = opened.workspace.config.language
    found, problems = proposed_for(content, opened.policy, spoken)
    settled_by, faults = _settled(content, settled, opened.policy, spoken)
    if not found and not settled_by and not errors(problems):
        faults.append(problem("template-no-labels", Place(form.name)))
    problems = [replace(one, place=replace(one.place, file=one.place.file or form.name)) for one in problems]
    if errors([*problems, *faults]):
        return replace(opened, problems=(*problems, *faults)), None
    texts = {(one.sheet, one.cell): one.text for one in found} | settled_by
    doubts = tuple(one for one in found if not texts[one.sheet, one.cell] and (one.sheet, one.cell) not in settled_by)
    chosen = {at: text for at, text in texts.items() if text}
    adoption = Adoption(content, name or safe_name("", form.stem), chosen, tuple(found), doubts)
    return replace(opened, problems=tuple(problems)), adoption


def adopt_form(opened: Templating, adoption: Adoption) -> Templating:
    """The copy with placeholders written into the workspace and looked through."""
    content = with_placeholders(adoption.form, adoption.chosen)
    done = _write(opened, adoption.name, content)
    if not done.written or opened.policy is None or opened.workspace is None:
        return done
    looked = _looked_through(adoption.name, content, opened.policy, opened.workspace.config.language, certificate=False)
    return replace(done, templates=(looked,))


def _opened(folder: Path, language: str | None) -> Templating:
    workspace, problems = open_workspace(folder, language)
    if workspace is None:
        return Templating(problems=tuple(problems))
    loaded, problems = workspace_policy(workspace)
    return Templating(workspace, loaded.policy if loaded else None, problems=() if loaded else tuple(problems))


def _content(folder: Path, name: str) -> bytes | None:
    """A template by the name that a policy calls it, or a file."""
    path = Path(name)
    return sheet_template(folder, name) or (path.read_bytes() if path.is_file() else None)


def _looked_through(name: str, content: bytes, policy: Policy, language: str, *, certificate: bool) -> Template:
    looked = (look_at_certificate if certificate else look_at_form)(content, policy, language)
    found = [] if certificate else proposed_for(content, policy, language)[0]
    return Template(name, looked, tuple(found))


def _settled(
    form: bytes, settled: Iterable[str], policy: Policy, language: str
) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    """What the user says of cells, ``B5=score.grade`` or ``Sheet!B5=``, by sheet and cell; and what cannot be read."""
    titles = form_sheet_titles(form)
    known = values_of_form(policy, language).single.keys() | repeating()
    texts: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for said in settled:
        match = _CHOICE.fullmatch(said.strip())
        title = (match[1] or titles[0]) if match and titles else ""
        if match is None or title not in titles:
            problems.append(problem("template-choice-unreadable", found=said))
        elif match[3].strip() and match[3].strip() not in known:
            problems.append(problem("template-choice-unknown", Place(sheet=title, column=match[2]), match[3].strip()))
        else:
            texts[title, match[2].upper()] = placeholder_text(match[3].strip()) if match[3].strip() else ""
    return texts, problems


def _write(opened: Templating, name: str, content: bytes) -> Templating:
    """A template written into the workspace's folder; never over another."""
    workspace = opened.workspace
    plain = safe_name("", name.removesuffix(ENDING))
    if workspace is None or plain != name.removesuffix(ENDING) or not plain:
        return replace(opened, problems=(problem("template-name-unusable", found=name, near=plain),))
    file = f"{FOLDER}/{plain}{ENDING}"
    if (workspace.folder / file).exists():
        return replace(opened, problems=(problem("file-there-already", Place(file)),))
    problems = publish(workspace.folder / FOLDER, {f"{plain}{ENDING}": content})
    return replace(opened, problems=(*opened.problems, *problems), written="" if errors(problems) else file)


def known_placeholders(folder: Path, language: str | None) -> tuple[Templating, dict[str, str]]:
    """Every placeholder that the workspace's policy knows with its meaning; fixed words last."""
    opened = _opened(folder, language)
    if opened.workspace is None or opened.policy is None:
        return opened, {}
    spoken = opened.workspace.config.language
    single = values_of_form(opened.policy, spoken).single
    keys = sorted([*single, *repeating()], key=lambda key: key.startswith("word."))
    return opened, {key: meaning(key, opened.policy, spoken) for key in keys}
