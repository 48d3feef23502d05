"""One cell: what is meant is understood, what cannot be is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from csctl.core.forms.model import Slot, slots_of
from csctl.core.forms.plan import page_for
from csctl.problems import Place, Severity
from csctl.readers.forms.answers import read_cell
from csctl.readers.grid import Cell
from tests.core.forms.desk import desk, people

PLACE = Place("form.xlsx", "0002 王芳", 7, "E")
NOON = datetime.combine(date(2026, 11, 3), datetime.min.time())


def slot(item: str) -> Slot:
    """The cell for an item's judgement on the superior's page about 0002."""
    page = page_for(desk(), people()[1], "superior")
    return next(one for one in slots_of(page) if (one.item, one.part) == (item, "value"))


@pytest.mark.parametrize(
    ("item", "written", "value"),
    [
        ("O1 守规", "＋", "+"), ("O1 守规", "加", "+"), ("O1 守规", "−", "-"), ("O1 守规", 0, "0"), ("O1 守规", 1, "+"),
        ("问 整洁", "Y", "是"), ("问 整洁", "✗", "否"), ("问 整洁", "yes", "是"), ("insight", True, "是"),
        ("小组协助", "２６．５", "26.5"), ("小组协助", 30, "30"), ("小组协助", "0", "0"), ("小组协助", 26.50, "26.5"),
        ("小组协助", 0.1 + 0.2, "0.3"), ("沟通技巧", " 优秀 ", "优秀"), ("总结深度", "浅", "浅"), ("gaps", 3, "3"),
        ("interview-date", NOON, "2026-11-03"), ("interview-date", "2026年11月3日", "2026-11-03"),
        ("沟通技巧", None, ""), ("沟通技巧", "  ", ""),
    ],
)  # fmt: skip
def test_what_is_meant_is_understood(item: str, written: Cell, value: str) -> None:
    """Width, ticks, numbers as text, texts as numbers; the answer has one plain form."""
    assert read_cell(written, slot(item), PLACE) == (value, [])


@pytest.mark.parametrize(
    ("item", "written", "code"),
    [
        ("沟通技巧", "优", "forms-choice-off"), ("沟通技巧", 85, "forms-choice-off"),
        ("O1 守规", "++", "forms-choice-off"), ("O2 礼貌", "+", "forms-choice-off"),
        ("小组协助", 30.01, "forms-number-off"), ("小组协助", -1, "forms-number-off"),
        ("小组协助", "很好", "forms-number-off"), ("insight", "也许", "forms-choice-off"),
        ("interview-date", "下周", "forms-date-off"), ("gaps", "#N/A", "forms-text-off"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_problem(item: str, written: Cell, code: str) -> None:
    """With the cell and what was read there; no answer comes of it."""
    text, [problem] = read_cell(written, slot(item), PLACE)
    assert (text, problem.code, problem.severity, problem.place) == ("", code, Severity.WARNING, PLACE)
    assert problem.found == str(written)
