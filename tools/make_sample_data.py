"""Make the monthly exports and the roster of sample_data: the same bytes every time.

Usage: python tools/make_sample_data.py [folder]      (default: sample_data beside tools)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sample import contacts, customers, faults, office, sheets_of_days
from sample.contacts import Contact
from sample.days import Day, attendance
from sample.files import Page, Row, csv_bytes, workbook_bytes
from sample.people import FIRST_MONTH, LAST_MONTH


def month_files(year: int, number: int) -> dict[str, bytes]:
    """All exports of one month by file name."""
    days = attendance(year, number)
    month = f"{year}-{number:02d}"
    made = contacts.contacts(month, days)
    return _from_systems(month, days, made) | _by_hand(month, days, made)


def _from_systems(month: str, days: Sequence[Day], made: Sequence[Contact]) -> dict[str, bytes]:
    """What chat tool, call centre, shop, attendance and survey systems export."""
    first, last = min(day.day for day in days), max(day.day for day in days)
    return {
        f"在线会话_{month}.csv": csv_bytes(faults.put(month, "chats", contacts.chat_rows(made)), "gbk"),
        f"热线通话_{month}.xlsx": contacts.phone_book(faults.put(month, "calls", contacts.phone_rows(month, made))),
        f"千牛接待_{month}.xls": csv_bytes(contacts.reception_rows(made), "gbk"),
        f"钉钉每日统计_{month}.xlsx": sheets_of_days.daily_book(first.year, first.month, days),
        f"上下班打卡_日报_{first:%Y%m%d}-{last:%Y%m%d}.xlsx": sheets_of_days.punch_book(first.year, first.month, days),
        f"满意度问卷_{month}.csv": csv_bytes(customers.survey_rows(month, made), "utf-8-sig"),
        f"回访问卷_{month}.csv": csv_bytes(customers.revisit_rows(month, made), "utf-8-sig"),
        f"订单_{month}.csv": csv_bytes(faults.put(month, "orders", customers.order_rows(month, days)), "gbk"),
    }


def _by_hand(month: str, days: Sequence[Day], made: Sequence[Contact]) -> dict[str, bytes]:
    """What the office writes down."""
    books = {
        "投诉登记": faults.put(month, "complaints", customers.complaint_rows(month, made)),
        "事件登记": faults.put(month, "events", office.event_rows(month, days)),
        "考试成绩": faults.put(month, "exams", office.exam_rows(month, days)),
        "培训记录": office.training_rows(month, days),
        "评分表": office.rating_rows(month, days),
        "任务台账": office.task_rows(month, days),
        "销售目标": office.target_rows(days),
    }
    if month >= office.FIRST_PLANS:
        books["改进计划"] = office.plan_rows(month, days)
    files = {f"{name}.xlsx": _book(name, rows) for name, rows in books.items()}
    return files | {f"质检_{month}.csv": csv_bytes(office.quality_rows(month, days, made), "utf-8")}


def _book(name: str, rows: Sequence[Row]) -> bytes:
    return workbook_bytes(Page(name, rows))


def all_files() -> Iterator[tuple[str, bytes]]:
    """Every generated file: path below the workspace, and content."""
    yield "data/roster.xlsx", _book("花名册", office.roster_rows())
    for number in range(FIRST_MONTH[1], LAST_MONTH[1] + 1):
        year = FIRST_MONTH[0]
        for name, content in month_files(year, number).items():
            yield f"data/{year}-{number:02d}/{name}", content


def main(arguments: Sequence[str]) -> None:
    """Write all files below the folder."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent.parent / "sample_data"
    for name, content in all_files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
