"""Every rule of the nine systems: how it is followed, which policy key carries it, which worked example proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.walk import path_steps, uses

RULE_ID = re.compile(r"\b(?:TM|PR|T1|T2|AT|SA|HO|EX|IN)-(?:Q-)?[A-Z]*\d+[a-z]?\b")
"""A rule's id: TM-001, AT-Q-O1, AT-O1, HO-A6, IN-D1, EX-000a."""

PROVED = ("computed", "event", "rating", "form", "process")
"""Ways of following a rule that need a worked example of their own."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the index: the ways in which the rule can be followed, the main one first, and what it touches."""

    id: str
    system: str
    ways: tuple[str, ...]
    touches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A worked example: the policy it runs, the rules it shows, where it stands and what it says.

    ``figures``: it expects something that comes out, not only that the policy has a key.
    """

    policy: str
    rules: frozenset[str]
    where: str
    text: str
    figures: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A rule with the policy keys that carry it and the examples that prove it.

    ``status`` is the rule's main way; ``todo`` if no key carries it, or if it needs an example and has none. Text that
    is only shown, and an example that expects no more than that, prove nothing.
    """

    rule: Rule
    status: str
    keys: tuple[str, ...]
    proofs: tuple[str, ...]


def read_index(document: Mapping[str, Mapping[str, str]]) -> list[Rule]:
    """The rules of the shipped index, in its order."""
    rules = []
    for system, entries in document.items():
        for rule_id, text in entries.items():
            ways, _, touches = text.partition(":")
            rules.append(Rule(rule_id, system, tuple(ways.split()), tuple(touches.split())))
    return rules


def traceability_matrix(rules: Sequence[Rule], policies: Sequence[Policy], proofs: Sequence[Proof]) -> list[Traced]:
    """Every rule of the index with what carries and what proves it."""
    carried: dict[str, list[str]] = {}
    for policy in policies:
        for rule_id, key in rule_keys(policy):
            carried.setdefault(rule_id, []).append(f"{policy.id}:{key}")
    proved: dict[str, list[Proof]] = {}
    for proof in proofs:
        for rule_id in sorted(proof.rules):
            proved.setdefault(rule_id, []).append(proof)
    return [_traced(rule, carried.get(rule.id, []), proved.get(rule.id, [])) for rule in rules]


def _traced(rule: Rule, keys: list[str], proofs: list[Proof]) -> Traced:
    status = rule.ways[0]
    acts = not all(is_text(key) for key in keys) and any(proof.figures for proof in proofs)
    done = acts if status in PROVED else bool(keys)
    ordered = sorted(dict.fromkeys(keys), key=lambda key: ":assumption[" in key)
    named = tuple(f"{proof.where}: {proof.text}" for proof in proofs)
    return Traced(rule, status if done else "todo", tuple(ordered), named)


def is_text(key: str) -> bool:
    """Whether a key with its policy (``insurance:reference[1]``) is only shown: a text of the source, an assumption."""
    return key.partition(":")[2].startswith(("reference[", "assumption["))


def rule_ids(text: str) -> list[str]:
    """The rule ids that a text names, such as ``SA-081、SA-082``."""
    return RULE_ID.findall(text)


def rule_keys(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every rule id that a key of the policy names in its ``rule`` (``publication_rule`` …), with that key's path."""
    for path, part in uses(policy, Part):
        key = "".join(step if step.startswith("[") else f".{step}" for step in path_steps(policy, path))
        for rule_id in rules_of(part):
            yield rule_id, key.removeprefix(".")


def rules_of(part: Part) -> list[str]:
    """The rule ids that a part names for itself."""
    names = [name for name in type(part).model_fields if name == "rule" or name.endswith("_rule")]
    return [rule_id for name in names for rule_id in rule_ids(str(getattr(part, name) or ""))]
