"""A roster with several rows of a person, read from files as people write them, up to what they are shown."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.running import csctl

CONFIG = """
name = "Desk"
policy = "policy.toml"
language = "en"
[[source]]
table = "roster"
files = "roster.csv"
[[source]]
table = "interactions"
files = "calls.csv"
"""
POLICY = """
id = "desk"
label = "Desk"
version = "2026-10"
language = "en"
state = "reviewed"
effective = { from = "2026-01" }
[measure.calls]
label = "Calls"
unit = "count"
table = "interactions"
rows = true
[score]
pass_mark = 60
[[dimension]]
id = "work"
label = "Work"
weight = 100
[[dimension.indicator]]
id = "calls"
label = "Calls"
measure = "calls"
out_of = 2
missing = "block"
[[level]]
id = "C1"
[[level]]
id = "C2"
[pay]
days = "paid"
[pay.base]
by = "level"
amounts = { C1 = 2000, C2 = 3000 }
"""
CHINESE = "工号,姓名,组别,级别,入职日期,离职日期,生效日期,失效日期"
ENGLISH = "staff id,name,group,level,hire date,leave date,valid from,valid to"
ROWS = """
01,Ann,hot line,C1,2025-03-03,,,2026-11-08
01,Ann,desk,C2,,2026-11-15,2026-11-09,
01,Ann,hot line,C1,2026-11-23,,,
02,Bob,desk,C1,2025-03-03,,,
"""
CALLS = """date,staff id
2026-11-03,01
2026-11-17,01
2026-11-24,01
2026-11-03,02
2026-11-04,02
"""


@pytest.fixture(params=[CHINESE, ENGLISH])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "roster.csv").write_text(request.param + ROWS, "utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, "utf-8")
    return tmp_path


def test_both_parts_of_a_month_are_paid_and_shown(workspace: Path) -> None:
    """November 2026 has 21 workdays: Ann is a C1 on 2 to 6 and 23 to 30 (5 + 6), a C2 on 9 to 13 (5). 2000 × 11 ÷ 21 =
    1047.62, 3000 × 5 ÷ 21 = 714.29. Her call of the 17th is on a day on which she was not there.
    """
    done = csctl("run", "-w", workspace, "--month", "2026-11", "--json")
    amounts = {one["line"]: one["amount"] for one in done.data["pay_lines"] if one["agent_id"] == "01"}
    assert amounts == {"base": "1047.62", "base.2": "714.29"}
    assert [one["code"] for one in done.data["problems"]["list"]] == ["rows-outside-own-days"]
    assert "(… 2026-11-15, 2026-11-23 …)" in str(done.data["problems"])
    slip = openpyxl.load_workbook(workspace / "out" / "2026-11" / "payslips" / "01_Ann.xlsx").active
    assert slip is not None
    cells = {str(cell.value) for row in slip.iter_rows() for cell in row}
    dates = "C1 2026-11-01 – 2026-11-08, C1 2026-11-23 – 2026-11-30", "C2 2026-11-09 – 2026-11-15"
    assert set(dates) <= cells
    told = csctl("explain", "01", "base.2", "-w", workspace, "--month", "2026-11").out
    assert "714.29  5 days × 3,000 ÷ 21" in " ".join(told.split()).replace("714.29 5", "714.29  5")


def test_rows_that_overlap_stop_the_month_with_their_rows(workspace: Path) -> None:
    roster = workspace / "roster.csv"
    roster.write_text(roster.read_text("utf-8").replace("2026-11-08", "2026-11-09"), "utf-8")
    done = csctl("run", "-w", workspace, "--month", "2026-11")
    assert done.code == 2
    assert "rows 2 (2025-03-03 – 2026-11-09) and 3 (2026-11-09 – 2026-11-15)" in " ".join(done.err.split())
