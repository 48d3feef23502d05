"""``[notify]``: a command of the user's is told what a run came to, and can do nothing to the run."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from csctl.store.lock import workspace_lock
from csctl.workflow.writing import outputs as written
from tests.cli.small import MONTH, MONTHS, add, change
from tests.end_to_end.running import Done, csctl, outputs

FAKE = """
import json, os, sys
told = {key: value for key, value in os.environ.items() if key.startswith("CSCTL_")}
told |= {"arguments": sys.argv[1:], "text": sys.stdin.buffer.read().decode("utf-8"), "here": os.getcwd()}
with open("told.jsonl", "a", encoding="utf-8") as file:
    file.write(json.dumps(told) + "\\n")
print("on standard output")
"""
NAMES = ["COMMAND", "EXIT", "STATUS", "MONTH", "WORKSPACE", "SUBJECT"]
ODD = "$(touch pwned); `x` & \"q\" 'r' |"


def configure(folder: Path, program: str = FAKE, *arguments: str, **keys: object) -> Path:
    """Write the part of csctl.toml and the program that it names."""
    (folder / "tell.py").write_text(program, "utf-8")
    lines = ["[notify]", f"command = {json.dumps([sys.executable, 'tell.py', *arguments])}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    add(folder / "csctl.toml", "\n" + "\n".join(lines) + "\n")
    return folder


def told(folder: Path) -> list[dict[str, Any]]:
    """Everything that the program was told, in order."""
    file = folder / "told.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def run(folder: Path, *words: str) -> Done:
    """A run of the month."""
    return csctl("run", "-w", folder, "--month", MONTH, *words)


# ---- what it is told -------------------------------------------------------


def test_it_gets_the_summary_and_how_the_run_ended(small: Path) -> None:
    """The text of summary.md on standard input; code, status, month, folder and subject in the environment."""
    configure(small)
    done = run(small, "--quiet")
    [one] = told(small)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert one["text"] == (small / "out" / MONTH / "summary.md").read_text("utf-8")
    assert [one[f"CSCTL_{name}"] for name in NAMES] == [
        "run", "0", "done", MONTH, str(small.resolve()), "csctl 2026-10 Small desk: 3 scored, 0 problems, exit 0",
    ]  # fmt: skip
    assert one["here"] == str(small.resolve())


def test_it_gets_no_pay_and_no_cell_of_a_file(small: Path) -> None:
    """Neither of a run that went well nor of one that a cell stopped."""
    configure(small)
    add(small / "data" / MONTH / "orders.csv", f"o9,Ann,{MONTH}-05,98765.43\n")
    run(small)
    (small / "data" / "roster.csv").write_text("staff id,name\n98765,98765\n98765,Canary\n", "utf-8")
    assert run(small).code == 2
    for one in told(small):
        assert [mark for mark in ("98765", "98,765", "Canary") if mark in json.dumps(one)] == []


def test_a_run_that_computed_nothing_is_told_of_too(small: Path) -> None:
    """Unusable, busy, a bug, and a configuration that cannot be read as a whole: each by its code and a word."""
    configure(small)
    csctl("run", "-w", small, "--month", "2031-01")
    with workspace_lock(small / ".csctl"):
        run(small)
    with (
        mock.patch.object(written, "pay_book", side_effect=RuntimeError("x")),
        mock.patch("csctl.cli.report_bug"),
    ):
        run(small)
    change(small / "csctl.toml", 'table = "orders"', 'table = "orderz"')
    run(small)
    found = told(small)
    assert [(one["CSCTL_EXIT"], one["CSCTL_STATUS"]) for one in found] == [
        ("2", "unusable"), ("3", "busy"), ("70", "bug"), ("2", "unusable"),
    ]  # fmt: skip
    assert found[0]["CSCTL_MONTH"] == "2031-01"
    assert all("nothing was computed" in one["text"] for one in found)
    assert all(one["CSCTL_SUBJECT"] for one in found)


def test_the_language_of_the_message_is_that_of_the_workspace(small: Path) -> None:
    """Or the one asked for."""
    configure(small)
    csctl("-l", "zh", "run", "-w", small, "--month", MONTH)
    assert "人已评分" in told(small)[0]["CSCTL_SUBJECT"]


# ---- after which commands --------------------------------------------------


def test_it_is_started_after_run_and_close_and_after_check_on_request(small: Path) -> None:
    """A close says that the month is closed, before its summary; lookups and other steps tell nobody."""
    configure(small)
    csctl("check", "-w", small, "--month", MONTH)
    csctl("score", "-w", small, "--month", MONTH)
    assert told(small) == []
    csctl("close", "-w", small, "--month", MONTHS[0], "--yes", "--by", "Boss")
    [closed] = told(small)
    assert (closed["CSCTL_COMMAND"], closed["CSCTL_MONTH"]) == ("close", MONTHS[0])
    assert closed["text"].startswith(f"{MONTHS[0]} is closed.")
    assert (small / "out" / MONTHS[0] / "summary.md").read_text("utf-8") in closed["text"]
    change(small / "csctl.toml", "[notify]\n", '[notify]\nafter = ["check"]\n')
    csctl("check", "-w", small, "--month", MONTH)
    csctl("check", "-w", small, "--month", MONTH, "--columns")
    run(small)
    assert [one["CSCTL_COMMAND"] for one in told(small)] == ["close", "check"]


def test_closing_several_months_is_one_message(small: Path) -> None:
    """Every month has its sentence, the summary is the last one's."""
    configure(small)
    done = csctl("close", "-w", small, "--through", MONTH, "--yes", "--by", "Boss")
    [one] = told(small)
    assert (done.code, one["CSCTL_MONTH"], one["CSCTL_STATUS"]) == (0, MONTH, "done")
    assert [month for month in MONTHS if f"{month} is closed." in one["text"]] == list(MONTHS)


