"""Each table tried on a book: which headers the reader would understand if the file were that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from csctl.headers import Header, find_headers, key_of
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.readers.columns.binding import Binding, melts
from csctl.readers.columns.day_headers import find_day_row
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.looks import is_label, is_numeric, is_time, mostly, times_in
from csctl.readers.columns.profile import profiles
from csctl.readers.columns.source import PUNCHES, Profile, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Book
from csctl.readers.mapping.above import with_above
from csctl.readers.mapping.checks import SERIAL
from csctl.readers.mapping.derive import derived_headers
from csctl.readers.mapping.matching import bind
from csctl.readers.mapping.sheets import choose_sheets
from csctl.readers.mapping.suggest import first_cells
from csctl.readers.proposing.drafts import Draft
from csctl.readers.shaping.blocks import blocks_layout
from csctl.readers.shaping.day_layout import TEXT
from csctl.readers.shaping.shapes import of_shape
from csctl.tables import AGENT_NAMES, TABLES, Table
from csctl.words import fold

_SAMPLE = 120
_HEADER_AMONG = 15
_LEAST_ROWS = 3
_LEAST_DAYS = 7
_ANY_NAMES = frozenset({"kpis", "roster"})
_OF_PROFILE, _LEAST_OF_PROFILE = 0.6, 3
"""So much of what a profile names must be there, and so many columns, for a file to be that export."""
_DAY_GRIDS: dict[str, dict[str, Any]] = {
    "attendance": {"shape": "days"},
    "shift_plans": {"shape": "days", "columns": {"shift": {"from": TEXT}}},
}
"""What tables say that may have a column for each day."""
_NEVER = frozenset({"appeals"})
"""Tables that csctl's own forms fill."""


@dataclass(frozen=True)
class Trial:
    """A draft tried on one book. ``told`` are the headers it understands besides people, ``melted`` figures that become
    metrics; ``named`` is all that is bound.

    ``lacks``: required columns have no header; ``repeats``: somebody has several rows of a day; ``times``: of a sheet
    with a column for each day, the cells are times of punches; ``words_known``: columns all of whose words it has a
    meaning for.
    """

    draft: Draft
    layout: Layout
    named: dict[str, Header]
    told: tuple[str, ...]
    melted: tuple[str, ...] = ()
    lacks: bool = False
    repeats: bool = False
    times: bool = False
    words_known: int = 0

    @property
    def table(self) -> str:
        """The table it takes the file for."""
        return self.draft.table


def sampled(book: Book) -> Book:
    """The first rows of each sheet: headers are told by these."""
    return replace(book, sheets=tuple(replace(one, rows=one.rows[:_SAMPLE]) for one in book.sheets))


def trials(book: Book, month: Month | None) -> list[Trial]:
    """The best trial of every table of which anything is understood."""
    found = []
    texts = _texts(book)
    grid = any(_is_grid(book))
    for table in TABLES.values():
        if table.name not in _NEVER and (_could_be(table, texts) or (grid and table.name in _DAY_GRIDS)):
            made = [one for draft in _drafts(book, table) if (one := _trial(book, draft, month))]
            found += [_fullest(made)] if made else []
    return found


def rows_of_several_columns(book: Book) -> tuple[str, ...]:
    """The first row of a table that nobody has understood: at least three rows of at least two cells; () if none."""
    for sheet in book.sheets:
        rows = [row for row in sheet.rows if sum(not is_empty(cell) for cell in row) > 1]
        if len(rows) >= _LEAST_ROWS and 2 * len(rows) > len(sheet.rows):
            return tuple(cell_as_text(cell) for cell in rows[0] if not is_empty(cell))
    return ()


def _texts(book: Book) -> frozenset[str]:
    """The keys of all texts that could be headers."""
    rows = [row for sheet in book.sheets for row in sheet.rows[:_HEADER_AMONG]]
    return frozenset(key_of(cell) for row in rows for cell in row if isinstance(cell, str) and is_label(cell)) - {""}


def _could_be(table: Table, texts: frozenset[str]) -> bool:
    """Whether anything but people and days sounds like one of its columns: all other tables need not be tried.

    Sums of figures and lists of people have names of their own.
    """
    return table.name in _ANY_NAMES or any(name in text for name in _names(table.name) for text in texts)


@cache
def _names(name: str) -> frozenset[str]:
    table = TABLES[name]
    own = [
        alias for column in table.columns if column.name not in AGENT_NAMES for alias in (column.name, *column.aliases)
    ]
    rules = [rule for profile in profiles() if profile.table == name for rule in profile.columns.values()]
    headed = [header for rule in rules for header in (*rule.from_, *rule.since, *rule.join)]
    keys = (key_of(part) for text in (*own, *headed) for part in text.split("/"))
    return frozenset(key for key in keys if key)


def _fullest(made: Sequence[Trial]) -> Trial:
    """The one that reads most, of these the one that knows the words of most columns; a plain source goes before a
    profile that reads and knows no more.
    """
    return max(
        made, key=lambda one: (not one.lacks, bool(one.layout.days), len(one.told) + len(one.melted), one.words_known)
    )


def _drafts(book: Book, table: Table) -> Iterator[Draft]:
    yield Draft(table.name)
    yield from (Draft(table.name, {"profile": one.id}) for one in profiles() if one.table == table.name)
    if table.name in _DAY_GRIDS and any(_is_grid(book)):
        yield Draft(table.name, _DAY_GRIDS[table.name])
    if table.name == "attendance" and _has_blocks(book, table):
        yield Draft(table.name, {"shape": "blocks"})
    if table.name == "kpis":
        yield Draft(table.name, {"shape": "people"})


