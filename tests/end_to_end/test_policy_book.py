"""A policy that is a workbook: written, filled in, read, faults by cell, closed with and verified."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csctl.messages import LANGUAGES
from csctl.policy.load import fingerprint, load_policy
from csctl.policy.parse import parse
from csctl.readers.policy_book import policy_of_book
from csctl.store.shipped import LIBRARIES, policy_names
from csctl.workspace import policy_source
from tests.end_to_end.running import csctl
from tests.libreoffice import convert
from tests.proofs import mostly_slow

SHEETS = {"zh": ("常规", "指标", "等级"), "en": ("General", "Indicators", "Grades")}


def book(folder: Path, *more: str) -> Path:
    """The form as ``csctl policy form`` writes it."""
    file = folder / "policy.xlsx"
    assert csctl("policy", "form", file, *more).code == 0
    return file


def put(file: Path, sheet: str, head: str, row: int, value: object) -> None:
    """Write into the cell of a row below a head."""
    opened = openpyxl.load_workbook(file)
    page = opened[sheet]
    column = next(cell.column for cells in page.iter_rows(max_row=4) for cell in cells if cell.value == head)
    page.cell(row, column).value = value  # type: ignore[assignment]
    opened.save(file)


def lint(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = csctl("policy", "lint", file, "--json").data["problems"]["list"]
    return found


def test_a_form_is_a_whole_plan_at_once(tmp_path: Path) -> None:
    """Nothing to say about it, and the blanks it leaves say nothing."""
    file = book(tmp_path)
    assert lint(file) == []
    loaded, problems = load_policy(file.name, lambda name: policy_source(name, tmp_path), policy_names())
    assert problems == []
    assert loaded is not None
    assert [len(one.indicator) for one in loaded.policy.dimension] == [2, 2]
    assert loaded.policy.pay is not None
    assert len(loaded.policy.pay.pool) == 1


def test_a_figure_that_may_be_chosen_stands_there_once_in_the_language_of_the_plan(tmp_path: Path) -> None:
    """Though the English library builds on the Chinese one."""
    rows = list(openpyxl.load_workbook(book(tmp_path))["# Choices"].iter_rows(min_row=2, max_col=2, values_only=True))
    named = [row[0] for row in rows if row[0]]
    assert len(named) == len(set(named)) > 70
    assert [
        row for row in rows if not str(row[1] or "").isascii() and not re.fullmatch(r"[ -~÷×–]*", str(row[1]))
    ] == []


@pytest.mark.parametrize("name", ["insurance", "promotion-ladder", "metrics"])
def test_from_a_shipped_policy_to_a_workbook_to_a_text_is_the_policy(tmp_path: Path, name: str) -> None:
    text = tmp_path / "again.toml"
    assert csctl("policy", "convert", book(tmp_path, "--from", name), text).code == 0
    source = policy_source(name, None)
    assert source is not None
    wanted, read = parse(source)[0], parse(policy_of_book(tmp_path / "policy.xlsx", "policy.xlsx"))[0]
    assert fingerprint(read) == fingerprint(wanted)
    assert csctl("policy", "diff", name, text).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xls", *(pytest.param(one, marks=pytest.mark.slow) for one in ("xlsx", "ods"))])
def test_saved_by_another_program_it_says_the_same(tmp_path: Path, ending: str) -> None:
    """Excel's older format and LibreOffice's own too: whole numbers, texts that look like numbers, lines in a cell."""
    names = [name for name in policy_names() if name not in LIBRARIES] if ending == "ods" else ["telecom-hotline"]
    books = [tmp_path / f"{name}.xlsx" for name in names]
    for name, file in zip(names, books, strict=True):
        assert csctl("policy", "convert", name, file).code == 0
    saved = convert(books, ending, tmp_path)
    for file, again in zip(books, saved, strict=True):
        before, after = (parse(policy_of_book(one, one.name))[0] for one in (file, again))
        assert fingerprint(after) == fingerprint(before)


def test_what_is_typed_into_a_cell_counts(tmp_path: Path) -> None:
    """A pass mark, a number typed as a text, a level that is new, in the words of the form."""
    file = book(tmp_path)
    opened = openpyxl.load_workbook(file)
    general = opened["General"]
    for row in general.iter_rows(min_row=3):
        if row[3].value == "score.pass_mark":
            row[1].value = "65"
    opened.save(file)
    put(file, "Indicators", "Linear", 4, "zero 60, full 90")
    put(file, "Indicators", "Bands", 5, "≤ 20 → excellent\n<= 60 -> good\nelse → poor")
    document, _ = parse(policy_of_book(file, file.name))
    assert document is not None
    plain: Any = document
    assert plain["score"]["pass_mark"] == 65
    csat, response = plain["dimension"][0]["indicator"]
    assert csat["linear"] == {"zero": 60, "full": 90}
    assert response["bands"] == [
        {"level": "excellent", "at_most": 20}, {"level": "good", "at_most": 60}, {"level": "poor"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "head", "row", "value", "code"),
    mostly_slow(
        [
            ("Indicators", "Bands", 5, "90 or better is good", "policy-cell-unreadable"),
            ("Indicators", "Weight", 4, "forty", "policy-cell-unreadable"),
            ("Indicators", "Dimensions", 4, "servcie", "policy-entry-of-nothing"),
            ("Indicators", "Measure", 4, "csta", "policy-unknown-measure"),
            ("Indicators", "Missing", 4, "skip", "policy-not-a-choice"),
            ("Grades", "At least", 4, "95%", "policy-cell-unreadable"),
            ("Grades", "Label", 3, "Name of it", "policy-column-unknown"),
            ("Pools", "Tiers", 4, "1 % of all", "policy-cell-unreadable"),
        ],
        quick=3,
    ),
)
def test_a_fault_names_its_sheet_row_and_column(
    tmp_path: Path, sheet: str, head: str, row: int, value: str, code: str
) -> None:
    file = book(tmp_path)
    put(file, sheet, head, row, value)
    said = [one for one in lint(file) if one["code"] == code]
    assert [(one["file"], one["sheet"], one["row"]) for one in said] == [("policy.xlsx", sheet, row)]
    assert said[0]["column"] in {head, value}


@pytest.mark.slow
def test_all_faults_are_said_at_once_and_a_strange_sheet_only_warned_of(tmp_path: Path) -> None:
    file = book(tmp_path)
    put(file, "Indicators", "Bands", 5, "good")
    put(file, "Pools", "Tiers", 4, "much")
    opened = openpyxl.load_workbook(file)
    opened.create_sheet("Scores of May").append(["who", "what"])
    opened.create_sheet("# mine").append(["who", "what"])
    opened.save(file)
    codes = sorted(one["code"] for one in lint(file))
    assert codes == ["policy-cell-unreadable", "policy-cell-unreadable"]
    put(file, "Indicators", "Bands", 5, "else → good")
    put(file, "Pools", "Tiers", 4, "≥ 0 → 1%")
    assert [(one["code"], one["severity"]) for one in lint(file)] == [("policy-sheet-unknown", "warning")]


def test_no_file_is_written_over_and_none_of_another_kind(tmp_path: Path) -> None:
    file = book(tmp_path)
    before = file.read_bytes()
    assert csctl("policy", "form", file).code == 2
    assert csctl("policy", "convert", "insurance", file).code == 2
    assert csctl("policy", "convert", "insurance", tmp_path / "policy.docx").code == 2
    assert csctl("policy", "convert", "insurence", tmp_path / "other.xlsx").code == 2
    assert (file.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (before, ["policy.xlsx"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_workspace_may_begin_with_a_workbook(
    tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the language of whoever makes it."""
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[language])
    folder = tmp_path / "desk"
    assert csctl("init", folder, "--policy", "blank").code == 0
    assert 'policy = "policy.xlsx"' in (folder / "csctl.toml").read_text("utf-8")
    titles = openpyxl.load_workbook(folder / "policy.xlsx", read_only=True).sheetnames
    assert set(SHEETS[language]) <= set(titles)
    assert csctl("policy", "lint", "-w", folder).code == 0


