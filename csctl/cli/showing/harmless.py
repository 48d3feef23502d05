"""Text from anywhere, made fit for a screen."""

from __future__ import annotations

import unicodedata

from rich.text import Text


def quoted_path(path: object) -> str:
    """A path as it can be typed into a command line, of Windows too: in quotes if it has a space."""
    text = str(path)
    return f'"{text}"' if " " in text else text


def harmless_text(text: object, style: str = "") -> Text:
    """Text from anywhere as harmless text of one line."""
    kept = (" " if unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") else mark for mark in str(text))
    return Text("".join(kept), style)
