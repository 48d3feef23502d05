"""The commands that write: one step each, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem, errors
from csctl.readers.mapping.accepted import READINGS_NAME
from csctl.store.encrypt import Passwords
from csctl.store.lock import workspace_lock
from csctl.workflow.columns import accept as accept_columns
from csctl.workflow.compute import Asked, Computed, compute
from csctl.workflow.outputs import Files, pay_files, run_files, scores_files, sheet_files, with_record, write
from csctl.workflow.payslips import payslip_files, read_lock
from csctl.workflow.verifying import late_files
from csctl.workspace import CONFIG_NAME


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to. ``computed`` is None if something made it impossible; then nothing was written.

    ``busy``: another run holds the workspace.
    """

    computed: Computed | None
    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    busy: bool = False


Step = Callable[[Computed], tuple[Files, list[Problem]]]


def run(asked: Asked) -> Outcome:
    """Everything: scores, sheets, pay, the problems and the record of the run."""

    def everything(computed: Computed) -> tuple[Files, list[Problem]]:
        files, problems = run_files(computed)
        return with_record(computed, files, problems), problems

    return write_step(asked, everything, remove_stale=True)


def score(asked: Asked) -> Outcome:
    """The workbook of scores."""
    return write_step(asked, lambda computed: (scores_files(computed), []))


def pay(asked: Asked) -> Outcome:
    """The salary workbook."""
    return write_step(asked, pay_files)


def sheets(asked: Asked) -> Outcome:
    """The performance sheets."""
    return write_step(asked, sheet_files)


def payslips(asked: Asked, who: str | None, password_file: Path | None) -> Outcome:
    """The payslips, of one agent or of all; under the passwords of a file, if one is given."""
    passwords: Passwords | None = None
    if password_file is not None:
        passwords, problems = read_lock(password_file)
        if passwords is None:
            return Outcome(None, tuple(problems))
    return write_step(asked, lambda computed: payslip_files(computed, who, passwords))


def check(asked: Asked) -> Outcome:
    """Read and compute everything, write nothing but the cache of what was read. Late data of closed months is said."""
    computed, problems = compute(asked)
    late = late_files(computed.books) if computed else []
    return Outcome(computed, (*problems, *late))


def accept(asked: Asked) -> Outcome:
    """Write what is in doubt about columns to ``readings.toml`` as it was read; the month as it then is."""
    if not (asked.folder / CONFIG_NAME).is_file():
        return Outcome(None, (problem("workspace-missing", found=asked.folder),))
    with workspace_lock(asked.folder / ".csctl") as mine:
        if not mine:
            return Outcome(None, (problem("workspace-busy"),), busy=True)
        computed, problems = compute(asked)
        if computed is None or computed.closed:
            return Outcome(computed, tuple(problems))
        added = accept_columns(computed.workspace, computed.own, computed.month)
        if not added:
            return Outcome(computed, tuple(problems))
        computed, problems = compute(asked)
        said = problem("columns-accepted", Place(READINGS_NAME), tuple(added), count=len(added))
        return Outcome(computed, (*problems, said), (READINGS_NAME,))


def write_step(asked: Asked, step: Step, *, remove_stale: bool = False) -> Outcome:
    """Compute, make the files of ``step`` and publish them, all under the workspace's lock; problems stop it before."""
    if not (asked.folder / CONFIG_NAME).is_file():
        return Outcome(None, (problem("workspace-missing", found=asked.folder),))
    with workspace_lock(asked.folder / ".csctl") as mine:
        if not mine:
            return Outcome(None, (problem("workspace-busy"),), busy=True)
        computed, problems = compute(asked)
        if computed is None:
            return Outcome(None, tuple(problems))
        files, found = step(computed)
        problems += found
        if errors(found):
            return Outcome(None, tuple(problems))
        written = write(computed, files, remove_stale=remove_stale)
        problems += written.problems
        return Outcome(None if errors(written.problems) else computed, tuple(problems), written.names)
