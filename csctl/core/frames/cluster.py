"""Tables of this process on a cluster; and what that could not do, as a problem: its machines are not csctl's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from csctl.messages import problem
from csctl.problems import Place, RefusalError
from csctl.workspace_folder import CONFIG_NAME

MASTER = Place(CONFIG_NAME, column="spark.master")
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


def sent(session: Any, table: Any) -> Any:
    """An Arrow table as one of a Spark session, with its types though it may have no row."""
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = from_arrow_schema(table.schema, prefer_timestamp_ntz=True)
    return session.createDataFrame(table if table.num_rows else [], schema)
