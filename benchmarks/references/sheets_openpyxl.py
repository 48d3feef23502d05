"""Sheets and payslips as a script by hand makes them: for each agent the template is loaded, filled and saved.

``python sheets_openpyxl.py CELLS OUT``: CELLS is what ``benchmarks.sheets`` writes down of finished workbooks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from openpyxl import load_workbook


def main() -> None:
    """Fills the same cells as csctl does."""
    asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    out = Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    for kind in asked:
        for number, sheets in enumerate(kind["books"]):
            book = load_workbook(kind["template"])
            for title, cells in sheets.items():
                for name, value in cells.items():
                    book[title][name].value = value
            book.save(out / f"{kind['name']}-{number}.xlsx")


if __name__ == "__main__":
    main()
