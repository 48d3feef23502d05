"""Files that are the same export of other months, by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.month import Month
from csctl.readers.proposing.file_names import common_pattern, matches_pattern, parse_file_name, patterns

GROUPS = {
    ("calls_2026-09_w1.csv", "calls_2026-09_w2.csv"): "calls_{month}_w*.csv",
    ("绩效2026年9月.xlsx", "绩效2026年10月.xlsx"): "绩效{yyyy}年{m}月.xlsx",
    ("绩效2026年10月.xlsx",): "绩效{yyyy}年{m}月.xlsx",
    ("a_202610.csv", "a_202609.csv"): "a_{yyyy}{mm}.csv",
    ("calls_20260901-20260907.csv", "calls_20260908-20260930.csv"): "calls_{yyyy}{mm}*-{yyyy}{mm}*.csv",
    ("2026/9月/考勤.xls",): "{yyyy}/{m}月/考勤.xls",
    ("2026-09/会话202609(1).csv", "2026-10/会话202610(2).csv"): "{month}/会话{yyyy}{mm}(*).csv",
    ("Sep 2026 CSAT.xlsx", "Oct 2026 CSAT.xlsx"): "{mmm} {yyyy} CSAT.xlsx",
    ("09-2026 Call Detail.txt", "10-2026 Call Detail.txt"): "{mm}-{yyyy} Call Detail.txt",
    ("qa_10.2026.csv",): "qa_{mm}.{yyyy}.csv",
    ("01-10-2026.csv",): "01-10-2026.csv",
    ("tickets-2026-September.csv",): "tickets-{yyyy}-{mmmm}.csv",
    ("export (3).csv", "export (4).csv"): "export (*).csv",
    ("export (3).csv",): "export (3).csv",
    ("花名册[新].xlsx",): "花名册[[]新].xlsx",
    ("all_20260901_20261031.csv",): "all_20260901_20261031.csv",
}


@pytest.mark.parametrize(("names", "pattern"), GROUPS.items())
def test_files_of_one_export_have_one_pattern(names: tuple[str, ...], pattern: str) -> None:
    """The month as they write it, a star for what else differs; it meets each of them."""
    group = [parse_file_name(name) for name in names]
    assert len({one.skeleton for one in group}) == 1
    assert common_pattern(group) == pattern
    assert all(matches_pattern(pattern, name) for name in names)


def test_a_name_of_two_months_names_none() -> None:
    """Nobody can tell of which its rows are."""
    assert parse_file_name("all_20260901_20261031.csv").month is None
    assert parse_file_name("a_2026-09.csv").month == Month(2026, 9)


def test_a_pattern_that_would_mean_others_too_gives_way_to_names() -> None:
    """Each file by its own name, as it stands."""
    alike = {"numbers": [parse_file_name("a1.csv"), parse_file_name("a2.csv")], "other": [parse_file_name("ab.csv")]}
    assert set(patterns(alike, [])) == {"a1.csv", "a2.csv", "ab.csv"}
    assert set(patterns({"numbers": [parse_file_name("a1.csv"), parse_file_name("a2.csv")]}, [])) == {"a*.csv"}
    assert set(patterns({"numbers": [parse_file_name("a1.csv"), parse_file_name("a2.csv")]}, ["a9.csv"])) == {
        "a1.csv",
        "a2.csv",
    }


NAMES = st.text(st.sampled_from("ab月考[*?-_ 019"), min_size=1, max_size=8)


@given(NAMES, st.integers(2024, 2027), st.integers(1, 12), NAMES)
def test_a_pattern_meets_the_file_it_was_made_of(before: str, year: int, month: int, after: str) -> None:
    """Whatever stands around the month."""
    path = f"{before}{year}-{month:02d}{after}.csv"
    assert matches_pattern(common_pattern([parse_file_name(path)]), path)
