"""What a run that nobody watches leaves behind: a line in the log, a line for a subject; and how it is started."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from csctl.core.records.lines import Score, as_records
from csctl.messages import problem, say
from csctl.month import Month
from csctl.problems import Problem, Severity, errors, errors_and_warnings, in_order
from csctl.release import __version__
from csctl.reports.schedule_text import (
    LONGEST_TASK,
    Times,
    crontab,
    systemd_service,
    systemd_shell,
    systemd_timer,
    task_command,
    unit_name,
    windows_task,
)
from csctl.reports.summary_text import subject_of_nothing, summary_line
from csctl.store.run_log import append_line
from csctl.workflow.writing.run import RunOutcome
from csctl.workspace import document_in
from csctl.workspace_folder import CONFIG_NAME, STATE_NAME, why_no_workspace

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LEVELS = {0: logging.INFO, 1: logging.WARNING, 2: logging.ERROR, 70: logging.CRITICAL}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended. ``outcome`` is None if it was stopped or broke off; ``cause`` then names the exception."""

    code: int
    outcome: RunOutcome | None
    month: str | None
    seconds: float
    cause: str = ""


def log_run(folder: Path, ended: Ended, at: datetime) -> list[Problem]:
    """Add the run to the workspace's log: figures and codes only, neither names nor amounts nor what a file said.

    A folder that is no workspace gets none. The problems, if any, say why the line could not be written.
    """
    if not (folder / CONFIG_NAME).is_file():
        return []
    text = " ".join(f"{name}={value}" for name, value in _figures(ended))
    return append_line(folder / STATE_NAME / "log", _LEVELS.get(ended.code, logging.WARNING), f"run {text}", at)


def _figures(ended: Ended) -> list[tuple[str, object]]:
    figures: list[tuple[str, object]] = [("month", month_of(ended) or "-"), ("exit", ended.code)]
    figures += [("cause", ended.cause)] if ended.cause else []
    outcome = ended.outcome
    if outcome is not None:
        problems = in_order(outcome.problems)
        severities = Counter(problem.severity for problem in problems)
        figures += [("scored", _scored(outcome)), ("errors", severities[Severity.ERROR])]
        figures += [("warnings", severities[Severity.WARNING]), ("files", len(outcome.written))]
        codes = Counter(problem.code for problem in errors(problems))
        figures += [("codes", ",".join(f"{code}:{count}" for code, count in codes.items()))] if codes else []
        if outcome.computed is not None:
            figures += [("read", outcome.computed.fresh), ("unchanged", outcome.computed.unchanged)]
    return [*figures, ("seconds", f"{ended.seconds:.1f}"), ("version", __version__)]


def month_of(ended: Ended) -> str:
    """The month computed, else the one asked for, if it is one; "" where neither is."""
    if ended.outcome is not None and ended.outcome.computed is not None:
        return str(ended.outcome.computed.month)
    return str(Month.parse(ended.month or "") or "")


def _scored(outcome: RunOutcome) -> int:
    if outcome.computed is None:
        return 0
    return sum(one.score is not None for one in as_records(outcome.computed.result.scores, Score))


def subject_line(folder: Path, ended: Ended, language: str) -> str:
    """One line about the run that is complete in itself. Raises ValueError for a run that broke off."""
    outcome = ended.outcome
    if outcome is None:
        raise ValueError("a run that broke off came to nothing one could tell")
    problems = len(errors_and_warnings(in_order(outcome.problems)))
    if outcome.computed is None:
        found = len(errors(in_order(outcome.problems)))
        return subject_of_nothing(team_name(folder), month_of(ended), found, ended.code, language)
    return summary_line(team_name(folder), month_of(ended), _scored(outcome), problems, ended.code, language)


def team_name(folder: Path) -> str:
    """The team's name as the workspace has it; the folder's own where it cannot be read."""
    found = document_in(folder, CONFIG_NAME).get("name")
    return found if isinstance(found, str) and found else folder.resolve().name


@dataclass(frozen=True, slots=True)
class Schedule:
    """The run of a workspace for each kind of clock, ready to paste; empty where that clock cannot take it."""

    crontab: str
    service: str
    timer: str
    systemd: str
    windows: str
    when: Times


def make_schedule(folder: Path, python: str, at: str, day: int, language: str) -> tuple[Schedule | None, list[Problem]]:
    """A monthly run of the workspace by the Python at ``python``, on ``day`` at the time of day ``at`` in China."""
    if missing := why_no_workspace(folder):
        return None, missing
    clock = _CLOCK.fullmatch(at)
    if clock is None:
        return None, [problem("unattended-at-malformed", found=at)]
    home = str(folder.resolve())
    odd = [path for path in (python, home) if any(unicodedata.category(mark) in ("Cc", "Cs", "Zl") for mark in path)]
    if odd:
        return None, [problem("unattended-path-unusable", found=ascii(odd[0]))]
    when = Times(day, int(clock[1]), int(clock[2]))
    return _scheduled(home, [python, "-m", "csctl", "run", "-w", home, "--quiet"], when, team_name(folder), language)


def _scheduled(
    home: str, command: Sequence[str], when: Times, team: str, language: str
) -> tuple[Schedule, list[Problem]]:
    description = say("unattended-description", language, team=team)
    name = unit_name(home)
    service, timer = systemd_service(command, description), systemd_timer(when, description)
    lines = crontab(command, when, say("unattended-cron-note", language))
    length = len(task_command(command))
    found = [problem("unattended-task-too-long", found=length, most=LONGEST_TASK)] if length > LONGEST_TASK else []
    task = "" if found else windows_task(name, command, when)
    return Schedule(lines, service, timer, systemd_shell(name, service, timer), task, when), found