@pytest.mark.slow
def test_a_month_is_computed_closed_and_verified_by_a_workbook_as_by_the_text(tmp_path: Path) -> None:
    """The same numbers; the seal holds a text, so that the month is read without the workbook."""
    results = []
    for ending in ("toml", "xlsx"):
        folder = tmp_path / ending
        assert csctl("init", folder, "--policy", "taobao-department").code == 0
        policy = folder / "policy.toml"
        policy.write_text(policy.read_text("utf-8").replace('state = "draft"', 'state = "published"'), "utf-8")
        if ending == "xlsx":
            assert csctl("policy", "convert", policy, folder / "policy.xlsx").code == 0
            policy.unlink()
            config = folder / "csctl.toml"
            config.write_text(config.read_text("utf-8").replace("policy.toml", "policy.xlsx"), "utf-8")
        assert csctl("run", "-w", folder, "--month", "2026-10").code in (0, 1)
        made = json.loads((folder / "out" / "2026-10" / "run.json").read_text("utf-8"))
        results.append({key: made[key] for key in ("scores", "score_lines") if key in made})
    assert results[0]
    assert results[0] == results[1]
    folder = tmp_path / "xlsx"
    assert csctl("close", "-w", folder, "--through", "2026-10", "--yes").code == 0
    assert csctl("verify", "-w", folder).code == 0
    put(folder / "policy.xlsx", "General", "Content", 4, "Another name")
    assert csctl("verify", "-w", folder).code == 0
