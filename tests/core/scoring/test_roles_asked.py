"""Whose sheets a policy asks for."""

from __future__ import annotations

import pytest

from csctl.core.scoring.handed_in import roles_asked
from tests.workbench import policy

HEAD = "[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
MEASURED = "[[dimension.indicator]]\nid = 'm'\nlabel = 'M'\nmeasure = 'm'\nout_of = 100\nmissing = 'reweight'\n"
RATED = "[[dimension.indicator]]\nid = 'r'\nlabel = 'R'\nrating = 'r'\nmissing = 'reweight'\n"


@pytest.mark.parametrize(
    ("raters", "items", "asked"),
    [
        ("", MEASURED + RATED, ["superior"]),
        ("", MEASURED, []),
        ("raters = { self = 30, superior = 70 }", MEASURED + RATED, ["self", "superior"]),
        ("raters = { self = 30, superior = 70 }", MEASURED, ["self"]),
        ("raters = { self = 0, superior = 100 }", MEASURED + RATED, ["superior"]),
        ("raters = { self = 100, superior = 0 }", RATED, ["self"]),
    ],
)
def test_who_has_a_share_and_something_to_judge_is_asked_for_a_sheet(raters: str, items: str, asked: list[str]) -> None:
    """Without shares the superior alone judges; measured figures need no sheet of a superior; no share, no sheet."""
    assert roles_asked(policy(f"[score]\npass_mark = 60\n{raters}\n{HEAD}{items}")) == asked


def test_where_nothing_is_scored_nobody_is_asked() -> None:
    """A policy of pay alone."""
    assert roles_asked(policy("[pay.base]\nby = 'roster'\n")) == []
