"""Whether a shipped policy has become another one since the last month was closed with it."""

from __future__ import annotations

from csctl.messages import problem
from csctl.month import Month
from csctl.policy.load import Loaded, SourceText, fingerprint
from csctl.policy.parse import parse
from csctl.problems import Problem
from csctl.store.shipped import policy_names
from csctl.workflow.ledger.closed import Books

_DIGITS = 8


def shipped_since(books: Books, loaded: Loaded, month: Month) -> list[Problem]:
    """One warning if a month after the last closed one would follow from another version of a shipped policy.

    Also where the workspace's own policy builds on one; both versions are named. Texts that mean the same are the
    same, however they are laid out. The workspace's own texts are its own affair.
    """
    if not books.months or month <= books.months[-1]:
        return []
    last = books.months[-1]
    before, shipped = books.policy_texts(last), set(policy_names())
    changes = [
        words
        for name, source in zip(loaded.names, loaded.sources, strict=True)
        if name in shipped and name in before and (words := _change(name, before[name], source))
    ]
    return [problem("shipped-policy-changed", found=month, last=last, changes="; ".join(changes))] if changes else []


def _change(name: str, then: SourceText, now: SourceText) -> str:
    """Both versions, with the beginning of their fingerprints where they have the same number; "" if they are equal."""
    if then.text == now.text:
        return ""
    (old, old_print), (new, new_print) = _version(then), _version(now)
    if old_print == new_print:
        return ""
    return f"{name} {old} → {new}" if old != new else f"{name} {old} ({old_print}) → {new} ({new_print})"


def _version(source: SourceText) -> tuple[str, str]:
    document, _ = parse(source)
    found = document or {}
    return str(found.get("version", "–")), fingerprint(found)[:_DIGITS]
