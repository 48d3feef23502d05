"""Cells of the plain forms, read all at once: exactly those of which the parser of single cells says the same.

Whatever is not of such a form is null here, and read as a single cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csctl.readers.columns.binding import Binding
from csctl.readers.columns.forms import Forms
from csctl.tables import Kind

if TYPE_CHECKING:
    import polars as pl

    from csctl.long_columns import AtOnce

_MOMENT = r"^20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]$"
_ID = r"^[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*$"
_TEXT = (
    r"^[0-9A-MO-Za-mo-z\u4e00-\u9fff]"
    r"(?:[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*[!-~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e])?$"
)
"""No mark of nothing begins so, no space stands outside, and no sign is invisible."""

BEGINS_SHORT = re.compile(r"^.{1,2}[-/.]")
"""Days that may begin with day or month; those that begin with the year do not tell their order."""
ENDS_IN_LETTERS = re.compile(r"[^0-9]$")
"""Texts that may be a word for sums: none ends in a digit."""
NUMBERED = re.compile(r"^[A-Za-z]{0,2}[0-9]+(?:[-_./][0-9]+)*$")
"""Numbers of things and days: they are no empty cell, no word for sums, and begin no note."""


def plain_reader(binding: Binding, forms: Forms) -> AtOnce | None:
    """How the plain cells of a column of texts are read; None where no form of its kind is that plain."""
    column, rule = binding.column, binding.rule
    if rule.texts:
        return None
    if column.kind is Kind.MOMENT and not forms.pattern:
        return _moments
    if column.kind is Kind.ID and not rule.digits and not column.as_written:
        return _ids
    if column.kind is Kind.TEXT and column.name != "agent_name" and not column.as_written:
        return _texts
    return None


def _moments(cells: pl.Series) -> pl.Series:
    import polars as pl

    return (
        _of_form(cells, _MOMENT)
        .str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
        .cast(pl.Datetime("us"))
    )


def _ids(cells: pl.Series) -> pl.Series:
    return _of_form(cells, _ID)


def _texts(cells: pl.Series) -> pl.Series:
    return _of_form(cells, _TEXT)


def _of_form(cells: pl.Series, form: str) -> pl.Series:
    """The cells of a form; null for all others."""
    import polars as pl

    return cells.to_frame("cell").select(pl.when(pl.col("cell").str.contains(form)).then(pl.col("cell")))["cell"]
