"""Performance sheets: any workbook with placeholders is filled, typed, moved and never made dangerous."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from csctl.core.records.lines import Score, ScoreLine, as_frame
from csctl.messages import problem_fix, problem_text
from csctl.money import round_half_up
from csctl.policy.parts import Happening
from csctl.policy.scoring import Adjustment, ScoreRules
from csctl.problems import Problem, Severity
from csctl.sheets.form_check import check_form
from csctl.sheets.form_totals import formula_in_words, shown_parts
from tests.sheets.month import ADJUSTMENT, AGENTS, POLICY, SCORE_LINES, SCORES, month_result
from tests.sheets.one_alone import fill_form

D = Decimal
ROOT = Path(__file__).resolve().parents[2]


def template(draw: Callable[[Worksheet], None]) -> bytes:
    """A user's own workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "我的表"
    draw(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of_cells(**cells: str) -> bytes:
    """A template with these cells."""

    def draw(sheet: Worksheet) -> None:
        for at, value in cells.items():
            sheet[at] = value

    return template(draw)


def of_column(texts: Iterable[str]) -> bytes:
    """A template with these texts in column A."""
    return of_cells(**{f"A{row}": text for row, text in enumerate(texts, start=1)})


def filled(
    form: bytes, agent_id: str = "007", language: str = "zh", **changes: object
) -> tuple[Worksheet, list[Problem]]:
    """The first sheet of the filled form, and the problems, whose words are looked at in both languages."""
    book, problems = fill_form(form, month_result(**changes), agent_id, language)
    for problem in problems:
        assert all(problem_text(problem, each) and problem_fix(problem, each) for each in ("zh", "en"))
    return load_workbook(io.BytesIO(book)).worksheets[0], problems


KNOWN = {
    "agent.name": "王小明",
    "agent.id": "007",
    "agent.group": "一组",
    "agent.post": "客服专员",
    "agent.level": "C1",
    "agent.supervisor": "赵主管",
    "month": "2026-10",
    "policy.label": "客服考核",
    "sheet.title": "绩效考核表",
    "score.total": 95,
    "score.self": 90,
    "score.superior": 90,
    "score.adjustments": 5,
    "score.grade": "良好",
    "score.coefficient": 1,
    "score.rank": 1,
    "pay.total": 4888.14,
    "dimension.skill.label": "业务能力",
    "dimension.skill.weight": 60,
    "dimension.satisfaction.superior": 40,
    "line.csat.value": 92.5,
    "line.csat.shown": "92.5分",
    "line.exam.level": "优秀",
    "line.exam.points": 66.67,
    "line.exam.self": 60,
    "line.exam.superior": 70,
    "line.csat.target": "≥ 90",
    "line.csat.standard": "90 分及以上优秀",
    "line.csat.weight": 40,
    "line.csat.contribution": 40,
    "line.cover.note": "=2+2 不是公式",
    "line.csat.label": "客户满意度评分",
    "line.csat.n": 12,
    "line.response.unit": "秒",
    "word.final": "最终得分",
}


SHOWS_ALL = {"H7": "{{agent.name}}", "H8": "{{score.total}}", "H9": "{{each.label}}"}
"""Cells with which a template shows all that a sheet should."""


def test_a_cell_that_is_one_placeholder_gets_a_typed_value() -> None:
    """Numbers are numbers, ids and texts are texts, for every kind of placeholder."""
    form = of_column(f"{{{{{key}}}}}" for key in KNOWN)
    sheet, problems = filled(form)
    assert problems == []
    assert dict(zip(KNOWN, [cell.value for cell in sheet["A"]], strict=True)) == KNOWN


def test_the_format_of_the_cell_stays() -> None:
    """A number keeps the cell's number format and font."""

    def draw(sheet: Worksheet) -> None:
        sheet["B2"] = "{{score.total}}"
        sheet["B2"].number_format = "0.000"
        sheet["B2"].font = Font(bold=True)

    cell = filled(template(draw))[0]["B2"]
    assert (cell.value, cell.number_format, cell.font.b) == (95, "0.000", True)


def test_placeholders_inside_a_text_are_replaced_in_it() -> None:
    """Several in one text, spaces allowed."""
    sheet, _ = filled(of_cells(A1="{{ agent.name }}（{{agent.id}}）得 {{score.total}} 分"))
    assert sheet["A1"].value == "王小明（007）得 95.00 分"


def test_defined_names_are_filled_too() -> None:
    """The same keys with underscores, in a workbook without any placeholder."""

    def draw(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book
        for name, at in {
            "agent_name": "$B$1",
            "score_total": "$B$2",
            "line_csat_value": "$B$3",
            "mine": "$B$4",
        }.items():
            book.defined_names[name] = DefinedName(name, attr_text=f"'我的表'!{at}")
        sheet.defined_names["score_rank"] = DefinedName("score_rank", attr_text="'我的表'!$B$5")
        book.defined_names["score_self"] = DefinedName("score_self", attr_text="'我的表'!$C$1:$C$2")

    sheet, problems = filled(template(draw))
    assert [sheet[f"B{row}"].value for row in range(1, 6)] == ["王小明", 95, 92.5, None, 1]
    assert [(problem.code, problem.found) for problem in problems] == [("template-name-of-several-cells", "score_self")]


def test_text_never_becomes_a_formula() -> None:
    """An agent called =1+1, in a cell, in a text and in a repeated row: stored as text and marked as such."""
    sheet, _ = filled(of_cells(A1="{{agent.name}}", A2="{{agent.name}} 您好", A3="{{each.adjustment.note}}"), "08")
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in (sheet["A1"], sheet["A2"])] == [
        ("=1+1", "s", True),
        ("=1+1 您好", "s", True),
    ]
    lines = as_frame([replace(ADJUSTMENT, line=f"a{index}") for index in range(3)], ScoreLine)
    sheet, _ = filled(of_cells(A1="{{each.adjustment.note}}", B1="=A1"), score_lines=lines)
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [("=2+2 不是公式", "s")] * 3
    assert [cell.value for cell in sheet["B"]] == ["=A1", "=A2", "=A3"]


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    """A name typed as a placeholder shows itself, not somebody's pay."""
    sly = (replace(AGENTS[0], name="{{pay.total}}", supervisor="{{each.note}}"),)
    sheet, problems = filled(
        of_cells(A1="{{agent.name}}", A2="{{agent.supervisor}}", A3="{{each.n}} {{agent.name}}"), agents=sly
    )
    assert [sheet[at].value for at in ("A1", "A2", "A3")] == ["{{pay.total}}", "{{each.note}}", "12 {{pay.total}}"]
    assert problems == []


def test_control_characters_are_dropped() -> None:
    """What openpyxl would raise for, and what turns text around."""
    odd = (replace(AGENTS[0], name="王\x00\x0b\u202e明\ud800"),)
    assert filled(of_cells(A1="{{agent.name}}"), agents=odd)[0]["A1"].value == "王明"


def test_an_unknown_placeholder_names_its_cell_and_the_nearest() -> None:
    """One error per cell says what was probably meant, and nobody's sheet is made with the braces on it."""
    form = of_cells(B7="{{score.totl}}", C8="{{each.labl}} {{agent.name}}")
    content, problems = fill_form(form, month_result(), "007", "zh")
    assert content == b""
    found = {(problem.place.sheet, problem.place.column, problem.place.row): problem for problem in problems}
    assert found["我的表", "B", 7].parameters["nearest"] == "{{score.total}}"
    assert found["我的表", "C", 8].parameters["nearest"] == "{{each.label}}"
    assert {(one.code, one.severity) for one in problems} == {("template-unknown-placeholder", Severity.ERROR)}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("{{agent.name}", "agent.name"),
        ("{agent.name}}", "agent.name"),
        ("｛｛agent.name｝｝", "agent.name"),
        ("{{agent.name}} {{month", "month"),
        ("{{}}", ""),
    ],
)
def test_braces_that_make_no_placeholder_are_said_too(cell: str, found: str) -> None:
    """One that was not closed, or was typed with full-width braces, would stay on the sheet as well."""
    problems = check_form(of_cells(A1=cell, **SHOWS_ALL), POLICY, "zh")
    assert [(one.code, one.found) for one in problems] == [("template-unknown-placeholder", found)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_looked_through_without_a_month(language: str) -> None:
    """What fills for somebody is known before anybody is there: the same problems, and none for what is right."""
    right = of_cells(A1="{{agent.name}}", A2="{{score.total}}", A3="{{line.csat.level}}", A4="{{each.label}}")
    assert check_form(right, POLICY, language) == []
    wrong = of_cells(A1="{{agent.nmae}}", A2="{{each.adjustment.lable}}", A3="=NOW()", **SHOWS_ALL)
    of_somebody = [(one.code, one.place) for one in fill_form(wrong, month_result(), "007", language)[1]]
    assert [(one.code, one.place) for one in check_form(wrong, POLICY, language)] == of_somebody
    assert len(of_somebody) == 3


@pytest.mark.parametrize(
    ("cells", "lacking"),
    [
        ({"A1": "{{agent.id}}", "A2": "{{line.csat.label}}", "A3": "{{each.adjustment.label}}"},
         ("{{score.total}}", "业务考试", "首次响应")),
        ({"A1": "{{score.total}}", "A2": "{{each.label}}"}, "{{agent.name}}"),
        ({"A1": "客服考核表"}, ("{{agent.name}}", "{{score.total}}", "客户满意度评分", "业务考试", "首次响应")),
    ],
)  # fmt: skip
def test_what_a_sheet_would_not_show_is_said(cells: dict[str, str], lacking: str | tuple[str, ...]) -> None:
    """Whose it is, the score, and every indicator. A form may leave one out, so that it is a note and no fault."""
    problems = check_form(of_cells(**cells), POLICY, "zh")
    assert [(one.code, one.severity, one.found) for one in problems] == [("template-lacks", Severity.NOTE, lacking)]


def test_heads_and_feet_of_pages_are_filled_too() -> None:
    """Where they print; an ampersand stays one, and what nothing fills is said with the sheet."""

    def draw(sheet: Any) -> None:
        sheet["A1"] = "x"
        sheet.oddHeader.left.text = "{{agent.name}}：{{policy.label}}"
        sheet.oddFooter.center.text = "&P / &N"

    policy = POLICY.model_copy(update={"label": "Q&A"})
    made, problems = filled(template(draw), policy=policy)
    sheet: Any = made
    assert (problems, sheet.oddHeader.left.text, sheet.oddFooter.center.text) == ([], "王小明：Q&&A", "&P / &N")

    def wrong(sheet: Any) -> None:
        draw(sheet)
        sheet.oddHeader.right.text = "{{agent.nmae}}"

    found = check_form(template(wrong), POLICY, "zh")
    assert [(one.code, one.place.sheet) for one in found][:1] == [("template-unknown-placeholder", "我的表")]
    [lacks] = [one for one in found if one.code == "template-lacks"]
    assert "{{agent.name}}" not in lacks.found


def test_a_label_in_braces_is_answered_with_its_placeholder() -> None:
    """Who writes what the cell is about is told what csctl calls it."""
    problems = check_form(of_cells(A1="{{员工姓名}}", A2="{{Final score}}", **SHOWS_ALL), POLICY, "zh")
    assert [one.parameters["nearest"] for one in problems] == ["{{agent.name}}", "{{score.total}}"]


def test_an_adjustment_that_does_not_apply_has_its_fields_all_the_same() -> None:
    """A cell for it is right for whoever had none: it shows that there was none, and 0 points."""
    rules = ScoreRules(pass_mark=D(60), cap=D(110))
    adjustments = [Adjustment(id="cover", label="顶班", points=D(5), each=Happening(event="cover"))]
    policy = POLICY.model_copy(update={"adjustment": adjustments, "score": rules})
    cells = {"A1": "{{line.cover.label}}", "A2": "{{line.cover.shown}}", "A3": "{{line.cover.contribution}}"}
    form = of_cells(**cells, A4="{{line.cap.contribution}}", **SHOWS_ALL)
    assert check_form(form, policy, "zh") == []
    with_it, _ = filled(form, "007", policy=policy)
    without, _ = filled(form, "08", policy=policy)
    assert [with_it[at].value for at in ("A1", "A3", "A4")] == ["顶班", 5, 0]
    assert [without[at].value for at in ("A1", "A2", "A3", "A4")] == ["顶班", "无", 0, 0]


def test_what_is_missing_is_said_with_its_rule() -> None:
    """缺 and what became of it where the figure would be; every other field that has nothing is left empty."""
    form = of_cells(
        A1="{{line.response.value}}", A2="{{line.response.level}}", A3="{{line.response.weight}}", A4="{{score.self}}"
    )
    sheet, _ = filled(form, "08")
    assert [cell.value for cell in sheet["A"]] == ["缺（权重分摊）", None, 0, 85]
    sheet, problems = filled(form, "7")
    assert [sheet[f"A{row}"].value for row in (1, 2, 3, 4)] == [None, None, None, None]
    assert problems == []


def test_a_repeated_row_moves_everything_below_it() -> None:
    """Looks, heights, merges, print area, formulas, names, rules and breaks follow."""

    def draw(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book
        sheet["A2"], sheet["B2"], sheet["C2"] = "项目", "{{each.label}}", "{{each.contribution}}"
        sheet["C2"].number_format, sheet["B2"].font = "0.0", Font(italic=True)
        sheet["D2"], sheet["D4"], sheet["C4"] = "=C2*2", "=SUM(C2:C2)+C4", "{{score.total}}"
        sheet["A4"], sheet["A6"] = "合计", "签字"
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("E2:F2")
        sheet.merge_cells("A6:C7")
        sheet.row_dimensions[2].height, sheet.row_dimensions[6].height = 31, 44
        sheet.print_area = "A1:F7"
        sheet.row_breaks.append(Break(id=4))
        book.defined_names["total_cell"] = DefinedName("total_cell", attr_text="'我的表'!$C$4")
        check = DataValidation(type="whole", operator="between", formula1="0", formula2="9")
        check.add("B6")
        check.add("C2")
        sheet.add_data_validation(check)
        sheet.conditional_formatting.add("C2:C4", Rule("cellIs", operator="lessThan", formula=["0"]))
        other = book.create_sheet("另一页")
        other["A1"], other["A2"] = "='我的表'!C4", "=C4"

    book, problems = fill_form(template(draw), month_result(), "007", "zh")
    loaded = load_workbook(io.BytesIO(book))
    sheet, other = loaded.worksheets
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == ["客户满意度评分", "业务考试", "首次响应"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4, 6)] == [40, 20, 30, 95]
    assert [sheet.cell(row, 4).value for row in (2, 3, 4, 6)] == ["=C2*2", "=C3*2", "=C4*2", "=SUM(C2:C4)+C6"]
    assert {(sheet.cell(row, 3).number_format, sheet.cell(row, 2).font.i) for row in (2, 3, 4)} == {("0.0", True)}
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4, 8)] == [31, 31, 31, 44]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A4", "E2:F2", "E3:F3", "E4:F4", "A8:C9"}
    assert (sheet["A6"].value, sheet["A8"].value) == ("合计", "签字")
    assert sheet.print_area == "'我的表'!$A$1:$F$9"
    assert [each.id for each in sheet.row_breaks.brk] == [6]
    assert loaded.defined_names["total_cell"].attr_text == "'我的表'!$C$6"
    assert [str(check.sqref) for check in sheet.data_validations.dataValidation] == ["B8 C2:C4"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["C2:C6"]
    assert (other["A1"].value, other["A2"].value) == ("='我的表'!C6", "=C4")
    assert [(problem.code, problem.parameters["count"]) for problem in problems] == [
        ("template-formula-without-value", "4")
    ]


def test_two_repeated_rows_do_not_disturb_each_other() -> None:
    """Lines above, adjustments below; without adjustments the row says 无."""
    form = of_cells(
        A1="{{each.label}}", A2="加减分", A3="{{each.adjustment.label}}", B3="{{each.adjustment.points}}", A4="完"
    )
    sheet, _ = filled(form)
    assert [cell.value for cell in sheet["A"]] == ["客户满意度评分", "业务考试", "首次响应", "加减分", "顶班", "完"]
    assert sheet["B5"].value == 5
    sheet, _ = filled(form, "08")
    assert [cell.value for cell in sheet["A"]][3:] == ["加减分", "无", "完"]
    assert sheet["B5"].value is None


def test_a_row_grows_where_a_long_name_is_broken_into_lines() -> None:
    """The form is drawn for short names; a cell over two rows has room, one that is not wrapped stays as it is."""
    agents = [replace(one, name="Alexandra Konstantinopoulou-Featherstonehaugh") for one in AGENTS]

    def draw(sheet: Worksheet) -> None:
        for at in ("A1", "A2", "A4"):
            sheet[at] = "{{agent.name}}"
        sheet["A1"].alignment = sheet["A2"].alignment = Alignment(wrap_text=True)
        sheet.merge_cells("A2:A3")
        for row in (1, 2, 3, 4):
            sheet.row_dimensions[row].height = 20

    book, _ = fill_form(template(draw), month_result(agents=tuple(agents)), AGENTS[0].agent_id, "en")
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.row_dimensions[1].height > 3 * 13
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [20, 20, 20]


def test_rows_without_a_height_get_one_that_fits_their_text() -> None:
    """A long standard in a narrow column makes its row high; programs that do not fit rows show it all the same."""
    long = [replace(SCORE_LINES[0], label="很长的名称" * 20), replace(SCORE_LINES[1], label="短")]
    sheet, _ = filled(of_cells(A1="{{each.label}}"), score_lines=as_frame(long, ScoreLine))
    heights = [sheet.row_dimensions[row].height for row in (1, 2)]
    assert heights[0] > 200
    assert heights[1] == 24


def test_dimensions_sum_to_the_raters_total() -> None:
    """Two dimensions of a third each of a point: shown parts add up to the shown total."""
    thirds = [
        replace(SCORE_LINES[0], self_points=D(1), superior_points=D(1), out_of=D(3), weight=D(1)),
        replace(SCORE_LINES[1], self_points=D(1), superior_points=None, out_of=D(3), weight=D(1)),
    ]
    score = replace(SCORES[0], self_total=D("0.67"), superior_total=D("0.33"))
    form = of_cells(
        A1="{{dimension.satisfaction.self}}", A2="{{dimension.skill.self}}", A3="{{dimension.skill.superior}}"
    )
    sheet, _ = filled(form, score_lines=as_frame(thirds, ScoreLine), scores=as_frame([score], Score))
    assert [cell.value for cell in sheet["A"]] == [0.34, 0.33]


@given(st.lists(st.fractions(0, 100, max_denominator=999), min_size=1, max_size=6))
def test_shown_parts_always_sum_to_the_rounded_total(points: list[Fraction]) -> None:
    """Each part is the exact one, off by less than a hundredth, and together they are the total."""
    parts = {str(index): value for index, value in enumerate(points)}
    total = round_half_up(sum(points, Fraction(0)), 2)
    shown = shown_parts(parts, total, 2)
    assert sum(value for value in shown.values() if value is not None) == total
    assert all(abs(Fraction(shown[key] or 0) - parts[key]) < Fraction(1, 100) for key in parts)


def test_the_way_to_the_final_score_is_told_in_words() -> None:
    """Raters and their shares as the policy has them; without raters a sum."""
    assert formula_in_words(POLICY, "zh") == "员工评分合计×30% + 上级评分合计×70% ± 加减分"
    alone = POLICY.model_copy(update={"score": ScoreRules(pass_mark=D(60))})
    assert formula_in_words(alone, "en") == "sum of the indicators ± adjustments"


def test_formulas_that_reach_outside_become_text() -> None:
    """Other workbooks, other programs and the web are cut off; the template's own sums stay."""
    outside = [
        "='[other.xlsx]S'!A1",
        "=[1]S!A1",
        "=cmd|'/c calc'!A0",
        '=WEBSERVICE("http://a")',
        '=HYPERLINK("http://a")',
    ]
    form = of_column([*outside, "=SUM(B1:B2)"])
    sheet, problems = filled(form)
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [
        *((text, "s") for text in outside),
        ("=SUM(B1:B2)", "f"),
    ]
    codes = [problem.code for problem in problems]
    assert codes == ["template-formula-leads-outside"] * 5 + ["template-formula-without-value"]


def with_part(form: bytes, name: str, content: bytes = b"x") -> bytes:
    """The workbook with one more part in its zip."""
    buffer = io.BytesIO(form)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (b"", "template-not-a-workbook"),
        (b"PK\x03\x04 cut off", "template-not-a-workbook"),
        (of_cells(A1="x")[:-40], "template-not-a-workbook"),
        (with_part(of_cells(A1="x"), "xl/vbaProject.bin"), "template-has-macros"),
        (with_part(of_cells(A1="x"), "xl/media/huge.bin", bytes(65 * 2**20)), "template-too-large"),
        (of_cells(A2001="x"), "template-too-large"),
        (of_cells(ZZ1="x"), "template-too-large"),
    ],
    ids=["empty", "garbage", "truncated", "macros", "bytes", "rows", "columns"],
)
def test_what_is_no_form_is_refused_with_one_problem(form: bytes, code: str) -> None:
    """No bytes come back, so nothing half-made can be published."""
    book, problems = fill_form(form, month_result(), "007", "zh")
    assert (book, [problem.code for problem in problems]) == (b"", [code])


