"""Which rules are proved: an example that cites the rule fails when what carries the rule is taken away or changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from csctl.core.explaining.trace import is_text, read_index, rule_ids, rule_keys, rules_of
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.walk import path_steps, walk
from csctl.store import shipped
from tests.policies.runner import Stored, example_policy
from tools.policy_mutation.changes import changes
from tools.policy_mutation.proofs import examples_of, failing

T = TypeVar("T")


def unproved(name: str) -> list[str]:
    """The rules that a shipped policy carries and the index calls computed, without such a proof.

    What is logged, rated or filled in is proved by an example that cites it; whether it counts is another rule's.
    """
    examples = examples_of(name, own=True)
    left = _to_prove(examples.stored.values())
    for where, stored in examples.stored.items():
        left -= _proved_by_removal(where, stored, left & examples.cites(where))
    for change in changes(name, shipped.policy_text(name) or "") if left else ():
        about = left.intersection(rule for text in change.rules for rule in rule_ids(text))
        if about:
            left -= {rule for _, rules in examples.notice(change, about) for rule in rules}
    return sorted(left)


def _to_prove(examples: Iterable[Stored]) -> set[str]:
    """The rules carried by the policies of some examples that the index calls computed."""
    wanted = {rule.id for rule in read_index(shipped.rule_index()) if rule.ways[0] == "computed"}
    return {
        rule for one in examples for rule, key in rule_keys(_policy(one)) if rule in wanted and not is_text(f":{key}")
    }


def _policy(stored: Stored) -> Policy:
    policy = example_policy(stored.document)
    assert isinstance(policy, Policy), policy
    return policy


def _proved_by_removal(where: str, stored: Stored, rules: set[str]) -> set[str]:
    """Of the rules an example cites those of which it misses a part that carries them."""
    policy = _policy(stored)
    found: set[str] = set()
    for path, part in walk(policy).parts:
        about = rules.intersection(rules_of(part)) - found
        if about and path and not is_text(":" + "".join(path_steps(policy, path))):
            failed = failing(where, stored, without(policy, path), every=True)
            found |= about.intersection(rule for _, cited in failed for rule in cited)
    return found


def without(value: T, path: Path) -> T:
    """A policy, or a piece of it, less what stands at a path; a key that has a default falls back to it."""
    step, rest = path[0], path[1:]
    if isinstance(value, Part):
        fields = type(value).model_fields
        name = next(name for name, info in fields.items() if step in (name, info.alias))
        below = without(getattr(value, name), rest) if rest else fields[name].get_default(call_default_factory=True)
        return value.model_copy(update={name: below})
    if isinstance(value, dict):
        kept = {key: without(item, rest) if rest and key == step else item for key, item in value.items()}
        return kept if rest else {key: item for key, item in value.items() if key != step}  # type: ignore[return-value]
    assert isinstance(value, list)
    assert isinstance(step, int)
    changed = [without(value[step], rest)] if rest else []
    return [*value[:step], *changed, *value[step + 1 :]]  # type: ignore[return-value]
