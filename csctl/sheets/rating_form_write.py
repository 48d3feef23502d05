"""A drawn form as a workbook in memory: open cells checked as they are filled in, everything else protected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from csctl.core.forms.model import Allowed, Form, Slot
from csctl.messages.grammar import listed
from csctl.sheets.anchors import HIDDEN, LIST_COLUMN, Anchor, anchor
from csctl.sheets.rating_form import HEAD_ROW, About, Box, DrawnSheet, draw_rating_form
from csctl.workbook.cells import column_range
from csctl.workbook.making import Making, keep_in_sight, lock, on_paper
from csctl.workbook.text import lines_of

_LONGEST_LIST = 255
_UPRIGHT = 6
"""So many columns fit on a page that stands upright."""
_ONE_PAGE_ROWS = 40
"""A form of so many rows to be written in stands on one page."""
_TITLE_WIDTH = 46
"""Characters in a line of the title above the list of pages: it is set larger than the cells below."""
_FOOTER = "&L&A&C&P / &N"
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


def form_book(form: Form, about: About) -> bytes:
    """The workbook's bytes: the same form gives the same bytes on any day."""
    book = Making(about.month.first)
    pages = draw_rating_form(form, about)
    lists = _long_lists(pages)
    if len(pages) > 1:
        _contents(book, form, pages, about)
    for page in pages:
        _write_page(book, page, about, lists)
    anchors = [Anchor(page.title, box.row, box.column, box.slot) for page in pages for box in page.boxes if box.slot]
    anchor(book, form, about, anchors, lists)
    return book.content()


def _write_page(book: Making, page: DrawnSheet, about: About, lists: Sequence[tuple[str, ...]]) -> None:
    sheet = book.sheet(page.title)
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    for row, height in enumerate(page.heights):
        sheet.set_row(row, height)
    for box in page.boxes:
        book.stretch(sheet, box.row, box.column, box.bottom, box.right, box.text, box.shown)
        if box.slot is not None:
            _check(sheet, box, box.slot, about, lists)
    heads = _heads(page)
    if heads == HEAD_ROW:
        keep_in_sight(sheet, heads)
    else:
        sheet.freeze_panes(HEAD_ROW, 0)
        sheet.repeat_rows(heads)
    few = heads != HEAD_ROW and len(page.heights) <= _ONE_PAGE_ROWS
    on_paper(sheet, upright=len(page.widths) <= _UPRIGHT, one_page=few, footer=_FOOTER)
    lock(sheet)


def _heads(page: DrawnSheet) -> int:
    """The row of the heads of what is filled in: where it goes on over a page, they stand on that too."""
    below = [box.row for box in page.boxes if box.look == "head" and box.row >= HEAD_ROW]
    return HEAD_ROW if HEAD_ROW in below else max(below, default=HEAD_ROW)


def _check(sheet: Any, box: Box, slot: Slot, about: About, lists: Sequence[tuple[str, ...]]) -> None:
    """The program itself refuses what cannot be read back."""
    rule = _rule(slot.allowed, lists)
    if rule is None:
        return
    message = _allowed_text(slot.allowed, about)
    words = {"input_message": message, "error_title": about.words("forms-check-title"), "error_message": message}
    sheet.data_validation(box.row, box.column, box.row, box.column, rule | words)


def _rule(allowed: Allowed, lists: Sequence[tuple[str, ...]]) -> dict[str, Any] | None:
    if allowed.kind == "choice":
        if allowed.choices not in lists:
            return {"validate": "list", "source": list(allowed.choices), "show_error": not allowed.open}
        column = LIST_COLUMN + lists.index(allowed.choices)
        cells = column_range(0, len(allowed.choices) - 1, column, HIDDEN)
        return {"validate": "list", "source": f"={cells}", "show_error": not allowed.open}
    if allowed.kind == "number" and allowed.most is not None:
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": allowed.most}
    if allowed.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
    return None


def _allowed_text(allowed: Allowed, about: About) -> str:
    """What may be written, in words of at most 255 characters."""
    if allowed.kind == "choice":
        choices = listed(allowed.choices, about.language)
        shown = choices if len(choices) < 200 else f"{choices[:196]} …"
        return about.words("forms-check-open" if allowed.open else "forms-check-choice", choices=shown)
    if allowed.kind == "number":
        return about.words("forms-check-number", most=f"{allowed.most:f}" if allowed.most is not None else "…")
    return about.words("forms-check-date")


def _long_lists(pages: Sequence[DrawnSheet]) -> list[tuple[str, ...]]:
    """Lists that do not fit into the rule of a cell: those stand on the hidden sheet."""
    found: dict[tuple[str, ...], None] = {}
    for page in pages:
        for box in page.boxes:
            choices = box.slot.allowed.choices if box.slot else ()
            if len(",".join(choices)) > _LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
                found[choices] = None
    return list(found)


def _contents(book: Making, form: Form, pages: Sequence[DrawnSheet], about: About) -> None:
    """The first sheet of a form about several people: a link to each page."""
    sheet = book.sheet(about.words("forms-contents"))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 26)
    title = about.words(f"forms-title-{form.role}", month=about.month, heading=about.heading)
    book.stretch(sheet, 0, 0, 0, 2, title, "title_centred")
    sheet.set_row(0, 30 * lines_of(title, _TITLE_WIDTH))
    book.stretch(sheet, 1, 0, 1, 2, about.words(f"forms-how-{form.role}"), "remark_boxed")
    sheet.set_row(1, 66)
    for column, code in enumerate(("form.agent-id", "form.agent", "forms-page")):
        book.put(sheet, 2, column, about.words(code), "head")
    for row, (page, drawn) in enumerate(zip(form.pages, pages, strict=True), start=3):
        book.put(sheet, row, 0, page.agent.agent_id, "known")
        book.put(sheet, row, 1, page.agent.name, "known")
        sheet.write_url(row, 2, f"internal:'{drawn.title}'!A1", book.look("known"), drawn.title)
    on_paper(sheet, upright=True, footer=_FOOTER)
    lock(sheet)
