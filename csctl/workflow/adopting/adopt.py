"""A folder of exports becomes a workspace, and one that is a workspace takes in what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Problem, errors
from csctl.readers.imports import Progress
from csctl.readers.opening.written import read_written
from csctl.readers.proposing.file_names import Named, patterns
from csctl.readers.proposing.questions import Answer, Asking, Question
from csctl.store.lock import workspace_lock
from csctl.store.publish import publish
from csctl.workflow.adopting.answers_file import ANSWERS_NAME, Remembered, answers_text, digest_of, remembered_of
from csctl.workflow.adopting.config_text import block_of, head_text, roster_block, with_blocks
from csctl.workflow.adopting.finding import files_below, is_known, look
from csctl.workflow.adopting.people import (
    ROSTER_STEMS,
    TWO,
    People,
    known_people,
    people_of,
    roster_text,
    same_question,
)
from csctl.workflow.adopting.policies import policy_faults, policy_question
from csctl.workflow.adopting.records import Asked, Looked, Outcome, Person, Settled
from csctl.workflow.adopting.settling import settle
from csctl.workspace import CONFIG_NAME, STATE_NAME, Workspace, open_workspace, workspace_of

_BLANK = "\n\n"


@dataclass(frozen=True, slots=True)
class Adopting:
    """What is to be adopted, and how. ``ask`` answers questions, or leaves them open."""

    folder: Path
    workspace: Path
    policy: str | None
    language: str
    ask: Asking
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    """The workspace as it is, and what was remembered.

    ``own`` are the sources that are as they were written, by their files: they are proposed anew, so that answers and
    new files reach them. ``known`` are the patterns of all others.
    """

    text: str
    workspace: Workspace | None
    remembered: Remembered
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> tuple[str, ...]:
        """The patterns of sources that stay as they are."""
        sources = self.workspace.config.source if self.workspace else ()
        return tuple(one.files for one in sources if one.files not in self.own)


def adopt(adopting: Adopting) -> Outcome:
    """Propose sources for all files that no source reads yet, ask what is in doubt, and write the workspace."""
    start = Outcome(adopting.workspace)
    problems = _unusable(adopting)
    if problems:
        return replace(start, problems=tuple(problems))
    with workspace_lock(adopting.workspace / STATE_NAME) as mine:
        if not mine:
            return replace(start, busy=True, problems=(problem("workspace-busy"),))
        before, problems = _before(adopting.workspace)
        if before is None:
            return replace(start, problems=tuple(problems))
        return _adopted(adopting, before)


def _unusable(adopting: Adopting) -> list[Problem]:
    folder, workspace = adopting.folder, adopting.workspace
    if not folder.is_dir():
        return [problem("adopt-no-folder", found=folder)]
    if not folder.resolve().is_relative_to(workspace.resolve()):
        return [problem("adopt-outside", found=folder, workspace=workspace)]
    return policy_faults(adopting.policy) if adopting.policy else []


def _before(folder: Path) -> tuple[_Before | None, list[Problem]]:
    remembered, problems = remembered_of(_text(folder / ANSWERS_NAME))
    if remembered is None:
        return None, problems
    if not (folder / CONFIG_NAME).is_file():
        return _Before("", None, remembered), []
    workspace, problems = open_workspace(folder)
    if workspace is None:
        return None, problems
    parts = workspace.config_text.split(_BLANK)
    files = {one.files for one in workspace.config.source}
    own = {one: part for one in files for part in parts if remembered.wrote(one, part)}
    return _Before(workspace.config_text, workspace, remembered, own), []


def _text(path: Path) -> str:
    return (read_written(path, path.name)[0] or "") if path.is_file() else ""


def _adopted(adopting: Adopting, before: _Before) -> Outcome:
    folder = adopting.workspace.resolve()
    paths = [one for one in files_below(adopting.folder.resolve(), folder) if not is_known(one, before.known)]
    looked = look(folder, paths, adopting.progress)
    unread = [one for one in looked if not one.headers]
    groups = _groups([one for one in looked if one.headers], [*paths, *_others(folder, before)])
    settled = _settle_all(groups, before, adopting.ask)
    people, same = _people(adopting, before, settled)
    asked = [*(one for each in settled for one in each.asked), *same]
    outcome = Outcome(adopting.workspace, tuple(settled), tuple(unread), tuple(asked))
    if people is not None:
        outcome = replace(outcome, people=len(people.found), unknown=people.unknown)
    return _written(adopting, before, outcome, None if people is None else people.found)


def _others(folder: Path, before: _Before) -> list[str]:
    """Files that sources read already: a new pattern must not mean them as well."""
    return [one for one in files_below(folder, folder) if is_known(one, before.known)]


def _groups(looked: Sequence[Looked], everything: Sequence[str]) -> dict[str, list[Looked]]:
    """The files that are the same export of other months, by the pattern that means them alone."""
    by_path = {one.named.path: one for one in looked}
    alike: dict[str, list[Named]] = {}
    for one in looked:
        draft = one.draft
        key = repr((one.named.skeleton, draft and (draft.table, sorted(draft.keys.items()))))
        alike.setdefault(key, []).append(one.named)
    others = [path for path in dict.fromkeys(everything) if path not in by_path]
    return {files: [by_path[one.path] for one in group] for files, group in patterns(alike, others).items()}


def _settle_all(groups: Mapping[str, Sequence[Looked]], before: _Before, ask: Asking) -> list[Settled]:
    """Each export, those that name people first: they tell which column of the others does."""

    def answered(question: Question) -> Answer:
        return before.remembered.answer(question) or ask(question)

    settled: dict[str, Settled] = {}
    for files in sorted(groups, key=lambda one: _turn(groups[one])):
        settled[files] = settle(files, groups[files], answered, known_people(settled.values()))
    return [settled[files] for files in sorted(settled)]


def _turn(group: Sequence[Looked]) -> tuple[bool, bool, bool, str]:
    if not group[0].weighed:
        return True, True, True, group[0].named.path
    best = group[0].weighed[0].trial
    agents = {"agent_id", "agent_name"} & best.named.keys()
    return best.table != "roster", best.lacks, not agents, group[0].named.path


def _people(adopting: Adopting, before: _Before, settled: Sequence[Settled]) -> tuple[People | None, list[Asked]]:
    """Who is to stand on the proposed roster, and whether accounts of one name are one person; None where somebody has
    given a roster.
    """
    given = [one.files for one in before.workspace.config.source if one.table == "roster"] if before.workspace else []
    if any(one.draft and one.draft.table == "roster" for one in settled) or set(given) - {
        _roster_name(adopting, before)
    }:
        return None, []
    people = people_of(settled)
    if not people.same:
        return people, []
    question = same_question(people)
    asked = Asked(question, before.remembered.answer(question) or adopting.ask(question))
    return (people if asked.answer != (TWO,) else people_of(settled, joined=False)), [asked]


def _written(adopting: Adopting, before: _Before, outcome: Outcome, people: Sequence[Person] | None) -> Outcome:
    """The configuration, the proposed roster and the questions; without a source only the questions."""
    sources = [one for one in outcome.settled if one.draft]
    language = adopting.language
    blocks = {one.files: block_of(one, language) for one in sources}
    head, policy = _head(adopting, before, sources)
    outcome = replace(outcome, asked=(*outcome.asked, *policy), policy=head.policy)
    written = {files: digest_of(text) for files, text in blocks.items()}
    files: dict[str, str] = {}
    if before.workspace or (sources and (people or people is None)):
        if people:
            name = _roster_name(adopting, before)
            files[name] = _roster(adopting, before, people)
            written[name] = digest_of(files[name])
            blocks |= _roster_block(adopting, before, len(people))
            outcome = replace(outcome, roster=name)
        files[CONFIG_NAME] = _config(before, head.text, blocks)
        written |= {CONFIG_NAME: digest_of(head.text)} if head.own else {}
    numbers = [one.number for one in people or ()]
    files[ANSWERS_NAME] = answers_text(before.remembered, outcome.asked, written, numbers, language)
    return _published(adopting, outcome, files)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the sources; ``own``: nobody has changed it since it was written."""

    text: str
    policy: str
    own: bool


