"""Fixed words of the reports."""

from __future__ import annotations

from csctl.messages import say


def report_word(name: str, language: str, /, **blanks: object) -> str:
    """A word of the reports. Raises KeyError for one the catalogue lacks."""
    return say(f"report-{name}", language, **blanks)


def pay_kind_word(kind: str, language: str) -> str:
    """What people call a kind of pay line."""
    return say(f"sheet.pay-{kind}", language)
