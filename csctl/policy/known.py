"""All that may be named in a policy, by kind: names that it declares, figures, canonical tables, csctl's own words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from csctl.policy.keys import Names, Ref
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.refs import NamedFigure, named_figures, table_around
from csctl.policy.schema import keys_of
from csctl.policy.walk import Met, texts, walk
from csctl.tables import TABLES, Kind
from csctl.words import RATERS

COLUMNS_OF_NAMES = {("events", "event"): "event"}
"""Columns that hold names of the policy, and the space of these names."""
CALENDARS = ("cn",)
"""The working-day calendars that come with csctl."""
WORD_COLUMNS = [
    f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns if column.kind is Kind.TEXT
]
"""Columns of words, with their tables."""
CODES = {
    "measure": "policy-unknown-measure",
    "event": "policy-unknown-event",
    "job level": "policy-unknown-level",
    "scale level": "policy-level-without-points",
    "quarter grade": "career-unknown-grade",
    "leave kind": "leave-statutory-not-a-kind",
    "rater": "policy-unknown-rater",
    "calendar": "policy-unknown-calendar",
    "policy key": "policy-assumption-key-unknown",
    "table": "policy-unknown-table",
    "column": "policy-unknown-column",
    "stored column": "policy-unknown-column",
}
"""Problem codes of names that nothing bears; of any other kind ``policy-unknown-name``."""


@dataclass(frozen=True)
class Known:
    """All that may be named in a policy."""

    policy: Policy

    @cached_property
    def figures(self) -> Mapping[str, NamedFigure]:
        """What may be named as a measure."""
        return named_figures(self.policy)

    @cached_property
    def spaces(self) -> Mapping[str, Collection[str]]:
        """The names that the policy declares, by their space."""
        found: dict[str, list[str]] = {}
        for met in texts(self.policy):
            if isinstance(met.mark, Names) and met.text:
                found.setdefault(met.mark.space, []).append(met.text)
        return found

    def kind_of(self, met: Met, ref: Ref) -> str:
        """What a text names; "" if it is a value that names nothing."""
        if ref.to != "value":
            return ref.to
        table = table_around(met)
        return COLUMNS_OF_NAMES.get((table.name if table else "", met.under), "")

    def names(self, met: Met, ref: Ref) -> Collection[str] | None:
        """What the text may be; None if it may be anything, or is told wrong elsewhere."""
        kind = self.kind_of(met, ref)
        names = KNOWN[kind](self, met) if kind in KNOWN else self.spaces.get(kind, ())
        return None if names is None else [*ref.also, *names]


def _columns(_: Known, met: Met) -> list[str] | None:
    table = table_around(met)
    return [column.name for column in (*table.columns, *table.derived)] if table else None


def _stored_columns(_: Known, met: Met) -> list[str] | None:
    table = table_around(met)
    return [column.name for column in table.columns] if table else None


def _policy_keys(known: Known, met: Met) -> list[str] | None:
    return None if key_exists(known.policy, met.text) else dotted_keys(known.policy)


def _anything(*_: object) -> None:
    """What is found wrong elsewhere: policies and inherited keys while a policy is made of its parents."""


KNOWN: dict[str, Callable[[Known, Met], Iterable[str] | None]] = {
    "": _anything,
    "policy": _anything,
    "inherited key": _anything,
    "measure": lambda known, _: known.figures,
    "rater": lambda *_: RATERS,
    "calendar": lambda *_: CALENDARS,
    "table": lambda *_: TABLES,
    "column": _columns,
    "stored column": _stored_columns,
    "policy key": _policy_keys,
    "word column": lambda *_: WORD_COLUMNS,
    "leave kind": lambda known, _: known.spaces.get("leave kind"),
}
"""What may be named beside the names that a policy declares, by kind. Where no kinds of leave are listed, all are."""


def key_exists(policy: Policy, key: str) -> bool:
    """Whether a dotted key such as ``pay.fine.lateness.amount`` names something the policy holds.

    Entries go by id or label; a list whose entries have no id is looked through; keys left at their default count.
    """
    return bool(key) and _holds(policy, key.split("."))


def _holds(value: object, parts: list[str]) -> bool:
    if not parts:
        return True
    if isinstance(value, Part):
        spec = keys_of(type(value)).get(parts[0])
        return spec is not None and _holds(getattr(value, spec.name), parts[1:])
    if isinstance(value, dict):
        return parts[0] in value and _holds(value[parts[0]], parts[1:])
    if isinstance(value, list):
        named = [entry for entry in value if parts[0] in (getattr(entry, "id", None), getattr(entry, "label", None))]
        if named:
            return any(_holds(entry, parts[1:]) for entry in named)
        nameless = [entry for entry in value if isinstance(entry, Part) and "id" not in keys_of(type(entry))]
        return any(_holds(entry, parts) for entry in nameless)
    return False


def dotted_keys(policy: Policy) -> list[str]:
    """The keys of a policy as an assumption may name them; entries without an id are looked through."""
    parts = dict(walk(policy).parts)
    found = []
    for path, part in parts.items():
        steps = [_step_name(step, parts.get(path[: at + 1])) for at, step in enumerate(path)]
        found += [".".join((*filter(None, steps), key)) for key in keys_of(type(part))]
    return found


def _step_name(step: str | int, entry: Part | None) -> str:
    return step if isinstance(step, str) else str(getattr(entry, "id", ""))
