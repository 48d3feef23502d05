"""The worked examples there are: beside the shipped policies, and for the sample's own policy beside the tests.

An example is a TOML file in a folder that is named for a policy:

- ``policy``, the one it runs; ``policy_changes``, TOML that is laid over it;
- ``months``, computed in order, each with those before it as its history;
- ``coverage = true``: the rows are all that a department had. The policy's rules on gaps hold as in a real month: who
  has data for less than ``score.min_coverage`` of the weight gets no score. Without it an example brings the rows of
  its rule alone, and what it does not bring is no gap;
- ``agent``, ``rows``, ``monthly``, ``otherwise``: the people and what is known of them (tests/policies/rows.py);
  ``tables.empty`` are tables that were read and held nothing, any other table without rows was not there at all;
- ``expect``: of one month (the last, or ``month``) what came out, with the ``rules`` it proves and a ``text`` that
  works it out (tests/policies/expectations.py).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import csctl
from csctl.store import shipped

EXAMPLES = Path(csctl.__file__).parent / "policies" / "examples"
OF_THE_SAMPLE = Path(__file__).with_name("sample")
SAMPLE = "sample"
"""What examples call the policy of the sample workspace."""


@cache
def example_files() -> tuple[Path, ...]:
    """Every example file, in order; its folder is named for a policy."""
    return tuple(sorted([*EXAMPLES.rglob("*.toml"), *OF_THE_SAMPLE.rglob("*.toml")]))


@cache
def policy_text(name: str) -> str | None:
    """The text of a shipped policy or of the sample's."""
    if name == SAMPLE:
        return shipped.sample_workspace().joinpath("policy.toml").read_text("utf-8")
    return shipped.policy_text(name)


@cache
def lineage(name: str) -> frozenset[str]:
    """A policy's name and those of all that it builds on."""
    text = policy_text(name)
    parents = tomllib.loads(text).get("extends", []) if text else []
    return frozenset([name, *(older for parent in parents for older in lineage(parent))])
