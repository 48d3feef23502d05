"""One export at a time: its table, its columns, what is in doubt; asked until nothing is left to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.problems import Problem, errors
from csctl.readers.opening.books import BookReader
from csctl.readers.proposing.asking import open_questions
from csctl.readers.proposing.choosing import is_clear, table_question
from csctl.readers.proposing.drafts import Draft
from csctl.readers.proposing.questions import ASIDE, Answer, Asking, Matter, Question
from csctl.readers.proposing.viewing import Opened, View, view
from csctl.tables import AGENT_NAMES
from csctl.workflow.adopting.records import Answered, LookedAtFile, Settled

_MOST = 60
"""So many questions about one export are more than anybody is asked."""


def settle_source(files: str, group: Sequence[LookedAtFile], ask: Asking, people: frozenset[str]) -> Settled:
    """The source of the files of one pattern; ``people`` are folded names and numbers known from other files."""
    group = sorted(group, key=lambda one: (str(one.month), one.named.path))
    start = Settled(files, tuple(one.named.path for one in group), _months(group), None)
    draft, asked = _table(files, group, ask)
    if draft is None:
        return replace(start, asked=asked)
    opened, problems = _opened(group)
    if not opened:
        return replace(start, asked=asked, problems=tuple(problems))
    return _settled(replace(start, draft=draft, asked=asked, problems=tuple(problems)), opened, ask, people)


def _months(group: Sequence[LookedAtFile]) -> tuple:  # type: ignore[type-arg]
    return tuple(sorted({one.month for one in group if one.month}))


def _table(files: str, group: Sequence[LookedAtFile], ask: Asking) -> tuple[Draft | None, tuple[Answered, ...]]:
    """What the files are taken for: clear, or asked."""
    clear = next((one for one in group if one.weighed and is_clear(one.weighed)), None)
    if clear:
        return clear.weighed[0].trial.draft, ()
    first = max(group, key=lambda one: one.weighed[0].weight if one.weighed else 0)
    question = table_question(files, first.weighed, first.headers)
    answer = ask(question)
    name = answer[0] if answer else question.proposed
    drafts = {one.trial.table: one.trial.draft for one in reversed(first.weighed)}
    taken = None if name in {ASIDE, ""} else drafts.get(name, Draft(name))
    return taken, (Answered(question, answer),)


def _opened(group: Sequence[LookedAtFile]) -> tuple[list[Opened], list[Problem]]:
    with BookReader() as reader:
        read = list(reader.read_all([(one.path, one.named.path, None) for one in group]))
    opened = [
        Opened(one.named.path, book, one.month) for one, (book, _) in zip(group, read, strict=True) if book is not None
    ]
    return opened, [problem for book, problems in read if book is None for problem in problems]


def _settled(start: Settled, opened: Sequence[Opened], ask: Asking, people: frozenset[str]) -> Settled:
    draft, asked = start.draft, list(start.asked)
    assert draft is not None  # noqa: S101 - the caller has one
    views = _views(start.files, draft, opened)
    met: set[str] = set()
    for _ in range(_MOST):
        question = next((one for one in _questions(views, people) if one.name not in met), None)
        if question is None:
            break
        met.add(question.name)
        answer: Answer = () if question.certain else ask(question)
        asked.append(Answered(question, answer))
        if answer == (ASIDE,):
            return replace(start, draft=None, asked=tuple(asked))
        lines = question.lines(answer)
        if lines:
            draft = _together(draft.saying(lines), views, question)
            views = _views(start.files, draft, opened)
    faults = [one for each in views for one in errors(each.problems)]
    problems = (*start.problems, *faults)
    usable = any(imported.accepted for each in views for imported in each.imports)
    return replace(start, draft=draft if usable else None, asked=tuple(asked), views=views, problems=problems)


def _views(files: str, draft: Draft, opened: Sequence[Opened]) -> tuple[View, ...]:
    return tuple(view(files, draft, [one]) for one in opened)


def _questions(views: Sequence[View], people: frozenset[str]) -> list[Question]:
    return [question for one in views for question in open_questions(one, people)]


def _together(draft: Draft, views: Sequence[View], question: Question) -> Draft:
    """With the headers under which other files of the same export have the column: of several the first that is there.

    A column that is named must be in every file, and these have it under a name that the reader knows.
    """
    if question.kind not in {Matter.COLUMN, Matter.PERSON}:
        return draft
    names = AGENT_NAMES if question.kind is Matter.PERSON else (question.about,)
    columns = draft.keys.get("columns", {})
    for name in names:
        said = columns.get(name, {}).get("from")
        known = [
            one.bindings[name].headers[0].text for one in views if name in one.bindings and one.bindings[name].headers
        ]
        first = (said,) if isinstance(said, str) else tuple(said or ())
        every = tuple(dict.fromkeys((*first, *known)))
        if first and len(every) > len(first):
            texts = ", ".join(f'"{text}"' for text in every)
            draft = draft.saying([f"columns.{name}.from = [{texts}]"])
    return draft
