"""What a newcomer meets: commands in panels, a wall of faults cut short, one rule asked for, wrong words."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer.main

from csctl.cli import app
from csctl.cli.showing.show import Screen
from csctl.messages import LANGUAGES, help_words, problem
from csctl.problems import Place
from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl

PANELS = ("month", "closing", "people", "daily", "rules")


# ---- the list of commands ----------------------------------------------------------------------------------------


def test_every_command_stands_in_a_panel() -> None:
    """None is left in a panel without a name, and no panel is empty."""
    group = typer.main.get_command(app)
    found = {name: one.rich_help_panel for name, one in group.commands.items()}  # type: ignore[attr-defined]
    words = {help_words()[f"help-panel-{panel}"][language] for panel in PANELS for language in LANGUAGES}
    assert {name for name, panel in found.items() if panel not in words} == set()
    assert len(set(found.values())) == len(PANELS)


# ---- faults ------------------------------------------------------------------------------------------------------


def _stopped(verbose: bool, capsys: pytest.CaptureFixture[str]) -> list[str]:
    faults = [
        problem("columns-missing", Place("a.csv", row=row), "amount", headers="x", example="y") for row in range(8)
    ]
    odd = [problem("roster-empty", found=MONTH), problem("row-twice", Place("a.csv"), "7", first=2)]
    Screen("en", verbose=verbose).stopped([*faults, *odd])
    return capsys.readouterr().err.splitlines()


def test_of_many_faults_of_one_kind_five_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """And how many more there are; a fault of another kind is not lost among them."""
    lines = _stopped(False, capsys)
    assert sum("required columns" in line for line in lines) == 5
    assert sum("nobody on the roster" in line for line in lines) == 1
    assert lines[-1].startswith("csctl: 3 more of the same")
    assert len(lines) == 7


def test_a_file_with_many_faults_hides_none_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    """The same fault of a second file is shown, however many the first has."""
    many = [
        problem("columns-missing", Place("a.csv", row=row), "amount", headers="x", example="y") for row in range(99)
    ]
    Screen("en").stopped([*many, problem("columns-missing", Place("b.csv"), "amount", headers="x", example="y")])
    assert any("b.csv" in line for line in capsys.readouterr().err.splitlines())


def test_verbose_shows_each_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Warnings as well."""
    assert len(_stopped(True, capsys)) == 10


def test_a_command_that_writes_one_file_says_that_there_are_problems(small: Path) -> None:
    """They are not listed by ``pay``, but nobody is left to believe that all was well."""
    quiet = csctl("pay", "-w", small, "--month", MONTH)
    assert "problem" not in quiet.out
    add(small / "data" / MONTH / "orders.csv", "o99,Nobody,2026-10-05,10\n")
    told = csctl("pay", "-w", small, "--month", MONTH)
    assert told.out.splitlines()[-1] == "1 problem; csctl check shows them"


def test_a_wrong_header_in_the_configuration_says_how_to_list_several(small: Path) -> None:
    """Months may differ in what they call a column."""
    change(small / "csctl.toml", 'from = "wait time"', 'from = "waiting"')
    (line,) = csctl("check", "-w", small, "--month", MONTH).faults
    assert 'from = ["A", "B"]' in line


def test_files_are_listed_under_their_folder(small: Path) -> None:
    """Each folder is named once, so that names stay whole on a narrow screen."""
    lines = csctl("check", "-w", small, "--month", MONTH).out.splitlines()
    assert [line.strip() for line in lines].count(f"data/{MONTH}/") == 1
    assert any(line.startswith("  calls.csv") for line in lines)


def test_wrong_use_is_told_in_one_language(small: Path) -> None:
    """No English prefix before a Chinese text."""
    told = csctl("simulate", "-w", small)
    assert "--policy" in told.err
    assert "Value error" not in csctl("run", "--language", "fr").err


# ---- rules and policies ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_one_rule_is_traced_in_full() -> None:
    """With every key and every example, not only the first of each."""
    done = csctl("policy", "trace", "sa-081")
    assert done.code == 0
    assert done.out.startswith("SA-081  ")
    found = csctl("policy", "trace", "SA-081", "--json").data["rules"]
    (rule,) = found
    joined = " ".join(done.out.split())
    assert all(" ".join(text.split()) in joined for text in (*rule["keys"], *rule["proofs"]))


def test_a_rule_that_is_none_is_wrong_use() -> None:
    """Not an empty table that looks like an answer."""
    done = csctl("policy", "trace", "SA-9999")
    assert (done.code, done.out) == (2, "")
    assert "SA-9999" in done.err


def test_a_policy_file_may_lie_anywhere(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a path from here, from the workspace, absolute, or above the workspace."""
    monkeypatch.chdir(small)
    other = tmp_path / "elsewhere.toml"
    other.write_text((small / "policy.toml").read_text("utf-8"), "utf-8")
    for name in ("policy.toml", str(small / "policy.toml"), "../elsewhere.toml", str(other)):
        assert csctl("policy", "lint", name).code == 0, name


# ---- a new workspace ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_configuration_explains_itself_in_its_language(language: str, tmp_path: Path) -> None:
    """The remarks above each source."""
    assert csctl("init", str(tmp_path / "new"), "--policy", "express-service", "--language", language).code == 0
    text = (tmp_path / "new" / "csctl.toml").read_text("utf-8")
    remarks = [line for line in text.splitlines() if line.startswith("# ")]
    assert all(line.isascii() == (language == "en") for line in remarks)


def test_a_file_whose_rows_cannot_be_read_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    """The error alone would send people looking; warnings of other files are not why nothing was done."""
    refused = problem("most-rows-refused", Place("b.csv"), "12", counted="0")
    reason = problem("value-not-a-number", Place("b.csv", row=2, column="score"), "good")
    other = problem("value-not-a-number", Place("c.csv", row=2, column="score"), "bad")
    Screen("en").stopped([other, reason, refused])
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 2
    assert "b.csv" in shown[0]
    assert "good" in shown[1]


def test_pay_that_the_roster_lacks_is_told_with_the_cell_that_could_not_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The remedy is in the roster, not in the policy."""
    unread = problem("value-not-money", Place("roster.csv", row=3, column="base pay"), "four thousand")
    Screen("en").stopped([problem("no-base-pay-on-roster", found="", agent="K002"), unread])
    shown = capsys.readouterr().err
    assert "K002" in shown
    assert "four thousand" in shown
    assert "pay.base.amounts" not in shown
