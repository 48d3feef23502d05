"""Names: each thing has one of its own, and whatever is named exists and is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import (
    EVENT_PREFIX,
    event_tests,
    happenings,
    measure_names,
    measure_uses,
    nearest,
    rank_uses,
    requirements,
    wheres,
)
from csctl.policy.tree import Locate
from csctl.problems import Problem


def lint_names(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Doubles, references into nothing, and what nobody refers to."""
    for entries in _name_spaces(policy):
        yield from _doubles(entries, where)
    yield from _unknown_measures(policy, where)
    yield from _unknown_events(policy, where)
    yield from _unused(policy, where)


Named = list[tuple[Path, str]]


def _name_spaces(policy: Policy) -> Iterator[Named]:
    """Lists of names within which each must differ from all others."""
    yield [(("dimension", index, "id"), dimension.id) for index, dimension in enumerate(policy.dimension)]
    yield _score_line_names(policy)
    yield [(("grade", index, "label"), grade.label) for index, grade in enumerate(policy.grade)]
    yield _both_names((("level", index), level.id, level.label) for index, level in enumerate(policy.level))
    yield _both_names((("event", name), name, event.label) for name, event in policy.event.items())
    yield [(("assumption", index, "id"), assumption.id) for index, assumption in enumerate(policy.assumption)]
    yield [(("check", index, "id"), check.id) for index, check in enumerate(policy.check)]
    yield [(("listing", index, "id"), listing.id) for index, listing in enumerate(policy.listing)]
    if policy.career:
        yield [(("career", "step", index, "id"), step.id) for index, step in enumerate(policy.career.step)]
        yield [((*path, "id"), requirement.id) for path, _, requirement in requirements(policy)]
    if policy.pay:
        yield _pay_line_names(policy)
        yield [(("pay", "pool", index, "label"), pool.label) for index, pool in enumerate(policy.pay.pool)]


def _score_line_names(policy: Policy) -> Named:
    indicators: Named = [
        (("dimension", row, "indicator", column, "id"), indicator.id)
        for row, dimension in enumerate(policy.dimension)
        for column, indicator in enumerate(dimension.indicator)
    ]
    adjustments: Named = [
        (("adjustment", index, "id"), adjustment.id) for index, adjustment in enumerate(policy.adjustment)
    ]
    return indicators + adjustments


def _pay_line_names(policy: Policy) -> Named:
    if policy.pay is None:
        return []
    lists = {
        "deduction": [deduction.id for deduction in policy.pay.deduction],
        "award": [award.id for award in policy.pay.award],
        "fine": [fine.id for fine in policy.pay.fine],
    }
    return [(("pay", key, index, "id"), name) for key, names in lists.items() for index, name in enumerate(names)]


def _both_names(entries: Iterable[tuple[Path, str, str]]) -> Named:
    """Ids and labels in one list: tables may give either, so they must not be mistaken for each other."""
    names: Named = []
    for path, name, label in entries:
        names.append(((*path, "id"), name))
        if label and label != name:
            names.append(((*path, "label"), label))
    return names


def _doubles(entries: Named, where: Locate) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path, name in entries:
        if name in seen:
            first = where(seen[name])
            yield problem("policy-double-name", where(path), name, first=f"{first.file}:{first.row}")
        seen.setdefault(name, path)


def _unknown_measures(policy: Policy, where: Locate) -> Iterator[Problem]:
    known = measure_names(policy)
    ranked = {path for path, _ in rank_uses(policy)}
    for path, name in measure_uses(policy):
        if name not in known:
            names = ["score", *known] if path in ranked else known
            yield problem("policy-unknown-measure", where(path), name, near=nearest(name, names))


def _unknown_events(policy: Policy, where: Locate) -> Iterator[Problem]:
    for path, happening in happenings(policy):
        if happening.event is not None and happening.event not in policy.event:
            near = nearest(happening.event, policy.event)
            yield problem("policy-unknown-event", where((*path, "event")), happening.event, near=near)
    labels = {event.label for event in policy.event.values()}
    for path, text in event_tests(policy):
        if text not in policy.event and text not in labels:
            yield problem("policy-unknown-event", where(path), text, near=nearest(text, policy.event))


def _unused(policy: Policy, where: Locate) -> Iterator[Problem]:
    measures = {name for _, name in measure_uses(policy)}
    for name in own_measures(policy, where):
        if name not in measures and not is_library(policy):
            yield problem("policy-unused-measure", where(("measure", name)), name)
    if _counts_all_events(policy):
        return
    events = {name.removeprefix(EVENT_PREFIX) for name in measures if name.startswith(EVENT_PREFIX)}
    events |= {happening.event for _, happening in happenings(policy) if happening.event}
    events |= {text for _, text in event_tests(policy)}
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
    """Whether a measure looks at the events table whatever the event."""
    return any(
        table == "events" and path[-1] == "where" and "event" not in tests for path, table, tests in wheres(policy)
    )
