"""A company's own form with placeholders put in: a copy; merges, looks and pictures stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openpyxl.cell.cell import Cell

from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.sheets.drawn import drawn_on
from csctl.sheets.form_check import values_of_form
from csctl.sheets.form_propose import Proposal, proposals
from csctl.sheets.xlsx import open_template, save

_MADE_ON = date(2026, 1, 1)
"""Stands in the file's properties: the same form gives the same bytes on any day."""

Chosen = Mapping[tuple[str, str], str]
"""What is to stand in a cell, by sheet and cell."""


def proposed_for(form: bytes, policy: Policy, language: str) -> tuple[list[Proposal], list[Problem]]:
    """What the labels of a form propose, and why it cannot be read."""
    book, problems = open_template(form)
    return (proposals(book, policy, values_of_form(policy, language).single), problems) if book else ([], problems)


def form_sheet_titles(form: bytes) -> list[str]:
    """The titles of a form's sheets; [] for one that cannot be read."""
    book, _ = open_template(form)
    return [sheet.title for sheet in book.worksheets] if book else []


def with_placeholders(form: bytes, chosen: Chosen) -> bytes:
    """A copy of the form with these texts in its cells. Raises ValueError for a form that cannot be read."""
    book, _ = open_template(form)
    if book is None:
        raise ValueError("not a form")
    for (title, name), text in chosen.items():
        cell = book[title][name]
        if isinstance(cell, Cell):
            cell.value = text
            cell.data_type = "s"
    return save(book, _MADE_ON, drawn_on(form)[0])
