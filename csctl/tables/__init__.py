"""The canonical tables, declared once: every reader writes them, every measure reads them."""

from __future__ import annotations

from csctl.tables.care import CARE_TABLES
from csctl.tables.model import AGENT, DECIMALS, PROVENANCE, UNREADABLE, Column, Kind, Table
from csctl.tables.people import PEOPLE_TABLES
from csctl.tables.process import PROCESS_TABLES
from csctl.tables.service import SERVICE_TABLES
from csctl.tables.states import STATE_TABLES

TABLES: dict[str, Table] = {
    table.name: table for table in (*PEOPLE_TABLES, *SERVICE_TABLES, *CARE_TABLES, *PROCESS_TABLES, *STATE_TABLES)
}

__all__ = ["AGENT", "DECIMALS", "PROVENANCE", "TABLES", "UNREADABLE", "Column", "Kind", "Table"]
