"""The first page that anybody sees: what it shows is what a page of the guide shows, whose screens are run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ELLIPSIS, Block, blocks
from tests.docs.test_guide import LINK, command_fault
from tests.end_to_end.running import ROOT

FILES = {"zh": ROOT / "README.zh.md", "en": ROOT / "README.md"}
OWN = "csctl adopt my-exports"


def shown(path: Path, kind: str) -> list[Block]:
    """The blocks of a kind in a file."""
    return [block for block in blocks(path.read_text("utf-8")) if block.kind == kind]


@pytest.mark.parametrize("language", FILES)
def test_ones_own_folder_comes_first_and_the_sample_second(language: str) -> None:
    """Each with commands that there are, one a line, so that they work in any shell."""
    first, second = shown(FILES[language], "console")[:2]
    assert first.command_lines == ["python -m pip install .", OWN, "csctl run -w my-exports"]
    assert second.command_lines[0].startswith("csctl run -w sample_data")


@pytest.mark.parametrize("language", FILES)
def test_the_first_screens_are_those_of_the_first_hour(language: str) -> None:
    """Line by line, in their order."""
    there = [line.rstrip() for block in shown(DOCS / language / "first-hour.md", "text") for line in block.lines]
    for block in shown(FILES[language], "text")[:2]:
        at = 0
        for line in (one for one in block.lines if one != ELLIPSIS):
            assert line in there[at:], line
            at = there.index(line, at) + 1


@pytest.mark.parametrize("language", FILES)
def test_every_command_and_every_link_of_it_is_there(language: str) -> None:
    text = FILES[language].read_text("utf-8")
    for block in shown(FILES[language], "console"):
        for line in block.command_lines:
            for part in line.split("&&"):
                assert command_fault(part.strip()) is None, line
    targets = [one for one in LINK.findall(text) if "://" not in one]
    assert len(targets) > 5
    assert [one for one in targets if not (ROOT / one.partition("#")[0]).exists()] == []
