"""Reviews and cases at the command line: what is shown, what is booked, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.small import add, change, small_workspace
from tests.end_to_end.running import Done, csctl

LADDER = """
[career]
[[career.step]]
id = "up"
kind = "promotion"
from_level = "junior"
to_level = "senior"
all_of = [
    { id = "tenure", label = "Six months here", tenure_months = 6 },
    { id = "craft", label = "Knows the craft", judge = true },
]
procedure = ["review", "approval"]

[[career.step]]
id = "grow"
kind = "promotion"
from_level = "junior"
to_level = "senior"
all_of = [{ id = "long", label = "Three years here", tenure_months = 36 }]

[[career.step]]
id = "out"
kind = "dismissal"
from_level = "*"
all_of = [{ id = "fails", label = "Two months failed in a row", failed_months = 2, consecutive = true }]
"""

CLOSED = ("2026-08", "2026-09")


def _copy_month(desk: Path, source: str, target: str) -> None:
    """Exports of another month, the same but for their dates."""
    for name in ("calls.csv", "orders.csv"):
        file = desk / "data" / target / name
        file.parent.mkdir(exist_ok=True)
        file.write_text((desk / "data" / source / name).read_text("utf-8").replace(f"{source}-", f"{target}-"), "utf-8")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk with a ladder, August and September closed, October not. Not to be changed."""
    folder = small_workspace(tmp_path_factory.mktemp("ladder") / "ws")
    add(folder / "policy.toml", LADDER)
    _copy_month(folder, "2026-09", "2026-08")
    for month in CLOSED:
        done = csctl("close", "--month", month, "--yes", "-w", folder)
        assert done.code == 0, done.err
    return folder


@pytest.fixture
def desk(closed: Path, tmp_path: Path) -> Path:
    """A copy of it to change at will."""
    return Path(shutil.copytree(closed, tmp_path / "ws"))


def promotion(desk: Path, *words: str) -> Done:
    """A command about a case."""
    return csctl("promotion", *words, "-w", desk)


def recommend(desk: Path, agent: str = "01", step: str = "up", *more: str) -> Done:
    """A recommendation by the lead."""
    return promotion(desk, "recommend", agent, step, "--by", "Zoe", "--reason", "steady", *more)


def verdicts(desk: Path, *words: str) -> dict[tuple[str, str], str]:
    """The verdicts of a review as data."""
    data = csctl("promote-check", "--json", "-w", desk, *words).data
    return {(row["agent_id"], row["step"]): row["verdict"] for row in data["steps"]}


def listed(desk: Path) -> list[dict[str, Any]]:
    """All cases as data."""
    found: list[dict[str, Any]] = csctl("promotion", "list", "--json", "-w", desk).data["cases"]
    return found


# ---- the review ------------------------------------------------------------------------------------------------


