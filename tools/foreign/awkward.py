"""Folders of systems and languages that are awkward in ways of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from foreign.kit import Folder, Meaning, Row, book, csv_file, workdays

MONTHS = ((2026, 9), (2026, 10))
CREW = {"4401": "Ann Lee", "4402": "Bob Ray", "4403": "Cy Moss", "4404": "Dee Fox"}
TEAM = {"M-01": "Jörg Bäcker", "M-02": "Ute Möller", "M-03": "Kai Groß"}
ISLAND = {"HK01": "陳美玲", "HK02": "黃志豪", "HK03": "林嘉欣", "HK04": "何家輝"}
SHIFT = {"T201": "孙悦", "T202": "郑凯", "T203": "冯雪", "T204": "蒋磊"}


def dialler() -> Folder:
    """A dialler of the United States: Unicode text of Excel with tabs, days 9/1/2026 with AM and PM."""
    files = {}
    for year, month in MONTHS:
        files[f"{month:02d}-{year} Call Detail.txt"] = csv_file(_calls(year, month), "utf-16", "\t")
        files[f"{month:02d}-{year} QA.csv"] = csv_file(_checked(year, month), "utf-8-sig")
    calls = Meaning(
        "interactions",
        {
            "interaction_id": "Call ID", "agent_id": "Agent ID", "agent_name": "Agent Name", "started_at": "Start Time",
            "talk_seconds": "Talk Time", "hold_seconds": "Hold Time", "abandoned": "Abandoned",
        },
        {"agent_id": "4401", "started_at": "2026-09-01 13:05:00", "talk_seconds": "125.000", "abandoned": "False"},
    )  # fmt: skip
    checked = Meaning(
        "quality",
        {
            "agent_id": "Agent ID", "date": "Evaluation Date", "item": "Form", "score": "Score",
            "full_score": "Full Score",
        },
        {"agent_id": "4401", "date": "2026-09-01", "score": "41.0000", "full_score": "50.0000"},
    )  # fmt: skip
    sources = {"{mm}-{yyyy} Call Detail.txt": calls, "{mm}-{yyyy} QA.csv": checked}
    return Folder(
        "en",
        "metrics",
        files,
        sources,
        CREW,
    )


def _calls(year: int, month: int) -> Iterator[Row]:
    yield ("Call ID", "Agent ID", "Agent Name", "Start Time", "Talk Time", "Hold Time", "Abandoned", "Skill")
    for at, day in enumerate(workdays(year, month)):
        for turn, (number, name) in enumerate(CREW.items()):
            start = datetime.combine(day, time(13, 5)) + timedelta(minutes=at + turn)
            begun = f"{start.month}/{start.day}/{start.year} {start:%I:%M:%S %p}"
            yield (
                f"{month}{at:03d}{turn}", number, name, begun, f"0:02:{5 + at:02d}", f"0:00:{at:02d}",
                "Yes" if (at + turn) % 9 == 8 else "No", "sales",
            )  # fmt: skip


def _checked(year: int, month: int) -> Iterator[Row]:
    yield ("Agent ID", "Evaluation Date", "Form", "Score", "Full Score")
    for at, day in enumerate(workdays(year, month)):
        yield (list(CREW)[at % 4], f"{day.month}/{day.day}/{day.year}", "Call quality", 41 + at % 8, 50)


def abroad() -> Folder:
    """A German system: its own headers, semicolons, days 01.09.2026, decimal commas, Western letters."""
    files = {}
    for year, month in MONTHS:
        files[f"Export/Anrufe_{year}-{month:02d}.csv"] = csv_file(_anrufe(year, month), "cp1252", ";")
        files[f"Export/Umfrage_{year}-{month:02d}.csv"] = csv_file(_umfrage(year, month), "cp1252", ";")
    files["Export/Mitarbeiter.csv"] = csv_file(
        [("Personalnummer", "Name", "Gruppe"), *((number, name, "Nord") for number, name in TEAM.items())],
        "cp1252",
        ";",
    )
    calls = Meaning(
        "interactions",
        {"agent_name": "Mitarbeiter", "started_at": "Beginn"},
        {"agent_name": "Jörg Bäcker", "started_at": "2026-09-01 08:10:00"},
    )
    asked = Meaning(
        "surveys", {"agent_name": "Mitarbeiter", "date": "Datum", "score": "Note"},
        {"agent_name": "Jörg Bäcker", "date": "2026-09-01", "score": "4.5000"},
    )  # fmt: skip
    roster = Meaning("roster", {"agent_id": "Personalnummer", "agent_name": "Name"})
    return Folder(
        "en",
        "metrics",
        files,
        {
            "Export/Anrufe_{month}.csv": calls, "Export/Umfrage_{month}.csv": asked,
            "Export/Mitarbeiter.csv": roster,
        },
        TEAM,
        {
            "Export/Anrufe_{month}.csv | table": "interactions",
            "Export/Anrufe_{month}.csv | column | started_at": "Beginn",
            "Export/Anrufe_{month}.csv | person | agent": "Mitarbeiter",
            "Export/Mitarbeiter.csv | table": "roster",
            "Export/Mitarbeiter.csv | column | agent_id": "Personalnummer",
            "Export/Umfrage_{month}.csv | table": "surveys",
            "Export/Umfrage_{month}.csv | column | score": "Note",
            "Export/Umfrage_{month}.csv | days | Datum": "Datum",
        },
    )  # fmt: skip


def _anrufe(year: int, month: int) -> Iterator[Row]:
    yield ("Vorgang", "Mitarbeiter", "Beginn", "Dauer (Min.)")
    for at, day in enumerate(workdays(year, month) * 2):
        yield (
            f"V{month:02d}{at:03d}",
            list(TEAM.values())[at % 3],
            f"{day:%d.%m.%Y} 08:{10 + at % 50}",
            f"{2 + at % 7},5",
        )


def _umfrage(year: int, month: int) -> Iterator[Row]:
    yield ("Mitarbeiter", "Datum", "Note", "Bemerkung")
    for at, day in enumerate(workdays(year, month)):
        yield (list(TEAM.values())[at % 3], f"{day:%d.%m.%Y}", f"{4 - at % 3},5", "sehr gut" if at % 3 == 0 else "")


def island() -> Folder:
    """A team in Hong Kong: traditional letters in Big5, headers csctl hardly knows, words of its own for yes."""
    files = {}
    for year, month in MONTHS:
        files[f"{year}{month:02d}/通話記錄.csv"] = csv_file(_records(year, month), "big5")
        files[f"{year}{month:02d}/投訴.xlsx"] = book(投訴=_objections(year, month))
    calls = Meaning(
        "interactions",
        {"agent_id": "員工編號", "agent_name": "姓名", "started_at": "開始時間"},
        {"agent_id": "HK01", "started_at": "2026-09-01 10:00:00"},
    )
    complaints = Meaning(
        "complaints",
        {"agent_id": "員工編號", "agent_name": "姓名", "date": "投訴日期", "valid": "是否成立"},
        {"agent_id": "HK02", "date": "2026-09-01", "valid": "True"},
    )
    return Folder(
        "zh",
        "metrics",
        files,
        {"{yyyy}{mm}/通話記錄.csv": calls, "{yyyy}{mm}/投訴.xlsx": complaints},
        ISLAND,
        {
            "{yyyy}{mm}/通話記錄.csv | table": "interactions",
            "{yyyy}{mm}/投訴.xlsx | table": "complaints",
            "{yyyy}{mm}/投訴.xlsx | column | valid": "是否成立",
            "{yyyy}{mm}/投訴.xlsx | words | 是否成立": ["成立"],
        },
    )


def _records(year: int, month: int) -> Iterator[Row]:
    yield ("通話編號", "員工編號", "姓名", "開始時間", "通話秒數")
    for at, day in enumerate(workdays(year, month) * 2):
        number = list(ISLAND)[at % 4]
        yield (f"R{month}{at:03d}", number, ISLAND[number], f"{day:%Y/%m/%d} 10:{at % 60:02d}", 95 + at)


def _objections(year: int, month: int) -> Iterator[Row]:
    yield ("員工編號", "姓名", "投訴日期", "投訴類別", "是否成立")
    for at, day in enumerate(workdays(year, month)[:8]):
        number = list(ISLAND)[(at + 1) % 4]
        yield (number, ISLAND[number], day, "態度", "成立" if at % 2 == 0 else "不成立")


def yearbook() -> Folder:
    """One workbook for the whole year, a sheet for each month, with a title above and sums below."""
    sheets = {f"{month}月": list(_reviewed(year, month)) for year, month in MONTHS}
    files = {"质检2026.xlsx": book(**sheets), "名单.csv": csv_file(
        [("工号", "姓名", "班组"), *((number, name, "甲班") for number, name in SHIFT.items())], "utf-8-sig"
    )}  # fmt: skip
    for year, month in MONTHS:
        files[f"考试/{year}.{month:02d}.csv"] = csv_file(_exams(year, month), "gbk")
    reviewed = Meaning(
        "quality",
        {"agent_name": "姓名", "date": "质检日期", "item": "质检项目", "score": "得分", "reviewer": "质检员"},
        {"agent_name": "孙悦", "date": "2026-09-01", "score": "86.0000"},
    )
    exams = Meaning(
        "exams",
        {"agent_id": "工号", "agent_name": "姓名", "date": "考试日期", "kind": "科目", "score": "分数"},
        {"agent_id": "T201", "score": "90.5000"},
    )
    roster = Meaning("roster", {"agent_id": "工号", "agent_name": "姓名", "group": "班组"})
    return Folder(
        "zh", "metrics", files, {"质检2026.xlsx": reviewed, "考试/{yyyy}.{mm}.csv": exams, "名单.csv": roster}, SHIFT
    )


def _reviewed(year: int, month: int) -> Iterator[Row]:
    yield (f"{year}年{month}月质检汇总",)
    yield ("质检日期", "姓名", "质检项目", "得分", "质检员")
    total = 0
    for at, day in enumerate(workdays(year, month)):
        total += 86 + at % 12
        yield (f"{day:%Y-%m-%d}", list(SHIFT.values())[at % 4], "录音", 86 + at % 12, "高老师")
    yield ("合计", None, None, total, None)


def _exams(year: int, month: int) -> Iterator[Row]:
    yield ("工号", "姓名", "考试日期", "科目", "分数")
    for at, (number, name) in enumerate(SHIFT.items()):
        yield (number, name, f"{year}-{month:02d}-20", "产品知识", 90.5 - at)


def scorecards() -> Folder:
    """Reports with banners: rows above the header, percent as text, averages below, amounts in dollars."""
    files = {}
    for year, month in MONTHS:
        files[f"{year}-{month:02d}/Scorecard.xlsx"] = book(**{"Score card": list(_cards(year, month))})
        files[f"{year}-{month:02d}/Refund requests.csv"] = csv_file(_orders(year, month))
    files["Agents.csv"] = csv_file([("Agent ID", "Agent", "Team"), *((n, name, "West") for n, name in CREW.items())])
    cards = Meaning("kpis", {"agent_name": "Agent"}, {"agent_name": "Ann Lee", "metric": "Chats", "value": "210.0000"})
    orders = Meaning(
        "orders",
        {"order_id": "Order ID", "agent_id": "Agent ID", "date": "Order date", "amount": "Amount",
         "refund_amount": "Refund amount"},
        {"agent_id": "4401", "date": "2026-09-01", "amount": "1250.00", "refund_amount": "0.00"},
    )  # fmt: skip
    roster = Meaning("roster", {"agent_id": "Agent ID", "agent_name": "Agent", "group": "Team"})
    return Folder(
        "en",
        "metrics",
        files,
        {"{month}/Scorecard.xlsx": cards, "{month}/Refund requests.csv": orders, "Agents.csv": roster},
        CREW,
    )


def _cards(year: int, month: int) -> Iterator[Row]:
    yield ("Monthly score card",)
    yield (f"Printed {year}-{month:02d}-28 by the system",)
    yield ()
    yield ("Agent", "Chats", "Satisfied %", "Average reply (s)")
    for at, name in enumerate(CREW.values()):
        yield (name, 210 - 10 * at, f"{95 - at}%", 21 + at)
    yield ("Average", 195, "93.5%", 22.5)


def _orders(year: int, month: int) -> Iterator[Row]:
    yield ("Order ID", "Agent ID", "Order date", "Amount", "Refund amount")
    for at, day in enumerate(workdays(year, month)):
        yield (
            f"O{month}{at:03d}",
            list(CREW)[at % 4],
            f"{day:%Y-%m-%d}",
            f"$1,{250 + at}.00",
            "$0.00" if at % 5 else "($0.00)",
        )


FOLDERS = {
    "abroad": abroad, "dialler": dialler, "island": island, "scorecards": scorecards, "yearbook": yearbook,
}  # fmt: skip
