"""Days of leave are due days; what dates, days, kinds, answers and punches of a request leave open is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy
from csctl.problems import Problem, errors_and_warnings
from tests.attendance import FULL_ATTENDANCE, WORKDAYS, said
from tests.attendance import of as month_of
from tests.workbench import WEEKENDS_OFF, D, Row, cents_by_line, policy, records_of

SHIFT = '[[working_time.shift]]\nid = "day"\nstart = "09:00"\nend = "18:00"\n'
LEAVE = '[working_time.leave]\nstatutory = ["annual"]\nunpaid = ["unpaid"]\n'
PAY = """
[pay.base]
by = "roster"
[[pay.deduction]]
id = "absence"
label = "Absence"
quantity = "attendance.absent_days"
divisor = 20
[[pay.deduction]]
id = "unpaid"
label = "Unpaid leave"
quantity = "attendance.unpaid_leave_days"
divisor = 20
[[pay.fine]]
id = "punch"
label = "Missing punch"
amount = 10
each = { measure = "attendance.unfixed_punches" }
"""
FIXES = "punch_fixes = { within_days = 3, per_month = 5 }"
DAY = -10000
"""What a day costs: 2,000 of base pay, divided by 20, in cents."""


def rules(keys: str = 'without_row = "absent"', leave: str = "") -> Policy:
    """A day shift; absence and unpaid leave cost a day of pay, full attendance earns 100."""
    return policy(f"[working_time]\n{keys}\n{SHIFT}{LEAVE}{leave}{PAY}{FULL_ATTENDANCE}")


def worked(who: str, days: Iterable[int], **changes: Any) -> list[dict[str, Any]]:
    """Whole days of work."""
    return [
        {"agent_id": who, "date": date(2026, 10, day), "shift": "day", "in_at": at(day, 8), "out_at": at(day, 19)}
        | changes
        for day in days
    ]


def at(day: int, hour: int) -> datetime:
    """A full hour of October."""
    return datetime.combine(date(2026, 10, day), time(hour))


def asked(first: date, last: date | None = None, kind: str | None = "unpaid", **more: Any) -> dict[str, Any]:
    """A request of a1, granted unless it says otherwise."""
    return {"agent_id": "a1", "date": first, "ends_on": last, "kind": kind, "approved": True, **more}


def october(day: int) -> date:
    """A day of the month."""
    return date(2026, 10, day)


def of(
    folder: Path, chosen: Policy, tables: Mapping[str, Sequence[Row]], calendar: WorkCalendar = WEEKENDS_OFF
) -> tuple[MonthResult, list[Problem]]:
    """October of a1 and a2, and what was said."""
    return month_of(folder, chosen, tables, {who: {"base_pay": D(2000)} for who in ("a1", "a2")}, calendar)


def present(*away: int) -> list[dict[str, Any]]:
    """a1 works all workdays but these, a2 all."""
    return [*worked("a1", [day for day in WORKDAYS if day not in away]), *worked("a2", WORKDAYS)]


def figure(result: MonthResult, name: str) -> str:
    """One attendance measure of a1 to the hundredth, "none" where it is missing."""
    found = (one.value for one in records_of(result) if (one.agent_id, one.measure) == ("a1", f"attendance.{name}"))
    value = next(found)
    return "none" if value is None else f"{value:.2f}"


@pytest.mark.parametrize("days", [None, D(2)])
def test_a_weekend_inside_a_leave_is_none_of_its_days(tmp_path: Path, days: object) -> None:
    """Friday the 23rd to Monday the 26th is two days, whether the request says so or not."""
    request = asked(october(23), october(26), days=days)
    result, problems = of(tmp_path, rules(), {"attendance": present(23, 26), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000, "unpaid": 2 * DAY}
    assert errors_and_warnings(problems) == []


def test_a_weekend_day_with_a_shift_of_one_s_own_is_one_of_its_days(tmp_path: Path) -> None:
    """The row of Saturday the 24th names a shift, that of Sunday says rest."""
    rows = [
        *present(23, 26),
        {"agent_id": "a1", "date": october(24), "shift": "day"},
        {"agent_id": "a1", "date": october(25), "shift": "rest"},
    ]
    result, problems = of(tmp_path, rules(), {"attendance": rows, "leave": [asked(october(23), october(26))]})
    assert figure(result, "unpaid_leave_days") == "3.00"
    assert errors_and_warnings(problems) == []


def test_a_holiday_inside_a_leave_is_none_of_its_days(tmp_path: Path) -> None:
    """The calendar calls Thursday the 15th off and Saturday the 17th a day of work."""
    calendar = WorkCalendar(WEEKENDS_OFF.years, frozenset({october(15)}), frozenset({october(17)}))
    rows = [*present(14, 15, 16), *worked("a2", [17])]
    tables = {"attendance": rows, "leave": [asked(october(14), october(17))]}
    result, problems = of(tmp_path, rules(), tables, calendar)
    assert figure(result, "unpaid_leave_days") == "3.00"
    assert errors_and_warnings(problems) == []


@pytest.mark.parametrize(
    ("first", "last", "days", "own"),
    [
        (date(2026, 10, 30), date(2026, 11, 3), None, "1.00"),
        (date(2026, 10, 30), date(2026, 11, 3), D(3), "1.00"),
        (date(2026, 9, 28), date(2026, 10, 2), None, "2.00"),
        (date(2026, 9, 28), date(2026, 10, 2), D(5), "2.00"),
        (date(2026, 9, 28), None, D(5), "2.00"),
    ],
)
def test_leave_over_the_end_of_a_month_counts_the_days_inside_it(
    tmp_path: Path, first: date, last: date | None, days: object, own: str
) -> None:
    """Friday 30 October to Tuesday 3 November is one day and two; Monday 28 September to Friday three and two."""
    away = (30,) if first.month == 10 else (1, 2)
    request = asked(first, last, days=days, month=f"{first:%Y-%m}")
    result, problems = of(tmp_path, rules(), {"attendance": present(*away), "leave": [request]})
    assert figure(result, "unpaid_leave_days") == own
    assert figure(result, "absent_days") == "0.00"
    assert errors_and_warnings(problems) == []


def test_a_length_that_no_dates_part_is_parted_by_due_days_and_said(tmp_path: Path) -> None:
    """Two and a half of three due days, one of them in October: 2.5 ÷ 3 is 0.83."""
    request = asked(october(30), date(2026, 11, 3), days=D("2.5"))
    result, problems = of(tmp_path, rules(), {"attendance": present(30), "leave": [request]})
    assert figure(result, "unpaid_leave_days") == "0.83"
    assert "name a1 a1: 10-30…11-03 3 ≠ 2.5 → 0.83" in said(problems, "leave-days-shared")


@pytest.mark.parametrize(
    ("last", "days", "figures", "own"),
    [
        (12, "3", "10-12 1 ≠ 3 → 1", "1.00"),
        (16, "3", "10-12…10-16 5 ≠ 3 → 3", "3.00"),
        (12, "8", "10-12 1 ≠ 8 → 1", "1.00"),
        (18, "7", "10-12…10-18 5 ≠ 7 → 5", "5.00"),
    ],
)
def test_dates_and_days_that_disagree_are_said_with_both(
    tmp_path: Path, last: int, days: str, figures: str, own: str
) -> None:
    """The smaller of the two is taken: nobody pays for a slip of the pen."""
    away = [day for day in WORKDAYS if 12 <= day <= last]
    request = asked(october(12), october(last), days=D(days))
    result, problems = of(tmp_path, rules(), {"attendance": present(*away), "leave": [request]})
    assert figure(result, "unpaid_leave_days") == own
    assert f"name a1 a1: {figures}" in said(problems, "leave-days-differ")


@pytest.mark.parametrize(
    ("last", "days", "kind"), [(12, "0.5", "unpaid"), (14, "2.5", "unpaid"), (18, "7", "annual"), (12, "0.25", "sick")]
)
def test_half_days_and_calendar_days_of_paid_leave_are_no_contradiction(
    tmp_path: Path, last: int, days: str, kind: str
) -> None:
    """Parts of a day, a half one at either end, and systems that count every date of a paid leave."""
    away = [day for day in WORKDAYS if 12 <= day <= last]
    request = asked(october(12), october(last), kind, days=D(days))
    partly = worked("a1", [12], out_at=at(12, 14)) if D(days) < 1 else []
    chosen = rules('without_row = "worked"')
    _, problems = of(tmp_path, chosen, {"attendance": [*present(*away), *partly], "leave": [request]})
    assert "leave-days-differ" not in [one.code for one in problems]


def test_leave_on_a_day_off_takes_nothing_and_is_said(tmp_path: Path) -> None:
    """Saturday the 17th is due to nobody by the calendar, and no row says otherwise."""
    request = asked(october(17), october(17), days=D(1))
    result, problems = of(tmp_path, rules(), {"attendance": present(), "leave": [request]})
    assert "unpaid" not in cents_by_line(result, "a1")
    assert "10-17 0 ≠ 1 → 0" in said(problems, "leave-days-differ")


@pytest.mark.parametrize(("first", "days", "away"), [(12, 2, (12, 13)), (23, 3, (23, 26, 27))])
def test_without_a_last_day_the_days_say_how_long_it_is(
    tmp_path: Path, first: int, days: int, away: tuple[int, ...]
) -> None:
    """Three days from a Friday on are Friday, Monday and Tuesday: none of them is an absence."""
    request = asked(october(first), days=D(days))
    result, problems = of(tmp_path, rules(), {"attendance": present(*away), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000, "unpaid": days * DAY}
    assert errors_and_warnings(problems) == []


def test_where_rest_floats_the_days_decide_and_without_them_it_is_said(tmp_path: Path) -> None:
    """Nothing tells which of the four dates were rest, unless the request says how many days it takes."""
    floating = rules("rest_days = 9")
    rows = {"attendance": present(23, 26)}
    told, problems = of(tmp_path, floating, {**rows, "leave": [asked(october(23), october(26), days=D(2))]})
    assert figure(told, "unpaid_leave_days") == "2.00"
    assert errors_and_warnings(problems) == []
    _, problems = of(tmp_path, floating, {**rows, "leave": [asked(october(23), october(26))]})
    assert "10-23…10-26 4 ≠ – → 4" in said(problems, "leave-days-open")


def test_leave_on_a_day_with_both_punches_is_said(tmp_path: Path) -> None:
    """Granted for the 12th, and there from eight to seven."""
    request = asked(october(12), october(12), days=D(1))
    result, problems = of(tmp_path, rules(), {"attendance": present(), "leave": [request]})
    assert figure(result, "unpaid_leave_days") == "1.00"
    assert "name a1 a1: 10-12 unpaid" in said(problems, "leave-yet-present")


@pytest.mark.parametrize(("came", "told"), [(8, True), (14, False)])
def test_half_a_day_of_leave_beside_the_other_half_of_work_is_in_order(tmp_path: Path, came: int, told: bool) -> None:
    """From two o'clock on is the other half; from eight on is the whole day."""
    rows = [*present(12), *worked("a1", [12], in_at=at(12, came))]
    request = asked(october(12), october(12), days=D("0.5"))
    _, problems = of(tmp_path, rules(), {"attendance": rows, "leave": [request]})
    assert ("leave-yet-present" in [one.code for one in problems]) is told


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_kinds_for_one_day_the_one_that_costs_nothing_counts_and_both_are_said(
    tmp_path: Path, turned: bool
) -> None:
    """The order of the rows does not matter."""
    both = [asked(october(12), october(12), days=D(1)), asked(october(12), october(12), "annual", days=D(1))]
    tables = {"attendance": present(12), "leave": both[::-1] if turned else both}
    result, problems = of(tmp_path, rules(), tables)
    assert cents_by_line(result, "a1") == {"base": 200000, "full": 10000}
    assert "name a1 a1: annual 10-12 + unpaid 10-12" in said(problems, "leave-twice")


