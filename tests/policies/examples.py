"""The worked examples there are: beside the shipped policies, and for the sample's own policy beside the tests."""

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
