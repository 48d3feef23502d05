"""The payslip as a page for the phone: lines below the heading they belong to, facts in one piece."""

from __future__ import annotations

import re

from csctl.core.explaining.nodes import Node
from csctl.reports.html.slip_page import SlipTexts, slip_html
from csctl.reports.html.tables import table

WHO = [["Name: Ann Lee", "ID: 7"], ["Period: October"]]
TEXTS = SlipTexts(title="Payslip", who=WHO, pay="Total", score="Score", objections=[])


def page(*of_the_score: Node) -> str:
    """A slip whose score is made of these."""
    pay = Node("Total", "10.00", "pay", children=(Node("Base", "10.00", "base"),))
    return slip_html(
        Node("Ann Lee", "", children=(pay, Node("Score", "14.00", "score", children=of_the_score))), TEXTS, "en"
    ).decode()


def test_adjustments_stand_below_a_heading_of_their_own() -> None:
    """Below the last dimension they would seem to be part of its sum."""
    dimension = Node("Service", "9.00", children=(Node("Speed", "9.00", "speed"),))
    made = page(dimension, Node("Stood in", "+5.00", "cover"))
    found = re.findall(r"<h3>([^<]+)|<summary><span>([^<]+)", made[made.index('<section id="score">') :])
    assert [(first or second).strip() for first, second in found] == ["Service", "Speed", "Adjustments", "Stood in"]
    assert "Adjustments" not in page(Node("Speed", "9.00", "speed"))


def test_a_fact_about_somebody_is_not_broken_in_two() -> None:
    """Each is a piece of its own, which goes to the next line as a whole."""
    made = page()
    assert [fact for facts in WHO for fact in facts] == re.findall(r"<span>([^<]+: [^<]+)</span>", made)


def test_a_table_of_sentences_is_a_list_on_a_phone() -> None:
    """Four columns of which one holds sentences are wider than the screen; four of figures are not."""
    figures = [("a", "name"), ("b", "num"), ("c", "num"), ("d", "num")]
    sentences = [*figures[:3], ("d", "words")]
    assert ["stack" in table(columns, []).markup for columns in (figures, sentences)] == [False, True]
