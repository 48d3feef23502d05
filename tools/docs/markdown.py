"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MADE = {
    "zh": "<!-- 由 tools/make_docs.py 生成，请勿手改。 -->",
    "en": "<!-- Made by tools/make_docs.py; do not edit. -->",
}


def cell(text: object) -> str:
    """A text inside a table: no line breaks, no bars, no tags."""
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|").replace("<", "&lt;")


def code(text: object) -> str:
    """A text as code inside a table; nothing for an empty one."""
    flat = re.sub(r"\s+", " ", str(text)).replace("|", "\\|")
    return f"`{flat}`" if flat else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines])


def page(language: str, *parts: str) -> str:
    """A page of parts, with the remark that it is made."""
    return "\n\n".join([MADE[language], *(part.strip("\n") for part in parts if part)]) + "\n"


def anchor(title: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
