"""On what kind of day a row lies: columns that follow from its day, the rota and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from csctl.tables.model import Column, Kind

DAY_FLAGS: Mapping[str, Literal["workday", "rest_day", "statutory"]] = {
    "on_workday": "workday",
    "on_rest_day": "rest_day",
    "on_public_holiday": "statutory",
}
"""The flag of each kind of day."""
DAY_BY = "day_by"
DAY_COLUMNS = (
    Column("on_workday", Kind.FLAG, "its day is a workday, weekends that are worked in exchange included", ("工作日",)),
    Column("on_rest_day", Kind.FLAG, "its day is a day of rest, days off in exchange included", ("休息日",)),
    Column("on_public_holiday", Kind.FLAG, "its day is a public holiday", ("法定节假日",)),
    Column(DAY_BY, Kind.TEXT, "what says so: row, rota or calendar", ("日期类型依据",)),
)
"""Derived columns of tables whose rows are work done on a day."""