def _head(adopting: Adopting, before: _Before, sources: Sequence[Settled]) -> tuple[_Head, list[Asked]]:
    """The name, the policy and the language: as they stand there, or proposed."""
    workspace, language = before.workspace, adopting.language
    name = adopting.workspace.resolve().name
    if workspace:
        named = workspace.config.policy
        text = _head_of(before.text)
        if not before.remembered.wrote(CONFIG_NAME, text) or not sources:
            return _Head(text, named, own=False), []
        name, language = workspace.config.name, workspace.config.language
    if adopting.policy or not sources:
        chosen = adopting.policy or ""
        return _Head(head_text(name, chosen, language), chosen, own=True), []
    question = policy_question({one.draft.table for one in sources if one.draft})
    asked = Asked(question, before.remembered.answer(question) or adopting.ask(question))
    chosen = asked.answer[0] if asked.answer else question.proposed
    return _Head(head_text(name, chosen, language), chosen, own=True), [asked]


def _head_of(text: str) -> str:
    """The parts above the first source."""
    parts = text.rstrip("\n").split(_BLANK)
    first = next((at for at, part in enumerate(parts) if "[[source]]" in part.splitlines()), len(parts))
    return _BLANK.join(parts[:first])


def _roster_name(adopting: Adopting, before: _Before) -> str:
    """The file of the proposed roster: never one that somebody else has put there."""
    mine = before.remembered.written
    names = (f"{stem}.csv" for stem in chain(ROSTER_STEMS, (f"{ROSTER_STEMS[-1]}-{number}" for number in count(2))))
    return next(name for name in names if name in mine or not (adopting.workspace / name).exists())


