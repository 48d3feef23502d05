"""Each command by itself: what it writes, what it prints, how it ends."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer.main

from csctl.cli import app
from csctl.store.shipped import LIBRARIES, policy_names
from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import Done, command, csctl, csctl_process, environment, outputs, tree
from tests.proofs import mostly_slow

COMMANDS = [
    (), ("init",), ("adopt",), ("check",), ("score",), ("sheets",), ("pay",), ("run",), ("explain",),
    ("policy",), ("policy", "list"), ("policy", "show"), ("policy", "lint"), ("policy", "diff"),
]  # fmt: skip
IN_A_LANGUAGE = [
    pytest.param(policy, language, marks=() if at % 8 == 4 * number else pytest.mark.slow)
    for at, policy in enumerate(policy_names())
    for number, language in enumerate(("zh", "en"))
]
"""Some policies in one language; the others, and the other language, among the slow proofs."""
HEAVY = (
    "pandas", "polars", "openpyxl", "xlsxwriter", "narwhals", "pyarrow", "numpy", "markdown_it", "pygments",
    "csctl.policy", "csctl.tables",
)  # fmt: skip


# ---- help ------------------------------------------------------------------------------------------------------


def test_the_list_of_commands_tested_is_the_list_there_is() -> None:
    """A new command must come with these proofs."""
    group = typer.main.get_command(app)
    found: set[tuple[str, ...]] = {()}
    for name, one in group.commands.items():  # type: ignore[attr-defined]
        found.add((name,))
        found |= {(name, inner) for inner in getattr(one, "commands", {})}
    assert set(COMMANDS) <= found


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_help_fits_the_screen_and_shows_an_example(name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 80; every command that does something shows a line to copy."""
    monkeypatch.setenv("COLUMNS", "80")
    done = csctl(*name, "--help")
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    if name not in ((), ("policy",)):
        assert f"Example: csctl {' '.join(name)}" in done.out


def test_help_does_not_wait_for_the_machinery() -> None:
    """The help of every command starts without frames, workbooks, csctl's own models and readers of markup."""
    program = f"""
import contextlib, io, sys
from csctl.cli import run_command_line
for command in {[list(command) for command in COMMANDS]!r}:
    sys.argv = ["csctl", *command, "--help"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        run_command_line()
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    start = [sys.executable, "-c", program]
    done = subprocess.run(start, capture_output=True, text=True, env=environment(), timeout=60)
    assert (ast.literal_eval(done.stdout), done.stderr) == ([], "")


def test_the_version_is_the_packages() -> None:
    """One line, the same as the package says."""
    from csctl.store.program import program

    assert csctl("--version").out == f"csctl {program()}\n"


# ---- init ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("policy", "language"), mostly_slow(IN_A_LANGUAGE))
def test_a_new_workspace_is_complete_and_its_check_says_what_to_fill_in(
    tmp_path: Path, policy: str, language: str
) -> None:
    """Config, own policy, a workbook for every table; the policy is sound, and check asks for the roster's rows."""
    folder = tmp_path / "team"
    made = csctl("init", folder, "--policy", policy, "--language", language, "--empty")
    assert (made.code, made.err) == (0, "")
    names = set(tree(folder))
    assert {"csctl.toml", "policy.toml", ".gitignore", "data/roster.xlsx"} <= names
    assert csctl("policy", "lint", "-w", folder).code == 0
    done = csctl("check", "-w", folder)
    assert (done.code, done.out) == (2, "")
    assert done.faults
    assert all("Traceback" not in line for line in done.faults)
    assert set(tree(folder)) - names <= {name for name in tree(folder) if name.startswith(".csctl/")}


