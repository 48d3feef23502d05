"""What cannot be used is refused in one line, with exit 2; nothing is written and old files stay as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl, outputs, tree

Spoil = Callable[[Path], object]


def _as_workbook(folder: Path, content: bytes) -> None:
    change(folder / "csctl.toml", "orders.csv", "orders.xlsx")
    for month in (folder / "data").glob("2026-*"):
        (month / "orders.xlsx").write_bytes(content)


PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1528 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000

CONFIG_FAULTS: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "a column that no table has": (
        lambda folder: change(folder / "csctl.toml", "wait_seconds =", "wait_secnods ="),
        ("csctl.toml", "wait_secnods", "wait_seconds"),
    ),
    "a table that does not exist": (
        lambda folder: change(folder / "csctl.toml", '"orders"', '"order"'),
        ("csctl.toml", "“order”", "orders"),
    ),
    "an unknown key": (
        lambda folder: change(folder / "csctl.toml", "language =", "langauge ="),
        ("csctl.toml", "langauge", "language"),
    ),
    "bad TOML": (lambda folder: add(folder / "csctl.toml", "x = = 1\n"), ("csctl.toml", "row 17")),
    "bytes that are no text": (
        lambda folder: (folder / "csctl.toml").write_bytes(b"name = '\xff\xfe'"),
        ("csctl.toml", "UTF-8"),
    ),
    "no roster": (
        lambda folder: change(folder / "csctl.toml", '"roster"', '"titles"'),
        ("csctl.toml", "roster"),
    ),
    "an alias of nobody": (
        lambda folder: add(folder / "csctl.toml", '[aliases]\nAnnie = "77"\n'),
        ("Annie", "77"),
    ),
    "an unknown profile": (
        lambda folder: change(folder / "csctl.toml", 'table = "orders"', 'table = "orders"\nprofile = "shopify"'),
        ("csctl.toml", "shopify"),
    ),
}

POLICY_FAULTS: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "an unknown key": (
        lambda folder: change(folder / "policy.toml", "pass_mark = 60", "pass_mark = 60\npas_mark = 70"),
        ("policy.toml", "row 15", "pas_mark", "pass_mark"),
    ),
    "an unknown policy": (
        lambda folder: change(folder / "csctl.toml", '"policy.toml"', '"insurence"'),
        ("insurence", "insurance"),
    ),
    "a policy outside the workspace": (
        lambda folder: change(folder / "csctl.toml", '"policy.toml"', '"../policy.toml"'),
        ("../policy.toml",),
    ),
    "a gap between bands": (
        lambda folder: change(folder / "policy.toml", '{ level = "poor" }', '{ level = "poor", above = 40 }'),
        ("policy.toml", "row 40", "30.01", "speed"),
    ),
    "a month before it holds": (
        lambda folder: change(folder / "policy.toml", '"2026-01"', '"2026-11"'),
        ("2026-11", "2026-10"),
    ),
    "bad TOML": (
        lambda folder: add(folder / "policy.toml", "[pay.base]\n"),
        ("policy.toml", "row 72", "[pay.base]"),
    ),
}

DATA_FAULTS: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "a required column was renamed": (
        lambda folder: change(folder / "data" / MONTH / "orders.csv", "amount", "betrag"),
        (f"data/{MONTH}/orders.csv", "amount", "betrag"),
    ),
    "a required file is missing": (
        lambda folder: (folder / "data" / MONTH / "orders.csv").unlink(),
        (f"data/{MONTH}/orders.csv", "orders"),
    ),
    "an empty file": (
        lambda folder: (folder / "data" / MONTH / "orders.csv").write_bytes(b""),
        (f"data/{MONTH}/orders.csv",),
    ),
    "a workbook that is garbage": (
        lambda folder: _as_workbook(folder, b"PK\x03\x04" + b"garbage" * 99),
        (f"data/{MONTH}/orders.xlsx",),
    ),
    "a workbook with a password": (lambda folder: _as_workbook(folder, PASSWORD), ("orders.xlsx", "password")),
    "a staff number twice": (
        lambda folder: add(folder / "data" / "roster.csv", "01,Dora,A,junior,2025-01-01\n"),
        ("data/roster.csv", "row 5", "01"),
    ),
    "nobody employed": (
        lambda folder: change(folder / "data" / "roster.csv", "2025-01-01", "2026-11-01"),
        ("2026-10", "roster"),
    ),
}


def _folder_in_the_way(folder: Path) -> None:
    out = folder / "out" / MONTH
    (out / "pay.xlsx").unlink()
    (out / "pay.xlsx").mkdir()
    add(folder / "data" / MONTH / "orders.csv", "o9,Ann,2026-10-09,5\n")


def _file_in_the_way(path: Path, kept: Path) -> None:
    path.rename(kept)
    path.write_text("mine")


def _link_in_the_way(path: Path, kept: Path) -> None:
    path.rename(kept)
    path.symlink_to(kept)


OUTPUT_FAULTS: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "a folder in the way of a file": (_folder_in_the_way, ("pay.xlsx",)),
    "a file where the month's folder must be": (
        lambda folder: _file_in_the_way(folder / "out" / MONTH, folder / "kept"),
        (MONTH,),
    ),
    "a file where the output folder must be": (
        lambda folder: _file_in_the_way(folder / "out", folder / "kept"),
        ("out",),
    ),
    "a link in place of a file": (
        lambda folder: _link_in_the_way(folder / "out" / MONTH / "pay.xlsx", folder / "kept.xlsx"),
        ("pay.xlsx",),
    ),
}

ALL = {
    f"{room}: {name}": fault
    for room, faults in (
        ("csctl.toml", CONFIG_FAULTS),
        ("policy", POLICY_FAULTS),
        ("data", DATA_FAULTS),
        ("output", OUTPUT_FAULTS),
    )
    for name, fault in faults.items()
}


def _without_cache(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(folder).items() if not name.startswith(".csctl/")}


@pytest.mark.parametrize("name", ALL)
def test_it_is_refused_in_one_line_and_nothing_is_written(small: Path, name: str) -> None:
    """One line on standard error that names place and fault, exit 2; every file of the workspace is as before.

    Beside it may stand what is otherwise than last month, which is why.
    """
    spoil, words = ALL[name]
    spoil(small)
    before = _without_cache(small)
    done = csctl("run", "-w", small, "--month", MONTH)
    (fault,) = [line for line in done.faults if "last month" not in line]
    assert (done.code, done.out) == (2, ""), done.err
    assert all(word in fault for word in words), done.faults
    assert "Traceback" not in done.err
    assert _without_cache(small) == before


def test_a_level_the_policy_does_not_know_is_named_with_the_row(small: Path) -> None:
    """The roster's row, the level, and the levels there are; and that it has no pay."""
    add(small / "data" / "roster.csv", "04,Dora,A,chief,2025-01-01\n")
    before = outputs(small)
    done = csctl("run", "-w", small, "--month", MONTH)
    assert (done.code, done.out) == (2, "")
    assert [line for line in done.faults if "data/roster.csv" in line and "row 5" in line and "junior" in line]
    assert all("chief" in line for line in done.faults)
    assert outputs(small) == before


