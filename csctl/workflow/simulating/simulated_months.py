"""The months that a simulation compares: closed ones as they were, or, where none was ever closed, open ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, errors
from csctl.workflow.inputs.material import Material, MaterialPart
from csctl.workflow.ledger.closed import Books
from csctl.workflow.month.compute import Asked, Computed
from csctl.workflow.month.open_months import computed_open, months_to_close


@dataclass(frozen=True)
class ActualMonths:
    """Months as they are, each with its lines, what it was computed from, and its own rows; oldest first.

    ``provisional``: nothing is closed, and all of it may still change.
    """

    months: Sequence[Month]
    result: Callable[[Month], MonthResult]
    material: Callable[[Month], Material]
    pieces: Callable[[Month], Sequence[MaterialPart]]
    label: str
    provisional: bool = False

    def known(self, month: Month) -> MonthResult | None:
        """A month's lines; None for one that is not among them."""
        return self.result(month) if month in self.months else None


def actual_months(books: Books, asked: Asked) -> tuple[ActualMonths | None, list[Problem]]:
    """The closed months; where none was ever closed, the open ones up to the month asked for, each as it stands."""
    if books.months:
        return _closed(books), []
    _, months, problems = months_to_close(asked)
    if not months:
        return None, problems or [problem("ledger-none")]
    found = computed_open(asked, months)
    unusable = next((one for one in found if one.computed is None), None)
    if unusable is not None:
        return None, errors(unusable.problems) or list(unusable.problems)
    return _open({one.month: one.computed for one in found if one.computed}), []


def _closed(books: Books) -> ActualMonths:
    def own(month: Month) -> list[MaterialPart]:
        return [piece for piece in books.pieces(books.basis(month)) if piece.month == month]

    label = books.loaded(books.basis(books.months[-1])).policy.label
    return ActualMonths(books.months, books.effective, books.material, own, label)


def _open(computed: Mapping[Month, Computed]) -> ActualMonths:
    def own(month: Month) -> list[MaterialPart]:
        return [piece for piece in computed[month].material.pieces if piece.month == month]

    months = sorted(computed)
    return ActualMonths(
        months,
        lambda month: computed[month].result,
        lambda month: computed[month].material,
        own,
        computed[months[-1]].loaded.policy.label,
        provisional=True,
    )
