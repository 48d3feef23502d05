"""Workbooks for many people: each made for its figures, once; what goes wrong with one is said of whom it is for, and
keeps all of them back: what contradicts itself for one may be wrong for others too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TypeVar

from csctl.messages import problem
from csctl.problems import Place, Problem, RefusalError
from csctl.store.made import MadeBefore, key_of_made
from csctl.workflow.month.compute import Computed
from csctl.workflow.writing.pool import Work, answered, processes_for
from csctl.workflow.writing.pool_worker import Fault, fault_of
from csctl.workspace_folder import STATE_NAME

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class WorkbookOrder:
    """A workbook to be made: the name of its file, and the staff number of whom it is for."""

    name: str
    whom: str


def made(
    computed: Computed,
    orders: Sequence[WorkbookOrder],
    plan: Callable[[str], Given],
    work: Work[Given],
    *,
    keeps: bool = True,
) -> tuple[dict[str, bytes], list[Problem]]:
    """The files by name, in order. ``plan`` finds what belongs on one's workbook, ``work`` makes it of that.

    With ``keeps`` what was made is kept at once, so that a run which is stopped goes on where it was, and what was made
    for the same figures is not made again. A fault is an error that names the person; the others are made all the same,
    so that every fault is said at once.
    """
    making = _Making(computed, len(orders), made_before(computed) if keeps else None)
    with closing(answered(work, making.waiting(orders, plan, work), processes_for(len(orders)))) as coming:
        for (order, key), content in coming:
            making.new(order, key, content)
    if making.before is not None:
        making.before.remember()
    files = making.files
    return {order.name: files[order.name] for order in orders if order.name in files}, making.problems


@dataclass(slots=True)
class _Making:
    """What is made so far, and what went wrong."""

    computed: Computed
    total: int
    before: MadeBefore | None
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def waiting(
        self, orders: Sequence[WorkbookOrder], plan: Callable[[str], Given], work: Work[Given]
    ) -> Iterator[tuple[tuple[WorkbookOrder, str], Given]]:
        """What is still to be made, each with the key of its figures; what was made before is done with at once."""
        for order in orders:
            try:
                given = plan(order.whom)
            except RefusalError:
                raise
            except Exception as fault:  # noqa: BLE001 - as in making it: it is said of whom
                self._done(order, fault_of(fault))
                continue
            key = key_of_made(work, given) if self.before else ""
            known = self.before.content(order.name, key) if self.before else None
            if known is None:
                yield (order, key), given
            else:
                self._done(order, known)

    def new(self, order: WorkbookOrder, key: str, content: bytes | Fault) -> None:
        """One more was made, or went wrong."""
        if self.before is not None and not isinstance(content, Fault):
            self.before.keep(order.name, key, content)
        self._done(order, content)

    def _done(self, order: WorkbookOrder, content: bytes | Fault) -> None:
        if isinstance(content, Fault):
            self.problems.append(problem("workbook-not-made", Place(file=order.name), order.whom, fault=content.text))
        else:
            self.files[order.name] = content
        if self.computed.making is not None:
            self.computed.making(len(self.files) + len(self.problems), self.total, order.whom)


def made_before(computed: Computed) -> MadeBefore:
    """What was made for the month by earlier runs."""
    folder = computed.workspace.folder / STATE_NAME / "made" / str(computed.month)
    return MadeBefore(folder, computed.workspace.out_folder(computed.month))