@pytest.mark.parametrize(("policy", "language"), mostly_slow(IN_A_LANGUAGE))
def test_the_headers_of_new_workbooks_are_read_back_by_csctl(tmp_path: Path, policy: str, language: str) -> None:
    """With one agent filled in, every workbook's headers are recognised: no column of a table is unknown or missing."""
    folder = tmp_path / language
    assert csctl("init", folder, "--policy", policy, "--language", language, "--empty").code == 0
    book = openpyxl.load_workbook(folder / "data" / "roster.xlsx")
    sheet = book.worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    sheet.append(["0001", "甲", *["初级客服" if head in ("级别", "level") else None for head in heads[2:]]])
    book.save(folder / "data" / "roster.xlsx")
    month = next(path.name for path in (folder / "data").iterdir() if path.is_dir())
    done = csctl("check", "-w", folder, "--month", month, "--json")
    codes = {one["code"] for one in done.data["problems"]["list"]}
    assert not codes & {"required-columns-missing", "headers-unused", "column-ambiguous", "no-table-in-file"}, codes


@pytest.mark.parametrize(
    "policy",
    mostly_slow(
        [
            pytest.param(policy, marks=pytest.mark.slow if at % 6 else ())
            for at, policy in enumerate(sorted(set(policy_names()) - set(LIBRARIES)))
        ]
    ),
)
def test_a_new_workspace_runs_at_once_on_example_data(tmp_path: Path, policy: str) -> None:
    """Every system comes with small data: the run ends well, without any error, and writes a sheet for each agent."""
    folder = tmp_path / "team"
    assert csctl("init", folder, "--policy", policy, "--language", "zh").code == 0
    done = csctl("run", "-w", folder, "--json")
    assert (done.code, done.data["problems"]["errors"]) == (0, 0)
    scored = [row for row in done.data["scoreboard"] if row["score"] is not None]
    assert len(scored) >= 5
    sheets = [name for name in done.data["files"] if name.startswith("sheets/")]
    assert len(sheets) == len(scored)


def test_a_folder_in_use_is_not_made_into_a_workspace(tmp_path: Path) -> None:
    """Exit 2, and the folder is as it was; the same with --sample."""
    (tmp_path / "mine.txt").write_text("mine")
    for extra in ((), ("--sample",)):
        done = csctl("init", tmp_path, *extra)
        assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert tree(tmp_path) == {"mine.txt": b"mine"}


def test_an_unknown_policy_or_language_makes_nothing(tmp_path: Path) -> None:
    """Exit 2 and no folder."""
    assert csctl("init", tmp_path / "a", "--policy", "insurence").code == 2
    assert csctl("init", tmp_path / "b", "--language", "fr").code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_sample_is_copied_whole_and_without_results(tmp_path: Path) -> None:
    """Every export of the eight months and nothing that csctl writes; ``check`` then finds the seven faults."""
    folder = tmp_path / "demo"
    made = csctl("init", folder, "--sample", "--json")
    assert (made.code, made.err) == (0, "")
    assert made.data["files"] == sorted(tree(folder))
    months = {path.name for path in (folder / "data").iterdir() if path.is_dir()}
    assert months == {f"2026-{number:02d}" for number in range(3, 11)}
    assert not (folder / "out").exists()
    assert not (folder / ".csctl").exists()


# ---- check -----------------------------------------------------------------------------------------------------


def test_check_lists_every_problem_writes_no_output_and_ends_with_1(fresh_october: Path) -> None:
    """The seven faults of the sample, a missing sheet, and a guarantee, which October alone leaves short of months.

    Each with its remedy; and the rows of every file.
    """
    done = csctl("check", "-w", fresh_october)
    assert (done.code, done.faults) == (1, [])
    assert not (fresh_october / "out").exists()
    listed = [line for line in done.out.splitlines() if line.startswith("警告 ")]
    assert len(listed) == 10
    assert all("→" in line for line in listed)
    assert "共 10 个问题" in done.out
    assert re.search(r"在线会话_2026-10\.csv\s+429\s+1\s+426\b", done.out)


def test_check_of_a_sound_workspace_ends_with_0(small_run: Path) -> None:
    """Nothing found; with --quiet not a word but the count is needed."""
    done = csctl("check", "-w", small_run, "--month", MONTH)
    assert (done.code, done.faults) == (0, [])
    assert "0 problems" in done.out


