"""Filling a performance sheet: a shipped template or the user's own workbook in, a filled workbook out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from csctl.core.certificates import Earned
from csctl.core.records.result import MonthResult
from csctl.headers import key_of
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.sheets.drawn import Drawn, drawn_on, texts_of
from csctl.sheets.form_labels import single_labels
from csctl.sheets.form_marks import (
    ADJUSTMENT,
    BRACES,
    EACH,
    PLACEHOLDER,
    broken,
    edges_of,
    filled_cells,
    keys_in,
    named,
    names_of,
    place_of,
    target_of,
)
from csctl.sheets.form_page import fill_page, merge_same
from csctl.sheets.form_rows import Moved, fit_height, grow
from csctl.sheets.form_values import (
    LINE_FIELDS,
    Fields,
    FormValues,
    Interview,
    Money,
    Value,
    certificate_values,
    form_values,
)
from csctl.sheets.words import everybody, word
from csctl.sheets.xlsx import open_template, save
from csctl.workbook.making import decimal_places
from csctl.workbook.text import clean

_MERGED = "each.dimension"
"""One below the other they are one cell as long as they are the same."""
_NOTES = "sheet.notes"
_WRITTEN = "interview."
"""Notes and what people wrote may be longer than a template's row is high."""
_OUTSIDE = frozenset({"WEBSERVICE(", "CALL(", "EXEC(", "REGISTER.ID(", "HYPERLINK(", "RTD(", "DDE("})
_LIKE_A_FORMULA = ("=", "+", "-", "@")


def fill_form(
    template: bytes, result: MonthResult, agent_id: str, language: str, interview: Interview | None = None
) -> tuple[bytes, list[Problem]]:
    """The template with every ``{{placeholder}}`` and known defined name filled in for one agent.

    A cell that is one placeholder gets a number where the value is one, and keeps its format. Text never becomes a
    formula. Problems name sheet and cell; with an error among them, such as a placeholder that nothing fills, the
    bytes are empty. Raises KeyError for an agent the month does not know.
    """
    agent = {each.agent_id: each for each in everybody(result)}[agent_id]
    return filled(template, form_values(result, agent, language, interview), result.month, language)


def fill_certificate(
    template: bytes, result: MonthResult, earned: Earned, language: str
) -> tuple[bytes, list[Problem]]:
    """The template filled in for one certificate: its own placeholders, and those of the agent and of fixed words.

    As ``fill_form`` otherwise; a number that is not written down leaves room to write it.
    """
    agent = {each.agent_id: each for each in everybody(result)}[earned.agent_id]
    return filled(template, certificate_values(result, agent, earned, language), result.month, language)


def filled(template: bytes, values: FormValues, month: Month, language: str) -> tuple[bytes, list[Problem]]:
    """The template filled with values, and what is wrong with it; no bytes with an error among that."""
    book, problems = open_template(template)
    if book is None:
        return b"", problems
    drawn, _ = drawn_on(template)
    moved, found = fill(book, drawn, values, language)
    problems += found
    if errors(problems):
        return b"", problems
    fill_page(book)
    return save(book, month.first, drawn, moved, lambda text: _said(text, values.single)), problems


def fill(
    book: Workbook, drawn: Mapping[str, Drawn], values: FormValues, language: str
) -> tuple[list[Moved], list[Problem]]:
    """Fill an opened template; the rows that moved, and what is wrong with it."""
    problems = _check_formulas(book)
    moved: list[Moved] = []
    for sheet in book.worksheets:
        problems += _fill_sheet(sheet, values, language, moved)
        problems += _fill_edges(sheet, values.single)
    problems += _fill_names(book, values.single)
    problems += [one for title, text in texts_of(drawn) for one in _unknown(text, values.single, Place(sheet=title))]
    return moved, problems


def _check_formulas(book: Workbook) -> list[Problem]:
    """Formulas that reach outside become text; of the others it is said that previews do not show them."""
    problems: list[Problem] = []
    kept: list[Cell] = []
    for sheet in book.worksheets:
        for cell in filled_cells(sheet):
            if cell.data_type != "f":
                continue
            if isinstance(cell.value, str) and _leads_outside(cell.value):
                problems.append(problem("template-formula-leads-outside", place_of(cell), cell.value))
                _put(cell, cell.value)
            else:
                kept.append(cell)
    if kept:
        found = problem("template-formula-without-value", place_of(kept[0]), kept[0].coordinate, count=len(kept))
        problems.append(found)
    return problems


def _leads_outside(formula: str) -> bool:
    """Whether a formula names another workbook, another program or the web, or is none at all."""
    try:
        tokens = Tokenizer(formula).items
    except TokenizerError:
        return True
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            if token.value.lstrip("'").startswith("[") or "|" in token.value or "[" in token.value.rpartition("!")[0]:
                return True
        elif token.value == "|" or (token.type == Token.FUNC and token.value.upper() in _OUTSIDE):
            return True
    return False


