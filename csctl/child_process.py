"""Another process of this csctl that is asked through pipes: how it is started, and how it is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from csctl import release

_CODE = (
    "import sys; sys.path.insert(0, sys.argv[1]); import csctl; sys.path.append(sys.path.pop(0)); "
    "from {module} import {function}; {function}()"
)
"""Its csctl is the one that asks, even where another is installed; its libraries come in the usual order."""


def start_process(
    module: str, function: str, surroundings: Mapping[str, str] = MappingProxyType({})
) -> subprocess.Popen[bytes]:
    """A process that serves by a function of csctl, with what of its surroundings is other than here.

    It works the same on every system, sees csctl and its libraries but no user's path settings (``-I``), and runs
    nobody else's program. It ends when its pipe does.
    """
    root = Path(release.__file__).resolve().parent.parent
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _CODE.format(module=module, function=function), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **surroundings},
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ends it, whatever it is at, with its pipes."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    process.wait()
