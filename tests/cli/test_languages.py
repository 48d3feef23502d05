"""Which language csctl speaks: what was asked for, else the workspace's, else the locale's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from csctl.cli.showing.speech import choose_language, spoken_language
from csctl.cli.showing.spoken import language_first
from csctl.command_line import option_place, value_of
from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl, environment, record

NAMES = ("-l", "--language")


@pytest.fixture(autouse=True)
def _nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language is asked for, and the locale is English."""
    choose_language(None)
    for name in ("CSCTL_LANGUAGE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


# ---- what decides ----------------------------------------------------------------------------------------------


def test_the_option_wins_then_the_environment_then_the_workspace_then_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds where nothing before it says anything."""
    assert spoken_language(tmp_path) == "en"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert spoken_language(tmp_path) == "zh"
    (tmp_path / "csctl.toml").write_text('language = "en"')
    assert spoken_language(tmp_path) == "en"
    monkeypatch.setenv("CSCTL_LANGUAGE", "zh")
    assert spoken_language(tmp_path) == "zh"
    choose_language("en")
    assert spoken_language(tmp_path) == "en"


@pytest.mark.parametrize("text", ['language = "fr"', "language = 1", "not toml", "", '\ufefflanguage = "fr"'])
def test_a_workspace_that_says_nothing_usable_leaves_it_to_the_locale(tmp_path: Path, text: str) -> None:
    """Its fault is told elsewhere, in a language somebody understands."""
    (tmp_path / "csctl.toml").write_text(text, "utf-8")
    assert spoken_language(tmp_path) == "en"


@pytest.mark.parametrize("value", ["", "fr", "ZH"])
def test_an_unknown_language_in_the_environment_is_none(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of another meaning does no harm."""
    monkeypatch.setenv("CSCTL_LANGUAGE", value)
    assert spoken_language(tmp_path) == "en"


@pytest.mark.parametrize(
    ("line", "moved", "value"),
    [
        ("run -w a", "run -w a", None),
        ("run -w a --language zh", "--language zh run -w a", "zh"),
        ("run --language=zh -w a", "--language=zh run -w a", "zh"),
        ("-l en explain 0003", "-l en explain 0003", "en"),
        ("explain -l en 0003", "-l en explain 0003", "en"),
        ("explain --language", "explain --language", None),
        ("explain -- --language zh", "explain -- --language zh", None),
        ("run --language zh --language en", "--language en run --language zh", "en"),
    ],
)
def test_the_option_may_stand_anywhere(line: str, moved: str, value: str | None) -> None:
    """Except after ``--``; the last one counts."""
    words = line.split()
    assert language_first(words) == moved.split()
    assert value_of(words, NAMES) == value
    assert (option_place(words, NAMES) is None) == (value is None)


# ---- what it does ----------------------------------------------------------------------------------------------


def pages(workspace: Path) -> list[str]:
    """The names of the pay workbook's pages."""
    return openpyxl.load_workbook(workspace / "out" / MONTH / "pay.xlsx").sheetnames


def test_the_option_decides_screen_and_files_of_one_run(small: Path) -> None:
    """An English workspace in Chinese for once; the next run is English again."""
    asked = csctl("run", "-w", small, "--month", MONTH, "--language", "zh")
    assert (asked.code, "名次" in asked.out, "rank" in asked.out) == (0, True, False)
    assert "工资表" in pages(small)
    again = csctl("run", "-w", small, "--month", MONTH)
    assert ("名次" in again.out, "rank" in again.out) == (False, True)
    assert "工资表" not in pages(small)
    assert (small / "csctl.toml").read_text("utf-8").count('language = "en"') == 1


def test_files_in_the_other_language_hold_the_same_numbers(small: Path) -> None:
    """Only words change."""
    found = []
    for language in ("zh", "en"):
        assert csctl("run", "-w", small, "--month", MONTH, "-l", language).code == 0
        found.append({name: record(small)[name] for name in ("scoreboard", "score_lines", "pay_lines", "measures")})
    assert found[0] == found[1]


def test_problems_are_told_in_the_language_asked_for(small: Path) -> None:
    """On standard error and in JSON."""
    assert "→ " in csctl("run", "-w", small, "--month", "2020-01", "-l", "zh").err
    chinese = csctl("run", "-w", small, "--month", "2020-01", "-l", "zh", "--json").data["problems"]["list"]
    english = csctl("run", "-w", small, "--month", "2020-01", "--json").data["problems"]["list"]
    assert [one["code"] for one in chinese] == [one["code"] for one in english]
    assert chinese[0]["text"] != english[0]["text"]


def test_a_new_workspace_is_made_in_the_language_asked_for(tmp_path: Path) -> None:
    """And keeps it."""
    assert csctl("init", tmp_path / "team", "--language", "zh", "--empty").code == 0
    assert 'language = "zh"' in (tmp_path / "team" / "csctl.toml").read_text("utf-8")
    assert spoken_language(tmp_path / "team") == "zh"


def shown(*arguments: str | Path) -> str:
    """What a process of its own prints, on a plain locale."""
    start = [sys.executable, "-m", "csctl", *map(str, arguments)]
    plain = environment(LC_ALL="C.UTF-8", CSCTL_LANGUAGE="")
    done = subprocess.run(start, capture_output=True, env=plain, timeout=60, cwd=Path(os.sep))
    return done.stdout.decode() + done.stderr.decode()


def test_help_follows_workspace_and_option(small: Path) -> None:
    """The same order as everything else, though help is made before any option is read."""
    change(small / "csctl.toml", 'language = "en"', 'language = "zh"')
    assert "示例：" in shown("run", "--help", "-w", small)
    assert "Example:" in shown("run", "--help", "-w", small, "--language=en")


WRONG = {
    "explin": "没有 'explin' 这个命令。是不是想写 'explain'？",
    "run --foo": "没有 --foo 这个选项",
    "explain": "缺少参数 'agent'。",
    "explain a --rows many": "'--rows' 的值不对：要写整数",
    "explain a --rows -1": "'--rows' 的值不对：不能小于 0",
    "run a": "多出了参数：a",
    "run -w": "选项 '-w' 后面要写一个值。",
    "--language fr": "'--language' / '-l' 的值不对：'fr' 不在 'zh', 'en' 之中。",
}
TRYING = """
import contextlib, io, json, sys
from csctl.cli import run_command_line
said = []
for line in json.loads(sys.argv[1]):
    out = io.StringIO()
    sys.argv = ["csctl", *line.split()]
    with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        run_command_line()
    said.append(out.getvalue())
print(json.dumps(said))
"""


def test_wrong_command_lines_are_told_in_chinese() -> None:
    """With usage and a hint, and nothing in English."""
    chinese = environment(LC_ALL="zh_CN.UTF-8", CSCTL_LANGUAGE="", COLUMNS="100")
    start = [sys.executable, "-c", TRYING, json.dumps(list(WRONG))]
    done = subprocess.run(start, capture_output=True, env=chinese, timeout=60)
    for text, said in zip(json.loads(done.stdout), WRONG.values(), strict=True):
        assert said in text
        assert [word for word in ("Usage", "Error", "Try ", "for help", "Invalid") if word in text] == []


def test_a_wrong_language_is_refused() -> None:
    """Exit 2, and both languages are named."""
    done = csctl("check", "--language", "fr")
    assert done.code == 2
    assert "'zh'" in done.err
    assert "'en'" in done.err


def test_the_record_of_a_month_names_its_currency(small: Path) -> None:
    """So that no program takes dollars for yuan; where nothing is paid there is none."""
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert record(small)["currency"] == "CNY"
    change(small / "policy.toml", "[pay.base]", '[pay]\ncurrency = "USD"\n\n[pay.base]')
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert record(small)["currency"] == "USD"
    text = (small / "policy.toml").read_text("utf-8")
    (small / "policy.toml").write_text(text.partition("[pay")[0], "utf-8")
    assert csctl("run", "-w", small, "--month", MONTH, "--json").data["currency"] is None


def test_json_does_not_change_its_keys_with_the_language(small: Path) -> None:
    """What programs read is the same in both."""
    keys = [set(csctl("check", "-w", small, "--month", MONTH, "--json", "-l", one).data) for one in ("zh", "en")]
    assert keys[0] == keys[1]