# ---- one step each ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("score", {"scores.xlsx"}),
        ("pay", {"pay.xlsx"}),
        ("sheets", {"sheets/01_Ann.xlsx", "sheets/02_Bob.xlsx", "sheets/03_Cid.xlsx"}),
    ],
)
def test_a_step_writes_its_own_files_the_same_as_a_whole_run(
    small_run: Path, small: Path, name: str, written: set[str]
) -> None:
    """Nothing else appears, nothing of an earlier run goes, and the bytes are those of ``run``."""
    whole = outputs(small_run)
    shutil.rmtree(small / "out")
    assert csctl(name, "-w", small, "--month", MONTH).code == 0
    assert outputs(small) == {f"{MONTH}/{file}": whole[f"{MONTH}/{file}"] for file in written}
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert csctl(name, "-w", small, "--month", MONTH).code == 0
    assert outputs(small) == whole


def test_the_sheet_of_somebody_who_left_the_roster_goes_with_the_next_run(small: Path) -> None:
    """Only csctl's own file goes; what the user put beside it stays."""
    mine = small / "out" / MONTH / "sheets" / "notes.txt"
    mine.write_text("mine")
    change(small / "data" / "roster.csv", "03,Cid,A,junior,2025-01-01\n", "")
    done = csctl("run", "-w", small, "--month", MONTH)
    assert done.code == 0
    names = {name.rpartition("/")[2] for name in outputs(small) if "/sheets/" in name}
    assert names == {"01_Ann.xlsx", "02_Bob.xlsx", "notes.txt"}
    assert "Cid" in done.out


def test_months_do_not_touch_each_other(small: Path) -> None:
    """A run of September leaves October's files alone."""
    before = outputs(small)
    assert csctl("run", "-w", small, "--month", "2026-09").code == 0
    after = outputs(small)
    assert {name: after[name] for name in before} == before
    assert {name.partition("/")[0] for name in after} == {"2026-09", "2026-10"}


# ---- policy ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_shipped_policies_are_listed_shown_and_sound() -> None:
    """list names them, show draws each, lint finds nothing."""
    listed = csctl("policy", "list")
    assert listed.code == 0
    for name in policy_names():
        assert name in listed.out
        shown, linted = csctl("policy", "show", name), csctl("policy", "lint", name)
        assert (shown.code, shown.err) == (0, "")
        assert name in shown.out.splitlines()[0]
        assert (linted.code, linted.err, len(linted.out.splitlines())) == (0, "", 1)


def test_the_workspaces_own_policy_is_shown_with_all_that_it_inherits(small_run: Path, october: Path) -> None:
    """Without a name it is the one csctl.toml names."""
    assert "Small desk" in csctl("policy", "show", "-w", small_run).out
    inherited = csctl("policy", "show", "-w", october, "--json").data
    assert inherited["id"] == "anxin-team"
    assert {one["id"] for one in inherited["dimension"]} == {"satisfaction", "competence", "collaboration", "growth"}


def test_lint_names_file_and_line_and_ends_with_1(small: Path) -> None:
    """A mistake of grammar, of spelling and of sense: each with its line, on standard output, by path or workspace."""
    policy = small / "policy.toml"
    good = policy.read_text("utf-8")
    for old, new, row, word in (
        ("pass_mark = 60", "pass_mark = = 60", 14, "pass_mark"),
        ("pass_mark = 60", 'pass_mark = "60"', 14, "pass_mark"),
        ('{ level = "poor" }', '{ level = "bad" }', 40, "bad"),
        ('mean = "wait_seconds"', 'mean = "wait"', 54, "“wait”"),
    ):
        policy.write_text(good, "utf-8")
        change(policy, old, new)
        for where in ((str(policy),), ("-w", str(small))):
            done = csctl("policy", "lint", *where)
            assert (done.code, done.err) == (1, "")
            assert [line for line in done.out.splitlines() if f"row {row}" in line and word in line], done.out
            assert all("policy.toml" in line for line in done.out.splitlines())


def test_lint_of_a_policy_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    """Exit 2 on standard error, for a name, for a path, and without a workspace."""
    for where in (("insurence",), (str(tmp_path / "none.toml"),), ("-w", str(tmp_path))):
        done = csctl("policy", "lint", *where)
        assert (done.code, done.out, len(done.faults)) == (2, "", 1)


