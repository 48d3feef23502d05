"""Which sheets of a book are read: the best table, those that belong to it, and what is said of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

from csctl.headers import Header
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem, as_warning, errors, shortened
from csctl.readers.columns.binding import melts
from csctl.readers.columns.dates import parse_moment
from csctl.readers.columns.layout import Layout, find_table, headerless
from csctl.readers.columns.looks import is_day, is_numeric
from csctl.readers.columns.months_said import months_in, speaks_of_other
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.rows import cell_at
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text, counted_number, is_empty
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.above import with_above
from csctl.readers.mapping.matching import bind, header_names
from csctl.readers.mapping.sheet_sums import SheetPart, sums_of_others
from csctl.readers.mapping.units_row import with_units
from csctl.readers.shaping.blocks import blocks_layout, blocks_source, labels_of
from csctl.readers.shaping.day_layout import days_layout, days_source
from csctl.readers.shaping.turned import own_name, people_source, turned
from csctl.tables import AGENT_NAMES, NUMBERS, TABLES, Table
from csctl.words import fold

_FEWEST, _SHOWN = 2, 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tables that are read, in the order of their sheets; what there is to say of the other sheets."""

    read: tuple[Layout, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Candidate:
    """One sheet's best table, and what of it would be understood."""

    layout: Layout
    table: Table
    source: Source

    @property
    def name(self) -> str:
        return self.layout.sheet.name

    @cached_property
    def columns(self) -> dict[str, Header]:
        """What is understood: canonical columns, and of a wide table all headers."""
        source = days_source(self.source, self.table, self.layout) if self.layout.days else self.source
        bindings, problems = bind(self.table, source, self.layout.headers, Place())
        if errors(problems):
            return {}
        found = {name: one.headers[0] for name, one in bindings.items() if one.headers}
        wide = self.layout.days or melts(self.table, self.source, bindings)
        return found | ({f"={one.path}": one for one in self.layout.as_filed.headers} if wide else {})

    @cached_property
    def says(self) -> bool:
        """Whether more than names is understood."""
        return bool(self.columns.keys() - set(AGENT_NAMES))

    @property
    def part(self) -> SheetPart:
        """As it is compared with others whose rows it may sum up."""
        return SheetPart(self.layout, self.table, self.columns)

    @property
    def above(self) -> dict[str, str | None]:
        """What labels above the table say of all its rows."""
        return {name: rule.value for name, rule in self.source.columns.items() if rule.above}

    @property
    def paths(self) -> set[str]:
        return {header.path for header in self.layout.as_filed.headers}

    def is_like(self, other: _Candidate) -> bool:
        """Whether both could be the same table: one understands all that the other does, and not much more."""
        mine, theirs = set(self.columns), set(other.columns)
        if self.paths == other.paths:
            return True
        fewer, more = sorted((mine, theirs), key=len)
        return self.says and other.says and fewer <= more and len(fewer) * 2 >= len(more)

    def rows(self, names: Sequence[str]) -> set[tuple[str, ...]]:
        """What the rows say in these columns; blank rows say nothing."""
        columns = [self.columns[name].column for name in names]
        below = self.layout.sheet.rows[self.layout.header_row :]
        said = {tuple(_said(cell_at(row, column)) for column in columns) for row in below}
        return {row for row in said if any(row)}

    def shares_rows_with(self, other: _Candidate) -> bool:
        """Whether both hold the same rows: by their numbers where both have these, else at least half of the rows.

        Two forms of different people are not the same, whatever they were given.
        """
        if self.above != other.above:
            return False
        number = NUMBERS.get(self.table.name, "")
        if number in self.columns and number in other.columns:
            return bool(self.rows([number]) & other.rows([number]))
        names = [name for name in self.columns if name in other.columns]
        mine, theirs = self.rows(names), other.rows(names)
        return len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > 0


@lru_cache(maxsize=65_536, typed=True)
def _said(cell: Cell) -> str:
    """A cell in a form in which 5, 5.0 and "5", or a day and its text, are one."""
    if is_empty(cell):
        return ""
    found = parse_moment(cell) if is_day(cell) else counted_number(cell) if is_numeric(cell) else None
    return fold(cell_as_text(cell)) if found is None else str(found)


def is_named(sheet: Sheet, names: Sequence[str]) -> bool:
    """Whether a sheet is one of those that a source names; a text file's only sheet always is."""
    own = own_name(sheet.name)
    return own == "" or any(fnmatchcase(fold(own), fold(own_name(name))) for name in names)


def best_table(layouts: Sequence[Layout]) -> Layout:
    """The one with the most headers that are known; hidden sheets come last; a tie goes to the first."""
    return max(layouts, key=lambda one: (one.score > 0, not one.sheet.hidden, one.score, one.filled))


def choose_sheets(book: Book, source: Source, shown_as: str, month: Month | None) -> Chosen:
    """The tables of a book that a source means; none, and an error, if there is none.

    Sheets that the source names are all read. Else it is the best one; and every other one in which the same columns
    are understood, unless it holds rows of one that is read, is hidden, or is named for another month.
    """
    table = TABLES[source.table]
    source = people_source(source, table) if source.shape == "people" else source
    names = header_names(table, source)
    wanted = [one for one in book.sheets if not source.sheet or is_named(one, source.sheet)]
    tables = [_table_of(one, table, source, names) for one in wanted]
    layouts = [one for one in tables if one]
    if not layouts:
        return Chosen((), (_no_table(book, source, shown_as),))
    if source.sheet:
        return Chosen(tuple(layouts), tuple(_missing_sheets(layouts, source, shown_as)))
    usual = source.usual_sheet if isinstance(source, Resolved) else ()
    meant = [one for one in layouts if usual and is_named(one.sheet, usual)] or layouts
    chosen = _chosen(
        [_Candidate(one, table, with_above(blocks_source(source, one), one)) for one in meant], shown_as, month
    )
    others = tuple(one.sheet.name for one in layouts if one not in meant and not one.sheet.hidden)
    return replace(chosen, problems=(*chosen.problems, *_others_not_read(others, shown_as)))


def _table_of(sheet: Sheet, table: Table, source: Source, names: Sequence[str]) -> Layout | None:
    """The table of one sheet, in the shape that the source says."""
    if source.shape == "days":
        return days_layout(sheet, table, source)
    if source.shape == "blocks":
        made = blocks_layout(sheet, table, source, names)
        return with_units(made) if made else None
    sheet = turned(sheet, table, source) if source.shape == "people" else sheet
    found = headerless(sheet) if source.header else find_table(sheet, names, source.header_row)
    return with_units(found) if found else None


def _no_table(book: Book, source: Source, shown_as: str) -> Problem:
    filled = any(sheet.rows for sheet in book.sheets)
    if filled and source.header_row is not None:
        place = Place(shown_as, " / ".join(source.sheet), source.header_row)
        return problem("header-row-empty", place, source.header_row)
    if filled and source.sheet:
        sheets = tuple(sheet.name for sheet in book.sheets)
        return problem("sheet-not-found", Place(shown_as), source.sheet, sheets=sheets)
    if filled and source.shape == "days":
        return problem("grid-without-days", Place(shown_as))
    if filled and source.shape == "blocks":
        return problem("blocks-without-labels", Place(shown_as), list(labels_of(source, TABLES[source.table])))
    return problem("no-table-in-file", Place(shown_as))


def _missing_sheets(layouts: Sequence[Layout], source: Source, shown_as: str) -> list[Problem]:
    missing = tuple(name for name in source.sheet if not any(is_named(one.sheet, [name]) for one in layouts))
    read = tuple(one.sheet.name for one in layouts)
    return [problem("sheet-missing", Place(shown_as), missing, read=read)] if missing else []


def _other_month(one: _Candidate, month: Month | None) -> bool:
    return month is not None and bool(speaks_of_other([one.name], month))


def _chosen(found: Sequence[_Candidate], shown_as: str, month: Month | None) -> Chosen:
    """The best table and its like, among visible sheets that are not named for another month if there are such."""
    own = [one for one in found if not _other_month(one, month)]
    pool = own if any(one.layout.score for one in own) else found
    layout = best_table([one.layout for one in pool])
    best = next(one for one in pool if one.layout is layout)
    like = [one for one in pool if one is best or (not one.layout.sheet.hidden and one.is_like(best))]
    if like[0] is not best and like[0].shares_rows_with(best):
        # Of two copies the one in front is the export; the other was worked on.
        best = like[0]
    read, problems = _sorted_out(best, like, shown_as)
    problems += _left(best, read, [one for one in found if one not in like], shown_as, month)
    return Chosen(tuple(one.layout for one in read), tuple(problems))


def _sorted_out(best: _Candidate, like: Sequence[_Candidate], shown_as: str) -> tuple[list[_Candidate], list[Problem]]:
    """Of tables of one kind those that are read together; the others hold the same rows, or lack columns."""
    read: list[_Candidate] = [best]
    poorer: list[_Candidate] = []
    problems: list[Problem] = []
    for one in like if best.columns else ():
        if one is best:
            continue
        twin = next((other for other in read if one.shares_rows_with(other)), None)
        if twin:
            place = Place(shown_as, one.name)
            both = f"sheet = [{toml_string(twin.name)}, {toml_string(one.name)}]"
            line = toml_string(one.name)
            problems.append(problem("sheets-share-rows", place, one.name, read=twin.name, line=line, both=both))
        elif one.paths == best.paths or set(one.columns) == set(best.columns):
            read.append(one)
        else:
            poorer.append(one)
    problems += [_not_read("sheets-alike-not-read", [one], shown_as, read) for one in poorer]
    read, sums = _without_sums([one for one in like if one in read], shown_as)
    return read, problems + sums


def _without_sums(read: Sequence[_Candidate], shown_as: str) -> tuple[list[_Candidate], list[Problem]]:
    """The sheets without one that sums up all others; one that only bears such a name stays, and both are said."""
    found, proved = (None, False) if len(read) < _FEWEST else sums_of_others([one.part for one in read])
    if found is None:
        return list(read), []
    others = [one for one in read if one.layout is not found.layout]
    lines = [", ".join(toml_string(one.name) for one in some) for some in (others, read)]
    said = problem(
        "sheet-sums-up-others" if proved else "sheet-named-for-sums",
        Place(shown_as, found.name),
        found.name,
        others=shortened([one.name for one in others], _SHOWN),
        line=f"sheet = [{lines[0]}]",
        all=f"sheet = [{lines[1]}]",
    )
    return (others if proved else list(read)), [said]


def _not_read(code: str, left: Sequence[_Candidate], shown_as: str, read: Sequence[_Candidate]) -> Problem:
    """With the line that names the sheets that are read already, and these."""
    lines = ", ".join(toml_string(one.name) for one in (*read, *left))
    return problem(code, Place(shown_as), tuple(one.name for one in left), line=f"[{lines}]")


def _left(
    best: _Candidate, read: Sequence[_Candidate], left: Sequence[_Candidate], shown_as: str, month: Month | None
) -> list[Problem]:
    """Sheets that hold rows which somebody may expect are a warning, all others a note."""
    alike = [one for one in left if one.is_like(best)]
    months = [one for one in alike if not one.layout.sheet.hidden and _other_month(one, month)]
    hidden = [one for one in alike if one.layout.sheet.hidden and not _other_month(one, month)]
    others = [one for one in left if one not in alike and not one.layout.sheet.hidden]
    problems = []
    if months:
        said = _not_read("sheets-of-other-months", months, shown_as, read)
        # Where the sheet that is read bears the name of its month, nobody looks for the others.
        problems.append(said if months_in(best.name) else as_warning(said))
    if hidden:
        problems.append(_not_read("sheets-hidden-not-read", hidden, shown_as, read))
    return problems + _others_not_read(tuple(one.name for one in others), shown_as)


def _others_not_read(names: tuple[str, ...], shown_as: str) -> list[Problem]:
    return [problem("sheets-not-read", Place(shown_as), names)] if names else []
