"""What a cluster could not do, as a problem of the user's: its machines and files are theirs, not csctl's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from csctl.messages import problem
from csctl.problems import Place, RefusalError

MASTER = Place("csctl.toml", column="spark.master")
_MARKS = (": ", "Caused by: ")
"""How lines begin on which Java says what happened: first what was seen, then, deeper and deeper, why."""


@contextmanager
def asking_cluster() -> Iterator[None]:
    """Within, whatever goes wrong refuses the command with what the cluster said of it."""
    try:
        yield
    except Exception as fault:
        raise RefusalError(problem("spark-failed", MASTER, _said(fault))) from fault


def _said(fault: Exception) -> str:
    """The line of a fault that tells something: of one from Java its last cause, not the call that led to it."""
    lines = str(fault).strip().splitlines() or [type(fault).__name__]
    causes = [line.removeprefix(mark) for mark in _MARKS for line in lines if line.startswith(mark)]
    return causes[-1] if causes else lines[0]
