"""A run that nobody watches: its log, its last line, what it says without a terminal, and what stops it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from csctl.store.lock import workspace_lock
from csctl.workflow.writing.unattended import team_name
from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import command, csctl, environment, outputs

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 (?P<level>[A-Z]+) run (?P<figures>.*)")
CANARY, CANARY_AMOUNT = "Canary", "98765.43"


def log(workspace: Path) -> list[dict[str, str]]:
    """The lines of the log as figures by name; ``level`` is one of them."""
    found = []
    for line in (workspace / ".csctl" / "log" / "csctl.log").read_text("utf-8").splitlines():
        match = LINE.fullmatch(line)
        assert match, line
        found.append({"level": match["level"], **dict(pair.split("=", 1) for pair in match["figures"].split())})
    return found


def last(workspace: Path) -> dict[str, str]:
    """The last line of the log."""
    return log(workspace)[-1]


# ---- the log ---------------------------------------------------------------


def test_every_run_adds_a_line_however_it_ends(small: Path) -> None:
    """Done, with problems under --strict, unusable, busy, a bug: month, exit code, counts, codes of errors."""
    known = len(log(small))
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    assert csctl("run", "-w", small, "--month", MONTH, "--strict", "--json").code == 1
    assert csctl("run", "-w", small, "--month", "2031-01", "--quiet").code == 2
    with workspace_lock(small / ".csctl"):
        assert csctl("run", "-w", small).code == 3
    with (
        mock.patch("csctl.workflow.writing.outputs.pay_book", side_effect=RuntimeError(CANARY)),
        mock.patch("csctl.cli.report_bug"),
    ):
        assert csctl("run", "-w", small, "--month", MONTH).code == 70
    done, strict, unusable, busy, bug = log(small)[known:]
    assert (done["level"], done["month"], done["exit"], done["scored"], done["warnings"]) == (
        "INFO", MONTH, "0", "3", "0"
    )  # fmt: skip
    assert (strict["level"], strict["exit"], strict["warnings"]) == ("WARNING", "1", "2")
    assert (unusable["level"], unusable["month"], unusable["exit"], unusable["files"]) == ("ERROR", "2031-01", "2", "0")
    assert unusable["codes"] == "month-empty:1"
    assert (busy["level"], busy["month"], busy["exit"], busy["codes"]) == ("WARNING", "-", "3", "workspace-busy:1")
    assert (bug["level"], bug["exit"], bug["cause"]) == ("CRITICAL", "70", "RuntimeError")


def test_what_somebody_typed_as_a_month_is_not_in_the_log(small: Path) -> None:
    """It may be anything."""
    assert csctl("run", "-w", small, "--month", CANARY).code == 2
    assert last(small)["month"] == "-"


def test_a_folder_that_is_no_workspace_gets_no_log(tmp_path: Path) -> None:
    """Nothing appears in it."""
    assert csctl("run", "-w", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


def test_neither_names_nor_amounts_leave_the_files(small: Path, tmp_path: Path) -> None:
    """A canary on the roster and one in the figures: not in the log, the quiet run's streams, or a bug's line."""
    change(small / "csctl.toml", "Small desk", f"{CANARY} desk")
    add(small / "data" / "roster.csv", f"04,{CANARY},A,junior,2025-01-01\n")
    add(small / "data" / MONTH / "orders.csv", f"o9,{CANARY},{MONTH}-05,{CANARY_AMOUNT}\n")
    add(small / "data" / MONTH / "calls.csv", f"9,{CANARY},{MONTH}-05 09:00,Y,Y,{CANARY_AMOUNT}x\n")
    quiet = csctl("run", "-w", small, "--month", MONTH, "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert CANARY in csctl("run", "-w", small, "--month", MONTH).out
    subject = csctl("run", "-w", small, "--month", MONTH, "--subject").out
    bug = RuntimeError(f"{CANARY} {CANARY_AMOUNT}")
    with (
        mock.patch("csctl.workflow.writing.outputs.pay_book", side_effect=bug),
        mock.patch("tempfile.tempdir", str(tmp_path)),
    ):
        broken = csctl("run", "-w", small, "--month", MONTH, "--quiet")
    assert broken.code == 70
    logged = (small / ".csctl" / "log" / "csctl.log").read_text("utf-8")
    summary = (small / "out" / MONTH / "summary.md").read_text("utf-8")
    assert re.search(r"\b(Ann|Bob|Cid|Canary)\b", logged + broken.err) is None
    for text in (logged, broken.err, subject, summary):
        assert "98765" not in text
        assert "98,765" not in text
    assert re.search(r"\d[.,]\d", subject + summary) is None


def test_a_log_that_cannot_be_written_is_said_and_changes_nothing_else(small: Path) -> None:
    """The run is done, and its exit code says so."""
    file = small / ".csctl" / "log" / "csctl.log"
    file.unlink()
    file.mkdir()
    done = csctl("run", "-w", small, "--month", MONTH, "--quiet")
    assert (done.code, done.out, len(done.err.splitlines())) == (0, "", 1)
    assert "the run itself is not affected" in done.err


# ---- the last line ---------------------------------------------------------


def test_the_last_line_can_be_the_subject_of_a_mail(small: Path) -> None:
    """The same with --subject, which prints nothing else; in the workspace's language."""
    said = "csctl 2026-10 Small desk: 3 scored, 0 problems, exit 0"
    assert csctl("run", "-w", small, "--month", MONTH).out.splitlines()[-1] == said
    alone = csctl("run", "-w", small, "--month", MONTH, "--subject")
    assert (alone.out, alone.faults) == (f"{said}\n", [])
    change(small / "csctl.toml", 'language = "en"', 'language = "zh"')
    assert csctl("run", "-w", small, "--month", MONTH, "--subject").out == (
        "csctl 2026-10 Small desk：3 人已评分，0 个问题，退出码 0\n"
    )