def test_data_on_standard_output_stays_one_object(small: Path) -> None:
    """What the program prints goes nowhere."""
    configure(small)
    assert run(small, "--json").data["month"] == MONTH
    assert len(told(small)) == 1


# ---- no shell --------------------------------------------------------------


def test_no_shell_reads_anything(small: Path) -> None:
    """Arguments are passed on as they are, and names with marks that shells act upon are only text."""
    change(small / "csctl.toml", 'name = "Small desk"', f"name = {json.dumps(ODD)}")
    configure(small, FAKE, ODD, "two words")
    run(small)
    [one] = told(small)
    assert one["arguments"] == [ODD, "two words"]
    assert ODD in one["CSCTL_SUBJECT"]
    assert not (small / "pwned").exists()


# ---- its failures ----------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('\\x1b[31mno route\\x07')", "ended with 1 ( [31mno route )"),
        ("import os; os._exit(7)", "ended with 7;"),
        ("import sys; sys.stdin.close()", ""),
    ],
)
def test_a_failure_is_a_warning_and_nothing_else(small: Path, program: str, said: str) -> None:
    """Its code and the last it said are told; exit code, screen and files are those of the run."""
    run(small)
    before = outputs(small)
    configure(small, program)
    done = run(small, "--quiet")
    assert (done.code, done.out, outputs(small)) == (0, "", before)
    assert len(done.err.splitlines()) == (1 if said else 0)
    assert said.replace("( ", "(").replace(" )", ")") in done.err
    assert "\x1b" not in done.err


def test_a_program_that_is_not_there_is_a_warning(small: Path) -> None:
    """It names the key to correct."""
    add(small / "csctl.toml", '\n[notify]\ncommand = ["./nowhere.sh"]\n')
    done = run(small, "--quiet")
    assert (done.code, len(done.err.splitlines())) == (0, 1)
    assert "notify.command" in done.err
    assert "./nowhere.sh cannot be started" in done.err


def test_a_failure_hides_no_exit_code(small: Path) -> None:
    """Problems under --strict still end with 1."""
    configure(small, "raise SystemExit(9)")
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    assert run(small, "--strict").code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are grouped otherwise there")
def test_what_does_not_end_is_ended_with_all_it_started(small: Path) -> None:
    """After the seconds it has; nothing of it goes on writing."""
    child = "import time\nwhile True:\n    open('alive', 'a').write('x'); time.sleep(0.05)"
    program = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)"
    configure(small, program, seconds=2)
    done = run(small, "--quiet")
    assert done.code == 0
    assert "had not ended after 2 seconds" in done.err
    size = (small / "alive").stat().st_size
    time.sleep(0.5)
    assert (small / "alive").stat().st_size == size > 0


@pytest.mark.parametrize("wrong", ['command = "one text"', "command = []", 'command = ["x"]\nafter = ["never"]'])
def test_a_part_that_is_wrong_stops_the_run_with_its_line(small: Path, wrong: str) -> None:
    """As any other fault of csctl.toml does."""
    add(small / "csctl.toml", f"\n[notify]\n{wrong}\n")
    done = run(small)
    assert done.code == 2
    assert "notify" in done.err
