"""``forms send`` and ``forms collect``: what they write, what they leave alone, what they say, how they end."""

from __future__ import annotations

import csv
import io
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from csctl.sheets.anchors import HIDDEN
from csctl.store.lock import workspace_lock
from tests.end_to_end.forms_desk import MONTH, fill_all, forms_workspace, send
from tests.end_to_end.running import csctl, tree


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose forms were sent and filled in. Not to be changed."""
    workspace = forms_workspace(tmp_path_factory.mktemp("base") / "ws")
    send(workspace)
    fill_all(workspace)
    return workspace


@pytest.fixture
def returned(base: Path, tmp_path: Path) -> Path:
    """A copy of it to work with."""
    return Path(shutil.copytree(base, tmp_path / "ws"))


@pytest.fixture
def desk(returned: Path) -> Path:
    """A workspace whose raters have nothing yet."""
    shutil.rmtree(returned / "forms")
    return returned


def collected(desk: Path, *options: str | Path) -> tuple[int, list[str]]:
    """Collect: the exit code and the codes of what was wrong."""
    done = csctl("forms", "collect", "-w", desk, "--month", MONTH, "--json", *options)
    return done.code, [one["code"] for one in done.data["problems"]["list"]]


def test_send_writes_a_private_workbook_for_each_rater(returned: Path) -> None:
    """The same bytes the second time; what came back is not touched."""
    out = returned / "forms" / MONTH / "out"
    assert sorted(tree(out)) == ["self_0002_王芳.xlsx", "self_0003_李建国.xlsx", "superior_0001_方静.xlsx"]
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    before = tree(returned / "forms")
    send(returned)
    assert tree(returned / "forms") == before


def test_send_needs_nothing_but_the_roster(desk: Path) -> None:
    """Forms go out before there is any export; what is measured later is simply not shown."""
    (desk / "data" / MONTH / "surveys.csv").unlink()
    assert len(list(send(desk).iterdir())) == 3


def test_send_says_so_when_an_export_cannot_be_read(desk: Path) -> None:
    """The forms go out all the same."""
    (desk / "data" / MONTH / "surveys.csv").write_text("什么,都,没有\n1,2,3\n", "utf-8")
    done = csctl("forms", "send", "-w", desk, "--month", MONTH, "--json")
    assert (done.code, [one["code"] for one in done.data["problems"]["list"]]) == (0, ["forms-evidence-partial"])


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--role", "self"), ["self_0002_王芳.xlsx", "self_0003_李建国.xlsx"]),
        (("--role", "自评", "--agent", "李建国"), ["self_0003_李建国.xlsx"]),
        (("--role", "panel", "--panel", "钱主任，周经理"), ["panel_周经理.xlsx", "panel_钱主任.xlsx"]),
        (("--role", "appeal", "--agent", "0002"), ["appeal_0002_王芳.xlsx"]),
        (("--role", "superior", "--superior", "许静"), ["superior_0001_方静.xlsx", "superior_许静.xlsx"]),
    ],
)
def test_send_writes_only_what_is_asked_for(desk: Path, options: tuple[str, ...], names: list[str]) -> None:
    """By role, agent, and further raters."""
    assert sorted(tree(send(desk, *options))) == names


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--role", "boss"), "没有“boss”这种表"),
        (("--role", "panel"), "评审表要写明评审人"),
        (("--agent", "0009"), "0009"),
        (("--role", "self", "--agent", "0001"), "没有要填的表"),
        (("--month", "2026-13"), "2026-13"),
    ],
)
def test_send_refuses_what_it_cannot_do(desk: Path, options: tuple[str, ...], said: str) -> None:
    """One line, exit code 2, nothing written."""
    done = csctl("forms", "send", "-w", desk, "--month", MONTH, *options)
    assert (done.code, len(done.faults), done.out) == (2, 1, "")
    assert said in done.faults[0]
    assert not (desk / "forms").exists()


def test_the_screens_fit_80_columns(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of what was sent and of what came back."""
    monkeypatch.setenv("COLUMNS", "80")
    sent = csctl("forms", "send", "-w", desk, "--month", MONTH)
    fill_all(desk)
    back = csctl("forms", "collect", "-w", desk, "--month", MONTH)
    for text, row in ((sent.out, "自评"), (back.out, "superior_0001_方静 已填.xlsx")):
        table = [line for line in text.splitlines() if str(desk) not in line]
        assert any(row in line for line in table)
        assert all(sum(2 if ord(mark) > 0x2E80 else 1 for mark in line) <= 80 for line in table)
    assert "收了 13 个评分" in back.out


def test_collect_lists_each_problem_with_its_cell(returned: Path) -> None:
    """On the screen and as data; --strict makes it an exit code; the other answers are written."""
    fill_all(returned, {("superior", "0002", "小组协助"): ("31", ""), ("superior", "0002", "沟通技巧"): ("良好", "")})
    done = csctl("forms", "collect", "-w", returned, "--month", MONTH, "--strict")
    [line] = [line for line in done.out.splitlines() if "“31”" in line]
    assert done.code == 1
    assert "superior_0001_方静 已填.xlsx · 0002 王芳 · 第 9 行 · “E”列" in line
    assert line.endswith("写 0 到 30 之间的数")
    assert collected(returned) == (0, ["forms-number-off"])
    assert len((returned / "forms" / MONTH / "ratings.csv").read_text("utf-8").splitlines()) == 2


