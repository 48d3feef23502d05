"""Closed months computed again: from the exports as they lie there now, or from sealed rows under other rulings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from csctl.core.closing.caused import caused, same_lines
from csctl.core.closing.differences import Difference, differences
from csctl.core.records.decision import Decision
from csctl.core.records.fates import ELSEWHERE
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.readers.imports import Progress
from csctl.store.canonical import file_digest
from csctl.store.seals import Basis
from csctl.workflow.inputs.gathering import Gathering, errors_of
from csctl.workflow.inputs.material import Material, MaterialPart, compute_of, past_results
from csctl.workflow.ledger.closed import Books
from csctl.workspace import Workspace, has_month, missing_files, source_files


@dataclass(frozen=True, slots=True)
class Again:
    """A closed month computed again, without and with whatever may change it, both by this program.

    ``old`` is what holds so far, ``new`` what holds with the change (see ``csctl.core.closing.caused``); ``material``
    and ``config_text`` are what it then follows from; ``exact``: this program computes just that from them.
    """

    material: Material
    old: MonthResult
    without: MonthResult
    with_it: MonthResult
    new: MonthResult
    config_text: str
    exact: bool

    @property
    def differences(self) -> list[Difference]:
        """What the change does, line by line."""
        return differences(self.without, self.with_it)


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
    """These closed months, oldest first, as the files that changed since would have them.

    A file that is what it was counts with its sealed rows. A month whose exports cannot be read any more gives errors
    and ends the row: later ones build on it.
    """

    def changed(month: Month) -> tuple[Material, list[Problem]]:
        gathered, problems = gathered_again(books, month, progress)
        material = books.material(month)
        return replace(material, pieces=now_for_then(material.pieces, gathered, changed=True)), problems

    return _again(books, months, changed)


def again_from_seals(
    books: Books, months: Sequence[Month], decisions: Sequence[tuple[Month, Decision]]
) -> tuple[list[Again], list[Problem]]:
    """These closed months, oldest first, from their sealed rows, with these decisions instead of those booked."""

    def decided(month: Month) -> tuple[Material, list[Problem]]:
        material = books.material(month)
        return replace(material, rulings=replace(material.rulings, decisions=tuple(decisions))), []

    return _again(books, months, decided)


def again_by_program(
    books: Books, months: Sequence[Month], progress: Progress | None = None
) -> tuple[list[Again], list[Problem]]:
    """These closed months, oldest first, as this program reads and computes what they were computed from.

    ``without`` is what holds so far: all that differs is the program's.
    """
    made: list[Again] = []
    for month in sorted(months):
        material, old = _as_read_now(books, month, progress), books.effective(month)
        new, problems = _computed(books, material, month, made)
        if problems:
            return made, problems
        made.append(Again(material, old, old, new, new, _config_text(books, month), exact=True))
    return made, []


Changed = Callable[[Month], tuple[Material, list[Problem]]]
"""What a closed month follows from with the change; errors where that cannot be known."""


def _again(books: Books, months: Sequence[Month], changed: Changed) -> tuple[list[Again], list[Problem]]:
    made: list[Again] = []
    for month in sorted(months):
        material, problems = changed(month)
        if not errors(problems):
            one, problems = _one_again(books, material, month, made)
        if errors(problems):
            return made, errors(problems)
        made.append(one)
    return made, []


def _one_again(books: Books, material: Material, month: Month, made: Sequence[Again]) -> tuple[Again, list[Problem]]:
    """The month with the change, building on those before it with the change; without it, on what holds so far."""
    old = books.effective(month)
    bare, problems = (old, []) if books.is_ours(month) else _computed(books, books.material(month), month, ())
    with_it, found = _computed(books, material, month, made)
    new = caused(old, bare, with_it)
    text, exact = _config_text(books, month), same_lines(new, with_it)
    return Again(material, old, bare, with_it, new, text, exact), [*problems, *found]


def _config_text(books: Books, month: Month) -> str:
    return books.workspace_then(books.basis(month)).config_text


def _computed(
    books: Books, material: Material, month: Month, made: Sequence[Again]
) -> tuple[MonthResult, list[Problem]]:
    """The month and its errors, building on the months before it as they come out, or else as they hold so far."""
    fresh = {one.new.month: one.new for one in made}
    with books.as_sealed(month):
        past = past_results(material, lambda earlier: fresh.get(earlier) or books.known(earlier))
        _, result = compute_of(material, month, past)
    return result, errors(result.problems)


def _as_read_now(books: Books, month: Month, progress: Progress | None) -> Material:
    """What a month was computed from, each export that is still there as this program reads it."""
    material = books.material(month)
    gathered, _ = gathered_again(books, month, progress)  # files that changed do not count here
    return replace(material, pieces=now_for_then(material.pieces, gathered, changed=False))


def now_for_then(
    then: Sequence[MaterialPart], now: Sequence[MaterialPart], *, changed: bool
) -> tuple[MaterialPart, ...]:
    """Pieces of a month, each file from one side: those that are what they were, and those that are not.

    ``changed``: sealed rows of the files that are the same, and the files of now that are not. Otherwise what this
    program reads in the files that are the same, and sealed rows of those that are not.
    """
    sealed, found = _by_file(then), _by_file(now)
    same = {
        name
        for name in sealed.keys() & found.keys()
        if _hashes(sealed[name]) == _hashes(found[name])
        # A file that is what it was counts otherwise if some of its rows now stand in another one, or no longer do.
        and not (changed and _shared(sealed[name]) != _shared(found[name]))
    }
    kept, others = (found, sealed) if changed else (sealed, found)
    return tuple(piece for name, pieces in kept.items() for piece in (others[name] if name in same else pieces))


def _by_file(pieces: Sequence[MaterialPart]) -> dict[tuple[str, str, Month | None], list[MaterialPart]]:
    found: dict[tuple[str, str, Month | None], list[MaterialPart]] = {}
    for one in pieces:
        found.setdefault((one.file, one.table, one.month), []).append(one)
    return found


def _hashes(pieces: Sequence[MaterialPart]) -> list[tuple[str, bool]]:
    """The exports' hashes, and whether their rows count: of two equal files only one does."""
    return [(one.sha256, one.path is None) for one in pieces]


