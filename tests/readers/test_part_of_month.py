"""A table without days that says it is of a part of the month."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.problems import Severity
from tests.readers.spelled import KINDS, read, written

ROWS = {
    "zh": [("姓名", "接待量"), ("张三", "12"), ("李四", "13")],
    "en": [("Name", "Handled"), ("Ann", "12"), ("Bob", "13")],
}
HALF = {
    "zh": ["统计周期：2026-10-01 至 2026-10-15", "10月1日-10月15日 客服数据", "2026年10月1日—15日"],
    "en": ["Period: 2026-10-01 to 2026-10-15", "Oct 1 – Oct 15, 2026", "1 – 15 October 2026", "20261001-20261015"],
}
WHOLE = ["统计周期：2026-10-01 至 2026-10-31", "10月1日-10月31日", "October 1 - 31, 2026", "2026-09-26 至 2026-10-31"]


def _said(path: Path) -> list[tuple[Severity, str]]:
    said = [one for one in read(path, "kpis").problems if one.code == "table-of-part-of-month"]
    return [(one.severity, str(one.found)) for one in said]


def _below(title: str, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(title,), *rows]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "title"), [(one, title) for one, titles in HALF.items() for title in titles])
def test_a_title_of_half_a_month_is_said(tmp_path: Path, kind: str, language: str, title: str) -> None:
    """Its figures count for all of it, and nobody would see that the other half is not in them."""
    assert _said(written(tmp_path, kind, _below(title, ROWS[language]))) == [
        (Severity.WARNING, "2026-10-01 – 2026-10-15")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("title", [*WHOLE, "打印日期：2026-10-01 至 2026-10-15", "2026-10", "客服数据"])
def test_a_title_of_the_whole_month_or_of_none_is_no_doubt(tmp_path: Path, kind: str, title: str) -> None:
    """Nor is when it was printed."""
    assert _said(written(tmp_path, kind, _below(title, ROWS["zh"]))) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "head"), [("zh", "统计周期"), ("en", "Period")])
def test_a_column_of_spans_is_taken_together(tmp_path: Path, kind: str, language: str, head: str) -> None:
    """Two halves are a month; one of them alone is not."""

    def rows(*spans: str) -> list[tuple[str, ...]]:
        heads, *people = ROWS[language]
        return [(head, *heads), *((span, *one) for span in spans for one in people)]

    first, second = "2026-10-01~2026-10-15", "2026-10-16~2026-10-31"
    assert _said(written(tmp_path, kind, rows(first))) == [(Severity.WARNING, "2026-10-01 – 2026-10-15")]
    assert _said(written(tmp_path, kind, rows(first, second))) == []


def test_the_name_of_the_file_says_it_too(tmp_path: Path) -> None:
    """As platforms name their exports."""
    path = written(tmp_path, "csv", ROWS["zh"]).rename(tmp_path / "客服数据_20261016-20261031.csv")
    assert _said(path) == [(Severity.WARNING, "2026-10-16 – 2026-10-31")]
