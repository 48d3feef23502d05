"""Colleagues vote on promotions: ballots out, votes back, and their numbers beside the judgement or in its place."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.filling import hand_in
from tests.end_to_end.running import csctl

MONTH = "2026-10"
CONFIG = """\
name = "客服部"
policy = "policy.toml"
language = "zh"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "exams"
files = "data/{month}/exams.csv"
"""
POLICY = """\
id = "votes"
label = "评选"
version = "1"

[[level]]
id = "初级"

[[level]]
id = "中级"

[score]
pass_mark = 60
raters = { superior = 100 }

[[dimension]]
id = "work"
label = "工作"
weight = 100

[[dimension.indicator]]
id = "work"
label = "工作"
rating = "工作"
missing = "block"
out_of = 100
weight = 100

[[career.step]]
id = "up"
kind = "promotion"
from_level = "初级"
to_level = "中级"
all_of = [{ id = "vote", label = "评选支持晋升", judge = true, vote = true, rule = "R-1" KEYS}]
rule = "R-1"
"""
ROSTER = """\
工号,姓名,岗位,级别,入职日期,直接上级
01,方静,主管,中级,2020-01-01,
02,王芳,客服,初级,2024-01-01,方静
03,李建国,客服,初级,2024-01-01,方静
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A lead and two candidates."""
    (tmp_path / "data" / MONTH).mkdir(parents=True)
    (tmp_path / "data" / MONTH / "exams.csv").write_text("工号,考试日期,科目,得分\n02,2026-10-09,礼仪,9\n", "utf-8")
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY.replace(" KEYS", ""), "utf-8")
    return tmp_path


def send(team: Path, *options: str) -> Path:
    """The folder of the ballots."""
    done = csctl("forms", "send", "-w", team, "--month", MONTH, "--role", "vote", *options)
    assert (done.code, done.faults) == (0, []), done.err
    return team / "forms" / MONTH / "out"


def collect(team: Path) -> list[str]:
    """The codes of what was wrong."""
    done = csctl("forms", "collect", "-w", team, "--month", MONTH, "--json")
    return [one["code"] for one in done.data["problems"]["list"]]


def vote(out: Path, voter: str, about: str, said: str, day: str = "2026-10-28") -> None:
    """Somebody's vote about one candidate."""
    [form] = out.glob(f"vote_*{voter}.xlsx")
    hand_in(form, {(about, "vote", "value"): said, (about, "vote", "day"): day})


