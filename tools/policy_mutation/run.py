"""Make the changes of some policies, in parallel over the cores, and say of each what noticed it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from csctl.store import shipped
from csctl.store.english import ENDING, translated_names
from tests.policies.examples import SAMPLE, policy_text
from tools.policy_mutation.changes import Change, changes
from tools.policy_mutation.proofs import REFUSED, Examples, examples_of
from tools.policy_mutation.same import Same, explained

CHUNK = 12
"""Changes that lie together are tried by one process: what noticed the last often notices the next."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one change: ``by`` is who noticed it, ``reason`` why nobody need."""

    change: Change
    by: str = ""
    reason: str | None = None

    @property
    def kind(self) -> str:
        """``refused``, ``noticed``, ``same`` or ``survived``."""
        if self.by:
            return REFUSED if self.by == REFUSED else "noticed"
        return "same" if self.reason is not None else "survived"


def policies() -> list[str]:
    """Every policy there is to change: those that were written. What is made of one by a catalogue has its numbers."""
    return [*sorted(set(shipped.policy_names()) - {name + ENDING for name in translated_names()}), SAMPLE]


def all_changes(names: Iterable[str]) -> list[Change]:
    """Every change of these policies. Raises KeyError for a policy that there is not."""
    found: list[Change] = []
    for name in names:
        text = policy_text(name)
        if text is None:
            raise KeyError(name)
        found += changes(name, text)
    return found


def sampled(everything: Sequence[Change], number: int | None, seed: int) -> list[Change]:
    """So many of the changes, the same for the same seed; all of them without a number."""
    if number is None or number >= len(everything):
        return list(everything)
    chosen = sorted(random.Random(seed).sample(range(len(everything)), number))
    return [everything[place] for place in chosen]


def try_changes(wanted: Sequence[Change], listed: Sequence[Same], jobs: int | None = None) -> Iterator[Outcome]:
    """What came of each change, in their order."""
    chunks = [wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK)]
    with ProcessPoolExecutor(jobs or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for chunk, noticed in zip(chunks, pool.map(_try, chunks), strict=True):
            for change, by in zip(chunk, noticed, strict=True):
                yield Outcome(change, by, explained(change, listed))


def _try(chunk: Sequence[Change]) -> list[str]:
    return [next((by for by, _ in _examples(change.policy).notice(change)), "") for change in chunk]


@cache
def _examples(policy: str) -> Examples:
    return examples_of(policy)
