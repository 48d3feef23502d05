"""The same export twice in a month never doubles anything without a word."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

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


SURVEYS = '\n[[source]]\ntable = "surveys"\nfiles = "data/{month}/surveys*.csv"\n'
FIRST = ["Ann,2026-10-05,5", "Ann,2026-10-05,5", "Bob,2026-10-06,1"]


def _surveys(workspace: Path, **files: list[str]) -> tuple[list[tuple[str, str]], dict[str, tuple[int, int]]]:
    """Problems, and by file how many rows counted and how many stand in another file."""
    config = workspace / "csctl.toml"
    config.write_text(config.read_text("utf-8") + SURVEYS, "utf-8")
    for name, rows in files.items():
        text = "\n".join(["agent,date,score", *rows]) + "\n"
        (workspace / "data" / MONTH / f"surveys{name}.csv").write_text(text, "utf-8")
    problems, _ = _run(workspace)
    record = json.loads((workspace / "out" / MONTH / "run.json").read_bytes())
    fates = {
        one["file"].rpartition("surveys")[2]: (one["counted"], one["left_out"].get("elsewhere", 0))
        for one in record["coverage"]
        if one["table"] == "surveys"
    }
    return problems, fates


def test_exports_that_overlap_count_once_and_equal_rows_of_one_file_stay(small: Path) -> None:
    """The first file holds the first days, the second all days: two equal answers of one day are two."""
    problems, fates = _surveys(small, a=FIRST, b=[*FIRST, "Ann,2026-10-20,3"])
    assert problems == [("rows-of-overlap", f"data/{MONTH}/surveysb.csv")]
    assert fates == {"a.csv": (3, 0), "b.csv": (1, 3)}


def test_exports_that_differ_on_a_day_of_both_are_two_things(small: Path) -> None:
    """Each has an answer that the other lacks, on days that both hold."""
    problems, fates = _surveys(small, a=FIRST, b=["Ann,2026-10-05,5", "Bob,2026-10-06,2"])
    assert (problems, fates) == ([], {"a.csv": (3, 0), "b.csv": (2, 0)})


def test_the_rows_of_a_copy_are_shown_as_another_files(small: Path) -> None:
    """It is the same to the last byte."""
    problems, fates = _surveys(small, a=FIRST, b=FIRST)
    assert problems == [("file-twice", f"data/{MONTH}/surveysb.csv")]
    assert fates == {"a.csv": (3, 0), "b.csv": (0, 3)}


CALLS = '\n[[source]]\ntable = "interactions"\nfiles = "data/{month}/talks*.csv"\n'


def _talks(workspace: Path, more: str, **files: list[str]) -> list[str]:
    """Codes of what is said of files of calls; the first line of each is its header."""
    config = workspace / "csctl.toml"
    config.write_text(config.read_text("utf-8") + CALLS + more, "utf-8")
    for name, rows in files.items():
        (workspace / "data" / MONTH / f"talks{name}.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return [code for code, file in _run(workspace)[0] if "talks" in file]


TALKS = [
    "agent,start time,talk time (s)",
    "Ann,2026-10-06 09:10,110",
    "Bob,2026-10-06 10:02,90",
    "Ann,2026-10-05 9:00,7",
]
CORRECTED = ["agent,start time,talk time (s)", "Ann,2026-10-06 09:10,110", "Bob,2026-10-06 10:02,95"]
WIDER = ["start time,channel,agent,talk time (s)", "2026-10-06 09:10,phone,Ann,110", "2026-10-06 10:02,phone,Bob,90"]
OTHERS = ["agent,start time,talk time (s)", "Ann,2026-10-06 09:11,110", "Bob,2026-10-06 11:02,90"]


@pytest.mark.slow
def test_an_export_again_with_a_corrected_row_or_another_column_is_said(small: Path) -> None:
    """Which rows hold only the user knows; if both do, the line in the message settles it."""
    (small / "again").mkdir()
    for at, later in enumerate((CORRECTED, WIDER, OTHERS)):
        own = small / "again" / str(at)
        shutil.copytree(small, own, ignore=shutil.ignore_patterns("again"))
        assert _talks(own, "", a=TALKS, b=later) == (["rows-mostly-of-overlap"] if later is not OTHERS else [])
    settled = small / "again" / "settled"
    shutil.copytree(small, settled, ignore=shutil.ignore_patterns("again"))
    assert _talks(settled, "beside = true\n", a=TALKS, b=CORRECTED) == []


def test_the_same_answers_with_one_column_more_are_said(small: Path) -> None:
    """All three of the first file; one alone may be another channel's."""
    more = [
        "agent,date,customer id,score",
        *(row.replace("10-05,", "10-05,c1,").replace("10-06,", "10-06,c2,") for row in FIRST),
    ]
    for count, expected in ((4, ["rows-mostly-of-overlap"]), (2, [])):
        own = small / str(count)
        shutil.copytree(small, own, ignore=shutil.ignore_patterns("2", "4"))
        folder = own / "data" / MONTH
        (folder / "surveysb.csv").write_text("\n".join(more[:count]) + "\n", "utf-8")
        problems, _ = _surveys(own, a=FIRST[: count - 1])
        assert [code for code, _ in problems] == expected
