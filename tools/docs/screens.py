"""Run the hand-written pages and put what the commands show into them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.docs.pages import hand_written, renewed, run_page


def renew() -> None:
    """Every page in an empty folder of its own."""
    for page in hand_written():
        with tempfile.TemporaryDirectory() as folder:
            shown = run_page(page, Path(folder))
        text = page.read_text("utf-8")
        new = renewed(text, shown)
        if new != text:
            page.write_text(new, "utf-8", newline="\n")
            print(page)
