"""``csctl adopt`` without a policy: a small plan in a workbook, so that the month is computed, and Excel is enough."""

from __future__ import annotations

import tomllib
from pathlib import Path

import openpyxl
import pytest

from csctl.messages import LANGUAGES
from csctl.store.shipped import policy_names
from tests.adopting.test_adopting import answer, calls
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow

ROSTER = "Staff ID,Name,Team,Base pay\nA1,Ann Lee,North,4000\nA2,Bob Ray,North,4100\n"
ORDERS = "Order ID,Agent ID,Order date,Amount,Refund amount\n1,A1,2026-10-02,900,0\n2,A2,2026-10-03,1100,0\n"
REVIEWS = "Agent ID,Review date,Item,Score,Full score\nA1,2026-10-02,opening,95,100\nA2,2026-10-03,opening,80,100\n"
RATED = "Agent ID,Survey date,Satisfied\n" + "".join(f"A{1 + at % 2},2026-10-{1 + at:02d},Y\n" for at in range(20))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A month of calls, surveys and reviews; nobody has written down a rule."""
    calls(tmp_path / "desk", "10")
    (tmp_path / "desk" / "surveys_2026-10.csv").write_text(RATED)
    (tmp_path / "desk" / "reviews_2026-10.csv").write_text(REVIEWS)
    return tmp_path / "desk"


def adopt(folder: Path, *more: str) -> str:
    """The command in English, without a terminal and without a policy."""
    done = csctl("adopt", folder, "--yes", "--language", "en", *more)
    assert done.code == 0, done.err
    return done.out


def policy_named(folder: Path) -> object:
    """What ``csctl.toml`` calls the policy."""
    return tomllib.loads((folder / "csctl.toml").read_text("utf-8"))["policy"]


def test_after_adopting_the_month_is_run_at_once(folder: Path) -> None:
    """By a plan in a workbook, which scores what there are data of; without base pay it pays nothing, and says so."""
    out = adopt(folder)
    assert "no file says what base pay is, so policy.xlsx scores and pays nothing" in out
    assert policy_named(folder) == "policy.xlsx"
    done = csctl("run", "-w", folder)
    assert done.code == 0, done.err
    assert "Ann Lee" in done.out
    assert ("A1  Ann Lee  98.00" in done.out, "pay.xlsx" in done.out) == (True, False), done.out


def test_with_base_pay_on_the_roster_the_plan_pays(folder: Path) -> None:
    """Base pay by the roster, and a pool of the orders."""
    (folder / "staff.csv").write_text(ROSTER)
    (folder / "orders_2026-10.csv").write_text(ORDERS)
    assert "scores and pays nothing" not in adopt(folder)
    done = csctl("run", "-w", folder)
    assert done.code == 0, done.err
    assert "sales 2,000.00, pool 10.00, shared out 10.00" in done.out


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_is_in_the_language_of_the_workspace(folder: Path, language: str) -> None:
    assert csctl("adopt", folder, "--yes", "--language", language).code == 0
    wanted = {"zh": "指标", "en": "Indicators"}[language]
    assert wanted in openpyxl.load_workbook(folder / "policy.xlsx", read_only=True).sheetnames


@pytest.mark.slow
def test_run_again_it_leaves_the_workbook_as_it_is(folder: Path) -> None:
    """Also one that was changed; and no other file becomes another."""
    adopt(folder)
    book = openpyxl.load_workbook(folder / "policy.xlsx")
    book["General"]["B4"] = "Plan of the desk"
    book.save(folder / "policy.xlsx")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    adopt(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.slow
def test_a_shipped_policy_is_the_other_answer(folder: Path) -> None:
    """It is a question like any other, and an answer changes what was written; one's own language first."""
    out = adopt(folder)
    assert "\n? by which policy is to be computed? Tables found: contacts, quality reviews, surveys" in out
    offered = {one for one in policy_names() if f'"{one}"' in (folder / "adopt.toml").read_text("utf-8")}
    assert offered >= {"hotline-en", "service-desk-en"}
    assert {one for one in offered if not one.endswith("-en")} == set()
    answer(folder, "policy", "hotline-en")
    adopt(folder)
    assert policy_named(folder) == "hotline-en"


@pytest.mark.parametrize("named", mostly_slow(["blank", "policy.xlsx"]))
def test_the_plan_to_start_from_may_be_named(folder: Path, named: str) -> None:
    """As ``csctl init`` calls it, or by its file."""
    assert "by which policy" not in adopt(folder, "--policy", named)
    assert (policy_named(folder), (folder / "policy.xlsx").is_file()) == ("policy.xlsx", True)


@pytest.mark.parametrize("ending", mostly_slow(["toml", "xlsx"]))
def test_a_policy_that_lies_in_the_folder_is_proposed(folder: Path, ending: str) -> None:
    """It is read as a policy, not as an export, and stays as it is."""
    file = folder / f"policy.{ending}"
    assert csctl("policy", "convert", "telecom-hotline", file).code == 0
    before = file.read_bytes()
    assert file.name not in adopt(folder).partition("policy:")[0]
    assert (policy_named(folder), file.read_bytes()) == (file.name, before)


@pytest.mark.slow
def test_an_export_that_is_called_policy_is_an_export(folder: Path) -> None:
    """As the list of policies that an insurer sold: the plan gets another name."""
    book = openpyxl.Workbook()
    for row in (("Order ID", "Agent ID", "Order date", "Amount"), (1, "A1", "2026-10-02", 900)):
        book.worksheets[0].append(row)
    book.save(folder / "policy.xlsx")
    out = adopt(folder)
    assert "policy.xlsx → orders" in out
    assert (policy_named(folder), (folder / "policy-2.xlsx").is_file()) == ("policy-2.xlsx", True)