def _shared(pieces: Sequence[MaterialPart]) -> int:
    """How many rows are left out because another file has them."""
    return sum(fates.out(ELSEWHERE) for one in pieces for fates in one.fates)


def gathered_again(books: Books, month: Month, progress: Progress | None) -> tuple[list[MaterialPart], list[Problem]]:
    """What the folder holds now for a closed month, by the configuration of then; errors of files that changed.

    Of months whose exports were put away, and of files that are what they were and that this program cannot read any
    more, the rows that the ledger holds.
    """
    basis = books.basis(month)
    then = books.workspace_then(basis)
    used = {named for one in basis.inputs if (named := Month.parse(one.month))} | {month}
    away = {one for one in used if one in books.seals and _sealed_files(basis, one) and not _present(then, one)}
    gathering = Gathering(then, progress, books.calendar(month, basis))
    gathering.undated()
    gathering.months(sorted(one for one in used - away if one <= month))
    gathering.following(books.loaded(basis).policy, month, used - away)
    sealed = {(one.file, one.sha256) for one in basis.inputs}
    known = {one.wanted.shown_as for one in gathering.brought if (one.wanted.shown_as, one.content) in sealed}
    refused = {one.wanted.shown_as for one in gathering.brought if errors(one.problems)} & known
    kept = [one for one in books.pieces(basis) if one.month in away or one.file in refused]
    found = [one for one in gathering.pieces if one.file not in refused]
    changed = [one for one in gathering.brought if one.wanted.shown_as not in known]
    lacking = [] if month in away else missing_files(then, month)
    return [*found, *kept], [*errors_of(changed), *lacking]


def _sealed_files(basis: Basis, month: Month) -> dict[str, str]:
    """The hashes of a month's exports as they were."""
    return {one.file: one.sha256 for one in basis.inputs if one.month == str(month)}


def _present(workspace: Workspace, month: Month | None) -> dict[str, str]:
    """The hashes of the exports that lie there now, of a month or of none."""
    sources = [one for one in workspace.sources if has_month(one) == (month is not None)]
    wanted = [one for source in sources for one in source_files(workspace, source, month)]
    return {one.shown_as: file_digest(one.path) for one in wanted if one.path.is_file()}


def _change(sealed: str | None, now: str | None) -> str:
    if sealed is None:
        return "late-file-added"
    return "late-file-gone" if now is None else "late-file-changed"
