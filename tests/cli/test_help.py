"""Help in both languages: every command and option, with examples that can be typed, and completion by the shell."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer.main

from csctl.cli import app
from csctl.cli.completing import known_agents, known_months
from tests.cli.small import MONTH, MONTHS
from tests.end_to_end.running import environment

LISTING = """
import contextlib, io, json, sys
language = sys.argv[1]
sys.argv = ["csctl", "--language", language]
import functools
import typer.main
from csctl.cli import app, run_command_line

typer.main.get_command = functools.cache(typer.main.get_command)

def walk(path, command, parent):
    ctx = command.context_class(command, info_name=path[-1], parent=parent)
    out = io.StringIO()
    sys.argv = [*path, "--help", "--language", language]
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        run_command_line()
    options = {one.name: one.help or "" for one in command.get_params(ctx)}
    yield {"path": path, "help": command.help or "", "options": options, "shown": out.getvalue()}
    for name, inner in getattr(command, "commands", {}).items():
        yield from walk([*path, name], inner, ctx)

print(json.dumps(list(walk(["csctl"], typer.main.get_command(app), None))))
"""
WORD = {"zh": "示例：", "en": "Example: "}
ENGLISH = re.compile(r"(?:\b[a-z]{2,}\b[ ,;]+){3,}[a-z]{2,}")
"""Four English words in a row."""


@dataclass(frozen=True)
class Command:
    """One command as its help shows it."""

    path: tuple[str, ...]
    help: str
    options: dict[str, str]
    shown: str

    def examples(self, language: str) -> list[str]:
        """The command lines to copy."""
        lines = self.help.splitlines()
        return [line.removeprefix(WORD[language]) for line in lines if line.startswith(WORD[language])]


@pytest.fixture(scope="module")
def commands() -> dict[str, list[Command]]:
    """All commands in both languages, each from a process of its own: help is made once, when csctl starts."""
    asked = {
        language: subprocess.Popen(
            [sys.executable, "-c", LISTING, language], stdout=subprocess.PIPE, env=environment(COLUMNS="80")
        )
        for language in WORD
    }
    answers = {language: json.loads(process.communicate(timeout=120)[0]) for language, process in asked.items()}
    return {
        language: [Command(tuple(one["path"]), one["help"], one["options"], one["shown"]) for one in answer]
        for language, answer in answers.items()
    }


def is_group(command: Command, everything: list[Command]) -> bool:
    """Whether other commands stand below it."""
    return any(one.path[:-1] == command.path for one in everything)


@pytest.mark.slow
def test_both_languages_know_the_same_commands(commands: dict[str, list[Command]]) -> None:
    """The same tree, with the same options."""
    shapes = [[(one.path, sorted(one.options)) for one in commands[language]] for language in WORD]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) > 12


@pytest.mark.parametrize("language", WORD)
def test_every_command_and_option_has_help(commands: dict[str, list[Command]], language: str) -> None:
    """Nobody has to guess, in either language."""
    for one in commands[language]:
        assert one.help, one.path
        assert all(one.options.values()), (one.path, one.options)


def test_chinese_help_is_chinese(commands: dict[str, list[Command]]) -> None:
    """Each text has Chinese in it, and no English sentence is left."""
    for one in commands["zh"]:
        texts = [line for line in one.help.splitlines() if line and not line.startswith(WORD["zh"])]
        for text in [*texts, *one.options.values()]:
            assert re.search("[一-鿿]", text), (one.path, text)
            assert not ENGLISH.search(text), (one.path, text)
        assert not re.search(r"Usage|Options|Commands|Arguments|default:|required\]|Show this", one.shown), one.shown


def test_english_help_is_english(commands: dict[str, list[Command]]) -> None:
    """Chinese stands only in examples."""
    for one in commands["en"]:
        texts = [line for line in one.help.splitlines() if not line.startswith(WORD["en"])]
        assert not re.search("[一-鿿]", "".join([*texts, *one.options.values()])), one.path


@pytest.mark.parametrize("language", WORD)
def test_every_command_shows_an_example(commands: dict[str, list[Command]], language: str) -> None:
    """A line to copy, for each command that does something."""
    for one in commands[language]:
        if not is_group(one, commands[language]):
            named = [line for line in one.examples(language) if line.startswith(" ".join(one.path))]
            assert named, one.path


@pytest.mark.parametrize("language", WORD)
def test_every_example_can_be_typed(commands: dict[str, list[Command]], language: str) -> None:
    """The parser takes each of them as it stands."""
    root: Any = typer.main.get_command(app)
    lines = [part for one in commands[language] for line in one.examples(language) for part in line.split("&&")]
    typed = [shlex.split(part) for line in lines for part in line.split("|")]
    ours = [words[1:] for words in typed if words and words[0] == "csctl"]
    assert len(ours) >= len(lines)
    for words in ours:
        command, ctx = root, root.make_context("csctl", list(words))
        while hasattr(command, "commands"):
            _, command, rest = command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
            ctx = command.make_context(words[0], rest, parent=ctx)


@pytest.mark.parametrize("language", WORD)
def test_help_fits_eighty_columns_and_is_not_cut(commands: dict[str, list[Command]], language: str) -> None:
    """Nothing is longer than the screen, and nothing ends in dots."""
    from rich.cells import cell_len

    for one in commands[language]:
        assert max(map(cell_len, one.shown.splitlines())) <= 80, one.path
        assert "…" not in one.shown, one.shown


# ---- completion ------------------------------------------------------------------------------------------------

AS_CSCTL = "import sys; sys.argv[:1] = ['csctl']; from csctl.cli import run_command_line; run_command_line()"


def completed(line: str) -> list[str]:
    """What bash is offered at the end of a line."""
    words = line.split(" ")
    asked = environment(_CSCTL_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    done = subprocess.run([sys.executable, "-c", AS_CSCTL], capture_output=True, env=asked, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode().split()


def test_the_shell_completes_commands() -> None:
    """All of them, in the order of help."""
    root: Any = typer.main.get_command(app)
    assert completed("csctl ") == list(root.commands)


def test_the_shell_completes_months_people_and_policies(small_run: Path) -> None:
    """Months that have data, people of the last run, shipped policies."""
    assert completed(f"csctl run -w {small_run} --month 20") == list(MONTHS)
    assert completed(f"csctl explain -w {small_run} 0") == ["01", "02", "03"]
    assert completed("csctl policy show ins") == ["insurance", "insurance-en"]


def test_where_nothing_is_known_nothing_is_offered(small: Path) -> None:
    """No workspace, no run yet, a record that is none: an empty list, no fault."""
    ctx: Any = SimpleNamespace(params={"workspace": small})
    assert known_months(ctx, MONTH) == [MONTH]
    assert known_agents(ctx, "02") == [("02", "Bob")]
    (small / "out" / MONTH / "run.json").write_text("[]", "utf-8")
    assert known_agents(ctx, "") == []
    ctx.params["workspace"] = small / "nowhere"
    assert (known_months(ctx, ""), known_agents(ctx, "")) == ([], [])