def _put(cell: Cell, value: Value) -> None:
    """A value by its type; text is stored as text, whatever it begins with."""
    if isinstance(value, str):
        text = clean(value)
        cell.value = text or None
        cell.data_type = "s" if text else "n"
        if text.startswith(_LIKE_A_FORMULA):
            cell.quotePrefix = True
    else:
        cell.value = Decimal(value) if isinstance(value, Money) else value
        if isinstance(value, Decimal) and cell.number_format == "General":
            # A template that says nothing leaves the places to the policy.
            places = 2 if isinstance(value, Money) else decimal_places(value, as_given=True)
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")


def _text(value: Value) -> str:
    if isinstance(value, Money):
        return f"{value:,.2f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _fill_names(book: Workbook, single: Fields) -> list[Problem]:
    """Defined names such as ``score_total`` or ``line_response_value`` that mean one cell."""
    by_name = {named(key): value for key, value in single.items()}
    problems: list[Problem] = []
    for name in names_of(book):
        if name.name not in by_name:
            continue
        cell = target_of(book, name)
        if cell is None:
            problems.append(problem("template-name-of-several-cells", found=name.name))
        else:
            _put(cell, by_name[name.name])
    return problems


def _fill_edges(sheet: Worksheet, single: Fields) -> list[Problem]:
    """Placeholders in the heads and feet of printed pages, where ``&`` is written twice."""
    problems: list[Problem] = []
    for part, text in edges_of(sheet):
        if BRACES.search(text):
            doubled: Fields = {key: _text(value).replace("&", "&&") for key, value in single.items()}
            problems += _unknown(text, doubled, Place(sheet=sheet.title))
            part.text = _said(text, doubled)
    return problems


def _fill_sheet(sheet: Worksheet, values: FormValues, language: str, moved: list[Moved]) -> list[Problem]:
    """Single placeholders first, then the rows that repeat, from the lowest up so that none moves another.

    What is moved thereby is added to ``moved``.
    """
    marked = [cell for cell in filled_cells(sheet) if cell.data_type == "s" and BRACES.search(str(cell.value))]
    merged = {cell.row: (cell.column,) for cell in marked if keys_in(cell) == [_MERGED]}
    repeated = {cell.row: "" for cell in marked if any(key.startswith(EACH) for key in keys_in(cell))}
    for cell in marked:
        if cell.row in repeated and any(key.startswith(ADJUSTMENT) for key in keys_in(cell)):
            repeated[cell.row] = ADJUSTMENT
    noted = [cell.row for cell in marked if any(key == _NOTES or key.startswith(_WRITTEN) for key in keys_in(cell))]
    problems = [problem for cell in marked if cell.row not in repeated for problem in _fill_cell(cell, values.single)]
    for row in noted:
        fit_height(sheet, row, grows=True)
    for row in sorted(repeated, reverse=True):
        start, items = (ADJUSTMENT, values.adjustments) if repeated[row] else (EACH, values.lines)
        if not items:
            items = [_nothing([key for cell in marked if cell.row == row for key in keys_in(cell)], start, language)]
        grow(sheet, row, len(items))
        moved.append(Moved(sheet.title, row, len(items) - 1))
        for offset, item in enumerate(items):
            known = values.single | {f"{start}{name}": value for name, value in item.items()}
            for cell in filled_cells(sheet, row + offset):
                if cell.data_type == "s" and BRACES.search(str(cell.value)):
                    problems += _fill_cell(cell, known)
            fit_height(sheet, row + offset)
        for column in merged.get(row, ()):
            merge_same(sheet, row, row + len(items) - 1, column)
    return problems


def _nothing(keys: list[str], start: str, language: str) -> Fields:
    """The one row shown where there is nothing to repeat: 无 in the first field, the others empty."""
    names = [key.removeprefix(start) for key in keys if key.startswith(start)]
    first = next((name for name in names if name in LINE_FIELDS), "")
    return {name: word("none", language) if name == first else "" for name in LINE_FIELDS}


def _fill_cell(cell: Cell, known: Fields) -> list[Problem]:
    """Fill the placeholders of one cell; those that nothing fills are reported with the nearest name."""
    text = str(cell.value)
    whole = PLACEHOLDER.fullmatch(text.strip())
    if whole and whole[1] in known:
        _put(cell, known[whole[1]])
        return []
    _put(cell, _said(text, known))
    return _unknown(text, known, place_of(cell))


def _said(text: str, known: Fields) -> str:
    """A text with its placeholders filled, as far as they are known."""
    return PLACEHOLDER.sub(lambda match: _text(known[match[1]]) if match[1] in known else match[0], text)


def _unknown(text: str, known: Fields, place: Place) -> list[Problem]:
    """What nothing fills in a text, each with what was probably meant."""
    unknown = [key for key in PLACEHOLDER.findall(text) if key not in known] + broken(text)
    return [problem("template-unknown-placeholder", place, key, nearest=_nearest(key, known)) for key in unknown]


def _nearest(key: str, known: Fields) -> str:
    """The placeholder that was probably meant: the one whose label stands in the braces, else the most alike."""
    meant = [one for one in single_labels().get(key_of(key), ()) if one in known]
    return "{{" + "".join(meant[:1] or difflib.get_close_matches(key, known, n=1, cutoff=0.0)) + "}}"