def test_two_halves_of_a_day_and_the_same_request_read_twice_are_in_order(tmp_path: Path) -> None:
    """Half unpaid and half annual fill the 12th; the 13th stands in two files."""
    halves = [asked(october(12), october(12), kind, days=D("0.5")) for kind in ("unpaid", "annual")]
    again = [asked(october(13), october(13), days=D(1))] * 2
    result, problems = of(tmp_path, rules(), {"attendance": present(12, 13), "leave": [*halves, *again]})
    assert figure(result, "unpaid_leave_days") == "1.50"
    assert errors_and_warnings(problems) == []


@pytest.mark.parametrize("approver", [None, "the boss"])
@pytest.mark.parametrize("kind", ["unpaid", "annual"])
def test_leave_without_an_answer_is_neither_granted_nor_refused(
    tmp_path: Path, kind: str, approver: str | None
) -> None:
    """No absence, no deduction, no award: only base pay, and it is said. Who is to decide has not decided yet."""
    request = asked(october(12), october(12), kind, days=D(1), approved=None, approver=approver)
    result, problems = of(tmp_path, rules(), {"attendance": present(12), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000}
    assert [figure(result, name) for name in ("absent_days", "unpaid_leave_days", "blemishes")] == ["none"] * 3
    assert "name a1 a1: 10-12" in said(problems, "leave-without-answer")
    assert cents_by_line(result, "a2") == {"base": 200000, "full": 10000}


def test_an_absence_on_another_day_stays_one_while_leave_waits_for_an_answer(tmp_path: Path) -> None:
    """Nobody asked for the 14th."""
    request = asked(october(12), october(12), approved=None)
    result, _ = of(tmp_path, rules(), {"attendance": present(12, 14), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000, "absence": DAY}


def test_an_answer_that_is_not_asked_for_or_makes_no_difference_is_not_missed(tmp_path: Path) -> None:
    """The policy wants no approval; or the person was there all day."""
    request = asked(october(12), october(12), days=D(1), approved=None)
    result, problems = of(tmp_path, rules(leave="approval = false\n"), {"attendance": present(12), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000, "unpaid": DAY}
    assert errors_and_warnings(problems) == []
    result, _ = of(tmp_path, rules(), {"attendance": present(), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000, "full": 10000}


def test_leave_without_a_kind_is_no_absence_and_takes_nothing(tmp_path: Path) -> None:
    """It may be paid or not: full attendance is open, and it is said of whom."""
    request = asked(october(12), october(12), None, days=D(1))
    result, problems = of(tmp_path, rules(), {"attendance": present(12), "leave": [request]})
    assert cents_by_line(result, "a1") == {"base": 200000}
    assert "name a1 a1: 10-12" in said(problems, "leave-without-kind")


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (True, {"base": 200000, "full": 10000}),
        (False, {"base": 200000, "punch": -1000}),
        (None, {"base": 200000}),
    ],
)
def test_a_punch_fix_without_an_answer_neither_mends_nor_costs(
    tmp_path: Path, answer: bool | None, lines: dict[str, int]
) -> None:
    """The fine goes with a no, the award with a yes; without either there is neither."""
    rows = [*present(12), *worked("a1", [12], out_at=None)]
    fix = {"agent_id": "a1", "date": october(12), "filed_on": october(12), "reason": "forgot", "approved": answer}
    chosen = rules(f"missed_punch_spoils = true\n{FIXES}")
    result, problems = of(tmp_path, chosen, {"attendance": rows, "punch_fixes": [fix]})
    assert cents_by_line(result, "a1") == lines
    if answer is None:
        assert "2026-10-12" in said(problems, "fix-without-answer")


@pytest.mark.parametrize("substitute", ["a2", None])
def test_unpaid_leave_of_somebody_without_attendance_is_taken(tmp_path: Path, substitute: str | None) -> None:
    """Granted for the 12th to the 16th, and no row of attendance tells of a1. Nobody stands in: it is leave all the
    same, for nothing says that a1 came.
    """
    request = asked(october(12), october(16), days=D(5), substitute=substitute)
    chosen = rules("", "substitute = true\n")
    result, _ = of(tmp_path, chosen, {"attendance": worked("a2", WORKDAYS), "leave": [request]})
    assert cents_by_line(result, "a1")["unpaid"] == 5 * DAY


@pytest.mark.parametrize(("leave", "told"), [("8", True), ("1", False), ("1.5", False)])
def test_sums_with_more_leave_than_days_left_are_said(tmp_path: Path, leave: str, told: bool) -> None:
    """Of 18 due days 17 were worked: eight days of leave find no room, half days beside half days of work do."""
    row = {"agent_id": "a1", "date": october(1), "due_days": D(18), "worked_days": D(17), "absent_days": D(0),
           "late_count": 0, "early_count": 0, "missed_count": 0, "personal_leave_days": D(leave)}  # fmt: skip
    _, problems = of(tmp_path, rules(""), {"attendance": [row]})
    assert ("attendance-sums-overfull" in [one.code for one in problems]) is told
    if told:
        assert "name a1 a1: 17 + 8 > 18" in said(problems, "attendance-sums-overfull")


def test_a_punch_fix_without_an_answer_earns_no_award_for_punches(tmp_path: Path) -> None:
    """That every missing punch was mended is not known yet."""
    award = """
[[pay.award]]
id = "clock"
label = "Clock"
amount = 50
when = { measure = "attendance.unfixed_punches", equals = 0 }
"""
    chosen = policy(f"[working_time]\n{FIXES}\n{SHIFT}{PAY}{FULL_ATTENDANCE}{award}")
    rows = [*present(12), *worked("a1", [12], out_at=None)]
    fix = {"agent_id": "a1", "date": october(12), "filed_on": october(12), "reason": "forgot"}
    result, _ = of(tmp_path, chosen, {"attendance": rows, "punch_fixes": [fix]})
    assert cents_by_line(result, "a1") == {"base": 200000, "full": 10000}
    assert cents_by_line(result, "a2") == {"base": 200000, "full": 10000, "clock": 5000}


@pytest.mark.parametrize("others", [True, None])
def test_without_rules_of_leave_an_answer_is_missed_where_others_have_one(tmp_path: Path, others: bool | None) -> None:
    """The file holds an answer to a2 and none to a1; or it holds none at all, and the policy asks for none."""
    chosen = policy(f'[working_time]\nwithout_row = "absent"\n{SHIFT}{PAY}{FULL_ATTENDANCE}')
    requests = [
        asked(october(12), october(12), approved=None),
        asked(october(9), october(9), approved=others) | {"agent_id": "a2"},
    ]
    result, problems = of(tmp_path, chosen, {"attendance": present(12), "leave": requests})
    assert cents_by_line(result, "a1") == {"base": 200000}
    assert ("leave-without-answer" in [one.code for one in problems]) is bool(others)


@pytest.mark.parametrize(("rest", "codes"), [((3, 4), []), ((3,), ["leave-days-open"])])
def test_once_all_floating_rest_is_taken_every_date_of_leave_is_due(
    tmp_path: Path, rest: Sequence[int], codes: list[str]
) -> None:
    """Leave from Friday to Monday without a number of days, in a month with two rest days."""
    away = [9, 12, *rest]
    rows = [*present(*away), *({"agent_id": "a1", "date": date(2026, 10, day), "shift": "rest"} for day in rest)]
    asked = {"agent_id": "a1", "date": date(2026, 10, 9), "ends_on": date(2026, 10, 12), "kind": "annual"}
    _, problems = of(tmp_path, rules("rest_days = 2"), {"attendance": rows, "leave": [{**asked, "approved": True}]})
    assert [one.code for one in problems if one.code.startswith("leave")] == codes
