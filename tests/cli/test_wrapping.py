"""Lines that are longer than the screen: names whole, later lines below the first, lines to copy in one piece."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from csctl.cli.showing.harmless import quoted_path
from csctl.cli.showing.wrapping import wrapped
from tests.cli.small import MONTH, add, change
from tests.cli.test_commands import TERMINAL
from tests.end_to_end.running import command, csctl, environment

NAME = "data/2026-10/上下班打卡_日报_20261001-20261031.xlsx"


def lines(text: str, width: int, indent: int = 0) -> list[str]:
    """A text in lines."""
    return wrapped(Text(text), width, indent).plain.split("\n")


def test_a_files_name_is_never_parted() -> None:
    """It goes to the next line as a whole, whatever stands in it; and stays whole where no line is wide enough."""
    said = f"见 {NAME} · 第 200 行"
    for width in (20, 40, 55, 60):
        assert any(NAME in line for line in lines(said, width))
    assert lines(f"迟到次数 = 1  {NAME}", 60) == ["迟到次数 = 1", NAME]


def test_later_lines_are_set_in() -> None:
    """Below the first one's beginning, and no longer than the screen with that."""
    found = lines("row 65: the event is not declared in the policy and neither scores nor pays", 30, 4)
    assert [line.startswith("    ") for line in found] == [False, True, True]
    assert max(map(len, found)) <= 30


def test_no_line_begins_with_a_mark_that_closes_nor_ends_with_one_that_opens() -> None:
    """Chinese parts anywhere but there."""
    for width in range(8, 30):
        found = lines("警告：没有“客户送锦旗”（事件），不计分，也不计薪。", width)
        assert not any(line[0] in "，。：”）" for line in found)
        assert not any(line[-1] in "“（" for line in found[:-1])


@given(st.text("客服ab1 ，。/.“”（）→", max_size=60), st.integers(4, 40), st.integers(0, 3))
def test_nothing_is_lost_and_lines_fit_unless_a_piece_does_not(text: str, width: int, indent: int) -> None:
    """The same signs but for spaces; a line that is too long has one piece that no line could hold."""
    found = lines(text, width, indent)
    assert "".join("".join(found).split()) == "".join(text.split())
    for line in found:
        assert cell_len(line.rstrip()) <= width or cell_len(text) > width


def test_a_line_that_fits_is_left_alone() -> None:
    """With its looks and spaces."""
    text = Text("  a  b ", "red")
    assert wrapped(text, 7) is text


@pytest.mark.slow
def test_a_terminal_shows_problems_with_hanging_lines_and_a_pipe_in_one(small: Path) -> None:
    """Whoever reads on a screen sees where a problem begins; whoever searches a log finds it in its line."""
    pytest.importorskip("pty")
    change(small / "data" / MONTH / "calls.csv", ",Y,Y,60", ",Y,Y,soon")
    add(small / "csctl.toml", "\n")
    check = command("check", "-w", small, "--month", MONTH)
    surroundings = environment(TERM="xterm-256color", COLUMNS="80", NO_COLOR="1")
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, *check], capture_output=True, env=surroundings, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    shown = done.stdout.decode().replace("\r", "").split("\n")
    first = next(at for at, line in enumerate(shown) if "calls.csv" in line and "soon" in "".join(shown[at : at + 2]))
    assert shown[first + 1].startswith("    ")
    assert max(map(cell_len, shown[first:])) <= 80
    [line] = [line for line in csctl("check", "-w", small, "--month", MONTH).out.splitlines() if "“soon”" in line]
    assert " → " in line


@pytest.mark.parametrize(("path", "typed"), [("demo", "demo"), ("my team", '"my team"'), (r"C:\a b\c", r'"C:\a b\c"')])
def test_a_path_in_a_command_to_copy_is_in_quotes_if_it_has_spaces(path: str, typed: str) -> None:
    """As shells and the command prompt of Windows take it."""
    assert quoted_path(path) == typed


def test_the_command_that_follows_init_can_be_copied(tmp_path: Path) -> None:
    """The folder with a space is one word of it."""
    done = csctl("init", tmp_path / "my team", "--language", "en")
    assert f'csctl run -w "{tmp_path / "my team"}"' in done.out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_to_be_installed_is_shown_whole(language: str) -> None:
    """Brackets are text, and no markup."""
    done = csctl("payslips", "--help", "--language", language)
    assert "csctl[encrypt]" in done.out
