"""The policy as a text: its state, its months, its assumptions."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.schema import keys_of
from csctl.policy.tree import Locate
from csctl.problems import Problem


def lint_text(policy: Policy, where: Locate) -> Iterator[Problem]:
    """A draft is said to be one; months run forward; assumptions concern keys that exist."""
    if policy.state == "draft":
        yield problem("policy-is-a-draft", where(("state",)), policy.id)
    first, last = policy.effective.from_, policy.effective.to
    if first and last and first > last:
        yield problem("policy-months-backwards", where(("effective",)), first, last=last)
    for index, assumption in enumerate(policy.assumption):
        for number, key in enumerate(assumption.keys):
            if not key_exists(policy, key):
                yield problem("policy-assumption-key-unknown", where(("assumption", index, "keys", number)), key)


def key_exists(policy: Policy, key: str) -> bool:
    """Whether a dotted key such as ``pay.fine.lateness.amount`` names something the policy holds.

    Entries go by id or label; a list whose entries have no id is looked through; keys left at their default count.
    """
    return bool(key) and _holds(policy, key.split("."))


def _holds(value: object, parts: list[str]) -> bool:
    if not parts:
        return True
    if isinstance(value, Part):
        fields = {info.alias or name: name for name, info in type(value).model_fields.items()}
        return parts[0] in fields and _holds(getattr(value, fields[parts[0]]), parts[1:])
    if isinstance(value, dict):
        return parts[0] in value and _holds(value[parts[0]], parts[1:])
    if isinstance(value, list):
        named = [entry for entry in value if parts[0] in (getattr(entry, "id", None), getattr(entry, "label", None))]
        if named:
            return any(_holds(entry, parts[1:]) for entry in named)
        nameless = [entry for entry in value if isinstance(entry, Part) and "id" not in keys_of(type(entry))]
        return any(_holds(entry, parts) for entry in nameless)
    return False
