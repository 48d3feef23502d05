"""Forms out and back: what was judged on paper makes the same score as what was typed, and counts once."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.forms.returned import Said
from csctl.core.scoring.ratings import Rating
from csctl.month import Month
from csctl.problems import Place
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.mapping.importer import import_book
from csctl.readers.opening.delimited import read_delimited
from csctl.sheets.form_values import Interview
from csctl.workflow.forms.form_tables import TablesAbout, form_table_files
from csctl.workflow.forms.interviews import interviews_of
from tests.drawn import drawn
from tests.end_to_end.forms_desk import (
    ANSWERS,
    MONTH,
    TYPED_SOURCE,
    fill_all,
    fill_in,
    forms_workspace,
    scores,
    send,
    typed_table,
)
from tests.end_to_end.running import csctl, tree
from tests.libreoffice import convert

ABOUT = TablesAbout(Month(2026, 10), {"0002": "王芳"}, "zh")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose forms were sent and filled in. Not to be changed."""
    workspace = forms_workspace(tmp_path_factory.mktemp("filled") / "ws")
    send(workspace)
    fill_all(workspace)
    return workspace


@pytest.fixture
def returned(filled: Path, tmp_path: Path) -> Path:
    """A copy of it to work with."""
    return Path(shutil.copytree(filled, tmp_path / "ws"))


@pytest.fixture(scope="module")
def typed_scores(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What the same answers come to when they are typed into a table."""
    return scores(forms_workspace(tmp_path_factory.mktemp("typed") / "ws", ANSWERS))


def collect(workspace: Path, *options: str | Path) -> list[str]:
    """Collect the forms; the codes of what was wrong."""
    done = csctl("forms", "collect", "-w", workspace, "--month", MONTH, "--json", *options)
    return [one["code"] for one in done.data["problems"]["list"] if one["severity"] != "note"]


def test_a_form_makes_the_same_score_as_a_typed_table(returned: Path, typed_scores: list[object]) -> None:
    """Scores and every score line, with reasons and marks, are equal."""
    assert collect(returned) == []
    assert scores(returned) == typed_scores


def test_a_round_trip_loses_nothing(returned: Path) -> None:
    """Every answer stands in the table as it was written, also what looks like a formula or has two lines."""
    collect(returned)
    done = csctl("forms", "collect", "-w", returned, "--month", MONTH, "--json")
    text = (returned / "forms" / MONTH / "ratings.csv").read_text("utf-8")
    rows = [row[4:8] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    words = {"自评": "self", "上级": "superior"}
    agents = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    back = {(words[role], agent, item): (value.lstrip("\u200b"), reason.lstrip("\u200b"))
            for agent, (role, item, value, reason) in zip(agents, rows, strict=True)}  # fmt: skip
    assert back == dict(ANSWERS)
    assert done.data["ratings"] == len(ANSWERS)
    assert not text.startswith("\ufeff")


def test_renamed_and_trimmed_files_make_the_same_score(returned: Path, typed_scores: list[object]) -> None:
    """One file without its hidden sheet, one without names of cells, all under other names in a folder of a folder."""
    folder = returned / "forms" / MONTH / "in"
    for number, path in enumerate(sorted(folder.glob("*.xlsx"))):
        book = openpyxl.load_workbook(path)
        if number % 2:
            del book["_csctl"]
        else:
            book.defined_names.clear()
        path.unlink()
        (folder / "sub").mkdir(exist_ok=True)
        book.save(folder / "sub" / f"文件{number}.xlsx")
    assert collect(returned) == []
    assert scores(returned) == typed_scores


def test_typed_and_returned_count_once(returned: Path, typed_scores: list[object]) -> None:
    """A table that repeats every answer changes nothing."""
    collect(returned)
    add_typed(returned, typed_table(ANSWERS))
    assert scores(returned) == typed_scores


def test_typed_and_returned_that_differ_stop_the_month(returned: Path) -> None:
    """The error names the table and the form's row; nothing is computed from a guess."""
    collect(returned)
    changed = dict(ANSWERS) | {("superior", "0002", "沟通技巧"): ("优秀", "")}
    add_typed(returned, typed_table(changed))
    done = csctl("check", "-w", returned, "--month", MONTH, "--json")
    faults = [one for one in done.data["problems"]["list"] if one["severity"] == "error"]
    assert done.code == 2
    assert [one["code"] for one in faults] == ["forms-typed-differs"]
    assert "评分表.csv" in faults[0]["text"]
    assert faults[0]["file"] == f"forms/{MONTH}/ratings.csv"


def add_typed(workspace: Path, table: str) -> None:
    """Put a typed table of ratings into the workspace."""
    config = workspace / "csctl.toml"
    config.write_text(config.read_text("utf-8") + TYPED_SOURCE, "utf-8")
    (workspace / "data" / MONTH / "评分表.csv").write_text(table, "utf-8", newline="")


def test_a_copy_counts_once_and_a_changed_copy_stops_everything(returned: Path, typed_scores: list[object]) -> None:
    """After the error the table of the last collection is as it was."""
    folder = returned / "forms" / MONTH / "in"
    form = next(folder.glob("superior*.xlsx"))
    (folder / "副本.xlsx").write_bytes(form.read_bytes())
    assert collect(returned) == []
    assert scores(returned) == typed_scores
    before = tree(returned / "forms")
    fill_in(form, folder / "副本.xlsx", {("superior", "0002", "沟通技巧"): ("不合格", "")})
    assert collect(returned) == ["forms-answers-differ"]
    after = tree(returned / "forms")
    assert {name for name in before if before[name] != after[name]} == {f"{MONTH}/in/副本.xlsx"}


# Texts such as #N/A are the errors of a spreadsheet, not what a rater wrote.
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=30).filter(
    lambda text: not text.startswith("#")
)


