"""Tables of a page: heads that are read out with their cells, numbers aligned, wide ones scrolled on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csctl.reports.html.elements import Content, Html, element, joined_html, plain_text
from csctl.reports.words import report_word

MOST_SHOWN = 40
"""Of a larger team so many are drawn one by one; the others are folded, and stay out of print."""
_FITTING = 4
"""So many columns fit a telephone beside each other; one of sentences is as wide as two."""

Column = tuple[Content, str]
"""Head of a column and its class: ``name`` names the row, ``num`` holds numbers, ``chart`` a drawing, ``own`` cells
that are made elsewhere."""


def table(columns: Sequence[Column], rows: Iterable[Sequence[Content]], *, look: str = "", caption: str = "") -> Html:
    """A table in a box of its own. On a narrow screen one of many columns is a list in which every cell bears its head.

    A matrix (``heat``) stays one, and scrolls sideways.
    """
    if len(columns) + [kind for _, kind in columns].count("words") > _FITTING and "heat" not in look.split():
        look = f"{look} stack".strip()
    heads = [element("th", head, scope="col", class_=kind or None) for head, kind in columns]
    names = [plain_text(head) for head, _ in columns]
    body = [
        element("tr", *(_cell(cell, kind, name) for cell, (_, kind), name in zip(row, columns, names, strict=True)))
        for row in rows
    ]
    said = element("caption", caption) if caption else None
    made = element("table", said, element("thead", element("tr", *heads)), element("tbody", *body), class_=look or None)
    return element("div", made, class_="scroll", role="group", tabindex="0", aria_label=caption or None)


def _cell(cell: Content, kind: str, head: str) -> Html:
    """A cell with the words of its head, for screens on which no head stands above it; an empty one has none."""
    if kind == "own" and isinstance(cell, Html):
        return cell
    if kind == "name":
        return element("th", cell, scope="row", class_=kind)
    return element("td", cell, class_=kind or None, data_head=head if head and cell not in ("", None) else None)


def beneath(main: Content, below: Content) -> Html:
    """Two lines in one cell, the second one small."""
    return joined_html([main, element("small", below)]) if below not in ("", None) else joined_html([main])


def details_block(summary: str, *content: Content) -> Html:
    """Something that a reader may open; figures of a drawing, mostly."""
    return element("details", element("summary", summary), *content)


def others(
    columns: Sequence[Column], rows: Sequence[Sequence[Content]], language: str, *, look: str = ""
) -> Html | None:
    """The rows that are too many to be drawn with the first, to be opened; None if there are none."""
    if len(rows) <= MOST_SHOWN:
        return None
    said = report_word("others", language, count=len(rows) - MOST_SHOWN)
    return details_block(said, table(columns, rows[MOST_SHOWN:], look=look))


def section(key: str, title: str, *content: Content, hint: str = "") -> Html:
    """A part of the page with its heading, and a line that says how to read it."""
    return element(
        "section", element("h2", title), element("p", hint, class_="hint") if hint else None, *content, id=key
    )


def tiles(figures: Iterable[tuple[str, Content, str]]) -> Html:
    """The most important figures: name, figure, a remark."""
    made = []
    for name, figure, remark in figures:
        below = element("dd", remark, class_="remark") if remark else None
        made.append(element("div", element("dt", name), element("dd", figure), below))
    return element("dl", *made, class_="tiles")
