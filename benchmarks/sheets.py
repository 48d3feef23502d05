"""Performance sheets and payslips of a team, beside a bare openpyxl loop that fills the same cells.

``python -m benchmarks.sheets [--agents 1000] [--rounds 3]``

The loop loads the template for each agent, writes the cells that csctl filled, and saves. Processor time, user and
system, of whole processes: for csctl that is starting, the month itself, and both commands.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from benchmarks.costs import ROOT, Cost, compared, cost_of
from benchmarks.team import make_team
from benchmarks.trees import MONTH

TEMPLATE = ROOT / "templates" / "generic.xlsx"
Cells = dict[str, dict[str, object]]


def cells_of(path: Path, before: Cells) -> Cells:
    """The cells of a finished workbook that differ from those of its template, by the title of their sheet."""
    book = load_workbook(path)
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if not isinstance(cell, MergedCell)
            and cell.value is not None
            and before.get(sheet.title, {}).get(cell.coordinate) != cell.value
        }
        for sheet in book.worksheets
    }


def loose(path: Path, to: Path) -> Path:
    """A template whose merged cells are taken apart, so that a bare loop can write into every cell."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
    book.save(to)
    return to


def written_down(workspace: Path, to: Path) -> Path:
    """What the reference fills: of each kind the template, and of each workbook the cells."""
    out = workspace / "out" / MONTH
    kinds = []
    for name, template in (("sheets", TEMPLATE), ("payslips", min((out / "payslips").glob("*.xlsx")))):
        empty = loose(template, to.with_name(f"{name}.xlsx"))
        books = [cells_of(path, cells_of(empty, {})) for path in sorted((out / name).glob("*.xlsx"))]
        kinds.append({"name": name, "template": str(empty), "books": books})
    to.write_text(json.dumps(kinds, ensure_ascii=False, default=str), "utf-8")
    return to


def made(workspace: Path, command: str) -> Cost:
    """One command that makes workbooks, with nothing there of an earlier one."""
    shutil.rmtree(workspace / "out", ignore_errors=True)
    return cost_of(["-m", "csctl", command, "-w", str(workspace), "--month", MONTH, "--quiet"])


def main() -> None:
    """A line each: the loop, and csctl."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_team(Path(folder) / "team", said.agents, 40)
        for command in ("check", "sheets", "payslips"):
            cost_of(["-m", "csctl", command, "-w", str(workspace), "--month", MONTH, "--quiet"])
        cells = written_down(workspace, Path(folder) / "cells.json")
        script = str(ROOT / "benchmarks" / "references" / "sheets_openpyxl.py")

        def both() -> Cost:
            one, other = made(workspace, "sheets"), made(workspace, "payslips")
            return Cost(one.seconds + other.seconds, max(one.mib, other.mib))

        works = {"openpyxl by hand": lambda: cost_of([script, str(cells), f"{folder}/byhand"]),
                 "csctl sheets, payslips": both}  # fmt: skip
        print(f"{said.agents:,} agents, {said.rounds} rounds")
        compared(works, "openpyxl by hand", said.rounds)


if __name__ == "__main__":
    main()
