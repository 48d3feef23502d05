"""Canonical Parquet on Spark: on this machine, on a standalone cluster, or on a server that is spoken to by Connect.

It is an extra (``csctl[spark]``). Every machine of a cluster reads the files of the workspace itself, so that it must
lie under the same path on all of them.
"""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from pydantic import Field

from csctl.core.frames.cluster import MASTER, asking_cluster, sent
from csctl.messages import problem
from csctl.policy.parts import Part
from csctl.problems import RefusalError

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

CONNECT = "sc://"
_ALONE = "spark://"
_ANSWERS_WITHIN = 5
_WORKS_WITHIN = 600
"""Seconds: starting Java, finding workers and one small job, on a machine that does other things too."""
_SETTINGS: Mapping[str, str] = {
    # Exports carry local time without a zone; no hour of them is missing or there twice.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
_QUIET: Mapping[str, str] = {
    "spark.app.name": "csctl",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Settings of the program that Spark runs in; a server has its own."""


class Spark(Part):
    """The ``[spark]`` part of ``csctl.toml``: where Spark is, for ``engine = "spark"``."""

    master: str = Field(
        "local[*]",
        pattern=r"^\S+$",
        description="`spark://host:7077` of a standalone cluster, `sc://host:15002` of a server that speaks Spark "
        "Connect, `local[2]` for two threads on this machine, or another address that Spark takes",
    )
    settings: dict[str, str] = Field(
        default_factory=dict, description='Spark\'s own settings, such as `"spark.executor.memory" = "2g"`'
    )


LOCAL = Spark()
_running: dict[str, Any] = {}
"""The session of this process, by the master and settings that it was started with."""


def on_spark(empty: pl.DataFrame, paths: Sequence[Path], spark: Spark) -> nw.LazyFrame[Any]:
    """Rows of Parquet files on Spark, with the columns of ``empty``; those that a file lacks are empty.

    Raises RefusalError where Spark does not answer.
    """
    import narwhals as nw

    session = _session(spark)
    with asking_cluster():
        table = sent(session, empty.to_arrow())
        if paths:
            table = session.read.schema(table.schema).parquet(*map(_address, paths))
    opened: nw.LazyFrame[Any] = nw.from_native(table)
    return opened


def _address(path: Path) -> str:
    """A file as Spark is to be told of it: on the disk, whatever it reads from else, and no letter of it a wildcard."""
    return "file:///" + re.sub(r"([\\{}\[\]*?])", r"\\\1", path.resolve().as_posix()).lstrip("/")


def _session(spark: Spark) -> Any:
    """The session of this process. There is one at a time: another master ends it."""
    key = spark.model_dump_json()
    if key not in _running:
        for former in _running.values():
            former.stop()
        _running.clear()
        _running[key] = _started(spark)
    return _running[key]


def _started(spark: Spark) -> Any:
    """A session that has done a small job: then there is a master, and somebody who works."""
    hosts = _hosts(spark.master)
    if hosts and not any(map(_answers, hosts)):
        raise RefusalError(problem("spark-no-answer", MASTER, spark.master))
    started: Future[Any] = Future()
    with tempfile.TemporaryFile() as log, asking_cluster():
        # Spark waits for workers without an end, and cannot be told not to.
        Thread(target=_start, args=(spark, log, started), daemon=True).start()
        wait([started], _WORKS_WITHIN)
        if started.done():
            return started.result()
    raise RefusalError(problem("spark-no-work", MASTER, spark.master, seconds=_WORKS_WITHIN))


def _start(spark: Spark, log: Any, started: Future[Any]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of a pandas that it says to know but in part
            warnings.filterwarnings("error", "Failed to set", UserWarning)  # a setting that only the server can have
            session = _connected(spark) if spark.master.startswith(CONNECT) else _launched(spark, log)
            session.range(1).count()
        started.set_result(session)
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is told where the session was asked for
        started.set_exception(fault)


def _connected(spark: Spark) -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.builder.remote(spark.master).config(map={**_SETTINGS, **spark.settings}).getOrCreate()


def _launched(spark: Spark, log: Any) -> Any:
    """A session in a Java program that ends with this one; what it writes for its makers is not for the screen."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setMaster(spark.master)
    conf.setAll(list({**_QUIET, **_SETTINGS, **spark.settings}.items()))
    gateway = SparkContext._gateway or launch_gateway(conf, {"stderr": log, "stdout": subprocess.DEVNULL})
    return SparkSession(SparkContext(gateway=gateway, conf=conf))


def _hosts(master: str) -> list[tuple[str, int]]:
    """Hosts and ports that a master's address names; none of one whose place Spark finds by itself."""
    start = next((one for one in (CONNECT, _ALONE) if master.startswith(one)), None)
    if start is None:
        return []
    named = master.removeprefix(start).partition("/")[0].split(",")
    parts = [one.rpartition(":") if ":" in one else (one, ":", "") for one in named]
    usual = 15002 if start == CONNECT else 7077
    return [(host.strip("[]"), int(port) if port.isdecimal() else usual) for host, _, port in parts]


def _answers(host: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(host, _ANSWERS_WITHIN):
            return True
    except (OSError, OverflowError):
        return False
