"""Telling somebody what a command came to: a program of the user's gets the summary, and may fail as it likes."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from csctl.messages import problem, say
from csctl.problems import Place, Problem
from csctl.reports.summary_text import MOST_BYTES, subject_of_nothing, summary_markdown
from csctl.workflow.writing.unattended import Ended, month_of, subject_line, team_name
from csctl.workspace import Notify, document_in
from csctl.workspace_folder import CONFIG_NAME

LONGEST_REASON = 200
"""Characters of what the program said on standard error that a warning repeats."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: which ``command`` of csctl ended how (``status`` in a word), of which month ("" where there is
    none), in a ``subject`` line and a ``text``.
    """

    command: str
    code: int
    status: str
    month: str
    subject: str
    text: str


def message_of(folder: Path, command: str, ended: Ended, status: str, language: str, said: str = "") -> Message:
    """The message about a command that ended; ``said`` stands before the summary. Neither pay nor cells are in it.

    Where nothing was computed the text is the subject line and where to look.
    """
    month, team = month_of(ended), team_name(folder)
    outcome = ended.outcome
    if outcome is None:
        subject = subject_of_nothing(team, month, 1, ended.code, language)
    else:
        subject = subject_line(folder, ended, language)
    computed = outcome.computed if outcome else None
    if outcome is None or computed is None:
        text = "\n\n".join([*([said] if said else [subject]), say("notify-nothing", language)]) + "\n"
    else:
        summary = summary_markdown(computed.result, outcome.problems, team, language).decode()
        text = f"{said}\n\n{summary}" if said else summary
        text = text if len(text.encode()) <= MOST_BYTES else summary
    return Message(command, ended.code, status, month, subject, text)


def notify_of(folder: Path) -> Notify | None:
    """The ``[notify]`` part of a workspace, read by itself: a run that its configuration stops is told of, too.

    None where there is none, or none that can be used; what is wrong with it the command itself has said.
    """
    found = document_in(folder, CONFIG_NAME).get("notify")
    try:
        return Notify.model_validate(found) if found is not None else None
    except ValidationError:
        return None


def notify(wanted: Notify, folder: Path, message: Message) -> list[Problem]:
    """Start the program that is to be told, and wait for it.

    The text is its standard input in UTF-8, the rest its environment; nothing of it becomes an argument or is read by a
    shell. What went wrong is a warning: the month stands as it is.
    """
    place = Place(CONFIG_NAME, column="notify.command")
    with tempfile.TemporaryFile() as said:
        try:
            ended = _run(wanted, folder, message, said)
        except (OSError, ValueError) as fault:  # it is not there, may not be started, or has a null byte in its name
            reason = getattr(fault, "strerror", None) or str(fault)
            return [problem("notify-not-started", place, wanted.command[0], reason=reason)]
        if ended is None:
            return [problem("notify-too-slow", place, wanted.command[0], seconds=wanted.seconds)]
        return [problem("notify-failed", place, wanted.command[0], exit=ended, said=_last_line(said))] if ended else []


def _run(wanted: Notify, folder: Path, message: Message, said: IO[bytes]) -> int | None:
    """The program's exit code; None if it was ended because its time was over."""
    home = folder.resolve()
    process = subprocess.Popen(
        [_program(wanted.command[0], home), *wanted.command[1:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=said,
        cwd=home,
        env={**os.environ, **_environment(message, home)},
        start_new_session=True,
    )
    try:
        process.communicate(message.text.encode(), timeout=wanted.seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return None
    except BaseException:  # somebody stops csctl meanwhile: nothing goes on behind it
        _end(process)
        raise
    return process.returncode


def _program(name: str, home: Path) -> str:
    """A program by its path is one of the workspace, a mere name is looked for where programs are."""
    return str(home / name) if os.path.dirname(name) else name


def _environment(message: Message, home: Path) -> Mapping[str, str]:
    return {
        "CSCTL_COMMAND": message.command,
        "CSCTL_EXIT": str(message.code),
        "CSCTL_STATUS": message.status,
        "CSCTL_MONTH": message.month,
        "CSCTL_WORKSPACE": str(home),
        "CSCTL_SUBJECT": message.subject,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _last_line(said: IO[bytes]) -> str:
    """The last thing the program said, as one line without marks that a terminal would act upon."""
    said.seek(0)
    lines = said.read().decode("utf-8", errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    return "".join(mark if mark.isprintable() else " " for mark in last).strip()[:LONGEST_REASON]
