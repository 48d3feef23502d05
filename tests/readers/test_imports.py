"""Exports brought into the cache, and what is said of those that cannot be."""

from __future__ import annotations

from pathlib import Path

from csctl.problems import Problem, Severity
from csctl.readers.imports import Wanted, bring_in
from csctl.readers.mapping.source import Source
from csctl.store.canonical import CanonicalStore

REMARK = "file-text-named-workbook"


def _problems(folder: Path, name: str, content: str) -> tuple[Problem, ...]:
    path = folder / name
    path.write_text(content, "utf-8")
    wanted = Wanted(path, name, Source(table="leave", files="*"), None)
    (brought,) = bring_in([wanted], CanonicalStore(folder / "cache"))
    return brought.problems


def test_that_a_workbook_is_text_is_said_as_an_error_only_where_it_cannot_be_used(tmp_path: Path) -> None:
    """A table in text is read whatever its name; of a letter called .xlsx the lead must hear what it is."""
    good = _problems(tmp_path, "good.xlsx", "姓名,请假类型,开始时间,结束时间\n王芳,事假,2026-10-01,2026-10-02\n")
    assert [(one.code, one.severity) for one in good if one.code == REMARK] == [(REMARK, Severity.NOTE)]
    letter = _problems(tmp_path, "letter.xlsx", "各位同事：\n请查收十月的数据。\n")
    assert (REMARK, Severity.ERROR) in [(one.code, one.severity) for one in letter]
    assert "columns-missing" in [one.code for one in letter]
    assert REMARK not in [one.code for one in _problems(tmp_path, "letter.csv", "各位同事：\n请查收十月的数据。\n")]
