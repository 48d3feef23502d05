"""Who has not answered yet: what was sent beside what came back, rater by rater, person by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from csctl.core.forms.model import FormPage, Role
from csctl.words import fold

DUE: tuple[Role, ...] = ("self", "superior", "panel", "vote")
"""Roles whose forms are waited for; objections, inspections and reviews come when there is something to write."""

State = Literal["missing", "partly", "whole"]
"""Nothing came back, or nothing is on it; some questions are open; none is."""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of a form about one agent, and whether the file has an answer to it."""

    agent_id: str
    item: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was sent, or as it came back."""

    file: str
    role: str
    rater: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True)
class PageStatus:
    """One agent on one form: how many questions must be answered, and the labels of those that are open."""

    agent_id: str
    name: str
    asked: int
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormStatus:
    """One form that was sent: ``sent`` is its file, ``back`` are those that came back for it."""

    role: str
    rater: str
    sent: str
    back: tuple[str, ...]
    pages: tuple[PageStatus, ...]

    @property
    def asked(self) -> int:
        """How many questions must be answered."""
        return sum(page.asked for page in self.pages)

    @property
    def open(self) -> int:
        """How many of them are not."""
        return sum(len(page.open) for page in self.pages)

    @property
    def state(self) -> State:
        """Where the form stands."""
        return "whole" if not self.open else "missing" if self.open == self.asked else "partly"

    @property
    def own(self) -> bool:
        """Whether it is about the rater alone."""
        return self.role == "self"

    @property
    def open_pages(self) -> list[PageStatus]:
        """The people about whom something is open."""
        return [page for page in self.pages if page.open]


def names_apart(pages: Iterable[PageStatus]) -> list[str]:
    """What people are called, with the number where two have one name or none is known."""
    listed = list(pages)
    counts = Counter(page.name for page in listed)
    return [
        page.name if page.name and counts[page.name] == 1 else f"{page.name} {page.agent_id}".strip() for page in listed
    ]


_ORDER: Sequence[State] = ("missing", "partly", "whole")
_Pages = Mapping[tuple[str, str], FormPage]


def status_of(sent: Iterable[Handed], back: Iterable[Handed], pages: _Pages) -> list[FormStatus]:
    """Every form that is waited for: those of which nothing came back first, then in the order of sending.

    ``pages`` are the questions by role and agent; one that data answer already need not be answered, and an interview
    is one question. Several files of one rater are one form: what stands on any of them is answered.
    """
    returned = [one for one in back if one.role in DUE]
    found = [_status(one, [other for other in returned if _same(one, other)], pages) for one in sent if one.role in DUE]
    return sorted(
        (one for one in found if one.asked),
        key=lambda one: (_ORDER.index(one.state), [*map(str, DUE)].index(one.role)),
    )


def unsent(sent: Sequence[Handed], back: Iterable[Handed]) -> list[str]:
    """Files that came back from somebody who was sent none."""
    asked = [one for one in sent if one.role in DUE]
    return [one.file for one in back if one.role in DUE and not any(_same(other, one) for other in asked)]


def _same(one: Handed, other: Handed) -> bool:
    """Whether two files are the form of one rater; whoever rates oneself is known without a name."""
    if one.role != other.role:
        return False
    if one.role == "self":
        return bool({each.agent_id for each in one.questions} & {each.agent_id for each in other.questions})
    return fold(one.rater) == fold(other.rater)


def _status(sent: Handed, back: Sequence[Handed], pages: _Pages) -> FormStatus:
    answered: dict[str, set[str]] = {}
    for one in (each for file in back for each in file.questions if each.answered):
        answered.setdefault(one.agent_id, set()).add(one.item)
    asked: dict[str, set[str]] = {}
    for one in sent.questions:
        asked.setdefault(one.agent_id, set()).add(one.item)
    found = [
        _page(pages[sent.role, agent_id], items, answered.get(agent_id, set()))
        for agent_id, items in asked.items()
        if (sent.role, agent_id) in pages
    ]
    return FormStatus(sent.role, sent.rater, sent.file, tuple(one.file for one in back), tuple(found))


def _page(page: FormPage, sent: set[str], answered: set[str]) -> PageStatus:
    """The questions of a page that must be answered: each by its label; a block of facts by its title."""
    due: dict[str, bool] = {}
    for block in page.blocks:
        lines = [line for line in block.lines if line.item in sent and line.allowed and not line.optional]
        if block.kind == "facts" and lines:
            due[block.title] = any(line.item in answered for line in lines)
        else:
            due |= {line.label: line.item in answered for line in lines}
    left = tuple(label for label, done in due.items() if not done)
    return PageStatus(page.agent.agent_id, page.agent.name, len(due), left)
