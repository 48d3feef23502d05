"""A drawn form as a workbook in memory: open cells checked as they are filled in, everything else protected.

The questions are anchored three times, for programs drop what they do not know when they save: a hidden sheet lists
every open cell, each such cell has a name of its own, and its row and its sheet say in words what is asked of whom.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from csctl.core.forms.model import Allowed, Form, Slot, form_id
from csctl.messages.grammar import listed
from csctl.sheets.rating_form import HEAD_ROW, About, Box, Drawn, Look, draw
from csctl.sheets.text import clean
from csctl.sheets.write import FONT

HIDDEN = "_csctl"
KEYS = ("csctl", "kind", "month", "role", "rater", "rater_id", "form", "policy", "fingerprint")
"""What the hidden sheet says of the form, a key and a value on each row."""
FIELDS = ("question", "agent", "item", "part", "sheet", "cell", "label")
"""Heads of the hidden sheet's list of open cells."""
KIND, VERSION = "rating-form", "1"
_LIST_COLUMN = 9
_LONGEST_LIST = 255
_A4 = 9
_LINE = {"border": 1, "border_color": "#BFBFBF"}
_LOOKS: dict[Look, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "info": {"bg_color": "#F2F2F2", "align": "center", **_LINE},
    "known": {"text_wrap": True, "num_format": "@", "indent": 1, **_LINE},
    "how": {"italic": True, "font_color": "#595959", "text_wrap": True, **_LINE},
    "head": {"bold": True, "bg_color": "#D9E1F2", "align": "center", "text_wrap": True, **_LINE},
    "band": {"bold": True, "bg_color": "#E7E6E6", "indent": 1, **_LINE},
    "group": {"text_wrap": True, "align": "center", **_LINE},
    "text": {"text_wrap": True, "indent": 1, **_LINE},
    "figure": {"text_wrap": True, "font_color": "#595959", "align": "center", **_LINE},
    "none": {"bg_color": "#F2F2F2", **_LINE},
    "sign": {"align": "right", "font_color": "#595959"},
}
_OPEN = {"locked": False, "bg_color": "#FFF2CC", "text_wrap": True, **_LINE}
_OPTIONAL = "#FFFBEB"
_KINDS: dict[str, dict[str, object]] = {
    "choice": {"num_format": "@", "align": "center"},
    "number": {"num_format": "General", "align": "center"},
    "text": {"num_format": "@", "indent": 1},
    "date": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}
_ALLOWED_TO_READERS = {"select_locked_cells": True, "format_columns": True, "format_rows": True}
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


