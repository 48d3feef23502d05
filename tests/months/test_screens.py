"""The ledger's commands on a screen of 80 columns, in both languages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.cli.small import change
from tests.end_to_end.running import Done, csctl

COMMANDS = [
    ("close",), ("history",), ("verify",), ("correct",), ("backup",), ("restore",), ("simulate",),
    ("appeal", "file"), ("appeal", "decide"), ("appeal", "list"), ("appeal", "items"),
]  # fmt: skip
WIDE = ("W", "F")


def columns(line: str) -> int:
    """How wide a line stands on a screen."""
    return sum(2 if unicodedata.east_asian_width(mark) in WIDE else 1 for mark in line)


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_help_fits_the_screen_and_shows_an_example(name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 80; there is a line to copy."""
    monkeypatch.setenv("COLUMNS", "80")
    done = csctl(*name, "--help")
    assert (done.code, done.err) == (0, "")
    assert max(map(columns, done.out.splitlines())) <= 80
    assert f"Example: csctl {' '.join(name)}" in done.out


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_tables_fit_the_screen(closed: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """No row of a table is wider than 80, no cell of it is cut, and no catalogue code or blank is left in the words."""
    monkeypatch.setenv("COLUMNS", "80")
    change(closed / "data/2026-10/orders.csv", ",3000", ",3500")
    seen = [csctl("--language", language, *words, "-w", closed) for words in _life()]
    text = "\n".join(done.out for done in seen)
    assert [done.code for done in seen] == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert [line for line in text.splitlines() if columns(line) > 80 and "  " in line.strip()] == []
    assert "…" not in text.replace("……", "")
    assert [mark for mark in ("{", "}", "ledger-", "screen-", "_cents") if mark in text] == []
    assert all(done.faults == [] for done in seen)


def _life() -> list[list[str]]:
    filed = ["appeal", "file", "Bob", "tone", "--reason", "heard", "--claim", "good", "--month", "2026-10"]
    decided = ["appeal", "decide", "1", "accepted", "--by", "Boss", "--reason", "so", "--yes"]
    return [
        ["verify"],
        ["correct"],
        ["correct", "--reason", "late", "--yes"],
        filed,
        decided,
        ["appeal", "list"],
        ["history"],
        ["simulate", "--policy", "policy.toml"],
        ["simulate", "--agent", "Bob", "--month", "2026-10"],
    ]


def test_verbose_lists_every_field(closed: Path) -> None:
    """Numerator and denominator too, each field by its name; without it one row for each line."""
    change(closed / "data/2026-10/calls.csv", "Bob3,Bob,2026-10-03 09:00,Y,N", "Bob3,Bob,2026-10-03 09:00,Y,Y")
    short, long = csctl("verify", "-w", closed), csctl("verify", "-w", closed, "--verbose")
    assert _rows(short, "02") < _rows(long, "02")
    assert "numerator" in long.out
    assert "numerator" not in short.out


def _rows(done: Done, agent: str) -> int:
    return sum(line.strip().startswith(f"{agent} ") for line in done.out.splitlines())
