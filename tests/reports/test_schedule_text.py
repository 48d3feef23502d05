"""Schedules to paste: whatever the folder is called, the command that runs is the one that was meant."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csctl.reports.schedule_text import (
    Times,
    crontab,
    systemd_service,
    systemd_shell,
    systemd_timer,
    unit_name,
    windows_task,
)

WHEN = Times(3, 2, 5)
ODD = '/srv/客服 部/it\'s "50%" of $HOME & `x` \\% 100%%\\'
PATHS = st.text(alphabet="ab 客'\"%\\$`&|<>^()!;#*~=@:", min_size=1, max_size=25).map(lambda text: f"/x{text}")


def command(folder: str) -> list[str]:
    """As csctl makes it."""
    return ["/usr/py thon/python", "-m", "csctl", "run", "-w", folder, "--quiet"]


# ---- cron ------------------------------------------------------------------


def cron_command(line: str) -> str:
    """What cron hands to the shell of a crontab line, as its manual and source say: five fields, then a command that
    ends at the first ``%`` without a backslash; the backslash before a ``%`` goes, every other stays."""
    rest = line
    for _ in range(5):
        rest = rest.lstrip(" \t")
        rest = rest[len(rest.split(" ", 1)[0]) :]
    handed, escaped = "", False
    for mark in rest.lstrip(" \t"):
        if escaped:
            handed = handed[:-1] + mark if mark == "%" else handed + mark
            escaped = False
        elif mark == "%":
            break
        else:
            handed += mark
            escaped = mark == "\\"
    return handed


@given(PATHS)
@example(ODD)
@example("/a\\%b")
@example("/a\\\\%%b")
def test_cron_and_the_shell_give_back_the_words(folder: str) -> None:
    """Through cron's reading and then the shell's."""
    *_, line = crontab(command(folder), WHEN, "note").splitlines()
    assert shlex.split(cron_command(line)) == command(folder)


def test_a_real_shell_reads_the_line_the_same() -> None:
    """Printed word by word by sh."""
    line = crontab(command(ODD), WHEN, "note").splitlines()[-1]
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {cron_command(line)}"], capture_output=True, text=True)
    assert done.stdout.splitlines() == command(ODD)


def test_the_crontab_says_when_and_in_which_zone() -> None:
    """A remark, the zone, the line."""
    lines = crontab(command("/x"), WHEN, "note").splitlines()
    assert lines[:2] == ["# note", "CRON_TZ=Asia/Shanghai"]
    assert lines[2].startswith("5 2 3 * * ")


# ---- systemd ---------------------------------------------------------------


def systemd_words(line: str) -> list[str]:
    """The words of an ExecStart as its manual says: quotes, C escapes, then ``%%`` for a percent sign."""
    words: list[str] = []
    word, quoted, started, marks = "", False, False, iter(line)
    for mark in marks:
        if mark == "\\":
            word += next(marks)
            started = True
        elif mark == '"':
            quoted, started = not quoted, True
        elif mark == " " and not quoted:
            words += [word] if started else []
            word, started = "", False
        else:
            word, started = word + mark, True
    words += [word] if started else []
    assert not quoted
    return [word.replace("%%", "%") for word in words]


@given(PATHS)
@example(ODD)
def test_systemd_gives_back_the_words(folder: str) -> None:
    """Without any expansion: the colon in front says so."""
    (start,) = [line for line in systemd_service(command(folder), "x").splitlines() if line.startswith("ExecStart=")]
    first, *rest = systemd_words(start.removeprefix("ExecStart="))
    assert [first.removeprefix(":"), *rest] == command(folder)
    assert first.startswith(":")


def test_systemd_itself_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    """Both units, for a folder with everything in its name; the program must exist for this proof."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    python = tmp_path / "py 100% thon"
    python.symlink_to(shutil.which("true") or "/bin/true")
    words = [str(python), *command(ODD)[1:]]
    (tmp_path / "csctl-x.service").write_text(systemd_service(words, "客服 100%\\"), "utf-8")
    (tmp_path / "csctl-x.timer").write_text(systemd_timer(WHEN, "客服 100%"), "utf-8")
    units = [str(tmp_path / f"csctl-x.{kind}") for kind in ("service", "timer")]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "csctl-x" in line]
    assert ours == []
    when = next(line for line in systemd_timer(WHEN, "x").splitlines() if line.startswith("OnCalendar="))
    read = subprocess.run([program, "calendar", when.partition("=")[2]], capture_output=True, text=True, timeout=60)
    assert read.returncode == 0
    assert "Normalized form: *-*-03 02:05:00 Asia/Shanghai" in read.stdout


