"""What a policy may refer to, by kind: its own names, figures, the canonical tables. Nobody lists who refers to it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from csctl.messages import say
from csctl.policy.checks import CHECK_PREFIX, CHECK_RESULTS
from csctl.policy.keeping import kept
from csctl.policy.keys import Ref
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_DECIMALS, Part
from csctl.policy.schema import Spec, keys_of
from csctl.policy.walk import Met, texts
from csctl.policy.working_time import ATTENDANCE_MEASURES, ATTENDANCE_PREFIX
from csctl.tables import TABLES, Table

SCORE = "score"
"""What the score is called where a figure may be named and the score too."""
EVENT_PREFIX = "event."
"""How often an event happened is a measure of this name and the event's id."""
COMPOSITE_PREFIX = "composite."
COMPOSITE_PLACES = 2
"""Decimal places of a composite."""
MOST_SUGGESTED = 8
COLUMNS = ("column", "stored column")
"""What a key refers to that names a column."""


def similar_names(name: str, known: Iterable[str]) -> str:
    """What the author may have meant: the most similar names, else the first few of all."""
    names = list(dict.fromkeys(known))
    similar = difflib.get_close_matches(name, names, n=3) or names[:MOST_SUGGESTED]
    return ", ".join(similar) or "-"


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """What may be named as a measure: what people call it, its unit and decimal places, the rule it serves."""

    label: str
    unit: str
    places: int
    rule: str = ""

    @property
    def whole(self) -> bool:
        """Whether its values are counts."""
        return self.unit == "count" and self.places == 0


@kept()
def named_figures(policy: Policy) -> Mapping[str, NamedFigure]:
    """Everything that may be named as a measure, by name."""
    found = {name: NamedFigure(one.label, one.unit, one.places, one.rule) for name, one in policy.measure.items()}
    found |= {EVENT_PREFIX + name: NamedFigure(one.label, "count", 0, one.rule) for name, one in policy.event.items()}
    found |= {
        COMPOSITE_PREFIX + name: NamedFigure(one.label, "points", COMPOSITE_PLACES, one.rule)
        for name, one in policy.composite.items()
    }
    return MappingProxyType(found | dict(_check_figures(policy)) | _attendance_figures(policy))


def figure_label(policy: Policy, name: str) -> str:
    """What people call a figure, the score among them; a name that nothing bears is itself."""
    figure = named_figures(policy).get(name)
    if figure is not None:
        return figure.label
    return say("screen-score", policy.language) if name == SCORE else name


def _attendance_figures(policy: Policy) -> dict[str, NamedFigure]:
    """What rules on working time measure; nothing without such rules."""
    rules = policy.working_time
    if rules is None:
        return {}
    labels = {name: say(f"attendance-{name.replace('_', '-')}", policy.language) for name in ATTENDANCE_MEASURES}
    return {
        ATTENDANCE_PREFIX + name: NamedFigure(labels[name], unit, UNIT_DECIMALS[unit], rules.rule)
        for name, unit in ATTENDANCE_MEASURES.items()
    }


def _check_figures(policy: Policy) -> Iterator[tuple[str, NamedFigure]]:
    """What each check on a table about agents measures."""
    for check in policy.check:
        table = TABLES.get(check.table)
        for result, unit in CHECK_RESULTS.items() if table and table.has_agents else ():
            label = say(f"check-{result}-label", policy.language, label=check.label)
            yield f"{CHECK_PREFIX}{check.id}.{result}", NamedFigure(label, unit, UNIT_DECIMALS[unit], check.rule)


def measure_names(policy: Policy) -> list[str]:
    """Everything that may be named as a measure."""
    return list(named_figures(policy))


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
        table = table_around(met) if ref.to in COLUMNS else None
        if table is not None:
            yield table, met.text


def texts_compared(root: Part) -> Iterator[tuple[Table, str, Met]]:
    """Every text that something compares a column with, with the table and the column."""
    for met, ref in references(root):
        table = table_around(met) if ref.to == "value" else None
        if table is not None:
            yield table, met.under, met


def columns_compared(root: Part) -> dict[str, set[str]]:
    """The columns that something compares with texts, by table."""
    found: dict[str, set[str]] = {}
    for table, column, _ in texts_compared(root):
        found.setdefault(table.name, set()).add(column)
    return found


def table_around(met: Met) -> Table | None:
    """The canonical table that the nearest part around a text names."""
    named = (getattr(owner, key) for owner in reversed(met.owners) if (key := _table_key(type(owner))))
    return next((TABLES.get(name) for name in named), None)


@lru_cache(maxsize=512)
def _table_key(model: type[Part]) -> str:
    return next((spec.name for spec in keys_of(model).values() if _refers(spec, "table")), "")


def _refers(spec: Spec, to: str) -> bool:
    ref = spec.mark(Ref)
    return ref is not None and ref.to == to
