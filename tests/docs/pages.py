"""The pages of the guide as programs: commands to run, files to write, screens to compare."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import openpyxl

from tests.end_to_end.running import ROOT, Done, csctl

DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
FENCE = re.compile(r"^```(\w*)\s*$")
MARKER = re.compile(r"^<!-- (exit|file:|append:|output|typed:|cells:) ?(.*?) ?-->$")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page.

    ``marker`` and ``said`` come from a comment on the line above: ``exit 1`` for commands that end with that code,
    ``typed: 2 | |`` for what somebody at a terminal types at each question, ``file: NAME`` for a file to write,
    ``append: NAME`` for lines to add to one, ``cells: NAME`` for cells of a workbook to fill in, one a line, such as
    ``General!B9 = 65``, ``output`` (of which lines) for the screen of the last command before it. ``first`` and
    ``last`` are the numbers of the lines within the fence.
    """

    kind: str
    lines: tuple[str, ...]
    marker: str
    said: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """What stands in the fence."""
        return "\n".join(self.lines) + "\n"

    @property
    def command_lines(self) -> list[str]:
        """The command lines, those continued on the next line joined."""
        whole = "\n".join(self.lines).replace("\\\n", " ")
        return [line.strip() for line in whole.splitlines() if line.strip() and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen on a page, and what the command shows now."""

    block: Block
    found: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """All fenced blocks of a page."""
    lines = text.splitlines()
    start: int | None = None
    for number, line in enumerate(lines):
        if start is None and FENCE.match(line):
            start = number
        elif start is not None and line.strip() == "```":
            above = MARKER.match(lines[start - 1]) if start else None
            marker, said = (above[1].rstrip(":"), above[2]) if above else ("", "")
            kind = FENCE.match(lines[start])
            assert kind is not None
            yield Block(kind[1], tuple(lines[start + 1 : number]), marker, said, start + 1, number)
            start = None


def hand_written() -> list[Path]:
    """The pages that people wrote."""
    return sorted(path for language in LANGUAGES for path in (DOCS / language).glob("*.md"))


def run_page(page: Path, folder: Path, left_out: Collection[str] = ()) -> list[Shown]:
    """Do all that a page says, in order, in an empty folder; the screens it shows.

    ``left_out`` are commands that are not run, and whose screens are not looked at. Raises AssertionError for a command
    that ends otherwise than the page says.
    """
    shown: list[Shown] = []
    done: Done | None = None
    wanted = list(blocks(page.read_text("utf-8")))
    with mock.patch.dict(os.environ, {"COLUMNS": "80", "CSCTL_LANGUAGE": page.parent.name}), contextlib.chdir(folder):
        for block in wanted:
            if block.marker in ("file", "append"):
                put(block)
            elif block.marker == "cells":
                fill_in(block)
            elif block.marker == "output" and done is not None:
                shown.append(Shown(block, cut(done, block.said)))
            elif block.kind == "console":
                for line in block.command_lines:
                    done = None if line in left_out else one_command(page, block, line)
    return shown


def put(block: Block) -> None:
    """Write or lengthen the file a block names."""
    path = Path(block.said)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if block.marker == "append" else ""
    path.write_text(before + block.text, "utf-8")


def fill_in(block: Block) -> None:
    """Write into cells of a workbook as somebody does in Excel."""
    book = openpyxl.load_workbook(block.said)
    for line in block.lines:
        cell, _, value = line.partition(" = ")
        sheet, _, at = cell.partition("!")
        book[sheet][at] = int(value) if value.isdigit() else value
    book.save(block.said)


class Typing:
    """Somebody at a terminal, whose lines stand on the screen as they are typed."""

    def __init__(self, lines: list[str]) -> None:
        """All that will be typed."""
        self._lines = iter(lines)

    def isatty(self) -> bool:
        """It is one."""
        return True

    def readline(self) -> str:
        """The next line; "" at the end, as a file has it."""
        line = next(self._lines, "")
        sys.stdout.write(line)
        return line


def one_command(page: Path, block: Block, line: str) -> Done:
    """A command line of a page: csctl, or a change of folder."""
    words = shlex.split(line)
    if words[0] == "cd":
        os.chdir(words[1])
        return Done(0, "", "")
    assert words[0] == "csctl", line
    typed = [f"{one.strip()}\n" for one in block.said.split("|")] if block.marker == "typed" else []
    with mock.patch.object(sys, "stdin", Typing(typed)) if typed else contextlib.nullcontext():
        done = csctl(*words[1:])
    wanted = int(block.said) if block.marker == "exit" else 0
    assert done.code == wanted, (page.parent.name, page.name, line, done)
    return done


def cut(done: Done, wanted: str) -> tuple[str, ...]:
    """The lines of a screen that a page shows: all, or ranges such as ``1-6, 20-22``; … stands for what is left out."""
    lines = [line.rstrip() for line in (done.out + "".join(f"{line}\n" for line in done.faults)).splitlines()]
    if not wanted:
        return tuple(lines)
    kept: list[str] = []
    after = 0
    for part in wanted.split(","):
        first, _, last = part.strip().partition("-")
        kept += [ELLIPSIS] if int(first) > after + 1 else []
        after = min(int(last), len(lines)) if last else len(lines) if part.strip().endswith("-") else int(first)
        kept += lines[int(first) - 1 : after]
    return tuple(kept + ([ELLIPSIS] if after < len(lines) else []))


def renewed(text: str, shown: list[Shown]) -> str:
    """The page with the screens as they are now."""
    lines = text.splitlines()
    for one in reversed(shown):
        lines[one.block.first : one.block.last] = one.found
    return "\n".join(lines) + "\n"