@pytest.mark.parametrize("sprawling", ["merged", "linked"])
def test_a_template_that_merges_or_links_more_cells_than_a_form_has_is_refused_before_it_is_opened(
    sprawling: str,
) -> None:
    """Opened, it would make every one of seventeen thousand million cells; a merged heading is no matter."""

    def draw(sheet: Worksheet) -> None:
        sheet["A1"] = "{{agent.name}}"
        sheet.merge_cells("A1:F1")
        sheet["A2"].hyperlink = "#Sheet!A1"

    form = template(draw)
    assert filled(form)[1] == []
    written = {"merged": b'mergeCell ref="A1:F1"', "linked": b' ref="A2"'}[sprawling]
    _, problems = fill_form(_replaced(form, written, b"A2:XFD1048576"), month_result(), "007", "zh")
    assert [(problem.code, problem.found) for problem in problems] == [("template-too-large", "A2:XFD1048576")]


def _replaced(form: bytes, reference: bytes, by: bytes) -> bytes:
    """The workbook in which one reference of its sheet is another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(made, "w") as new:
        assert reference in old.read("xl/worksheets/sheet1.xml")
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(reference, reference.split(b'"')[0] + b'"' + by + b'"'))
    return made.getvalue()


def test_no_temporary_file_holds_anybodys_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook is made in memory from end to end."""
    form = of_cells(A1="{{pay.total}}")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    assert filled(form)[0]["A1"].value == 4888.14


