"""A process with everything imported that forks for each command: one that starts at once, and can be traced.

Each line of its input is a list of orders as JSON, which are worked off at the same time. An order says what to call
(``module:function``), with which words as the command line, with which options of strace (none: not traced), how large
a file may get (bytes, null: as the disk allows) and where output goes. The answer is the list of exit codes, negative
for a signal. The clock of the program stands still, so that two runs of one command write the same bytes.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import pkgutil
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

ALREADY_THERE = (
    "narwhals.stable.v1",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "pyarrow.parquet",
    "typer",
    "xlsxwriter",
)
"""What csctl imports only when it is needed."""
NOT_STARTED = 99
"""The exit code of an order that could not be traced."""
_SET_CHILD_SUBREAPER, _SET_PTRACER = 36, 0x59616D61


class StandingClock(datetime):
    """The moment of every command: long after the months of the small workspace."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> StandingClock:
        """Always the same."""
        return cls(2026, 12, 1, 9, 0, tzinfo=tz)


def main() -> None:
    """Import everything, then work off the orders."""
    import csctl
    from csctl.cli import step

    for module in pkgutil.walk_packages(csctl.__path__, "csctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ALREADY_THERE:
        importlib.import_module(name)
    vars(step)["datetime"] = StandingClock
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    _say("ready")
    for line in sys.stdin:
        _say(_worked_off(json.loads(line)))


def _say(answer: object) -> None:
    sys.__stdout__.write(f"{json.dumps(answer)}\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


def _worked_off(orders: list[dict[str, Any]]) -> list[int]:
    """The exit codes of the commands; tracers have ended too when they are told, so traces are whole."""
    children = []
    for order in orders:
        children.append(os.fork())
        if not children[-1]:
            _be(order)
    codes = dict.fromkeys(children, NOT_STARTED)
    while True:
        try:
            process, status = os.wait()
        except ChildProcessError:
            return list(codes.values())
        if process in codes:
            codes[process] = os.waitstatus_to_exitcode(status)


def _be(order: dict[str, Any]) -> None:
    """Run the command in this fork and end."""
    code = NOT_STARTED
    try:
        for handle, name in ((0, os.devnull), (1, order["out"]), (2, order["err"])):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), handle)
        module, _, function = order["call"].partition(":")
        called: Callable[[], None] = getattr(importlib.import_module(module), function)
        sys.argv = ["csctl", *order["words"]]
        if order["limit"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
        if not order["strace"] or _traced(order["strace"]):
            code = _code_of(called)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _code_of(called: Callable[[], None]) -> int:
    """What Python itself would make of it."""
    try:
        called()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - shown to the test
        traceback.print_exc()
        return 1
    return 0


def _traced(options: list[str]) -> bool:
    """Let strace follow this very thread; whether it does. The counts of its injections begin here."""
    ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    tracer = subprocess.Popen(["strace", *options, "-p", str(os.getpid())], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    attached = "attached" in said
    if not attached:
        sys.stderr.write(said)
    return attached


if __name__ == "__main__":
    main()
