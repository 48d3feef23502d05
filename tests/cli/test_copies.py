"""The same export twice in a month never doubles anything without a word."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl


def _run(workspace: Path) -> tuple[list[tuple[str, str]], Any]:
    """Code and file of every problem, and the lines of score and pay."""
    done = csctl("run", "-w", workspace, "--month", MONTH)
    assert done.code == 0
    written = json.loads((workspace / "out" / MONTH / "run.json").read_bytes())
    problems = [(one["code"], one["file"]) for one in written["problems"]["list"]]
    return problems, (written["score_lines"], written["pay_lines"])


def test_a_copy_of_an_export_counts_once_and_is_named(small: Path) -> None:
    """calls.csv saved twice: the same figures as with one file, and a warning that names the second."""
    _, before = _run(small)
    change(small / "csctl.toml", "calls.csv", "calls*.csv")
    calls = small / "data" / MONTH / "calls.csv"
    shutil.copy(calls, calls.with_name("calls2.csv"))
    problems, after = _run(small)
    assert problems == [("file-twice", f"data/{MONTH}/calls2.csv")]
    assert after == before


def test_an_order_that_is_exported_again_counts_once(small: Path) -> None:
    """The first order, equal in every column, stands in a shorter file too: the figures are those of one file."""
    _, before = _run(small)
    change(small / "csctl.toml", "orders.csv", "orders*.csv")
    orders = small / "data" / MONTH / "orders.csv"
    first = "".join(orders.read_text("utf-8").splitlines(keepends=True)[:2])
    orders.with_name("orders2.csv").write_text(first, "utf-8")
    problems, after = _run(small)
    assert (problems, after) == ([], before)


def test_an_order_number_with_another_amount_counts_twice_and_is_pointed_out(small: Path) -> None:
    """Which of the two rows is right only the user knows: one warning names both files."""
    change(small / "csctl.toml", "orders.csv", "orders*.csv")
    orders = small / "data" / MONTH / "orders.csv"
    head, first, *_ = orders.read_text("utf-8").splitlines(keepends=True)
    orders.with_name("orders2.csv").write_text(head + first.replace("900.00", "901.00"), "utf-8")
    problems, _ = _run(small)
    assert problems == [("numbers-shared", f"data/{MONTH}/orders2.csv")]
