"""The shipped performance sheets: complete, printable, and drawn by the committed script."""

from __future__ import annotations

import importlib.util
import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from csctl.core.records.lines import ScoreLine, as_frame
from csctl.core.records.result import MonthResult
from csctl.policy.scoring import Dimension
from tests.libreoffice import convert
from tests.sheets.month import POLICY, SCORE_LINES, month_result
from tests.sheets.one_alone import fill_form

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
DIMENSIONS = {
    "satisfaction": ("csat", "complaint_rate", "fcr", "response", "praise"),
    "competence": ("exam", "sales", "claim_accuracy", "training", "compliance"),
    "collaboration": ("cross_team", "communication", "client_skill", "info_accuracy", "emotion"),
    "growth": ("new_skills", "improvement", "summary", "initiative", "career_plan"),
}


def insurance_month() -> MonthResult:
    """A month under a policy with the four dimensions and twenty indicators of the insurance form."""
    pattern = POLICY.dimension[0].indicator[0]
    dimensions = [
        Dimension(
            id=key,
            label=f"维度{key}",
            weight=Decimal(25),
            indicator=[
                pattern.model_copy(update={"id": each, "label": f"指标{each}", "standard": "标准" * 25}) for each in ids
            ],
        )
        for key, ids in DIMENSIONS.items()
    ]
    lines = [
        replace(
            SCORE_LINES[0], line=each, label=f"指标{each}", dimension=key, weight=Decimal(5), contribution=Decimal(5)
        )
        for key, ids in DIMENSIONS.items()
        for each in ids
    ]
    policy = POLICY.model_copy(update={"dimension": dimensions})
    return month_result(policy=policy, score_lines=as_frame([*lines, *SCORE_LINES[3:4]], ScoreLine))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["insurance", "generic"])
def test_every_placeholder_is_filled(name: str, language: str) -> None:
    """No warning, no brace left, every indicator with its standard, no formula."""
    book, problems = fill_form((TEMPLATES / f"{name}.xlsx").read_bytes(), insurance_month(), "007", language)
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [str(cell.value) for cell in cells]
    assert problems == []
    assert not any("{{" in text for text in texts)
    assert {cell.data_type for cell in cells} == {"s", "n"}
    for ids in DIMENSIONS.values():
        assert {f"指标{each}" for each in ids} <= set(texts)
    assert texts.count("标准" * 25) == 20


def test_the_generic_sheet_serves_any_policy() -> None:
    """Three indicators make three rows, and an agent who is not scored gets a sheet that says so."""
    form = (TEMPLATES / "generic.xlsx").read_bytes()
    for agent, count in (("007", 3), ("7", 0)):
        book, problems = fill_form(form, month_result(), agent, "zh")
        labels = [row[1] for row in load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True)]
        assert sum(label in ("客户满意度评分", "业务考试", "首次响应") for label in labels) == count
        assert problems == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["insurance", "generic"])
def test_a_sheet_prints_on_one_page_and_looks_the_same_elsewhere(name: str, tmp_path: Path) -> None:
    """Twenty indicators with two lines of standard each: one page of A4, and every value survives another program."""
    book, _ = fill_form((TEMPLATES / f"{name}.xlsx").read_bytes(), insurance_month(), "007", "zh")
    file = tmp_path / f"{name}.xlsx"
    file.write_bytes(book)
    pdf = convert([file], "pdf", tmp_path)[0].read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    ours = load_workbook(file).worksheets[0]
    theirs = load_workbook(convert([file], "xlsx", tmp_path / "again")[0]).worksheets[0]
    filled = {cell.coordinate: cell.value for row in ours.iter_rows() for cell in row if cell.value is not None}
    assert {at: theirs[at].value for at in filled} == filled
    assert (ours.page_setup.orientation, int(ours.page_setup.paperSize or 0)) == ("portrait", 9)


def test_the_shipped_files_are_what_the_script_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes the script must run it: contents, merges, widths and heights agree."""
    spec = importlib.util.spec_from_file_location("make_templates", ROOT / "tools" / "make_templates.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TEMPLATES", tmp_path)
    script.insurance()
    script.generic()
    script.certificate()

    def seen(folder: Path, name: str) -> object:
        sheet = load_workbook(folder / name).worksheets[0]
        return (
            [[cell.value for cell in row] for row in sheet.iter_rows()],
            sorted(str(area) for area in sheet.merged_cells.ranges),
            {key: dimension.width for key, dimension in sheet.column_dimensions.items()},
            {key: dimension.height for key, dimension in sheet.row_dimensions.items()},
        )

    for name in ("insurance.xlsx", "generic.xlsx", "certificate.xlsx"):
        assert seen(TEMPLATES, name) == seen(tmp_path, name)


TALK = {
    "interviewer": "赵主管",
    "date": "2026-11-03",
    "strengths": "=耐心",
    "gaps": "录音里有三处抢话；" * 30,
    "plan": "每周听两通自己的录音",
    "comment": "",
}


@pytest.mark.parametrize("name", ["insurance", "generic"])
def test_what_was_said_in_the_interview_is_printed_right_of_its_word(name: str) -> None:
    """A long text makes its row higher, a text that looks like a formula is text, no answer leaves room to write."""
    form = (TEMPLATES / f"{name}.xlsx").read_bytes()
    sheets = [
        load_workbook(io.BytesIO(fill_form(form, insurance_month(), "007", "zh", talk)[0])).worksheets[0]
        for talk in (TALK, None)
    ]
    words = {"interviewer": "面谈人", "strengths": "优点与成绩", "gaps": "不足之处", "plan": "改进计划"}
    told, blank = ({key: beside(sheet, word) for key, word in words.items()} for sheet in sheets)
    assert {key: cell.value for key, cell in told.items()} == {key: TALK[key] for key in words}
    assert told["strengths"].data_type == "s"
    assert {cell.value for cell in blank.values()} == {None}
    high, drawn = (sheet.row_dimensions[told["gaps"].row].height for sheet in sheets)
    assert high > drawn == 36


@pytest.mark.parametrize(("contract", "shown"), [("劳务派遣", "劳务派遣"), ("", "□ 全职　□ 兼职")])
def test_the_kind_of_position_is_that_of_the_roster_or_ticked_by_hand(contract: str, shown: str) -> None:
    """The head of the insurer's form asks for it."""
    month = insurance_month()
    agents = tuple(replace(agent, contract=contract) for agent in month.agents)
    book, _ = fill_form((TEMPLATES / "insurance.xlsx").read_bytes(), replace(month, agents=agents), "007", "zh")
    assert beside(load_workbook(io.BytesIO(book)).worksheets[0], "岗位编制").value == shown


def beside(sheet: Worksheet, word: str) -> Cell:
    """The cell right of the one that holds a word, over however many columns that one is merged."""
    [at] = [cell for row in sheet.iter_rows() for cell in row if cell.value == word]
    right = at.column + 1
    while isinstance(sheet.cell(at.row, right), MergedCell):
        right += 1
    found = sheet.cell(at.row, right)
    assert isinstance(found, Cell)
    return found
