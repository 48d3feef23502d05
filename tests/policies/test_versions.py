"""A shipped policy that means something else has another version: whoever closed a month by the former is told.

``shipped_versions.csv`` has one row for each version that was ever released. A row is added with a new version, and
none is changed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from csctl.policy.load import load_policy
from csctl.store.shipped import policy_names
from csctl.workspace import policy_source

RELEASED = Path(__file__).with_name("shipped_versions.csv")


def _released() -> list[dict[str, str]]:
    with RELEASED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", policy_names())
def test_a_shipped_policy_that_changed_has_a_new_version(name: str) -> None:
    """Its fingerprint, with all that it builds on, is the one noted for its version."""
    loaded, problems = load_policy(name, lambda asked: policy_source(asked, None), policy_names())
    assert loaded is not None, problems
    row = f"{name},{loaded.policy.version},{loaded.fingerprint}"
    known = {(one["id"], one["version"]): one["fingerprint"] for one in _released()}
    found = known.get((name, loaded.policy.version))
    assert found is not None, f"a new version: add this row to {RELEASED.name}: {row}"
    assert found == loaded.fingerprint, f"{name} changed: raise its version, then add a row to {RELEASED.name}: {row}"


def test_no_version_is_noted_twice() -> None:
    """Each means one thing."""
    rows = [(one["id"], one["version"]) for one in _released()]
    assert len(rows) == len(set(rows))
