"""How a returned workbook says what it is: its hidden sheet, and the words at the top of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csctl.messages import LANGUAGES, say
from csctl.readers.columns.values import cell_as_text
from csctl.readers.grid import Book, Cell, Sheet
from csctl.words import filler_of, fold

HIDDEN = "_csctl"
_QUESTION = "question"
_TOP_ROWS = 8


@dataclass(frozen=True, slots=True)
class SentCell:
    """One open cell as it was sent: the name it has, what it asks, and where it stood."""

    name: str
    agent_id: str
    item: str
    part: str
    sheet: str
    cell: str
    label: str


@dataclass(frozen=True, slots=True)
class SentForm:
    """What the hidden sheet says. ``role`` is one of ours."""

    month: str
    role: str
    rater: str
    policy: str
    fingerprint: str
    anchors: tuple[SentCell, ...]


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says at its top; empty where it does not, and all of it where it is no page."""

    agent_id: str
    month: str
    rater: str
    role: str


def sent_of(book: Book) -> SentForm | None:
    """The form by its hidden sheet; None if there is none, or if it does not say what is needed."""
    sheet = next((one for one in book.sheets if fold(one.name).startswith(HIDDEN)), None)
    rows = [[cell_as_text(cell) for cell in row] for row in sheet.rows] if sheet else []
    facts = {row[0]: row[1] for row in rows if len(row) > 1 and row[0]}
    anchors = []
    listed = False
    for row in rows:
        if row[:1] == [_QUESTION]:
            listed = True
        elif listed and len(row) >= 6 and row[0]:
            name, agent_id, item, part, home, cell = row[:6]
            anchors.append(SentCell(name, agent_id, item, part, home, cell, row[6] if len(row) > 6 else ""))
    role = filler_of(facts.get("role", "")) or fold(facts.get("role", ""))
    if not anchors or not facts.get("month"):
        return None
    return SentForm(
        facts["month"], role, facts.get("rater", ""), facts.get("policy", ""),
        facts.get("fingerprint", ""), tuple(anchors),
    )  # fmt: skip


def shown_of(sheet: Sheet) -> PageHead:
    """Whom a page is about, which month, and who fills it in, by its own words in either language.

    A sheet that does not say both, such as a list of contents, is no page.
    """
    found = {code: _texts_right_of(sheet, code) for code in ("form.agent-id", "form.period", "forms-rater")}
    if not found["form.period"]:
        return PageHead("", "", "", "")
    rater = found["forms-rater"]
    return PageHead(
        agent_id=next(iter(found["form.agent-id"]), ""),
        month=next(iter(found["form.period"]), ""),
        rater=rater[0] if len(rater) > 1 else "",
        role=filler_of(rater[1]) or "" if len(rater) > 1 else "",
    )


def _texts_right_of(sheet: Sheet, code: str) -> list[str]:
    """The texts to the right of the cell near the top that holds a word of the forms."""
    words = worded(code)
    for row in sheet.rows[:_TOP_ROWS]:
        texts = [cell_as_text(cell) for cell in row]
        for column, text in enumerate(texts):
            if fold(text) in words:
                return [other for other in texts[column + 1 :] if other]
    return []


def worded(code: str) -> frozenset[str]:
    """A word of the forms in every language, folded for comparison."""
    return frozenset(fold(say(code, language)) for language in LANGUAGES)


def folded_cells(row: Sequence[Cell]) -> list[str]:
    """A row's cells as compared: tidy, folded."""
    return [fold(cell_as_text(cell)) for cell in row]
