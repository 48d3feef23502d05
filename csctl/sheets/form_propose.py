"""Where the figures belong on a company's own form, by the labels that stand on it: proposed, never assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook

from csctl.policy.model import Policy
from csctl.sheets.form_fields import Fields
from csctl.sheets.form_labels import label_meanings, single_labels
from csctl.sheets.form_marks import PLACEHOLDER, defined_name, defined_names, spots_of, target_of
from csctl.sheets.form_plan import At, Plan
from csctl.sheets.form_tables import FormTable, tables_on

_BLANK = re.compile(r"([^\s:：_＿][^:：_＿]*?)\s*[:：]([\s_＿]*)")
"""A label with a colon, and the line to write on behind it."""
_SINGLE_FIGURES = ("score.", "pay.")
_BY_HAND = "interview."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cell of a form and what it may show: ``text`` is to stand in it, with placeholders.

    ``label`` is what stands on the form, and ``at`` where. ``choices`` are what a label in doubt may mean; then
    ``text`` is empty until somebody chooses.
    """

    sheet: str
    cell: str
    label: str
    at: str
    text: str
    choices: tuple[str, ...] = ()


def proposals(book: Workbook, policy: Policy, known: Fields) -> list[Proposal]:
    """Every cell for which the form itself says what belongs there, once each, from the top left on.

    Only figures that the policy knows and the form does not show yet are proposed, and no cell that holds anything but
    a line to write on.
    """
    found: list[Proposal] = []
    for sheet in book.worksheets:
        plan = Plan(sheet)
        tables = tables_on(plan, policy)
        own = [*_in_tables(plan, tables), *_beside(plan, tables, known), *_within(plan, known)]
        found += _once(sorted(own, key=lambda one: plan.sheet[one.cell].row * 1000 + plan.sheet[one.cell].column))
    there = {key for spot in spots_of(book, frozenset(known)) for key in spot.keys}
    found = [one for one in found if not one.text or set(PLACEHOLDER.findall(one.text)) - there]
    taken = {(one.sheet, one.cell) for one in found}
    return _settled([*found, *(one for one in _named(book, known) if (one.sheet, one.cell) not in taken)])


def _settled(found: list[Proposal]) -> list[Proposal]:
    """Without the doubts that the form itself settles: 等级 beside a cell for the 职级 is the other of the two."""
    sure = {one.text for one in found}
    settled = []
    for one in found:
        left = tuple(key for key in one.choices if placeholder_text(key) not in sure)
        text, choices = _meaning(left) if left else (one.text, one.choices)
        settled.append(replace(one, text=text, choices=choices))
    return settled


def _once(found: Iterable[Proposal]) -> list[Proposal]:
    """The first proposal of each cell: what is said of it twice stands for the same label."""
    return list({one.cell: one for one in reversed(list(found))}.values())[::-1]


def placeholder_text(key: str) -> str:
    """A key as a placeholder."""
    return f"{{{{{key}}}}}"


def _name(at: At) -> str:
    return f"{get_column_letter(at[1])}{at[0]}"


def _proposed(plan: Plan, cell: At, label: At, keys: tuple[str, ...]) -> Proposal:
    text = " ".join(plan.texts.get(label, "").split())
    return Proposal(plan.sheet.title, _name(cell), text, _name(label), *_meaning(keys))


def _meaning(keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """What is written for a label, and what it may mean if that is in doubt."""
    return ("", keys) if len(keys) > 1 else (placeholder_text(keys[0]), ())


def _in_tables(plan: Plan, tables: Iterable[FormTable]) -> Iterator[Proposal]:
    """The free cells of indicators: what their row says and the head of their column."""
    for table in tables:
        for cell, head, key in table.cells(plan):
            yield _proposed(plan, cell, head, (key,))


def _beside(plan: Plan, tables: list[FormTable], known: Fields) -> Iterator[Proposal]:
    """The cell right of a label; where labels stand side by side over empty cells, the one below."""
    heads = {at for table in tables for at in table.heads}
    for at, text in plan.texts.items():
        keys = tuple(one for one in label_meanings(text, single_labels()) if one in known)
        if not keys or at in heads or any(table.names_row(at) for table in tables):
            continue
        cell = _cell_for(plan, at, keys, tables)
        if cell is not None:
            yield _proposed(plan, cell, at, keys)


def _cell_for(plan: Plan, at: At, keys: tuple[str, ...], tables: list[FormTable]) -> At | None:
    below, right = plan.below(at), plan.right_of(at)
    if _is_head(plan, at):
        return below if plan.is_free(below) else None
    if not plan.is_free(right):
        return None
    if keys[0].startswith(_SINGLE_FIGURES):
        ends = [end for table in tables if (end := table.sum_cell(plan, at)) is not None]
        return ends[0] if ends else right
    return right


def _is_head(plan: Plan, at: At) -> bool:
    """Whether a label stands in a row of labels side by side that has free cells below it."""
    run = [one for one in (plan.left_of(at), plan.right_of(at)) if one is not None and one in plan.texts]
    labels = [one for one in run if label_meanings(plan.texts[one], single_labels())]
    return bool(labels) and all(plan.is_free(plan.below(one)) for one in (at, *labels))


def _within(plan: Plan, known: Fields) -> Iterator[Proposal]:
    """Labels with a line to write on behind them in the same cell: 姓名：____　部门：____."""
    for at, text in plan.texts.items():
        parts = list(_BLANK.finditer(text))
        free = [one for one in parts if one[2].strip() or len(parts) > 1]
        keys = [_of_part(one[1], known) for one in free]
        found = {one.start(): key for one, key in zip(free, keys, strict=True) if key}
        if not found or plan.has_placeholder(at) or _followed(parts, text):
            continue
        yield Proposal(plan.sheet.title, _name(at), " ".join(text.split()), _name(at), _rewritten(parts, found, text))


def _of_part(label: str, known: Fields) -> str:
    """The one placeholder that a label within a cell means; "" for none or a doubt."""
    keys = [one for one in label_meanings(label, single_labels()) if one in known]
    return keys[0] if len(keys) == 1 else ""


def _followed(parts: list[re.Match[str]], text: str) -> bool:
    """Whether a text goes on behind its last line to write on: then it is a sentence, and no labels."""
    return bool(parts) and text[parts[-1].end() :].strip() != ""


def _rewritten(parts: list[re.Match[str]], found: dict[int, str], text: str) -> str:
    """The text with placeholders in place of the lines to write on; a gap stays between two labels.

    What may be written by hand all the same keeps its line.
    """
    for part in reversed(parts):
        if part.start() in found:
            line = part[2].strip() if found[part.start()].startswith(_BY_HAND) else ""
            behind = line + ("　" if text[part.end() :].strip() else "")
            text = f"{text[: part.start(2)]}{{{{{found[part.start()]}}}}}{behind}{text[part.end() :]}"
    return text


def _named(book: Workbook, known: Fields) -> Iterator[Proposal]:
    """Cells that bear a label as their name; those named as placeholders are filled as they are."""
    own = {defined_name(key) for key in known}
    for name in defined_names(book):
        cell = target_of(book, name)
        keys = tuple(one for one in label_meanings(name.name.replace("_", " "), single_labels()) if one in known)
        if cell is not None and keys and name.name not in own and cell.value is None:
            yield Proposal(cell.parent.title, cell.coordinate, name.name, name.name, *_meaning(keys))
