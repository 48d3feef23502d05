"""A standalone Spark cluster on this machine, for as long as a command runs: a master and two workers.

``python tools/spark_cluster.py python -m pytest -n0 -m slow tests/core/test_engines.py -k spark``

The command finds the master's address in ``CSCTL_TEST_SPARK``. It needs ``pip install '.[spark]'`` and Java, listens on
the loopback alone, and takes at most 1 GB for each worker. Its exit code is the command's.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = "127.0.0.1"
WORKERS = 2
PATIENCE = 300


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


@contextmanager
def daemon(folder: Path, name: str, *arguments: str) -> Iterator[Path]:
    """A part of the cluster, ended in the end; gives the file that it logs to."""
    import pyspark

    home = Path(str(pyspark.__file__)).parent
    log = folder / f"{name.rpartition('.')[2]}-{len(list(folder.iterdir()))}.log"
    sparing = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"}
    places = {"SPARK_LOCAL_IP": HERE, "SPARK_HOME": str(home)}
    with log.open("wb") as out:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
        started = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **sparing, **places}, cwd=folder)
    try:
        yield log
    finally:
        started.terminate()
        started.wait(PATIENCE)


def wait_for(log: Path, words: str) -> None:
    """Until a log says so; raises TimeoutError with its end if it does not."""
    end = time.monotonic() + PATIENCE
    while words not in log.read_text("utf-8", errors="replace"):
        if time.monotonic() > end:
            raise TimeoutError(
                f"{log.name} does not say {words!r}:\n{log.read_text('utf-8', errors='replace')[-2000:]}"
            )
        time.sleep(0.2)


def main() -> int:
    """Start the cluster, run the command, end the cluster."""
    port = free_port()
    address = f"spark://{HERE}:{port}"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as parts:
        logs = Path(folder)
        ports = ("--host", HERE, "--webui-port", "0")
        wait_for(parts.enter_context(daemon(logs, "master.Master", *ports, "--port", str(port))), "I have been elected")
        size = ("--cores", "1", "--memory", "1g", "--work-dir", str(logs / "work"))
        workers = [parts.enter_context(daemon(logs, "worker.Worker", *ports, *size, address)) for _ in range(WORKERS)]
        for log in workers:
            wait_for(log, "Successfully registered with master")
        print(f"{WORKERS} workers at {address}", flush=True)
        return subprocess.run(sys.argv[1:], env={**os.environ, "CSCTL_TEST_SPARK": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
