"""Text from data never becomes markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.reports.html.elements import Html, element, harmless, joined_html
from csctl.reports.html.page import page
from tests.reports.pages import page_of


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "]]>", "</style><b>", "&lt;", "' \" & <", "{0}"])
def test_text_stays_text(text: str) -> None:
    """In an element and in an attribute."""
    taken = page_of(page("t", "zh", [element("p", text, title=text)]))
    assert text in taken.text
    assert taken.all("p") == [{"title": text}]
    assert taken.all("script") == taken.all("b") == []


@given(st.text())
def test_whatever_the_text_one_element_comes_out(text: str) -> None:
    """Its text is the harmless part of what went in."""
    taken = page_of(page("t", "en", [element("p", text, title=text)]))
    assert [name for name, _ in taken.elements].count("p") == 1
    normal = harmless(text).replace("\r\n", "\n")
    assert taken.all("p")[0]["title"] == normal


def test_marks_that_turn_the_direction_are_dropped() -> None:
    """Joiners, which are parts of words, stay."""
    assert harmless("a\u202eb\u2066c\x00d\ue000\u200de\nf") == "abcd\ue000\u200de\nf"


def test_attribute_names_are_written_as_in_markup() -> None:
    """A trailing underscore is dropped, others become dashes, None leaves the attribute out."""
    made = element("td", "x", class_="num", aria_label=None, data_n=3)
    assert made == Html('<td class="num" data-n="3">x</td>')
    assert joined_html(["a<", None, 1, Html("<br>")]) == Html("a&lt;1<br>")
