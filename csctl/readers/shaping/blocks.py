"""A sheet on which each person is a block: labels with name and number, a small table, then the next person.

The blocks become one table. Rows keep their numbers; what the labels of a block say stands behind the cells of each
row of it, and labels and headers of later blocks count as the header said again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from csctl.headers import Header, key_of, make_header
from csctl.readers.columns.layout import Layout, Row, find_table, recogniser
from csctl.readers.columns.looks import is_datum
from csctl.readers.columns.notes import is_note
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell, Sheet
from csctl.tables import AGENT_NAMES, Table
from csctl.words import fold, is_total, tidy

BLOCK = "block."
"""Before the name of a canonical column: the header of what the labels of a block say for it."""
_COLONS = ":\uff1a"
_NEXT = re.compile(rf"\s{{2,}}|\s+\S+\s*[{_COLONS}]|[,，;；|/]\s*\S+\s*[{_COLONS}]")
"""Where what a label says in its own cell ends: at a gap, or at the next label."""
Labels = Mapping[str, str]
"""Canonical columns by the folded labels that stand for them."""


def labels_of(source: Source, table: Table) -> dict[str, str]:
    """What may label a block: what the source says stands above, and the names of people unless it says these."""
    said = {name: rule.above for name, rule in source.columns.items() if rule.above}
    if not said.keys() & set(AGENT_NAMES):
        usual = [column for column in table.columns if column.name in AGENT_NAMES]
        said |= {column.name: (column.name, *column.aliases) for column in usual if not _settled(source, column.name)}
    return {fold(label): name for name, labels in said.items() for label in labels}


def _settled(source: Source, name: str) -> bool:
    rule = source.columns.get(name)
    return rule is not None and bool(rule.from_ or rule.value is not None or rule.ignore or rule.join)


def blocks_source(source: Source, layout: Layout) -> Source:
    """The source with where the columns stand that the labels of the blocks fill."""
    made = {header.text.removeprefix(BLOCK) for header in layout.headers if header.text.startswith(BLOCK)}
    if not made:
        return source
    columns = dict(source.columns)
    for name in sorted(made):
        own = columns.get(name, ColumnRule())
        columns[name] = own.model_copy(update={"from_": (BLOCK + name,), "above": ()})
    return source.model_copy(update={"columns": columns})


@dataclass
class _Block:
    """What the labels of the block say that is gone through, and whether its table has begun."""

    says: dict[str, Cell] = field(default_factory=dict)
    begun: bool = False


def blocks_layout(sheet: Sheet, table: Table, source: Source, names: Sequence[str]) -> Layout | None:
    """The one table that the blocks of a sheet make; None if no label of a person stands on it, or no table does."""
    labels, known = labels_of(source, table), recogniser(names)
    heads = {at: said for at, row in enumerate(sheet.rows) if (said := _said(row, labels, known))}
    bare = replace(sheet, rows=[() if at in heads else row for at, row in enumerate(sheet.rows)])
    found = find_table(bare, names, source.header_row)
    if found is None or not heads:
        return None
    columns = sorted({name for said in heads.values() for name in said})
    last = max(header.column for header in found.headers) + 1
    titles = _extended(sheet.rows[found.header_row - 1], [BLOCK + name for name in columns], last)
    block = _Block()
    for at in sorted(one for one in heads if one < found.header_row):
        block.says |= heads[at]
    rows = list(sheet.rows[: found.header_row - 1])
    rows.append(titles)
    below = enumerate(sheet.rows[found.header_row :], start=found.header_row)
    rows += [*_rows(below, heads, block, titles, columns)]
    made = [make_header(last + at, BLOCK + name) for at, name in enumerate(columns)]
    own = [header for header in found.headers if header.column < last]
    return replace(found, sheet=replace(sheet, rows=rows), headers=(*own, *made))


def _rows(
    below: Iterable[tuple[int, Row]],
    heads: Mapping[int, Mapping[str, Cell]],
    block: _Block,
    titles: Row,
    columns: Sequence[str],
) -> Iterator[Row]:
    """The rows below the first header: those of data with what their block says, those between blocks as headers."""
    last = len(titles) - len(columns)
    keys = [key_of(cell_as_text(cell)) for cell in titles[:last]]
    order = list(range(last))
    block.begun = True
    for at, row in below:
        if at in heads:
            if block.begun or block.says.keys() & heads[at].keys():
                block = _Block()
                order = list(range(last))
            block.says |= heads[at]
            yield titles
        elif (moved := _header_again(row, keys)) is not None:
            block.begun, order = True, moved
            yield titles
        elif all(map(is_empty, row)):
            yield row
        elif not block.begun and _is_other_label(row):
            yield titles
        else:
            ordered = row if order == list(range(last)) else _ordered(row, order)
            block.begun = True
            yield _extended(ordered, [None if _tells_nothing(row) else block.says.get(name) for name in columns], last)


def _header_again(row: Row, keys: Sequence[str]) -> list[int] | None:
    """Where each column stands in a row that says the header again, perhaps in another order; None for other rows."""
    said = [key_of(cell_as_text(cell)) if isinstance(cell, str) else "" for cell in row]
    wanted = {key for key in keys if key}
    filled = [key for key in said if key]
    if not filled or not all(key in wanted for key in filled) or 2 * len(filled) < len(wanted):
        return None
    return [said.index(key) if key and key in said else (at if not key else -1) for at, key in enumerate(keys)]


def _is_other_label(row: Row) -> bool:
    """Whether a row above a block's table says something else of the person, as ``部门：客服``."""
    filled = [cell for cell in row if not is_empty(cell)]
    labelled = any(isinstance(cell, str) and any(colon in cell for colon in _COLONS) for cell in filled)
    return labelled and not any(map(is_datum, filled))


