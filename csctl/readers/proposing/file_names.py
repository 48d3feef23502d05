"""Files that are the same export of other months, by their names: the pattern that means them and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from csctl.month import Month
from csctl.readers.columns.file_months import BLANKS, MONTH_BLANK, YEAR_BLANK, for_any_month, month_of_path
from csctl.readers.columns.months_said import months_in

_YEAR = r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})"
_TWO, _ONE = r"(?P<m>0[1-9]|1[0-2])", r"(?P<m>1[0-2]|[1-9])"
_SHORT = "|".join(BLANKS["{mmm}"][0](Month(1, number)) for number in range(1, 13))
_LONG = "|".join(BLANKS["{mmmm}"][0](Month(1, number)) for number in range(1, 13))
_BETWEEN = r"(?P<s>年?/|年|[-._ ]|)"
_SPELLINGS = (
    (re.compile(rf"{_YEAR}(?P<s>-){_TWO}(?![0-9])"), MONTH_BLANK),
    (re.compile(rf"{_YEAR}{_BETWEEN}{_TWO}(?![0-9](?![0-9]))"), "{yyyy}*{mm}"),
    (re.compile(rf"{_YEAR}(?P<s>年?/|年|[-._ ]){_ONE}(?![0-9])"), "{yyyy}*{m}"),
    (re.compile(rf"(?<![0-9])(?<![0-9][-._/]){_TWO}(?P<s>[-._])(?P<y>(?:19|20)[0-9]{{2}})(?![0-9])"), "{mm}*{yyyy}"),
    (re.compile(rf"(?<![A-Za-z])(?P<m>{_LONG})(?P<s>[-._ ]?)(?P<y>(?:19|20)[0-9]{{2}})(?![0-9])"), "{mmmm}*{yyyy}"),
    (re.compile(rf"(?<![A-Za-z])(?P<m>{_SHORT})(?P<s>[-._ ]?)(?P<y>(?:19|20)[0-9]{{2}})(?![0-9])"), "{mmm}*{yyyy}"),
    (re.compile(rf"{_YEAR}(?P<s>[-._ ]?)(?P<m>{_LONG})(?![A-Za-z])"), "{yyyy}*{mmmm}"),
    (re.compile(rf"{_YEAR}(?P<s>[-._ ]?)(?P<m>{_SHORT})(?![A-Za-z])"), "{yyyy}*{mmm}"),
)
"""How people write a month in the name of a file, and the blanks that write it so."""
_DIGITS = re.compile(r"[0-9]+")
_DAY = re.compile(r"^(?P<s>[-._]?)(?P<d>[0-9]{1,2})(?![0-9])")
_SPECIAL = re.compile(r"[\[*?]")


@dataclass(frozen=True, slots=True)
class Named:
    """One file by its path below the workspace: the month that it names, and its name without months and numbers.

    ``parts`` are texts, blanks and numbers in turn.
    """

    path: str
    month: Month | None
    parts: tuple[str, ...]

    @property
    def skeleton(self) -> tuple[str, ...]:
        """The same for all files of one export."""
        return tuple("#" if _DIGITS.fullmatch(part) else part.replace("{mm}", "{m}") for part in self.parts)


def parse_file_name(path: str) -> Named:
    """The month and the parts of a file's name."""
    months = {month for pattern, _ in _SPELLINGS for match in pattern.finditer(path) if (month := _month(match))}
    if len(months) != 1:
        return Named(path, None, tuple(_numbers(path)))
    (month,) = months
    return Named(path, month, tuple(_parts(path)))


def _month(match: re.Match[str]) -> Month | None:
    text = match["m"]
    if text.isdigit():
        return Month(int(match["y"]), int(text))
    found = {number for _, number in months_in(f"{text} {match['y']}")}
    return Month(int(match["y"]), found.pop()) if len(found) == 1 else None


def _parts(path: str) -> Iterator[str]:
    """Texts, blanks and numbers; a day behind a month is a number of its own."""
    rest = path
    while rest:
        first = _first(rest)
        if first is None:
            yield from _numbers(rest)
            return
        match, blanks = first
        yield from _numbers(rest[: match.start()])
        yield blanks.replace("*", match["s"])
        rest = rest[match.end() :]
        day = _DAY.match(rest)
        if day:
            yield from ([day["s"]] if day["s"] else [])
            yield "*"
            rest = rest[day.end() :]


def _first(text: str) -> tuple[re.Match[str], str] | None:
    found = [(match, blanks) for pattern, blanks in _SPELLINGS if (match := pattern.search(text))]
    return min(found, key=lambda one: one[0].start()) if found else None


def _numbers(text: str) -> Iterator[str]:
    last = 0
    for match in _DIGITS.finditer(text):
        if match.start() > last:
            yield text[last : match.start()]
        yield match[0]
        last = match.end()
    if last < len(text):
        yield text[last:]


def common_pattern(group: Sequence[Named]) -> str:
    """What all names of a group have in common: a star for numbers that differ."""
    parts = []
    for places in zip(*(one.parts for one in group), strict=True):
        text = places[0]
        if _is_blank(text):
            parts.append(_blanks(places))
        elif text == "*":
            parts.append(text)
        else:
            parts.append(_escaped(text) if len(set(places)) == 1 else "*")
    return "".join(parts)


def _blanks(places: Sequence[str]) -> str:
    """October is written alike with and without a zero before September: the others tell, else how people do it."""
    short = [text for text in places if "{m}" in text]
    return short[0] if short else places[0].replace("{mm}", "{m}") if "年" in places[0] else places[0]


def _is_blank(text: str) -> bool:
    return MONTH_BLANK in text or (YEAR_BLANK in text and any(blank in text for blank in BLANKS))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"[{match[0]}]", text)


def patterns(groups: Mapping[str, Sequence[Named]], others: Sequence[str]) -> dict[str, Sequence[Named]]:
    """The files of each group by a pattern that means them alone; where one would mean more, each by its name.

    ``others`` are files of no group.
    """
    made: dict[str, Sequence[Named]] = {}
    everything = [*others, *(one.path for group in groups.values() for one in group)]
    for group in groups.values():
        pattern = common_pattern(group)
        own = {one.path for one in group}
        met = {path for path in everything if matches_pattern(pattern, path)}
        if met == own and pattern not in made:
            made[pattern] = group
        else:
            made |= {_escaped(one.path): [one] for one in group}
    return made


def matches_pattern(pattern: str, path: str) -> bool:
    """Whether a pattern finds a file, of whatever month."""
    wide = for_any_month(pattern)
    same_depth = "**" in pattern or wide.count("/") == path.count("/")
    fits = any(fnmatchcase(path, one) for one in (wide, wide.replace("**/", "")))
    return same_depth and fits and (wide == pattern or month_of_path(pattern, path) is not None)
