"""A month that changes inside, from the files to what explain and the workbook say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.running import csctl
from tests.libreoffice import recalculated
from tests.sheets.test_pay_book import differences

ABSENT = {12: 1, 20: 0.5}
"""Ann's days away, by day of October."""
FILES = {
    "csctl.toml": """
name = "Shop"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "roster.csv"

[[source]]
table = "orders"
files = "{month}/orders.csv"

[[source]]
table = "attendance"
files = "{month}/attendance.csv"
""",
    "policy.toml": """
id = "shop"
label = "Shop"
version = "1"
state = "reviewed"
language = "en"
effective = { from = "2026-01" }

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"

[[level]]
id = "C1"

[[level]]
id = "C2"

[pay.base]
by = "level"
amounts = { C1 = 2200, C2 = 4400 }
by_fte = true

[working_time]

[[pay.deduction]]
id = "away"
label = "Absence"
quantity = "attendance.absent_days"
divisor = 22

[[pay.commission]]
id = "low"
label = "Commission C1"
of = "sales"
levels = ["C1"]
tiers = [{ from = 0, rate = 0.01 }]

[[pay.commission]]
id = "high"
label = "Commission C2"
of = "sales"
levels = ["C2"]
tiers = [{ from = 0, rate = 0.03 }]

[[pay.pool]]
label = "Team"
of = "sales"
per = "group"
share = 1
mode = "whole"
tiers = [{ from = 0, rate = 0.1 }]
split_by = "equal"

[[pay.pool]]
label = "Weighted"
amount = 100
split_by = "equal"
weights = { C2 = 1.5 }
by_fte = true
""",
    "roster.csv": """staff id,name,group,level,hire date,fte,valid from,valid to
01,Ann,hot,C1,2025-01-06,50%,,2026-10-16
01,Ann,desk,C2,,,2026-10-17,
02,Bob,desk,C2,2024-03-04,,,
""",
    "2026-10/orders.csv": """order id,staff id,date,amount
1,01,2026-10-12,100.00
2,01,2026-10-16,50.00
3,01,2026-10-20,200.00
4,02,2026-10-13,1000.00
""",
    "2026-10/attendance.csv": "staff id,date,absent days\n"
    + "".join(f"01,2026-10-{day:02},{ABSENT.get(day, 0)}\n02,2026-10-{day:02},0\n" for day in range(1, 32)),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    return folder


def explained(shop: Path, line: str) -> str:
    done = csctl("explain", "Ann", line, "--month", "2026-10", "-w", shop)
    assert done.code == 0, done.err
    return " ".join(done.out.replace("│", " ").split())


def test_each_line_rests_on_the_rows_of_its_days(shop: Path) -> None:
    """150 sold as a C1, 200 as a C2: the rows of the others days are no evidence."""
    low, high = explained(shop, "low"), explained(shop, "high")
    assert "1.50 150 yuan × 0.01" in low
    assert "C1 2026-10-01 – 2026-10-16" in low
    assert ("Sales 150 yuan" in low, "row 2" in low, "row 3" in low, "row 4" in low) == (True, True, True, False)
    assert ("Sales 200 yuan" in high, "row 4" in high, "row 2" in high) == (True, True, False)


def test_a_day_away_is_told_by_the_row_of_its_part_of_the_month(shop: Path) -> None:
    """The 12th is withheld at half of 2,200 ÷ 22, half of the 20th at 4,400 ÷ 22; each names its own row."""
    first, then = explained(shop, "away"), explained(shop, "away.2")
    assert ("-50.00" in first, "row 24" in first, "row 40" in first) == (True, True, False)
    assert ("-100.00" in then, "row 40" in then, "row 24" in then) == (True, True, False)


def test_the_share_of_each_group_says_its_days(shop: Path) -> None:
    """The hot line sold 150: 15 for Ann alone. The desk sold 1,200: 120 by her days of October and Bob's."""
    hot, desk = explained(shop, "pool1.hot"), explained(shop, "pool1.desk")
    assert "15.00 C1 2026-10-01 – 2026-10-16" in hot
    assert "C2 2026-10-17 – 2026-10-31" in desk
    assert "120.00 sales 1,200.00" in desk.replace("team sales", "sales")


def test_why_somebody_has_none_looks_at_the_days_that_count(shop: Path, tmp_path: Path) -> None:
    """Nothing sold as a C2: the sales of the other days are none of its."""
    copy = tmp_path / "shop"
    for name, text in FILES.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text.lstrip().replace("3,01,2026-10-20", "3,02,2026-10-20"), encoding="utf-8")
    said = explained(copy, "high")
    assert "only for these days C2 2026-10-17 – 2026-10-31" in said
    assert "Sales 0 yuan none is on record" in said


@pytest.mark.slow
def test_another_program_makes_the_same_of_the_workbook(shop: Path, tmp_path: Path) -> None:
    """pay.xlsx with several shares of one person, recalculated: no cell moves."""
    assert csctl("run", "--month", "2026-10", "-w", shop).code == 0
    book = (shop / "out" / "2026-10" / "pay.xlsx").read_bytes()
    assert differences(book, recalculated(book, tmp_path)) == []
