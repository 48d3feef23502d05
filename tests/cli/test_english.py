"""What an English reader sees has English signs and plurals, whatever is wrong with the data."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl
from tests.test_grammar import CHINESE_SIGN, PLURAL


def spoil(folder: Path) -> None:
    """Faults of many kinds in an English workspace: rows of nobody, totals, columns unused, another month, words."""
    calls = folder / "data" / MONTH / "calls.csv"
    text = calls.read_text("utf-8").replace("wait time", "wait time,weather,mood").replace("Y,Y,60", "Y,Y,60,fine,bad")
    calls.write_text(text, "utf-8")
    add(calls, f"6,Zoe,{MONTH}-07 09:00,Y,Y,30\n7,Zoe,{MONTH}-08 09:00,Y,Y,30\n8,Yan,{MONTH}-08 09:00,Y,N,30\n")
    add(calls, f"9,Bob,2026-12-07 09:00,Y,Y,30\n10,Bob,2026-12-09 09:00,Y,Y,30\n11,Bob,{MONTH}-09 09:00,perhaps,Y,9\n")
    add(calls, "Total,,,,,1\n1,Ann,2026-10-03 09:00,Y,Y,10\nAverage,,,,,1\n")
    change(folder / "data" / "roster.csv", "03,Cid,A,junior", "03,Cid,A,unheard")
    change(folder / "csctl.toml", 'policy = "policy.toml"', 'policy = "policy.toml"\naliases = { ghost = "99" }')


def cell_texts(book: Path) -> str:
    """All that stands in the cells of a workbook."""
    with zipfile.ZipFile(book) as parts:
        wanted = re.compile(r"xl/(sharedStrings|worksheets/.*|comments.*)\.xml")
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist() if wanted.fullmatch(name))


SCREENS = (
    ("check", "--month", MONTH),
    ("run", "--month", MONTH),
    ("explain", "01", "--month", MONTH),
    ("score", "--month", MONTH),
    ("explain", "nobody", "--month", MONTH),
)


@pytest.mark.parametrize("spoilt", ["rows", "everything"])
def test_english_screens_and_files_have_english_signs(small: Path, spoilt: str) -> None:
    """check, run, explain and what run writes, with faults that are warnings only, and with errors, too."""
    spoil(small)
    if spoilt == "rows":
        change(small / "data" / "roster.csv", "unheard", "junior")
        change(small / "csctl.toml", '\naliases = { ghost = "99" }', "")
    for command in SCREENS:
        done = csctl(command[0], "-w", small, *command[1:])
        assert done.out + done.err
        found = CHINESE_SIGN.findall(done.out + done.err), re.findall(r"\w\(s\)", done.out + done.err)
        assert found == ([], []), (command, done.out + done.err)
        assert not PLURAL.search(done.out + done.err), PLURAL.search(done.out + done.err)
    for file in ("run.json", "problems.csv", "summary.md", "report.html"):
        written = small / "out" / MONTH / file
        assert CHINESE_SIGN.findall(written.read_text("utf-8-sig")) == [], file
    for book in sorted((small / "out" / MONTH).rglob("*.xlsx")):
        assert CHINESE_SIGN.findall(cell_texts(book)) == [], book.name


def test_a_policy_that_is_wrong_is_told_in_english_signs(small: Path) -> None:
    """Names, the nearest of them, bands, weights."""
    policy = small / "policy.toml"
    change(policy, 'measure = "asa"', 'measure = "aas"')
    change(policy, '{ level = "poor" }', '{ level = "pure" }')
    change(policy, "where = { answered = true }", "where = { answer = true }")
    change(policy, "superior = 100", "boss = 100")
    done = csctl("policy", "lint", policy)
    said = done.out + done.err
    assert (done.code, said.count("→") > 2) == (1, True), said
    assert (CHINESE_SIGN.findall(said), re.findall(r"\w\(s\)", said)) == ([], [])


def test_a_missing_column_is_told_with_a_list_of_headers(small: Path) -> None:
    """The list reads as English does."""
    change(small / "data" / MONTH / "orders.csv", "order id,agent,order date,amount", "a,b,c,d")
    done = csctl("check", "-w", small, "--month", MONTH)
    assert "the headers are: a, b, c, d" in " ".join((done.out + done.err).split())
    assert CHINESE_SIGN.findall(done.out + done.err) == []
