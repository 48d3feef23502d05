"""The pages that people wrote: what they tell a reader to do can be done, and ends as they say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from csctl.policy.model import Policy
from csctl.policy.schema import keys_of
from csctl.workspace import workspace_of
from tests.docs.pages import DOCS, LANGUAGES, blocks, hand_written, run_page
from tests.proofs import mostly_slow
from tests.workbench import policy

PROVEN_ELSEWHERE = (
    "csctl check",
    "csctl run",
    "csctl explain 0007 --month 2026-04 --rows 999 --xlsx why-0007.xlsx",
    "csctl simulate --policy stricter.toml",
    "csctl simulate --agent 0006 --month 2026-05",
)
"""The tutorial's longest commands, left to the slow proofs; other tests do the same on the sample."""
FIRST_KEYS = """
name = "Team"
policy = "insurance"
"""
A_SOURCE = """
[[source]]
table = "roster"
files = "roster.csv"
"""


def _has_commands(page: Path) -> bool:
    return any(block.kind == "console" for block in blocks(page.read_text("utf-8")))


RUNNABLE = [page for page in hand_written() if _has_commands(page)]


def _name(page: Path) -> str:
    return f"{page.parent.name}/{page.name}"


@pytest.mark.parametrize("name", mostly_slow(["zh/policy.md", "zh/sources.md", "en/sources.md"]))
def test_commands_and_screens_of_the_small_pages_are_true(name: str, tmp_path: Path) -> None:
    """Run in order in an empty folder, each command ends as the page says and shows what the page shows."""
    shown = run_page(DOCS / name, tmp_path)
    assert len(shown) >= 3
    for one in shown:
        assert one.block.lines == one.found


@pytest.mark.slow
def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    """From a copy of the sample to closing, correcting, appealing, forms and worklists."""
    run_page(DOCS / "zh" / "tutorial.md", tmp_path, PROVEN_ELSEWHERE)
    assert (tmp_path / "demo" / "out" / "2026-04" / "pay.xlsx").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=_name)
def test_every_page_can_be_followed_and_its_screens_are_true(page: Path, tmp_path: Path) -> None:
    """All commands of all pages in both languages; `tools/make_docs.py --screens` renews the screens."""
    for one in run_page(page, tmp_path):
        assert one.block.lines == one.found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_of_the_policy_page_is_linted_before_the_next(language: str) -> None:
    """Each TOML text that is written is followed by a lint before another changes the same file."""
    waiting: set[str] = set()
    for block in blocks((DOCS / language / "policy.md").read_text("utf-8")):
        if block.kind == "toml":
            assert block.marker in ("file", "append")
            assert block.said not in waiting
            waiting |= {block.said} - {"csctl.toml"}
        elif block.kind == "console":
            for line in block.command_lines:
                words = line.split()
                if words[:3] == ["csctl", "policy", "lint"]:
                    waiting.discard(words[3] if len(words) > 3 else "policy.toml")
    assert waiting == set()


@pytest.mark.parametrize("page", hand_written(), ids=_name)
def test_pieces_of_configuration_are_valid(page: Path) -> None:
    """TOML that a page only shows is a piece of csctl.toml that csctl takes, or one of a policy."""
    for block in blocks(page.read_text("utf-8")):
        if block.kind == "toml" and not block.marker:
            if tomllib.loads(block.text).keys() <= keys_of(Policy).keys():
                policy(block.text if "[pay.base]" in block.text else f'[pay.base]\nby = "roster"\n{block.text}')
                continue
            opened, problems = workspace_of(Path(), FIRST_KEYS + block.text + A_SOURCE)
            # An engine that is not installed here is refused; that it is known is all that can be seen of it.
            known = [one for one in problems if one.code != "engine-not-installed"]
            assert (opened is not None or problems != [], known) == (True, [])
