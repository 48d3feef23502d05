"""Which sheets the workbook of a policy has and which key stands in which column: read off the models, told nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from csctl.policy.keys import Names
from csctl.policy.model import Policy
from csctl.policy.schema import Spec, keys_of

Keys = tuple[str, ...]
"""Keys from the top of a policy; of a list within entries, that of the list of these entries first."""

GENERAL = "general"
"""The sheet of everything that is written once; it also takes any other key by its full name."""


@dataclass(frozen=True)
class EntrySheet:
    """The sheet of a list of entries, or of a table in which entries have names: one entry a row.

    ``keys`` is where they stand. ``within`` is the sheet of the entries that they belong to, each named in the first
    column by its ``entry`` key; ``named``: the first column is the entry's own name.
    """

    keys: Keys
    spec: Spec
    within: EntrySheet | None = None

    @property
    def named(self) -> bool:
        """Whether the entries stand in a table, under names."""
        return self.spec.keys is not None

    @property
    def entry(self) -> str:
        """The key by which an entry is called."""
        return "" if self.named or self.spec.entry is None else self.spec.entry.key

    @property
    def code(self) -> str:
        """Its name in the catalogue."""
        return "-".join(self.keys).replace("_", "-")

    @property
    def columns(self) -> tuple[Spec, ...]:
        """The keys of an entry that have a column, what it is called first: all but those with a sheet of their own."""
        below = {sheet.keys[-1] for sheet in entry_sheets() if sheet.within is self}
        model = self.spec.item.models[0] if self.spec.item else None
        own = [spec for key, spec in keys_of(model).items() if key not in below] if model else []
        return tuple(sorted(own, key=lambda spec: (spec.key not in (self.entry, "id"), spec.key != "label")))


@lru_cache(maxsize=1)
def entry_sheets() -> tuple[EntrySheet, ...]:
    """All of them, in the order of the models."""
    return tuple(_entries((), Spec(models=(Policy,))))


@lru_cache(maxsize=1)
def general_keys() -> tuple[tuple[Keys, Spec], ...]:
    """What is written once, in the order of the models: every key outside of entries that is no table of keys."""
    return tuple(_single((), Spec(models=(Policy,))))


def entry_sheet(keys: Keys) -> EntrySheet | None:
    """The sheet of the entries that stand there."""
    return next((sheet for sheet in entry_sheets() if sheet.keys == keys), None)


def _entries(keys: Keys, spec: Spec) -> Iterator[EntrySheet]:
    for model in spec.models:
        for key, inner in keys_of(model).items():
            if inner.item is not None and inner.item.models:
                sheet = EntrySheet((*keys, key), inner)
                yield sheet
                yield from _within(sheet)
            elif inner.models:
                yield from _entries((*keys, key), inner)


def _within(sheet: EntrySheet) -> Iterator[EntrySheet]:
    """The lists within entries that have names: their entries have rows of their own, beside whose they are."""
    model = sheet.spec.item.models[0] if sheet.spec.item else None
    if model is None or not sheet.entry:
        return
    for key, inner in keys_of(model).items():
        listed = inner.item is not None and inner.keys is None and inner.item.models
        if listed and inner.entry is not None and inner.entry.mark(Names) is not None:
            yield EntrySheet((*sheet.keys, key), inner, sheet)


def _single(keys: Keys, spec: Spec) -> Iterator[tuple[Keys, Spec]]:
    """The keys of a table, then those of the tables in it."""
    inside = [(key, inner) for model in spec.models for key, inner in keys_of(model).items()]
    yield from (((*keys, key), one) for key, one in inside if not one.models and not (one.item and one.item.models))
    for key, one in inside:
        if one.models and one.item is None:
            yield from _single((*keys, key), one)
