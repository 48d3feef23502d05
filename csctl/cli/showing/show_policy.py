"""What changes from one policy to another, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from csctl.messages import say
from csctl.messages.grammar import listed
from csctl.policy.diff import Change, one_line_value, plain_value

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.policy.model import Policy
    from csctl.problems import Problem

HEAD = {"id", "label", "version", "language", "state", "effective"}
"""Keys that say which policy it is: shown as one part."""


def show_diff(screen: Screen, old: Policy, new: Policy, changes: Sequence[Change]) -> None:
    """The changes, part by part, with the old value, the new one and the rule."""
    words = screen.language
    about = {"old": f"{old.id} {old.version}", "new": f"{new.id} {new.version}"}
    if not changes:
        screen.line(say("policy-diff-same", words, **about))
        return
    screen.line(say("policy-diff-title", words, count=len(changes), **about), "bold")
    heads = [say(f"policy-diff-{name}", words) for name in ("key", "old", "new", "rule")]
    for group, members in groupby(changes, key=lambda one: "head" if one.group in HEAD else one.group):
        screen.line("")
        screen.line(say(f"policy-diff-{group}", words), "bold")
        screen.table(heads, [_row(one, words) for one in members])


def _row(change: Change, words: str) -> tuple[str, str, str, str]:
    """Key, old, new, rule. The label goes with the key unless it is the value that came or went."""
    path = change.path[1:] or change.path
    key = ".".join(path)
    if change.kind == "order":
        key = say("policy-diff-order", words, key=key)
    values = [one_line_value(value) or say("policy-diff-nothing", words) for value in (change.old, change.new)]
    label = "" if change.label in (*path, *values) else f" {change.label}"
    return key + label, values[0], values[1], listed(change.rules, words)


def policy_diff_object(
    old: Policy | None, new: Policy | None, changes: Sequence[Change], problems: Sequence[Problem], language: str
) -> dict[str, Any]:
    """The changes as data: numbers are texts, so that nothing of them is lost."""
    from csctl.reports.run_json import SCHEMA, problems_object

    head = {"schema": SCHEMA, "problems": problems_object(problems, language)}
    if old is None or new is None:
        return head
    listed = [change_object(one) for one in changes]
    ends = {name: {"id": one.id, "version": one.version} for name, one in (("old", old), ("new", new))}
    return head | ends | {"same": not changes, "changes": listed}


def change_object(one: Change) -> dict[str, Any]:
    """One change as data."""
    return {
        "key": list(one.path),
        "change": one.kind,
        "old": _data(plain_value(one.old)),
        "new": _data(plain_value(one.new)),
        "label": one.label,
        "rules": list(one.rules),
    }


def _data(value: object) -> object:
    if isinstance(value, dict):
        return {key: _data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_data(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