def test_the_same_month_gives_the_same_bytes_with_the_months_date() -> None:
    """No clock gets into the file."""
    form = of_cells(A1="{{agent.name}}", A2="{{each.label}}")
    first, _ = fill_form(form, month_result(), "007", "zh")
    assert fill_form(form, month_result(), "007", "zh")[0] == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.read("docProps/core.xml").count(b"2026-10-01T00:00:00Z") == 2
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pay_has_its_thousands_marked_wherever_a_template_puts_it() -> None:
    """Alone in a cell it is a number with a format, within a text it is written so; a format of the cell stays."""

    def draw(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "{{pay.total}}", "应发 {{pay.total}} 元", "{{pay.total}}"
        sheet["A3"].number_format = "0.0"

    sheet, _ = filled(template(draw))
    assert (sheet["A1"].value, sheet["A1"].number_format) == (4888.14, "#,##0.00")
    assert sheet["A2"].value == "应发 4,888.14 元"
    assert sheet["A3"].number_format == "0.0"


def test_a_number_in_a_cell_without_a_format_has_the_places_of_the_policy() -> None:
    """A score with one place is shown with one, a weight without needless zeros."""
    scores = [replace(one, score=one.score and one.score.quantize(D("0.1"))) for one in SCORES]
    sheet, _ = filled(of_cells(A1="{{score.total}}", A2="{{line.csat.weight}}"), scores=as_frame(scores, Score))
    assert [(cell.value, cell.number_format) for cell in sheet["A"]] == [(95, "#,##0.0"), (40, "#,##0")]


def test_neighbours_of_one_dimension_are_one_cell() -> None:
    """Of three lines the last two are of one dimension; what stands below them is where it was."""
    form = of_cells(A2="{{each.dimension}}", B2="{{each.label}}", A3="end")
    sheet, _ = filled(form)
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A3:A4"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 5)] == ["客户满意度", "业务能力", "end"]


def test_a_standard_without_words_is_told_by_its_bands() -> None:
    """In both languages, with units; what the policy words itself stays as it is."""
    first = POLICY.dimension[0]
    unsaid = [one.model_copy(update={"standard": ""}) for one in first.indicator]
    dimensions = [first.model_copy(update={"indicator": unsaid}), *POLICY.dimension[1:]]
    bare = POLICY.model_copy(update={"dimension": dimensions})
    form = of_cells(A1="{{line.csat.standard}}")
    assert filled(form, policy=bare)[0]["A1"].value == "≥ 90分 优秀；其余 合格"
    assert filled(form, "007", "en", policy=bare)[0]["A1"].value == "≥ 90 points: 优秀; otherwise: 合格"
    assert filled(form)[0]["A1"].value == "90 分及以上优秀"


def test_rows_of_a_name_take_what_a_page_leaves_free() -> None:
    """Two rows to write in share the rest of the page; without the name every row stays as it was."""

    def draw(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "{{agent.name}}", "a", "b"
        for row in (1, 2, 3):
            sheet.row_dimensions[row].height = 30

    def named(sheet: Worksheet) -> None:
        draw(sheet)
        book = sheet.parent
        assert book is not None
        book.defined_names["sheet_fills_page"] = DefinedName("sheet_fills_page", attr_text="'我的表'!$A$2:$A$3")

    heights = [
        [sheet.row_dimensions[row].height for row in (1, 2, 3)]
        for sheet in (filled(template(one))[0] for one in (draw, named))
    ]
    assert heights[0] == [30, 30, 30]
    assert heights[1] == [30, 180, 180]


def test_the_shipped_sheet_for_any_policy_is_never_longer_than_its_page_for_the_room_it_leaves() -> None:
    """However many lines there are, the room to write does not push the signatures to a second page."""
    form = (ROOT / "templates" / "generic.xlsx").read_bytes()
    sheet, problems = filled(form)
    assert problems == []
    high = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    wide = sum((one.width * 7 + 5) * ((one.max or 0) - (one.min or 0) + 1) for one in sheet.column_dimensions.values())
    page = (11.69 - 0.45 - 0.4) * 72 / min(1, (8.27 - 0.8) * 96 / wide)
    assert page * 0.8 < high < page