def test_the_shell_commands_write_both_units_down(tmp_path: Path) -> None:
    """Run by sh with a home of its own and a systemctl that only takes notes."""
    notes = tmp_path / "notes"
    for name in ("systemctl", "loginctl"):
        fake = tmp_path / "bin" / name
        fake.parent.mkdir(exist_ok=True)
        fake.write_text(f'#!/bin/sh\necho {name} "$@" >> {shlex.quote(str(notes))}\n')
        fake.chmod(0o700)
    service, timer = systemd_service(command(ODD), "x"), systemd_timer(WHEN, "x")
    script = systemd_shell("csctl-x", service, timer)
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    done = subprocess.run(["sh", "-e", "-c", script], env={"HOME": str(tmp_path), "PATH": path}, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    units = tmp_path / ".config" / "systemd" / "user"
    assert (units / "csctl-x.service").read_text("utf-8") == service
    assert (units / "csctl-x.timer").read_text("utf-8") == timer
    assert notes.read_text().splitlines() == [
        "systemctl --user daemon-reload", "systemctl --user enable --now csctl-x.timer", "loginctl enable-linger",
    ]  # fmt: skip


def test_a_unit_is_named_in_plain_letters_and_no_two_folders_share_one() -> None:
    """Whatever the folder is called."""
    names = [unit_name(folder) for folder in ("/a/My Team 1", "/b/My Team 1", "/客服部", "C:\\teams\\客服 B")]
    assert len(set(names)) == 4
    assert [name[:-6] for name in names] == ["csctl-my-team-1-", "csctl-my-team-1-", "csctl-", "csctl-b-"]


# ---- Windows ---------------------------------------------------------------


def prompt_words(line: str) -> list[str]:
    """The arguments a program gets from a line at the Command Prompt: carets outside quotes go, then the rules of
    Microsoft's C library hold for backslashes and quotes."""
    handed, quoted, marks = "", False, iter(line)
    for mark in marks:
        if mark == "^" and not quoted:
            handed += next(marks)
            continue
        assert quoted or mark not in "&|<>", "the prompt would act upon it"
        quoted ^= mark == '"'
        handed += mark
    return windows_words(handed)


def windows_words(line: str) -> list[str]:
    """Two backslashes before a quotation mark are one, an odd one makes the mark plain; elsewhere they are plain."""
    words: list[str] = []
    word, started, quoted, at = "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        after = line[at + slashes : at + slashes + 1]
        if slashes and after == '"':
            word += "\\" * (slashes // 2) + '"' * (slashes % 2)
            started, at = True, at + slashes + slashes % 2
        elif slashes:
            word, started, at = word + "\\" * slashes, True, at + slashes
        elif after == '"':
            quoted, started, at = not quoted, True, at + 1
        elif after in " \t" and not quoted:
            words += [word] if started else []
            word, started, at = "", False, at + 1
        else:
            word, started, at = word + after, True, at + 1
    return words + ([word] if started else [])


WINDOWS_PATHS = st.text(alphabet="ab 客'%$&^()!;#~=@\\", min_size=1, max_size=25).map(lambda text: f"C:\\x{text}")


@given(WINDOWS_PATHS)
@example("C:\\R&D 客服 (50%)\\team\\")
def test_the_prompt_gives_back_the_words_and_the_task_its_own(folder: str) -> None:
    """First what schtasks is told, then what the task itself runs."""
    line = windows_task("csctl-x", command(folder), WHEN)
    words = prompt_words(line.rstrip("\n"))
    assert words[:4] == ["schtasks", "/Create", "/TN", "csctl-x"]
    assert words[6:] == ["/SC", "MONTHLY", "/D", "3", "/ST", "02:05", "/F"]
    assert words[4] == "/TR"
    assert windows_words(words[5]) == command(folder)
