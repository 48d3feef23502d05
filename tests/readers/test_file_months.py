"""The names of files say their month in the ways people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.month import Month
from csctl.readers.columns.file_months import for_any_month, for_month, month_of_path, names_month
from csctl.workspace import months_in_names, source_files, workspace_of

SEPTEMBER = Month(2026, 9)
WAYS = {
    "data/{month}/calls*.csv": "data/2026-09/calls_1.csv",
    "绩效{yyyy}年{m}月*.xlsx": "绩效2026年9月(终).xlsx",
    "calls_{yyyy}{mm}*.csv": "calls_20260914.csv",
    "Calls {mmm} {yyyy}.csv": "Calls Sep 2026.csv",
    "{yyyy}/{mmmm}/*.xls": "2026/September/a.xls",
    "**/{yyyy}.{mm}/[[]导出]*.csv": "客服/2026.09/[导出]会话.csv",
}


@pytest.mark.parametrize(("pattern", "name"), WAYS.items())
def test_a_pattern_finds_the_files_of_a_month_and_reads_the_month_from_a_name(
    pattern: str, name: str, tmp_path: Path
) -> None:
    """What the pattern of one month meets is of that month by its name."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert list(tmp_path.glob(for_month(pattern, SEPTEMBER))) == [path]
    assert list(tmp_path.glob(for_month(pattern, Month(2026, 10)))) == []
    assert path in tmp_path.glob(for_any_month(pattern))
    assert month_of_path(pattern, name) == SEPTEMBER


@pytest.mark.parametrize(
    ("pattern", "name"),
    [("{yyyy}-{mm}.csv", "2026-13.csv"), ("{m}月.csv", "9月.csv"), ("{month}/{month}.csv", "2026-09/2026-10.csv")],
)
def test_a_name_that_says_no_one_month_is_of_none(pattern: str, name: str) -> None:
    """A thirteenth month, a month without a year, two months."""
    assert month_of_path(pattern, name) is None


def test_a_month_needs_its_year() -> None:
    """A blank for the month alone is a text like any other."""
    assert not names_month("{m}月.csv")
    assert for_month("{m}月.csv", SEPTEMBER) == "{m}月.csv"


def test_january_is_not_october(tmp_path: Path) -> None:
    """The glob of month 1 meets the name of month 10, and the name decides."""
    for name in ("表1.csv", "表10.csv"):
        (tmp_path / "2026").mkdir(exist_ok=True)
        (tmp_path / "2026" / name).write_text("工号,姓名\n1,甲\n", "utf-8")
    text = (
        'name = "x"\npolicy = "x"\n[[source]]\ntable = "roster"\nfiles = "r.csv"\n'
        '[[source]]\ntable = "kpis"\nfiles = "{yyyy}/表{m}*.csv"\n'
    )
    workspace, problems = workspace_of(tmp_path, text)
    assert workspace is not None, problems
    assert months_in_names(workspace) == {Month(2026, 1), Month(2026, 10)}
    found = source_files(workspace, workspace.sources[1], Month(2026, 1))
    assert [one.shown_as for one in found] == ["2026/表1.csv"]
