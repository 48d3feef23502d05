"""What stands where on a form to fill in: rows and columns from 0, which cells are open, and what is in the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from csctl.core.forms.model import HEADS, Block, Form, FormPage, Line, Slot, slots_of_line
from csctl.messages import say
from csctl.month import Month
from csctl.workbook.looks import Look
from csctl.workbook.text import clean, lines_of

_OPEN: dict[str, tuple[Look, Look]] = {
    "text": ("input", "optional"),
    "choice": ("input_choice", "optional_choice"),
    "number": ("input_number", "optional_number"),
    "date": ("input_date", "optional_date"),
}
"""How a cell looks that takes such an answer: one that is asked for, and one that may stay empty."""

WIDTHS = (11, 18, 40, 15, 11, 22)
"""Columns A to F: what is judged, its item, its standard, what data say, the judgement, the reason."""
OTHER_WIDTHS: dict[str, tuple[int, ...]] = {
    "appeal": (11, 22, 24, 32, 11, 17),
    "inspection": (11, 44, 14, 10, 16, 22),
    "vote": (26, 16, 18, 13, 18, 26),
    "quality": (9, 26, 20, 14, 9, 9, 9, 9, 9, 34),
}
"""Of forms with rows to be written: number, item, and what is said of it."""
HEAD_ROW = 4
_LINE_HEIGHT, _LEAST_HEIGHT = 14.5, 21.0
_WRITING_HEIGHT = 48.0
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Box:
    """One cell, or several merged into one. ``slot`` is what is asked there; without one the cell is closed.

    ``look`` is how a closed cell looks; an open one looks by what may be written, paler if it is ``optional``.
    """

    row: int
    column: int
    text: str = ""
    look: Look = "wrap"
    last_row: int | None = None
    last_column: int | None = None
    slot: Slot | None = None
    optional: bool = False

    @property
    def shown(self) -> Look:
        """How it looks."""
        return self.look if self.slot is None else _OPEN[self.slot.allowed.kind][self.optional]

    @property
    def bottom(self) -> int:
        """Its last row."""
        return self.row if self.last_row is None else self.last_row

    @property
    def right(self) -> int:
        """Its last column."""
        return self.column if self.last_column is None else self.last_column


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet: its name, its boxes from the top down, the height of each row, and how wide the columns are."""

    title: str
    boxes: tuple[Box, ...]
    heights: tuple[float, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What every sheet of a form says at its top. ``fingerprint`` tells versions of the rules apart."""

    month: Month
    heading: str
    policy: str
    fingerprint: str
    language: str

    def words(self, code: str, **blanks: object) -> str:
        """Fixed words."""
        return say(code, self.language, **blanks)


def draw_rating_form(form: Form, about: About) -> list[DrawnSheet]:
    """A sheet for each page of a form."""
    titles = sheet_titles([f"{page.agent.agent_id} {page.agent.name}" for page in form.pages])
    return [_page(page, form, about, title) for page, title in zip(form.pages, titles, strict=True)]


def sheet_titles(wanted: Sequence[str]) -> list[str]:
    """Names that a spreadsheet takes: short, without its signs, and never the same for two sheets."""
    titles: list[str] = []
    for text in wanted:
        plain = _NOT_IN_TITLES.sub("-", clean(text)).strip()[:_LONGEST_TITLE].strip() or "1"
        title, number = plain, 2
        while title.casefold() in {one.casefold() for one in titles}:
            title, number = f"{plain[: _LONGEST_TITLE - 4]} {number}", number + 1
        titles.append(title)
    return titles


def _page(page: FormPage, form: Form, about: About, title: str) -> DrawnSheet:
    widths = OTHER_WIDTHS.get(page.role, WIDTHS)
    last = len(widths) - 1
    boxes = [*_top(page, form, about, last)]
    row = HEAD_ROW
    if any(block.kind == "rating" for block in page.blocks):
        boxes += _heads(row, about, ("group", "item", "standard", "evidence", *HEADS["rating"]), last)
        row += 1
    for block in page.blocks:
        own = list(_block(page, block, row, about, last))
        boxes += own
        row = max(box.bottom for box in own) + 1
    boxes.append(Box(row, 0, about.words("forms-sign"), "sign", last_column=last))
    return DrawnSheet(title, tuple(boxes), _heights(boxes, widths), widths)


def _top(page: FormPage, form: Form, about: About, last: int) -> Iterator[Box]:
    """Title, whose page it is, who fills it in, and how."""
    agent = page.agent
    role = about.words(f"forms-role-{page.role}")
    title = about.words(f"forms-title-{page.role}", month=about.month, heading=about.heading)
    yield Box(0, 0, title, "title_centred", last_column=last)
    yield from (Box(1, 0, about.words("form.agent"), "info"), Box(1, 1, agent.name, "known"))
    yield Box(1, 2, " · ".join(part for part in (agent.group, agent.post, agent.level) if part), "known")
    yield from (Box(1, 3, about.words("form.agent-id"), "info"), Box(1, 4, agent.agent_id, "known", last_column=last))
    yield from (Box(2, 0, about.words("form.period"), "info"), Box(2, 1, str(about.month), "known"))
    yield Box(2, 2, about.policy, "known")
    yield from (Box(2, 3, about.words("forms-rater"), "info"), Box(2, 4, form.rater, "known", last_column=last - 1))
    yield Box(2, last, role, "known")
    yield Box(3, 0, about.words(f"forms-how-{page.role}"), "remark_boxed", last_column=last)


def _heads(row: int, about: About, names: Sequence[str], last: int) -> list[Box]:
    end = len(names) - 1
    return [
        Box(row, column, about.words(f"forms-head-{name}"), "head", last_column=last if column == end else None)
        for column, name in enumerate(names)
    ]


def _block(page: FormPage, block: Block, row: int, about: About, last: int) -> Iterator[Box]:
    yield Box(row, 0, block.title, "band", last_column=last)
    row += 1
    if block.kind in ("votes", "objections", "happenings", "reviews"):
        first = "ballot" if block.kind == "votes" else "number"
        yield from _heads(row, about, (first, *HEADS[block.kind]), last)
        row += 1
    if block.kind == "rating":
        yield from _groups(block.lines, row)
    for offset, line in enumerate(block.lines):
        slots = list(slots_of_line(page, block, line))
        if block.kind == "rating":
            yield from _rating_row(line, slots, row + offset, last)
        elif block.kind == "log":
            yield from _log_row(line, row + offset, last)
        elif block.kind == "facts":
            yield from _fact_row(line, slots, row + offset, last)
        else:
            yield from _numbered_row(line, slots, row + offset, last)


def _groups(lines: Sequence[Line], row: int) -> Iterator[Box]:
    """The first column: what the items below each other belong to, once."""
    for group, members in groupby(lines, key=lambda line: "" if _alone(line) else line.group):
        count = len(list(members))
        if group:
            yield Box(row, 0, group, "mark_wrap", last_row=row + count - 1)
        row += count


def _alone(line: Line) -> bool:
    """Whether the row's label is all there is to say about what is judged."""
    return line.group in ("", line.label)


def _rating_row(line: Line, slots: Sequence[Slot], row: int, last: int) -> Iterator[Box]:
    yield Box(row, 0 if _alone(line) else 1, line.label, last_column=1 if line.standard else 2)
    if line.standard:
        yield Box(row, 2, line.standard)
    yield Box(row, 3, line.evidence, "figure")
    if slots:
        yield from (Box(row, 4 + offset, slot=slot, optional=line.optional) for offset, slot in enumerate(slots))
    else:
        yield Box(row, 4, "", "grey", last_column=last)


def _fact_row(line: Line, slots: Sequence[Slot], row: int, last: int) -> Iterator[Box]:
    yield Box(row, 0, line.label, last_column=1)
    yield Box(row, 2, line.evidence, last_column=last, slot=slots[0])


def _log_row(line: Line, row: int, last: int) -> Iterator[Box]:
    """The day, what was noted, and where it can be seen."""
    yield from (Box(row, 0, line.label, "mark_wrap"), Box(row, 1, line.standard, last_column=2))
    yield Box(row, 3, line.evidence, last_column=last)


def _numbered_row(line: Line, slots: Sequence[Slot], row: int, last: int) -> Iterator[Box]:
    yield Box(row, 0, line.label, "mark_wrap")
    end = len(slots) - 1
    for offset, slot in enumerate(slots):
        yield Box(row, 1 + offset, last_column=last if offset == end else None, slot=slot)


def _heights(boxes: Sequence[Box], widths: Sequence[int]) -> tuple[float, ...]:
    """Each row as high as its longest text needs, for not every program finds out by itself."""
    heights = [_LEAST_HEIGHT] * (max(box.bottom for box in boxes) + 1)
    for box in boxes:
        room = sum(widths[box.column : box.right + 1]) - 3 - (box.right - box.column)
        lines = lines_of(box.text, room)
        rows = box.bottom - box.row + 1
        wanted = lines * _LINE_HEIGHT + 6
        if box.slot and not box.text and box.slot.allowed.kind == "text" and box.slot.part in ("value", "claim"):
            wanted = max(wanted, _WRITING_HEIGHT)
        if box.look != "title_centred":
            for row in range(box.row, box.bottom + 1):
                heights[row] = max(heights[row], wanted / rows)
    return (30.0, *heights[1:])
