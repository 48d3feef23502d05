"""From the document of a policy to rows of cells. What no sheet can hold stands among the general settings as TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.policy.form.cells import literal, name_to_cell, to_cell
from csctl.policy.form.layout import EntrySheet, Keys, entry_sheets, general_keys
from csctl.policy.schema import NOTHING, Spec

Value = str | int | Decimal | None
Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells of a policy. ``general`` has every key that is written once, None where it is not written.

    A row of ``entries`` begins with whose it is, or with its own name, where the sheet has such a column.
    """

    general: list[tuple[Keys, Spec, Value]] = field(default_factory=list)
    entries: dict[Keys, list[list[Value]]] = field(default_factory=dict)


def fill_policy_form(document: Document, language: str) -> Filled:
    """The cells of a document that reads as TOML."""
    filled, taken = Filled(), set[Keys]()
    for sheet in entry_sheets():
        if sheet.within is None and (rows := _rows(document, sheet, language)) is not None:
            filled.entries.update(rows)
            taken.add(sheet.keys)
    for keys, spec in general_keys():
        value = _at(document, keys)
        taken.add(keys)
        filled.general.append((keys, spec, None if value is None else to_cell(value, spec, language)))
    left = [(keys, NOTHING, literal(value)) for keys, value in _left(document, (), taken)]
    filled.general.extend(left)
    return filled


def _at(document: object, keys: Keys) -> object | None:
    """What stands under the keys; None if nothing does."""
    for key in keys:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document


def _left(table: Document, keys: Keys, taken: set[Keys]) -> Iterator[tuple[Keys, object]]:
    """What neither a sheet nor a general setting holds: other keys, and tables with nothing in them."""
    for key, value in table.items():
        here = (*keys, key)
        if here in taken:
            continue
        if isinstance(value, Mapping) and value and any(one[: len(here)] == here for one in taken):
            yield from _left(value, here, taken)
        else:
            yield here, value


def _rows(document: Document, sheet: EntrySheet, language: str) -> dict[Keys, list[list[Value]]] | None:
    """The rows of a sheet and of those of what lies within its entries; None where they cannot hold what there is."""
    value = _at(document, sheet.keys)
    below = [one for one in entry_sheets() if one.within is sheet]
    found: dict[Keys, list[list[Value]]] = {sheet.keys: []}
    named = _named(value, sheet)
    if value is None or named is None or not _can_tell(sheet, below, [entry for _, entry in named]):
        return {} if value is None else None
    for name, entry in named:
        own = [inner.keys[-1] for inner in below]
        row = _row({key: item for key, item in entry.items() if key not in own}, sheet, language)
        if row is None:
            return None
        found[sheet.keys].append([name_to_cell(name), *row] if sheet.named else row)
    for inner in below:
        rows = _inner_rows([entry for _, entry in named], sheet, inner, language)
        if rows is None:
            return None
        found |= {inner.keys: rows} if rows else {}
    return found


def _named(value: object, sheet: EntrySheet) -> list[tuple[str, Document]] | None:
    """Entries with their names, "" in a list; None where something else stands there, or nothing that makes a row."""
    if sheet.named and isinstance(value, Mapping):
        pairs = list(value.items())
    elif not sheet.named and isinstance(value, list):
        pairs = [("", entry) for entry in value]
    else:
        return None
    whole = all(isinstance(entry, Mapping) and (entry or sheet.named) for _, entry in pairs)
    return pairs if pairs and whole else None


def _can_tell(sheet: EntrySheet, below: Sequence[EntrySheet], entries: Sequence[Document]) -> bool:
    """Whether rows of what lies within can say whose they are: by a name that no other entry has."""
    if not any(inner.keys[-1] in entry for entry in entries for inner in below):
        return True
    names = [entry.get(sheet.entry) for entry in entries]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def _inner_rows(
    entries: Sequence[Document], sheet: EntrySheet, inner: EntrySheet, language: str
) -> list[list[Value]] | None:
    rows: list[list[Value]] = []
    for entry in entries:
        value = entry.get(inner.keys[-1])
        named = _named(value, inner) if value is not None else []
        made = [_row(one, inner, language) for _, one in named] if named is not None else [None]
        for row in made:
            if row is None:
                return None
            rows.append([name_to_cell(str(entry[sheet.entry])), *row])
    return rows


def _row(entry: Document, sheet: EntrySheet, language: str) -> list[Value] | None:
    """The cells of an entry; None where it has a key without a column, or a first cell that would be a remark."""
    columns = {spec.key: spec for spec in sheet.columns}
    if not set(entry) <= set(columns):
        return None
    return [to_cell(entry[key], spec, language) if key in entry else None for key, spec in columns.items()]
