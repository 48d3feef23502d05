"""The export formats csctl knows, shipped as TOML, and how a source inherits one."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from pydantic import Field

from csctl.messages import problem
from csctl.problems import NOWHERE, Place, Problem
from csctl.readers.columns.accepted import AcceptedColumn
from csctl.readers.columns.rule_keys import rule_faults
from csctl.readers.columns.source import PUNCHES, STAR, ColumnRule, DeriveRule, Names, Profile, Source
from csctl.readers.columns.workday_list import WorkdayList
from csctl.tables import TABLES, Kind


class Resolved(Source):
    """A source with all that it inherits. ``inherited`` are the keys of each column's rule that a profile gave.

    ``accepted`` is what was accepted of its columns, where nothing else says it. ``usual_sheet`` are the names that a
    profile knows for its sheet: a file that has one of them means that one; others may call theirs as they like.
    ``calendar`` are the workdays, where a length of time counts on them alone.
    """

    inherited: dict[str, tuple[str, ...]] = Field({})
    accepted: dict[str, AcceptedColumn] = Field({})
    usual_sheet: Names = Field(())
    calendar: WorkdayList | None = Field(None)


_ORIGIN = frozenset({"from_", "value", "ignore", "join", "since", "written", "above"})
"""Keys of a rule that say where a column comes from."""
METRICS = "metrics"
"""Under this name ``inherited`` has the headers of figures that only the profile names."""
_SHORT_NAMES = {"agent": "agent_name"}


@cache
def _shipped() -> dict[str, Profile]:
    folder = resources.files("csctl").joinpath("profiles")
    entries = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    loaded = [tomllib.loads(item.read_text("utf-8"), parse_float=Decimal) for item in entries]
    return {profile.id: profile for profile in map(Profile.model_validate, loaded)}


def profiles() -> list[Profile]:
    """Every shipped profile, by id. Raises pydantic's ValidationError if one is wrong (a bug, held by a test)."""
    return list(_shipped().values())


