"""What holds for every test."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import settings

from tests.drawn import ORDINARY, SEARCHES
from tests.lasting import end_all, lasting_workers

TESTS = Path(__file__).parent
LONG_ROOMS = ("policies", "end_to_end", "cli", "months", "adopting", "docs")

# Words are compared in the language each test asks for, whoever's machine it is.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("CSCTL_LANGUAGE", None)

# Hundreds of processes start csctl, and every run rewrites the same asserts: compiled once, whatever the machine says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What is imported and collected stays to the end: nothing of it is garbage to look for.
gc.disable()

# How long an example takes depends on what else the machine does; a test must not.
settings.register_profile("csctl", deadline=None, max_examples=ORDINARY, derandomize=not SEARCHES)
settings.load_profile("csctl")


@pytest.fixture(scope="session", autouse=True)
def _nobody_pulls_the_plug() -> Iterator[None]:
    """Waiting for the disk proves nothing in this process; tests/crashes prove the order in processes of their own."""
    with mock.patch.object(os, "fsync"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _reading_processes_last() -> Iterator[None]:
    """Starting one takes longer than reading a small workbook; tests/readers/test_books.py proves how they end."""
    with lasting_workers():
        yield
    end_all()


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program writes among the system's temporary files, as its log of a bug, goes with the run's own; that of
    processes which tests start too.
    """
    folder = str(tmp_path_factory.mktemp("system"))
    with mock.patch.object(tempfile, "tempdir", folder), mock.patch.dict(os.environ, {"TMPDIR": folder}):
        yield


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, among what the tests make."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is proved on examples that are drawn: ``-m law`` runs these alone. And puts the rooms first that start
    whole commands: their files are the longest, and short ones at the end keep both processes busy.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.law)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    room = item.path.relative_to(TESTS).parts[0]
    return LONG_ROOMS.index(room) if room in LONG_ROOMS else len(LONG_ROOMS)
