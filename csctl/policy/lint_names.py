"""Names: each thing has one of its own; whatever is named exists, is of the right kind, and is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from csctl.messages import problem
from csctl.policy.keys import Names, Ref
from csctl.policy.known import CODES, Known
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.refs import COLUMNS, EVENT_PREFIX, measures_named, references, similar_names, table_around
from csctl.policy.tree import Locate
from csctl.policy.walk import Met, texts, uses
from csctl.problems import Problem
from csctl.words import fold


def lint_names(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Doubles, references into nothing or to the wrong kind, and what nobody refers to."""
    known = Known(policy)
    yield from _doubles(policy, where)
    for met, ref in references(policy):
        names = known.names(met, ref)
        if names is not None and met.text not in names:
            yield _unknown(known.kind_of(met, ref), names, met, where)
        elif ref.units:
            yield from _unit(known, met, ref, where)
        elif ref.columns:
            yield from _column(met, ref, where)
    yield from _unused(known, where)


def _doubles(policy: Policy, where: Locate) -> Iterator[Problem]:
    """A name and a label of one entry may be the same; tables may give either."""
    seen: dict[object, Met] = {}
    for met in texts(policy):
        if not isinstance(met.mark, Names) or not met.text:
            continue
        name = fold(met.text) if met.mark.alike else met.text
        first = seen.setdefault((met.mark.space, _inside(met, met.mark.within), name), met)
        if first is not met and (first.field is met.field or first.owners[-1] is not met.owners[-1]):
            yield _double(first, met, where)


def _inside(met: Met, key: str) -> object:
    """The path of the innermost table of that key around a name."""
    return met.path[: len(met.path) - met.path[::-1].index(key)] if key else ()


def _double(first: Met, met: Met, where: Locate) -> Problem:
    if isinstance(met.mark, Names) and met.mark.alike:
        return problem("shift-names-alike", where(met.path), met.text, first=first.text)
    place = where(first.path)
    return problem("policy-double-name", where(met.path), met.text, first=f"{place.file}:{place.row}")


def _unknown(kind: str, names: Collection[str], met: Met, where: Locate) -> Problem:
    table = table_around(met) if kind in COLUMNS else None
    about = {"table": table.name} if table else {}
    near = similar_names(met.text, (name for name in names if name))
    return problem(CODES.get(kind, "policy-unknown-name"), where(met.path), met.text, near=near, **about)


def _unit(known: Known, met: Met, ref: Ref, where: Locate) -> Iterator[Problem]:
    figure = known.figures.get(met.text)
    if figure is None:
        return
    if figure.unit not in ref.units:
        want = " / ".join(ref.units)
        yield problem("policy-wrong-unit", where(met.path), met.text, unit=figure.unit or '""', want=want)
    elif figure.unit == "count" and figure.places:
        yield problem("policy-count-with-decimals", where(met.path), met.text, places=figure.places)


def _column(met: Met, ref: Ref, where: Locate) -> Iterator[Problem]:
    table = table_around(met)
    column = table.measurable(met.text) if table else None
    if table and column and ref.columns and column.kind not in ref.columns.kinds:
        fitting = [one.name for one in (*table.columns, *table.derived) if one.kind in ref.columns.kinds]
        near = ", ".join(fitting) or "-"
        yield problem(ref.columns.code, where(met.path), met.text, key=str(met.path[-1]), kind=column.kind, near=near)


def _unused(known: Known, where: Locate) -> Iterator[Problem]:
    policy = known.policy
    measures = {met.text for met in measures_named(policy)}
    for name in own_measures(policy, where):
        if name not in measures and not is_library(policy):
            yield problem("policy-unused-measure", where(("measure", name)), name)
    if _counts_all_events(policy):
        return
    events = {met.text for met, ref in references(policy) if known.kind_of(met, ref) == "event"}
    events |= {name.removeprefix(EVENT_PREFIX) for name in measures if name.startswith(EVENT_PREFIX)}
    for name, event in policy.event.items():
        if name not in events and event.label not in events:
            yield problem("policy-unused-event", where(("event", name)), name)


def own_measures(policy: Policy, where: Locate) -> list[str]:
    """The measures that the policy's own text declares or changes; the others are inherited."""
    own = where(("id",)).file
    return [name for name in policy.measure if where(("measure", name)).file == own]


def is_library(policy: Policy) -> bool:
    """Whether a policy only offers measures to others: it neither scores nor pays anybody."""
    return not policy.dimension and policy.pay is None


def _counts_all_events(policy: Policy) -> bool:
    """Whether something looks at the events table whatever the event."""
    looking = (part for _, part in uses(policy, Part) if getattr(part, "table", "") == "events")
    return any("event" not in getattr(part, "where", ()) for part in looking)
