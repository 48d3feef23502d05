"""A form filled with values: of nobody in particular, so that a process that only fills need not know of months."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import partial
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from csctl.headers import key_of
from csctl.messages import problem, say
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.sheets.copies import thawed
from csctl.sheets.drawn import drawn_on, text_box_texts
from csctl.sheets.form_fields import LINE_FIELDS, Fields, FormValues
from csctl.sheets.form_grown import Grown, SheetPlan, grown_form
from csctl.sheets.form_labels import single_labels
from csctl.sheets.form_marks import (
    ADJUSTMENT,
    BRACES,
    EACH,
    PLACEHOLDER,
    broken,
    cell_place,
    defined_name,
    defined_names,
    edges_of,
    target_of,
)
from csctl.sheets.form_page import fill_page, merge_same
from csctl.sheets.form_put import inline_text, put_value
from csctl.sheets.form_rows import fit_height
from csctl.sheets.xlsx import save


def fill_template(template: bytes, values: FormValues, month: Month, language: str) -> tuple[bytes, list[Problem]]:
    """The template with every ``{{placeholder}}`` and known defined name filled in, and what is wrong with it.

    A cell that is one placeholder gets a number where the value is one, and keeps its format. Text never becomes a
    formula. Problems name sheet and cell; with an error among them, such as a placeholder that nothing fills, the
    bytes are empty.
    """
    grown, problems = _grown(template, values)
    if grown is None:
        return b"", problems
    book, found = _fill(grown, template, values, language)
    problems += found
    if errors(problems):
        return b"", problems
    fill_page(book)
    said = partial(_said, known=values.single)
    return save(book, month.first, drawn_on(template)[0], grown.moved, said, grown.written), problems


def filled_file(template: bytes, month: Month, language: str, values: FormValues) -> bytes:
    """The template filled, of which all is known to be well. Raises ValueError where these values do not fit it."""
    content, problems = fill_template(template, values, month, language)
    if not content:
        raise ValueError(", ".join(dict.fromkeys(one.code for one in errors(problems))))
    return content


def template_faults(template: bytes, values: FormValues, language: str) -> list[Problem]:
    """What is wrong with a template when it is filled with these values; nothing is written."""
    grown, problems = _grown(template, values)
    return problems if grown is None else [*problems, *_fill(grown, template, values, language)[1]]


def _grown(template: bytes, values: FormValues) -> tuple[Grown | None, list[Problem]]:
    return grown_form(template, max(1, len(values.lines)), max(1, len(values.adjustments)))


def _fill(grown: Grown, template: bytes, values: FormValues, language: str) -> tuple[Workbook, list[Problem]]:
    book = thawed(grown.frozen)
    problems: list[Problem] = []
    for plan in grown.sheets:
        problems += _fill_sheet(book[plan.title], plan, values, language)
        problems += _fill_edges(book[plan.title], values.single)
    problems += _fill_names(book, values.single)
    texts = text_box_texts(drawn_on(template)[0])
    return book, problems + [one for title, text in texts for one in _unknown(text, values.single, Place(sheet=title))]


def _fill_names(book: Workbook, single: Fields) -> list[Problem]:
    """Defined names such as ``score_total`` or ``line_response_value`` that mean one cell."""
    by_name = {defined_name(key): value for key, value in single.items()}
    problems: list[Problem] = []
    for name in defined_names(book):
        if name.name not in by_name:
            continue
        cell = target_of(book, name)
        if cell is None:
            problems.append(problem("template-name-of-several-cells", found=name.name))
        else:
            put_value(cell, by_name[name.name])
    return problems


def _fill_edges(sheet: Worksheet, single: Fields) -> list[Problem]:
    """Placeholders in the heads and feet of printed pages, where ``&`` is written twice."""
    problems: list[Problem] = []
    for part, text in edges_of(sheet):
        if BRACES.search(text):
            doubled: Fields = {key: inline_text(value).replace("&", "&&") for key, value in single.items()}
            problems += _unknown(text, doubled, Place(sheet=sheet.title))
            part.text = _said(text, doubled)
    return problems


def _fill_sheet(sheet: Worksheet, plan: SheetPlan, values: FormValues, language: str) -> list[Problem]:
    """Single placeholders first, then the rows that repeat, from the lowest up."""
    problems = [one for row, column in plan.single for one in _fill_cell(sheet.cell(row, column), values.single)]
    for row in sorted({row for row, _ in plan.single}):
        fit_height(sheet, row)
    for rows in plan.repeated:
        start, items = (ADJUSTMENT, values.adjustments) if rows.adjustments else (EACH, values.lines)
        for offset, item in enumerate(items or [_nothing(rows.keys, start, language)]):
            known = values.single | {f"{start}{name}": value for name, value in item.items()}
            for column in rows.columns[offset]:
                problems += _fill_cell(sheet.cell(rows.first + offset, column), known)
            fit_height(sheet, rows.first + offset, repeated=True, besides=rows.merged)
        for column in rows.merged:
            merge_same(sheet, rows.first, rows.last, column)
    return problems


def _nothing(keys: Sequence[str], start: str, language: str) -> Fields:
    """The one row shown where there is nothing to repeat: 无 in the first field, the others empty."""
    names = [key.removeprefix(start) for key in keys if key.startswith(start)]
    first = next((name for name in names if name in LINE_FIELDS), "")
    return {name: say("sheet.none", language) if name == first else "" for name in LINE_FIELDS}


def _fill_cell(cell: Any, known: Fields) -> list[Problem]:
    """Fill the placeholders of one cell; those that nothing fills are reported with the nearest name."""
    text = str(cell.value)
    whole = PLACEHOLDER.fullmatch(text.strip())
    if whole and whole[1] in known:
        put_value(cell, known[whole[1]])
        return []
    put_value(cell, _said(text, known))
    return _unknown(text, known, cell_place(cell))


def _said(text: str, known: Fields) -> str:
    """A text with its placeholders filled, as far as they are known."""
    return PLACEHOLDER.sub(lambda match: inline_text(known[match[1]]) if match[1] in known else match[0], text)


def _unknown(text: str, known: Fields, place: Place) -> list[Problem]:
    """What nothing fills in a text, each with what was probably meant."""
    unknown = [key for key in PLACEHOLDER.findall(text) if key not in known] + broken(text)
    return [problem("template-unknown-placeholder", place, key, nearest=_nearest(key, known)) for key in unknown]


def _nearest(key: str, known: Fields) -> str:
    """The placeholder that was probably meant: the one whose label stands in the braces, else the most alike."""
    meant = [one for one in single_labels().get(key_of(key), ()) if one in known]
    return "{{" + "".join(meant[:1] or difflib.get_close_matches(key, known, n=1, cutoff=0.0)) + "}}"
