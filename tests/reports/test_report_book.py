"""``report.xlsx``: tables as cells, charts as charts, texts as texts."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from csctl.core.records.fates import TOTALS, Fates
from csctl.core.records.lines import Score, as_frame
from csctl.core.records.result import MonthResult
from csctl.reports.report_book import report_book, week_book
from csctl.workbook.charted import ChartBook, ChartTable
from tests.libreoffice import convert
from tests.reports.months import OCTOBER, many, report_input
from tests.reports.test_report_page import some_weeks
from tests.sheets.month import AGENTS, POLICY, SCORES, month_result

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(content: bytes) -> Any:
    """The workbook as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    """The values of a sheet."""
    return list(sheet.iter_rows(values_only=True))


def charts_of(content: bytes) -> list[ElementTree.Element]:
    """The charts in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        return [ElementTree.fromstring(archive.read(name)) for name in names]  # noqa: S314 - our own file


def test_its_sheets_and_charts() -> None:
    """A sheet for each part, a pool each; every one that can be drawn has a native chart."""
    content = report_book(report_input(), some_weeks())
    book = opened(content)
    assert book.sheetnames == [
        "得分榜", "热力图", "走势", "全组走势", "奖金池 1", "奖金池 2", "薪资构成", "变化", "原因", "逐周", "数据质量",
        "文件与行", "列的读法",
    ]  # fmt: skip
    plots = [next(chart.iter(f"{CHART}plotArea")) for chart in charts_of(content)]
    assert sum(plot.find(f"{CHART}lineChart") is not None for plot in plots) == 1
    assert len(plots) == sum((1, 1 + 3, 2, 1, 1)), "scores, trends, pools, pay, causes"


def test_the_scoreboard_as_cells() -> None:
    """Numbers are numbers, with what changed; nothing where there is nothing."""
    rows = rows_of(opened(report_book(report_input()))["得分榜"])
    assert rows[1] == ("名次", "姓名", "组别", "级别", "得分", "比上月", "等级", "应发（元）", "比上月")
    assert rows[2][:7] == (1, "王小明 007", "一组", "C1", 95, 10, "良好")
    assert rows[5][:6] == (None, "李四 7", None, "C1", None, None)


def test_the_scoreboard_says_whose_figures_rest_on_something_inferred() -> None:
    """A column of its own, where there is anything to say."""
    scores = [replace(one, marks=("missing", "days:10-14")) if one.agent_id == "007" else one for one in SCORES]
    marked = month_result(scores=as_frame(scores, Score))
    rows = rows_of(opened(report_book(report_input(marked, language="en")))["Scoreboard"])
    assert rows[1][-1] == "Missing or inferred"
    assert rows[2][-1] == "an item has no data; nothing tells of attendance on these days: 10-14"
    assert {row[-1] for row in rows[3:6]} == {None}


def test_a_chart_draws_the_cells_it_stands_on() -> None:
    """The figures cached in the chart of scores are those of the table, for the scored alone."""
    chart = charts_of(report_book(report_input()))[0]
    values = [point.findtext(f"{CHART}v") for point in next(chart.iter(f"{CHART}val")).iter(f"{CHART}pt")]
    assert values == ["95.00", "85.00", "60.00"]
    names = [point.findtext(f"{CHART}v") for point in next(chart.iter(f"{CHART}cat")).iter(f"{CHART}pt")]
    assert names == ["王小明 007", "=1+1 08", "张三 100000000000000001"]


def test_a_missing_indicator_is_a_hatched_gap() -> None:
    """No zero stands there; a share is a number between 0 and 1."""
    sheet = opened(report_book(report_input()))["热力图"]
    assert sheet["D5"].value is None
    assert sheet["D5"].fill.patternType not in (None, "solid")
    assert (sheet["B4"].value, sheet["C4"].value) == (1, 0.6667)


def formulas(content: bytes) -> list[str]:
    """Cells that a program would calculate."""
    book = opened(content)
    return [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def nasty() -> MonthResult:
    """Names that look like formulas."""
    names = ("=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "-2")
    agents = tuple(replace(one, name=name, group=name) for one, name in zip(AGENTS, names, strict=True))
    return month_result(agents=agents, policy=POLICY.model_copy(update={"label": "=2+2"}))


def test_no_text_becomes_a_formula() -> None:
    """Neither a name nor a label, in a cell or in a chart."""
    content = report_book(report_input(nasty()), some_weeks())
    assert formulas(content) == []
    references = [ref.text or "" for chart in charts_of(content) for ref in chart.iter(f"{CHART}f")]
    assert references
    assert all("!$" in one for one in references)


def test_the_same_month_gives_the_same_workbook() -> None:
    """Byte by byte, in both languages."""
    for language in ("zh", "en"):
        given = report_input(language=language)
        assert report_book(given, some_weeks()) == report_book(given, some_weeks())


def test_weeks_alone_are_a_workbook() -> None:
    """The team first, then everybody; what is left out is said."""
    content = week_book(month_result(), some_weeks(), "zh")
    rows = rows_of(opened(content)["逐周"])
    assert "年度销售" in rows[1][0]
    assert rows[3][:5] == ("接待量", "次", "全组", 1, None)
    assert len(rows) == 4 + len(AGENTS)


@pytest.mark.slow
def test_another_program_draws_it(tmp_path: Path) -> None:
    """LibreOffice prints every sheet."""
    file = tmp_path / "report.xlsx"
    file.write_bytes(report_book(report_input(), some_weeks()))
    assert convert([file], "pdf", tmp_path)[0].stat().st_size > 20_000


def test_a_row_is_as_high_as_its_longest_wrapped_cell() -> None:
    """58 characters fit a line, Chinese ones count twice: one line, two of 15 points and three, with 3 around them."""
    book = ChartBook(date(2026, 10, 1))
    rows = [["a" * 58], ["制" * 30], ["a\nb\nc"]]
    book.sheet("S", "Heading").table(ChartTable(["Text"], ["wrap"], rows))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content()))["S"]
    assert [sheet.row_dimensions[number].height for number in (3, 4, 5)] == [None, 33, 48]


def test_every_column_of_a_file_stands_on_a_sheet_of_its_own() -> None:
    """Header, canonical column, unit, by what it was decided, what is empty, and the three values as understood."""
    rows = rows_of(opened(report_book(report_input()))["列的读法"])
    assert rows[1] == ("文件", "表头", "列", "单位和写法", "依据", "空格和读不出", "最小", "中位", "最大")
    assert rows[2] == ("订单.csv", "净额", "amount", "1,234.56", "整列内容", "空 10%，1 格读不出", "1", "298", "1280")
    assert rows[3][3:5] == ("minutes", "通常的写法")
    assert rows[3][7] == "3.5 → 3 分 30 秒"
    assert rows[4] == ("订单.csv", "=订单号", "order_id", None, None, None, None, None, None)


def test_files_and_their_rows_have_a_sheet_of_their_own() -> None:
    """Its columns are as wide as this table needs, not as the problems do."""
    fates = Fates("data/订单.csv", "", "orders", rows=23, header=1, counted=20, left_out=((TOTALS, 1),), refused=1)
    rows = rows_of(opened(report_book(report_input(replace(month_result(), coverage=(fates,)))))["文件与行"])
    assert rows[1] == ("文件", "数据表", "行数", "表头", "计入", "合计行", "读不出")
    assert rows[2] == ("data/订单.csv", "订单", 23, 1, 20, 1, 1)


def test_lines_of_many_are_not_a_tangle() -> None:
    """Of nine people six have a colour and stand in the legend, the others are thin, grey and unnamed."""
    before = replace(many(9), month=OCTOBER.shift(-1))
    chart = next(
        one for one in charts_of(report_book(report_input(many(9), past=(before,)))) if one.find(f".//{CHART}lineChart")
    )
    colours = [one.find(f"{CHART}spPr//{A}srgbClr").attrib["val"] for one in chart.iter(f"{CHART}ser")]  # type: ignore[union-attr]
    assert colours[:3] == ["D0D4DA"] * 3
    assert len(set(colours[3:])) == len(colours[3:]) == 6
    unnamed = [one.find(f"{CHART}idx").attrib["val"] for one in chart.iter(f"{CHART}legendEntry")]  # type: ignore[union-attr]
    assert unnamed == ["0", "1", "2"]


def test_a_large_team_has_charts_that_fit_a_page_and_no_warning() -> None:
    """300 people: no chart draws more than 40 of anything, none has more than six lines, and the library is silent."""
    before = replace(many(300), month=OCTOBER.shift(-1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        content = report_book(report_input(many(300), past=(before,)))
    for chart in charts_of(content):
        assert max(len(list(series.iter(f"{CHART}pt"))) for series in chart.iter(f"{CHART}ser")) <= 2 * 40 + 1
        assert len(list(chart.iter(f"{CHART}ser"))) <= 6
    assert rows_of(opened(content)["得分分布"])[3:5] == [("100–110", 1), ("90–100", 100)]


def test_the_charts_of_the_team_stand_two_beside_each_other_below_their_figures() -> None:
    """On a sheet of their own; none reaches over the width of the sheet's page."""
    with zipfile.ZipFile(io.BytesIO(report_book(report_input()))) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name]
    pairs = [re.findall(r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", one) for one in drawings]
    team = next(one for one in pairs if len(one) == 3)
    assert [row for _, row in team] == [team[0][1], team[0][1], str(int(team[0][1]) + 11)]
    assert int(team[0][0]) == int(team[2][0]) == 0 < int(team[1][0])


def test_how_many_complaints_do_not_count_stands_above_the_causes() -> None:
    """In the workbook as on the page."""
    rows = rows_of(opened(report_book(report_input()))["原因"])
    assert rows[1][0] == "共 5 条；未认定有效的 2 条不计"
    assert rows[2][:3] == ("投诉原因", "数量", "占比")


def test_axes_mark_thousands_and_count_in_whole_steps() -> None:
    """There are no one and a half complaints."""
    charts = charts_of(report_book(report_input()))
    axes = [axis for chart in charts for axis in chart.iter(f"{CHART}valAx")]
    assert {one.get("formatCode") for axis in axes for one in axis.iter(f"{CHART}numFmt")} == {
        "[>=1000]#,##0;[<=-1000]-#,##0;General"
    }
    steps = [str(one.get("val")) for axis in axes for one in axis.iter(f"{CHART}majorUnit")]
    assert steps
    assert all(float(step).is_integer() for step in steps)
