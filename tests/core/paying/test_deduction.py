"""Time not worked: what is withheld is at most what was paid for the time."""

from __future__ import annotations

import pytest

from csctl.core.records.result import MonthResult
from tests.core.paying.plan import paid
from tests.workbench import cents_by_line, pay_lines

LATE = "[[pay.deduction]]\nid = 'late'\nlabel = 'late'\nquantity = 'hours'\nunit = 'hours'\ndivisor = 174\n"
MORE = LATE.replace("'late'", "'more'")


def withheld(result: MonthResult) -> dict[str, int]:
    return {line: cents for line, cents in cents_by_line(result, "a").items() if line in ("late", "more")}


@pytest.mark.parametrize(
    ("hours", "cents"), [("0.5", -6_25), (1, -12_50), (0, None), (-1, None), (None, None), (174, -2175_00)]
)
def test_an_hour_is_withheld_at_the_base_pay_of_an_hour(hours: object, cents: int | None) -> None:
    """2,175 ÷ 174 is 12.50; less than no time gives nothing."""
    assert withheld(paid(LATE, {"hours": hours})).get("late") == cents


@pytest.mark.parametrize(("hours", "unit", "noted"), [(174, "hours", False), ("174.01", "month", True)])
def test_no_more_is_withheld_than_the_base_pay_of_the_month(hours: object, unit: str, noted: bool) -> None:
    """All of it for all the hours of a month, and no word of a limit; an instant more is cut, which the line says."""
    (line,) = [one for one in pay_lines(paid(LATE, {"hours": hours}), "a") if one.line == "late"]
    assert (line.amount_cents, line.unit, bool(line.note)) == (-2175_00, unit, noted)


def test_where_nothing_is_left_nothing_more_is_withheld() -> None:
    """The second is told after the first: of 100 hours each there is base pay for 74 of the second, and of 174 none."""
    assert withheld(paid(LATE + MORE, {"hours": 100})) == {"late": -1250_00, "more": -925_00}
    assert withheld(paid(LATE + MORE, {"hours": 174})) == {"late": -2175_00}
