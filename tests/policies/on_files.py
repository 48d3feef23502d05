"""A worked example as the department's own files: a workspace with a table for each month, in CSV and in workbooks."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from csctl.tables import TABLES, Column, Kind, Table
from tests.policies.rows import rows_of

IN_WORKBOOKS = ("attendance", "ratings")
"""Tables that come as workbooks; the others are text."""
POLICY = """id = "own"
label = "本部门"
version = "1"
language = "zh"
extends = ["{parent}"]
"""


def as_workspace(document: Mapping[str, Any], folder: Path, texts: Mapping[str, str]) -> Path:
    """Write a workspace of the example's people and rows; ``texts`` are policies to put beside it, by their name."""
    rows = rows_of(document)
    rows |= {table: [] for table in document.get("tables", {}).get("empty", []) if table not in rows}
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    parent = f"{document['policy']}.toml" if document["policy"] in texts else document["policy"]
    policy = POLICY.format(parent=parent) + document.get("policy_changes", "")
    (folder / "policy.toml").write_text(policy, "utf-8")
    config = 'name = "本部门"\npolicy = "policy.toml"\nlanguage = "zh"\n'
    (folder / "csctl.toml").write_text(
        config + "".join(_source(TABLES[table], own) for table, own in rows.items()), "utf-8"
    )
    for table, own in rows.items():
        columns = _columns(TABLES[table], own)
        for place, held in _by_place(TABLES[table], own, document["months"]).items():
            _write(folder / "data" / place, columns, held)
    return folder


def _file(table: str) -> str:
    return f"{table}.xlsx" if table in IN_WORKBOOKS else f"{table}.csv"


def _source(table: Table, rows: Sequence[Mapping[str, Any]]) -> str:
    """The table's source; lengths of time are told in seconds."""
    place = _file(table.name) if table.dated is None else f"{{month}}/{_file(table.name)}"
    units = [
        f'{column.name} = {{ from = "{_header(column)}", unit = "seconds" }}'
        for column in _columns(table, rows)
        if column.kind is Kind.SECONDS
    ]
    columns = f"columns = {{ {', '.join(units)} }}\n" if units else ""
    return f'\n[[source]]\ntable = "{table.name}"\nfiles = "data/{place}"\n{columns}'


def _columns(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns that any row fills, and those that the table must have; all of them if there is no row."""
    named = {name for row in rows for name in row}
    return [one for one in table.columns if one.required or one.name in named or not rows]


def _header(column: Column) -> str:
    return column.aliases[0] if column.aliases else column.name


def _by_place(
    table: Table, rows: Sequence[Mapping[str, Any]], months: Sequence[str]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The rows by the file of their month; the months to be computed have one even without any row."""
    if table.dated is None:
        return {_file(table.name): rows}
    held: dict[str, list[Mapping[str, Any]]] = {month: [] for month in months}
    for row in rows:
        held.setdefault(f"{row[table.dated]:%Y-%m}", []).append(row)
    return {f"{month}/{_file(table.name)}": own for month, own in held.items()}


def _write(path: Path, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [[_header(one) for one in columns], *([_cell(row.get(one.name)) for one in columns] for row in rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    book.save(path)


def _cell(value: object) -> str:
    """A value as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
