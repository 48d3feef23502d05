"""From the sheets of a workbook to the document of a policy, with the cell that each value stands in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from csctl.messages import problem
from csctl.messages.grammar import listed
from csctl.policy.form.cells import Cell, UnreadableError, from_cell, name_of_cell, of_literal
from csctl.policy.form.layout import GENERAL, EntrySheet, Keys, entry_sheets
from csctl.policy.form.words import (
    KEY,
    NAME,
    VALUE,
    head_of,
    heads_of,
    is_called,
    is_remark,
    language_of_title,
    nearest_sheet,
    sheet_or_head_name,
)  # fmt: skip
from csctl.policy.lines import Path
from csctl.policy.schema import Spec, spec_at
from csctl.problems import Place, Problem

Rows = Sequence[Sequence[Cell]]
HEAD_WITHIN = 12
"""Rows in which the heads of a sheet are looked for."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document, where in the workbook each of its values stands, and what could not be read."""

    document: dict[str, object] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_policy_sheets(file: str, sheets: Sequence[tuple[str, Rows]]) -> Read:
    """All sheets of a workbook by title. One whose title begins with ``#`` is left out, and so is such a row."""
    found = Read()
    known: dict[Keys, list[tuple[str, Rows]]] = {}
    for title, rows in sheets:
        if is_remark(title):
            continue
        place = Place(file, title)
        if is_called(title, GENERAL):
            _general(rows, place, found)
            continue
        sheet = next((one for one in entry_sheets() if is_called(title, one.code)), None)
        if sheet is None:
            found.problems.append(problem("policy-sheet-unknown", place, title, nearest=nearest_sheet(title)))
        else:
            known.setdefault(sheet.keys, []).append((title, rows))
    # What lies within entries comes after them; of two sheets of one kind, in either language, both are read.
    for sheet in sorted(entry_sheets(), key=lambda one: one.within is not None):
        for title, rows in known.get(sheet.keys, ()):
            _entries(sheet, rows, Place(file, title), found)
    return found


# ---- General settings -------------------------------------------------------------


def _general(rows: Rows, place: Place, found: Read) -> None:
    known = [{code: _column(row, code) for code in (VALUE, KEY)} for row in rows[:HEAD_WITHIN]]
    head = next((at for at, columns in enumerate(known) if None not in columns.values()), None)
    if head is None:
        words = _named_heads((VALUE, KEY), language_of_title(place.sheet, GENERAL))
        found.problems.append(problem("policy-sheet-without-heads", place, words))
        return
    columns = known[head]
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        key, value = (_at(row, columns[code]) for code in (KEY, VALUE))
        if _is_empty(value) or is_remark(_first(row)):
            continue
        here = place.at(row=number, column=str(key or ""))
        path = _path(key)
        if not path:
            found.problems.append(problem("policy-cell-key-unknown", here, str(key or "")))
            continue
        if _put(found.document, path, _value(value, spec_at(path), here, found)):
            found.places[path] = here
        else:
            found.problems.append(problem("policy-cell-key-twice", here, ".".join(path)))


def _column(row: Sequence[Cell], code: str) -> int | None:
    return next((at for at, cell in enumerate(row) if is_called(cell, code)), None)


