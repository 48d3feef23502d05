"""``csctl schedule``: what it prints is what one pastes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.small import small_workspace
from tests.end_to_end.running import csctl
from tests.reports.test_schedule_text import cron_command, prompt_words, systemd_words, windows_words


def words(folder: Path) -> list[str]:
    """The command that is to run."""
    return [sys.executable, "-m", "csctl", "run", "-w", str(folder), "--quiet"]


@pytest.mark.parametrize("name", ["plain", "客服 部", 'it\'s "50%" of $HOME & co'])
def test_every_kind_runs_this_workspace_with_this_python(tmp_path: Path, name: str) -> None:
    """Absolute paths, quoted in each one's own way, also when the folder was named from within."""
    folder = small_workspace(tmp_path / name)
    cron = csctl("schedule", "-w", folder, "--kind", "cron").out.splitlines()
    assert cron[1] == "CRON_TZ=Asia/Shanghai"
    assert cron[2].startswith("30 2 1 * * ")
    assert shlex.split(cron_command(cron[2])) == words(folder)
    units = csctl("schedule", "-w", folder, "--kind", "systemd").out.splitlines()
    (start,) = [line for line in units if line.startswith("ExecStart=")]
    assert systemd_words(start.removeprefix("ExecStart=:")) == words(folder)
    assert "OnCalendar=*-*-01 02:30:00 Asia/Shanghai" in units
    data = csctl("schedule", "-w", folder, "--json").data
    if data["windows"]:
        assert windows_words(prompt_words(data["windows"].strip())[5]) == words(folder)
    else:
        assert [one["code"] for one in data["problems"]["list"]] == ["unattended-task-too-long"]


def test_all_kinds_stand_under_headings_and_one_kind_alone_without(tmp_path: Path) -> None:
    """So that one kind may be piped on."""
    folder = small_workspace(tmp_path / "ws")
    whole = csctl("schedule", "-w", folder, "--at", "6:05", "--day", "28")
    assert whole.code == 0
    for kind in ("cron", "systemd"):
        one = csctl("schedule", "-w", folder, "--at", "06:05", "--day", "28", "--kind", kind)
        assert (one.code, one.err) == (0, "")
        assert one.out in whole.out
    assert "5 6 28 * * " in whole.out
    data = csctl("schedule", "-w", folder, "--at", "06:05", "--day", "28", "--json").data
    assert (data["day"], data["at"], data["crontab"] in whole.out) == (28, "06:05", True)
    assert data["systemd"]["service"] in data["systemd"]["shell"]


@pytest.mark.parametrize(
    "wrong", [["--at", "25:00"], ["--at", "2.30"], ["--at", ""], ["--day", "0"], ["--day", "29"], ["--kind", "at"]]
)
def test_a_time_that_does_not_come_every_month_is_refused(tmp_path: Path, wrong: list[str]) -> None:
    """Exit 2, nothing to paste."""
    done = csctl("schedule", "-w", small_workspace(tmp_path / "ws"), *wrong)
    assert (done.code, done.out) == (2, "")


def test_a_folder_that_cannot_stand_in_a_schedule_or_is_no_workspace_is_refused(tmp_path: Path) -> None:
    """A line break; no csctl.toml."""
    done = csctl("schedule", "-w", small_workspace(tmp_path / "two\nlines"))
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert csctl("schedule", "-w", tmp_path).code == 2


def test_a_task_too_long_for_windows_is_said_and_the_others_stand(tmp_path: Path) -> None:
    """Exit 2 only for who wants just that one."""
    folder = small_workspace(tmp_path / ("x" * 120) / ("y" * 120))
    whole = csctl("schedule", "-w", folder)
    assert (whole.code, "schtasks takes 261" in whole.err, "schtasks /Create" in whole.out) == (0, True, False)
    assert csctl("schedule", "-w", folder, "--kind", "windows").code == 2
    assert csctl("schedule", "-w", folder, "--kind", "cron").err == ""
