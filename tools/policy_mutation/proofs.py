"""Which of a policy's worked examples notice that it was changed."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from csctl.core.explaining.trace import rule_ids
from csctl.policy.load import SourceText, load_policy
from csctl.policy.model import Policy
from tests.policies.examples import example_files, lineage, policy_text
from tests.policies.expectations import check, wanted_of
from tests.policies.runner import Stored, example_policy, read_example, store_example
from tools.policy_mutation.changes import Change

REFUSED = "refused"
"""What notices a change that the loader refuses."""


@dataclass
class Examples:
    """The examples of some policies, each stored once. ``recent``: those that noticed the last changes, latest last."""

    stored: dict[str, Stored]
    recent: list[str] = field(default_factory=list)

    def notice(self, change: Change, about: Collection[str] = ()) -> list[tuple[str, tuple[str, ...]]]:
        """Who notices a change: ``refused``, or an expectation (``policy/name#3``) with the rules that it cites.

        The first that notices is enough; with rules to ask about, all expectations of the examples that cite one.
        """
        if _refused(change):
            return [(REFUSED, ())]
        found: list[tuple[str, tuple[str, ...]]] = []
        for name in self._ordered(change):
            if about and not self.cites(name).intersection(about):
                continue
            stored = self.stored[name]
            policy = example_policy(stored.document, lambda asked: _text(asked, change))
            noticed = failing(name, stored, policy, bool(about)) if isinstance(policy, Policy) else []
            if noticed:
                self.recent = [*(one for one in self.recent if one != name), name]
                found += noticed
                if not about:
                    break
        return found

    def cites(self, name: str) -> frozenset[str]:
        """The rules that an example cites."""
        return frozenset(rule for one in self.stored[name].document.get("expect", []) for rule in one["rules"])

    def _ordered(self, change: Change) -> list[str]:
        """Examples that cite the rule of the key first, the innermost rule foremost; then those that noticed lately."""
        rules = [set(rule_ids(text)) for text in reversed(change.rules)]

        def rank(name: str) -> tuple[int, int]:
            cited = self.cites(name)
            near = next((place for place, wanted in enumerate(rules) if wanted & cited), len(rules))
            late = self.recent.index(name) if name in self.recent else -1
            return near, -late

        return sorted(self.stored, key=rank)


def _text(asked: str, change: Change) -> str | None:
    return change.text if asked == change.policy else policy_text(asked)


def _refused(change: Change) -> bool:
    def fetch(name: str) -> SourceText | None:
        text = _text(name, change)
        return None if text is None else SourceText(f"{name}.toml", text)

    return load_policy(change.policy, fetch)[0] is None


def failing(name: str, stored: Stored, policy: Policy, every: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """The expectations that no longer hold, each named with the rules it cites."""
    expectations: Sequence[Mapping[str, Any]] = stored.document.get("expect", [])
    try:
        ran = stored.compute(policy)
    except Exception as fault:  # noqa: BLE001  any way of stopping is noticed
        return [(f"{name} stops: {type(fault).__name__}", ())]
    found = []
    for number, expected in enumerate(expectations, 1):
        if not all(_holds(ran, expected, kind, wanted) for kind, wanted in wanted_of(expected) if kind != "shown"):
            found.append((f"{name}#{number}", tuple(expected["rules"])))
            if not every:
                break
    return found


def _holds(ran: Any, expected: Mapping[str, Any], kind: str, wanted: Any) -> bool:
    try:
        check(ran, expected, kind, wanted)
    except (AssertionError, KeyError, IndexError, ValueError, StopIteration, AttributeError):
        return False
    return True


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where this process keeps the tables of examples; gone with it, as a pool ends it too."""
    made = tempfile.TemporaryDirectory(prefix="csctl-examples-")
    Finalize(None, made.cleanup, exitpriority=0)
    return made


def examples_of(policy: str, own: bool = False) -> Examples:
    """The examples that run the policy or one that builds on it; with ``own`` only its own."""
    stored = {}
    for path in example_files():
        document = read_example(path)
        if document["policy"] == policy or (not own and policy in lineage(document["policy"])):
            name = f"{path.parent.name}/{path.stem}"
            stored[name] = store_example(document, Path(_folder().name) / name)
    return Examples(stored)
