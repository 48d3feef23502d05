"""Start csctl as a user does, inside the test's process or in one of its own, and look at what it did."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import typer.main

from csctl.cli import run_command_line

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
MONTH = "2026-10"
_command = cache(typer.main.get_command)
"""The commands are put together once in a process, as they are for a user, and not anew for every line of a test."""


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON. Fails if it is not exactly one value."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The lines on standard error, without the progress of reading."""
        return [line for line in self.err.splitlines() if not line.startswith(("read ", "已读取 "))]


def csctl(*arguments: str | Path) -> Done:
    """The program's entry point, in this process; screen and mode mask are put back afterwards."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    mask = os.umask(0o022)
    try:
        with (
            mock.patch.object(sys, "argv", ["csctl", *map(str, arguments)]),
            mock.patch.object(typer.main, "get_command", _command),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            run_command_line()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    finally:
        os.umask(mask)
    return Done(code, out.getvalue(), err.getvalue())


def command(*arguments: str | Path) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "csctl", *map(str, arguments)]


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with the checkout first on the path, and changes."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONWARNINGS", "COLUMNS", "NO_COLOR")}
    return kept | {"PYTHONPATH": str(ROOT), **changes}


def csctl_process(*arguments: str | Path, **changes: str) -> Done:
    """The program in a process of its own, with changes of environment variables."""
    done = subprocess.run(command(*arguments), capture_output=True, env=environment(**changes), timeout=120)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there; the log apart, which tells of every run, also of a refused one."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".log"
    }


def outputs(workspace: Path) -> dict[str, bytes]:
    """Everything csctl wrote for people, of all months."""
    return tree(workspace / "out")


def record(workspace: Path, month: str = MONTH) -> dict[str, Any]:
    """The month's ``run.json``."""
    found: dict[str, Any] = json.loads((workspace / "out" / month / "run.json").read_text("utf-8"))
    return found


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    """A CSV that csctl wrote."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_agent(rows: list[dict[str, Any]], key: str) -> Mapping[tuple[str, str], dict[str, Any]]:
    """Rows of a list in ``run.json`` by agent and another key; each pair stands once."""
    found = {(row["agent_id"], row[key]): row for row in rows}
    assert len(found) == len(rows)
    return found
