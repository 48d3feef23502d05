"""Trace every rule through the shipped policies and their worked examples."""

from __future__ import annotations

from collections import Counter
from typing import Any

from csctl.core.explaining.trace import Proof, Traced, read_index, rule_ids, traceability_matrix
from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.store import shipped
from csctl.workspace import policy_source

SAID = frozenset({"rules", "text", "month", "shown"})
"""What an expectation says without naming a figure, a level, a finding or anything else that comes out."""


def trace_rules(name: str | None = None) -> dict[str, Any]:
    """All rules, or those of one system or policy, or one rule alone, with status, keys, proofs; and counts."""
    policies = shipped_policies()
    traced = traceability_matrix(read_index(shipped.rule_index()), policies, proofs())
    chosen = [one for one in traced if name is None or _belongs(one, name)]
    return {
        "rules": [_as_data(one) for one in chosen],
        "counts": dict(sorted(Counter(one.status for one in chosen).items())),
    }


def shipped_policies() -> list[Policy]:
    """Every policy that comes with csctl. Raises ValueError for one that cannot be loaded (a bug, held by a test)."""
    names = shipped.policy_names()
    loaded = [(name, *load_policy(name, lambda asked: policy_source(asked, None), names)) for name in names]
    if faults := [f"{name}: {problems}" for name, found, problems in loaded if found is None]:
        raise ValueError("; ".join(faults))
    return [found.policy for _, found, _ in loaded if found is not None]


def proofs() -> list[Proof]:
    """What the worked examples prove."""
    return [
        Proof(
            document["policy"],
            frozenset(rule for text in expected["rules"] for rule in rule_ids(text)),
            where,
            expected["text"],
            bool(expected.keys() - SAID),
        )
        for where, document in shipped.examples().items()
        for expected in document.get("expect", [])
    ]


def _belongs(one: Traced, name: str) -> bool:
    asked = name.upper()
    return asked in (one.rule.system, one.rule.id.upper()) or any(key.partition(":")[0] == name for key in one.keys)


def _as_data(one: Traced) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "system": one.rule.system,
        "status": one.status,
        "ways": list(one.rule.ways),
        "touches": list(one.rule.touches),
        "keys": list(one.keys),
        "proofs": list(one.proofs),
    }
