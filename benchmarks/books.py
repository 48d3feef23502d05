"""``pay.xlsx`` and ``scores.xlsx`` of a team, beside bare XlsxWriter that writes the same cells.

``python -m benchmarks.books [--agents 10000] [--rounds 5]``

The month is computed once, and counts for neither. csctl plans the pages from the lines and writes them; the loop gets
cells, looks and widths that are ready, and calls ``write_string``, ``write_number`` and ``write_formula``. Processor
time within one process, in turn.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.team import make_team
from benchmarks.trees import MONTH
from csctl.sheets.pay_book import pay_book, pay_pages
from csctl.sheets.scores_book import scores_book, scores_pages
from csctl.workbook.cells import Formula, SheetPage
from csctl.workbook.looks import BASE, LOOKS
from csctl.workflow.month.compute import Asked, compute

TODAY = date(2026, 11, 5)
Ready = list[tuple[str, list[tuple[int, int, str, Any, str, str]]]]
"""By sheet: row, column, kind, content, what a formula comes to, look."""


def ready(pages: Sequence[SheetPage]) -> Ready:
    """The cells of planned pages as plain values."""
    found: Ready = []
    for page in pages:
        cells: list[tuple[int, int, str, Any, str, str]] = []
        for row, line in enumerate(page.rows):
            for column, cell in enumerate(line):
                if cell is None:
                    continue
                content: Any = cell.content
                if isinstance(content, Formula):
                    cells.append((row, column, "formula", f"={content.expression}", str(content.value), cell.style))
                elif content is None or content == "":
                    cells.append((row, column, "blank", None, "", cell.style))
                elif isinstance(content, str):
                    cells.append((row, column, "string", content, "", cell.style))
                else:
                    cells.append((row, column, "number", float(content), "", cell.style))
        found.append((page.title, cells))
    return found


def bare(sheets: Ready) -> bytes:
    """The same cells as a script by hand writes them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks: dict[str, Any] = {name: book.add_format(BASE | look) for name, look in LOOKS.items()}
    for title, cells in sheets:
        sheet = book.add_worksheet(title)
        for row, column, kind, content, value, look in cells:
            if kind == "string":
                sheet.write_string(row, column, content, looks[look])
            elif kind == "number":
                sheet.write_number(row, column, content, looks[look])
            elif kind == "formula":
                sheet.write_formula(row, column, content, looks[look], value)
            else:
                sheet.write_blank(row, column, None, looks[look])
    book.close()
    return buffer.getvalue()


def seconds(work: Callable[[], bytes]) -> float:
    """Processor time of one making."""
    gc.collect()
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    """A line a workbook: both medians, and the median of the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_team(Path(folder) / "team", said.agents, 4)
        computed, problems = compute(Asked(workspace, MONTH, TODAY))
    if computed is None:
        raise SystemExit(str(problems))
    result, language = computed.result, computed.workspace.config.language
    for name, make, plan in (("pay.xlsx", pay_book, pay_pages), ("scores.xlsx", scores_book, scores_pages)):
        cells = ready(plan(result, language))
        pairs = [
            (seconds(lambda: make(result, language)), seconds(lambda: bare(cells)))  # noqa: B023 - called at once
            for _ in range(said.rounds)
        ]
        ratios = [own / other for own, other in pairs]
        own, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"{name:12} {sum(len(one) for _, one in cells):9,} cells   csctl {own:6.2f} s   bare {other:6.2f} s"
              f"   ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} – {max(ratios):.2f})")  # fmt: skip


if __name__ == "__main__":
    main()
