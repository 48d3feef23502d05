"""What a form says once above its table and means of every row: whose sheet it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from csctl.headers import find_headers
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.rows import cell_at
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.words import fold, tidy

_COLONS = ":\uff1a"
_BEHIND = rf"\s*[{_COLONS}]\s*(.+?)(?=\s{{2,}}|\s+\S+[{_COLONS}]|$)"


def with_above(source: Source, layout: Layout) -> Source:
    """The source with a constant for each column whose label stands above the header of this sheet.

    Where none of the labels stands there, a header of that name is expected instead.
    """
    if not any(rule.above for rule in source.columns.values()):
        return source
    # A line of labels that stands close above the table may have been taken for the upper row of its header.
    rows = layout.sheet.rows[: layout.header_row - 1]
    labels = {fold(label) for rule in source.columns.values() for label in rule.above}
    columns = {
        name: _settled(rule, rows, labels) if rule.above and not _is_headed(rule, layout) else rule
        for name, rule in source.columns.items()
    }
    return source.model_copy(update={"columns": columns})


def _settled(rule: ColumnRule, rows: Sequence[Row], labels: Collection[str]) -> ColumnRule:
    found = next((text for label in rule.above if (text := _said_of(label, rows, labels))), None)
    if found is None:
        return rule.model_copy(update={"from_": rule.from_ or rule.above})
    return rule.model_copy(update={"value": found, "from_": ()})


def _is_headed(rule: ColumnRule, layout: Layout) -> bool:
    """Whether a header of the rule has anything below it; a label above the table may look like one."""
    columns = [header.column for name in rule.from_ for header in find_headers(list(layout.headers), name)]
    below = layout.sheet.rows[layout.header_row :]
    return any(not is_empty(cell_at(row, column)) for column in columns for row in below)


def _said_of(label: str, rows: Sequence[Row], labels: Collection[str]) -> str | None:
    """What stands behind a label: in the same cell after a colon, or in the next filled cell that is no label."""
    behind = re.compile(re.escape(label) + _BEHIND, re.IGNORECASE)
    for row in rows:
        texts = [tidy(cell_as_text(cell)) for cell in row if not is_empty(cell)]
        for at, text in enumerate(texts):
            inside = behind.search(text)
            if inside:
                return inside[1]
            beside = texts[at + 1 : at + 2]
            if _is_label(text, {fold(label)}) and beside and not _is_label(beside[0], labels):
                return beside[0]
    return None


def _is_label(text: str, labels: Collection[str]) -> bool:
    return fold(text.rstrip(_COLONS + " ")) in labels
