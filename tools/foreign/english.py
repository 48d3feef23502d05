"""Folders of English-speaking teams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from foreign.kit import Folder, Meaning, Row, book, csv_file, workdays

PEOPLE = {"E101": "Ann Lee", "E102": "Bob Ray", "E103": "Cy Moss", "E104": "Dee Fox", "E105": "Eli Page"}
NAMES = list(PEOPLE.values())
MONTHS = ((2026, 9, "Sep"), (2026, 10, "Oct"))


def helpdesk() -> Folder:
    """A help desk: tickets whose columns are called as nobody else calls them, days written 03/09/2026."""
    files = {
        "Team list.xlsx": book(
            Staff=[
                ("Employee ID", "Employee", "Team", "Hire date"),
                *((number, name, "Desk", date(2024, 2, 1)) for number, name in PEOPLE.items()),
            ]
        )
    }
    for year, month, name in MONTHS:
        files[f"Tickets {name} {year}.csv"] = csv_file(_tickets(year, month), "cp1252")
        files[f"CSAT {name} {year}.xlsx"] = book(Answers=_csat(year, month))
    tickets = Meaning(
        "interactions",
        {
            "interaction_id": "Ticket ID", "agent_name": "Handled by", "started_at": "Created at",
            "resolved_at": "Solved at", "topic": "Category", "first_response_seconds": "First reply time in minutes",
            "resolved": "Resolved", "customer_id": "Customer ID",
        },
        {
            "agent_name": "Ann Lee", "started_at": "2026-09-01 09:00:00", "first_response_seconds": "150.000",
            "resolved": "False",
        },
    )  # fmt: skip
    csat = Meaning(
        "surveys",
        {"agent_name": "Agent", "date": "Submitted at", "score": "Rating", "comment": "Comment"},
        {"agent_name": "Ann Lee", "date": "2026-09-01", "score": "1.0000"},
    )
    roster = Meaning(
        "roster", {"agent_id": "Employee ID", "agent_name": "Employee", "group": "Team", "hired_on": "Hire date"}
    )
    return Folder(
        "en",
        "express-service",
        files,
        {"Tickets {mmm} {yyyy}.csv": tickets, "CSAT {mmm} {yyyy}.xlsx": csat, "Team list.xlsx": roster},
        PEOPLE,
        {"Tickets {mmm} {yyyy}.csv | words | Resolved": ["Yes, closed"]},
    )


def _tickets(year: int, month: int) -> Iterator[Row]:
    yield (
        "Ticket ID", "Customer ID", "Handled by", "Created at", "Solved at", "Category",
        "First reply time in minutes", "Resolved", "Team",
    )  # fmt: skip
    for at, day in enumerate(workdays(year, month) * 2):
        start = datetime.combine(day, time(9, 0)) + timedelta(minutes=7 * (at % 40))
        yield (
            f"T{month:02d}{at:04d}", f"C{at % 17}", NAMES[at % 5], f"{start:%d/%m/%Y %H:%M}",
            f"{start + timedelta(minutes=50):%d/%m/%Y %H:%M}", ("billing", "delivery", "réclamation")[at % 3],
            2.5 + at % 9, "Yes, closed" if at % 6 else "Still waiting", "Desk",
        )  # fmt: skip


def _csat(year: int, month: int) -> Iterator[Row]:
    yield ("Agent", "Submitted at", "Rating", "Comment")
    for at, day in enumerate(workdays(year, month)):
        yield (NAMES[at % 5], datetime.combine(day, time(17, 30)), 1 + at % 5, "ok" if at % 4 else "")


def call_centre() -> Folder:
    """A call centre: a sheet for each week, lengths of time without a unit, and a list of hours of which no one says
    whose they are but by number.
    """
    files = {}
    for year, month, _ in MONTHS:
        files[f"{year}-{month:02d}/calls.xlsx"] = book(**_weeks(year, month))
        files[f"{year}-{month:02d}/scores.csv"] = csv_file(_scores(year, month), separator=";")
    calls = Meaning(
        "interactions",
        {
            "interaction_id": "Call ID", "agent_id": "Agent ID", "agent_name": "Agent", "started_at": "Start time",
            "answered": "Answered", "talk_seconds": "Talk time", "wait_seconds": "Wait time in seconds",
        },
        {"agent_id": "E101", "started_at": "2026-09-01 08:30:00", "talk_seconds": "210.000", "wait_seconds": "5.000"},
    )  # fmt: skip
    scores = Meaning(
        "quality",
        {"agent_id": "Rep ID", "date": "Date", "score": "Score"},
        {"agent_id": "E101", "score": "80.5000", "item": "scores"},
    )
    files["complaints.csv"] = csv_file(_complaints())
    complaints = Meaning(
        "complaints",
        {"agent_id": "Agent ID", "date": "Complaint date", "category": "Category", "valid": "Valid"},
        {"agent_id": "E102", "date": "2026-09-03", "valid": "True"},
    )
    return Folder(
        "en",
        "insurance",
        files,
        {"{month}/calls.xlsx": calls, "{month}/scores.csv": scores, "complaints.csv": complaints},
        PEOPLE,
        {
            "{month}/calls.xlsx | unit | Talk time": "minutes",
            "{month}/scores.csv | table": "quality",
            "{month}/scores.csv | column | item": "= scores",
            "complaints.csv | order | Complaint date": "d/m/y",
        },
    )


def _complaints() -> Iterator[Row]:
    yield ("Agent ID", "Complaint date", "Category", "Valid")
    for at in range(9):
        yield (list(PEOPLE)[(at + 1) % 5], f"{3 + at:02d}/{9 + at % 2:02d}/2026", "rude", "Y" if at % 3 == 0 else "N")


def _weeks(year: int, month: int) -> dict[str, list[Row]]:
    head = ("Call ID", "Agent ID", "Agent", "Start time", "Answered", "Talk time", "Wait time in seconds")
    weeks: dict[str, list[Row]] = {}
    numbers = list(PEOPLE)
    for at, day in enumerate(workdays(year, month) * 3):
        name = f"Week {1 + (day.day - 1) // 7}"
        start = datetime.combine(day, time(8, 30)) + timedelta(minutes=11 * (at % 30))
        talk = (3.5, 40, 12, 6.25, 9)[at % 5]
        row = (
            f"K{month:02d}{at:04d}",
            numbers[at % 5],
            NAMES[at % 5],
            start,
            "Y" if at % 7 else "N",
            talk,
            5 + at % 20,
        )
        weeks.setdefault(name, [head]).append(row)
    return weeks


def _scores(year: int, month: int) -> Iterator[Row]:
    yield ("Rep ID", "Date", "Score", "Comment")
    for at, day in enumerate(workdays(year, month)):
        yield (list(PEOPLE)[at % 5], f"{day:%Y-%m-%d}", f"{80.5 + at % 10:.1f}".replace(".", ","), "fine")


def figures() -> Folder:
    """Sums of the month without a day in them, the month only in the name; totals below; one file is a memo."""
    files = {f"reports/KPI_{year}{month:02d}.csv": csv_file(_sums(month)) for year, month, _ in MONTHS}
    files["reports/readme.txt"] = b"Figures come from the phone system. Ask Ann.\r\n"
    files["agents.csv"] = csv_file([("Staff ID", "Name", "Team"), *((n, name, "A") for n, name in PEOPLE.items())])
    kpis = Meaning("kpis", {"agent_name": "Agent"}, {"agent_name": "Ann Lee", "metric": "Calls", "value": "120.0000"})
    roster = Meaning("roster", {"agent_id": "Staff ID", "agent_name": "Name", "group": "Team"})
    return Folder(
        "en",
        "metrics",
        files,
        {"reports/KPI_{yyyy}{mm}.csv": kpis, "agents.csv": roster},
        PEOPLE,
        {"reports/KPI_{yyyy}{mm}.csv | unit | Average handling time": "seconds"},
        aside=["reports/readme.txt"],
    )


def _sums(month: int) -> Iterator[Row]:
    yield ("Agent", "Calls", "Average handling time", "CSAT %")
    for at, name in enumerate(NAMES):
        yield (name, 120 + at + month - 9, 240 + 10 * at, f"{90 + at}%")
    yield ("Total", 610 + 5 * (month - 9), 260, "92%")


FOLDERS = {"helpdesk": helpdesk, "call-centre": call_centre, "figures": figures}
