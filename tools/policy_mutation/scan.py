"""The numbers, flags, keys and words of a policy's text, each with its place: comments and prose are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tools.policy_mutation.words import COUNTED

Kind = Literal["number", "flag", "key", "word", "clock", "month", "list", "count"]

TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<header>^\s*\[\[?[^\n\#]*\]\]?)
      | (?P<named>(?:"(?:\\.|[^"\\\n])*"|[A-Za-z0-9_-]+)(?=\s*=[^=]))
      | (?P<list>(?<=^order\ =\ )\[[^\]\n]*\])
      | (?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      | (?P<date>\d{4}-\d{2}-\d{2})
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<flag>\btrue\b|\bfalse\b)""",
    re.VERBOSE | re.MULTILINE,
)
CLOCK = re.compile(r"\d\d:\d\d")
MONTH = re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class Site:
    """Something in a policy's text that can be changed; ``key`` is the key it stands under, or the key itself."""

    kind: Kind
    start: int
    end: int
    text: str
    key: str


def sites(text: str) -> Iterator[Site]:
    """Everything that can be changed, in the order of the text."""
    key = ""
    for met in TOKEN.finditer(text):
        found = met.group()
        match met.lastgroup:
            case "named":
                key = found
                counted = found in COUNTED and "consecutive" not in _beside(text, met.start())
                yield Site("count" if counted else "key", met.start(), met.end(), found, found)
            case "number" | "flag" | "list" as kind:
                yield Site(kind, met.start(), met.end(), found, key)
            case "text":
                inner = found[1:-1]
                told: Kind = "clock" if CLOCK.fullmatch(inner) else "month" if MONTH.fullmatch(inner) else "word"
                yield Site(told, met.start() + 1, met.end() - 1, inner, key)
            case _:
                pass


def _beside(text: str, place: int) -> str:
    """What stands in the braces, or on the line, in which a place lies."""
    start = max(text.rfind(sign, 0, place) for sign in "{\n")
    return text[start + 1 : min(text.find(sign, place) % (len(text) + 1) for sign in "}\n")]