def ratings(team: Path) -> list[dict[str, str]]:
    """The table made of the forms."""
    text = (team / "forms" / MONTH / "ratings.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def finding(team: Path, agent: str) -> tuple[str, str]:
    """What the promotion check says of the vote: its state and what was found."""
    done = csctl("promote-check", "-w", team, "--month", MONTH, "--json")
    [step] = [one for one in done.data["steps"] if one["agent_id"] == agent]
    [one] = step["all_of"]
    assert one["requirement"] == "vote"
    return one["state"], one["found"]


def test_everybody_has_a_ballot_with_all_candidates_but_oneself(team: Path) -> None:
    """Who is at the top already is no candidate and votes all the same."""
    out = send(team)
    pages = {
        path.stem.split("_")[-1]: [name for name in openpyxl.load_workbook(path).sheetnames if name[:1] == "0"]
        for path in out.iterdir()
    }
    assert pages == {"方静": ["02 王芳", "03 李建国"], "王芳": ["03 李建国"], "李建国": ["02 王芳"]}


def test_only_those_named_vote(team: Path) -> None:
    """By number or name; somebody from elsewhere may be named as well."""
    out = send(team, "--voter", "03，周经理")
    assert sorted(path.name for path in out.iterdir()) == ["vote_03_李建国.xlsx", "vote_周经理.xlsx"]


def test_a_vote_is_a_row_of_the_ratings_with_who_and_when(team: Path) -> None:
    """One cast after the month's end belongs to its month all the same; its day stands beside."""
    out = send(team)
    vote(out, "方静", "02", "同意", "2026-11-02")
    vote(out, "李建国", "02", "不同意", "2026年10月28日")
    assert "error" not in str(collect(team))
    assert [(one["工号"], one["评分人"], one["评分角色"], one["评分项"], one["评分"], one["日期"], one["投票日期"])
            for one in ratings(team)] == [
        ("02", "方静", "评选", "vote", "同意", "2026-10-31", "2026-11-02"),
        ("02", "李建国", "评选", "vote", "不同意", "2026-10-28", "2026-10-28"),
    ]  # fmt: skip


def test_a_vote_without_its_day_does_not_count(team: Path) -> None:
    """It is said, and nothing is written of it."""
    out = send(team)
    [form] = out.glob("vote_*方静.xlsx")
    hand_in(form, {("02", "vote", "value"): "同意"})
    assert "forms-vote-without-day" in collect(team)
    assert not (team / "forms" / MONTH / "ratings.csv").exists()


def test_numbers_of_votes_stand_beside_what_a_person_decides(team: Path) -> None:
    """Where the policy does not say how many are enough, the superior's answer is still asked for; names never show."""
    out = send(team)
    vote(out, "方静", "02", "同意")
    vote(out, "李建国", "02", "弃权")
    collect(team)
    state, found = finding(team, "02")
    assert state == "judge"
    assert "赞成 1 票，反对 0 票，弃权 1 票" in found
    assert finding(team, "03")[1].endswith("评选：还没有票")
    done = csctl("promote-check", "-w", team, "--month", MONTH, "--json")
    assert "李建国" not in str([one for one in done.data["steps"] if one["agent_id"] == "02"])
    assert "career-answer-unknown" not in str(done.data)


def test_numbers_of_votes_are_evidence_where_a_person_has_answered(team: Path) -> None:
    """They stand under the answer, which alone decides; a vote that says nothing is pointed at."""
    out = send(team, "--voter", "李建国,周经理")
    vote(out, "李建国", "02", "不同意")
    [form] = out.glob("vote_*周经理.xlsx")
    hand_in(form, {("02", "vote", "value"): "同意", ("02", "vote", "day"): "2026-10-30"})
    csctl("forms", "send", "-w", team, "--month", MONTH, "--role", "superior")
    [judging] = out.glob("superior_01_方静.xlsx")
    hand_in(judging, {("02", "vote", "value"): "是", ("02", "vote", "reason"): "合适"})
    collect(team)
    done = csctl("promote-check", "-w", team, "--month", MONTH, "--json")
    [step] = [one for one in done.data["steps"] if one["agent_id"] == "02"]
    [one] = step["all_of"]
    assert (one["state"], one["found"]) == ("met", "是")
    assert one["evidence"][-1] == "评选：赞成 1 票，反对 1 票，弃权 0 票"
    assert "评选：赞成 1 票" in csctl("promote-check", "-w", team, "--month", MONTH, "--agent", "02").out


@pytest.mark.parametrize(("percent", "state"), [("50", "met"), ("50.01", "unmet")])
def test_votes_decide_where_the_policy_says_how_many_are_enough(team: Path, percent: str, state: str) -> None:
    """One for and one against are half; who abstains is no vote. Without votes nothing is decided."""
    (team / "policy.toml").write_text(POLICY.replace(" KEYS", f", vote_percent = {percent}"), "utf-8")
    out = send(team, "--voter", "方静,李建国,周经理")
    for voter, said in (("方静", "√"), ("李建国", "不同意"), ("周经理", "弃权")):
        vote(out, voter, "02", said)
    collect(team)
    assert finding(team, "02") == (state, "评选：赞成 1 票，反对 1 票，弃权 1 票")
    assert finding(team, "03")[0] == "judge"


def test_votes_score_nothing(team: Path) -> None:
    """Whoever was only voted about was not rated."""
    out = send(team)
    vote(out, "方静", "02", "同意")
    collect(team)
    done = csctl("run", "-w", team, "--month", MONTH, "--json")
    assert {one["agent_id"]: one["score"] for one in done.data["scoreboard"]}["02"] is None
