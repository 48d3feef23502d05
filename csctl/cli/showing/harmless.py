"""Text from anywhere, made fit for a screen."""

from __future__ import annotations

import unicodedata

from rich.text import Text


def plain(text: object, style: str = "") -> Text:
    """Text from anywhere as harmless text of one line."""
    kept = (" " if unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") else mark for mark in str(text))
    return Text("".join(kept), style)
