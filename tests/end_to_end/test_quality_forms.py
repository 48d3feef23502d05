"""Quality reviews on forms: items of the policy, contact by contact, back as rows of the quality table."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from csctl.sheets.anchors import HIDDEN
from tests.end_to_end.filling import hand_in
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow

MONTH = "2026-10"
CONFIG = """\
name = "热线"
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
id = "quality"
label = "质检"
version = "1"

[measure.pass_rate]
label = "合格率"
unit = "%"
table = "quality"
rows = true
where = { item = ["礼貌用语", "解答准确"] }
share = { passed = true }

[measure.points]
label = "得分率"
unit = "%"
table = "quality"
sum = "score"
where = { item = "语气" }
per = { table = "quality", sum = "full_score", where = { item = "语气" } }
"""
ROSTER = """\
工号,姓名,岗位,入职日期,直接上级
01,方静,主管,2020-01-01,
02,王芳,客服,2024-01-01,方静
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A lead and an agent."""
    (tmp_path / "data" / MONTH).mkdir(parents=True)
    (tmp_path / "data" / MONTH / "exams.csv").write_text("工号,考试日期,科目,得分\n02,2026-10-09,礼仪,9\n", "utf-8")
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    return tmp_path


def form_of(team: Path, *options: str) -> Path:
    """The one form that is sent to these."""
    done = csctl("forms", "send", "-w", team, "--month", MONTH, "--role", "质检", *options)
    assert (done.code, done.faults) == (0, []), done.err
    return max((team / "forms" / MONTH / "out").glob("quality_*"), key=lambda path: path.stat().st_mtime_ns)


def collect(team: Path) -> list[str]:
    """The codes of what was wrong."""
    done = csctl("forms", "collect", "-w", team, "--month", MONTH, "--json")
    return [one["code"] for one in done.data["problems"]["list"]]


def rows(team: Path) -> list[dict[str, str]]:
    """The table made of the forms."""
    text = (team / "forms" / MONTH / "quality.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def row(number: int, **parts: str) -> dict[tuple[str, str, str], str]:
    """The cells of one row about 02, on the 8th unless told."""
    return {("02", str(number), part): text for part, text in ({"day": "2026-10-08"} | parts).items()}


def test_the_form_offers_the_items_that_the_policy_counts(team: Path) -> None:
    """A list to choose from; another item may be written. Whoever reviews is named, or is each agent's superior."""
    form = form_of(team, "--checker", "质检·田蕾")
    assert form.name == "quality_质检·田蕾.xlsx"
    book = openpyxl.load_workbook(form)
    rules = [rule for rule in book["02 王芳"].data_validations.dataValidation if "礼貌用语" in str(rule.formula1)]
    assert rules
    assert {(rule.formula1, rule.showErrorMessage) for rule in rules} == {('"礼貌用语,解答准确,语气"', False)}
    assert HIDDEN in book.sheetnames
    form_of(team)
    sent = {path.name for path in form.parent.glob("quality_*")}
    assert {"quality_01_方静.xlsx", "quality_团队负责人.xlsx"} <= sent


def test_reviews_become_rows_that_the_figures_count(team: Path) -> None:
    """Two of three in order; nine and a half points of ten. The reviewer, the contact and the remark stand in the
    table."""
    form = form_of(team, "--checker", "田蕾")
    hand_in(form, {
        **row(1, item="礼貌用语", contact="C-1", passed="是"),
        **row(2, item="解答准确", contact="C-1", passed="合格"),
        **row(3, item="解答准确", contact="C-2", passed="×", critical="是", evidence="答错资费"),
        **row(4, item="语气", contact="C-2", points="9.5", full="10", spot="是"),
    })  # fmt: skip
    assert collect(team) == []
    found = rows(team)
    assert [(one["质检项"], one["会话ID"], one["是否合格"], one["是否致命"], one["是否抽查"]) for one in found] == [
        ("礼貌用语", "C-1", "是", "", ""),
        ("解答准确", "C-1", "是", "", ""),
        ("解答准确", "C-2", "否", "是", ""),
        ("语气", "C-2", "", "", "是"),
    ]
    assert {(one["工号"], one["质检员"], one["日期"]) for one in found} == {("02", "田蕾", "2026-10-08")}
    assert (found[2]["备注"], found[3]["质检得分"], found[3]["满分"]) == ("答错资费", "9.5", "10")
    done = csctl("run", "-w", team, "--month", MONTH, "--json")
    values = {one["measure"]: Decimal(one["value"]) for one in done.data["measures"] if one["agent_id"] == "02"}
    assert (values["pass_rate"], values["points"]) == (Decimal("66.67"), Decimal(95))


@pytest.mark.parametrize(
    ("cells", "code"),
    mostly_slow(
        [
            ({"item": "语气", "contact": "C-1"}, "forms-review-without-result"),
            ({"item": "语气", "points": "11", "full": "10"}, "forms-review-points"),
            ({"passed": "是"}, "forms-happening-incomplete"),
            ({"item": "语气", "passed": "是", "day": ""}, "forms-happening-incomplete"),
            ({"item": "语气", "passed": "是", "day": "2026-11-01"}, "forms-happening-elsewhen"),
            ({"item": "语气", "passed": "大概"}, "forms-choice-off"),
        ],
        quick=2,
    ),
)
def test_a_row_that_cannot_count_is_left_out_and_said(team: Path, cells: dict[str, str], code: str) -> None:
    """The row beside it counts."""
    hand_in(form_of(team, "--checker", "田蕾"), {**row(1, **cells), **row(2, item="语气", points="9", full="10")})
    assert collect(team) == [code]
    assert [one["质检得分"] for one in rows(team)] == ["9"]


@pytest.mark.slow
def test_a_copy_of_a_form_counts_once_and_two_rows_without_contact_are_two(team: Path) -> None:
    """Nobody can say that two reviews of one day are one, unless they stand in the same row of the same form."""
    form = form_of(team, "--checker", "田蕾")
    cells = {**row(1, item="语气", points="9", full="10"), **row(2, item="语气", points="9", full="10")}
    hand_in(form, cells)
    hand_in(form, cells, "again.xlsx")
    assert collect(team) == []
    assert len(rows(team)) == 2


@pytest.mark.slow
def test_two_results_for_one_item_of_one_contact_are_an_error(team: Path) -> None:
    """Nothing is written until somebody says which holds."""
    form = form_of(team, "--checker", "田蕾")
    hand_in(form, row(1, item="礼貌用语", contact="C-1", passed="是"))
    hand_in(form, row(1, item="礼貌用语", contact="C-1", passed="否"), "again.xlsx")
    assert collect(team) == ["forms-answers-differ"]
    assert not (team / "forms" / MONTH / "quality.csv").exists()
