"""The page about Python: its pieces run one after another and print what the page says."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES, blocks
from tests.end_to_end.samples import copy_workspace, sample

__all__ = ["sample"]


def test_the_pages_of_both_languages_have_the_same_pieces() -> None:
    """The English one asks for English."""
    pieces = {
        language: [
            one.text for one in blocks((DOCS / language / "python.md").read_text("utf-8")) if one.kind == "python"
        ]
        for language in LANGUAGES
    }
    assert pieces["zh"] == [text.replace(', language="en"', "") for text in pieces["en"]]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_runs_and_prints_what_the_page_shows(
    language: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A block of text shows what the Python above it prints."""
    copy_workspace(sample, tmp_path / "our-team")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed, compared = "", 0
    for block in blocks((DOCS / language / "python.md").read_text("utf-8")):
        if block.kind == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(block.text, names)  # noqa: S102  the project's own page
            printed = out.getvalue()
        else:
            assert block.text == printed
            compared += 1
    assert compared >= 6