def _ordered(row: Row, order: Sequence[int]) -> Row:
    cells = tuple(row[one] if 0 <= one < len(row) else None for one in order)
    return (*cells, *row[len(order) :])


def _extended(row: Row, said: Sequence[Cell], last: int) -> Row:
    """A row with what is said of it behind its columns, and whatever else it holds behind that."""
    return (*row[:last], *[None] * (last - len(row)), *said, *row[last:])


def _tells_nothing(row: Row) -> bool:
    """Whether a row within a block is a sum of its rows or a note, and so no row of the person's."""
    filled = [cell for cell in row if not is_empty(cell)]
    return (isinstance(filled[0], str) and is_total(filled[0])) or is_note(filled)


def _said(row: Row, labels: Labels, known: Callable[[Header], str]) -> dict[str, Cell]:
    """What the labels of a row say, None where nothing stands beside one; nothing at all of a row of headers."""
    filled = [cell for cell in row if not is_empty(cell)]
    found: dict[str, Cell] = {}
    for at, cell in enumerate(filled):
        if not isinstance(cell, str):
            continue
        text = tidy(cell)
        name = labels.get(fold(text.rstrip(_COLONS + " ")))
        if name:
            beside = filled[at + 1] if at + 1 < len(filled) else None
            is_label = isinstance(beside, str) and fold(tidy(beside).rstrip(_COLONS + " ")) in labels
            found.setdefault(name, None if is_label or _has_colon(beside) else beside)
        elif any(colon in text for colon in _COLONS):
            found = {**_inside(text, labels), **found}
    return {} if found and _is_header(filled, labels, known) else found


def _inside(text: str, labels: Labels) -> dict[str, Cell]:
    """What labels within a cell say, each before its colon; several may share the cell."""
    known = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    parts = re.split(rf"(?:^|(?<=[\s,，;；|/]))({known})\s*[{_COLONS}]\s*", text, flags=re.IGNORECASE)
    return {
        labels[fold(label)]: _NEXT.split(value, maxsplit=1)[0].strip(" ,，;；|/") or None
        for label, value in zip(parts[1::2], parts[2::2], strict=True)
    }


def _has_colon(cell: Cell) -> bool:
    """Whether a cell is a label of something else: it ends with a colon."""
    return isinstance(cell, str) and tidy(cell).endswith(tuple(_COLONS))


def _is_header(filled: Sequence[Cell], labels: Labels, known: Callable[[Header], str]) -> bool:
    """Whether most cells of a row are headers that are known, one of them none of the labels."""
    headers = [text for cell in filled if (text := cell_as_text(cell)) and known(make_header(0, text))]
    return 2 * len(headers) > len(filled) and any(fold(text.rstrip(_COLONS + " ")) not in labels for text in headers)
