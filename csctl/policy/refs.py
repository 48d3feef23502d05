"""What a policy may refer to, by kind: its own names, figures, the canonical tables. Nobody lists who refers to it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from csctl.messages import say
from csctl.policy.checks import CHECK_PREFIX, CHECK_RESULTS
from csctl.policy.keys import Names, Ref
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_DECIMALS, Part
from csctl.policy.schema import Spec, keys_of
from csctl.policy.scoring import RATERS
from csctl.policy.walk import Met, texts, walk
from csctl.policy.working_time import ATTENDANCE_MEASURES, ATTENDANCE_PREFIX
from csctl.tables import TABLES, Table

EVENT_PREFIX = "event."
"""How often an event happened is a measure of this name and the event's id."""
COMPOSITE_PREFIX = "composite."
COMPOSITE_PLACES = 2
"""Decimal places of a composite."""
MOST_SUGGESTED = 8


def nearest(name: str, known: Iterable[str]) -> str:
    """What the author may have meant: the most similar names, else the first few of all."""
    names = list(dict.fromkeys(known))
    similar = difflib.get_close_matches(name, names, n=3) or names[:MOST_SUGGESTED]
    return ", ".join(similar) or "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be named as a measure: what people call it, its unit and decimal places, the rule it serves."""

    label: str
    unit: str
    places: int
    rule: str = ""

    @property
    def whole(self) -> bool:
        """Whether its values are counts."""
        return self.unit == "count" and self.places == 0


def figures(policy: Policy) -> dict[str, Figure]:
    """Everything that may be named as a measure, by name."""
    found = {name: Figure(one.label, one.unit, one.places, one.rule) for name, one in policy.measure.items()}
    found |= {EVENT_PREFIX + name: Figure(one.label, "count", 0, one.rule) for name, one in policy.event.items()}
    found |= {
        COMPOSITE_PREFIX + name: Figure(one.label, "points", COMPOSITE_PLACES, one.rule)
        for name, one in policy.composite.items()
    }
    return found | dict(_check_figures(policy)) | _attendance_figures(policy)


def _attendance_figures(policy: Policy) -> dict[str, Figure]:
    """What rules on working time measure; nothing without such rules."""
    rules = policy.working_time
    if rules is None:
        return {}
    labels = {name: say(f"attendance-{name.replace('_', '-')}", policy.language) for name in ATTENDANCE_MEASURES}
    return {
        ATTENDANCE_PREFIX + name: Figure(labels[name], unit, UNIT_DECIMALS[unit], rules.rule)
        for name, unit in ATTENDANCE_MEASURES.items()
    }


def _check_figures(policy: Policy) -> Iterator[tuple[str, Figure]]:
    """What each check on a table about agents measures."""
    for check in policy.check:
        table = TABLES.get(check.table)
        for result, unit in CHECK_RESULTS.items() if table and table.has_agents else ():
            label = say(f"check-{result}-label", policy.language, label=check.label)
            yield f"{CHECK_PREFIX}{check.id}.{result}", Figure(label, unit, UNIT_DECIMALS[unit], check.rule)


def measure_names(policy: Policy) -> list[str]:
    """Everything that may be named as a measure."""
    return list(figures(policy))


def references(root: Part) -> Iterator[tuple[Met, Ref]]:
    """Every text that refers to something."""
    for met in texts(root):
        if isinstance(met.mark, Ref) and not (met.mark.unless and _given(met.owners[-1], met.mark.unless)):
            yield met, met.mark


def _given(part: Part, key: str) -> bool:
    return getattr(part, key) is not None


def measures_named(root: Part) -> Iterator[Met]:
    """Every text that names a measure."""
    return (met for met, ref in references(root) if ref.to == "measure" and met.text not in ref.also)


def figures_named(root: Part) -> list[str]:
    """The figures that a part looks at, each once: measures it names, and events as the measures that count them."""
    names = (
        EVENT_PREFIX + met.text if ref.to == "event" else met.text
        for met, ref in references(root)
        if ref.to in ("event", "measure") and met.text not in ref.also
    )
    return list(dict.fromkeys(names))


def tables_named(root: Part) -> Iterator[Table]:
    """Every canonical table that something looks at."""
    return (TABLES[met.text] for met, ref in references(root) if ref.to == "table" and met.text in TABLES)


def columns_named(root: Part) -> Iterator[tuple[Table, str]]:
    """Every column that something looks at, with its table; those of unknown tables are left out."""
    for met, ref in references(root):
        table = table_of(met) if ref.to in COLUMNS else None
        if table is not None:
            yield table, met.text


def table_of(met: Met) -> Table | None:
    """The canonical table that the nearest part around a text names."""
    named = (getattr(owner, key) for owner in reversed(met.owners) if (key := _table_key(type(owner))))
    return next((TABLES.get(name) for name in named), None)


@lru_cache(maxsize=512)
def _table_key(model: type[Part]) -> str:
    return next((spec.name for spec in keys_of(model).values() if _refers(spec, "table")), "")


def _refers(spec: Spec, to: str) -> bool:
    ref = spec.mark(Ref)
    return ref is not None and ref.to == to


COLUMNS = ("column", "stored column")
COLUMNS_OF_NAMES = {("events", "event"): "event"}
"""Columns that hold names of the policy, and the space of these names."""
CODES = {
    "measure": "policy-unknown-measure",
    "event": "policy-unknown-event",
    "job level": "policy-unknown-level",
    "scale level": "policy-level-without-points",
    "quarter grade": "career-unknown-grade",
    "leave kind": "leave-statutory-not-a-kind",
    "rater": "policy-unknown-rater",
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
    def figures(self) -> Mapping[str, Figure]:
        """What may be named as a measure."""
        return figures(self.policy)

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
        table = table_of(met)
        return COLUMNS_OF_NAMES.get((table.name if table else "", met.column), "")

    def names(self, met: Met, ref: Ref) -> Collection[str] | None:
        """What the text may be; None if it may be anything, or is told wrong elsewhere."""
        kind = self.kind_of(met, ref)
        names = KNOWN[kind](self, met) if kind in KNOWN else self.spaces.get(kind, ())
        return None if names is None else [*ref.also, *names]


def _columns(_: Known, met: Met) -> list[str] | None:
    table = table_of(met)
    return [column.name for column in (*table.columns, *table.derived)] if table else None


def _stored_columns(_: Known, met: Met) -> list[str] | None:
    table = table_of(met)
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
    "table": lambda *_: TABLES,
    "column": _columns,
    "stored column": _stored_columns,
    "policy key": _policy_keys,
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
