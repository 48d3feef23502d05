"""The table of fates: what became of every row of every file, as screen, page and workbook show it."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.records.fates import REASONS, Fates
from csctl.messages import say

_ALWAYS = ("rows", "counted")
_NAMES = ("rows", "header", "blank", "counted", *REASONS, "refused", "nobody", "not_employed")


def fate_heads(fates: Sequence[Fates], language: str) -> list[str]:
    """The heads of the columns of numbers that any file has one for."""
    return [say(f"fate-{name}", language) for name in _shown(fates)]


def fate_titles(fates: Sequence[Fates], language: str) -> list[str]:
    """The same as heads of a page or sheet, which begin with a capital letter."""
    return [head[:1].upper() + head[1:] for head in fate_heads(fates, language)]


def fate_numbers(fates: Sequence[Fates]) -> list[list[int]]:
    """The numbers under these heads, a line for each sheet."""
    return [[_number(one, name) for name in _shown(fates)] for one in fates]


def fate_name(one: Fates) -> str:
    """The file, and the sheet of a workbook."""
    return table_name(one.file, one.sheet)


def table_name(file: str, sheet: str) -> str:
    """A file, and the sheet of a workbook."""
    return f"{file} [{sheet}]" if sheet else file


def table_word(table: str, language: str) -> str:
    """What people call a canonical table."""
    return say(f"table-{table}", language)


def fate_object(one: Fates) -> dict[str, object]:
    """The fates of one sheet as data: every number, reasons by name."""
    return {
        "file": one.file,
        "sheet": one.sheet,
        "table": one.table,
        "rows": one.rows,
        "title": one.title,
        "header": one.header,
        "blank": one.blank,
        "counted": one.counted,
        "left_out": dict(one.left_out),
        "refused": one.refused,
        "nobody": one.nobody,
        "not_employed": one.not_employed,
    }


def _shown(fates: Sequence[Fates]) -> list[str]:
    return [name for name in _NAMES if name in _ALWAYS or any(_number(one, name) for one in fates)]


def _number(one: Fates, name: str) -> int:
    if name in REASONS:
        return one.out(name)
    if name == "header":
        return one.title + one.header
    return int(getattr(one, name))
