"""Several judgements of one rater on one item stand in the order of their rows."""

from __future__ import annotations

from csctl.core.scoring.ratings import Sheets
from csctl.problems import Place
from tests.workbench import rating


def test_one_raters_judgements_stand_by_row_whatever_order_they_come_in() -> None:
    """By rater, then by row; one without a row comes first."""
    rows = (5, 1, None, 3)
    given = [rating("a", "r", f"row {row}", rater="Zoe", place=Place("ratings.csv", "", row)) for row in rows]
    given.append(rating("a", "r", "of Yan", rater="Yan", place=Place("ratings.csv", "", 9)))
    found = Sheets(given).find("a", "superior", ["r"])
    assert [one.value for one in found] == ["of Yan", "row None", "row 1", "row 3", "row 5"]
