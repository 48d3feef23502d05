"""Several people in one cell: each of them is credited with the row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from csctl.readers.columns.identifiers import parse_id, parse_name
from csctl.readers.columns.source import ColumnRule
from csctl.tables import AGENT_NAMES

Columns = Mapping[str, Sequence[object]]
_PARSERS: dict[str, Callable[[str], object]] = {"agent_id": parse_id, "agent_name": parse_name}


def for_each_person(columns: Columns, rules: Mapping[str, ColumnRule]) -> tuple[dict[str, Sequence[object]], int]:
    """The rows, each as often as it has people, in their order; and how many have more than one.

    ``columns`` are equally long; ``rules`` say by which signs a cell names several. Where numbers and names both do,
    the first number is that of the first name; else only what names several says who it is.
    """
    signs = {name: _signs(rules[name].several) for name in AGENT_NAMES if name in rules and rules[name].several}
    if not signs:
        return dict(columns), 0
    whole = {name: list(values) for name, values in columns.items()}
    length = len(whole["agent_name"])
    parts = {name: [_parted(value, signs.get(name), name) for value in whole[name]] for name in AGENT_NAMES}
    people = [list(_people(*(parts[name][at] for name in AGENT_NAMES))) for at in range(length)]
    rows = [at for at, them in enumerate(people) for _ in them]
    spread: dict[str, Sequence[object]] = {name: [values[at] for at in rows] for name, values in whole.items()}
    for position, name in enumerate(AGENT_NAMES):
        spread[name] = [one[position] for them in people for one in them]
    shared = [at for at, them in enumerate(people) if len(them) > 1]
    return spread, _rows(whole, shared)


def _signs(several: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(_narrow(sign)) for sign in sorted(several, key=len, reverse=True)))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _parted(value: object, signs: re.Pattern[str] | None, name: str) -> list[object]:
    """Whom a cell names, each once; nobody in an empty one."""
    if not isinstance(value, str):
        return []
    if signs is None or not signs.search(_narrow(value)):
        return [value]
    found = (_PARSERS[name](text.strip()) for text in signs.split(_narrow(value)) if text.strip())
    return list(dict.fromkeys(one for one in found if isinstance(one, str)))


def _people(ids: Sequence[object], names: Sequence[object]) -> Iterator[tuple[object, object]]:
    """Number and name of each person of a row; of nobody, too."""
    if len(ids) == len(names):
        yield from zip(ids, names, strict=True) if ids else ((None, None),)
    elif max(len(ids), len(names)) == 1:
        yield (ids[0] if ids else None, names[0] if names else None)
    elif len(names) > 1:
        yield from ((None, name) for name in names)
    else:
        yield from ((one, None) for one in ids)


def _rows(columns: Columns, shared: Sequence[int]) -> int:
    """How many rows of the file these are: a wide table has made several of each."""
    return len({columns["source_row"][at] for at in shared})
