"""Whether the cells of a policy say all of it: whoever writes a workbook asks before, so that none says less."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.policy.form.cells import Cell, same, written_key
from csctl.policy.form.filling import Filled
from csctl.policy.form.layout import GENERAL, entry_sheet
from csctl.policy.form.reading import Rows, read_policy_sheets
from csctl.policy.form.words import KEY, VALUE, heads_of, sheet_or_head_name


def says_all(filled: Filled, document: Mapping[str, object], language: str) -> bool:
    """Whether the document is read from the cells again, without a fault."""
    found = read_policy_sheets("", pages_of(filled, language))
    return not found.problems and same(found.document, document)


def pages_of(filled: Filled, language: str) -> list[tuple[str, Rows]]:
    """The sheets that have anything on them, by title: heads and rows, and nothing for people alone."""
    settings: list[list[Cell]] = [[value, ".".join(map(written_key, keys))] for keys, _, value in filled.general]
    pages: list[tuple[str, Rows]] = [
        (
            sheet_or_head_name(GENERAL, language),
            [[sheet_or_head_name(VALUE, language), sheet_or_head_name(KEY, language)], *settings],
        )
    ]
    for keys, rows in filled.entries.items():
        sheet = entry_sheet(keys)
        if sheet is not None:
            heads: list[Cell] = [sheet_or_head_name(code, language) for code in heads_of(sheet)]
            pages.append((sheet_or_head_name(sheet.code, language), [heads, *rows]))
    return pages
