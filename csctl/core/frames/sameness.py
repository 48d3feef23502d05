"""Texts of a column as the words that they are: what a rule asks for is found in any letters, width and spacing.

Beside a column of texts stands another with the form of each (``Texts.same``); tests look at that one, and what is
shown is the cell as it was written. A form is worked out once for each distinct text, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from csctl.core.frames.frame import Frame, collected, looked_up
from csctl.tables import TABLES, Column, Kind

TEXTS = frozenset({Kind.TEXT, Kind.ID})
_MARK = " as a word"


def word_column(name: str) -> str:
    """The name of the column that holds the words of a column of texts."""
    return name + _MARK


def is_any_of(column: Column, texts: Sequence[str]) -> nw.Expr:
    """Whether a cell is one of these words. Nothing that is no text is one of them."""
    if column.kind not in TEXTS:
        return nw.col(column.name).is_in(list(texts))
    return nw.col(word_column(column.name)).is_in(sorted({column.texts.same(text) for text in texts}))


def with_words(frame: Frame, table: str, names: Iterable[str]) -> Frame:
    """The frame with the words of each named column of texts; those that have them already keep theirs."""
    present = set(frame.collect_schema().names())
    columns = [column for name in sorted(set(names)) if (column := TABLES[table].measurable(name))]
    wanted = [one for one in columns if one.kind in TEXTS and word_column(one.name) not in present]
    for column in wanted:
        frame = _with_words_of(frame, column)
    return frame


def _with_words_of(frame: Frame, column: Column) -> Frame:
    same = {text: column.texts.same(text) for text in distinct_texts(frame, column.name)}
    name = word_column(column.name)
    if all(text == word for text, word in same.items()):
        return frame.with_columns(nw.col(column.name).alias(name))
    return looked_up(frame, column.name, same, name)


def distinct_texts(frame: Frame, name: str) -> list[str]:
    """Every text that stands in a column, once, in order."""
    return sorted(text for text in collected(frame.select(name).unique())[name].to_list() if isinstance(text, str))
