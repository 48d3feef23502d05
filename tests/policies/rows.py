"""An example's rows written short: the same row several times or for several people, a figure month by month.

``agent_id = ["a", "b"]`` writes a row for each of them, and so does any other list; ``times = 18`` writes it so many
times. Under ``[[monthly]]``
one figure of each person follows the example's months: ``values = { a = [90, 90, ""] }`` makes rows of ``table`` with
it in ``column``, on ``day`` of each month, beside what ``row`` says; "" is a month without a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import product
from typing import Any

from csctl.month import Month


def rows_of(document: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of every table of an example, written out."""
    rows = {
        table: [row for short in given for row in _written_out(short)]
        for table, given in document.get("rows", {}).items()
    }
    rows["roster"] = [{name: value for name, value in one.items() if name != "since"} for one in people_of(document)]
    for series in document.get("monthly", []):
        rows.setdefault(series["table"], []).extend(_monthly(series, document["months"]))
    if "otherwise" in document:
        rows["attendance"] = [*rows.get("attendance", []), *_other_days(document, rows.get("attendance", []))]
    return rows


def _other_days(document: Mapping[str, Any], given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Attendance in order for every day of employment in the months that an example says nothing else of.

    Each entry of ``otherwise`` names its agents, a shift, the clock of both punches, the days of the month that are
    ``off``, and those ``without`` a row.
    """
    months = [month for text in document["months"] if (month := Month.parse(text))]
    told = {(row["agent_id"], row["date"]) for row in given}
    here = {
        one["agent_id"]: (one.get("hired_on", date.min), one.get("left_on", date.max)) for one in people_of(document)
    }
    return [
        {"agent_id": agent, "date": day, "shift": "休息"}
        if day.day in one.get("off", [])
        else {
            "agent_id": agent,
            "date": day,
            "shift": one["shift"],
            "in_at": datetime.combine(day, time.fromisoformat(one["in"])),
            "out_at": datetime.combine(day, time.fromisoformat(one["out"])),
        }
        for one in document["otherwise"]
        for agent in one["agents"]
        for month in months
        for day in month.days()
        if (agent, day) not in told
        and day.day not in one.get("without", [])
        and here[agent][0] <= day <= here[agent][1]
    ]


def people_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of the roster with ``since``, a row's first month; who has no name is called by the id."""
    return [
        {"agent_name": one["agent_id"], **one} for short in document.get("agent", []) for one in _written_out(short)
    ]


def _written_out(short: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    row = {name: value for name, value in short.items() if name != "times"}
    lists = {name: value for name, value in row.items() if isinstance(value, list)}
    for chosen in product(*lists.values()):
        yield from [row | dict(zip(lists, chosen, strict=True))] * short.get("times", 1)


def _monthly(series: Mapping[str, Any], months: list[str]) -> Iterator[Mapping[str, Any]]:
    for agent, values in series["values"].items():
        assert len(values) == len(months), f"{agent}: {len(values)} values for {len(months)} months"
        for month, value in zip(months, values, strict=True):
            if value != "":
                day = date.fromisoformat(f"{month}-{series['day']:02d}")
                yield {**series["row"], "agent_id": agent, "date": day, series["column"]: value}
