"""The commands that write: one step each, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem, errors
from csctl.readers.columns.accepted import READINGS_NAME
from csctl.store.encrypt import Passwords
from csctl.workflow.ledger.verifying import late_files
from csctl.workflow.month.columns import accept_columns
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.session import session
from csctl.workflow.writing.outputs import Files, pay_files, run_files, scores_files, sheet_files, with_record, write
from csctl.workflow.writing.payslips import payslip_files, read_lock
from csctl.workflow.writing.templates import template_problems


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a command came to. ``computed`` is None if something made it impossible; then nothing was written."""

    computed: Computed | None
    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()


Step = Callable[[Computed], tuple[Files, list[Problem]]]


def run_month(asked: Asked) -> RunOutcome:
    """Everything: scores, sheets, pay, the problems and the record of the run."""

    def everything(computed: Computed) -> tuple[Files, list[Problem]]:
        files, problems = run_files(computed)
        return with_record(computed, files, problems), problems

    return write_step(asked, everything, remove_stale=True)


def write_scores(asked: Asked) -> RunOutcome:
    """The workbook of scores."""
    return write_step(asked, lambda computed: (scores_files(computed), []))


def write_pay(asked: Asked) -> RunOutcome:
    """The salary workbook."""
    return write_step(asked, pay_files)


def write_sheets(asked: Asked) -> RunOutcome:
    """The performance sheets."""
    return write_step(asked, sheet_files)


def write_payslips(asked: Asked, who: str | None, password_file: Path | None, *, pages: bool = False) -> RunOutcome:
    """The payslips, of one agent or of all; under the passwords of a file, if one is given, or with ``pages``."""
    passwords: Passwords | None = None
    if password_file is not None:
        passwords, problems = read_lock(password_file)
        if passwords is None:
            return RunOutcome(None, tuple(problems))
    return write_step(asked, lambda computed: payslip_files(computed, who, passwords, pages=pages))


def check_month(asked: Asked) -> RunOutcome:
    """Read and compute everything, write nothing but the cache of what was read. Late data of closed months is said."""
    computed, problems = compute(asked)
    if computed is None:
        return RunOutcome(None, tuple(problems))
    workspace, policy = computed.workspace, computed.result.policy
    template = template_problems(workspace.folder, policy, workspace.config.language)
    return RunOutcome(computed, (*problems, *template, *late_files(computed.books)))


def accept_and_recompute(asked: Asked) -> RunOutcome:
    """Write what is in doubt about columns to ``readings.toml`` as it was read; the month as it then is."""

    def accepted(computed: Computed, problems: list[Problem]) -> RunOutcome:
        added = [] if computed.closed else accept_columns(computed.workspace, computed.own, computed.month)
        if not added:
            return RunOutcome(computed, tuple(problems))
        again, problems = compute(asked)
        said = problem("columns-accepted", Place(READINGS_NAME), tuple(added), count=len(added))
        return RunOutcome(again, (*problems, said), (READINGS_NAME,))

    return _alone(asked, accepted)


def write_step(asked: Asked, step: Step, *, remove_stale: bool = False) -> RunOutcome:
    """Compute, make the files of ``step`` and publish them, all under the workspace's lock; problems stop it before."""

    def published(computed: Computed, problems: list[Problem]) -> RunOutcome:
        files, found = step(replace(computed, making=asked.making))
        if errors(found):
            return RunOutcome(None, (*problems, *found))
        written = write(computed, files, remove_stale=remove_stale)
        everything = (*problems, *found, *written.problems)
        return RunOutcome(None if errors(written.problems) else computed, everything, written.names)

    return _alone(asked, published)


def _alone(asked: Asked, act: Callable[[Computed, list[Problem]], RunOutcome]) -> RunOutcome:
    """What ``act`` makes of the month, with nobody else at work in the workspace."""
    with session(asked.folder) as hindered:
        if hindered:
            return RunOutcome(None, hindered)
        computed, problems = compute(asked)
        return RunOutcome(None, tuple(problems)) if computed is None else act(computed, problems)
