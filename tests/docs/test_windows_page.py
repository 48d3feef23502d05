"""The page for Windows, without one: its commands, its paths as Windows parts them, files as Notepad saves them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from csctl.workspace import open_workspace
from tests.cli.small import MONTH, change, small_workspace
from tests.docs.pages import DOCS, LANGUAGES, blocks
from tests.docs.test_guide import command_fault
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow
from tests.reports.test_schedule_text import windows_words

PROMPTS = ("powershell", "bat")
NOTEPAD: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "Unicode": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "Unicode big endian": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "ANSI": lambda text: text.encode("gbk"),
}
"""How Notepad saves a text, by what it calls it, on a Chinese Windows."""


def page(language: str) -> str:
    """The page as it is written."""
    return (DOCS / language / "windows.md").read_text("utf-8")


def lines(language: str) -> list[str]:
    """Every line that is to be typed or saved."""
    return [line for block in blocks(page(language)) if block.kind in PROMPTS for line in block.lines]


def commands(language: str) -> list[list[str]]:
    """The words of every csctl line as Windows parts them, without what it does with the output."""
    own = (line.partition(" > ")[0] for line in lines(language) if line.startswith("csctl "))
    return [windows_words(line) for line in own]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_needs_what_powershell_5_and_the_prompt_do_not_have(language: str) -> None:
    """Neither ``&&`` nor ``||``, nor a quotation mark behind a backslash, nor a path of another system."""
    for line in lines(language):
        assert not re.search(r"&&|\|\||\\\"|'|~/|/tmp|\bexport\b|\$\?", line), line


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_every_command_of_the_page_works(language: str, tmp_path: Path) -> None:
    """Once its folder, by the parts that Windows sees in it, stands for one that is there."""
    desk = tmp_path / "desk"
    assert csctl("init", desk, "--policy", "promotion-ladder").code == 0
    assert csctl("close", "-w", desk, "--by", "me", "--yes").code == 0
    found = commands(language)
    assert {words[1] for words in found} >= {"adopt", "check", "run", "schedule", "promote-check", "tasks", "history"}
    for words in found:
        assert command_fault(" ".join(f'"{word}"' if " " in word else word for word in words)) is None
        here = [str(desk) if PureWindowsPath(word).drive == "D:" else word for word in words[1:]]
        assert csctl(*here).code in (0, 1), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_path_of_the_page_is_whole_on_windows(language: str) -> None:
    """It has a drive and lies below its root, and the task starts the file that the page says to save."""
    paths = [word for line in lines(language) for word in re.findall(r"[A-Z]:\\[^\"\s]*|\"[A-Z]:\\[^\"]*\"", line)]
    assert len(paths) >= 8
    assert all(PureWindowsPath(one.strip('"')).is_absolute() for one in paths)
    (saved,) = [block.said for block in blocks(page(language)) if block.marker == "file"]
    started = [line for line in lines(language) if line.startswith("schtasks") and ".cmd" in line]
    assert [PureWindowsPath(windows_words(line)[5]).name for line in started] == [saved]


@pytest.mark.parametrize("kind", mostly_slow(NOTEPAD))
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_notepad_saved_is_read_as_it_was_typed(tmp_path: Path, kind: str, ends: str) -> None:
    """The configuration, a policy and an export, each with line ends of Windows."""
    small = small_workspace(tmp_path / "desk")
    before = csctl("run", "-w", small, "--month", MONTH).out.splitlines()[1:5]
    change(small / "csctl.toml", 'name = "Small desk"', 'name = "客服台"')
    for name in ("csctl.toml", "policy.toml", f"data/{MONTH}/calls.csv"):
        text = (small / name).read_text("utf-8")
        (small / name).write_bytes(NOTEPAD[kind](text.replace("\n", ends)))
    done = csctl("run", "-w", small, "--month", MONTH)
    assert done.code == 0, done.err
    assert done.out.splitlines()[1:5] == before
    assert "客服台" in done.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_ways_to_write_a_path_find_the_same_files(language: str, tmp_path: Path) -> None:
    """As the page shows them: with ``/``, and with a backslash in single quotes."""
    (shown,) = [block for block in blocks(page(language)) if block.kind == "text"]
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.toml").write_text('id = "own"\nlabel = "Own"\nversion = "1"\nextends = ["metrics"]\n')
    for policy in ('"policies/own.toml"', r"'policies\own.toml'"):
        for line in shown.lines:
            text = f'name = "Desk"\npolicy = {policy}\n[[source]]\ntable = "interactions"\n{line}\n'
            text += '[[source]]\ntable = "roster"\nfiles = "roster.csv"\n'
            (tmp_path / "csctl.toml").write_text(text, "utf-8")
            workspace, problems = open_workspace(tmp_path)
            assert workspace is not None, problems
            assert workspace.sources[0].files == "exports/{month}/calls.csv"
            assert csctl("policy", "lint", "-w", tmp_path).code == 0


@pytest.mark.parametrize("written", [r"'D:\calls.csv'", r"'\calls.csv'", r"'data\..\..\calls.csv'", r"'\\server\x'"])
def test_a_path_that_leaves_the_folder_is_refused_with_backslashes_too(tmp_path: Path, written: str) -> None:
    (tmp_path / "csctl.toml").write_text(
        f'name = "Desk"\npolicy = "insurance"\n[[source]]\ntable = "interactions"\nfiles = {written}\n', "utf-8"
    )
    workspace, problems = open_workspace(tmp_path)
    assert (workspace, [one.code for one in problems]) == (None, ["files-not-inside"])
