"""Which open cell of a workbook answers which question, kept in the workbook itself.

The questions are anchored three times, for programs drop what they do not know when they save: a hidden sheet lists
every open cell, each such cell has a name of its own, and its row and its sheet say in words what is asked of whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csctl.core.forms.model import Form, Slot, form_id
from csctl.sheets.rating_form import About
from csctl.workbook.cells import address, cell_name
from csctl.workbook.making import Making
from csctl.workbook.text import clean

HIDDEN = "_csctl"
KEYS = ("csctl", "kind", "month", "role", "rater", "rater_id", "form", "policy", "fingerprint")
"""What the hidden sheet says of the form, a key and a value on each row."""
FIELDS = ("question", "agent", "item", "part", "sheet", "cell", "label")
"""Heads of the hidden sheet's list of open cells."""
KIND, VERSION = "rating-form", "1"
LIST_COLUMN = 9
"""From this column on the hidden sheet has the lists that are too long for the rule of a cell."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An open cell and what is asked there; row and column from 0."""

    sheet: str
    row: int
    column: int
    slot: Slot


def anchor(
    book: Making, form: Form, about: About, anchors: Sequence[Anchor], lists: Sequence[tuple[str, ...]] = ()
) -> None:
    """Name the open cells and list them on the hidden sheet, by which answers are collected."""
    sheet = book.sheet(HIDDEN)
    identity = form_id(form, about.month, about.fingerprint)
    values = (VERSION, KIND, str(about.month), form.role, form.rater, form.rater_id, identity, about.policy,
              about.fingerprint)  # fmt: skip
    rows: list[Sequence[str]] = [*zip(KEYS, values, strict=True), (), FIELDS]
    for one in anchors:
        slot, cell = one.slot, cell_name(one.row, one.column)
        rows.append((slot.name, slot.agent_id, slot.item, slot.part, one.sheet, cell, slot.label))
        book.book.define_name(slot.name, f"={address(one.row, one.column, one.sheet)}")
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, clean(text))
    for column, choices in enumerate(lists, start=LIST_COLUMN):
        for number, choice in enumerate(choices):
            sheet.write_string(number, column, clean(choice))
    sheet.protect("")
    sheet.hide()
