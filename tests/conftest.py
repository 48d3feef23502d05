"""What holds for every test."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import settings

from tests.drawn import ORDINARY, SEARCHES

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


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, among what the tests make."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is proved on examples that are drawn: ``-m law`` runs these alone. And tests that share something
    made once for their module run in one process, so that it is made once.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.law)
        if isinstance(item, pytest.Function) and _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def _shares(item: pytest.Function) -> bool:
    made = item._fixtureinfo.name2fixturedefs
    return any(made[name][-1].scope == "module" for name in item.fixturenames if name in made)
