"""What an answer follows from beside question and files: the program, the day, the screen, what the user set."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from csctl.asked_again.signatures import signature_of

_SET = (
    "LANG", "LC_", "CSCTL_", "COLUMNS", "LINES", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TTY_",
    "TZ", "PYTHON", "POLARS_", "JUPYTER",
)  # fmt: skip
"""How the names of variables begin that csctl or its libraries ask for."""
_BESIDE = "templates"
"""What is shipped in the package lies beside it in a checkout."""
_CHINA = timedelta(hours=8)


def surroundings() -> list[str]:
    """All of it as texts; two runs in which they are equal say the same of the same files."""
    package = Path(__file__).resolve().parents[1]
    program = [signature_of(str(one)) for one in (package, package.parent / _BESIDE) if one.is_dir()]
    libraries = [(path, os.stat(path).st_mtime_ns) for path in sys.path if os.path.isdir(path)]
    streams = [(stream.isatty(), stream.encoding, stream.errors) for stream in (sys.stdout, sys.stderr)]
    told = sorted(pair for pair in os.environ.items() if pair[0].startswith(_SET))
    known = (program, sys.version, libraries, streams, _width(), told, os.getcwd(), _day())
    return [repr(one) for one in known]


def _width() -> object:
    try:
        return os.get_terminal_size(sys.__stderr__.fileno()) if sys.__stderr__ else None
    except (OSError, ValueError):
        return None


def _day() -> str:
    """The day it is in China, which deadlines are counted from."""
    return str((datetime.now(UTC) + _CHINA).date())
