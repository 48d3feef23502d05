"""Faults at chosen system calls: kill a command, fill its disk or break it, at the n-th call that writes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.end_to_end.running import environment

CALLS = (
    "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "truncate", "ftruncate", "fallocate", "open", "openat",
    "creat", "mkdir", "mkdirat", "chmod", "fchmod", "fchmodat", "sendfile", "copy_file_range", "utimensat",
)  # fmt: skip
"""Every call that changes files or has them changed; of ``open`` and ``openat`` those that may create one."""
FAULTS: dict[str, str] = {"killed": "signal=SIGKILL", "full": "error=ENOSPC", "broken": "error=EIO"}
"""What can happen at a call, and how strace is told."""
MAIN = "csctl.cli:run_command_line"
"""The program's entry point, as the warm process is told it."""
Fault = Literal["killed", "full", "broken"]
_TIMEOUT_SECONDS = 120
_PASSING = (
    (re.compile(r"(\.csctl-writing-)\w+"), r"\1*"),
    (re.compile(r"(\.db\.)\w+(\.part)"), r"\1*\2"),
    (re.compile(r"(/)tmp\w+(\.part)"), r"\1*\2"),
    (re.compile(r"(/|\")old-\d+"), r"\1old-*"),
)
"""Parts of names that are another in each run, or come in the order in which the system lists them."""


@dataclass(frozen=True, slots=True)
class Point:
    """One call of a command: its name, how many of that name came before it (from 1), and the files it is about."""

    call: str
    nth: int
    about: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, what it said, and the calls that were traced."""

    code: int
    out: str
    err: str
    trace: tuple[str, ...]

    @property
    def err_lines(self) -> list[str]:
        """What it said on standard error, without the progress of reading."""
        return [line for line in self.err.splitlines() if not line.startswith("read ")]

    @property
    def injected(self) -> bool:
        """Whether the fault came about."""
        return any(line.endswith("(INJECTED)") or "+++ killed by SIGKILL" in line for line in self.trace)


class Warm:
    """The warm process (see ``warm.py``), with a folder for what its commands say."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        """Takes a started process; ``warm`` makes them."""
        self._process = process
        self._folder = folder

    def run(self, call: str, words: Sequence[str | Path], strace: Sequence[str] = ()) -> Ended:
        """Run a function as a command of its own, traced with these options of strace or not at all."""
        return self._ended([self._order(0, call, words, strace)])[0]

    def csctl(self, *words: str | Path, **changes: object) -> Ended:
        """Run csctl. Changes of the order: ``limit`` to the size of every file in bytes, ``out`` for another screen."""
        return self._ended([self._order(0, MAIN, words) | changes])[0]

    def together(self, commands: Sequence[Sequence[str | Path]]) -> list[Ended]:
        """Run csctl several times at once, with these command lines."""
        return self._ended([self._order(number, MAIN, words) for number, words in enumerate(commands)])

    def _order(self, number: int, call: str, words: Sequence[str | Path], strace: Sequence[str] = ()) -> dict[str, Any]:
        files = {name: str(self._folder / f"{name}-{number}") for name in ("out", "err", "trace")}
        Path(files["trace"]).unlink(missing_ok=True)
        options = ["-o", files["trace"], *strace] if strace else []
        return {"call": call, "words": [str(word) for word in words], "strace": options, "limit": None, **files}

    def _ended(self, orders: Sequence[dict[str, Any]]) -> list[Ended]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(orders)}\n")
        self._process.stdin.flush()
        codes = json.loads(self._process.stdout.readline())
        return [
            Ended(code, _text(order["out"]), _text(order["err"]), tuple(_text(order["trace"]).splitlines()))
            for code, order in zip(codes, orders, strict=True)
        ]


def _text(file: str) -> str:
    return Path(file).read_text("utf-8") if Path(file).is_file() else ""


@contextmanager
def warm(folder: Path, temporary: Path) -> Iterator[Warm]:
    """Start the warm process; ``folder`` is for what its commands say, ``temporary`` for their temporary files."""
    for path in (folder, temporary):
        path.mkdir(parents=True)
    fixed = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "2"}
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "tests.crashes.warm"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment(TMPDIR=str(temporary), **fixed),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == '"ready"\n'
        yield Warm(process, folder)
    finally:
        process.communicate(timeout=_TIMEOUT_SECONDS)


def skip_without_strace(started: Warm) -> None:
    """Faults can only be injected where strace is, and where it may follow another process."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    tried = started.run("os:getpid", [], ["-e", "trace=none"])
    if tried.code:
        pytest.skip(f"strace may not follow processes here: {tried.err.strip()}")


COUNTING = ("-y", "-s", "0", "-e", f"trace={','.join(CALLS)}")
"""Options of strace for a run that only counts."""


def points(trace: Sequence[str], root: Path) -> list[Point]:
    """The calls of a counting run that change something below a folder."""
    seen: Counter[str] = Counter()
    found: list[Point] = []
    for line in trace:
        call, _, rest = line.partition("(")
        if call not in CALLS:
            continue
        seen[call] += 1
        about = _about(rest, root)
        if about and not (call.startswith("open") and "O_CREAT" not in rest):
            found.append(Point(call, seen[call], about))
    return found


def injecting(point: Point, fault: Fault) -> list[str]:
    """Options of strace for a run in which one call meets a fault."""
    given = f"inject={point.call}:{FAULTS[fault]}:when={point.nth}"
    return ["-y", "-s", "0", "-e", f"trace={point.call}", "-e", given]


def hit(ended: Ended, root: Path) -> str:
    """The files that the call with the fault was about; "" if there was none."""
    if not ended.injected:
        return ""
    calls = [line for line in ended.trace if not line.startswith("+++")]
    line = next((one for one in calls if one.endswith("(INJECTED)")), calls[-1])
    return _about(line.partition("(")[2], root)


def _about(arguments: str, root: Path) -> str:
    """Every file below ``root`` that a line of the trace names, without what is another in each run."""
    names = re.findall(rf"(?:<|\"){re.escape(str(root))}(?:/[^\">]*)?[\">]", arguments)
    return without_chance(" ".join(dict.fromkeys(name.strip('<>"').removeprefix(str(root)) or "/" for name in names)))


def without_chance(text: str) -> str:
    """Names without what is another in each run."""
    for pattern, instead in _PASSING:
        text = pattern.sub(instead, text)
    return text
