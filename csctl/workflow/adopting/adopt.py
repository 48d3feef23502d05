"""A folder of exports becomes a workspace, and one that is a workspace takes in what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Problem, errors
from csctl.readers.proposing.file_names import Named, patterns
from csctl.readers.proposing.questions import Answer, Asking, Question
from csctl.store.publish import publish
from csctl.workflow.adopting.answers_file import ANSWERS_NAME, answers_text, digest_of
from csctl.workflow.adopting.before import BLANK, Adopting, Before, before_of, own_file_text
from csctl.workflow.adopting.config_text import block_of, roster_block, with_blocks
from csctl.workflow.adopting.finding import files_below, is_read_already, look
from csctl.workflow.adopting.heading import above_sources, workspace_head
from csctl.workflow.adopting.people import (
    ROSTER_STEMS,
    TWO,
    People,
    known_people,
    people_of,
    roster_text,
    same_question,
)
from csctl.workflow.adopting.policies import own_policy, plan_to_start_from, policy_faults
from csctl.workflow.adopting.records import Adopted, Answered, LookedAtFile, NamedPerson, Settled
from csctl.workflow.adopting.settling import settle_source
from csctl.workflow.session import session
from csctl.workspace import workspace_of
from csctl.workspace_folder import CONFIG_NAME


def adopt_folder(adopting: Adopting) -> Adopted:
    """Propose sources for all files that no source reads yet, ask what is in doubt, and write the workspace."""
    start = Adopted(adopting.workspace)
    problems = _unusable(adopting)
    if problems:
        return replace(start, problems=tuple(problems))
    with session(adopting.workspace, new=True) as hindered:
        if hindered:
            return replace(start, problems=hindered)
        before, problems = before_of(adopting.workspace)
        if before is None:
            return replace(start, problems=tuple(problems))
        return _adopted(adopting, before)


def _unusable(adopting: Adopting) -> list[Problem]:
    folder, workspace = adopting.folder, adopting.workspace
    if not folder.is_dir():
        return [problem("adopt-no-folder", found=folder)]
    if not folder.resolve().is_relative_to(workspace.resolve()):
        return [problem("adopt-outside", found=folder, workspace=workspace)]
    return policy_faults(adopting.policy, workspace) if adopting.policy else []


def _adopted(adopting: Adopting, before: Before) -> Adopted:
    folder = adopting.workspace.resolve()
    below = [one for one in files_below(adopting.folder.resolve(), folder) if one not in _policy_files(folder, before)]
    paths = [one for one in below if not is_read_already(one, before.known)]
    looked = look(folder, paths, adopting.progress)
    unread = [one for one in looked if not one.headers]
    groups = _groups([one for one in looked if one.headers], [*paths, *_others(folder, before)])
    settled = _settle_all(groups, before, adopting.ask)
    people, same = _people(adopting, before, settled)
    asked = [*(one for each in settled for one in each.asked), *same]
    outcome = Adopted(adopting.workspace, tuple(settled), tuple(unread), tuple(asked))
    if people is not None:
        outcome = replace(outcome, people=len(people.found), unknown=people.unknown)
    return _written(adopting, before, outcome, None if people is None else people.found)


def _others(folder: Path, before: Before) -> list[str]:
    """Files that sources read already: a new pattern must not mean them as well."""
    return [one for one in files_below(folder, folder) if is_read_already(one, before.known)]


def _policy_files(folder: Path, before: Before) -> tuple[str, ...]:
    """A policy is no export, though it may be a workbook."""
    return own_policy(folder), *((before.workspace.config.policy,) if before.workspace else ())


def _groups(looked: Sequence[LookedAtFile], everything: Sequence[str]) -> dict[str, list[LookedAtFile]]:
    """The files that are the same export of other months, by the pattern that means them alone."""
    by_path = {one.named.path: one for one in looked}
    alike: dict[str, list[Named]] = {}
    for one in looked:
        draft = one.draft
        key = repr((one.named.skeleton, draft and (draft.table, sorted(draft.keys.items()))))
        alike.setdefault(key, []).append(one.named)
    others = [path for path in dict.fromkeys(everything) if path not in by_path]
    return {files: [by_path[one.path] for one in group] for files, group in patterns(alike, others).items()}


def _settle_all(groups: Mapping[str, Sequence[LookedAtFile]], before: Before, ask: Asking) -> list[Settled]:
    """Each export, those that name people first: they tell which column of the others does."""

    def answered(question: Question) -> Answer:
        return before.remembered.answer(question) or ask(question)

    settled: dict[str, Settled] = {}
    for files in sorted(groups, key=lambda one: _turn(groups[one])):
        settled[files] = settle_source(files, groups[files], answered, known_people(settled.values()))
    return [settled[files] for files in sorted(settled)]


def _turn(group: Sequence[LookedAtFile]) -> tuple[bool, bool, bool, str]:
    if not group[0].weighed:
        return True, True, True, group[0].named.path
    best = group[0].weighed[0].trial
    agents = {"agent_id", "agent_name"} & best.named.keys()
    return best.table != "roster", best.lacks, not agents, group[0].named.path


def _people(adopting: Adopting, before: Before, settled: Sequence[Settled]) -> tuple[People | None, list[Answered]]:
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
    asked = Answered(question, before.remembered.answer(question) or adopting.ask(question))
    return (people if asked.answer != (TWO,) else people_of(settled, joined=False)), [asked]


def _written(adopting: Adopting, before: Before, outcome: Adopted, people: Sequence[NamedPerson] | None) -> Adopted:
    """The configuration, the proposed roster and the questions; without a source only the questions."""
    sources = [one for one in outcome.settled if one.draft]
    language = adopting.language
    blocks = {one.files: block_of(one, language) for one in sources}
    head, policy = workspace_head(adopting, before, sources)
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


def _roster_name(adopting: Adopting, before: Before) -> str:
    """The file of the proposed roster: never one that somebody else has put there."""
    mine = before.remembered.written
    names = (f"{stem}.csv" for stem in chain(ROSTER_STEMS, (f"{ROSTER_STEMS[-1]}-{number}" for number in count(2))))
    return next(name for name in names if name in mine or not (adopting.workspace / name).exists())


def _roster(adopting: Adopting, before: Before, people: Sequence[NamedPerson]) -> str:
    """The proposed roster. One that somebody has changed keeps its rows, and gets those who were never proposed."""
    name = _roster_name(adopting, before)
    there = own_file_text(adopting.workspace / name)
    if not there or before.remembered.wrote(name, there):
        return roster_text(people, adopting.language)
    new = [one for one in people if one.number not in before.remembered.people]
    return roster_text(new, adopting.language, there)


def _roster_block(adopting: Adopting, before: Before, people: int) -> dict[str, str]:
    has_one = before.workspace is not None and any(one.table == "roster" for one in before.workspace.config.source)
    name = _roster_name(adopting, before)
    return {} if has_one else {name: roster_block(name, people, adopting.language)}


def _config(before: Before, head: str, blocks: Mapping[str, str]) -> str:
    """The configuration with the new sources below it; what somebody wrote stays as it is, where it is."""
    if before.workspace is None:
        return with_blocks(head, list(blocks.values()))
    below = before.text.rstrip("\n").removeprefix(above_sources(before.text)).strip("\n")
    by_part = {part: files for files, part in before.own.items()}
    kept = [part if part not in by_part else blocks.get(by_part[part], "") for part in below.split(BLANK)]
    more = [text for files, text in blocks.items() if files not in before.own]
    return with_blocks(head, [part for part in (*kept, *more) if part])


def _published(adopting: Adopting, outcome: Adopted, files: Mapping[str, str]) -> Adopted:
    faults = _faults(adopting, files)
    contents = {name: text.encode() for name, text in files.items() if text}
    if CONFIG_NAME in contents:
        pay = any("base_pay" in view.bindings for one in outcome.settled for view in one.views)
        plan = plan_to_start_from(outcome.policy, adopting.workspace, adopting.language, pay=pay)
        outcome, contents = replace(outcome, unpaid=bool(plan) and not pay), contents | plan
    if faults:
        contents = {name: content for name, content in contents.items() if name == ANSWERS_NAME}
    problems = [*faults, *publish(adopting.workspace, contents)]
    return replace(outcome, written=tuple(sorted(contents)), problems=tuple(problems))


def _faults(adopting: Adopting, files: Mapping[str, str]) -> list[Problem]:
    """Nothing was recognised; or what would be written is no configuration, which nobody has to find out later."""
    text = files.get(CONFIG_NAME)
    if text is None:
        return [problem("adopt-nothing", found=adopting.folder)]
    return errors(
        workspace_of(adopting.workspace, text, readings=own_file_text(adopting.workspace / "readings.toml"))[1]
    )
