"""What stands in an open cell, held against what may be written there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from csctl.core.forms.model import Allowed, Slot
from csctl.core.forms.rated import MINUS, NEITHER, PLUS
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.dates import parse_date
from csctl.readers.columns.values import cell_as_text, exact_number, is_error_cell
from csctl.readers.grid import Cell
from csctl.words import answer_on_scale, fold, side_of_pair, yes_or_no

SIGNS = {1: PLUS, -1: MINUS, 0: NEITHER}


def read_cell(cell: Cell, slot: Slot, place: Place) -> tuple[str, list[Problem]]:
    """The answer in plain form, "" if there is none; one that cannot be is a problem and left out."""
    text = cell_as_text(cell).strip()
    if not text:
        return "", []
    if is_error_cell(cell):
        return "", [problem("forms-text-off", place, text)]
    meant = _meant_by(cell, slot.allowed)
    return (meant, []) if meant else ("", [_off(slot, place, text)])


def _meant_by(cell: Cell, allowed: Allowed) -> str:
    """What a filled cell says, in plain form; "" if it cannot be meant there."""
    if allowed.kind == "choice":
        return chosen_of(cell, allowed) or (cell_as_text(cell).strip() if allowed.open else "")
    if allowed.kind == "number":
        return number_of(cell, allowed) or _answered(cell, allowed)
    if allowed.kind == "date":
        day = _day_of(cell)
        return day.isoformat() if day else ""
    return cell_as_text(cell).strip()


def _off(slot: Slot, place: Place, text: str) -> Problem:
    allowed = slot.allowed
    if allowed.kind == "choice":
        return problem("forms-choice-off", place, text, item=slot.label, choices=allowed.choices)
    if allowed.kind == "number":
        most = f"{allowed.most:f}" if allowed.most is not None else "…"
        return problem("forms-number-off", place, text, item=slot.label, most=most)
    return problem("forms-date-off", place, text)


def chosen_of(cell: Cell, allowed: Allowed) -> str:
    """The choice that is meant; width, case and the many ways of ticking do not matter. "" if none is."""
    text = fold(cell_as_text(cell))
    exact = next((choice for choice in allowed.choices if fold(choice) == text), "")
    return exact or _answered(cell, allowed)


def _answered(cell: Cell, allowed: Allowed) -> str:
    """What a word means that is none of the choices, by what the cell asks; "" if nothing."""
    text = cell_as_text(cell)
    if allowed.asks == "scale":
        return text.strip() if answer_on_scale(text) is not None else ""
    answer = yes_or_no(text) if allowed.asks in ("yes or no", "question") else None
    if answer is not None:
        return allowed.choices[0 if answer else 1]
    side = side_of_pair(text) if allowed.asks in ("question", "pair") else None
    sign = "" if side is None else SIGNS[side]
    return sign if allowed.asks == "question" or sign in allowed.choices else ""


def number_of(cell: Cell, allowed: Allowed) -> str:
    """A number within its bounds, without needless noughts; "" for anything else."""
    number = exact_number(cell)
    if not isinstance(number, Decimal) or (allowed.most is not None and not 0 <= number <= allowed.most):
        return ""
    return f"{number.normalize():f}" if number else "0"


def _day_of(cell: Cell) -> date | None:
    """A day, written as a date or in any usual way."""
    if isinstance(cell, datetime):
        return cell.date()
    found = parse_date(cell)
    return found if isinstance(found, date) else None
