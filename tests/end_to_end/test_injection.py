"""Text from exports stays text: on sheets, in CSV, on the screen, in file names."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.running import MONTH, csctl, csctl_process, outputs, record
from tests.end_to_end.samples import copy_workspace
from tests.proofs import mostly_slow

ESCAPE = "\x1b"
NAMES = {
    "0002": "=1+1",
    "0003": "+cmd|' /C calc'!A0",
    "0004": "@SUM(1,1)",
    "0005": "http://evil.example/a?b=c",
    "0006": "[/]",
    "0007": "[red]赵[/red]",
    "0008": '=HYPERLINK("http://evil.example","x")',
    "0012": "../../李建国",
    "0013": "-2+3",
    "0014": "{=1+1}",
    "0015": "mailto:a@evil.example",
}
GROUPS = {"在线组": "=3+3", "热线组": "@3+3"}
NICKNAMES = {"小鹿": "=2+2", "桐桐": "[bold]桐桐", "可可": "@可可"}


def _rewrite(file: Path, encoding: str, *changes: tuple[str, str]) -> None:
    text = file.read_bytes().decode(encoding)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_bytes(text.encode(encoding))


def _poison_workbook(file: Path, column: int, text: str) -> None:
    book = openpyxl.load_workbook(file)
    (sheet,) = book.worksheets
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"
    book.save(file)


def _poison_roster(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    (sheet,) = book.worksheets
    for row in range(2, sheet.max_row + 1):
        number, name, group, accounts = (str(sheet.cell(row, column).value) for column in (1, 2, 3, 11))
        for nickname, evil in NICKNAMES.items():
            accounts = accounts.replace(nickname, evil)
        texts = {1: number, 2: NAMES.get(number, name), 3: GROUPS[group], 9: "http://evil.example", 11: accounts}
        for column, text in texts.items():
            sheet.cell(row, column, text).data_type = "s"
    book.save(file)


@pytest.fixture(scope="module")
def poisoned(october: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The sample's October with dangerous names, nicknames, topics, notes and reasons, run; and what the run said."""
    folder = copy_workspace(october, tmp_path_factory.mktemp("poisoned") / "ws")
    data = folder / "data" / MONTH
    _poison_roster(folder / "data" / "roster.xlsx")
    _poison_workbook(data / "事件登记.xlsx", 7, "=cmd|' /C calc'!A0")
    _poison_workbook(data / "投诉登记.xlsx", 7, "http://evil.example")
    _poison_workbook(data / "评分表.xlsx", 8, "=5+5 [/]")
    chats = [(f",{old},", f",{new},") for old, new in NICKNAMES.items()]
    chats += [("退保咨询", "=4+4"), (",豆豆,", ',"=HYPERLINK(""http://evil.example"")",')]
    _rewrite(data / f"在线会话_{MONTH}.csv", "gb18030", *chats)
    _rewrite(folder / "csctl.toml", "utf-8", ("安心保险客服部", "=6+6[/]\\u001b[31m\\u202e"))
    done = csctl("run", "-w", folder, "--verbose")
    assert (done.code, done.faults) == (0, [])
    return folder, done.out + done.err


def _formulas(workspace: Path) -> dict[tuple[str, str, str], str]:
    """Every formula by file (sheets by the agent's number), sheet and cell."""
    found = {}
    for name, content in outputs(workspace).items():
        if name.endswith(".xlsx"):
            file = name.rpartition("/")[2].partition("_")[0].removesuffix(".xlsx")
            for sheet in openpyxl.load_workbook(io.BytesIO(content)):
                for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                    found[file, sheet.title, cell.coordinate] = str(getattr(cell.value, "text", cell.value))
    return found


@pytest.mark.slow
def test_no_text_of_an_export_becomes_a_formula(poisoned: tuple[Path, str], october: Path) -> None:
    """Every workbook has exactly the formulas it has without the poison, in the same cells."""
    assert _formulas(poisoned[0]) == _formulas(october)
    assert len(_formulas(october)) > 100


