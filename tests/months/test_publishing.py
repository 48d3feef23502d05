"""When results are made known and can be objected to, and what people see of a month after an appeal was won."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from csctl.cli.showing.month_tables import scoreboard_table
from csctl.core.closing.limits import Limits
from csctl.core.closing.publishing import not_appealable, withheld
from csctl.core.closing.sign_off import SignOffInput, sign_off
from csctl.policy.model import Policy
from csctl.workflow.appeals.appealing import DecideAsked, FileAsked, decide_appeal, file_appeal
from csctl.workflow.month.compute import compute
from csctl.workflow.writing.payslips import published_files
from tests.cli.small import add, change
from tests.months.team import AT, asked, close_one, computed, month_of, small_team, yes
from tests.workbench import policy

OCTOBER = month_of("2026-10")
RULES = '\n[publication]\nneeds_state = "published"\nafter = "closed"\nrule = "P-1"\n'


def _rules(state: str, text: str) -> Policy:
    return policy(f"[publication]\n{text}\n").model_copy(update={"state": state})


@pytest.mark.parametrize(
    ("state", "text", "closed", "why"),
    [
        ("published", "", False, []),
        ("reviewed", "", True, ["publication-needs-state"]),
        ("reviewed", 'needs_state = "reviewed"', True, []),
        ("draft", 'needs_state = "reviewed"', True, ["publication-needs-state"]),
        ("published", "announced_on = 2026-10-01", True, []),
        ("published", "announced_on = 2026-10-02", True, ["publication-needs-announcement"]),
        ("published", 'after = "closed"', True, []),
        ("published", 'after = "closed"', False, ["publication-needs-closing"]),
    ],
)
def test_results_wait_for_rules_that_were_made_known_and_for_the_review(
    state: str, text: str, closed: bool, why: list[str]
) -> None:
    """Made known on the first of a month, rules hold for it; a day later not. Appeals need the rules alone."""
    rules = _rules(state, text)
    assert [one.code for one in withheld(rules, OCTOBER, closed=closed)] == why
    assert [one.code for one in not_appealable(rules, OCTOBER)] == [one for one in why if "closing" not in one]


def test_a_policy_that_says_nothing_of_it_holds_nothing_back() -> None:
    """Even as a draft, in an open month."""
    assert withheld(policy("").model_copy(update={"state": "draft"}), OCTOBER, closed=False) == []


def _scores(folder: Path, month: str) -> list[str]:
    """The scores on the list that hangs up; [] if there is none."""
    files, _ = published_files(computed(folder, month))
    text = files.get("published.csv", b"").decode("utf-8-sig")
    return [score for _, _, score, _ in list(csv.reader(io.StringIO(text)))[1:]]


def test_there_is_a_list_once_the_month_is_closed(team: Path) -> None:
    """July, reviewed and closed; August, computed only, has none, and it is said why."""
    change(team / "policy.toml", 'state = "reviewed"', 'state = "published"')
    add(team / "policy.toml", RULES)
    assert close_one(team, "2026-07").state == "closed"
    assert len(_scores(team, "2026-07")) == 3
    files, problems = published_files(computed(team, "2026-08"))
    assert (files, [one.code for one in problems]) == ({}, ["publication-needs-closing"])


def test_closing_asks_whether_results_that_can_never_be_made_known_are_meant(team: Path) -> None:
    """A closed month stays under the rules as they were; under published ones nothing is asked."""
    add(team / "policy.toml", RULES)
    assert _asked_before_closing(team) == ["closing-not-in-force"]
    change(team / "policy.toml", 'state = "reviewed"', 'state = "published"')
    assert _asked_before_closing(team) == []


def _asked_before_closing(team: Path) -> list[str]:
    made = computed(team, "2026-07")
    topics = sign_off(SignOffInput(made.result, None, (), Limits(), "en")).topics
    return [one.code for topic in topics for one in topic.lines if one.code == "closing-not-in-force"]


def test_nobody_appeals_against_rules_that_were_not_made_known(team: Path) -> None:
    """Reviewed is not published; once it is, the same appeal is filed."""
    add(team / "policy.toml", RULES)
    made = FileAsked(asked(team, "2026-08"), "Bob", "tone", "it was recorded", "good", "", AT)
    refused = file_appeal(made)
    assert (refused.state, [one.code for one in refused.problems]) == ("stopped", ["publication-needs-state"])
    change(team / "policy.toml", 'state = "reviewed"', 'state = "published"')
    assert file_appeal(made).state == "filed"


@pytest.mark.slow
def test_an_appeal_won_after_closing_is_seen_on_the_list_and_the_scoreboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bob: 60 × 75 % + 40 × 70 % = 73; with the tone good instead of fair 60 × 75 % + 40 × 100 % = 85."""
    monkeypatch.setattr("csctl.sheets.published_list.FEWEST_WITH_SCORES", 1)
    folder = small_team(tmp_path / "ws", ["2026-10", "2026-11"])
    assert close_one(folder, "2026-10").state == "closed"
    assert "73.00" in _scores(folder, "2026-10")
    filing = FileAsked(asked(folder, "2026-10"), "Bob", "tone", "it was recorded", "good", "", AT)
    assert file_appeal(filing).state == "filed"
    decided = decide_appeal(DecideAsked(asked(folder), 1, "accepted", "", "listened to the call", "Boss", AT), yes)
    assert decided.state == "decided"
    assert {"85.00"} <= set(_scores(folder, "2026-10"))
    files, _ = published_files(computed(folder, "2026-10"))
    sheet = openpyxl.load_workbook(io.BytesIO(files["published.xlsx"])).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert [str(cell).endswith(" *") for cell in cells if cell is not None].count(True) == 1
    assert any(str(cell).startswith("* changed by an appeal") for cell in cells)
    _, problems = compute(asked(folder, "2026-10"))
    (said,) = [one for one in problems if one.code == "month-rescored"]
    assert said.parameters["scores"] == "02 73.00 → 85.00"
    assert "73.00" not in _scores(folder, "2026-10")
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(scoreboard_table(computed(folder, "2026-10"), "en", 200))
    (row,) = [line for line in console.export_text().splitlines() if "Bob" in line]
    assert "85.00" in row
    assert "73.00" not in row
