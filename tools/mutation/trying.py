"""Trying mutants: the tests of a room are collected once, and every mutant is a fork that runs them on faulty code."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import hypothesis
import pytest

from tools.mutation.mutants import Mutant
from tools.mutation.swap import take_on

LIMIT = 90
"""Seconds of work, not of waiting for others, after which a try counts as noticed: the fault made something endless."""
OPTIONS = ("-x", "-q", "-n0", "-p", "no:cacheprovider", "--assert=plain", "--no-header", "--no-summary", "--capture=no")


class _Tries:
    """A plugin that runs the collected tests in a fork for each mutant, instead of once."""

    def __init__(self, module: str, mutants: Sequence[Mutant]) -> None:
        self.module, self.mutants = module, mutants
        self.sound = False
        self.left: list[Mutant] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Once without a fault, then with each."""
        # What draws many examples takes longest and comes last.
        session.items.sort(key=lambda item: getattr(getattr(item, "function", None), "is_hypothesis_test", False))
        self.sound = self._passes(session, None)
        for one in self.mutants if self.sound else ():
            if self._passes(session, one):
                self.left.append(one)
                print(f"  {self.module}:{one.line}  {one.was}  →  {one.now}", flush=True)
        return True

    def _passes(self, session: pytest.Session, mutant: Mutant | None) -> bool:
        child = os.fork()
        if not child:
            os._exit(self._run(session, mutant))
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) == 0

    def _run(self, session: pytest.Session, mutant: Mutant | None) -> int:
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        _silence()
        try:
            if mutant is not None:
                name = self.module.removesuffix(".py").replace("/", ".")
                take_on(name, Path(self.module), mutant.source)
            for number, item in enumerate(session.items):
                after = session.items[number + 1] if number + 1 < len(session.items) else None
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if session.testsfailed:
                    return 1
        except BaseException:  # noqa: BLE001  whatever a fault raises, it was noticed
            return 1
        return 0


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def try_apart(root: Path, module: str, mutants: Sequence[Mutant], tests: Sequence[str]) -> list[Mutant] | None:
    """The mutants that the tests do not notice, each said as it is found; None if the tests fail without any fault.

    Each module has a process of its own: its tests are loaded anew, and none meets another's.
    """
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe(duplex=False)
    work = fresh.Process(target=_work, args=(theirs, root, module, mutants, tests))
    work.start()
    theirs.close()
    try:
        left: list[Mutant] | None = ours.recv()
    except EOFError:
        left = None
    work.join()
    return left


def _work(
    pipe: multiprocessing.connection.Connection,
    root: Path,
    module: str,
    mutants: Sequence[Mutant],
    tests: Sequence[str],
) -> None:
    """In the process of a module, which imports nothing but what lies in ``root``."""
    os.chdir(root)
    sys.path.insert(0, str(root))
    sys.dont_write_bytecode = True
    hypothesis.settings.register_profile("mutation", max_examples=25, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")
    tries = _Tries(module, mutants)
    pytest.main([*OPTIONS, *tests], plugins=[tries])
    pipe.send(tries.left if tries.sound else None)