@settings(max_examples=drawn(25), deadline=None)
@given(st.lists(st.tuples(CELL, st.sampled_from(["", "=", "+", "-", "@", "'", "'="]), CELL), min_size=1, max_size=12))
def test_the_table_gives_every_text_back(texts: list[tuple[str, str, str]]) -> None:
    """Whatever a rater writes, the reader of the next run finds it, and no cell begins like a formula."""
    ratings = [
        Rating("0002", "superior", "方静", f"项 {number}", f"{sign}{value}", f"{sign}{reason}", Place("a.xlsx"))
        for number, (value, sign, reason) in enumerate(texts)
    ]
    table = form_table_files(ABOUT, ratings, [], [])[f"{MONTH}/ratings.csv"]
    cells = [cell for row in csv.reader(io.StringIO(table.decode("utf-8"), newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    columns = imported(table)
    assert columns["value"] == [cell_as_text(one.value) or None for one in ratings]
    assert columns["reason"] == [None if is_empty(one.reason) else cell_as_text(one.reason) for one in ratings]


def imported(table: bytes) -> dict[str, list[object]]:
    """The table as the next run reads it."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        path.write_bytes(table)
        book, _ = read_delimited(path, None, Place("ratings.csv"))
    assert book is not None
    read = import_book(book, Source(table="ratings", files="x"), "ratings.csv", Month(2026, 10))
    return {name: list(values) for name, values in read.columns.items()}


def test_an_interview_is_kept_beside_the_ratings() -> None:
    """A talk changes no score: it has a table of its own that no run reads."""
    said = [Said("0002", "方静", "gaps", "多听少说", Place("a.xlsx", "0002 王芳", 40, "C"))]
    [(name, table)] = form_table_files(ABOUT, [], said, []).items()
    assert name == f"{MONTH}/interviews.csv"
    rows = list(csv.reader(io.StringIO(table.decode("utf-8"), newline="")))
    assert rows[1][:5] == ["0002", "王芳", "方静", "不足之处", "多听少说"]


def test_an_interview_that_came_back_stands_on_the_performance_sheet(returned: Path) -> None:
    """The superior's form names who talked; nobody talked to 0003, whose sheet has room for it."""
    talk = {"interview-date": "2026年11月3日", "strengths": "=耐心", "gaps": "多听少说", "plan": "每周听两通录音"}
    fill_all(returned, {**ANSWERS, **{("superior", "0002", field): (text, "") for field, text in talk.items()}})
    collect(returned)
    assert csctl("sheets", "-w", returned, "--month", MONTH).code == 0
    printed = {"方静", "2026-11-03", *list(talk.values())[1:]}
    for name, shown in (("0002_王芳", printed), ("0003_李建国", set())):
        book = openpyxl.load_workbook(returned / "out" / MONTH / "sheets" / f"{name}.xlsx")
        texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        below = set(texts[texts.index("面谈人") :])
        assert below & printed == shown


def interviews(folder: Path, table: bytes) -> tuple[dict[str, Interview], list[tuple[str, int | None]]]:
    """What is read of a table of interviews about 0002, and the problems with their rows."""
    path = folder / "forms" / MONTH / "interviews.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(table)
    found, problems = interviews_of(folder, Month(2026, 10), {"0002"}, "zh")
    return found, [(one.code, one.place.row) for one in problems]


def test_two_who_talked_to_one_person_are_told_apart(tmp_path: Path) -> None:
    """Each text with the name of who wrote it, and both names."""
    place = Place("a.xlsx")
    said = [
        Said("0002", "方静", "gaps", "多听少说", place), Said("0002", "许静", "gaps", "=慢一点", place),
        Said("0002", "许静", "interviewer", "许静经理", place),
    ]  # fmt: skip
    [table] = form_table_files(ABOUT, [], said, []).values()
    found, problems = interviews(tmp_path, table)
    shown = {key: text for key, text in found["0002"].items() if text}
    assert shown == {"interviewer": "方静；许静经理", "gaps": "方静：多听少说；许静经理：=慢一点"}
    assert problems == []


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        ("0002,王芳,方静,Gaps,talks too much,x", []),
        ("2,王芳,方静,不足之处,多听少说,x", [("interview-row-left-out", 2)]),
        ("0002,王芳,方静,缺点,多听少说,x", [("interview-row-left-out", 2)]),
        ("0002,王芳", [("interview-row-left-out", 2)]),
        ("\ud8ff".encode("utf-8", "surrogatepass").decode("latin-1"), [("interviews-unreadable", None)]),
        (",,,,,", []),
    ],
)
def test_a_table_of_interviews_that_somebody_edited_says_what_is_not_printed(
    row: str, problems: list[tuple[str, int | None]], tmp_path: Path
) -> None:
    """A number that lost its noughts, a field that is none, half a row, another encoding; words of either language."""
    encoding = "latin-1" if "unreadable" in str(problems) else "utf-8"
    assert interviews(tmp_path, f"a,b,c,d,e,f\r\n{row}\r\n".encode(encoding))[1] == problems


@pytest.mark.slow
def test_libreoffice_saves_forms_that_make_the_same_score(
    returned: Path, tmp_path: Path, typed_scores: list[object]
) -> None:
    """Every filled-in form opened and saved again by another program."""
    folder = returned / "forms" / MONTH / "in"
    files = sorted(folder.glob("*.xlsx"))
    for old, new in zip(files, convert(files, "xlsx", tmp_path / "office"), strict=True):
        old.write_bytes(new.read_bytes())
    assert collect(returned) == []
    assert scores(returned) == typed_scores