def form_book(form: Form, about: About) -> bytes:
    """The workbook's bytes: the same form gives the same bytes on any day."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": "csctl", "created": datetime.combine(about.month.first, time(), UTC)})
    base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
    looks: dict[str, Any] = {name: book.add_format(base | look) for name, look in _LOOKS.items()}
    for kind, look in _KINDS.items():
        looks[f"open-{kind}-text"] = book.add_format(base | _OPEN | look)
        looks[f"open-{kind}-none"] = book.add_format(base | _OPEN | look | {"bg_color": _OPTIONAL})
    pages = draw(form, about)
    lists = _long_lists(pages)
    if len(pages) > 1:
        _contents(book, form, pages, about, looks)
    for page in pages:
        _write_page(book, page, about, looks, lists)
    _write_hidden(book, form, pages, about, lists)
    book.close()
    return buffer.getvalue()


def _write_page(book: Any, page: Drawn, about: About, looks: Any, lists: Sequence[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(page.title)
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    for row, height in enumerate(page.heights):
        sheet.set_row(row, height)
    for box in page.boxes:
        _write_box(sheet, box, looks)
        if box.slot is not None:
            book.define_name(box.slot.name, f"='{page.title}'!{xl_rowcol_to_cell(box.row, box.column, True, True)}")
            _check(sheet, box, box.slot, about, lists)
    sheet.freeze_panes(HEAD_ROW + 1 if _has_heads(page) else HEAD_ROW, 0)
    if _has_heads(page):
        sheet.repeat_rows(HEAD_ROW)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&C&P / &N")
    sheet.hide_gridlines(2)
    sheet.protect("", _ALLOWED_TO_READERS)


def _has_heads(page: Drawn) -> bool:
    return any(box.row == HEAD_ROW and box.look == "head" for box in page.boxes)


def _write_box(sheet: Any, box: Box, looks: Any) -> None:
    """A cell or a merged range; text stays text, whatever it begins with."""
    look = looks[f"open-{box.slot.allowed.kind}-{box.look}" if box.slot else box.look]
    text = clean(box.text)
    if (box.bottom, box.right) != (box.row, box.column):
        sheet.merge_range(box.row, box.column, box.bottom, box.right, "", look)
    if text:
        sheet.write_string(box.row, box.column, text, look)
    else:
        sheet.write_blank(box.row, box.column, None, look)


def _check(sheet: Any, box: Box, slot: Slot, about: About, lists: Sequence[tuple[str, ...]]) -> None:
    """The program itself refuses what cannot be read back."""
    rule = _rule(slot.allowed, lists)
    if rule is None:
        return
    message = told(slot.allowed, about)
    words = {"input_message": message, "error_title": about.words("forms-check-title"), "error_message": message}
    sheet.data_validation(box.row, box.column, box.row, box.column, rule | words)


def _rule(allowed: Allowed, lists: Sequence[tuple[str, ...]]) -> dict[str, Any] | None:
    if allowed.kind == "choice":
        if allowed.choices not in lists:
            return {"validate": "list", "source": list(allowed.choices), "show_error": not allowed.open}
        column = _LIST_COLUMN + lists.index(allowed.choices)
        cells = xl_range_abs(0, column, len(allowed.choices) - 1, column)
        return {"validate": "list", "source": f"='{HIDDEN}'!{cells}", "show_error": not allowed.open}
    if allowed.kind == "number" and allowed.most is not None:
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": allowed.most}
    if allowed.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
    return None


def told(allowed: Allowed, about: About) -> str:
    """What may be written, in words of at most 255 characters."""
    if allowed.kind == "choice":
        choices = listed(allowed.choices, about.language)
        shown = choices if len(choices) < 200 else f"{choices[:196]} …"
        return about.words("forms-check-open" if allowed.open else "forms-check-choice", choices=shown)
    if allowed.kind == "number":
        return about.words("forms-check-number", most=f"{allowed.most:f}" if allowed.most is not None else "…")
    return about.words("forms-check-date")


def _long_lists(pages: Sequence[Drawn]) -> list[tuple[str, ...]]:
    """Lists that do not fit into the rule of a cell: those stand on the hidden sheet."""
    found: dict[tuple[str, ...], None] = {}
    for page in pages:
        for box in page.boxes:
            choices = box.slot.allowed.choices if box.slot else ()
            if len(",".join(choices)) > _LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
                found[choices] = None
    return list(found)


def _contents(book: Any, form: Form, pages: Sequence[Drawn], about: About, looks: Any) -> None:
    """The first sheet of a form about several people: a link to each page."""
    sheet = book.add_worksheet(about.words("forms-contents"))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 26)
    title = about.words(f"forms-title-{form.role}", month=about.month, heading=about.heading)
    sheet.merge_range(0, 0, 0, 2, "", looks["title"])
    sheet.write_string(0, 0, clean(title), looks["title"])
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, 2, "", looks["how"])
    sheet.write_string(1, 0, clean(about.words(f"forms-how-{form.role}")), looks["how"])
    sheet.set_row(1, 66)
    for column, code in enumerate(("form.agent-id", "form.agent", "forms-page")):
        sheet.write_string(2, column, about.words(code), looks["head"])
    for row, (page, drawn) in enumerate(zip(form.pages, pages, strict=True), start=3):
        sheet.write_string(row, 0, clean(page.agent.agent_id), looks["known"])
        sheet.write_string(row, 1, clean(page.agent.name), looks["known"])
        sheet.write_url(row, 2, f"internal:'{drawn.title}'!A1", looks["known"], drawn.title)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.protect("", _ALLOWED_TO_READERS)


def _write_hidden(
    book: Any, form: Form, pages: Sequence[Drawn], about: About, lists: Sequence[tuple[str, ...]]
) -> None:
    sheet = book.add_worksheet(HIDDEN)
    identity = form_id(form, about.month, about.fingerprint)
    values = (VERSION, KIND, str(about.month), form.role, form.rater, form.rater_id, identity, about.policy,
              about.fingerprint)  # fmt: skip
    rows: list[Sequence[str]] = [*zip(KEYS, values, strict=True), (), FIELDS]
    for page in pages:
        for box in page.boxes:
            if box.slot is not None:
                slot, cell = box.slot, xl_rowcol_to_cell(box.row, box.column)
                rows.append((slot.name, slot.agent_id, slot.item, slot.part, page.title, cell, slot.label))
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, clean(text))
    for column, choices in enumerate(lists, start=_LIST_COLUMN):
        for number, choice in enumerate(choices):
            sheet.write_string(number, column, clean(choice))
    sheet.protect("")
    sheet.hide()