def test_a_review_names_candidates_in_full_and_the_others_in_a_line(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ann needs a judgement; Bob is on the top level; nothing is wider than the screen but the lines that may be."""
    monkeypatch.setenv("COLUMNS", "80")
    done = csctl("promote-check", "-w", closed)
    assert (done.code, done.faults) == (0, [])
    head, _, rest = done.out.partition("one line each:")
    assert "Small desk · promotion review · 2026-09 · from closed months 2026-08 to 2026-09 (2)" in head
    assert "01 Ann  promotion  junior → senior  needs judgement  [up]" in head
    assert "✓ Six months here" in head
    assert "? Knows the craft" in head
    assert "01 Ann  promotion  junior → senior  not yet  [grow]  1 missing: Three years here" in rest
    assert "needed: " not in rest


def test_one_agent_or_step_is_shown_in_full(closed: Path) -> None:
    """By name as well as by number; so is everybody with --all."""
    for words in (("--agent", "Ann"), ("--step", "grow"), ("--all",)):
        out = csctl("promote-check", "-w", closed, *words).out
        assert "✗ Three years here" in out
        assert "one line each" not in out or "no step applies" in out


def test_the_data_hold_every_agent_before_every_step(closed: Path) -> None:
    """Three agents, three steps."""
    found = verdicts(closed)
    assert len(found) == 9
    assert found["01", "up"] == "needs_judgement"
    assert found["01", "grow"] == "not_yet"
    assert found["02", "up"] == "not_applicable"
    assert verdicts(closed, "--agent", "02", "--step", "up") == {("02", "up"): "not_applicable"}


def test_an_answer_written_after_the_month_was_closed_counts(desk: Path) -> None:
    """The review comes later than the close, and closed months stay what they are."""
    add(desk / "csctl.toml", '\n[[source]]\ntable = "ratings"\nfiles = "data/{month}/ratings.csv"\noptional = true\n')
    (desk / "data" / "2026-09" / "ratings.csv").write_text(
        "staff id,date,rater,role,item,value\n01,2026-09-30,Zoe,superior,craft,yes\n03,2026-09-30,Zoe,panel,craft,no\n",
        "utf-8",
    )
    found = verdicts(desk)
    assert (found["01", "up"], found["03", "up"]) == ("candidate", "not_yet")
    assert verdicts(desk, "--month", "2026-08")["01", "up"] == "needs_judgement"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "2026-10"), "2026-10 is not closed; closed months: 2026-08, 2026-09"),
        (("--month", "soon"), "“soon” is not a month"),
        (("--agent", "Nobody"), "nobody called “Nobody”"),
        (("--step", "sideways"), "there is no step “sideways”"),
    ],
)
def test_what_cannot_be_reviewed_is_said_in_one_line(closed: Path, words: tuple[str, ...], said: str) -> None:
    """With what to write instead; as data too."""
    done = csctl("promote-check", "-w", closed, *words)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert said in done.err
    assert csctl("promote-check", "--json", "-w", closed, *words).data["problems"]["errors"] == 1


def test_a_workspace_that_never_closed_a_month_gets_a_provisional_review(tmp_path: Path) -> None:
    """Open months are counted and said to be open, on the screen, in the data and on every sheet; nothing is booked."""
    folder = small_workspace(tmp_path / "ws")
    add(folder / "policy.toml", LADDER)
    done = csctl("promote-check", "-w", folder)
    assert (done.code, done.faults) == (0, [])
    assert "promotion review (provisional) · 2026-10 · from open months 2026-09 to 2026-10 (2)" in done.out
    assert "csctl close --through 2026-10" in done.out
    data = csctl("promote-check", "--json", "-w", folder).data
    assert (data["closed_months"], data["provisional_months"]) == ([], ["2026-09", "2026-10"])
    assert {(one["agent_id"], one["step"]): one["verdict"] for one in data["steps"]}["01", "up"] == "needs_judgement"
    csctl("promote-check", "--xlsx", folder / "review.xlsx", "-w", folder)
    book = openpyxl.load_workbook(folder / "review.xlsx")
    assert all(str(sheet["A2"].value).startswith("Provisional") for sheet in book if sheet.sheet_state == "visible")
    for words in (("recommend", "--reason", "x"), ("approve",), ("reject", "--reason", "x")):
        refused = promotion(folder, words[0], "01", "up", "--by", "Zoe", *words[1:])
        assert (refused.code, "csctl close --through 2026-10" in refused.err) == (2, True)
    assert not (folder / ".csctl" / "ledger.db").exists()
    earlier = csctl("promote-check", "--month", "2026-09", "--json", "-w", folder).data
    assert earlier["provisional_months"] == ["2026-09"]


def test_a_provisional_month_that_cannot_be_computed_is_left_out_and_said(tmp_path: Path) -> None:
    """An earlier one; without the reviewed one there is no review."""
    folder = small_workspace(tmp_path / "ws")
    add(folder / "policy.toml", LADDER)
    (folder / "data" / "2026-09" / "calls.csv").write_text("nothing\n", "utf-8")
    done = csctl("promote-check", "-w", folder)
    assert done.code == 0
    assert "2026-09 could not be computed" in done.out
    assert csctl("promote-check", "--month", "2026-09", "-w", folder).code == 2


def test_without_a_ladder_it_says_where_one_goes(small: Path) -> None:
    """A policy need not have one."""
    done = csctl("promote-check", "-w", small)
    assert done.code == 2
    assert "[career]" in done.err


def test_the_form_is_written_whole_and_for_the_owner_only(desk: Path) -> None:
    """A sheet for Ann and for Cid, none for Bob."""
    file = desk / "review.xlsx"
    done = csctl("promote-check", "-w", desk, "--xlsx", file)
    assert (done.code, done.faults) == (0, [])
    assert "people in it: 2" in done.out
    assert file.stat().st_mode & 0o777 == 0o600
    assert openpyxl.load_workbook(file).sheetnames == ["Summary", "01 Ann", "03 Cid", "_csctl"]


def test_what_the_panel_writes_into_the_form_comes_back_as_its_answers(desk: Path) -> None:
    """Collected like every other form; then the review knows what was said, by whom and why."""
    file = desk / "forms" / "2026-09" / "in" / "review.xlsx"
    file.parent.mkdir(parents=True)
    csctl("promote-check", "-w", desk, "--xlsx", file)
    book = openpyxl.load_workbook(file)
    for agent, sheet, answer in (("01", "01 Ann", "yes"), ("03", "03 Cid", "no")):
        rows = book["_csctl"].iter_rows(values_only=True)
        cells = {str(row[3]): str(row[5]) for row in rows if (row[1], row[2]) == (agent, "craft")}
        book[sheet][cells["value"]] = answer
        book[sheet][cells["reason"]] = "seen at work"
    book.save(file)
    done = csctl("forms", "collect", "--month", "2026-09", "-w", desk)
    assert done.code == 0, done.out + done.err
    found = verdicts(desk)
    assert (found["01", "up"], found["03", "up"]) == ("candidate", "not_yet")
    assert "from review panel: yes: seen at work" in csctl("promote-check", "--agent", "01", "-w", desk).out


def test_a_form_that_cannot_be_written_is_an_error(desk: Path) -> None:
    """A folder stands where the file should."""
    (desk / "review.xlsx").mkdir()
    done = csctl("promote-check", "-w", desk, "--xlsx", desk / "review.xlsx")
    assert done.code == 2
    assert "review.xlsx" in done.err


def test_a_changed_ladder_is_said(desk: Path) -> None:
    """The review goes by the present one."""
    change(desk / "policy.toml", "tenure_months = 36", "tenure_months = 12")
    done = csctl("promote-check", "-w", desk)
    assert "the ladder has changed since 2026-09 was closed" in done.out
    assert verdicts(desk)["01", "grow"] == "candidate"


# ---- cases -----------------------------------------------------------------------------------------------------


def test_a_case_goes_from_recommendation_to_a_level_that_pays(desk: Path) -> None:
    """Approved for the first open month: there Ann is a senior and paid as one; the closed months stay."""
    assert recommend(desk).code == 0
    done = promotion(desk, "approve", "Ann", "up", "--by", "Board")
    assert (done.code, done.faults) == (0, [])
    assert "booked: 01 Ann approved, junior → senior (up), from 2026-10 on" in done.out
    (case,) = listed(desk)
    assert (case["state"], case["effective"]) == ("approved", "2026-10")
    assert [event["by"] for event in case["events"]] == ["Zoe", "Board"]
    assert {month: _base_of_ann(desk, month) for month in ("2026-09", "2026-10")} == {
        "2026-09": ("junior", "3000.00"),
        "2026-10": ("senior", "4000.00"),
    }
    assert csctl("verify", "-w", desk).code == 0


def test_a_defence_is_booked_stage_by_stage_with_who_and_when(desk: Path) -> None:
    """No approval before both parts are passed; list and review show each stage; no booking is lost."""
    change(
        desk / "policy.toml",
        'procedure = ["review", "approval"]',
        'stages = ["applied", "reviewed", "defended"]\n'
        'defence = [{ id = "talk", label = "The talk", exam = "talk", exam_pass = 60 }]',
    )
    refused = promotion(desk, "apply", "01", "up", "--by", "Ann")
    assert (refused.code, "recommend first" in refused.err) == (2, True)
    assert recommend(desk).code == 0
    done = promotion(desk, "approve", "01", "up", "--by", "Board")
    assert (done.code, "csctl promotion apply 01 up --by NAME" in done.err) == (2, True)
    assert promotion(desk, "apply", "Ann", "up", "--by", "Ann").code == 0
    assert promotion(desk, "review", "01", "up", "--by", "Board", "--reason", "a good year").code == 0
    assert promotion(desk, "defend", "01", "up", "--by", "HR", "--on", "2026-10-20").code == 0
    done = promotion(desk, "approve", "01", "up", "--by", "Board")
    assert (done.code, "csctl promotion score 01 up talk" in done.err) == (2, True)
    for points, code in (("59", 0), ("many", 2), ("101", 2)):
        assert promotion(desk, "score", "01", "up", "talk", "--points", points, "--by", "Panel").code == code
    done = promotion(desk, "approve", "01", "up", "--by", "Board")
    assert (done.code, "does not meet the conditions" in done.err) == (2, True)
    assert promotion(desk, "score", "01", "up", "talk", "--points", "25", "--full", "40", "--by", "Panel").code == 0
    (case,) = listed(desk)
    assert case["state"] == "scored"
    assert [(one["event"], one["by"]) for one in case["events"]][1:4] == [
        ("applied", "Ann"),
        ("reviewed", "Board"),
        ("defended", "HR"),
    ]
    assert (case["events"][3]["on"], case["events"][-1]["score"]["points"]) == ("2026-10-20", "25")
    shown = csctl("promote-check", "--agent", "01", "-w", desk).out
    assert "2026-10-20 defended by HR" in shown
    assert "The talk 25/40" in shown
    assert promotion(desk, "approve", "01", "up", "--by", "Board").code == 0
    assert listed(desk)[0]["state"] == "approved"


def test_a_step_without_a_defence_takes_none(desk: Path) -> None:
    """It says what it takes instead."""
    assert recommend(desk).code == 0
    done = promotion(desk, "defend", "01", "up", "--by", "HR")
    assert (done.code, "up has no stage “defend”" in done.err) == (2, True)


def _base_of_ann(desk: Path, month: str) -> tuple[str, str]:
    """Ann's level and base pay of a month."""
    data = csctl("pay", "--json", "--month", month, "-w", desk).data
    (level,) = [one["level"] for one in data["scoreboard"] if one["agent_id"] == "01"]
    (base,) = [one["amount"] for one in data["pay_lines"] if (one["agent_id"], one["line"]) == ("01", "base")]
    return level, str(base)


REFUSED = [
    (("recommend", "01", "grow", "--by", "Zoe", "--reason", "x"), "does not meet the conditions of grow yet"),
    (("recommend", "02", "up", "--by", "Zoe", "--reason", "x"), "up does not apply to 02 (level senior)"),
    (("recommend", "01", "sideways", "--by", "Zoe", "--reason", "x"), "there is no step “sideways”"),
    (("recommend", "Nobody", "up", "--by", "Zoe", "--reason", "x"), "nobody called “Nobody”"),
    (("recommend", "01", "up", "--by", " ", "--reason", "x"), "nobody is named as deciding"),
    (("recommend", "01", "up", "--by", "Zoe", "--reason", ""), "no reason is given"),
    (("approve", "01", "up", "--by", "Board"), "01 has not been recommended for up"),
    (("reject", "01", "up", "--by", "Board", "--reason", "x"), "01 has not been recommended for up"),
    (("withdraw", "Nobody", "up", "--by", "Zoe", "--reason", "x"), "nobody called “Nobody”"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_may_not_be_booked_leaves_the_ledger_as_it_was(closed: Path, words: tuple[str, ...], said: str) -> None:
    """One line that says why, exit code 2, not a byte changed."""
    before = (closed / ".csctl" / "ledger.db").read_bytes()
    done = promotion(closed, *words)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert said in done.err
    assert (closed / ".csctl" / "ledger.db").read_bytes() == before
    assert listed(closed) == []


def test_unmet_conditions_need_to_be_overruled_with_a_reason(desk: Path) -> None:
    """The case remembers it, for the recommendation and for the approval."""
    assert recommend(desk, "01", "grow", "--despite-unmet").code == 0
    assert promotion(desk, "approve", "01", "grow", "--by", "Board").code == 2
    assert promotion(desk, "approve", "01", "grow", "--by", "Board", "--despite-unmet").code == 2
    assert promotion(desk, "approve", "01", "grow", "--by", "Board", "--despite-unmet", "--reason", "rare").code == 0
    (case,) = listed(desk)
    assert [event["despite_unmet"] for event in case["events"]] == [True, True]


def test_a_month_to_take_effect_in_must_be_open(desk: Path) -> None:
    """A closed one is refused, and so is what is neither a month nor a day."""
    recommend(desk)
    assert "that month is closed" in promotion(desk, "approve", "01", "up", "--by", "B", "--effective", "2026-09").err
    assert (
        "is neither a month nor a day" in promotion(desk, "approve", "01", "up", "--by", "B", "--effective", "next").err
    )
    assert promotion(desk, "approve", "01", "up", "--by", "B", "--effective", "2027-01").code == 0
    assert listed(desk)[0]["effective"] == "2027-01"


def test_an_approval_is_taken_back_only_while_its_month_is_open(desk: Path) -> None:
    """Once the month is closed the level is history."""
    recommend(desk)
    promotion(desk, "approve", "01", "up", "--by", "Board")
    assert csctl("close", "--month", "2026-10", "--yes", "-w", desk).code == 0
    assert listed(desk)[0]["state"] == "effective"
    done = promotion(desk, "withdraw", "01", "up", "--by", "Board", "--reason", "too late")
    assert (done.code, "that month is closed" in done.err) == (2, True)


def test_a_second_way_up_from_a_level_already_left_is_refused(desk: Path) -> None:
    """An approval to come counts as well."""
    recommend(desk)
    promotion(desk, "approve", "01", "up", "--by", "Board")
    done = recommend(desk, "01", "grow", "--despite-unmet")
    assert (done.code, "01 is no longer junior but senior" in done.err) == (2, True)


def test_a_case_of_somebody_who_left_can_be_closed(desk: Path) -> None:
    """The roster of the next closed month does not have Cid any more."""
    recommend(desk, "03")
    change(desk / "data" / "roster.csv", "03,Cid,A,junior,2025-01-01\n", "04,Dan,A,junior,2025-01-01\n")
    for name in ("calls.csv", "orders.csv"):
        file = desk / "data" / "2026-10" / name
        file.write_text(file.read_text("utf-8").replace("Cid", "Dan"), "utf-8")
    assert csctl("close", "--month", "2026-10", "--yes", "-w", desk).code == 0
    assert promotion(desk, "approve", "03", "up", "--by", "Board").code == 2
    assert promotion(desk, "reject", "03", "up", "--by", "Board", "--reason", "left").code == 0
    assert listed(desk)[0]["state"] == "rejected"


def test_the_list_shows_every_case_with_its_history(desk: Path) -> None:
    """A review shows the cases as well."""
    assert csctl("promotion", "list", "-w", desk).out == "no cases yet\n"
    recommend(desk)
    promotion(desk, "reject", "01", "up", "--by", "Board", "--reason", "not this year")
    for shown in (csctl("promotion", "list", "-w", desk).out, csctl("promote-check", "-w", desk).out):
        assert "01 Ann  junior → senior  rejected  [up]" in shown
        assert "recommended by Zoe: steady" in shown
        assert "rejected by Board: not this year" in shown
