"""Every change of a policy's text that a proof should notice: one number, flag, key or word at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.policy_mutation.places import places
from tools.policy_mutation.scan import Site, sites
from tools.policy_mutation.words import KEYS, other_word

WHOLE_TEXT = frozenset({"version", "id"})
"""Keys that name the policy: a change of them is no change of what is computed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``path`` is the key changed (``career.step[to_senior].window_months``), ``line`` counts from 1."""

    policy: str
    path: str
    line: int
    before: str
    after: str
    text: str
    rules: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the change is called in lists: the same as long as the key and its value stay."""
        return f"{self.policy}:{self.path} {self.before} → {self.after}"


def changes(policy: str, text: str) -> Iterator[Change]:
    """Every change of a policy's own text, in its order."""
    found = [(site, afters) for site in sites(text) if (afters := _afters(site))]
    where = places(text, [site for site, _ in found])
    for number, (site, afters) in enumerate(found):
        line = text.count("\n", 0, site.start) + 1
        for after in afters:
            changed = text[: site.start] + after + text[site.end :]
            yield Change(policy, where[number].path, line, site.text, after, changed, where[number].rules)


def _afters(site: Site) -> Sequence[str]:
    match site.kind:
        case "number":
            return _numbers(site.text)
        case "flag":
            return ["false" if site.text == "true" else "true"]
        case "count":
            return [f"consecutive = true, {site.text}"]
        case "list":
            return [_reversed(site.text)]
        case "clock":
            return _clocks(site.text)
        case "month":
            return _months(site.text) if site.key not in WHOLE_TEXT else []
        case "key":
            return [KEYS[site.text]] if site.text in KEYS else []
        case "word":
            other = other_word(site.key, site.text)
            return [] if other is None else [other]


def _numbers(text: str) -> list[str]:
    """One step up and one down: of a whole number 1, else one in its last place."""
    step = Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent))
    return [str(Decimal(text) + step), str(Decimal(text) - step)]


def _reversed(text: str) -> str:
    """A list of texts on one line, from its end."""
    return "[" + ", ".join(reversed(re.findall(r'"[^"]*"', text))) + "]"


def _clocks(text: str) -> list[str]:
    hours, minutes = (int(part) for part in text.split(":"))
    at = hours * 60 + minutes
    return [f"{moved // 60:02d}:{moved % 60:02d}" for moved in (at + 1, at - 1)]


def _months(text: str) -> list[str]:
    year, month = (int(part) for part in text.split("-"))
    count = year * 12 + month - 1
    return [f"{moved // 12:04d}-{moved % 12 + 1:02d}" for moved in (count + 1, count - 1)]