def test_the_subject_tells_a_run_that_wrote_nothing(small: Path) -> None:
    """On standard output, with the reasons on standard error; the exit codes are those of every run."""
    done = csctl("run", "-w", small, "--month", "2031-01", "--subject")
    assert (done.code, len(done.faults)) == (2, 1)
    assert done.out == "csctl 2031-01 Small desk: nothing written, 1 error, exit 2\n"
    change(small / "csctl.toml", "[[source]]", "[[sauce]]")
    broken = csctl("run", "-w", small, "--subject")
    assert (broken.code, broken.out[:17]) == (2, "csctl Small desk:")


def test_subject_and_json_together_are_a_fault(small: Path) -> None:
    """Standard output is one or the other."""
    done = csctl("run", "-w", small, "--subject", "--json")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)


# ---- without a terminal ----------------------------------------------------


def test_without_a_terminal_there_are_plain_lines_of_any_length(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour, no bar, no carriage return, and no table folded at 80 columns; COLUMNS folds it all the same."""
    long = ("Bartholomew-Maximilian " * 5).strip()
    for file in (small / "data").rglob("*.csv"):
        file.write_text(file.read_text("utf-8").replace(",Bob,", f",{long},"), "utf-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    done = csctl("run", "-w", small, "--month", MONTH)
    assert done.code == 0
    assert not re.search(r"[\x1b\r]", done.out + done.err)
    assert long in done.out
    monkeypatch.setenv("COLUMNS", "80")
    assert long not in csctl("run", "-w", small, "--month", MONTH).out


@pytest.mark.skipif(os.name == "nt", reason="closed like this only by a Unix shell")
@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&- >&- 2>&-", "<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_obstacle(small: Path, closed: str) -> None:
    """Standard input, output and error may be missing altogether."""
    before = outputs(small)
    run = command("run", "-w", small, "--month", MONTH)
    done = subprocess.run(["sh", "-c", f'exec "$@" {closed}', "sh", *run], env=environment(), timeout=120)
    assert done.returncode == 0
    assert outputs(small) == before
    assert last(small)["exit"] == "0"


# ---- stopped ---------------------------------------------------------------

STOPPED_AT = """
import os, signal, sys
from pathlib import Path
from unittest import mock
import csctl.readers.imports as imports
from csctl.cli import run_command_line
name, place, *words = sys.argv[1:]
seen = []
def stop_before(real, at, counts):
    def stopping(*given):
        seen.extend([given] if counts(given) else [])
        if len(seen) == at and counts(given):
            os.kill(os.getpid(), signal.Signals[name])
        return real(*given)
    return stopping
sys.argv = ["csctl", *words]
reading = mock.patch.object(imports, "_content", stop_before(imports._content, 2, lambda given: True))
moved = lambda given: Path(given[0]).name.startswith("new-")
writing = mock.patch.object(os, "replace", stop_before(os.replace, 3, moved))
with reading if place == "reading" else writing:
    run_command_line()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize(("name", "code", "place"), [("SIGINT", 130, "reading"), ("SIGTERM", 143, "writing")])
def test_a_run_that_is_stopped_says_so_and_leaves_nothing_half_written(
    small: Path, name: str, code: int, place: str
) -> None:
    """While it reads, and between two files while it writes: one line, the shell's exit code, the old set of files."""
    before = outputs(small)
    change(small / "data" / MONTH / "orders.csv", "600.50", "99600.50")
    start = [command()[0], "-c", STOPPED_AT, name, place, "run", "-w", str(small), "--month", MONTH]
    done = subprocess.run(start, capture_output=True, text=True, env=environment(), timeout=120)
    said = [line for line in done.stderr.splitlines() if not line.startswith("read ")]
    assert (done.returncode, done.stdout) == (code, "")
    assert said == ["csctl: stopped; every file is whole, either the old one or the new one"]
    assert outputs(small) == before
    assert (last(small)["exit"], last(small)["cause"]) == (str(code), "Stopped")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert outputs(small) != before


def test_the_handlers_of_signals_are_put_back(small: Path) -> None:
    """Whoever calls csctl within a process of its own keeps its own."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.parametrize("text", ["name = 1\n", f"x = {'[' * 1500}{']' * 1500}\n", "name = \x00\n", "[name\n"])
def test_a_team_whose_configuration_cannot_be_read_is_called_by_its_folder(text: str, tmp_path: Path) -> None:
    """Whatever the command itself says of it."""
    (tmp_path / "csctl.toml").write_text(text)
    assert team_name(tmp_path) == tmp_path.name
