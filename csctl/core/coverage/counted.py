"""Pay lines that count other lines: an advance, a guarantee, a limit of all variable pay rest on what those rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csctl.core.paying.components.base import is_probation
from csctl.core.paying.components.cap import OF_ALL
from csctl.core.paying.payroll import by_agent
from csctl.core.records.lines import PayLine
from csctl.core.records.marks import UNJUDGED, Marks
from csctl.messages.grammar import listed
from csctl.policy.model import Policy
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.guarantee import Guarantee
from csctl.policy.pay.kinds import PayKind
from csctl.policy.pay.limited import PayCap
from csctl.policy.walk import entry_named

Counting = Draw | Guarantee | PayCap
_IN_ORDER: tuple[PayKind, ...] = ("cut", "draw", "guarantee")
"""The kinds of their lines, each after those that it may count."""


@dataclass(frozen=True, slots=True)
class Open:
    """What of pay somebody has no line of for want of data: the kind and the label that the line would have."""

    kind: PayKind
    label: str


def with_counted(lines: Iterable[PayLine], policy: Policy, unjudged: Mapping[str, Sequence[Open]]) -> list[PayLine]:
    """The lines, those that count others with the marks of these and one that names what is not among them for want
    of data, which is ``unjudged`` by agent.
    """
    made = list(lines)
    for kind in _IN_ORDER:
        own = by_agent(made)
        made = [
            _counting(line, policy, own[line.agent_id], unjudged.get(line.agent_id, ())) if line.kind == kind else line
            for line in made
        ]
    return made


def _counting(line: PayLine, policy: Policy, own: Sequence[PayLine], unjudged: Iterable[Open]) -> PayLine:
    rule = _rule(policy, line)
    if rule is None:
        return line
    counted = [one for one in own if one.counts_as in rule.counts and not is_probation(one)]
    marks = (mark for one in counted for mark in one.marks if not mark.startswith(UNJUDGED))
    kinds = set(_kinds(policy, rule, counted))
    return with_marks(line, (*marks, *unjudged_mark(policy, (one.label for one in unjudged if one.kind in kinds))))


def _rule(policy: Policy, line: PayLine) -> Counting | None:
    """The rule of a line that counts others."""
    name, pay = line.line.partition(".")[0], policy.pay
    if pay is None or line.kind == "guarantee":
        return pay.guarantee if pay else None
    if line.kind == "cut":
        return pay.cap if name == OF_ALL else None
    entry = entry_named(policy, "pay line", name)
    return entry if isinstance(entry, Draw) else None


def _kinds(policy: Policy, rule: Counting, counted: Iterable[PayLine]) -> Iterator[str]:
    """What a rule counts, and what is counted by what it counts."""
    yield from rule.counts
    for line in counted:
        if line.kind in _IN_ORDER and (below := _rule(policy, line)):
            yield from below.counts


def with_marks(line: PayLine, marks: Iterable[str]) -> PayLine:
    """The line with these marks too, each once."""
    both = tuple(dict.fromkeys((*line.marks, *marks)))
    return line if both == line.marks else replace(line, marks=both)


def unjudged_mark(policy: Policy, labels: Iterable[str]) -> Marks:
    """The mark that names what was not judged for want of data; none if there is nothing."""
    named = listed(dict.fromkeys(labels), policy.language)
    return (f"{UNJUDGED}:{named}",) if named else ()