def test_collect_reads_another_folder(returned: Path, tmp_path: Path) -> None:
    """Wherever the files were saved, under whatever name; other kinds of files are named."""
    (folder := tmp_path / "收回").mkdir()
    form = next((returned / "forms" / MONTH / "in").glob("self_0002*"))
    form.rename(folder / "我的.xlsx")
    (folder / "说明.docx").write_bytes(b"PK")
    assert collected(returned, folder) == (0, ["forms-file-left-out"])
    assert (returned / "forms" / MONTH / "ratings.csv").is_file()


def test_collect_without_forms_is_an_error(desk: Path) -> None:
    """And leaves the last collection as it was."""
    assert collected(desk) == (2, ["forms-nothing-returned"])
    assert not (desk / "forms" / MONTH / "ratings.csv").exists()


def test_one_file_that_is_no_form_keeps_everything_back(returned: Path) -> None:
    """A form nobody can read may hold somebody's rating."""
    folder = returned / "forms" / MONTH / "in"
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04 broken")
    code, codes = collected(returned)
    assert (code, codes) == (2, ["workbook-broken"])
    assert not (returned / "forms" / MONTH / "ratings.csv").exists()


def test_a_form_taken_away_is_no_longer_counted(returned: Path) -> None:
    """Each collection writes its result anew, and removes what has no answer any more."""
    folder = returned / "forms" / MONTH / "in"
    collected(returned)
    for path in folder.iterdir():
        if path.name.startswith("superior"):
            path.unlink()
    collected(returned)
    table = (returned / "forms" / MONTH / "ratings.csv").read_text("utf-8")
    assert "自评" in table
    assert "上级" not in table
    fill_all(returned, {})
    assert collected(returned)[0] == 0
    assert not (returned / "forms" / MONTH / "ratings.csv").exists()


def test_an_appeal_stands_in_the_month_in_which_it_was_filed(desk: Path) -> None:
    """With the month of the score, the claim, the reason and the evidence in one text."""
    form = send(desk, "--role", "appeal", "--agent", "0002") / "appeal_0002_王芳.xlsx"
    book = openpyxl.load_workbook(form)
    cells = {row[2:4]: row[4:6] for row in book[HIDDEN].iter_rows(values_only=True)}
    answers: dict[tuple[str, str], str | date] = {
        ("filed_on", "value"): date(2026, 11, 5), ("1", "item"): "沟通", ("1", "claim"): "优秀",
        ("1", "reason"): "客户书面表扬", ("1", "evidence"): "邮件",
    }  # fmt: skip
    for question, answer in answers.items():
        sheet, cell = cells[question]
        book[str(sheet)][str(cell)].value = answer
    (desk / "forms" / MONTH / "in").mkdir(exist_ok=True)
    book.save(desk / "forms" / MONTH / "in" / "申诉.xlsx")
    assert collected(desk) == (0, [])
    table = (desk / "forms" / "2026-11" / f"appeals_{MONTH}.csv").read_text("utf-8")
    [head, row] = csv.reader(io.StringIO(table, newline=""))
    found = dict(zip(head, row, strict=True))
    assert (found["工号"], found["日期"], found["申诉项"]) == ("0002", "2026-11-05", "沟通")
    assert found["申诉理由"] == "2026-10 的成绩；认为应该是：优秀；理由：客户书面表扬；证据：邮件"


def test_json_is_one_object(returned: Path) -> None:
    """Counts, files and problems of both commands."""
    sent = csctl("forms", "send", "-w", returned, "--month", MONTH, "--json").data
    assert (sent["month"], [one["role"] for one in sent["forms"]]) == (MONTH, ["self", "superior"])
    back = csctl("forms", "collect", "-w", returned, "--month", MONTH, "--json").data
    assert back["files"] == [f"{MONTH}/ratings.csv"]
    assert [(one["role"], one["rater"], one["filled"]) for one in back["returned"]] == [
        ("self", "王芳", 3), ("self", "李建国", 0), ("superior", "方静", 10),
    ]  # fmt: skip


def test_one_run_at_a_time(desk: Path) -> None:
    """While another run holds the workspace nothing is sent or read."""
    with workspace_lock(desk / ".csctl") as mine:
        assert mine
        assert csctl("forms", "send", "-w", desk, "--month", MONTH).code == 3
        assert csctl("forms", "collect", "-w", desk, "--month", MONTH).code == 3


def test_a_folder_that_is_no_workspace_is_left_alone(tmp_path: Path) -> None:
    """No lock, no folder, one line."""
    for name in ("send", "collect"):
        done = csctl("forms", name, "-w", tmp_path, "--json")
        assert (done.code, [one["code"] for one in done.data["problems"]["list"]]) == (2, ["workspace-missing"])
    assert os.listdir(tmp_path) == []
