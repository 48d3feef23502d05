"""A month whose files, or whose month before, are not there: what is said of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csctl.core.records.lines import PayLine, as_records
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Problem, Severity, errors_and_warnings
from csctl.workflow.closing.one_month import sign_off_of
from tests.months.team import EVENTS_HEAD, MONTHS, computed, seal, small_team, write

LAST, BEFORE, GAP = MONTHS[3], MONTHS[2], MONTHS[1]


def _said(folder: Path, code: str, month: str = LAST) -> list[Problem]:
    return [one for one in computed(folder, month).result.problems if one.code == code]


@pytest.mark.slow
def test_a_file_of_happenings_that_came_every_month_is_missed(tmp_path: Path) -> None:
    """Whether the months before are closed or open; an empty one is there, and says that nothing happened."""
    folder = small_team(tmp_path / "ws", MONTHS[:4])
    assert _said(folder, "files-no-longer-there") == []
    (folder / "data" / LAST / "events.csv").unlink()
    (said,) = _said(folder, "files-no-longer-there")
    assert f"data/{BEFORE}/events.csv" in problem_text(said, "en")
    seal(folder, MONTHS[:3])
    assert _said(folder, "files-no-longer-there") == [said]
    write(folder / "data" / LAST / "events.csv", EVENTS_HEAD)
    assert _said(folder, "files-no-longer-there") == []


@pytest.mark.slow
def test_a_table_whose_source_was_taken_out_of_the_workspace_is_missed(tmp_path: Path) -> None:
    """The closed months tell that it was there."""
    folder = seal(small_team(tmp_path / "ws", MONTHS[:4]), MONTHS[:3])
    config = folder / "csctl.toml"
    source = '[[source]]\ntable = "events"\nfiles = "data/{month}/events.csv"\noptional = true\n'
    config.write_text(config.read_text("utf-8").replace(source, ""), "utf-8")
    (said,) = _said(folder, "files-no-longer-there")
    assert "events" in problem_text(said, "en")


PRAISE = """
[measure.praised]
label = "Praised"
unit = "count"
table = "reviews"
rows = true

[[pay.award]]
id = "praise"
label = "Praise bonus"
amount = 20
when = { measure = "praised", at_least = 1 }
"""
LADDER = """
[[career.step]]
id = "up"
kind = "promotion"
from_level = "junior"
to_level = "senior"
[[career.step.all_of]]
id = "titled"
label = "Won a title"
titles = 1
"""


def _with_rules(folder: Path, more: str) -> Path:
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + more, "utf-8")
    return folder


def test_a_table_that_never_had_a_file_is_said_with_what_is_judged_without_it(tmp_path: Path) -> None:
    """Events never came, and nothing brings reviews at all: one line says both, and that pay hangs on them."""
    folder = _with_rules(small_team(tmp_path / "ws", MONTHS[:1]), PRAISE)
    assert [one.found for one in _said(folder, "tables-without-file", MONTHS[0])] == ["reviews (Praise bonus)"]
    (folder / "data" / MONTHS[0] / "events.csv").unlink()
    (said,) = _said(folder, "tables-without-file", MONTHS[0])
    assert said.severity is Severity.WARNING
    assert said.found == ("events (Cover / Rudeness)", "reviews (Praise bonus)")
    for language in LANGUAGES:
        assert "Rudeness" in problem_text(said, language)


def test_a_file_with_its_header_alone_says_that_nothing_happened(tmp_path: Path) -> None:
    folder = small_team(tmp_path / "ws", MONTHS[:1])
    write(folder / "data" / MONTHS[0] / "events.csv", EVENTS_HEAD)
    assert _said(folder, "tables-without-file", MONTHS[0]) == []


def test_a_table_of_the_ladder_alone_without_a_file_is_a_note(tmp_path: Path) -> None:
    folder = _with_rules(small_team(tmp_path / "ws", MONTHS[:1]), LADDER)
    (said,) = _said(folder, "tables-without-file-unpaid", MONTHS[0])
    assert (said.severity, said.found) == (Severity.NOTE, "titles (Won a title)")
    assert _said(folder, "tables-without-file", MONTHS[0]) == []


def test_what_has_no_file_is_asked_about_before_the_month_is_closed(tmp_path: Path) -> None:
    folder = _with_rules(small_team(tmp_path / "ws", MONTHS[:1]), PRAISE)
    page = sign_off_of(computed(folder, MONTHS[0]))
    data = next(topic for topic in page.topics if topic.name == "data")
    assert "tables-without-file" in [one.code for one in errors_and_warnings(data.lines)]


def test_a_source_that_came_until_last_month_is_said_once(tmp_path: Path) -> None:
    folder = small_team(tmp_path / "ws", MONTHS[:4])
    (folder / "data" / LAST / "events.csv").unlink()
    assert len(_said(folder, "files-no-longer-there")) == 1
    assert _said(folder, "tables-without-file") == []


def test_a_guarantee_lacks_the_month_in_between_and_not_those_before_it(tmp_path: Path) -> None:
    """July is there, August is not: July still counts, and only August is said to be missing."""
    folder = small_team(tmp_path / "ws", MONTHS[:4])
    roster = folder / "data/roster.csv"
    roster.write_text(roster.read_text("utf-8").replace("2025-07-01", "2026-07-01"), "utf-8")
    shutil.rmtree(folder / "data" / GAP)
    result = computed(folder, LAST).result
    assert [str(one.month) for one in computed(folder, LAST).given.past] == [MONTHS[0], BEFORE]
    (said,) = (one for one in result.problems if one.code == "guarantee-of-fewer-months")
    assert GAP in problem_text(said, "en")
    assert MONTHS[0] not in problem_text(said, "en")
    marks = [line.marks for line in as_records(result.pay_lines, PayLine) if line.kind == "guarantee"]
    assert marks
    assert all(f"months:{GAP}" in own for own in marks)


def test_a_row_of_months_over_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Ann was first in July, September and October: whether in August nobody knows, and it decides what is paid."""
    folder = small_team(tmp_path / "ws", MONTHS[:4])
    shutil.rmtree(folder / "data" / GAP)
    (said,) = _said(folder, "streak-months-missing")
    text = problem_text(said, "en")
    assert all(one in text for one in (GAP, "01 Ann", "Champion"))
    assert _said(folder, "streak-months-missing", MONTHS[0]) == []


def _two_raters(folder: Path, month: str, raters: dict[str, str]) -> None:
    (folder / "data" / month / "ratings.xlsx").unlink()
    config = folder / "csctl.toml"
    config.write_text(config.read_text("utf-8").replace("ratings.xlsx", "ratings.*"), "utf-8")
    rows = "".join(f"{who},superior,{rater},Tone,good\n" for rater, people in raters.items() for who in people.split())
    write(folder / "data" / month / "ratings.csv", "staff id,role,rater,item,value\n" + rows)


def test_a_rater_of_the_month_before_who_is_missing_is_said_whether_it_is_closed_or_not(tmp_path: Path) -> None:
    """Qian rated in July and not in August; in August Zhao alone is left."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    _two_raters(folder, MONTHS[0], {"Zhao": "01 02 03", "Qian": "01 02 03"})
    _two_raters(folder, MONTHS[1], {"Zhao": "01 02 03"})
    (said,) = _said(folder, "superiors-gone", MONTHS[1])
    assert said.found == "Qian"
    assert _said(folder, "superiors-gone", MONTHS[0]) == []
    seal(folder, MONTHS[:1])
    assert _said(folder, "superiors-gone", MONTHS[1]) == [said]
