"""The frame of a page: one file that fetches nothing, runs nothing, and can be read, printed and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from csctl.reports.html.elements import Content, Html, element

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the browser may load for the page: nothing but the style that stands in it."""
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


@cache
def style() -> str:
    """The style sheet beside this module."""
    return resources.files(__name__.rpartition(".")[0]).joinpath("report.css").read_text("utf-8")


def page(title: str, language: str, content: Sequence[Content]) -> bytes:
    """A whole document."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Html(style())),
    )
    body = element("body", element("main", *content))
    document = element("html", head, body, lang=_LANGUAGES[language])
    return f"<!DOCTYPE html>\n{document.markup}\n".encode()
