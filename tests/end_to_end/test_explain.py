"""``csctl explain``: from pay to a row of an export that really says so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest

from csctl.problems import Problem
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.writing import explaining
from tests.end_to_end.running import MONTH, by_agent, csctl, record

Node = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _computed_once() -> Iterator[None]:
    """The workspace is the same for all questions here, and so is its month: only what is told of it is worked out for
    each.
    """
    known: dict[Asked, tuple[Computed | None, list[Problem]]] = {}

    def once(asked: Asked) -> tuple[Computed | None, list[Problem]]:
        key = replace(asked, progress=None, making=None)
        if key not in known:
            known[key] = compute(asked)
        computed, problems = known[key]
        return computed, list(problems)

    with mock.patch.object(explaining, "compute", once):
        yield


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node["children"]:
        yield from _nodes(child)


def _explained(workspace: Path, *arguments: str) -> Node:
    done = csctl("explain", *arguments, "-w", workspace, "--json")
    assert (done.code, done.faults) == (0, [])
    found: Node = done.data["explanation"]
    return found


def _cells(workspace: Path, place: dict[str, Any]) -> str:
    """The texts of the row an explanation names, as the file itself has them."""
    file: Path = workspace / place["file"]
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file)[place["sheet"]]
        return " | ".join(str(cell.value) for cell in sheet[place["row"]])
    content = file.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030"
    text: str = content.decode(encoding).splitlines()[place["row"] - 1]
    return text


def test_a_score_reaches_the_row_of_the_export_that_it_rests_on(october: Path) -> None:
    """The first response of 0007: every row shown lies in a file, and holds the seconds that are shown."""
    tree = _explained(october, "0007", "response", "--rows", "100")
    rows = [node for node in _nodes(tree) if node["place"] and node["place"]["row"] and "首次响应时长" in node["label"]]
    assert len(rows) == 56
    for node in rows:
        (seconds,) = re.findall(r"首次响应时长\(秒\) = (\d+)", node["label"])
        text = _cells(october, node["place"])
        assert f",{seconds}," in text
        assert ",晓晓," in text


def test_a_workbooks_row_is_named_by_file_sheet_and_row(october: Path) -> None:
    """The praise of 0012 stands in the workbook of events, on the named sheet, in the named rows, under its number."""
    tree = _explained(october, "0012", "praise", "--rows", "50")
    places = [node["place"] for node in _nodes(tree) if node["place"] and node["place"]["row"]]
    assert {(place["file"], place["sheet"]) for place in places} == {(f"data/{MONTH}/事件登记.xlsx", "事件登记")}
    texts = [_cells(october, place) for place in places]
    assert all("0012" in text and "客户表扬" in text for text in texts)
    lines = by_agent(record(october)["score_lines"], "line")
    assert Decimal(lines["0012", "praise"]["value"]) == len(set(texts)) == 4


def test_the_whole_tree_shows_pay_score_and_every_line(october: Path) -> None:
    """What stands in the record for 0007 stands in the tree: each pay line, each score line, the totals."""
    tree = _explained(october, "0007")
    shown = {node["line"] for node in _nodes(tree) if node["line"]}
    found = record(october)
    for rows in (found["pay_lines"], found["score_lines"]):
        assert {row["line"] for row in rows if row["agent_id"] == "0007"} <= shown
    board = next(row for row in found["scoreboard"] if row["agent_id"] == "0007")
    values = " ".join(node["value"] for node in _nodes(tree)).replace(",", "")
    assert board["score"] in values
    assert board["pay"] in values


def test_a_line_picks_the_part_of_the_tree_under_it(october: Path) -> None:
    """The part equals what the whole tree has under that id."""
    whole, part = _explained(october, "0007"), _explained(october, "0007", "fcr")
    assert part in list(_nodes(whole))
    assert part["line"] == "fcr"


def test_the_tree_on_the_screen_names_file_and_row(october: Path) -> None:
    """As text, too, with the clause."""
    done = csctl("explain", "0007", "response", "-w", october)
    assert (done.code, done.faults) == (0, [])
    joined = re.sub(r"[\s│├└─]+", "", done.out)
    assert re.search(rf"data/{MONTH}/在线会话_{MONTH}\.csv·第\d+行", joined)
    assert "IN-14" in joined


def test_a_name_of_two_people_is_asked_back(october: Path) -> None:
    """One line that gives both numbers; nothing on standard output."""
    done = csctl("explain", "王芳", "-w", october)
    assert (done.code, done.out) == (2, "")
    (line,) = done.faults
    assert "0002" in line
    assert "0011" in line


def test_a_name_of_one_person_is_enough(october: Path) -> None:
    """赵晓彤 is 0007, in any width of letters."""
    by_name, by_number = _explained(october, "赵晓彤", "fcr"), _explained(october, "０００７", "fcr")
    assert by_name == by_number


def test_a_line_that_is_none_lists_those_that_are(october: Path) -> None:
    """One line with the ids one may write."""
    done = csctl("explain", "0007", "nosuchline", "-w", october)
    assert (done.code, done.out) == (2, "")
    (line,) = done.faults
    assert all(name in line for name in ("nosuchline", "fcr", "pool1", "response"))


def test_a_line_that_is_nearly_one_is_answered_with_that(october: Path) -> None:
    """And not with all the others."""
    (line,) = csctl("explain", "0007", "respnse", "-w", october).faults
    assert "response" in line
    assert "pool1" not in line


def test_nobody_is_answered_with_the_names_of_all(october: Path) -> None:
    """As JSON it is one object too, with the problem in it and no explanation."""
    done = csctl("explain", "9999", "-w", october, "--json")
    assert done.code == 2
    assert done.faults == []
    (problem,) = done.data["problems"]["list"]
    assert (problem["code"], problem["found"]) == ("agent-not-found", "9999")
    assert "0007 赵晓彤" in problem["fix"]
    assert "explanation" not in done.data


@pytest.mark.slow
def test_the_tree_can_be_handed_out_as_a_workbook(october: Path, tmp_path: Path) -> None:
    """One row a figure, in the order of the tree, with the same values and places; nothing becomes a formula."""
    file = tmp_path / "why.xlsx"
    done = csctl("explain", "0007", "-w", october, "--xlsx", file)
    assert (done.code, done.faults) == (0, [])
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=3)]
    nodes = list(_nodes(_explained(october, "0007")))
    assert [str(row[0]).strip("　") for row in rows] == [node["label"] for node in nodes]
    assert [row[1] for row in rows] == [node["value"] for node in nodes]
    placed = [node["place"]["file"] for node in nodes if node["place"]]
    assert [str(row[5]).partition(" · ")[0] for row in rows if row[5]] == placed
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_folder_in_place_of_the_workbook_is_said_in_one_line(october: Path, tmp_path: Path) -> None:
    """Nothing is written, and the command says what is in the way."""
    blocked = tmp_path / "why.xlsx"
    blocked.mkdir()
    done = csctl("explain", "0007", "-w", october, "--xlsx", blocked)
    assert (done.code, len(done.faults)) == (2, 1)
    assert "why.xlsx" in done.faults[0]
    assert list(blocked.iterdir()) == []


def test_rows_are_told_in_the_headers_of_their_own_file_with_their_day(october: Path) -> None:
    """The export calls it 首次响应时长(秒); the day is that of the row."""
    tree = _explained(october, "0007", "response", "--rows", "100")
    rows = [node for node in _nodes(tree) if node["place"] and node["place"]["file"].endswith(".csv")]
    header = (october / rows[0]["place"]["file"]).read_bytes()
    encoding = "utf-8-sig" if header.startswith(b"\xef\xbb\xbf") else "gb18030"
    assert "首次响应时长(秒)" in header.decode(encoding).splitlines()[0]
    for node in rows:
        found = re.fullmatch(r"(2026-10-\d\d) \d\d:\d\d:\d\d，首次响应时长\(秒\) = \d+ 秒", node["label"])
        assert found is not None, node["label"]
        day = found[1]
        assert day in _cells(october, node["place"]).replace("/", "-")


def test_why_something_happened_is_told_where_the_file_says_it(october: Path) -> None:
    """The reason that the log of events has for a row stands beside it."""
    causes = 0
    for agent in ("0003", "0007", "0012"):
        for node in _nodes(_explained(october, agent, "--rows", "20")):
            said = re.search(r"(?:原因|事由|说明) = (.+)$", node["label"])
            if said is not None and node["place"]:
                causes += 1
                assert said[1] in _cells(october, node["place"])
    assert causes > 0


def test_a_measure_that_nothing_is_scored_by_can_be_asked_for(october: Path) -> None:
    """By name and by label; its figure is that of the record."""
    for name in ("late_count", "迟到次数"):
        node = _explained(october, "0007", name)
        assert (node["line"], node["label"]) == ("late_count", "迟到次数")


def test_the_page_has_all_that_the_screen_shows(october: Path, tmp_path: Path) -> None:
    """Every label, figure, note, line, rule and place of the tree."""
    file = tmp_path / "why.html"
    done = csctl("explain", "0007", "-w", october, "--html", file)
    assert (done.code, done.faults, str(file) in done.out) == (0, [], True)
    page = html.unescape(re.sub(r"<[^>]+>", "\n", file.read_text("utf-8")))
    lines = {line.strip() for line in page.splitlines()}
    for node in _nodes(_explained(october, "0007")):
        place = node["place"] or {"file": "", "row": None}
        wanted = [node[name] for name in ("label", "value", "note", "line", "rule")]
        assert {one.strip() for one in wanted if one} <= lines
        assert not place["file"] or any(place["file"] in line for line in lines)
