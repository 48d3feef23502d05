"""A monthly run as a crontab line, as systemd units and as a Windows task, each ready to paste.

The command is given as a list of words. Each of the three quotes words in its own way; none has a way for a line break.
"""

from __future__ import annotations

import hashlib
import re
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from csctl.month import ZONE

LONGEST_TASK = 261
"""Characters that schtasks takes as the command of a task."""
_UNIT_FOLDER = "~/.config/systemd/user"
_END = "CSCTL"


@dataclass(frozen=True, slots=True)
class Times:
    """When: a day of the month (1 to 28, which every month has), an hour and a minute."""

    day: int
    hour: int
    minute: int

    @property
    def clock(self) -> str:
        """``02:30``."""
        return f"{self.hour:02d}:{self.minute:02d}"


def crontab(command: Sequence[str], when: Times, note: str) -> str:
    """Lines for the end of a crontab."""
    words = " ".join(_cron_word(word) for word in command)
    return f"# {note}\nCRON_TZ={ZONE}\n{when.minute} {when.hour} {when.day} * * {words}\n"


def _cron_word(word: str) -> str:
    """Quoted for the shell, then for cron: it ends a command at ``%`` unless a backslash, which it takes away, stands
    before it; a backslash of the word's own must therefore not stand there."""
    return shlex.quote(word).replace("\\%", "\\''%").replace("%", "\\%")


def systemd_service(command: Sequence[str], description: str) -> str:
    """The unit that runs once. The colon keeps ``$`` what it is."""
    start = " ".join([f":{_systemd_word(command[0])}", *map(_systemd_word, command[1:])])
    return (
        f"[Unit]\nDescription={_systemd_text(description)}\n\n"
        f"[Service]\nType=oneshot\nExecStart={start}\nUMask=0077\nNice=10\n"
    )


def systemd_timer(when: Times, description: str) -> str:
    """The unit that says when; a run missed while the machine was off is made up for."""
    return (
        f"[Unit]\nDescription={_systemd_text(description)}\n\n"
        f"[Timer]\nOnCalendar=*-*-{when.day:02d} {when.clock}:00 {ZONE}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def systemd_shell(name: str, service: str, timer: str) -> str:
    """Both units as commands that write them down and start the timer, for a user's own systemd."""
    files = [(f"{name}.service", service), (f"{name}.timer", timer)]
    written = [f"cat > {_UNIT_FOLDER}/{file} <<'{_END}'\n{text}{_END}\n" for file, text in files]
    return (
        f"mkdir -p {_UNIT_FOLDER}\n{''.join(written)}"
        f"systemctl --user daemon-reload\nsystemctl --user enable --now {name}.timer\nloginctl enable-linger\n"
    )


def unit_name(folder: str) -> str:
    """A name of its own for each workspace, in plain letters whatever its folder is called."""
    plain = "-".join(re.findall(r"[A-Za-z0-9]+", folder.replace("\\", "/").rpartition("/")[2]))[:24].lower()
    mark = hashlib.sha256(folder.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return "-".join(part for part in ("csctl", plain, mark) if part)


def _systemd_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _systemd_text(text: str) -> str:
    """A description: one line, in which only the percent sign means something."""
    return " ".join(text.split()).replace("%", "%%").rstrip("\\")


def windows_task(name: str, command: Sequence[str], when: Times) -> str:
    """A command for the Command Prompt that registers the task, or replaces it."""
    words = ["schtasks", "/Create", "/TN", name, "/TR", task_command(command), "/SC", "MONTHLY"]
    return _for_cmd(subprocess.list2cmdline([*words, "/D", str(when.day), "/ST", when.clock, "/F"])) + "\n"


def task_command(command: Sequence[str]) -> str:
    """What the task runs, as one text."""
    return subprocess.list2cmdline(command)


def _for_cmd(line: str) -> str:
    """With a caret before each mark that the prompt itself would act upon. It counts every quotation mark, those with
    a backslash too, so what a program takes for quoted may lie outside for the prompt."""
    quoted = False
    made = []
    for mark in line:
        quoted ^= mark == '"'
        made.append(f"^{mark}" if not quoted and mark in "&|<>^()%!" else mark)
    return "".join(made)