def _at(row: Sequence[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _path(key: Cell) -> Keys:
    """``score.raters`` as keys; none for what is no key."""
    table: object
    try:
        table = tomllib.loads(f"{key} = 0") if isinstance(key, str) and "\n" not in key else {}
    except (ValueError, RecursionError):
        return ()
    path: Keys = ()
    while isinstance(table, Mapping) and len(table) == 1:
        (name, table), *_ = table.items()
        path = (*path, name)
    return path if table == 0 else ()


def _put(document: dict[str, object], path: Keys, value: object) -> bool:
    """Put a value under its keys; False where something stands there already. None is no value."""
    table = document
    for key in path[:-1]:
        inner = table.setdefault(key, {})
        if not isinstance(inner, dict):
            return False
        table = inner
    if path[-1] in table:
        return False
    if value is not None:
        table[path[-1]] = value
    return True


# ---- Entries ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A filled row: its place, and cell and head by the code of the head."""

    place: Place
    cells: Mapping[str, Cell]
    heads: Mapping[str, str]

    def name(self, code: str, found: Read) -> str:
        """A cell that is a name; "" with a problem where it is none."""
        try:
            return name_of_cell(self.cells.get(code))
        except UnreadableError as fault:
            found.problems.append(problem("policy-cell-unreadable", self.at(code), str(fault)))
            return ""

    def at(self, code: str) -> Place:
        """The place of a cell."""
        return self.place.at(row=self.place.row, column=self.heads.get(code, ""))


def _entries(sheet: EntrySheet, rows: Rows, place: Place, found: Read) -> None:
    at, columns = _heads(sheet, rows)
    expected = _named_heads(heads_of(sheet), language_of_title(place.sheet, sheet.code))
    if not columns:
        found.problems.append(problem("policy-sheet-without-heads", place, expected))
        return
    heads = {code: str(rows[at][column]).strip() for code, column in columns.items()}
    for column, (number, cell) in _strange(rows, at, set(columns.values())).items():
        here = place.at(row=number, column=str(_at(rows[at], column) or ""))
        found.problems.append(problem("policy-column-unknown", here, str(cell), known=expected))
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        if any(not _is_empty(cell) for cell in row) and not is_remark(_first(row)):
            cells = {code: _at(row, column) for code, column in columns.items()}
            _entry(sheet, _Row(place.at(row=number), cells, heads), found)


def _heads(sheet: EntrySheet, rows: Rows) -> tuple[int, dict[str, int]]:
    """The row of the heads, the one that has most of them, and the column of each."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        columns = {code: column for code in heads_of(sheet) if (column := _column(row, code)) is not None}
        if len(columns) > len(best[1]) and not is_remark(_first(row)):
            best = at, columns
    return best


def _strange(rows: Rows, at: int, known: set[int]) -> dict[int, tuple[int, Cell]]:
    """By column, the first cell that no head says the key of, with its row: the head itself, or what stands without."""
    found: dict[int, tuple[int, Cell]] = {}
    heads = dict(enumerate(rows[at]))
    for number, row in enumerate(rows[at:], start=at + 1):
        for column, cell in enumerate(row if not is_remark(_first(row)) else ()):
            if column not in known and not _is_empty(cell) and not is_remark(heads.get(column)):
                found.setdefault(column, (number, cell))
    return found


def _named_heads(codes: Sequence[str], language: str) -> str:
    return listed((sheet_or_head_name(code, language) for code in codes), language)


def _entry(sheet: EntrySheet, row: _Row, found: Read) -> None:
    entry: dict[str, object] = {}
    places: dict[str, Place] = {}
    for spec in sheet.columns:
        cell = row.cells.get(head_of(spec))
        if _is_empty(cell):
            continue
        places[spec.key] = row.at(head_of(spec))
        value = _value(cell, spec, places[spec.key], found)
        if value is not None:
            entry[spec.key] = value
    path = _named(sheet, row, entry, found) if sheet.named else _listed(sheet, row, entry, found)
    if path:
        found.places.update({path: row.place, **{(*path, key): own for key, own in places.items()}})


def _named(sheet: EntrySheet, row: _Row, entry: dict[str, object], found: Read) -> Path | None:
    """Put an entry under its name; None where it has none, or one that another has."""
    name = row.name(NAME, found)
    if not name:
        found.problems.append(problem("policy-entry-without-name", row.at(NAME)))
    elif not _put(found.document, (*sheet.keys, name), entry):
        found.problems.append(problem("policy-cell-key-twice", row.at(NAME), name))
    else:
        return (*sheet.keys, name)
    return None


def _listed(sheet: EntrySheet, row: _Row, entry: dict[str, object], found: Read) -> Path | None:
    """Add an entry to its list; None with a problem where nobody can say whose it is, or where no list stands."""
    table, keys = found.document, sheet.keys
    above: Path = ()
    if sheet.within is not None:
        at, owners = _owner(sheet.within, row, found)
        if at is None:
            return None
        table, keys, above = owners[at], (sheet.keys[-1],), (*sheet.within.keys, at)
    path = _added(table, keys, entry, above)
    if path is None:
        found.problems.append(problem("policy-cell-key-twice", row.place, ".".join(sheet.keys)))
    return path


def _owner(within: EntrySheet, row: _Row, found: Read) -> tuple[int | None, list[dict[str, object]]]:
    """Which of the entries above the row belongs to, and all of them; None with a problem where it names none."""
    whose = row.name(within.code, found)
    above = _reach(found.document, within.keys)
    owners = above if isinstance(above, list) else []
    at = next((at for at, one in enumerate(owners) if str(one.get(within.entry)) == whose), None)
    if at is None:
        names = ", ".join(str(one.get(within.entry, "")) for one in owners)
        found.problems.append(problem("policy-entry-of-nothing", row.at(within.code), whose, known=names))
    return at, owners


def _added(table: dict[str, object], keys: Keys, entry: dict[str, object], above: Path) -> Path | None:
    """Add an entry to the list under the keys; its path, or None where something else stands there."""
    own = _reach(table, keys)
    if own is None:
        own = []
        _put(table, keys, own)
    if not isinstance(own, list):
        return None
    own.append(entry)
    return (*above, *keys, len(own) - 1)


def _reach(table: object, keys: Keys) -> object | None:
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table


def _value(cell: Cell, spec: Spec, place: Place, found: Read) -> object | None:
    """The value of a cell; None with a problem where it says none."""
    try:
        known = spec.info is not None or spec.item is not None or spec.text
        return from_cell(cell, spec) if known else of_literal(str(cell))
    except UnreadableError:
        found.problems.append(problem("policy-cell-unreadable", place, str(cell)))
        return None


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _first(row: Sequence[Cell]) -> Cell:
    return next((cell for cell in row if not _is_empty(cell)), None)
