"""What each verdict of an attendance export is taken for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from csctl.core.working_time.verdict_use import meanings_of, verdict_use


@pytest.mark.parametrize(
    ("verdict", "meanings"),
    [
        ("正常", ("in-order",)),
        ("迟到12分钟", ("late",)),
        ("迟到,早退", ("late", "early")),
        ("迟到,下班缺卡", ("late", "no-punch")),
        ("旷工迟到", ("without-leave",)),
        ("旷工0.5天", ("without-leave",)),
        ("外勤", ("away",)),
        ("调休", ("time-off",)),
        ("年假", ("leave",)),
        ("休息", ("day-off",)),
        ("法定假日", ("day-off",)),
        ("培训", ("unknown",)),
        ("旷工4小时", ("unknown",)),
        ("On leave", ("leave",)),
        ("缺卡(已补卡)", ("corrected",)),
        ("迟到,下班缺卡(已补卡)", ("late", "corrected")),
        ("迟到(已申诉)", ("pending",)),
        ("Business trip", ("away",)),
    ],
)
def test_a_verdict_is_taken_for_what_it_says(verdict: str, meanings: tuple[str, ...]) -> None:
    assert meanings_of(verdict) == meanings


def test_spellings_are_one_verdict_and_the_most_frequent_stands_first() -> None:
    texts = ["半天旷工", "Late in", "late in", "LATE IN", "late in", None, "--"]
    rows: list[dict[str, Any]] = [
        {"result": text, "source_file": "a.csv", "source_sheet": None, "source_row": at}
        for at, text in enumerate(texts, start=2)
    ]
    first, second = verdict_use(rows)
    assert (first.text, first.rows, first.days) == ("late in", 4, None)
    assert (second.text, second.rows, second.days) == ("半天旷工", 1, Decimal("0.5"))
