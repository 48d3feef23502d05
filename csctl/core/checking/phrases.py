"""Searching what was said for phrases, whatever the width and case of the letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from csctl.words import letters

ARROW = re.compile(r"\s*(?:→|->)\s*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the policy writes it, what to say instead ("" if nothing is suggested), and how it is found."""

    text: str
    instead: str
    pattern: re.Pattern[str]


def phrase_of(written: str) -> Phrase:
    """A phrase, or ``phrase→better one``. Latin words are found as whole words: ``no`` is not in ``know``."""
    text, _, instead = ARROW.sub("→", written.strip()).partition("→")
    searched = letters(text)
    before = "(?<![0-9a-z])" if re.match("[0-9a-z]", searched) else ""
    after = "(?![0-9a-z])" if re.search("[0-9a-z]$", searched) else ""
    return Phrase(text, instead, re.compile(before + re.escape(searched) + after))


def found_in(phrases: list[Phrase], text: str) -> list[Phrase]:
    """The phrases that stand in the text, in the policy's order."""
    searched = letters(text)
    return [phrase for phrase in phrases if phrase.pattern.search(searched)]


def characters_in(text: str) -> int:
    """Letters, digits and Chinese characters; signs, blanks and pictures do not count."""
    return sum(mark.isalnum() for mark in text)
