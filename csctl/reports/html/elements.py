"""Markup that cannot be broken by text from data: what is not ``Html`` already is escaped on its way in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

_JOINERS = "\u200c\u200d"
"""Invisible, but parts of words and of pictures made of several characters."""
_DROPPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
_TAG = re.compile(r"<[^>]*>")
_EMPTY = frozenset({"br", "circle", "col", "line", "meta", "polyline", "rect"})
"""Elements without content."""


@dataclass(frozen=True, slots=True)
class Html:
    """Finished markup. Made by ``element`` and ``joined_html``; by hand for fixed text only."""

    markup: str


Content = Html | str | int | None
"""What an element may hold: markup, text (escaped), a count, nothing."""


def harmless(text: str) -> str:
    """The text without control characters and without marks that turn the direction of what follows."""
    if text.isprintable():
        return text
    return "".join(mark for mark in text if mark in "\n\t" or mark in _JOINERS or _kept(mark))


def _kept(mark: str) -> bool:
    return unicodedata.category(mark) not in _DROPPED and mark not in "\ufffe\uffff"


def element(name: str, /, *content: Content, **attributes: str | int | None) -> Html:
    """``<name …>content</name>``. Attribute names: ``class_`` for class, ``_`` for a dash; None leaves one out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(harmless(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Html(f"<{name}{given}>" if name in ("br", "col", "meta") else f"<{name}{given}/>")
    return Html(f"<{name}{given}>{joined_html(content).markup}</{name}>")


def joined_html(content: Iterable[Content]) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(_markup(one) for one in content))


def plain_text(content: Content) -> str:
    """The words of a piece without its markup."""
    return " ".join(unescape(_TAG.sub(" ", _markup(content))).split())


def _markup(content: Content) -> str:
    if isinstance(content, Html):
        return content.markup
    return "" if content is None else escape(harmless(str(content)))
