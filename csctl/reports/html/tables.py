"""Tables of a page: heads that are read out with their cells, numbers aligned, wide ones scrolled on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csctl.reports.html.elements import Content, Html, element, joined

Column = tuple[Content, str]
"""Head of a column and its class: ``name`` names the row, ``num`` holds numbers, ``chart`` a drawing, ``own`` cells
that are made elsewhere."""


def table(columns: Sequence[Column], rows: Iterable[Sequence[Content]], *, look: str = "", caption: str = "") -> Html:
    """A table in a box of its own that scrolls sideways where the screen is narrow."""
    heads = [element("th", head, scope="col", class_=kind or None) for head, kind in columns]
    body = [element("tr", *(_cell(cell, kind) for cell, (_, kind) in zip(row, columns, strict=True))) for row in rows]
    said = element("caption", caption) if caption else None
    made = element("table", said, element("thead", element("tr", *heads)), element("tbody", *body), class_=look or None)
    return element("div", made, class_="scroll", role="group", tabindex="0", aria_label=caption or None)


def _cell(cell: Content, kind: str) -> Html:
    if kind == "own" and isinstance(cell, Html):
        return cell
    if kind == "name":
        return element("th", cell, scope="row", class_=kind)
    return element("td", cell, class_=kind or None)


def beneath(main: Content, below: Content) -> Html:
    """Two lines in one cell, the second one small."""
    return joined([main, element("small", below)]) if below not in ("", None) else joined([main])


def folded(summary: str, *content: Content) -> Html:
    """Something that a reader may open; figures of a drawing, mostly."""
    return element("details", element("summary", summary), *content)


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
