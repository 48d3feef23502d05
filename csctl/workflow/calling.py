"""What the people, items and steps that the ledger names by their ids are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from csctl.core.deciding.items import items_of
from csctl.messages import say
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import RefusalError
from csctl.workflow.forms.form_month import month_of_forms
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked
from csctl.workspace import Workspace, open_workspace, workspace_policy


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids of one month mean: agents by id, items by name, steps by id."""

    agents: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)


class Calling:
    """Names by month: those of a closed month as it was sealed, those of an open one from roster and policy.

    Nothing is ever refused: where nobody says what an id means, it stands alone.
    """

    def __init__(self, books: Books | None, today: date, language: str) -> None:
        """Without ``books`` everything goes by its id. ``language`` is that of the words for steps, ``today`` only what
        a reading of the roster asks for.
        """
        self._books = books
        self._today = today
        self._language = language
        self._known: dict[str, _Names] = {}

    def person(self, agent_id: str, month: str) -> str:
        """Number and name: ``0003 陆小曼``."""
        own = self._of(month).agents.get(agent_id) or self._last().agents.get(agent_id, "")
        return f"{agent_id} {own}".strip()

    def item(self, name: str, month: str) -> str:
        """The label of what was appealed, with its id as ``explain`` shows it."""
        return _with_id(self._of(month).items.get(name, ""), name)

    def step(self, name: str, month: str) -> str:
        """Where a step of the ladder leads to, with its id."""
        return _with_id(self._of(month).steps.get(name, ""), name)

    def _of(self, text: str) -> _Names:
        if text not in self._known:
            month = Month.parse(text)
            self._known[text] = _Names() if self._books is None or month is None else self._names(self._books, month)
        return self._known[text]

    def _last(self) -> _Names:
        """Those of the last closed month: who left before an open month is known there."""
        months = self._books.months if self._books else []
        return self._of(str(months[-1])) if months else _Names()

    def _names(self, books: Books, month: Month) -> _Names:
        """A closed month that this program cannot read gives no names."""
        if month not in books.seals:
            return self._open(books.workspace, month)
        try:
            agents = {one.agent_id: one.name for one in books.effective(month).agents}
            return self._said(agents, books.loaded(books.basis(month)).policy)
        except RefusalError:
            return _Names()

    def _open(self, workspace: Workspace, month: Month) -> _Names:
        """A roster or a policy that cannot be read gives no names either; other commands say why."""
        found, _ = month_of_forms(Asked(workspace.folder, str(month), self._today), evidence=False)
        if found is not None:
            return self._said({one.agent_id: one.name for one in found.given.agents}, found.loaded.policy)
        loaded, _ = workspace_policy(workspace)
        return self._said({}, loaded.policy) if loaded else _Names()

    def _said(self, agents: Mapping[str, str], policy: Policy) -> _Names:
        steps = policy.career.step if policy.career else []
        return _Names(
            agents,
            {name: item.label for name, item in items_of(policy).items()},
            {step.id: say(f"forms-step-{step.kind}", self._language, level=step.target).strip() for step in steps},
        )


def calling_of(asked: Asked, language: str) -> Calling:
    """The names of a workspace; of one whose ledger cannot be read there are none."""
    workspace, _ = open_workspace(asked.folder)
    books, _ = open_books(workspace) if workspace else (None, [])
    return Calling(books, asked.today, language)


def _with_id(label: str, name: str) -> str:
    return name if label in ("", name) else f"{label} [{name}]"
