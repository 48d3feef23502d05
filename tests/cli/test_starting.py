"""What starting costs: help, a wrong command line, completion and a folder that is no workspace load no machinery; and
what is left out changes no answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from rich.cells import cell_len

from csctl.cli import app
from csctl.cli.showing.help_page import help_page
from csctl.cli.showing.wrapping import folded
from csctl.cli.tree import PANELS
from tests.end_to_end.running import environment

MACHINERY = (
    "pandas", "polars", "numpy", "narwhals", "openpyxl", "xlsxwriter", "pydantic", "markdown_it", "pygments",
    "rich.console", "tempfile", "csctl.workspace", "csctl.policy", "csctl.core",
)  # fmt: skip
ASKED = {
    "help": ("--help", 0),
    "help of a command": ("run --help", 0),
    "help of a command in a group": ("policy show -h", 0),
    "help in the language asked for": ("run --help -l zh", 0),
    "help in a workspace": ("run --help -w {desk}", 0),
    "an unknown command": ("rum", 2),
    "an unknown option": ("run --no-such-option", 2),
    "a missing argument": ("explain -w {desk}", 2),
    "a value too many": ("run a", 2),
    "no workspace here": ("check", 2),
    "no workspace there": ("explain 0007 -w {desk}/nowhere", 2),
}
PROGRAM = """
import contextlib, io, json, sys
from csctl.__main__ import main
said, code = io.StringIO(), 0
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
print(json.dumps([code, said.getvalue(), sorted(sys.modules)]))
"""


def started(words: str, folder: Path, **variables: str) -> tuple[int, str, list[str]]:
    """Exit code, what was said, and what of the machinery was loaded by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words.split()], capture_output=True, env=environment(**variables), cwd=folder,
        timeout=300,
    )  # fmt: skip
    code, said, modules = json.loads(done.stdout)
    return code, said, [name for name in MACHINERY if name in modules]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is a workspace as far as its name for the configuration goes."""
    folder = tmp_path_factory.mktemp("team")
    (folder / "csctl.toml").write_text('language = "en"\n', "utf-8")
    return folder


@pytest.mark.parametrize("asked", ASKED)
def test_what_needs_no_work_loads_no_machinery(asked: str, desk: Path, tmp_path: Path) -> None:
    """Neither frames nor workbooks, nor what models and drawn tables are made with."""
    words, wanted = ASKED[asked]
    code, said, loaded = started(words.format(desk=desk), tmp_path)
    assert (code, loaded) == (wanted, [])
    assert said


@pytest.mark.parametrize(("line", "offered"), [("csctl ex", "explain"), ("csctl run --st", "--strict")])
def test_completion_loads_no_machinery(line: str, offered: str, tmp_path: Path) -> None:
    """Every TAB starts csctl."""
    asked = {"_CSCTL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    program = "import sys; sys.argv = ['csctl']\n" + PROGRAM
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=environment(**asked), cwd=tmp_path, timeout=300
    )
    code, said, modules = json.loads(done.stdout)
    assert (code, said.split()) == (0, [offered])
    assert [name for name in MACHINERY if name in modules] == []


def test_a_wrong_command_line_is_told_before_a_missing_workspace(tmp_path: Path) -> None:
    """Whoever mistypes an option hears of that first; who asks for JSON gets an object all the same."""
    assert "no csctl.toml" not in started("run --no-such-option", tmp_path)[1]
    assert "'--rows'" in started("explain 0007 --rows many", tmp_path)[1]
    code, said, _ = started("verify --json", tmp_path)
    assert code == 2
    assert json.loads(said)["problems"]["list"][0]["code"] == "workspace-missing"


# ---- the command tree ------------------------------------------------------------------------------------------


def every_command(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """All that does something, loaded."""
    for one, command in group.commands.items():
        full = f"{name} {one}".strip()
        if hasattr(command, "commands"):
            yield from every_command(command, full)
        else:
            yield full, command


def root() -> Any:
    """csctl itself."""
    return typer.main.get_command(app)


def test_what_is_known_of_a_command_before_it_is_loaded_is_what_it_says_itself() -> None:
    """Name, help and panel; and every name leads to something."""
    ctx = root().context_class(root(), info_name="csctl")
    assert root().list_commands(ctx) == [name for names in PANELS.values() for name in names]
    for name, command in root().commands.items():
        promised = root().get_command(ctx, name)
        own = [(one.name, one.rich_help_panel, one.get_short_help_str()) for one in (promised, command)]
        assert own[0] == own[1]


def test_values_left_unconverted_are_what_typer_makes_of_them() -> None:
    """Of every option and argument: nothing, the default, and a text where a text or any path is wanted."""
    compared = 0
    for _, command in every_command(root()):
        ctx = command.context_class(command)
        for one in command.get_params(ctx):
            sparing = one.get_runtime_param()
            wanted = one.type_descriptor.annotation
            given = [None, one.default, *(["a b"] if wanted in (str, Path) and one.nargs == 1 else [])]
            for value in given:
                if one.multiple and value is not None:
                    continue
                made = [each.coerce(value, param=one, ctx=ctx) for each in (sparing, sparing.converter())]
                assert made[0] == made[1], (command.name, one.name, value)
                assert type(made[0]) is type(made[1])
                compared += 1
    assert compared > 500


# ---- the page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_help_page_says_everything_that_its_command_knows_within_the_screen(
    columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each option with its help, each paragraph; only blanks are others, and only a name may be longer than a line."""
    monkeypatch.setenv("COLUMNS", columns)
    for name, command in every_command(root()):
        ctx = command.context_class(command, info_name=f"csctl {name}")
        page = command.get_help(ctx)
        squeezed = "".join(page.split())
        for one in command.get_params(ctx):
            assert "".join(one.help.split()) in squeezed, (name, one.name)
            assert all(option in page for option in one.opts), (name, one.opts)
        assert "".join(command.help.split()) in squeezed
        if columns != "40":
            assert max(map(cell_len, page.splitlines())) <= min(int(columns), 100), name


def test_a_page_is_laid_out_so() -> None:
    """Heads, names in one column, meanings in another; what is written too long stands above what it means."""
    rows = [("-a, --all", "everything 全部"), ("--a-very-long-option-of-its-own <str>", "stands alone")]
    assert help_page("Usage: x", "Does it.", [("Options", rows), ("Nothing", [])]).replace("\x1b[1m", "").replace(
        "\x1b[0m", ""
    ) == (
        "Usage: x\n\nDoes it.\n\nOptions\n"
        "  -a, --all  everything 全部\n"
        "  --a-very-long-option-of-its-own <str>\n"
        "             stands alone\n"
    )


def test_words_are_folded_between_words_and_chinese_anywhere_but_before_a_mark() -> None:
    """Worked by hand: a Chinese sign takes two columns, and a comma begins no line."""
    assert folded("one two three", 7) == ["one two", "three"]
    assert folded("一二三，四", 6) == ["一二", "三，四"]
    assert folded("a\n\nb", 9) == ["a", "", "b"]
