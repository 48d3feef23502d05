"""Daily inspections on forms: what was found is an event with its evidence, and what was not found costs nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from csctl.sheets.anchors import HIDDEN
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow

MONTH = "2026-10"
CONFIG = """\
name = "导诊台"
policy = "hospital-desk"
language = "zh"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "exams"
files = "data/{month}/exams.csv"
"""
ROSTER = """\
工号,姓名,岗位,入职日期,基本工资,直接上级
01,方静,主管,2020-01-01,4000,
02,王芳,导诊,2024-01-01,3000,方静
03,李建国,导诊,2024-01-01,3000,方静
"""
BREATH, POCKETS = "口腔有异味", "衣兜里装手机等物品"

Found = Mapping[str, str]
"""Cells of one row of the form by part."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Three people, and the forms for the inspections of October."""
    (tmp_path / "data" / MONTH).mkdir(parents=True)
    (tmp_path / "data" / MONTH / "exams.csv").write_text("工号,考试日期,科目,得分\n02,2026-10-09,礼仪,9\n", "utf-8")
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/roster.csv").write_text(ROSTER, "utf-8")
    done = csctl("forms", "send", "-w", tmp_path, "--month", MONTH, "--role", "检查")
    assert (done.code, done.faults) == (0, []), done.err
    return tmp_path


def inspect(desk: Path, found: Mapping[str, Sequence[Found]], name: str = "方静.xlsx") -> None:
    """Fill in the superior's form, row by row from the first, and hand it back under a name."""
    [form] = sorted((desk / "forms" / MONTH / "out").glob("inspection_01*"))
    book = openpyxl.load_workbook(form)
    for _, agent, item, part, sheet, cell, *_ in book[HIDDEN].iter_rows(values_only=True):
        rows = found.get(str(agent), ())
        if str(item).isdigit() and int(str(item)) <= len(rows):
            open_cell = book[str(sheet)][str(cell)]
            open_cell.value = rows[int(str(item)) - 1].get(str(part))
            open_cell.data_type = "s"
    back = desk / "forms" / MONTH / "in"
    back.mkdir(exist_ok=True)
    book.save(back / name)


def collect(desk: Path) -> list[str]:
    """The codes of what was wrong."""
    done = csctl("forms", "collect", "-w", desk, "--month", MONTH, "--json")
    assert done.code == 0, done.out
    return [one["code"] for one in done.data["problems"]["list"]]


def events(desk: Path) -> list[list[str]]:
    """The table made of the forms: number, day, event, times, evidence, inspector, place."""
    text = (desk / "forms" / MONTH / "events.csv").read_text("utf-8")
    return [[row[0], *row[2:]] for row in list(csv.reader(text.splitlines()))[1:]]


def values(desk: Path, measure: str) -> dict[str, object]:
    """A figure of everybody in the month."""
    done = csctl("check", "-w", desk, "--month", MONTH, "--json")
    return {one["agent_id"]: one["value"] for one in done.data["score_lines"] if one["line"] == measure}


def test_the_form_has_a_page_for_each_agent_and_asks_for_the_events_of_the_policy(desk: Path) -> None:
    """Whoever has no superior on the roster is inspected by the team lead."""
    out = desk / "forms" / MONTH / "out"
    assert sorted(path.name for path in out.iterdir()) == ["inspection_01_方静.xlsx", "inspection_团队负责人.xlsx"]
    book = openpyxl.load_workbook(out / "inspection_01_方静.xlsx")
    assert [name for name in book.sheetnames if name[:2] in ("01", "02", "03")] == ["02 王芳", "03 李建国"]
    listed = {cell.value for column in book[HIDDEN].iter_cols() for cell in column}
    assert {BREATH, POCKETS, "指引病人不说“请您”"} <= listed


def test_what_was_found_counts_with_its_day_and_evidence(desk: Path) -> None:
    """Two faults of grooming on two days, one of dress three times; nothing about 03 is no fault, not no figure."""
    inspect(desk, {"02": [
        {"item": BREATH, "day": "2026-10-12", "evidence": "=早班前"},
        {"item": POCKETS, "day": "2026年10月12日", "count": "3"},
        {"item": BREATH, "day": "2026-10-13"},
    ]})  # fmt: skip
    assert collect(desk) == []
    found = events(desk)
    assert sorted(row[1:4] for row in found) == sorted(
        [["2026-10-12", POCKETS, "3"], ["2026-10-12", BREATH, "1"], ["2026-10-13", BREATH, "1"]]
    )
    assert {row[0] for row in found} == {"02"}
    assert {(row[4].lstrip("\u200b"), row[5]) for row in found} == {("=早班前", "方静"), ("", "方静")}
    assert all("方静.xlsx" in row[6] for row in found)
    assert values(desk, "grooming_faults") == {"01": "0", "02": "2", "03": "0"}
    assert values(desk, "uniform_faults") == {"01": "0", "02": "3", "03": "0"}


def test_an_inspection_that_found_nothing_is_known(desk: Path) -> None:
    """Without any inspection nothing is known, and nobody has a clean month."""
    assert "0" not in values(desk, "grooming_faults").values()
    inspect(desk, {})
    assert collect(desk) == []
    assert events(desk) == []
    assert set(values(desk, "grooming_faults").values()) == {"0"}


@pytest.mark.slow
def test_a_copy_counts_once_and_a_full_form_goes_on_in_another(desk: Path) -> None:
    """The same fault on the same day twice is two where the evidence tells them apart."""
    first = {"item": BREATH, "day": "2026-10-12", "evidence": "早班"}
    inspect(desk, {"02": [first]})
    inspect(desk, {"02": [first]}, "副本.xlsx")
    assert collect(desk) == []
    assert len(events(desk)) == 1
    inspect(desk, {"02": [{**first, "evidence": "晚班"}]}, "副本.xlsx")
    assert collect(desk) == []
    assert [row[4] for row in events(desk)] == ["早班", "晚班"]


@pytest.mark.parametrize(
    ("row", "code"),
    mostly_slow(
        [
            ({"item": BREATH}, "forms-happening-incomplete"),
            ({"day": "2026-10-12", "evidence": "忘了写什么"}, "forms-happening-incomplete"),
            ({"item": BREATH, "day": "2026-11-01"}, "forms-happening-elsewhen"),
            ({"item": BREATH, "day": "下周"}, "forms-date-off"),
            ({"item": "迟到半天", "day": "2026-10-12"}, "forms-choice-off"),
            ({"item": BREATH, "day": "2026-10-12", "count": "两次"}, "forms-number-off"),
            ({"item": BREATH, "day": "2026-10-12", "count": "0"}, "forms-happening-count"),
            ({"item": BREATH, "day": "2026-10-12", "count": "1.5"}, "forms-happening-count"),
        ]
    ),
)
def test_a_row_that_does_not_say_what_happened_when_is_left_out_and_said(desk: Path, row: Found, code: str) -> None:
    """Once, and the rows around it count."""
    inspect(desk, {"02": [row, {"item": POCKETS, "day": "2026-10-12"}]})
    assert collect(desk) == [code]
    assert [one[:3] for one in events(desk)] == [["02", "2026-10-12", POCKETS]]