# ---- data ------------------------------------------------------------------------------------------------------

WRITING = ("run", "score", "sheets", "pay")


def _one_value(done: Done, code: int) -> Any:
    assert (done.code, done.err) == (code, "")
    return json.loads(done.out)


def test_json_of_every_command_is_one_value_on_standard_output(small_run: Path, tmp_path: Path) -> None:
    """Nothing on standard error, nothing beside it; the month's object is the same from every command."""
    month = ("-w", small_run, "--month", MONTH, "--json")
    whole = json.loads((small_run / "out" / MONTH / "run.json").read_text("utf-8"))
    for name in (*WRITING, "check"):
        found = _one_value(csctl(name, *month), 0)
        assert {**found, "files": whole["files"]} == whole
    assert _one_value(csctl("run", *month), 0) == whole
    assert _one_value(csctl("explain", "01", *month), 0)["explanation"]["children"]
    assert isinstance(_one_value(csctl("policy", "list", "--json"), 0), list)
    assert _one_value(csctl("policy", "show", "insurance", "--json"), 0)["id"] == "insurance"
    assert _one_value(csctl("policy", "lint", "insurance", "--json"), 0)["problems"]["list"] == []
    assert _one_value(csctl("init", tmp_path / "new", "--json"), 0)["files"]


def test_json_of_every_command_is_one_value_when_it_fails_too(small: Path, tmp_path: Path) -> None:
    """The problems as data, with place, words and remedy, and the same exit code as without --json."""
    change(small / "data" / MONTH / "orders.csv", "amount", "betrag")
    for name in (*WRITING, "check", "explain"):
        who = ("01",) if name == "explain" else ()
        found = _one_value(csctl(name, *who, "-w", small, "--month", MONTH, "--json"), 2)
        problem, renamed = found["problems"]["list"]
        assert (renamed["code"], "amount → " in renamed["text"]) == ("source-changed", True)
        assert (problem["severity"], problem["file"]) == ("error", f"data/{MONTH}/orders.csv")
        assert "betrag" in problem["text"]
        assert problem["fix"]
        assert _one_value(csctl(name, *who, "-w", tmp_path, "--json"), 2)["problems"]["errors"] == 1
    for name in ("show", "lint"):
        assert _one_value(csctl("policy", name, "none", "--json"), 2)["problems"]["errors"] == 1
    assert _one_value(csctl("init", small, "--json"), 2)["problems"]["errors"] == 1


def test_check_as_data_ends_with_1_when_it_finds_something(october: Path) -> None:
    """The whole month, with the ten problems in it."""
    found = _one_value(csctl("check", "-w", october, "--json"), 1)
    assert (found["month"], found["problems"]["warnings"], found["files"]) == ("2026-10", 10, [])


# ---- the screen ------------------------------------------------------------------------------------------------


def test_quiet_prints_nothing_on_success(small_run: Path) -> None:
    """Not a line on either stream, for every command that writes."""
    for name in WRITING:
        assert csctl(name, "-w", small_run, "--month", MONTH, "--quiet") == Done(0, "", "")


def test_quiet_still_says_why_it_stopped(small: Path) -> None:
    """One line on standard error."""
    change(small / "csctl.toml", '"orders"', '"order"')
    done = csctl("run", "-w", small, "--quiet")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)


