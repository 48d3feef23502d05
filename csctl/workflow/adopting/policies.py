"""By which policy a folder is computed: one of the team's own, or a shipped one that has data for what it looks at."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, count
from pathlib import Path

from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.readers.proposing.questions import Choice, Matter, Question
from csctl.store.shipped import policy_names
from csctl.workflow.policy_files import BLANK, blank_source, book_of
from csctl.workflow.starting import tables_needed
from csctl.workspace import policy_source

_OFFERED = 4
_TEXT, _STEM, _ENDING = "policy.toml", "policy", ".xlsx"


def own_policy(folder: Path) -> str:
    """The file of the team's own policy: the one that is there, else the workbook that may be written; a file that is
    called so and says something else is left to whoever put it there.
    """
    if (folder / _TEXT).is_file():
        return _TEXT
    names = chain((f"{_STEM}{_ENDING}",), (f"{_STEM}-{number}{_ENDING}" for number in count(2)))
    return next(name for name in names if not (folder / name).exists() or _says_something(folder, name))


def _says_something(folder: Path, name: str) -> bool:
    source = policy_source(name, folder)
    return source is not None and bool(source.text.strip())


def settled_name(name: str, folder: Path) -> str:
    """What a configuration calls the policy that somebody names: the small plan to start from is a file of its own."""
    return own_policy(folder) if name == BLANK else name


def policy_faults(name: str, folder: Path) -> list[Problem]:
    """What is wrong with a policy that somebody names; the plan to start from need not be there yet."""
    if settled_name(name, folder) == own_policy(folder):
        return []
    return load_policy(name, lambda one: policy_source(one, folder), policy_names())[1]


def plan_to_start_from(name: str, folder: Path, language: str, *, pay: bool) -> dict[str, bytes]:
    """The workbook of a small whole plan, where the team's own policy is named and not there yet; ``pay``: whether
    it pays, which it can where a roster says what everybody's base pay is.
    """
    if name != own_policy(folder) or (folder / name).exists():
        return {}
    content, _ = book_of(blank_source(language, pay=pay), lambda one: policy_source(one, None))
    return {name: content}


def policy_question(found: Collection[str], own: str, language: str) -> Question:
    """Which policy is to be computed by: the team's own, or a shipped one, those in the language of the workspace first
    and among them that with data for most of what it looks at.
    """
    ranked = sorted(_scoring(), key=lambda one: (one.language != language, *_rank(one, found)))
    shipped = (Choice(one.id, says=f"shipped-{one.id}") for one in ranked[:_OFFERED])
    choices = (Choice(own, says="adopt-policy-own"), *shipped)
    return Question("", Matter.POLICY, "", {"tables": tuple(sorted(found))}, choices, own)


def _scoring() -> list[Policy]:
    loaded = [load_policy(name, lambda one: policy_source(one, None), policy_names())[0] for name in policy_names()]
    return [one.policy for one in loaded if one is not None and one.policy.dimension]


def _rank(policy: Policy, found: Collection[str]) -> tuple[float, ...]:
    needed = {table.name for table in tables_needed(policy)}
    met = len(needed & set(found))
    return -met, len(needed) - met
