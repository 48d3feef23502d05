"""A file that came every month and is not there now is said; one that comes now and then is not missed."""

from __future__ import annotations

from csctl.core.coverage.gone import SourceSeen, gone_sources_warning
from csctl.messages import problem_text
from csctl.problems import Place, Severity
from tests.workbench import OCTOBER


def _seen(table: str, *before: bool, now: bool = False) -> SourceSeen:
    """A source; whether each month before has a file, latest first."""
    files = [f"2026-{9 - back:02}/{table}.csv" if there else "" for back, there in enumerate(before)]
    return SourceSeen(table, f"2026-10/{table}.csv", now, files)


def _said(*seen: SourceSeen, asked: tuple[str, ...] = ()) -> str:
    """The one warning, or nothing."""
    found = gone_sources_warning(seen, OCTOBER, asked, Place("csctl.toml"))
    assert len(found) <= 1
    assert all(one.severity is Severity.WARNING for one in found)
    return "".join(problem_text(one, "en") for one in found)


def test_a_table_that_came_last_month_and_does_not_now_is_named_with_what_to_write() -> None:
    """Several are one line."""
    text = _said(_seen("complaints", True), _seen("leave", True, True), _seen("events", True, now=True))
    assert all(one in text for one in ("complaints", "2026-09/complaints.csv", "leave"))
    assert "events" not in text
    found = gone_sources_warning([_seen("complaints", True)], OCTOBER, (), Place("csctl.toml"))
    assert found[0].parameters["patterns"] == "2026-10/complaints.csv"


def test_what_comes_now_and_then_is_not_missed() -> None:
    """Titles of one month of two, or of every other month; of the last two months the third is missed."""
    assert _said(_seen("titles", True, False, True)) == ""
    assert _said(_seen("titles", True, False)) == ""
    assert _said(_seen("titles", False, True, True)) == ""
    assert _said(_seen("titles")) == ""
    assert "titles" in _said(_seen("titles", True, True, False))


def test_a_table_whose_rows_are_due_is_said_to_be_empty_and_not_twice() -> None:
    """Unless another source of it came: then nobody would see that one is missing; or nothing asks for its rows."""
    gone = _seen("attendance", True)
    assert _said(gone, asked=("attendance",)) == ""
    assert "attendance" in _said(gone)
    assert "attendance" in _said(gone, _seen("attendance", True, now=True), asked=("attendance",))
