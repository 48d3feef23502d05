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
from csctl.workflow.templates import template_problems
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
    if computed is None:
        return Outcome(None, tuple(problems))
    workspace, policy = computed.workspace, computed.result.policy
    template = template_problems(workspace.folder, policy, workspace.config.language)
    return Outcome(computed, (*problems, *template, *late_files(computed.books)))


def accept(asked: Asked) -> Outcome:
    """Write what is in doubt about columns to ``readings.toml`` as it was read; the month as it then is."""

    def accepted(computed: Computed, problems: list[Problem]) -> Outcome:
        added = [] if computed.closed else accept_columns(computed.workspace, computed.own, computed.month)
        if not added:
            return Outcome(computed, tuple(problems))
        again, problems = compute(asked)
        said = problem("columns-accepted", Place(READINGS_NAME), tuple(added), count=len(added))
        return Outcome(again, (*problems, said), (READINGS_NAME,))

    return _alone(asked, accepted)


def write_step(asked: Asked, step: Step, *, remove_stale: bool = False) -> Outcome:
    """Compute, make the files of ``step`` and publish them, all under the workspace's lock; problems stop it before."""

    def published(computed: Computed, problems: list[Problem]) -> Outcome:
        files, found = step(computed)
        if errors(found):
            return Outcome(None, (*problems, *found))
        written = write(computed, files, remove_stale=remove_stale)
        everything = (*problems, *found, *written.problems)
        return Outcome(None if errors(written.problems) else computed, everything, written.names)

    return _alone(asked, published)


def _alone(asked: Asked, act: Callable[[Computed, list[Problem]], Outcome]) -> Outcome:
    """What ``act`` makes of the month, with nobody else at work in the workspace."""
    if not (asked.folder / CONFIG_NAME).is_file():
        return Outcome(None, (problem("workspace-missing", found=asked.folder),))
    with workspace_lock(asked.folder / ".csctl") as mine:
        if not mine:
            return Outcome(None, (problem("workspace-busy"),), busy=True)
        computed, problems = compute(asked)
        return Outcome(None, tuple(problems)) if computed is None else act(computed, problems)
