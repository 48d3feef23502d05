"""The month in the names of files: the blanks of a pattern, filled for one month or told by one path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from csctl.month import Month
from csctl.readers.columns.days import MONTH_NAMES

MONTH_BLANK = "{month}"
YEAR_BLANK = "{yyyy}"
_NAMES = [name.title() for name in MONTH_NAMES]
_SHORT = [name[:3] for name in _NAMES]
BLANKS: Mapping[str, tuple[Callable[[Month], str], str, str]] = {
    MONTH_BLANK: (str, "[0-9][0-9][0-9][0-9]-[0-9][0-9]", r"[0-9]{4}-(?:0[1-9]|1[0-2])"),
    YEAR_BLANK: (lambda month: f"{month.year:04d}", "[0-9][0-9][0-9][0-9]", r"[0-9]{4}"),
    "{mm}": (lambda month: f"{month.number:02d}", "[0-9][0-9]", r"(?:0[1-9]|1[0-2])"),
    "{m}": (lambda month: str(month.number), "[0-9]*", r"(?:1[0-2]|[1-9])(?![0-9])"),
    "{mmm}": (lambda month: _SHORT[month.number - 1], "[A-Z][a-z][a-z]", f"(?:{'|'.join(_SHORT)})"),
    "{mmmm}": (lambda month: _NAMES[month.number - 1], "[A-Z][a-z]*", f"(?:{'|'.join(_NAMES)})"),
}
"""How each blank writes a month, which names it may stand for in a glob, and which texts it can be."""
OF_YEAR = tuple(blank for blank in BLANKS if blank not in {MONTH_BLANK, YEAR_BLANK})
"""Blanks that tell the month of a year which another blank tells."""
_BLANK = re.compile("|".join(map(re.escape, BLANKS)))
_GLOB = re.compile(rf"(?P<blank>{_BLANK.pattern})|(?P<deep>\*\*/)|(?P<any>\*+)|(?P<one>\?)|(?P<set>\[!?\]?[^\]]*\])")


def names_month(pattern: str) -> bool:
    """Whether the files of a pattern say by their names of which month they are."""
    return MONTH_BLANK in pattern or (YEAR_BLANK in pattern and any(blank in pattern for blank in OF_YEAR))


def for_month(pattern: str, month: Month | None) -> str:
    """The glob of the files of one month."""
    if month is None or not names_month(pattern):
        return pattern
    return _BLANK.sub(lambda match: BLANKS[match[0]][0](month), pattern)


def for_any_month(pattern: str) -> str:
    """The glob of the files of all months; a name that it meets may still be of none."""
    if not names_month(pattern):
        return pattern
    parts = (_BLANK.sub(lambda match: BLANKS[match[0]][1], part) for part in pattern.split("/"))
    # Two stars mean folders below folders, and only where they stand alone.
    return "/".join(part if part == "**" else part.replace("**", "*") for part in parts)


def month_of_path(pattern: str, path: str) -> Month | None:
    """The month of a file by its path below the workspace; None if the pattern does not meet it or names none."""
    found = _regex(pattern).fullmatch(path) if names_month(pattern) else None
    if found is None:
        return None
    told = {blank: text for blank, name in _groups().items() if (text := found.groupdict().get(name))}
    if MONTH_BLANK in told:
        return Month.parse(told[MONTH_BLANK])
    number = next(_number(blank, text) for blank, text in told.items() if blank in OF_YEAR)
    month = Month(int(told[YEAR_BLANK]), number)
    return month if all(BLANKS[blank][0](month) == text for blank, text in told.items()) else None


def _number(blank: str, text: str) -> int:
    """The number of the month that the text of a blank means."""
    return next(number for number in range(1, 13) if BLANKS[blank][0](Month(1, number)) == text)


def _groups() -> dict[str, str]:
    return {blank: f"g{at}" for at, blank in enumerate(BLANKS)}


def _regex(pattern: str) -> re.Pattern[str]:
    """What a path must be; a blank that comes again says the same again."""
    parts, last, met = [], 0, set[str]()
    for match in _GLOB.finditer(pattern):
        parts.append(re.escape(pattern[last : match.start()]))
        parts.append(_part(match, met))
        last = match.end()
    return re.compile("".join([*parts, re.escape(pattern[last:])]), re.DOTALL)


def _part(match: re.Match[str], met: set[str]) -> str:
    blank = match["blank"]
    if blank:
        name = _groups()[blank]
        said = f"(?P={name})" if blank in met else f"(?P<{name}>{BLANKS[blank][2]})"
        met.add(blank)
        return said
    if match["set"]:
        inside = match["set"][1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return "(?:.*/)?" if match["deep"] else "[^/]*" if match["any"] else "[^/]"
