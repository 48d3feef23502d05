"""The changes that provably mean the same: a short list, each with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.policy_mutation.changes import Change

LIST = Path(__file__).resolve().parents[2] / "tests" / "policies" / "same_meaning.toml"


@dataclass(frozen=True, slots=True)
class Same:
    """Changes that mean the same: patterns over the policy's name and over ``key before → after``, and why."""

    policy: str
    change: str
    reason: str

    def covers(self, change: Change) -> bool:
        """Whether the change is one of these: both patterns match as a whole."""
        return all(map(re.fullmatch, (self.policy, self.change), change.name.split(":", 1)))


def same_meaning(path: Path = LIST) -> list[Same]:
    """The list in its order."""
    return [Same(one["policy"], one["change"], one["reason"]) for one in tomllib.loads(path.read_text("utf-8"))["same"]]


def explained(change: Change, listed: Iterable[Same]) -> str | None:
    """Why the change means the same, or None if nobody says so."""
    return next((one.reason for one in listed if one.covers(change)), None)
