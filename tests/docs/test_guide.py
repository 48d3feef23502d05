"""The guide as a whole: generated pages are current, links lead somewhere, nothing is named that does not exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import pytest
import typer.main

from csctl.cli import app
from csctl.readers.columns.source import Source
from tests.docs.pages import DOCS, FENCE, LANGUAGES, Block, blocks, hand_written
from tests.end_to_end.running import ROOT, environment

PAGES = sorted(DOCS.rglob("*.md"))
WRITTEN = [DOCS / "README.md", *hand_written()]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"`([^`]+)`")
HEADING = re.compile(r"^(#+) (.*)$")
MOST_IMAGES, MOST_BYTES = 12, 120_000


def _name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def _outside_fences(text: str) -> Iterator[str]:
    """The lines of a page that are prose."""
    inside = False
    for line in text.splitlines():
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield line


def _headings(page: Path) -> list[tuple[int, str]]:
    found = (HEADING.match(line) for line in _outside_fences(page.read_text("utf-8")))
    return [(len(one[1]), one[2]) for one in found if one]


def _anchors(page: Path) -> set[str]:
    """Anchors as GitHub makes them of headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in _headings(page)}


# ---- generated pages -------------------------------------------------------------------------------------------


def test_generated_pages_are_as_they_would_be_made_now() -> None:
    """Run `python tools/make_docs.py` after a change of help, models, tables, profiles or messages."""
    command = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_page_with_usage_an_example_and_its_exit_codes(language: str) -> None:
    """A command without a page, or a page without these parts, is a fault of the generator."""
    for name in _commands():
        text = (DOCS / language / "commands" / f"{name.split()[0]}.md").read_text("utf-8")
        assert f"\ncsctl {name}" in text
        fences = list(blocks(text))
        assert any(line.startswith(f"csctl {name}") for one in fences if one.kind == "sh" for line in one.lines)
        assert "| 70 |" in text


# ---- links and pictures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_and_pictures_lead_to_something(page: Path) -> None:
    """Every relative link names a file that is there, and an anchor that is in it."""
    for line in _outside_fences(page.read_text("utf-8")):
        for target in LINK.findall(INLINE.sub("", line)):
            if "://" in target:
                continue
            path, _, anchor = unquote(target).partition("#")
            file = (page.parent / path).resolve() if path else page
            assert file.is_file(), (line, target)
            assert not anchor or anchor in _anchors(file), (line, target)


def test_every_page_can_be_reached_from_the_contents() -> None:
    """Following links from docs/README.md one comes to every page."""
    seen, waiting = {DOCS / "README.md"}, [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        targets = (unquote(target).partition("#")[0] for target in LINK.findall(page.read_text("utf-8")))
        linked = {
            (page.parent / target).resolve() for target in targets if target.endswith(".md") and ":" not in target
        }
        fresh = {one for one in linked if one.is_relative_to(DOCS)} - seen
        seen |= fresh
        waiting += fresh
    assert seen == set(PAGES)


def test_pictures_are_few_small_and_all_used() -> None:
    """At most a dozen, none heavier than 120 KB, none that no page shows."""
    pictures = sorted((DOCS / "images").iterdir())
    assert 0 < len(pictures) <= MOST_IMAGES
    assert [one.name for one in pictures if one.stat().st_size > MOST_BYTES] == []
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert [one.name for one in pictures if f"images/{one.name})" not in text] == []


# ---- two languages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(page.name for page in (DOCS / "en").glob("*.md")))
def test_both_languages_have_the_same_parts_and_the_same_blocks(name: str) -> None:
    """Headings of the same levels in the same order; blocks of the same kinds that end the same way."""
    zh, en = (DOCS / language / name for language in ("zh", "en"))
    assert [level for level, _ in _headings(zh)] == [level for level, _ in _headings(en)]
    assert [_kind(block) for block in blocks(zh.read_text("utf-8"))] == [
        _kind(block) for block in blocks(en.read_text("utf-8"))
    ]


def _kind(block: Block) -> tuple[str, str, str, int]:
    said = block.said if block.marker == "exit" else ""
    return block.kind, block.marker, said, len(block.command_lines) if block.kind in ("console", "sh") else 0


def test_both_languages_have_the_same_pages() -> None:
    """Pages and command pages have the same names."""
    zh, en = ({path.relative_to(DOCS / one).as_posix() for path in (DOCS / one).rglob("*.md")} for one in LANGUAGES)
    assert zh == en


# ---- what is named ---------------------------------------------------------------------------------------------


@cache
def _commands() -> dict[str, set[str]]:
    """Every command by its full name, with its options; those of csctl itself belong to each."""
    root: Any = typer.main.get_command(app)
    own = {option for parameter in root.params for option in parameter.opts} | {"--help", "-h"}

    def below(prefix: str, group: Any) -> Iterator[tuple[str, set[str]]]:
        for name, one in group.commands.items():
            full = f"{prefix} {name}".strip()
            if hasattr(one, "commands"):
                yield from below(full, one)
            else:
                yield full, own | {option for parameter in one.params for option in parameter.opts}

    return dict(below("", root))


def _mentioned(page: Path) -> Iterator[str]:
    """Command lines in blocks, and command lines and options in running text."""
    text = page.read_text("utf-8")
    for block in blocks(text):
        if block.kind in ("console", "sh"):
            yield from (part.strip() for line in block.command_lines for part in re.split(r"&&|\||;", line))
    for line in _outside_fences(text):
        yield from INLINE.findall(line)


def options_of_commands() -> dict[str, set[str]]:
    """Every command by its full name, with its options."""
    return _commands()


def command_fault(said: str) -> str | None:
    """What is wrong with a command line or an option, if anything."""
    return _fault(said, _commands())


def _fault(said: str, commands: dict[str, set[str]]) -> str | None:
    if not re.match(r"--[a-z]|csctl ", said):
        return None
    words = shlex.split(said, comments=True)
    if re.match(r"--[a-z]", words[0]):
        everything = set().union(*commands.values())
        return None if words[0].partition("=")[0] in everything else words[0]
    rest = [word for word in words[1:] if not word.startswith("-")]
    groups = {name.split()[0] for name in commands if " " in name}
    name = " ".join(rest[:2]) if rest and rest[0] in groups else " ".join(rest[:1])
    if not rest or name in groups:
        return None
    if name not in commands:
        return name
    options = [word.partition("=")[0] for word in words[1:] if word.startswith("-") and len(word) > 1]
    return next((option for option in options if option not in commands[name]), None)


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_no_page_names_a_command_or_an_option_that_does_not_exist(page: Path) -> None:
    """Every `csctl …` and every `--option` of a page is one that csctl has."""
    commands = _commands()
    faults = [(said, found) for said in _mentioned(page) if said and (found := _fault(said, commands))]
    assert faults == []


def test_every_shape_that_a_source_may_have_is_in_the_table_of_shapes() -> None:
    """With the line that says it, and a section of both guides that there is."""
    page = (DOCS / "reference" / "profiles.md").read_text("utf-8")
    shapes = next(one for one in get_args(Source.model_fields["shape"].annotation) if get_args(one))
    assert {f'`shape = "{one}"`' for one in get_args(shapes)} <= {f"`{one}`" for one in INLINE.findall(page)}
    named = {int(number) for number in re.findall(r"\| (\d+) \|$", page, re.MULTILINE)}
    for language in LANGUAGES:
        titles = [title for level, title in _headings(DOCS / language / "sources.md") if level == 2]
        assert named <= {int(title.split(".")[0]) for title in titles}
