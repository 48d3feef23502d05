"""What holds for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Words are compared in the language each test asks for, whoever's machine it is.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("CSCTL_LANGUAGE", None)

# How long an example takes depends on what else the machine does; a test must not. Laws are tried on more examples
# where CSCTL_EXAMPLES says so, as the gates do.
settings.register_profile("csctl", deadline=None, max_examples=int(os.environ.get("CSCTL_EXAMPLES", "40")))
settings.load_profile("csctl")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is proved on examples that are drawn: ``-m law`` runs these alone."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.law)