@pytest.mark.slow
def test_no_text_of_an_export_becomes_a_link(poisoned: tuple[Path, str]) -> None:
    """No hyperlink and no external part, in any of the workbooks, although the names are in them."""
    texts = ""
    books = {name: content for name, content in outputs(poisoned[0]).items() if name.endswith(".xlsx")}
    assert len(books) == 31
    for content in books.values():
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert not [part for part in book.namelist() if "externalLink" in part or "activeX" in part]
            parts = {part: book.read(part).decode() for part in book.namelist() if part.endswith((".xml", ".rels"))}
        assert not [part for part, text in parts.items() if "<hyperlink" in text or 'TargetMode="External"' in text]
        texts += "".join(parts.values())
    assert "http://evil.example/a?b=c" in texts
    assert "=1+1" in texts


def test_the_scores_and_pay_of_the_poisoned_are_those_of_the_healthy(poisoned: tuple[Path, str], october: Path) -> None:
    """Names mean nothing to the figures."""
    here, there = record(poisoned[0]), record(october)
    for key in ("measures", "pay_lines", "pools"):
        assert here[key] == there[key]
    assert {row["name"] for row in here["scoreboard"]} >= set(NAMES.values())


def test_no_cell_of_the_problems_begins_like_a_formula(poisoned: tuple[Path, str]) -> None:
    """A spreadsheet that opens problems.csv finds text, the poison behind an apostrophe."""
    content = outputs(poisoned[0])[f"{MONTH}/problems.csv"].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in cells if cell.startswith("'=HYPERLINK")]


def test_file_names_hold_no_path_and_no_trick(poisoned: tuple[Path, str]) -> None:
    """Thirteen sheets in their folder, each led by its number; nothing outside the month's folder."""
    names = [name for name in outputs(poisoned[0]) if "/sheets/" in name]
    assert len(names) == 13
    assert all(name.count("/") == 2 and ".." not in name for name in names)
    assert {name.rpartition("/")[2][:4] for name in names} >= NAMES.keys()
    beside = {path.name for path in poisoned[0].iterdir() if path.name != ".csctl"}
    assert beside == {"README.md", "csctl.toml", "data", "out", "policy.toml"}


def test_markup_is_shown_as_it_stands_and_escape_codes_are_not(poisoned: tuple[Path, str]) -> None:
    """The board shows [/] and [red] as letters; no control character and no turned writing reaches the screen."""
    _, shown = poisoned
    assert "[/]" in shown
    assert "[red]赵[/red]" in shown
    assert ESCAPE not in shown
    assert "\u202e" not in shown


def test_escape_codes_in_a_csv_name_their_row_and_never_reach_a_screen(fresh_october: Path) -> None:
    """The row is left out and named; a terminal would see no code of the file's."""
    file = fresh_october / "data" / MONTH / f"在线会话_{MONTH}.csv"
    lines = file.read_bytes().decode("gb18030").splitlines(keepends=True)
    lines[4] = lines[4].replace("售前售后", f"{ESCAPE}[31m售前")
    file.write_bytes("".join(lines).encode("gb18030"))
    done = csctl("check", "-w", fresh_october)
    assert (done.code, ESCAPE in done.out + done.err) == (1, False)
    assert [line for line in done.out.splitlines() if "U+001B" in line and "5" in line and file.name in line]


@pytest.mark.parametrize("option", mostly_slow(["--month", "--workspace"]))
def test_what_is_typed_is_shown_back_without_its_escape_codes(october: Path, option: str) -> None:
    """A month or a folder with codes in it is refused in one harmless line."""
    values = {"--workspace": str(october), "--month": MONTH} | {option: f"{ESCAPE}]0;x\x07{ESCAPE}[31m"}
    done = csctl_process("check", *[part for pair in values.items() for part in pair])
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert ESCAPE not in done.err
