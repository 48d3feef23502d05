"""What stands in an open cell, held against what may be written there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from csctl.core.career.answers import answer_of
from csctl.core.forms.model import Allowed, Slot
from csctl.core.forms.rated import MINUS, NEITHER, PLUS, yes_no
from csctl.core.people.identity import fold
from csctl.core.scoring.marks import mark_of
from csctl.messages import LANGUAGES, problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Cell
from csctl.readers.mapping.dates import parse_date
from csctl.readers.mapping.values import exact_number, is_error_cell, text_of

_SIGNS = {1: PLUS, -1: MINUS, 0: NEITHER}
_ANSWERS = frozenset(yes_no(language) for language in LANGUAGES)


def read_cell(cell: Cell, slot: Slot, place: Place) -> tuple[str, list[Problem]]:
    """The answer in plain form, "" if there is none; one that cannot be is a problem and left out."""
    text = text_of(cell).strip()
    if not text:
        return "", []
    if is_error_cell(cell):
        return "", [problem("forms-text-off", place, text)]
    allowed = slot.allowed
    if allowed.kind == "choice":
        chosen = chosen_of(cell, allowed)
        listed = "、".join(allowed.choices)
        fault = problem("forms-choice-off", place, text, item=slot.label, choices=listed)
        return (chosen or text, []) if chosen or allowed.open else ("", [fault])
    if allowed.kind == "number":
        number = number_of(cell, allowed)
        most = f"{allowed.most:f}" if allowed.most is not None else "…"
        return (number, []) if number else ("", [problem("forms-number-off", place, text, item=slot.label, most=most)])
    if allowed.kind == "date":
        day = day_of(cell)
        return (day.isoformat(), []) if day else ("", [problem("forms-date-off", place, text)])
    return text, []


def chosen_of(cell: Cell, allowed: Allowed) -> str:
    """The choice that is meant; width, case and the many ways of ticking do not matter. "" if none is."""
    text = fold(text_of(cell))
    exact = next((choice for choice in allowed.choices if fold(choice) == text), "")
    if exact:
        return exact
    if allowed.choices in _ANSWERS:
        answer = answer_of(text)
        return "" if answer is None else allowed.choices[0 if answer else 1]
    sign = _SIGNS.get(mark_of(text) or 0, "") if mark_of(text) is not None else ""
    return sign if NEITHER in allowed.choices and sign in allowed.choices else ""


def number_of(cell: Cell, allowed: Allowed) -> str:
    """A number within its bounds, without needless noughts; "" for anything else."""
    number = exact_number(cell)
    if not isinstance(number, Decimal) or (allowed.most is not None and not 0 <= number <= allowed.most):
        return ""
    return f"{number.normalize():f}" if number else "0"


def day_of(cell: Cell) -> date | None:
    """A day, written as a date or in any usual way."""
    if isinstance(cell, datetime):
        return cell.date()
    found = parse_date(cell)
    return found if isinstance(found, date) else None
