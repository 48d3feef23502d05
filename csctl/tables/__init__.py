"""The canonical tables, declared once: every reader writes them, every measure reads them."""

from __future__ import annotations

from csctl.tables.care import CARE_TABLES
from csctl.tables.days import DAY_BY, DAY_FLAGS
from csctl.tables.model import (
    AGENT,
    AGENT_NAMES,
    DECIMALS,
    PROVENANCE,
    UNREADABLE,
    Column,
    Kind,
    NoRow,
    Stated,
    Table,
    Texts,
)
from csctl.tables.people import PEOPLE_TABLES
from csctl.tables.process import PROCESS_TABLES
from csctl.tables.service import SERVICE_TABLES
from csctl.tables.states import STATE_TABLES

TABLES: dict[str, Table] = {
    table.name: table for table in (*PEOPLE_TABLES, *SERVICE_TABLES, *CARE_TABLES, *PROCESS_TABLES, *STATE_TABLES)
}

NUMBERS = {"interactions": "interaction_id", "orders": "order_id", "complaints": "complaint_id"}
"""The column that numbers the rows of a table, where it has one: a number said twice is looked at."""

__all__ = [
    "AGENT",
    "AGENT_NAMES",
    "DAY_BY",
    "DAY_FLAGS",
    "DECIMALS",
    "NUMBERS",
    "PROVENANCE",
    "TABLES",
    "UNREADABLE",
    "Column",
    "Kind",
    "NoRow",
    "Stated",
    "Table",
    "Texts",
]