def _nearest(found: str, known: list[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(found, known, n=3, cutoff=0.5) or known)


def load_profile(id: str, place: Place = NOWHERE) -> tuple[Profile | None, list[Problem]]:  # noqa: A002
    """The shipped profile of that id, or a problem that names those most like it."""
    profile = _shipped().get(id)
    if profile is None:
        return None, [problem("profile-unknown", place, id, known=_nearest(id, list(_shipped())))]
    return profile, []


def _merged_rule(rule: ColumnRule, below: ColumnRule | None) -> ColumnRule:
    if below is None:
        return rule
    said = {name: getattr(rule, name) for name in rule.model_fields_set}
    # Saying where a column comes from replaces all that the profile says about that.
    silent = {*_ORIGIN, "within", "optional"} if said.keys() & _ORIGIN else set()
    inherited = {name: getattr(below, name) for name in below.model_fields_set - silent}
    return ColumnRule.model_validate(inherited | said)


def _inherited_keys(rule: ColumnRule | None, below: ColumnRule) -> tuple[str, ...]:
    """The keys of a rule that only the profile names."""
    own = rule.model_fields_set if rule else set()
    return tuple(sorted(below.model_fields_set - own))


_SHARED = frozenset(
    {"melt", "header", "header_row", "encoding", "decimal", "keep", "leave_out", "shape", "day_ends", "key"}
    | {"hidden_rows"}
)
"""Keys that a source takes over from its profile as they are."""


def _inherit(source: Source, profile: Profile) -> Resolved:
    below = {name: rule.model_copy(update={"optional": True}) for name, rule in profile.columns.items()}
    columns = dict(below)
    columns |= {name: _merged_rule(rule, below.get(name)) for name, rule in source.columns.items()}
    said = {name: getattr(source, name) for name in source.model_fields_set}
    shared = _SHARED & profile.model_fields_set
    # Either of these says where the header is: what the source says of it stands for both.
    own = {"header", "header_row"} if source.model_fields_set & {"header", "header_row"} else set()
    inherited = {name: getattr(profile, name) for name in shared - own}
    derive: dict[str, DeriveRule] = {**profile.derive, **source.derive}
    metrics = {**profile.metrics, **source.metrics}
    codes = {**profile.codes, **source.codes}
    keys = {name: _inherited_keys(source.columns.get(name), rule) for name, rule in profile.columns.items()}
    keys |= {METRICS: tuple(sorted(profile.metrics.keys() - source.metrics.keys()))}
    more: dict[str, object] = {"columns": columns, "derive": derive, "metrics": metrics, "codes": codes}
    more |= {"inherited": keys, "usual_sheet": () if source.sheet else profile.sheet}
    return Resolved.model_validate(inherited | said | more)


def _full_names(source: Source) -> Source:
    columns: dict[str, ColumnRule] = {}
    for name, rule in source.columns.items():
        full = _SHORT_NAMES.get(name, name)
        # A line that was pasted says more of a column that has its short name elsewhere.
        columns[full] = _merged_rule(rule, columns.get(full))
    return source.model_copy(update={"columns": columns})


def _at(place: Place, column: str) -> Place:
    return place.at(row=place.row, column=column)


def _unknown_columns(source: Source, place: Place) -> list[Problem]:
    table = TABLES[source.table]
    known = [column.name for column in table.columns]
    unknown = [
        problem("source-column-unknown", _at(place, name), name, table=table.name, known=_nearest(name, known))
        for name in (*source.columns, *source.derive)
        if name not in known
    ]
    unknown += [
        problem(
            "source-column-unknown", _at(place, f"codes.{text}"), name, table=table.name, known=_nearest(name, known)
        )
        for text, values in source.codes.items()
        for name in values
        if name not in known
    ]
    countable = [column.name for column in table.columns if column.kind in {Kind.COUNT, Kind.NUMBER}]
    return unknown + [
        problem("derive-column-not-a-figure", _at(place, name), name, known=tuple(countable))
        for name in source.derive
        if name in known and name not in countable
    ]


def _texts_without_meaning(source: Source, place: Place) -> list[Problem]:
    """Lines that were pasted and never filled in: nobody has said yet what any of these words means."""
    return [
        problem("texts-without-meaning", _at(place, f"columns.{name}.texts"), tuple(rule.texts))
        for name, rule in source.columns.items()
        if rule.texts and not any(meant.strip() for meant in rule.texts.values())
    ]


def _shape_faults(source: Source, place: Place) -> list[Problem]:
    """A shape that the table cannot have, codes without the shape that has them, an amount that no code has."""
    problems = []
    if source.shape == "days" and TABLES[source.table].dated is None:
        problems.append(problem("shape-without-days", _at(place, "shape"), source.table))
    if source.codes and source.shape != "days":
        problems.append(problem("codes-without-shape", _at(place, "codes"), tuple(source.codes)))
    if source.day_ends and not any(TABLES[source.table].column(name) for name in PUNCHES):
        problems.append(problem("day-ends-without-punches", _at(place, "day_ends"), source.table))
    padded = [name for name, rule in source.columns.items() if rule.digits]
    others = [name for name in padded if (found := TABLES[source.table].column(name)) and found.kind is not Kind.ID]
    problems += [problem("digits-not-an-id", _at(place, f"columns.{name}.digits"), name) for name in others]
    starless = [text for text, values in source.codes.items()
                if STAR not in text and any(STAR in value for value in values.values())]  # fmt: skip
    return problems + [problem("code-without-amount", _at(place, f"codes.{text}"), text) for text in starless]


def header_faults(source: Source, place: Place = NOWHERE) -> list[Problem]:
    """A source that says at once that there is no header and in which row it stands."""
    if source.header is None or source.header_row is None:
        return []
    return [problem("header-none-and-row", _at(place, "header_row"), source.header_row)]


def resolve_source(
    source: Source, place: Place = NOWHERE, accepted: Mapping[str, AcceptedColumn] | None = None
) -> tuple[Resolved | None, list[Problem]]:
    """A source with all it inherits, ready for ``import_book``; None where table, profile or a column is unknown.

    Headers that only the profile names may be missing from the file; headers the source names may not. ``accepted``
    is what was accepted of its columns.
    """
    if source.table not in TABLES:
        return None, [problem("source-table-unknown", place, source.table, known=_nearest(source.table, list(TABLES)))]
    source = _full_names(source)
    open_texts = _texts_without_meaning(source, place)
    problems: list[Problem] = []
    resolved = Resolved.model_validate({name: getattr(source, name) for name in source.model_fields_set})
    if source.profile is not None:
        profile, problems = load_profile(source.profile, place)
        if profile and profile.table != source.table:
            problems.append(
                problem("profile-table-differs", place, source.table, profile=profile.id, table=profile.table)
            )
        elif profile:
            resolved = _inherit(source, profile)
    problems += _unknown_columns(resolved, place) + _shape_faults(resolved, place) + open_texts
    problems += rule_faults(resolved, place)
    return (None if problems else resolved.model_copy(update={"accepted": dict(accepted or {})})), problems