def _roster(adopting: Adopting, before: _Before, people: Sequence[Person]) -> str:
    """The proposed roster. One that somebody has changed keeps its rows, and gets those who were never proposed."""
    name = _roster_name(adopting, before)
    there = _text(adopting.workspace / name)
    if not there or before.remembered.wrote(name, there):
        return roster_text(people, adopting.language)
    new = [one for one in people if one.number not in before.remembered.people]
    return roster_text(new, adopting.language, there)


def _roster_block(adopting: Adopting, before: _Before, people: int) -> dict[str, str]:
    has_one = before.workspace is not None and any(one.table == "roster" for one in before.workspace.config.source)
    name = _roster_name(adopting, before)
    return {} if has_one else {name: roster_block(name, people, adopting.language)}


def _config(before: _Before, head: str, blocks: Mapping[str, str]) -> str:
    """The configuration with the new sources below it; what somebody wrote stays as it is, where it is."""
    if before.workspace is None:
        return with_blocks(head, list(blocks.values()))
    below = before.text.rstrip("\n").removeprefix(_head_of(before.text)).strip("\n")
    by_part = {part: files for files, part in before.own.items()}
    kept = [part if part not in by_part else blocks.get(by_part[part], "") for part in below.split(_BLANK)]
    more = [text for files, text in blocks.items() if files not in before.own]
    return with_blocks(head, [part for part in (*kept, *more) if part])


def _published(adopting: Adopting, outcome: Outcome, files: Mapping[str, str]) -> Outcome:
    faults = _faults(adopting, files)
    contents = {name: text.encode() for name, text in files.items() if text}
    if faults:
        contents = {name: content for name, content in contents.items() if name == ANSWERS_NAME}
    problems = [*faults, *publish(adopting.workspace, contents)]
    return replace(outcome, written=tuple(sorted(contents)), problems=tuple(problems))


def _faults(adopting: Adopting, files: Mapping[str, str]) -> list[Problem]:
    """Nothing was recognised; or what would be written is no configuration, which nobody has to find out later."""
    text = files.get(CONFIG_NAME)
    if text is None:
        return [problem("adopt-nothing", found=adopting.folder)]
    return errors(workspace_of(adopting.workspace, text, readings=_text(adopting.workspace / "readings.toml"))[1])
