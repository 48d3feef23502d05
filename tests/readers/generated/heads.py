"""Headers as departments write them: any alias, in either language, with units in any place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from csctl.tables import TABLES

UNIT_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "seconds": {"zh": ("秒",), "en": ("s", "sec", "seconds")},
    "minutes": {"zh": ("分钟",), "en": ("min", "mins", "minutes")},
    "hours": {"zh": ("小时",), "en": ("h", "hours")},
    "milliseconds": {"zh": ("毫秒",), "en": ("ms",)},
    "mm:ss": {"zh": ("mm:ss",), "en": ("mm:ss",)},
    "hh:mm": {"zh": ("hh:mm",), "en": ("hh:mm",)},
    "days": {"zh": ("天",), "en": ("days",)},
    "points": {"zh": ("分",), "en": ("分",)},
    "元": {"zh": ("元",), "en": ("CNY",)},
    "万元": {"zh": ("万元",), "en": ("万元",)},
    "千元": {"zh": ("千元",), "en": ("千元",)},
    "%": {"zh": ("%",), "en": ("%",)},
}
OF_TIME = frozenset({"seconds", "minutes", "hours", "milliseconds"})

Place = Callable[[str, str], str]
UNIT_PLACES: Mapping[str, tuple[str, Place]] = {
    # name → for which units ("" any, "time" lengths of time, "long" words of more than one letter), how
    "unit: x(s)": ("", lambda text, unit: f"{text}({unit})"),
    "unit: x（s）": ("", lambda text, unit: f"{text}（{unit}）"),
    "unit: x (s)": ("", lambda text, unit: f"{text} ({unit})"),
    "unit: x[s]": ("", lambda text, unit: f"{text}[{unit}]"),
    "unit: x【s】": ("", lambda text, unit: f"{text}【{unit}】"),
    "unit: x(单位:s)": ("", lambda text, unit: f"{text}(单位:{unit})"),
    "unit: x/s": ("long", lambda text, unit: f"{text}/{unit}"),
    "unit: x·s": ("long", lambda text, unit: f"{text}·{unit}"),
    "unit: x_s": ("time", lambda text, unit: f"{text.replace(' ', '_')}_{unit}"),
    "unit: x s": ("long", lambda text, unit: f"{text} {unit}" if text.isascii() else f"{text}{unit}"),
    "unit: x in s": ("english", lambda text, unit: f"{text} in {unit}"),
}
FIRST_PLACE = next(iter(UNIT_PLACES))

DRESSES: Mapping[str, Callable[[str], str]] = {
    "header: as declared": lambda text: text,
    "header: UPPER": str.upper,
    "header: Title": str.title,
    "header: snake_case": lambda text: text.replace(" ", "_"),
    "header: wide": lambda text: text.translate({code: code + 0xFEE0 for code in range(0x41, 0x7B)}),
    "header: between spaces": lambda text: f" {text}  ",
    "header: with a star": lambda text: f"*{text}",
    "header: with a colon": lambda text: f"{text}：",
    "header: with a line break": lambda text: text.replace(" ", "\n") if " " in text else f"{text}\n",
}
PLAIN_DRESS = next(iter(DRESSES))


def places_for(unit: str, word: str, language: str) -> list[str]:
    """Where a unit word may stand: single letters only in brackets or after ``_``."""
    fits = {"": True, "time": unit in OF_TIME, "long": unit in OF_TIME and (len(word) > 1 or not word.isascii()),
            "english": unit in OF_TIME and language == "en" and len(word) > 3}  # fmt: skip
    return [name for name, (whom, _) in UNIT_PLACES.items() if fits[whom]]


def with_unit(text: str, unit: str, word: str, place: str) -> str:
    """The header with its unit. ``mm:ss`` and the like stand in brackets."""
    return UNIT_PLACES[place][1](text, word)


def _bare(text: str) -> str:
    return text.casefold().replace(" ", "").replace("_", "")


@cache
def aliases(table: str, name: str, language: str) -> tuple[str, ...]:
    """Declared names of a column that are no other column's, and say no unit by themselves."""
    columns = TABLES[table].columns
    others = {_bare(alias) for column in columns if column.name != name for alias in (column.name, *column.aliases)}
    column = TABLES[table].column(name)
    assert column is not None, (table, name)
    units = ("(", " in ", "minutes")
    own = [one for one in column.aliases if _bare(one) not in others and not any(unit in one for unit in units)]
    return tuple(alias for alias in own if alias.isascii() == (language == "en"))


def unknown(dice: Random, language: str, taken: int) -> str:
    """A header nobody declares; the mapping of the workspace must name it."""
    stem = "自定义字段" if language == "zh" else "custom field"
    return f"{stem} {dice.choice('ABCDEFG')}{taken}"
