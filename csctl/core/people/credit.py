"""Rows that are credited to nobody: counted and named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import as_whole_numbers
from csctl.core.frames.frame import Frame, records
from csctl.core.people.identity import Identity
from csctl.core.people.likeness import may_be, signs_between
from csctl.messages import problem
from csctl.money import amount_text
from csctl.month import Month
from csctl.policy.to_write import column_line, toml_string
from csctl.problems import Place, Problem, shortened
from csctl.tables import TABLES, Kind

_SEVERAL, _MORE, _SHOWN = "agents-several", "agents-unknown-more", 4
_LISTED = 200
"""So many names and numbers of nobody are said of a sheet one by one: more of them are no people of a department."""


@dataclass(frozen=True, slots=True)
class Uncredited:
    """One name or number that stands for nobody, with its rows in the month and the first place it stands.

    ``rows`` are those of the sheet: one row of several figures is one. ``text`` is what an alias has to be called to be
    found there. ``signs`` part several people of the roster whom the ``column`` names at once.
    """

    key: str
    shared_by: int
    rows: int
    place: Place
    like: tuple[str, ...] = ()
    text: str = ""
    column: str = ""
    signs: tuple[str, ...] = ()
    more: int = 0
    """So many other names and numbers of the sheet are those of nobody, of which only the ``rows`` are counted."""

    @property
    def line(self) -> str:
        """What to write so that the rows are somebody's: who shares a row, or who it is."""
        return column_line(self.column, {"several": self.signs}) if self.signs else self.alias

    @property
    def alias(self) -> str:
        """The line under ``[aliases]`` that names the person; whom it is that nobody is like, is left open."""
        return f"{toml_string(self.text)} = {toml_string(self.like[0] if len(self.like) == 1 else '')}"


def uncredited_keys(frame: Frame, identity: Identity, month: Month) -> list[Uncredited]:
    """Every unknown or ambiguous key among the month's rows of one table, in order of key."""
    kept = frame.filter(nw.col("month") == str(month)).with_columns(
        nw.col("agent_id").fill_null("").alias("key_id"), nw.col("agent_name").fill_null("").alias("key_name")
    )
    groups = kept.group_by("source_file", "source_sheet", "key_id", "key_name").agg(
        nw.col("source_row").n_unique().alias("rows"), nw.col("source_row").min().alias("first")
    )
    sheets: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(groups):
        if identity.resolve(row["key_id"], row["key_name"]) is None:
            sheets.setdefault((row["source_file"] or "", row["source_sheet"] or ""), []).append(row)
    found = [one for place, rows in sheets.items() for one in _of_sheet(Place(*place), rows, identity)]
    return sorted(found, key=lambda one: (one.place.file, one.place.row or 0, one.more, one.key))


def _of_sheet(place: Place, rows: list[dict[str, Any]], identity: Identity) -> Iterator[Uncredited]:
    """The first keys of a sheet one by one; of all others how many they are, where there are very many."""
    ordered = sorted(rows, key=lambda row: (row["first"], row["key_id"], row["key_name"]))
    yield from (_uncredited(place, row, identity) for row in ordered[:_LISTED])
    rest = ordered[_LISTED:]
    if rest:
        text = rest[0]["key_id"] or rest[0]["key_name"]
        at = place.at(row=int(rest[0]["first"]))
        yield Uncredited(text, 0, sum(int(row["rows"]) for row in rest), at, text=text, more=len(rest))


def _uncredited(place: Place, row: Mapping[str, Any], identity: Identity) -> Uncredited:
    key = " / ".join(part for part in (row["key_id"], row["key_name"]) if part)
    shared_by = len(identity.meant_by(row["key_name"] or row["key_id"]))
    texts = [row["key_id"], row["key_name"]] if shared_by == 0 else []
    like = tuple(dict.fromkeys(one for text in texts if text for one in may_be(text, identity)))
    text = row["key_id"] or row["key_name"]
    column, signs = _several(row, identity) if texts and not like else ("", ())
    at = place.at(row=int(row["first"]))
    return Uncredited(key, shared_by, int(row["rows"]), at, like, text, column, signs)


def _several(row: Mapping[str, Any], identity: Identity) -> tuple[str, tuple[str, ...]]:
    """The column that names several people of the roster, and the signs between them; no signs if none does."""
    for column, text in (("agent_id", row["key_id"]), ("agent_name", row["key_name"])):
        signs = signs_between(text, identity)
        if signs:
            return column, signs
    return "", ()


def uncredited_problems(found: list[Uncredited]) -> list[Problem]:
    """One warning for each key: unknown, shared by several people, or empty; one for each sheet whose cells name
    several people.
    """
    several: dict[tuple[str, str, str], list[Uncredited]] = {}
    for one in found:
        if _code(one) == _SEVERAL:
            several.setdefault((one.place.file, one.place.sheet, one.column), []).append(one)
    alone = [
        problem(_MORE, one.place, one.key, rows=one.rows, count=one.more)
        if one.more
        else problem(_code(one), one.place, one.key, rows=one.rows, people=one.shared_by, like=one.like, line=one.line)
        for one in found
        if _code(one) != _SEVERAL
    ]
    return alone + [_several_said(cells, column) for (_, _, column), cells in several.items()]


def _several_said(cells: list[Uncredited], column: str) -> Problem:
    signs = tuple(dict.fromkeys(sign for one in cells for sign in one.signs))
    rows = sum(one.rows for one in cells)
    texts = [one.key for one in cells]
    cited = {"cells": shortened([f"“{text}”" for text in texts], _SHOWN)} if len(texts) > 1 else {}
    line = column_line(column, {"several": signs})
    return problem(_SEVERAL, cells[0].place, shortened(texts, _SHOWN), rows=rows, line=line, **cited)


def _code(one: Uncredited) -> str:
    if not one.key:
        return "row-without-agent"
    if one.shared_by > 1:
        return "agent-ambiguous"
    if one.signs:
        return _SEVERAL
    return "agent-like" if one.like else "agent-unknown"


def of_others(frame: Frame, table: str, month: Month, names: Mapping[str, str]) -> list[Problem]:
    """One warning for each file and person whose rows stand in the month and who does not work here in it.

    ``frame`` is credited; ``names`` are those of the people of the roster who are not employed, by staff number.
    """
    money = [column.name for column in TABLES[table].columns if column.kind is Kind.MONEY]
    kept = as_whole_numbers(
        frame.filter((nw.col("month") == str(month)) & nw.col("agent").is_in(list(names))), table, money
    )
    sums = [nw.col(one).sum().alias(one) for one in money]
    groups = kept.group_by("source_file", "source_sheet", "agent").agg(
        nw.col("source_row").n_unique().alias("rows"), nw.col("source_row").min().alias("first"), *sums
    )
    found = sorted(records(groups), key=lambda row: (row["source_file"], row["source_sheet"] or "", row["agent"]))
    return [_of_another(row, names, [int(row[one]) for one in money if row[one]]) for row in found]


def _of_another(row: Mapping[str, Any], names: Mapping[str, str], cents: Sequence[int]) -> Problem:
    place = Place(row["source_file"] or "", row["source_sheet"] or "", int(row["first"]))
    who = f"{names[row['agent']]} {row['agent']}".strip()
    if not cents:
        return problem("rows-not-employed", place, who, rows=int(row["rows"]))
    amounts = tuple(amount_text(one) for one in cents)
    return problem("money-not-employed", place, who, rows=int(row["rows"]), amounts=amounts)