def test_all_faults_of_one_run_are_shown_together(small: Path) -> None:
    """A renamed column in each of two exports: a line for what is missing, and one for what last month's had."""
    change(small / "data" / MONTH / "orders.csv", "amount", "betrag")
    change(small / "data" / MONTH / "calls.csv", "created at", "erstellt")
    done = csctl("run", "-w", small, "--month", MONTH)
    assert (done.code, len(done.faults)) == (2, 4)
    assert [("betrag" in line, "last month" in line) for line in sorted(done.faults)] == [
        (False, True), (False, False), (True, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2025-01", ("2025-01", "2026-09, 2026-10")),
        ("2026-13", ("2026-13", "2026-10")),
        ("october", ("october",)),
        ("2026-1", ("2026-1",)),
        ("", ("month",)),
    ],
)
def test_a_month_that_is_none_or_has_no_data_is_refused(small_run: Path, month: str, words: tuple[str, ...]) -> None:
    """The line says which months there are, or how a month is written."""
    before = tree(small_run)
    done = csctl("run", "-w", small_run, "--month", month)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert all(word in done.faults[0] for word in words)
    assert tree(small_run) == before


@pytest.mark.parametrize("command", ["run", "check", "score", "sheets", "pay"])
def test_without_a_workspace_nothing_is_made(tmp_path: Path, command: str) -> None:
    """A folder without csctl.toml, or none at all: one line, and not even a state folder appears."""
    for folder in (tmp_path, tmp_path / "none"):
        done = csctl(command, "-w", folder)
        assert (done.code, done.out, len(done.faults)) == (2, "", 1)
        assert "csctl.toml" in done.faults[0]
    assert list(tmp_path.iterdir()) == []


def test_a_file_given_as_workspace_is_wrong_use(small_run: Path) -> None:
    """Exit 2, and the reason."""
    done = csctl("run", "-w", small_run / "csctl.toml")
    assert (done.code, done.out) == (2, "")
    assert "csctl.toml" in done.err


def test_a_broken_template_of_ones_own_keeps_every_file_back(small: Path) -> None:
    """The policy names a workbook of the workspace that is none: nothing else is written either."""
    add(small / "policy.toml", '\n[sheet]\ntemplate = "mine.xlsx"\n')
    (small / "templates").mkdir()
    (small / "templates" / "mine.xlsx").write_bytes(b"no workbook")
    before = _without_cache(small)
    done = csctl("run", "-w", small, "--month", MONTH)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1), done.err
    assert "mine.xlsx" in done.faults[0]
    assert _without_cache(small) == before


def test_old_outputs_survive_a_month_that_cannot_be_computed_any_more(small: Path) -> None:
    """The workbook of the good run opens as it did, after the export was broken."""
    change(small / "data" / MONTH / "calls.csv", "answered", "x")
    change(small / "data" / MONTH / "calls.csv", "created at", "y")
    before = outputs(small)
    assert csctl("run", "-w", small, "--month", MONTH).code == 2
    assert outputs(small) == before
    assert openpyxl.load_workbook(small / "out" / MONTH / "pay.xlsx").sheetnames
