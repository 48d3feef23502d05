"""Closed months computed again: from the exports as they lie there now, or from sealed rows under other rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csctl.core.closing.differences import Difference, differences
from csctl.core.deciding.decision import Decision
from csctl.core.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.readers.imports import Progress
from csctl.store.canonical import file_digest
from csctl.store.seals import Basis
from csctl.workflow.closed import Books
from csctl.workflow.gathering import Gathering, errors_of
from csctl.workflow.material import Material, compute_of, past_results
from csctl.workspace import Workspace, files_of, has_month, missing_files


@dataclass(frozen=True, slots=True)
class Again:
    """A closed month computed again. ``old`` is what holds so far, ``material`` what ``new`` was computed from."""

    material: Material
    old: MonthResult
    new: MonthResult
    config_text: str

    @property
    def differences(self) -> list[Difference]:
        """Line by line."""
        return differences(self.old, self.new)


def changed_files(books: Books, month: Month) -> list[Problem]:
    """Exports of a closed month that are new, gone or not the ones it was computed from; cheap: hashes only.

    A month without a single export left was put away, and the ledger stands for it: a note.
    """
    basis, at = books.basis(month), books.closed_at[month][:10]
    sealed = _sealed_files(basis, month)
    now = _present(books.workspace_then(basis), month)
    if sealed and not now:
        return [problem("late-files-put-away", found=month, at=at)]
    return [
        problem(_change(sealed.get(name), now.get(name)), Place(name), month, at=at)
        for name in sorted(sealed.keys() | now.keys())
        if sealed.get(name) != now.get(name)
    ]


def undated_changed(books: Books, month: Month) -> bool:
    """Whether a file that belongs to no month, the roster above all, is not what it was."""
    basis = books.basis(month)
    then = books.workspace_then(basis)
    sealed = {one.file: one.sha256 for one in basis.inputs if not one.month}
    return sealed != _present(then, None)


def again_from_exports(
    books: Books, months: Sequence[Month], progress: Progress | None = None
) -> tuple[list[Again], list[Problem]]:
    """These closed months, oldest first, from the exports in the folder under the rules they were closed with.

    A month whose exports cannot be read any more gives errors and ends the row: later ones build on it.
    """
    made: list[Again] = []
    problems: list[Problem] = []
    for month in sorted(months):
        basis = books.basis(month)
        material, found = _from_exports(books, basis, month, progress)
        if errors(found):
            return made, [*problems, *errors(found)]
        new, found = _computed(books, material, month, made)
        if errors(found):
            return made, [*problems, *errors(found)]
        made.append(Again(material, books.effective(month), new, books.workspace_then(basis).config_text))
    return made, problems


def again_from_seals(books: Books, months: Sequence[Month], decisions: Sequence[tuple[Month, Decision]]) -> list[Again]:
    """These closed months, oldest first, from their sealed rows, with these decisions instead of those booked."""
    made: list[Again] = []
    for month in sorted(months):
        material = books.material(month)
        material = replace(material, rulings=replace(material.rulings, decisions=tuple(decisions)))
        new, _ = _computed(books, material, month, made)
        text = books.workspace_then(books.basis(month)).config_text
        made.append(Again(material, books.effective(month), new, text))
    return made


def _computed(
    books: Books, material: Material, month: Month, made: Sequence[Again]
) -> tuple[MonthResult, list[Problem]]:
    """The month, building on the months before it as computed again, or else as they hold so far."""
    fresh = {one.new.month: one.new for one in made}
    past = past_results(material, lambda earlier: fresh.get(earlier) or books.known(earlier))
    _, result = compute_of(material, month, past)
    return result, list(result.problems)


def _from_exports(
    books: Books, basis: Basis, month: Month, progress: Progress | None
) -> tuple[Material, list[Problem]]:
    """What the folder holds now for a closed month, by the configuration of then.

    Of months whose exports were put away, the rows that the ledger holds.
    """
    then = books.workspace_then(basis)
    used = {found for one in basis.inputs if (found := Month.parse(one.month))} | {month}
    away = {one for one in used if one in books.seals and _sealed_files(basis, one) and not _present(then, one)}
    gathering = Gathering(then, progress)
    gathering.undated()
    gathering.months(sorted(one for one in used - away if one <= month))
    gathering.following_contacts(books.loaded(basis).policy, month, used - away)
    kept = [one for one in books.pieces(basis) if one.month in away]
    material = replace(books.material(month), pieces=(*gathering.pieces, *kept))
    lacking = [] if month in away else missing_files(then, month)
    return material, [*errors_of(gathering.brought), *lacking]


def _sealed_files(basis: Basis, month: Month) -> dict[str, str]:
    """The hashes of a month's exports as they were."""
    return {one.file: one.sha256 for one in basis.inputs if one.month == str(month)}


def _present(workspace: Workspace, month: Month | None) -> dict[str, str]:
    """The hashes of the exports that lie there now, of a month or of none."""
    sources = [one for one in workspace.sources if has_month(one) == (month is not None)]
    wanted = [one for source in sources for one in files_of(workspace, source, month)]
    return {one.shown_as: file_digest(one.path) for one in wanted if one.path.is_file()}


def _change(sealed: str | None, now: str | None) -> str:
    if sealed is None:
        return "late-file-added"
    return "late-file-gone" if now is None else "late-file-changed"