def test_strict_ends_with_1_when_there_is_a_problem_and_still_writes(small: Path) -> None:
    """A cell that is no number: the run goes on, and says so in its exit code if asked."""
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    done = csctl("run", "-w", small, "--month", MONTH, "--strict")
    assert (done.code, done.faults) == (1, [])
    assert "soon" in done.out
    assert "soon" in outputs(small)[f"{MONTH}/problems.csv"].decode("utf-8-sig")


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def test_tables_and_trees_fit_the_terminal(october: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The board, the files and an explanation stay within 80 columns; only sentences about problems may run on."""
    columns = 80
    monkeypatch.setenv("COLUMNS", str(columns))
    board = csctl("run", "-w", october).out.splitlines()
    rows = [line for line in board if re.match(r"\s*(\d+|–)\s+\d{4}\s", line)]
    assert len(rows) == 14
    assert max(map(_width, rows)) <= columns
    files = csctl("check", "-w", october).out.splitlines()
    listed = [line for line in files if re.search(r"\s\d+\s+\d+\s+\d+(\s+(\d+|-))+\s*$", line)]
    assert len(listed) == 18
    assert max(map(_width, listed)) <= columns
    tree_lines = csctl("explain", "0007", "-w", october).out.splitlines()
    assert len(tree_lines) > 100
    assert max(map(_width, tree_lines)) <= columns


@pytest.mark.slow
def test_there_is_no_colour_where_there_is_no_terminal(small: Path) -> None:
    """Piped output has no escape codes, even where the environment names a fine terminal."""
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    done = csctl_process("run", "-w", small, "--month", MONTH, TERM="xterm-256color")
    assert (done.code, "soon" in done.out, "\x1b" in done.out + done.err) == (0, True, False)


TERMINAL = """
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color_is_respected_on_a_terminal(small: Path, no_color: str, coloured: bool) -> None:
    """On a terminal there is colour, with NO_COLOR there is none."""
    pytest.importorskip("pty")
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    surroundings = environment(TERM="xterm-256color", COLUMNS="80") | ({"NO_COLOR": no_color} if no_color else {})
    check = command("check", "-w", small, "--month", MONTH)
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, *check], capture_output=True, env=surroundings, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"soon" in done.stdout
    assert bool(re.search(rb"\x1b\[[0-9;]*3[0-9]m", done.stdout)) is coloured


@pytest.mark.slow
def test_verbose_shows_notes_and_assumptions_too(october: Path) -> None:
    """Every assumption by its number and every note, which a plain run, the one that made the outputs, only counts."""
    plain, verbose = october.with_suffix(".done").read_text("utf-8"), csctl("run", "-w", october, "--verbose").out
    assert "名次" in plain
    assert "A-40" in verbose
    assert "A-40" not in plain
    assert "说明 " in verbose


@pytest.mark.parametrize("encoding", ["gbk", pytest.param("ascii", marks=pytest.mark.slow)])
def test_a_screen_without_the_letters_shows_question_marks_not_a_bug(small: Path, encoding: str) -> None:
    """Whatever the terminal's encoding: the run ends well, and JSON stays JSON."""
    change(small / "csctl.toml", 'name = "Small desk"\n', 'name = "客服部 ☺"\n')
    month = ("-w", small, "--month", MONTH)
    shown = subprocess.run(command("run", *month), capture_output=True, env=environment(PYTHONIOENCODING=encoding))
    assert (shown.returncode, b"bug" in shown.stderr) == (0, False)
    assert shown.stdout.decode(encoding).startswith("??? ? ?" if encoding == "ascii" else "客服部 ? ·")
    data = subprocess.run(
        command("check", *month, "--json"), capture_output=True, env=environment(PYTHONIOENCODING=encoding)
    )
    assert (data.returncode, json.loads(data.stdout)["workspace"]) == (0, "客服部 ☺")


def test_the_language_of_the_screen_is_the_workspaces(small: Path) -> None:
    """The same run in Chinese: the words change, the figures do not."""
    english = csctl("run", "-w", small, "--month", MONTH).out
    change(small / "csctl.toml", 'language = "en"', 'language = "zh"')
    chinese = csctl("run", "-w", small, "--month", MONTH).out
    assert ("rank" in english, "名次" in chinese) == (True, True)
    assert re.findall(r"\d+\.\d\d", english) == re.findall(r"\d+\.\d\d", chinese)


def test_a_row_that_names_nobody_is_counted_and_shown(small: Path) -> None:
    """A call of somebody who is not on the roster: a problem with its row, and nobody's figures change."""
    before = csctl("check", "-w", small, "--month", MONTH, "--json").data
    add(small / "data" / MONTH / "calls.csv", f"6,Zoe,{MONTH}-07 09:00,Y,Y,5\n")
    after = csctl("check", "-w", small, "--month", MONTH, "--json").data
    assert [(one["row"], one["found"]) for one in after["problems"]["list"]] == [(7, "Zoe")]
    assert after["measures"] == before["measures"]
