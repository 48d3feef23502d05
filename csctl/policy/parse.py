"""From the text of a policy to plain values, with bounds that keep a hostile text harmless."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation

from csctl.messages import problem
from csctl.policy.tree import SourceText
from csctl.problems import Place, Problem

TEXT_LIMIT = 1024 * 1024
LINE_LIMIT = 4096
DEPTH_LIMIT = 24

# The standard parser needs time and memory that grow with the square of a dotted key's length.
_LONG_KEY = re.compile(r"""(?<![\w"'.-])(?:(?:"[^"\n]{0,60}"|'[^'\n]{0,60}'|[A-Za-z0-9_-]+)[ \t]*\.[ \t]*){16}""")
_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")
_KINDS = (
    ("Expected '=' after a key", "policy-syntax-no-equals"),
    ("Expected newline", "policy-syntax-too-much"),
    ("Invalid value", "policy-syntax-no-value"),
    ("Unclosed", "policy-syntax-unclosed"),
    ("Unterminated string", "policy-syntax-unclosed"),
    ("Illegal character '\\n'", "policy-syntax-unclosed"),
    ("Expected '\"'", "policy-syntax-unclosed"),
    ("Expected \"'", "policy-syntax-unclosed"),
    ("Expected ']", "policy-syntax-unclosed"),
    ("Cannot overwrite", "policy-syntax-twice"),
    ("Cannot declare", "policy-syntax-twice"),
    ("Cannot mutate", "policy-syntax-twice"),
    ("Cannot redefine", "policy-syntax-twice"),
    ("Duplicate inline table key", "policy-syntax-twice"),
    ("Unescaped", "policy-syntax-backslash"),
)
"""How the standard parser's messages begin, and which fault that is."""


def parse(source: SourceText) -> tuple[dict[str, object] | None, list[Problem]]:
    """The document of a text, numbers with a point as exact decimals; None and one problem if it cannot be read.

    A byte order mark is cut. Refused: more than 1 MiB, a line of more than 4,096 characters, keys or values nested
    more than 24 deep. ``inf`` and ``nan`` come through as decimals: the models refuse them by name.
    """
    text = source.text.removeprefix("\ufeff")
    refused = _out_of_bounds(source.name, text)
    if refused:
        return None, [refused]
    try:
        document = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as fault:
        return None, [_syntax(source.name, text, str(fault))]
    except RecursionError:
        return None, [problem("policy-too-deep", Place(source.name), limit=DEPTH_LIMIT)]
    except ValueError:
        return None, [problem("policy-number-too-long", Place(source.name))]
    if _too_deep(document):
        return None, [problem("policy-too-deep", Place(source.name), limit=DEPTH_LIMIT)]
    return document, []


def _out_of_bounds(name: str, text: str) -> Problem | None:
    if len(text.encode("utf-8", "replace")) > TEXT_LIMIT:
        return problem("policy-too-large", Place(name), limit=TEXT_LIMIT)
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LINE_LIMIT:
            return problem("policy-line-too-long", Place(name, row=number), len(line), limit=LINE_LIMIT)
        if _LONG_KEY.search(line):
            return problem("policy-too-deep", Place(name, row=number), limit=DEPTH_LIMIT)
    return None


def _decimal(text: str) -> Decimal:
    """A number with a point. One whose exponent no decimal can hold becomes NaN, which the models refuse."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("nan")


def _too_deep(document: object) -> bool:
    level = [document]
    for _ in range(DEPTH_LIMIT + 1):
        level = [item for value in level for item in _inside(value)]
        if not level:
            return False
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _syntax(name: str, text: str, message: str) -> Problem:
    lines = text.rstrip().split("\n")
    at = _AT.search(message)
    # A line break is where the parser notices; the fault stands on the line before it.
    row = min(int(at[1]), len(lines)) if at and at[1] else len(lines)
    code = next((code for start, code in _KINDS if message.startswith(start)), "policy-syntax")
    return problem(code, Place(name, row=row), lines[row - 1].strip()[:60], reason=_AT.sub("", message).strip())