def _is_grid(book: Book) -> Iterator[bool]:
    for sheet in book.sheets:
        row = find_day_row(sheet)
        yield row is not None and len(row.days) >= _LEAST_DAYS


def _has_blocks(book: Book, table: Table) -> bool:
    source = Draft(table.name, {"shape": "blocks"}).source()
    names = [name for column in table.columns for name in (column.name, *column.aliases)]
    return source is not None and any(blocks_layout(one, table, source, names) for one in book.sheets)


def _trial(book: Book, draft: Draft, month: Month | None) -> Trial | None:
    source, table = draft.source(), TABLES[draft.table]
    chosen = choose_sheets(book, source, "", month) if source else None
    if source is None or chosen is None or not chosen.read:
        return None
    layout = chosen.read[0]
    shaped = with_above(of_shape(source, table, layout), layout)
    # Without rows: what could be named instead is looked for once the table is known.
    bindings, problems = bind(table, shaped, layout.headers, Place())
    named = {name: one.headers[0] for name, one in bindings.items() if one.headers}
    if "profile" in draft.keys and not _is_export(draft, shaped.derive.keys() | named.keys(), layout):
        return None
    if draft.keys.get("shape") == "people" and not _people_across(named):
        return None
    derived = [one.text for rule in shaped.derive.values() for one in derived_headers(rule, layout.headers)]
    told = [header.text for name, header in named.items() if name not in AGENT_NAMES]
    if layout.days:
        told = []
    melted = _figures(layout, bindings) if melts(table, shaped, bindings) and not layout.days else ()
    lacks = any(one.code == "columns-missing" for one in problems) or (_melts_only(table) and not (melted or told))
    return Trial(
        draft, layout, named, tuple(dict.fromkeys([*told, *derived])), melted, lacks or _refused(problems),
        _repeats(layout, table, named), _of_punches(layout, table), _words_known(shaped, layout, named),
    )  # fmt: skip


def _words_known(source: Source, layout: Layout, named: dict[str, Header]) -> int:
    rules = {name: rule.texts for name, rule in source.columns.items() if rule.texts and name in named}
    cells = {name: first_cells(layout.sheet.rows[layout.header_row :])(named[name]) for name in rules}
    words = {name: {fold(cell_as_text(cell)) for cell in found if not is_empty(cell)} for name, found in cells.items()}
    return sum(bool(words[name]) and words[name] <= set(map(fold, texts)) for name, texts in rules.items())


def _refused(problems: Sequence[Problem]) -> bool:
    """Whether the source itself does not fit; two headers for one column are no reason against a table."""
    return bool({one.code for one in errors(problems)} - {"headers-mean-one", "header-means-two"})


def _melts_only(table: Table) -> bool:
    return table.name == "kpis"


def _figures(layout: Layout, bindings: dict[str, Binding]) -> tuple[str, ...]:
    taken = {header.column for one in bindings.values() for header in one.used}
    cells = first_cells(layout.sheet.rows[layout.header_row :])
    free = [one for one in layout.headers if one.column not in taken and fold(one.text) not in SERIAL]
    return tuple(one.text for one in free if mostly(cells(one), lambda cell: is_numeric(cell) or is_time(cell)))


def _people_across(named: dict[str, Header]) -> bool:
    return "agent_name" in named and named["agent_name"].text.startswith("grid.")


def _is_export(draft: Draft, met: set[str] | frozenset[str], layout: Layout) -> bool:
    """Whether a file holds most of what a profile names."""
    profile = next(one for one in profiles() if one.id == draft.keys["profile"])
    wanted = _wanted(profile)
    own = [name for name in wanted if name in met]
    keys = [name for name in (*profile.keep, *profile.leave_out) if not find_headers(list(layout.headers), name)]
    return not keys and len(own) >= _LEAST_OF_PROFILE and len(own) >= _OF_PROFILE * len(wanted)


def _wanted(profile: Profile) -> list[str]:
    headed = [name for name, rule in profile.columns.items() if rule.from_ or rule.since or rule.join]
    return [*headed, *(name for name in profile.derive if name not in headed)]


def _repeats(layout: Layout, table: Table, named: dict[str, Header]) -> bool:
    """Whether somebody has several rows of one day, or of no day: then these are no sums of the person."""
    agents = [named[name] for name in AGENT_NAMES if name in named][:1]
    if layout.days or not agents:
        return False
    beside = [named[name] for name in (table.dated or "", "metric", "valid_from", "item") if name in named]
    seen: set[tuple[str, ...]] = set()
    for row in layout.sheet.rows[layout.header_row :]:
        cells = [row[one.column] if one.column < len(row) else None for one in (*agents, *beside)]
        if is_empty(cells[0]):
            continue
        said = tuple(fold(cell_as_text(cell)) for cell in cells)
        if said in seen:
            return True
        seen.add(said)
    return False


def _of_punches(layout: Layout, table: Table) -> bool:
    """Whether most cells of the days are times, and the table has punches."""
    rows = layout.sheet.rows[layout.header_row :]
    cells = [row[day.column] for row in rows for day in layout.days if day.column < len(row)]
    return any(table.column(name) for name in PUNCHES) and mostly(
        cells, lambda cell: is_time(cell) or times_in(cell) > 0
    )
